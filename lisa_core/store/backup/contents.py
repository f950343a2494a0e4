"""What a backup holds of a store, as values, and the two ports: a store that is copied, and one that is made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from lisa_core.domain.model.ids import OfficeId
from lisa_core.store.chain import Checkpoint, Columns
from lisa_core.store.checked_rows import KeptRow
from lisa_core.store.journal import Entry


@dataclass(frozen=True, slots=True)
class Package:
    """One that was received, and its bytes."""

    number: str
    office: OfficeId
    data: bytes


class Snapshot(Protocol):
    """A store as it was at one moment; each may be asked once, in this order. `where`: for people."""

    where: str
    noted: Checkpoint | None

    def entries(self) -> Iterator[Columns]:
        """The rows of the log (number, at, name, subject, detail, data, hash); an empty one cannot be read."""
        ...

    def kept(self) -> Iterator[KeptRow]:
        """What lies beside the log, as it was at the same moment."""
        ...

    def listed(self) -> list[Columns]:
        """The rows of the inbox's list, not older than the log."""
        ...

    def package(self, number: str, office: str) -> bytes | None:
        """A package that is listed; None if it is not there."""
        ...

    def beside(self) -> Mapping[str, bytes]:
        """Other files of the store, by name."""
        ...


class StoreSource(Protocol):
    """A store that can be copied while a program writes it."""

    def snapshot(self) -> AbstractContextManager[Snapshot]:
        """Raises `LisaError`."""
        ...


@dataclass(frozen=True, slots=True)
class Restorable:
    """What is written into a new store; the iterators are read once."""

    entries: Iterable[Columns]
    head: Checkpoint
    last: Entry
    kept: Iterable[KeptRow]
    listed: list[Columns]
    packages: Iterable[Package]
    beside: Mapping[str, bytes]


class StoreTarget(Protocol):
    """A store that is not there yet."""

    where: str

    def check_free(self) -> None:
        """Raises `LisaError` where something is there."""
        ...

    def write(self, all_of_it: Restorable) -> tuple[str, ...]:
        """All of it or nothing; returns what is to be said. Raises `LisaError`."""
        ...
