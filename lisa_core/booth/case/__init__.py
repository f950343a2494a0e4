"""The case at work in a booth: scans, strokes and papers, and what the desk is told of them."""
