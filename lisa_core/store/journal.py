"""The port to the event log: append-only, without any content, durable when it returns; and the log in memory.

An entry says what happened to which visit, never what was said or written. Beside the log lies what a program needs to
take up its work again (`checked_rows`); entries and kept things become durable together or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple, Protocol

from lisa_core.domain.model.errors import MachineError

DAMAGED = "protokoll.beschaedigt"
"""The log was cut short or altered; the entry's detail says how far it was good and where the rest lies."""

SPOILT = "beigelegtes.beschaedigt"
"""Some of what is kept beside the log was altered and lies aside now; the log itself is whole."""

UNPROVEN = "protokoll.ohne_stand"
"""The checkpoint beside the log is missing: whether entries are missing at the end cannot be told."""


RESTORED = "protokoll.zurueckgespielt"
"""The log goes on from a backup: what came after it is not in it, and whoever was connected begins anew."""


class TakenOver(MachineError):
    """Another program writes this store now: nothing was written, and this one has nothing to write any more."""


class Entry(NamedTuple):
    """`at` is the civil time (ISO), `name` a dotted event name, `subject` a visit, call, site or agent id.

    `data` is what a program needs to replay the event, as JSON; people read the rest.
    """

    at: str
    name: str
    subject: str
    detail: str = ""
    data: str = ""


Kept = Mapping[str, str | None]
"""Key to text; None lets go of it."""


class Journal(Protocol):
    """Append is durable when it returns; entries are numbered from 1 and read in that order."""

    @property
    def count(self) -> int:
        """The number of the last entry."""
        ...

    def append(self, entries: Iterable[Entry], kept: Kept | None = None) -> None:
        """All of it or nothing. Raises `LisaError` when it cannot be written."""
        ...

    def read(self, after: int = 0) -> list[Entry]:
        """The entries with a higher number than `after`."""
        ...

    def kept(self, prefix: str = "") -> dict[str, str]:
        """What is kept under keys that begin so."""
        ...

    def close(self) -> None: ...


class MemoryJournal:
    """For runs that leave nothing behind."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._kept: dict[str, str] = {}

    @property
    def count(self) -> int:
        return len(self._entries)

    def append(self, entries: Iterable[Entry], kept: Kept | None = None) -> None:
        self._entries.extend(entries)
        for key, text in (kept or {}).items():
            if text is None:
                self._kept.pop(key, None)
            else:
                self._kept[key] = text

    def read(self, after: int = 0) -> list[Entry]:
        return self._entries[after:]

    def kept(self, prefix: str = "") -> dict[str, str]:
        return {key: self._kept[key] for key in sorted(self._kept) if key.startswith(prefix)}

    def close(self) -> None:
        """Nothing is open."""
