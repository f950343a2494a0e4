"""What a camera is told and asked by VISCA, as values and as bytes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

LONGEST = 16
"""Bytes of a message, header and FF among them."""
CAMERAS = range(1, 8)
EVERY_CAMERA = 8
SOCKETS = (1, 2)
"""A camera works on two commands at a time."""
FASTEST_PAN, FASTEST_TILT = 0x18, 0x14
PRESETS = range(16)
_END = 0xFF
_BROADCAST = 0x88


class Inquiry(IntEnum):
    """What can be asked, by category and number."""

    VERSION = 0x0002
    POWER = 0x0400
    FOCUS = 0x0438
    ZOOM = 0x0447
    PAN_TILT = 0x0612


LENGTHS: Mapping[Inquiry, int] = {
    Inquiry.VERSION: 7,
    Inquiry.POWER: 1,
    Inquiry.FOCUS: 1,
    Inquiry.ZOOM: 4,
    Inquiry.PAN_TILT: 8,
}
"""How many bytes answer it."""


class Memory(IntEnum):
    """What is done with a position that the camera remembers by number."""

    FORGET = 0
    SET = 1
    RECALL = 2


@dataclass(frozen=True, slots=True)
class Power:
    on: bool


@dataclass(frozen=True, slots=True)
class AutoFocus:
    on: bool


@dataclass(frozen=True, slots=True)
class ZoomTo:
    """0, everything in sight, to 0x4000."""

    position: int


@dataclass(frozen=True, slots=True)
class ZoomDrive:
    """1 nearer, -1 further, 0 stop; `speed` 0 to 7, None for the camera's own."""

    direction: int
    speed: int | None = None


@dataclass(frozen=True, slots=True)
class MoveTo:
    """To this position, or by as much. Speeds from 1 to FASTEST_PAN and FASTEST_TILT."""

    pan: int
    tilt: int
    pan_speed: int = FASTEST_PAN
    tilt_speed: int = FASTEST_TILT
    relative: bool = False


@dataclass(frozen=True, slots=True)
class Drive:
    """Until it is stopped. `pan`: -1 left, 1 right; `tilt`: -1 down, 1 up; 0 stops."""

    pan: int
    tilt: int
    pan_speed: int = FASTEST_PAN
    tilt_speed: int = FASTEST_TILT


@dataclass(frozen=True, slots=True)
class Home:
    """Pan and tilt to the middle."""


@dataclass(frozen=True, slots=True)
class SeekMiddle:
    """The same, after the camera has looked for its ends."""


@dataclass(frozen=True, slots=True)
class Preset:
    memory: Memory
    number: int


@dataclass(frozen=True, slots=True)
class Inquire:
    what: Inquiry


@dataclass(frozen=True, slots=True)
class CancelSocket:
    socket: int


@dataclass(frozen=True, slots=True)
class AddressSet:
    """To a chain: the first camera takes this number, and passes on the next one."""

    first: int = 1


@dataclass(frozen=True, slots=True)
class Clear:
    """Forget every command."""


@dataclass(frozen=True, slots=True)
class UnknownCommand:
    """A message of the right form that means nothing to us; a camera calls it a mistake of syntax."""

    body: bytes


Request = (
    Power
    | AutoFocus
    | ZoomTo
    | ZoomDrive
    | MoveTo
    | Drive
    | Home
    | SeekMiddle
    | Preset
    | Inquire
    | CancelSocket
    | AddressSet
    | Clear
    | UnknownCommand
)


@dataclass(frozen=True, slots=True)
class To:
    """A request and which camera it is for: 1 to 7, or EVERY_CAMERA."""

    camera: int
    request: Request


def nibbles(value: int) -> bytes:
    """A position, -0x8000 to 0xFFFF, one nibble a byte."""
    return bytes(value >> shift & 0xF for shift in (12, 8, 4, 0))


def number(data: bytes, *, signed: bool = False) -> int:
    """The inverse of `nibbles`. Raises `ValueError` for what are not four of them."""
    if len(data) != 4 or max(data) > 0xF:
        raise ValueError(f"no position: {data.hex()}")
    return int.from_bytes(bytes((data[0] << 4 | data[1], data[2] << 4 | data[3])), "big", signed=signed)


_FIXED: Mapping[Request, bytes] = {
    Power(True): b"\x01\x04\x00\x02",
    Power(False): b"\x01\x04\x00\x03",
    AutoFocus(True): b"\x01\x04\x38\x02",
    AutoFocus(False): b"\x01\x04\x38\x03",
    ZoomDrive(0): b"\x01\x04\x07\x00",
    ZoomDrive(1): b"\x01\x04\x07\x02",
    ZoomDrive(-1): b"\x01\x04\x07\x03",
    Home(): b"\x01\x06\x04",
    SeekMiddle(): b"\x01\x06\x05",
    Clear(): b"\x01\x00\x01",
    **{Inquire(what): b"\x09" + what.to_bytes(2, "big") for what in Inquiry},
    **{CancelSocket(socket): bytes((0x20 | socket,)) for socket in range(16)},
    **{AddressSet(first): bytes((0x30, first)) for first in CAMERAS},
    **{Preset(memory, at): bytes((1, 4, 0x3F, memory, at)) for memory in Memory for at in PRESETS},
    **{
        ZoomDrive(way, speed): bytes((1, 4, 7, high << 4 | speed))
        for way, high in ((1, 2), (-1, 3))
        for speed in range(8)
    },
}
_MEANS: Mapping[bytes, Request] = {body: request for request, body in _FIXED.items()}
_PAN, _TILT = {-1: 1, 1: 2, 0: 3}, {1: 1, -1: 2, 0: 3}
_PAN_OF, _TILT_OF = {code: way for way, code in _PAN.items()}, {code: way for way, code in _TILT.items()}


def encode_request(to: To) -> bytes:
    """A message to a camera, with header and FF."""
    return bytes((0x80 | to.camera, *_body(to.request), _END))


def _body(request: Request) -> bytes:
    match request:
        case ZoomTo(position):
            return b"\x01\x04\x47" + nibbles(position)
        case MoveTo(pan, tilt, pan_speed, tilt_speed, relative):
            return bytes((1, 6, 3 if relative else 2, pan_speed, tilt_speed)) + nibbles(pan) + nibbles(tilt)
        case Drive(pan, tilt, pan_speed, tilt_speed):
            return bytes((1, 6, 1, pan_speed, tilt_speed, _PAN[pan], _TILT[tilt]))
        case UnknownCommand(body):
            return body
        case _:
            return _FIXED[request]


def read_request(frame: bytes) -> To | None:
    """What a whole message without its FF asks; None for what cannot be one."""
    if len(frame) < 2 or not 0x81 <= frame[0] <= _BROADCAST:
        return None
    return To(frame[0] & 0xF, _meaning(frame[1:]))


def _meaning(body: bytes) -> Request:
    if (known := _MEANS.get(body)) is not None:
        return known
    try:
        match body[:3]:
            case b"\x01\x04\x47" if len(body) == 7:
                return ZoomTo(number(body[3:]))
            case b"\x01\x06\x02" | b"\x01\x06\x03" if len(body) == 13:
                pan, tilt = number(body[5:9], signed=True), number(body[9:], signed=True)
                return MoveTo(pan, tilt, body[3], body[4], body[2] == 3)
            case b"\x01\x06\x01" if len(body) == 7:
                return Drive(_PAN_OF[body[5]], _TILT_OF[body[6]], body[3], body[4])
    except (ValueError, KeyError):
        pass
    return UnknownCommand(body)
