"""The driver of a card reader: whether a card lies there, and of which kind. Nothing on it is ever read.

reader    the device, and `DRIVER`: what was seen last, and each change
library   PC/SC as the system has it (libpcsclite, pcscd), asked in a thread of its own
virtual   a card that a program plays, by vpcd's protocol: no service of the system is needed
"""
