"""Where a recording goes: to a file, line by line as it happens, or into a ring of the newest, written when asked."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from lisa_core.domain.model.errors import MachineError
from lisa_core.equipment.traces.entries import EntryKind, Plain, TraceEntry, TraceHead
from lisa_core.equipment.traces.writing import entry_line, head_line
from lisa_core.host.causes import cause

RING_BYTES = 512 * 1024
RING_US = 120 * 1_000_000
ALL_BYTES, ALL_US = 64 * 1024 * 1024, 24 * 3600 * 1_000_000
"""Limits for whoever wants all of it."""
BEGINNING_BYTES = 128 * 1024
BEGINNING_US = 5 * 1_000_000
"""The beginning stays, whatever is dropped: in it the device says who it is, and a driver asks for that first."""
_LINE = 120
"""What an entry takes beside its bytes, roughly."""


class TraceFile:
    """A file that grows entry by entry. Killed at any moment it can be read up to there. Fulfils `recorder.Keeper`.

    A full disk stops no driver: the file ends there, and `close` says so.
    """

    def __init__(self, path: Path, head: TraceHead) -> None:
        """Raises `MachineError` where it cannot be written."""
        self._path, self.count = path, 0
        self._failed: OSError | None = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file: TextIO = path.open("w", encoding="utf-8", newline="\n", buffering=1)
            self._file.write(head_line(head))
        except OSError as error:
            raise self._unwritten(error) from error

    def keep(self, entry: TraceEntry) -> None:
        if self._failed is None and not self._file.closed:
            try:
                self._file.write(entry_line(entry))
                self.count += 1
            except OSError as error:
                self._failed = error

    def close(self) -> None:
        """Say that it is whole. Raises `MachineError` where it is not. Closing twice is harmless."""
        if self._file.closed:
            return
        try:
            if self._failed is None:
                self._file.write(end_line(self.count))
            self._file.close()
        except OSError as error:
            self._failed = self._failed or error
        if self._failed is not None:
            raise self._unwritten(self._failed) from self._failed

    def _unwritten(self, error: OSError) -> MachineError:
        return MachineError(f"{self._path}: Die Aufzeichnung lässt sich nicht schreiben ({cause(error)}).")


class Ring:
    """The newest entries, within limits of bytes and time, and the beginning. Fulfils `recorder.Keeper`."""

    def __init__(self, most_bytes: int = RING_BYTES, most_us: int = RING_US) -> None:
        self._most_bytes, self._most_us = most_bytes, most_us
        self._beginning: list[TraceEntry] = []
        self._newest: deque[TraceEntry] = deque()
        self._size = self._beginning_size = 0
        self.dropped = 0
        self._file: TraceFile | None = None

    def pour(self, file: TraceFile) -> None:
        """All that it holds goes into the file, and what comes from now on as well."""
        for entry in self.entries:
            file.keep(entry)
        self._beginning.clear()
        self._newest.clear()
        self._file = file

    def keep(self, entry: TraceEntry) -> None:
        if self._file is not None:
            self._file.keep(entry)
            return
        if self._beginning_size < BEGINNING_BYTES and entry.at_us < BEGINNING_US and not self._newest:
            self._beginning.append(entry)
            self._beginning_size += _size(entry)
            return
        self._newest.append(entry)
        self._size += _size(entry)
        while self._newest and (self._size > self._most_bytes or entry.at_us - self._newest[0].at_us > self._most_us):
            self._size -= _size(self._newest.popleft())
            self.dropped += 1

    @property
    def entries(self) -> tuple[TraceEntry, ...]:
        """What it holds, with a gap where something was dropped."""
        at_us = self._newest[0].at_us if self._newest else 0
        gap = (TraceEntry(at_us, EntryKind.GAP, about={"count": self.dropped}),) if self.dropped else ()
        return (*self._beginning, *gap, *self._newest)


def whole_text(head: TraceHead, entries: Iterable[TraceEntry]) -> str:
    """A recording that is complete, as the text of its file."""
    lines = [entry_line(entry) for entry in entries]
    return "".join((head_line(head), *lines, end_line(len(lines))))


def end_line(count: int) -> str:
    """The last line of a whole recording."""
    return entry_line(TraceEntry(0, EntryKind.END, about={"count": count}))


def _size(entry: TraceEntry) -> int:
    return _LINE + sum(len(part.data) for part in entry.content if isinstance(part, Plain))
