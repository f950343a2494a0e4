"""Damage that keeps the shape: inputs that a parser takes and what stands behind it has to refuse."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from functools import cache
from random import Random
from typing import Any

from tests.fuzz.mutation import MAX_BYTES, NUMBERS, TEXTS, Mutator, damaged

_RAW = {
    "@deep list@": "[" * 100_000,
    "@deep closed@": "[" * 3_000 + "]" * 3_000,
    "@deep object@": '{"a":' * 30_000,
    "@long number@": "9" * 5_000,
    "@huge number@": "1e99999",
    "@twice@": '{"a":1,"a":2}',
    "@bad escape@": '"\\ud83d\\u0041\\q"',
}
"""What a value cannot hold, put into the text in its place."""
DEEPER = 200
"""So many levels at a time: four times that can still be written on any stack; what is deeper comes as text."""


def json_text(chance: Random, seeds: Sequence[bytes]) -> bytes:
    """A JSON document with some values of other kinds, sizes and depths in it."""
    document = json.loads(chance.choice(seeds))
    for _ in range(chance.choice((1, 1, 2, 4))):
        document = changed(chance, document, seeds)
    text = json.dumps(document, ensure_ascii=chance.random() < 0.7)
    for mark, raw in _RAW.items():
        text = text.replace(f'"{mark}"', raw, 1)
    return text.encode("utf-8", "surrogatepass")[:MAX_BYTES]


def changed(chance: Random, node: Any, seeds: Sequence[bytes]) -> Any:
    """The same value with one place in it changed."""
    if isinstance(node, dict) and node and chance.random() < 0.85:
        key = chance.choice(sorted(node))
        return {**node, key: changed(chance, node[key], seeds)}
    if isinstance(node, list) and node and chance.random() < 0.8:
        at = chance.randrange(len(node))
        return [*node[:at], changed(chance, node[at], seeds), *node[at + 1 :]]
    return chance.choice(_CHANGES)(chance, node, seeds)


def _hostile(chance: Random, node: Any, seeds: Sequence[bytes]) -> Any:
    kinds: tuple[Sequence[Any], ...] = (TEXTS, NUMBERS, (None, True, False, [], {}, [[]], {"": None}), tuple(_RAW))
    return chance.choice(chance.choice(kinds))


def _same_kind(chance: Random, node: Any, seeds: Sequence[bytes]) -> Any:
    """Right for its type: what gets past a check of kinds."""
    if isinstance(node, str):
        return chance.choice(TEXTS)
    if isinstance(node, int | float) and not isinstance(node, bool):
        return chance.choice(NUMBERS)
    return _hostile(chance, node, seeds)


def _without_or_with_a_key(chance: Random, node: Any, seeds: Sequence[bytes]) -> Any:
    if not isinstance(node, dict):
        return _hostile(chance, node, seeds)
    if node and chance.random() < 0.5:
        gone = chance.choice(sorted(node))
        return {key: value for key, value in node.items() if key != gone}
    return {**node, chance.choice(TEXTS): _hostile(chance, None, seeds)}


def _many(chance: Random, node: Any, seeds: Sequence[bytes]) -> Any:
    small = node is None or isinstance(node, int) or (isinstance(node, str) and len(node) < 100)
    return [node] * (chance.choice((1, 2, 1000)) if small else 3)


def _deep(chance: Random, node: Any, seeds: Sequence[bytes]) -> Any:
    for _ in range(chance.choice((2, 60, DEEPER))):
        node = [node] if chance.random() < 0.5 else {"a": node}
    return node


def _from_another(chance: Random, node: Any, seeds: Sequence[bytes]) -> Any:
    """Some value of some seed, at a place that is not its own."""
    found = json.loads(chance.choice(seeds))
    while isinstance(found, dict | list) and found and chance.random() < 0.7:
        found = chance.choice(list(found.values()) if isinstance(found, dict) else found)
    return found


_CHANGES: tuple[Callable[[Random, Any, Sequence[bytes]], Any], ...] = (
    _hostile,
    _same_kind,
    _same_kind,
    _without_or_with_a_key,
    _many,
    _deep,
    _from_another,
)

_TAG = re.compile(rb"<[^<>]*>")
_XML_PIECES = (
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
    b"<![CDATA[<a>]]>",
    b"<!-- -->",
    b"<?xml version='1.0' encoding='UTF-16'?>",
    b"&lt;&#0;&#x110000;&nosuch;",
    b"<a>" * 40,
    b"<a>" * 20_000,
    b"x" * 70_000,
    b" xmlns:p='u' ",
    b"\xff\xfe",
    b"-1",
    b"999999",
    b"1000000",
    "٣".encode(),
    b"1e9",
)


def xml_text(chance: Random, seeds: Sequence[bytes]) -> bytes:
    """An XML document with tags and texts doubled, lost, exchanged and replaced."""
    text = chance.choice(seeds)
    parts = [part for part in re.split(rb"(<[^<>]*>)", text) if part]
    for _ in range(chance.choice((1, 1, 2, 5))):
        at = chance.randrange(len(parts))
        match chance.randrange(6):
            case 0:
                parts[at] = chance.choice(_XML_PIECES)
            case 1:
                parts.insert(at, chance.choice(_XML_PIECES))
            case 2 if len(parts) > 1:
                del parts[at]
            case 3:
                parts.insert(at, chance.choice(parts))
            case 4:
                texts = [i for i, part in enumerate(parts) if not _TAG.fullmatch(part) and part.strip()]
                parts[chance.choice(texts or [at])] = chance.choice(_XML_PIECES)
            case _:
                other = chance.randrange(len(parts))
                parts[at], parts[other] = parts[other], parts[at]
    return b"".join(parts)[:MAX_BYTES]


def lines(pieces: Sequence[str]) -> Mutator:
    """A mutator of texts whose unit is the line; `pieces` are lines, or parts of them, of their language."""
    words = tuple(piece.encode("utf-8", "surrogatepass") for piece in (*pieces, *TEXTS))

    def mutate(chance: Random, seeds: Sequence[bytes]) -> bytes:
        found = chance.choice(seeds).split(b"\n")
        for _ in range(chance.choice((1, 1, 2, 4, 10))):
            _change_line(chance, found, words, seeds)
        return chance.choice((b"\n", b"\n", b"\n", b"\r\n")).join(found)[:MAX_BYTES]

    return mutate


def _change_line(chance: Random, found: list[bytes], words: Sequence[bytes], seeds: Sequence[bytes]) -> None:
    at = chance.randrange(len(found) or 1)
    match chance.randrange(7) if found else 0:
        case 0:
            found.insert(at, chance.choice(words))
        case 1:
            found[at] = chance.choice(words)
        case 2:
            before, mark, after = found[at].partition(chance.choice((b"=", b":", b" ", b"|", b'"')))
            found[at] = before + mark + chance.choice(words) + after * chance.choice((0, 1))
        case 3:
            del found[at]
        case 4:
            found[at:at] = [found[at]] * chance.choice((1, 1, 2, 50))
        case 5:
            found[at] = damaged(chance, (found[at],))
        case _:
            found.insert(at, chance.choice(_lines_of(tuple(seeds))))


@cache
def _lines_of(seeds: tuple[bytes, ...]) -> tuple[bytes, ...]:
    return tuple(line for seed in seeds for line in seed.split(b"\n"))


def either(*mutators: Mutator) -> Mutator:
    """One of these for each input."""
    return lambda chance, seeds: chance.choice(mutators)(chance, seeds)
