"""The log of acts in memory, for scenarios and tests: one process, gone with it. The same promises as of a file."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from lisa_core.store.chain import Columns
from sojus.store.log import AT_ONCE, Snapshot


class MemoryActs:
    """Several `KeptPlacements` of one process may share it, each as if it were a process of its own."""

    name = "Arbeitsspeicher"

    def __init__(self) -> None:
        self._rows: list[Columns] = []
        self._by_key: dict[str, Columns] = {}
        self._new: list[Columns] = []
        self._turn = threading.Lock()
        self._appended = threading.Condition()
        self._closed = False

    @contextmanager
    def turn(self) -> Iterator[None]:
        with self._turn:
            self._new = []
            yield
            self._by_key.update((row[3], row) for row in self._new)
            with self._appended:
                self._rows += self._new
                if self._new:
                    self._appended.notify_all()

    def rows(self, after: int) -> list[Columns]:
        return self._rows[after : after + AT_ONCE]

    def named(self, keys: Sequence[str]) -> list[Columns]:
        return sorted((self._by_key[key] for key in set(keys) if key in self._by_key), key=_number)

    def append(self, rows: Sequence[Columns]) -> None:
        self._new += rows

    def snapshots(self) -> list[Snapshot]:
        return []

    def keep(self, snapshot: Snapshot) -> None:
        """Whoever starts next has all of it before it anyway."""

    def wait(self, timeout_s: float) -> None:
        with self._appended:
            if not self._closed:
                self._appended.wait(timeout_s)

    def close(self) -> None:
        with self._appended:
            self._closed = True
            self._appended.notify_all()


def _number(row: Columns) -> int:
    return int(row[0])
