"""Pictures and sound on their way between a device and the call."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture: `rgb` is width*height*3 bytes, rows top down; `at_us` is when it was taken."""

    width: int
    height: int
    rgb: bytes
    at_us: int


@dataclass(frozen=True, slots=True)
class AudioBlock:
    """20 ms of mono sound: 960 signed 16-bit little-endian samples at 48 kHz."""

    pcm: bytes
    at_us: int
