"""Speed and parity of a serial line: what arrives when both ends do not agree. Pure, but for reading a client's settings.

Bits are sent and sampled as a UART does it: a falling edge begins a character, each bit is looked at in its middle, a
character without its stop bit or with the wrong parity is delivered as zero (Linux without PARMRK and IGNPAR). So a slow
reader of a fast sender hears little and wrong, and a fast one of a slow sender much and wrong.
"""

from __future__ import annotations

import fcntl
import struct
import sys
import termios
from dataclasses import dataclass

_TCGETS2, _TCSETS2, _SIZE = 0x802C542A, 0x402C542B, 44
"""`struct termios2` of Linux: four words of flags, 20 bytes, and the speeds of both directions."""
_SPEEDS = 36
_CBAUD, _BOTHER = 0x100F, 0x1000
MOST = 4096
"""Of what is sent at once so many bytes are worked out; the rest of a long garble says nothing more."""


@dataclass(frozen=True, slots=True)
class LineSettings:
    """8 data bits, 1 stop bit; `parity` is N, E or O."""

    baudrate: int
    parity: str = "N"


def client_settings(master: int) -> LineSettings | None:
    """How the client of a pty has set its end; None where the system cannot tell.

    A pty keeps the speed. Of the parity it keeps whether it is odd; whoever wants an even one mostly has it checked
    (INPCK), and is known by that.
    """
    if sys.platform != "linux":
        return None
    try:
        settings = fcntl.ioctl(master, _TCGETS2, bytes(_SIZE))
    except OSError:
        return None
    checks, _, flags = struct.unpack_from("3I", settings)
    parity = "O" if flags & termios.PARODD else "E" if checks & termios.INPCK else "N"
    return LineSettings(struct.unpack_from("2I", settings, _SPEEDS)[1], parity)


def set_speed(terminal: int, baudrate: int) -> None:
    """Any speed, for clients that set none. Without effect where the system cannot."""
    if sys.platform != "linux":
        return
    settings = bytearray(fcntl.ioctl(terminal, _TCGETS2, bytes(_SIZE)))
    (flags,) = struct.unpack_from("I", settings, 8)
    struct.pack_into("I", settings, 8, flags & ~_CBAUD | _BOTHER)
    struct.pack_into("2I", settings, _SPEEDS, baudrate, baudrate)
    fcntl.ioctl(terminal, _TCSETS2, bytes(settings))


def heard(data: bytes, sender: LineSettings, reader: LineSettings) -> bytes:
    """What a reader with these settings makes of it."""
    if sender == reader or not (sender.baudrate and reader.baudrate):
        return data
    levels = [level for byte in data[:MOST] for level in _sent(byte, sender.parity)]
    bit, tick = 2 * reader.baudrate, 2 * sender.baudrate  # both in units of a time that divides either
    made, at = bytearray(), 0
    while (index := at // bit) < len(levels):
        if levels[index]:
            at = (index + 1) * bit  # the line rests
            continue
        samples = [_level(levels, (at + tick // 2 + place * tick) // bit) for place in range(10 + (reader.parity != "N"))]
        if samples[0]:
            at += tick // 2  # too short for a start bit
            continue
        made.append(_character(samples, reader.parity))
        at += (len(samples) - 1) * tick + tick // 2
        while not samples[-1] and not _level(levels, at // bit):
            at = (at // bit + 1) * bit  # a break: until the line rests again
    return bytes(made)


def _sent(byte: int, parity: str) -> tuple[int, ...]:
    bits = tuple(byte >> place & 1 for place in range(8))
    return (0, *bits, *(() if parity == "N" else (sum(bits) + (parity == "O") & 1,)), 1)


def _level(levels: list[int], index: int) -> int:
    return levels[index] if index < len(levels) else 1


def _character(samples: list[int], parity: str) -> int:
    bits, stop = samples[1:9], samples[-1]
    sound = parity == "N" or sum(samples[1:10]) & 1 == (parity == "O")
    return sum(bit << place for place, bit in enumerate(bits)) if stop and sound else 0
