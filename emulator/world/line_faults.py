"""What happens to bytes on a line: a seeded filter from what a device sends to what arrives, and when. Pure.

`damaged` takes the bytes of one message, the words of the faults that the line has now (`equipment.slots.faults`), and
a source of chance, and returns what is left of them; `in_pieces` cuts them and says when each piece arrives.
`LineFaults` is that for a device in a world: it looks up which faults it has and draws from the seed of the world;
`Way` hands the pieces over when they arrive; `suffer` puts both before a connection of a server.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import pairwise
from random import Random

from emulator.world.live_world import LiveWorld
from lisa_core.equipment.slots.faults import NETWORK, SERIAL

Piece = tuple[int, bytes]
"""Microseconds to wait, then these bytes."""

OFTEN: Mapping[str, float] = {"rauschen": 0.3, "bitfehler": 0.1, "abgeschnitten": 0.1, "laenge": 0.1, "stockt": 0.1}
"""How much of what is sent each fault befalls, from 0 to 1; what only cuts befalls everything."""
TRICKLE_US = 1_000
SPLIT_US = 5_000
STALL_US = 700_000
MOST_LATE_S = 2.0
"""What would arrive later than this on a serial line does not arrive: none keeps more."""
MOST_JUNK = 12
MOST_PIECES = 400
"""What is long trickles in larger drops: a page would take a quarter of an hour."""


def _junk(data: bytes, rng: Random, length_at: int) -> bytes:
    return rng.randbytes(rng.randint(1, MOST_JUNK)) + data


def _flip(data: bytes, rng: Random, length_at: int) -> bytes:
    at = rng.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << rng.randrange(8)]) + data[at + 1 :]


def _truncate(data: bytes, rng: Random, length_at: int) -> bytes:
    return data[: rng.randrange(len(data))]


def _wrong_length(data: bytes, rng: Random, length_at: int) -> bytes:
    """Another number in its place; a protocol without one loses a byte or has one too many."""
    if 0 <= length_at < len(data):
        return data[:length_at] + bytes([data[length_at] ^ rng.randint(1, 255)]) + data[length_at + 1 :]
    at = rng.randrange(len(data))
    return data[:at] + (rng.randbytes(1) + data[at:] if rng.random() < 0.5 else data[at + 1 :])


_DAMAGES: Mapping[str, Callable[[bytes, Random, int], bytes]] = {
    "laenge": _wrong_length,
    "bitfehler": _flip,
    "abgeschnitten": _truncate,
    "rauschen": _junk,
}
"""In the order in which they befall a message: what is in it first."""
_AROUND = frozenset(("rauschen",))
"""What befalls not a message but the time before it."""


def damaged(
    data: bytes, words: Collection[str], rng: Random, length_at: int = -1, often: Mapping[str, float] = OFTEN
) -> bytes:
    """These bytes of one message as they arrive. `length_at`: where their length stands, -1: nowhere."""
    for word, damage in _DAMAGES.items():
        if word in words and data and rng.random() < often[word]:
            data = damage(data, rng, length_at)
    return data


def in_pieces(data: bytes, words: Collection[str], rng: Random) -> Sequence[Piece]:
    """The same bytes, and when they arrive."""
    if not data:
        return ()
    cuts = [0, len(data)]
    if "troepfelt" in words:
        cuts = sorted({*cuts, *range(0, len(data), len(data) // MOST_PIECES + 1)})
    elif "zerstueckelt" in words:
        cuts = sorted({*cuts, *(rng.randrange(len(data)) for _ in range(rng.randint(1, 4)))})
    wait_us = TRICKLE_US if "troepfelt" in words else SPLIT_US if "zerstueckelt" in words else 0
    pieces = [(wait_us, data[start:end]) for start, end in pairwise(cuts)]
    if "stockt" in words and rng.random() < OFTEN["stockt"]:
        (_, first), half = pieces[0], (len(pieces[0][1]) + 1) // 2
        pieces[:1] = [(wait_us, first[:half]), (STALL_US, first[half:])]
    return [piece for piece in pieces if piece[1]]


class LineFaults:
    """The line of this device in this world."""

    def __init__(self, world: LiveWorld, device: str, length_at: int = -1, *, checked: bool = False) -> None:
        """`checked`: whether a sum on the way finds turned bits; what they befell is lost then."""
        self.world = world
        self._device, self._length_at, self._checked = device, length_at, checked
        self._rng = Random(f"{world.state.seed}/{device}")

    @property
    def words(self) -> frozenset[str]:
        """What it has now."""
        return self.world.state.failing(self._device)

    def pieces(self, data: bytes, only: Collection[str] = SERIAL) -> Sequence[Piece]:
        """What arrives of these bytes, and when; of the faults only these count."""
        words = self._words(only)
        if not words:
            return ((0, data),)
        left = self._left(data, words)
        return in_pieces(damaged(left, words & _AROUND, self._rng), words, self._rng)

    def datagrams(self, data: bytes) -> Sequence[Piece]:
        """The same for what travels in one datagram: whole, late, damaged or not at all; junk comes in its own."""
        words = self._words(SERIAL)
        if not words:
            return ((0, data),)
        left, junk = self._left(data, words), damaged(b" ", words & _AROUND, self._rng)[:-1]
        wait_us = sum(wait_us for wait_us, _ in in_pieces(left, words, self._rng))
        return [(wait, sent) for wait, sent in ((0, junk), (wait_us, left)) if sent]

    def _words(self, only: Collection[str]) -> frozenset[str]:
        return self.words.intersection(only) if self.world.state.faults else frozenset()

    def _left(self, data: bytes, words: frozenset[str]) -> bytes:
        """What is left of a message itself."""
        left = damaged(data, words & {"bitfehler"} if self._checked else words - _AROUND, self._rng, self._length_at)
        if not self._checked:
            return left
        return damaged(data, words - _AROUND - {"bitfehler"}, self._rng, self._length_at) if left == data else b""

    def plugged(self, path: str) -> str:
        """Under which path the line is to be found now: where it belongs, elsewhere, or nowhere ("")."""
        words = self.words
        return "" if "abgezogen" in words else f"{path}-2" if "umgesteckt" in words else path

    @property
    def unplugged(self) -> bool:
        """Whether it is not where it belongs."""
        return not self.words.isdisjoint(("abgezogen", "umgesteckt"))


class Way:
    """Hands pieces over when they arrive, in their order. `lost` counts those that would have come too late."""

    def __init__(self, most_late_s: float = math.inf) -> None:
        """`most_late_s`: what would arrive later than this does not arrive."""
        self.lost = 0
        self._most_late_s = most_late_s
        self._free_s = 0.0
        """When what is on its way has arrived."""

    def send(self, pieces: Sequence[Piece], arrive: Callable[[bytes], object]) -> None:
        """Let `arrive` have each piece at its time."""
        loop = asyncio.get_running_loop()
        for wait_us, piece in pieces:
            now_s = loop.time()
            if not wait_us and self._free_s <= now_s:
                arrive(piece)
            elif self._free_s < now_s + self._most_late_s:
                self._free_s = max(self._free_s, now_s) + max(wait_us, 1) / 1_000_000
                loop.call_at(self._free_s, arrive, piece)
            else:
                self.lost += 1

    def after(self, end: Callable[[], object]) -> None:
        """Call `end` once everything has arrived."""
        loop = asyncio.get_running_loop()
        if self._free_s <= loop.time():
            end()
        else:
            loop.call_at(self._free_s + 1e-6, end)


def suffer(transport: asyncio.WriteTransport, faults: LineFaults) -> None:
    """What is written to this connection from now on suffers as the faults of the world say.

    TCP keeps bytes as they are and in their order: they come in pieces and late, or the connection is cut.
    """
    _Suffering(transport, faults)


class _Suffering:
    """Stands before the two methods by which a server says something and ends."""

    def __init__(self, transport: asyncio.WriteTransport, faults: LineFaults) -> None:
        self._faults, self._write, self._close, self._abort = faults, transport.write, transport.close, transport.abort
        self._way = Way()
        vars(transport).update(write=self.write, close=self.close)

    def write(self, data: bytes | bytearray | memoryview) -> None:
        pieces = self._faults.pieces(bytes(data), only=NETWORK)
        self._way.send(pieces, self._write)
        if sum(len(piece) for _, piece in pieces) < len(data):
            self._way.after(self._abort)

    def close(self) -> None:
        self._way.after(self._close)
