"""CRC-16 with the polynomial 0x8005, reflected (0xA001), no final inversion: of Modbus RTU and of STU pads."""

from __future__ import annotations


def _of_byte(byte: int) -> int:
    for _ in range(8):
        byte = byte >> 1 ^ (0xA001 if byte & 1 else 0)
    return byte


CRC_OF = tuple(map(_of_byte, range(256)))
"""The CRC of each byte, for whoever counts on byte by byte."""


def crc16(data: bytes | bytearray, start: int = 0xFFFF) -> int:
    """The CRC of these bytes, counted on from `start`."""
    crc = start
    for byte in data:
        crc = crc >> 8 ^ CRC_OF[(crc ^ byte) & 0xFF]
    return crc
