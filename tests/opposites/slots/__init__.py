"""Planted faults of devices whose suites came later: table camera and its head, sound, screen, and the door unit."""
