"""Bytes to values and back, sans-IO: one file (or folder, `stu`) per protocol of a device, for both ends of the wire.

A codec knows no asyncio, no clock and no driver. `encode`/`write_...` make the bytes of a value; a parser takes any
piece of a stream (`feed`) and gives what is complete. It never raises on damage in a stream, holds a bounded number of
bytes, and finds the next whole frame after any damage. Each file names its sources and draws its frames at the head.

Others may use every codec without the rest of the product. `xml_tree` is the bounded XML reader that eSCL needs.
"""
