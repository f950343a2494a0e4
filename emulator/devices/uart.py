"""Speed and parity of a serial line: what arrives when both ends do not agree. Pure.

Bits are sent and sampled as a UART does it: a falling edge begins a character, each bit is looked at in its middle, a
character without its stop bit or with the wrong parity is delivered as zero (Linux without PARMRK and IGNPAR). So a
slow reader of a fast sender hears little and wrong, and a fast one of a slow sender much and wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

MOST = 4096
"""Of what is sent at once so many bytes are worked out; the rest of a long garble says nothing more."""


@dataclass(frozen=True, slots=True)
class LineSettings:
    """8 data bits, 1 stop bit; `parity` is N, E or O."""

    baudrate: int
    parity: str = "N"


class ByteLine(Protocol):
    """What a device needs of its serial line."""

    settings: LineSettings | None

    async def read(self) -> bytes: ...

    def write(self, data: bytes) -> None: ...


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
        samples = [
            _level(levels, (at + tick // 2 + place * tick) // bit) for place in range(10 + (reader.parity != "N"))
        ]
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
