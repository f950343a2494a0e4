"""The two loops of a run: the real one in its thread, and the virtual one whose time jumps."""
