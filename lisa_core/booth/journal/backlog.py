"""The booth's log when the disk is full: entries wait in their order, and with them what may only be told after them.

What is done here goes on: devices, the talk, above all wiping. A new call and the end of a visit are not told to the
exchange before they are durable.
"""

from __future__ import annotations

from collections.abc import Iterable

from lisa_core.booth.screen import texts
from lisa_core.domain.model.errors import MachineError
from lisa_core.domain.visit import events as e
from lisa_core.host.machine import tell
from lisa_core.store.journal import Entry, Journal

Told = e.Place | e.Cancel | e.Conclude


class PatientLog:
    """`waits` says that something could not be written yet."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._entries: list[Entry] = []
        self._late: list[Told] = []
        self._said = False

    @property
    def waits(self) -> bool:
        return bool(self._entries)

    def add(self, entries: Iterable[Entry]) -> None:
        """Write them, after what waits; if that cannot be, they wait too."""
        self._entries += entries
        try:
            self._journal.append(self._entries)
        except MachineError as error:
            if not self._said:
                self._said = True
                tell(texts.LOG_WAITS.format(error))
            return
        self._entries.clear()
        if self._said:
            self._said = False
            tell(texts.LOG_BACK)

    def due(self) -> tuple[Told, ...]:
        """What was put off and may be told now."""
        if self.waits:
            return ()
        late, self._late = tuple(self._late), []
        return late

    def put_off(self, command: e.Command) -> bool:
        """Whether this command waits, because what it rests on is not durable. A call that is over is never placed."""
        if not self.waits or not isinstance(command, e.Place | e.Cancel | e.Conclude):
            return False
        if isinstance(command, e.Cancel):
            placed = [late for late in self._late if isinstance(late, e.Place) and late.call == command.call]
            if not placed:
                return bool(self._late) and self._after(command)
            self._late.remove(placed[0])
            return True
        return self._after(command)

    def _after(self, command: Told) -> bool:
        self._late.append(command)
        return True
