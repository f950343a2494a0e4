"""The input/output unit by the door: what it holds, and how it is reached; `emulator.devices.door` opens it.

`unit` is its memory and what it does to the world, `line` serves it on a serial line, `network` to clients over TCP.
"""
