"""Seeded damage to bytes, and the values nobody expects: what the mutators of `shapes` put into structures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import Any

MAX_BYTES = 300_000
"""No input is longer: above all limits of the edges that take messages, and quick enough for a hundred thousand."""

Mutator = Callable[[Random, Sequence[bytes]], bytes]
"""One input from chance and seeds. The same chance gives the same input."""

_NUMBERS = (0, 1, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF)


def damaged(chance: Random, seeds: Sequence[bytes]) -> bytes:
    """A seed with some bytes turned, cut, doubled, put in, or taken from another seed."""
    data = bytearray(chance.choice(seeds))
    for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
        chance.choice(_DAMAGES)(chance, data, seeds)
    return bytes(data[:MAX_BYTES])


def stream(chance: Random, seeds: Sequence[bytes]) -> bytes:
    """Many seeds one after the other, some damaged, with noise between them: what a line carries in a while."""
    parts = []
    for _ in range(chance.choice((1, 2, 3, 5, 20))):
        parts.append(damaged(chance, seeds) if chance.random() < 0.6 else chance.choice(seeds))
        if chance.random() < 0.2:
            parts.append(chance.randbytes(chance.choice((1, 3, 40, 700))))
    return b"".join(parts)[:MAX_BYTES]


def pieces(chance: Random, data: bytes) -> list[bytes]:
    """The same bytes as they may arrive: in one piece, in a few, or one by one."""
    size = chance.choice((1, 3, 64, 4096, len(data) or 1))
    return [data[start : start + size] for start in range(0, len(data), size)]


def _flip(chance: Random, data: bytearray, seeds: Sequence[bytes]) -> None:
    if data:
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _set(chance: Random, data: bytearray, seeds: Sequence[bytes]) -> None:
    if data:
        data[chance.randrange(len(data))] = chance.choice(b"\x00\xff\x7f\x80\"<>[]{}|#\n\r@'\\")


def _number(chance: Random, data: bytearray, seeds: Sequence[bytes]) -> None:
    size = chance.choice((1, 2, 4))
    at = chance.randrange(len(data) + 1)
    order: Any = chance.choice(("big", "little"))
    data[at : at + size] = (chance.choice(_NUMBERS) & (1 << 8 * size) - 1).to_bytes(size, order)


def _span(chance: Random, data: bytearray) -> slice:
    start = chance.randrange(len(data) + 1)
    longest = chance.choice((1, 4, 40, len(data)))
    return slice(start, min(len(data), start + chance.randint(0, longest)))


def _cut(chance: Random, data: bytearray, seeds: Sequence[bytes]) -> None:
    del data[_span(chance, data)]


def _break_off(chance: Random, data: bytearray, seeds: Sequence[bytes]) -> None:
    del data[chance.randrange(len(data) + 1) :]


def _repeat(chance: Random, data: bytearray, seeds: Sequence[bytes]) -> None:
    span = _span(chance, data)
    times = chance.choice((1, 1, 1, 2, 10, 1000))
    taken = bytes(data[span])
    data[span.start : span.start] = taken * min(times, MAX_BYTES // (len(taken) or 1))


def _put_in(chance: Random, data: bytearray, seeds: Sequence[bytes]) -> None:
    at = chance.randrange(len(data) + 1)
    data[at:at] = chance.randbytes(chance.choice((1, 2, 8, 100)))


def _splice(chance: Random, data: bytearray, seeds: Sequence[bytes]) -> None:
    other = bytearray(chance.choice(seeds))
    data[_span(chance, data)] = other[_span(chance, other)]


def _swap(chance: Random, data: bytearray, seeds: Sequence[bytes]) -> None:
    span = _span(chance, data)
    taken = data[span]
    del data[span]
    at = chance.randrange(len(data) + 1)
    data[at:at] = taken


_DAMAGES: tuple[Callable[[Random, bytearray, Sequence[bytes]], None], ...] = (
    _flip,
    _flip,
    _set,
    _number,
    _cut,
    _break_off,
    _repeat,
    _put_in,
    _splice,
    _swap,
)

TEXTS = (
    "",
    " ",
    "\0",
    "\x1b[31m\x07\x9b",
    "a\nb\r\nc",
    "\ud800",
    "x\udfff\ud800y",
    "\U0001f600",
    "\u202eabc\u200b\ufeff",
    "e\u0301" * 50,
    "ü" * 300,
    "ß" * 70_000,
    "x" * 20_000,
    "../../etc/passwd",
    "'; drop table journal; --",
    "<script>alert(1)</script>",
    "{0} %s %(x)s ${y}",
    "2026-02-30T25:61",
    "2026-11-23T10:00",
    "9999-12-31T23:59:59+23:59",
    "0001-01-01T00:00:00-23:59",
    "NaN",
    "-1",
    "1e999",
    "٣",
    "9" * 5000,
)
"""Texts that are right for a type and wrong for what stands behind it."""

NUMBERS: tuple[Any, ...] = (
    0,
    -1,
    1,
    2**31,
    2**53 + 1,
    2**63,
    -(2**63) - 1,
    10**40,
    10**400,
    0.5,
    -0.0,
    1e308,
    5e-324,
    float("nan"),
    float("inf"),
    float("-inf"),
)
