"""What all rooms of the core have in common.

`ids`, `units`, `ages`; `days` (civil days and half-open spans of them) and `actors` (who does something).
"""
