"""Wiping: all tasks of the visit end, what shows something is cleared, key and files go; only then it is `Wiped`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from lisa_core.booth.case.case_file import CaseFile
from lisa_core.booth.kit import BoothKit
from lisa_core.booth.tasks import Tasks
from lisa_core.domain.model.errors import AbsentFault, LisaError
from lisa_core.domain.model.ids import VisitId
from lisa_core.domain.visit import events as e
from lisa_core.wire.logger import Logger

log = Logger("lisa.booth")


class Eraser:
    """`left` is the visit that an earlier run of the program did not conclude."""

    def __init__(self, kit: BoothKit, file: CaseFile, tasks: Tasks, wiped: Callable[[e.Wiped], None]) -> None:
        self.left: VisitId | None = None
        self._kit, self._file, self._tasks, self._wiped = kit, file, tasks, wiped

    async def erase(self, visit: VisitId) -> None:
        """Runs as a task itself. What cannot be erased is logged, and tried again at the deadline of wiping."""
        await self._tasks.cancel(but=asyncio.current_task())
        self._file.forget()
        try:
            await self._clear_pad(visit)
            await self._kit.slots.screen.show_face(b"")
            self._file.erase()
        except LisaError as error:
            log.error("wipe", visit=visit, text=str(error))
            return
        self._kit.let_go()
        self._wiped(e.Wiped(visit))

    async def _clear_pad(self, visit: VisitId) -> None:
        """A pad that was never there since the start holds nothing of who came since; of who came before, it may."""
        try:
            await self._kit.slots.signature_pad.clear()
        except AbsentFault:
            if visit == self.left:
                raise
