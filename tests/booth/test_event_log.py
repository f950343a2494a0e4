"""The booth's event log on a full disk: everything waits in its order, and one try a second is enough for all of it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterable
from datetime import timedelta

from lisa_core.booth.journal import names
from lisa_core.booth.journal.backlog import TryAgain
from lisa_core.booth.journal.entries import Written
from lisa_core.booth.journal.event_log import EventLog
from lisa_core.domain.model.errors import MachineError
from lisa_core.harness.loop.virtual_loop import VirtualLoop
from lisa_core.host.clock import Clock
from lisa_core.store.journal import Entry, Kept, MemoryJournal
from lisa_core.wire.messages import Welcome
from lisa_core.wire.uplink import LinkUp
from tests.booth.test_visits import MONDAY


class Small(MemoryJournal):
    """Counts the tries; takes nothing while it is `full`."""

    def __init__(self) -> None:
        super().__init__()
        self.full, self.tries = True, 0

    def append(self, entries: Iterable[Entry], kept: Kept | None = None) -> None:
        self.tries += 1
        if self.full:
            raise MachineError("/srv: voll.")
        super().append(entries, kept)


async def time_passes(seconds: float) -> None:
    """In virtual time, which jumps."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await asyncio.Event().wait()


def opened(journal: Small) -> EventLog:
    def again(_: TryAgain) -> None:
        log.write_again()

    log = EventLog(journal, Clock(MONDAY.astimezone()), again)
    return log


def test_however_much_waits_it_is_tried_again_once_a_second() -> None:
    journal = Small()

    async def play() -> None:
        log = opened(journal)
        for number in range(50):
            log.note([Written(names.DISK_LOW, "", str(number))])
        journal.tries = 0
        await time_passes(10.5)
        assert journal.tries == 10
        journal.full = False
        await time_passes(1)
        assert [entry.detail for entry in journal.read()] == [str(number) for number in range(50)]
        await time_passes(10)
        assert journal.tries == 11, "what is written is not tried again"

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(play())


def test_a_clock_that_differs_is_written_behind_what_waits() -> None:
    journal = Small()

    async def play() -> None:
        log = opened(journal)
        log.note([Written(names.DISK_LOW, "")])
        theirs = MONDAY.astimezone() + timedelta(minutes=5)
        log.compare_clocks(LinkUp(Welcome("s", 0, "Templin", "", "line", theirs.isoformat())))
        assert journal.count == 0
        journal.full = False
        await time_passes(1.5)
        assert [entry.name for entry in journal.read()] == [names.DISK_LOW, names.CLOCKS_DIFFER]

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(play())
