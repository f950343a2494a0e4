"""Telnet on a serial line over the network (RFC 2217): what both ends arrange is taken out. Pure.

Source: RFC 854, "TELNET COMMAND STRUCTURE"; RFC 855 for subnegotiations; RFC 2217, 2.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from lisa_core.equipment.traces.captures.streams import Piece

IAC, SE, SB, WILL, DONT = 0xFF, 0xF0, 0xFA, 0xFB, 0xFE
_ARRANGES = frozenset({SB, *range(WILL, DONT + 1)})


def speaks_telnet(pieces: Iterable[Piece]) -> bool:
    """Whether one of the two ends begins with an arrangement."""
    begun: dict[bool, bytes] = {}
    for piece in pieces:
        begun.setdefault(piece.came, piece.data[:2])
    return any(len(data) == 2 and data[0] == IAC and data[1] in _ARRANGES for data in begun.values())


def line_bytes(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The same without arrangements; a piece of which nothing remains is left out."""
    ways = {True: _Way(), False: _Way()}
    for piece in pieces:
        if data := ways[piece.came].feed(piece.data):
            yield replace(piece, data=data)


class _Way:
    """One direction."""

    def __init__(self) -> None:
        self._state = "data"

    def feed(self, data: bytes) -> bytes:
        return bytes(byte for byte in data if self._is_data(byte))

    def _is_data(self, byte: int) -> bool:
        match self._state:
            case "data":
                self._state = "command" if byte == IAC else "data"
                return byte != IAC
            case "command":
                self._state = "inside" if byte == SB else "option" if WILL <= byte <= DONT else "data"
                return byte == IAC
            case "option":
                self._state = "data"
            case "inside":
                self._state = "perhaps out" if byte == IAC else "inside"
            case _:
                self._state = "data" if byte == SE else "inside"
        return False
