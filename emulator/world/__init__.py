"""The one truth about the physical booth, where it lives, and who acts in it."""
