"""The runtime on the booth's computer: devices, media, one visit at a time, and the citizen's screen."""
