"""What a camera says by VISCA, as values and as bytes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

_BROADCAST, _END = 0x88, 0xFF


class ViscaError(IntEnum):
    """Why a camera refuses."""

    LENGTH = 0x01
    SYNTAX = 0x02
    FULL = 0x03
    CANCELLED = 0x04
    NO_SOCKET = 0x05
    NOT_EXECUTABLE = 0x41


@dataclass(frozen=True, slots=True)
class ViscaAck:
    """Accepted; the command is at work in this socket."""

    socket: int


@dataclass(frozen=True, slots=True)
class Done:
    socket: int


@dataclass(frozen=True, slots=True)
class Told:
    """The answer to an inquiry."""

    data: bytes = b""


@dataclass(frozen=True, slots=True)
class ViscaRefusal:
    """`reason` may be one that is not in `ViscaError`; `socket` 0: the command never had one."""

    socket: int
    reason: int


@dataclass(frozen=True, slots=True)
class Changed:
    """A camera has come to the chain or gone, or has got its power."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """The answer to AddressSet: the number after the last camera's."""

    following: int


@dataclass(frozen=True, slots=True)
class Cleared:
    """The answer to Clear, sent to every camera."""


Reply = ViscaAck | Done | Told | ViscaRefusal | Changed | Numbered | Cleared


@dataclass(frozen=True, slots=True)
class From:
    """A reply and the camera that says it; 0 for what went around the whole chain."""

    camera: int
    reply: Reply


def encode_reply(said: From) -> bytes:
    """A message of a camera, with header and FF."""
    header = _BROADCAST if said.camera == 0 else 0x80 | said.camera << 4
    return bytes((header, *_reply_body(said.reply), _END))


def _reply_body(reply: Reply) -> bytes:
    match reply:
        case ViscaAck(socket):
            return bytes((0x40 | socket,))
        case Done(socket):
            return bytes((0x50 | socket,))
        case Told(data):
            return b"\x50" + data
        case ViscaRefusal(socket, reason):
            return bytes((0x60 | socket, reason))
        case Changed():
            return b"\x38"
        case Numbered(following):
            return bytes((0x30, following))
        case Cleared():
            return b"\x01\x00\x01"


def read_reply(frame: bytes) -> From | None:
    """What a whole message without its FF says; None for what cannot be one."""
    if len(frame) < 2:
        return None
    if frame[0] == _BROADCAST:
        broadcast = Cleared() if frame[1:] == b"\x01\x00\x01" else _numbered(frame)
        return None if broadcast is None else From(0, broadcast)
    if frame[0] & 0x8F != 0x80 or frame[0] == 0x80:
        return None
    reply = _reply(frame[1], frame[2:])
    return None if reply is None else From((frame[0] >> 4) - 8, reply)


def _numbered(frame: bytes) -> Numbered | None:
    return Numbered(frame[2]) if len(frame) == 3 and frame[1] == 0x30 else None


def _reply(first: int, rest: bytes) -> Reply | None:
    kind, socket = first >> 4, first & 0xF
    match kind, len(rest):
        case 4, 0:
            return ViscaAck(socket)
        case 5, 0:
            return Done(socket) if socket else Told()
        case 5, _:
            return Told(rest)
        case 6, 1:
            return ViscaRefusal(socket, rest[0])
        case 3, 0 if first == 0x38:
            return Changed()
        case _:
            return None
