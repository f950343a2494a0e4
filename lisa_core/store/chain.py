"""The chain through an event log: each entry's hash is SHA-256 over its predecessor's hash and the entry itself.

    hash 0 = 32 zero bytes
    hash n = SHA-256(hash n-1 | n 00 at 00 name 00 subject 00 detail 00 data)      texts in UTF-8, n in decimal digits

What it shows: an entry altered, inserted, moved, or taken out of the middle. What it cannot show alone: entries missing
at the end (for that there is `store.checkpoint`), and a log that somebody with the right to write rewrote as a whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from lisa_core.store.journal import Entry

Columns: TypeAlias = tuple[Any, ...]
"""A row as the database gives it: nobody knows what damage has made of it."""

GENESIS = bytes(32)
"""Stands for the hash before the first entry."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How far a log goes: the number of its entries (`count`) and the hash of the last one (`tip`)."""

    count: int = 0
    tip: bytes = GENESIS


@dataclass(frozen=True, slots=True)
class Good:
    """How far a log is good (`head`), when the last good entry was written, and `why` no further ("" if whole)."""

    head: Checkpoint = Checkpoint()
    at: str = ""
    why: str = ""


def link(before: bytes, number: int, fields: Sequence[str]) -> bytes:
    """The hash of entry `number`: over `before` and the UTF-8 of number and fields, a zero byte between each.

    Raises `TypeError` for a field that is no text and `ValueError` for one with a zero byte in it.
    """
    text = "\0".join((str(number), *fields))
    if text.count("\0") != len(fields):
        raise ValueError(f"entry {number} has a zero byte in it")
    return hashlib.sha256(before + text.encode("utf-8", "surrogatepass")).digest()


def chain_rows(head: Checkpoint, entries: Iterable[Entry]) -> tuple[list[Columns], Checkpoint]:
    """The rows (number, at, name, subject, detail, data, hash) that continue a log behind `head`, and its new head."""
    rows: list[Columns] = []
    number, tip = head.count, head.tip
    for entry in entries:
        number += 1
        tip = link(tip, number, entry)
        rows.append((number, *entry, tip))
    return rows, Checkpoint(number, tip)


def follow(rows: Iterable[Columns], noted: Checkpoint | None, known: Good | None = None) -> Good:
    """Check the rows of a log from its first, or behind what is `known` to be good.

    An empty row is one that cannot be read; `noted` is the checkpoint.
    """
    known = known or Good()
    count, tip, at, marked = *_unpacked(known.head), known.at, 0 if noted is None else noted.count
    if count and count == marked and noted is not None and noted.tip != tip:
        return Good(why=_ANOTHER)
    sha256 = hashlib.sha256
    for row in rows:
        try:  # as `link`, without a call for each row: a third of what the whole check costs
            number, at_now, name, subject, detail, data, told = row
            text = "\0".join((str(number), at_now, name, subject, detail, data))
            now = sha256(tip + text.encode("utf-8", "surrogatepass")).digest()
            if number != count + 1 or now != told or text.count("\0") != 5:
                raise ValueError
        except (TypeError, ValueError):
            return Good(Checkpoint(count, tip), at, _why_no_further(count, row))
        count, tip, at = number, now, at_now
        if count == marked and noted is not None and noted.tip != tip:
            return Good(why=_ANOTHER)
    good = Good(Checkpoint(count, tip), at)
    if noted is not None and noted.count > count:
        return replace(good, why=f"es fehlt das Ende: vermerkt sind {noted.count} Einträge")
    return good


_ANOTHER = "das Protokoll ist ein anderes als das, dessen Stand vermerkt ist"


def _unpacked(head: Checkpoint) -> tuple[int, bytes]:
    return head.count, head.tip


def _why_no_further(count: int, row: Columns) -> str:
    if not row:
        return f"nach Eintrag {count} ist nichts lesbar"
    return f"auf Eintrag {count} folgt {row[0]}" if row[0] != count + 1 else f"Eintrag {row[0]} wurde verändert"
