"""The event log and the inbox: nothing accepted is lost, nothing altered goes unseen."""
