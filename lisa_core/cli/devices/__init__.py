"""Commands for whoever has a device at the desk, and wants others to have it too."""
