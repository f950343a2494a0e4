"""The booth's event log with its clock: entries get their time here, and what cannot be written yet is tried again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from datetime import UTC, timedelta

from lisa_core.booth.journal import names
from lisa_core.booth.journal.backlog import PatientLog, Told
from lisa_core.booth.journal.entries import Written
from lisa_core.booth.screen import texts
from lisa_core.domain.model.time import CLOCKS_DIFFER_S, ahead_s
from lisa_core.domain.visit import events as e
from lisa_core.host.clock import Clock
from lisa_core.host.machine import tell
from lisa_core.host.space import WRITE_AGAIN_S, Space, TryAgain
from lisa_core.store.journal import Entry, Journal
from lisa_core.wire.logger import Logger
from lisa_core.wire.uplink import LinkUp

log = Logger("lisa.booth")


class EventLog:
    """`note` is durable when it returns, or waits while the disk is full (`waits`); `again` is heard a while later."""

    def __init__(self, journal: Journal, clock: Clock, again: Callable[[TryAgain], None]) -> None:
        self._clock, self._again = clock, again
        self._patient, self._low = PatientLog(journal), False
        self._timer: asyncio.TimerHandle | None = None

    @property
    def waits(self) -> bool:
        """Whether something could not be written yet."""
        return self._patient.waits

    def note(self, entries: Iterable[Written]) -> None:
        """Write them in this order. While the disk is full it is tried again every second, however much waits."""
        at = self._clock.instant().civil.isoformat(timespec="milliseconds")
        self._patient.add(Entry(at, entry.name, entry.subject, entry.detail) for entry in entries)
        self._try_again_soon()

    def due(self) -> tuple[Told, ...]:
        """Commands that were put off and may be carried out now."""
        return self._patient.due()

    def put_off(self, command: e.Command) -> bool:
        """Whether this command waits until the entries it rests on are durable."""
        return self._patient.put_off(command)

    def write_again(self) -> tuple[Told, ...]:
        """One more try; what may be carried out after it."""
        self._timer = None
        self._patient.add(())
        self._try_again_soon()
        return self.due()

    def room(self, found: Space) -> None:
        """There is little room on the disk, or enough again: noted at the change."""
        if found.low is not self._low:
            self._low = found.low
            tell(found.told)
            self.note([Written(names.DISK_LOW if found.low else names.DISK_FREE, "", found.told)])

    def compare_clocks(self, up: LinkUp) -> None:
        """Say that our clock and the exchange's differ; half of the way to and fro is nobody's mistake."""
        civil = self._clock.instant().civil
        ours = civil.astimezone(UTC) - timedelta(seconds=up.took_s / 2)
        differ_s = ahead_s(up.welcome.civil, ours) or 0.0
        if abs(differ_s) - up.took_s / 2 > CLOCKS_DIFFER_S:
            log.warning("clock", text=texts.clocks(-differ_s))
            self.note([Written(names.CLOCKS_DIFFER, "", f"{-differ_s:+.1f} s")])

    def _try_again_soon(self) -> None:
        if self.waits and self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(WRITE_AGAIN_S, self._again, TryAgain())
