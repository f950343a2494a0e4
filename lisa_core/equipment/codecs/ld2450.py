"""HLK-LD2450 tracking radar, and the Ai-Thinker Rd-03D, which speaks likewise: its serial protocol, sans-IO.

Source: Hi-Link "HLK-LD2450 Serial communication protocol" V1.03 (2023-10-17): 2.2 commands, 2.3 reports; the same
report in Ai-Thinker "Rd-03D_V2 Multi-Target Trajectory Tracking User Manual" V1.0.0, 5. Coordinates and speed are no
two's complement: the highest bit is 1 for what is positive (to the right, ahead, going away), the rest is the size.
Zones are two's complement. Commands and answers, and what is trusted: `hilink`.

    report   AA FF 03 00 | three targets (8 each) | 55 CC                                       30 bytes
      target x mm u16 | y mm u16 | speed cm/s u16 | resolution mm u16;  all zero: there is none

    report: x -782 mm, y 1713 mm, 16 cm/s nearer, resolution 320 mm; nobody else
             aa ff 03 00 0e 03 b1 86 10 00 40 01 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 55 cc
"""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass
from enum import IntEnum

from lisa_core.equipment.codecs.hilink import (
    BAUDRATE,
    BAUDRATES,
    COMMAND_HEADER,
    REPORT_PERIOD_S,
    Acknowledgement,
    Command,
    Finder,
    command_length,
    encode_command,
    firmware,
    firmware_data,
    read_command,
)

__all__ = [
    "BAUDRATE",
    "BAUDRATES",
    "REPORT_PERIOD_S",
    "TARGETS",
    "Acknowledgement",
    "Command",
    "Message",
    "Target",
    "TrackingCode",
    "TrackingParser",
    "TrackingReport",
    "Zones",
    "encode",
    "firmware",
    "firmware_data",
    "read_zones",
]

REPORT_HEADER, REPORT_FOOTER = bytes.fromhex("aaff0300"), bytes.fromhex("55cc")
TARGETS = 3
MAX_SIZE = 0x7FFF
_LENGTH = 30
_WORDS = struct.Struct("<4x12H")
_POSITIVE = 0x8000
_ZONES = struct.Struct("<H12h")


class TrackingCode(IntEnum):
    """Command words (2.2)."""

    CONFIG_ENABLE = 0xFF
    CONFIG_DISABLE = 0xFE
    ONE_TARGET = 0x80
    ALL_TARGETS = 0x90
    TRACKING = 0x91
    FIRMWARE = 0xA0
    BAUDRATE = 0xA1
    FACTORY_RESET = 0xA2
    RESTART = 0xA3
    BLUETOOTH = 0xA4
    MAC = 0xA5
    READ_ZONES = 0xC1
    WRITE_ZONES = 0xC2


@dataclass(frozen=True, slots=True)
class Target:
    """Somebody who is tracked: millimetres to the right and ahead of the radar, cm/s away from it (up to 32767)."""

    x_mm: int
    y_mm: int
    speed_cm_s: int = 0
    resolution_mm: int = 0

    @property
    def distance_cm(self) -> int:
        """From the radar, along the floor as it sees it."""
        return round(math.hypot(self.x_mm, self.y_mm) / 10)


@dataclass(frozen=True, slots=True)
class TrackingReport:
    """One report: whom the radar tracks, in three places that a target keeps; None where there is none."""

    targets: tuple[Target | None, Target | None, Target | None] = (None, None, None)


@dataclass(frozen=True, slots=True)
class Zones:
    """What WRITE_ZONES sets: 0 off, 1 only within, 2 not within; three rectangles by two corners x, y, x, y in mm."""

    kind: int = 0
    corners: tuple[int, ...] = (0,) * 12

    def encode(self) -> bytes:
        """Arguments of the command, and data of the answer (2.2.12)."""
        return _ZONES.pack(self.kind, *self.corners)


Message = TrackingReport | Command | Acknowledgement


def encode(message: Message) -> bytes:
    """The whole frame of one message."""
    if not isinstance(message, TrackingReport):
        return encode_command(message)
    return REPORT_HEADER + b"".join(map(_target, message.targets)) + REPORT_FOOTER


class TrackingParser(Finder[Message]):
    """Finds messages in a stream that may hold anything else. `skipped` counts the bytes that belonged to none."""

    def __init__(self) -> None:
        super().__init__({REPORT_HEADER: (_report_length, _report), COMMAND_HEADER: (command_length, read_command)})


def read_zones(data: bytes) -> Zones:
    """Read arguments or data. Raises ValueError for what is none."""
    if len(data) != _ZONES.size or data[0] > 2 or data[1]:
        raise ValueError(f"no zones of an LD2450: {data.hex(' ')}")
    kind, *corners = _ZONES.unpack(data)
    return Zones(kind, tuple(corners))


def _report_length(begun: bytes | bytearray) -> int:
    return _LENGTH


def _report(frame: bytes) -> TrackingReport | None:
    if not frame.endswith(REPORT_FOOTER):
        return None
    words = _WORDS.unpack_from(frame)
    one, two, three = (_read_target(words[at : at + 4]) for at in (0, 4, 8))
    return TrackingReport((one, two, three))


def _read_target(words: tuple[int, ...]) -> Target | None:
    if not any(words):
        return None
    x, y, speed, resolution = words
    return Target(_signed(x), _signed(y), _signed(speed), resolution)


def _target(target: Target | None) -> bytes:
    if target is None:
        return bytes(8)
    sizes = map(_unsigned, (target.x_mm, target.y_mm, target.speed_cm_s))
    return struct.pack("<4H", *sizes, target.resolution_mm)


def _signed(word: int) -> int:
    return word & MAX_SIZE if word & _POSITIVE else -word


def _unsigned(value: int) -> int:
    return _POSITIVE | value if value >= 0 else -value
