"""Devices and the call: what a slot is, bytes to readings, drivers, the lines they use, media."""
