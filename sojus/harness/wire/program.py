"""`lisa portal`, started as people start it, on a folder and at an hour; and ended as a service manager ends it."""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from datetime import datetime
from pathlib import Path

from lisa_core.domain.model.errors import HarnessError
from lisa_core.host.patience import patience

READY = "SoJuS bereit: "
START_S, END_S = 90.0, 30.0
_LISA = """
import ctypes, signal
if hasattr(libc := ctypes.CDLL(None), "prctl"):
    libc.prctl(1, signal.SIGKILL)
signal.pthread_sigmask(signal.SIG_SETMASK, ())
signal.signal(signal.SIGTERM, signal.SIG_DFL)
from lisa_core.cli.main import main
main()
"""
"""It dies with the run that it is of, however that ends (PR_SET_PDEATHSIG). A worker of a run hears no signal
(`lisa run -n 3`), and what it starts would inherit that."""


class PortalProgram:
    """`said`: every line of it until now."""

    def __init__(self, folder: Path, offices: Path) -> None:
        self._folder, self._offices = folder, offices
        self._process: Process | None = None
        self._reading: asyncio.Task[None] | None = None
        self._ready: asyncio.Future[str] | None = None
        self.said: list[str] = []

    async def start(self, at: datetime) -> str:
        """Where it is served, as a URL. Raises `HarnessError` with what it said where it does not start."""
        words = ["portal", "--listen", "127.0.0.1:0", "--data", str(self._folder), "--offices", str(self._offices)]
        words += ["--one-factor", "--at", at.replace(tzinfo=None).isoformat(timespec="seconds")]
        self._ready = asyncio.get_running_loop().create_future()
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", _LISA, *words, stdout=PIPE, stderr=STDOUT
        )
        self._reading = asyncio.create_task(self._read(self._process, self._ready))
        try:
            async with patience(START_S):
                return await self._ready
        except TimeoutError:
            raise HarnessError(f"lisa portal startet nicht in {START_S:g} s. {self._last()}") from None

    async def stop(self) -> None:
        """By SIGTERM; by force where that takes too long. Raises `HarnessError` for an end that was none in order."""
        process, reading = self._process, self._reading
        if process is None or reading is None:
            return
        self._process = None
        ended_before = process.returncode
        if ended_before is None:
            process.terminate()
        try:
            async with patience(END_S):
                code = await process.wait()
        except TimeoutError:
            process.kill()
            code = await process.wait()
        await reading
        if ended_before is not None or code not in (0, 130, -15):
            raise HarnessError(f"lisa portal endete mit {code}. {self._last()}")

    def kill(self) -> None:
        """At once, where nobody waits."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()

    async def _read(self, process: Process, ready: asyncio.Future[str]) -> None:
        assert process.stdout is not None
        async for line in process.stdout:
            text = line.decode(errors="replace").rstrip()
            self.said.append(text)
            if text.startswith(READY) and not ready.done():
                ready.set_result(text.removeprefix(READY).split()[0].rstrip("/"))
        if not ready.done():
            ready.set_exception(HarnessError(f"lisa portal startet nicht. {self._last()}"))

    def _last(self) -> str:
        return "Gesagt hat es: " + " / ".join(self.said[-5:])
