"""What a printer says on the connection of a job, and what that means for the sheet."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping

from lisa_core.equipment.codecs.printer_status import (
    NEEDS_SOMEBODY,
    DeviceStatus,
    JobStatus,
    NoPrinter,
    Said,
    ScriptError,
    StatusParser,
)
from lisa_core.equipment.lines.stream import Dialogue

_SEEN_TO = "Papier, Klappen und Anzeige prüfen"
_CODES: Mapping[int, str] = {40010: "printer.toner", 40021: "printer.cover", 40022: "printer.jam"}
"""What stands behind the codes of PJL, as far as it is one thing (HP's manual, appendix D)."""
_GROUPS: Mapping[int, str] = {41: "printer.paper", 42: "printer.jam", 44: "printer.jam"}
"""The same for whole groups of them, by their thousands."""


class PrintTalk:
    """One connection. `answered`: it has told how it is, or what is wrong; until then it may be one that never does.

    `settled`: it has answered, or will not any more.
    """

    def __init__(self, line: Dialogue) -> None:
        self.answered, self.settled = asyncio.Event(), asyncio.Event()
        self._line = line
        self._ended = asyncio.Event()
        self._begun = False
        self._status = DeviceStatus(0)
        self._failed: Said | None = None

    @contextlib.asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        """Read along while the body runs."""
        task = asyncio.create_task(self._listen())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def until_told(self, within_s: float) -> None:
        """Wait for the end of the job; for long only when the printer has shown that it tells of it."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(within_s):
                await self._ended.wait()
        if self._begun or self._stands:
            await self._ended.wait()

    def trouble(self, taken: bool) -> tuple[str, str] | None:
        """Why there is no sheet: code and sentence; None when nothing speaks against it. `taken`: it has the job."""
        match self._failed:
            case NoPrinter(status):
                what = f"Dort antwortet ein HTTP-Server (Status {status}), wie CUPS oder IPP auf Port 631"
                return "printer.refused", f"{what}. Den rohen Anschluss des Druckers angeben, meist 9100."
            case ScriptError(text, of_device=True):
                return "printer.attention", f"meldet „{text}“. {_SEEN_TO}."
            case ScriptError(text):
                return "printer.refused", f"versteht kein PDF, sondern PostScript („{text}“): einen anderen verwenden."
            case JobStatus(_, result):
                return "printer.io", f"hat den Auftrag abgebrochen ({result or 'CANCELED'}). {_SEEN_TO}."
            case _:
                return self._standstill(taken) if self._stands else None

    def _standstill(self, taken: bool) -> tuple[str, str]:
        shown = f"meldet „{self._status.display}“ ({self._status.code}). {_SEEN_TO}"
        if not taken:
            return _code_of(self._status.code), f"{shown}; gedruckt wird erst dann."
        return "printer.attention", f"{shown}. Der Auftrag liegt schon im Drucker: nicht noch einmal drucken."

    @property
    def _stands(self) -> bool:
        return self._status.code >= NEEDS_SOMEBODY

    async def _listen(self) -> None:
        parser = StatusParser()
        with contextlib.suppress(OSError):  # a reset; what it said until then counts
            while data := await self._line.read():
                for said in parser.feed(data):
                    self._take(said)
        self._ended.set()
        self.settled.set()

    def _take(self, said: Said) -> None:
        self.answered.set()
        self.settled.set()
        match said:
            case DeviceStatus():
                self._status = said
            case JobStatus("START"):
                self._begun = True
            case JobStatus("END", "" | "OK"):
                self._ended.set()
            case JobStatus(state) if state not in ("END", "CANCELED"):
                pass  # on its way, in whatever words
            case _:
                self._failed = said
                self._ended.set()


def _code_of(status: int) -> str:
    return _CODES.get(status) or _GROUPS.get(status // 1000, "printer.attention")
