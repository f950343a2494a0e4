"""The call: cameras, microphone and the two ends of a leg. The only room that imports aiortc and av."""
