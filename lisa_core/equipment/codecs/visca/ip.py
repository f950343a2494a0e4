"""VISCA over IP: the header that carries a message in one datagram, both sides, sans-IO.

Source: Sony SRG-300H technical manual, "VISCA over IP": UDP port 52381, a number that counts what the controller sends.
Numbers are big endian. The sequence of a reply is that of the request; RESET lets the camera count from 0 again.

    kind u16 | length of the message u16 | sequence u32 | message

    command       01 00 00 09 00 00 00 02 | 81 01 04 47 04 00 00 00 ff
    reply         01 11 00 03 00 00 00 02 | 90 41 ff
    reset         02 00 00 01 00 00 00 01 | 01           done  02 01 00 01 00 00 00 01 | 01
    out of turn   02 01 00 02 00 00 00 01 | 0f 01        a message that is none: 0f 02 [unverified]
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import IntEnum

from lisa_core.equipment.codecs.visca.requests import LONGEST

PORT = 52381
RESET = b"\x01"
OUT_OF_TURN, NO_MESSAGE = b"\x0f\x01", b"\x0f\x02"
MOST = 0xFFFF_FFFF
"""The last sequence number; 0 follows."""
_HEADER = struct.Struct(">HHI")


class Kind(IntEnum):
    """What a datagram carries."""

    COMMAND = 0x0100
    INQUIRY = 0x0110
    REPLY = 0x0111
    SETTING = 0x0120
    CONTROL = 0x0200
    CONTROL_REPLY = 0x0201


_KINDS = frozenset(map(int, Kind))


@dataclass(frozen=True, slots=True)
class Packet:
    """One datagram."""

    kind: Kind
    sequence: int
    message: bytes


def pack(packet: Packet) -> bytes:
    """The datagram."""
    return _HEADER.pack(packet.kind, len(packet.message), packet.sequence) + packet.message


def unpack(datagram: bytes) -> Packet | None:
    """What a datagram carries; None for one of another kind or length."""
    if not _HEADER.size < len(datagram) <= _HEADER.size + LONGEST:
        return None
    kind, length, sequence = _HEADER.unpack_from(datagram)
    message = datagram[_HEADER.size :]
    return Packet(Kind(kind), sequence, message) if kind in _KINDS and length == len(message) else None
