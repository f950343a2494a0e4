"""What was said, and what arrived: by its words, so that each message that is lost or comes twice has a name."""

from __future__ import annotations

import contextlib
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lisa_core.store.postgres.place import DatabaseAddress

LOGGED = (
    "anruf.begonnen",
    "anruf.angenommen",
    "weiterleitung.angefragt",
    "anruf.beendet",
    "besuch.beendet",
)
_READ = f"select name, subject, detail from journal where name in {LOGGED}"


@dataclass
class Ledger:
    """`due`: what has to arrive, written down before it is said; `came`: what has arrived."""

    due: Counter[str] = field(default_factory=Counter)
    came: Counter[str] = field(default_factory=Counter)

    def owe(self, *words: str) -> None:
        self.due.update(words)

    def hear(self, *words: str) -> None:
        self.came.update(words)

    @property
    def lost(self) -> list[str]:
        return sorted((self.due - self.came).elements())

    @property
    def doubled(self) -> list[str]:
        """Or of nobody's saying."""
        return sorted((self.came - self.due).elements())

    def told(self) -> Iterator[str]:
        kinds = Counter[str]()
        for word, times in self.came.items():
            kinds[word.partition(" ")[0]] += times
        yield f"{self.due.total()} due, {self.came.total()} came, {len(self.lost)} lost, {len(self.doubled)} doubled"
        yield from (f"  {times:6} {kind}" for kind, times in sorted(kinds.items()))


def logged(place: Path | DatabaseAddress) -> Iterable[str]:
    """What the exchange has written into its log of what was said to it."""
    for name, subject, detail in _rows(place):
        yield f"{name} {subject}" if name in ("anruf.begonnen", "besuch.beendet") else f"{name} {subject} {detail}"


def _rows(place: Path | DatabaseAddress) -> list[tuple[str, str, str]]:
    if isinstance(place, Path):
        with contextlib.closing(sqlite3.connect(place / "exchange.sqlite")) as folder:
            return folder.execute(_READ).fetchall()
    import psycopg

    with psycopg.connect(place.conninfo) as database:
        return database.execute(_READ).fetchall()
