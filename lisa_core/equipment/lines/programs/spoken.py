"""A program of others that speaks with us line by line over its pipes, and its last words when it has ended.

It runs without a shell, in the folder that its profile stands in, and on a leash (`warden`): it ends with us, even when
we are killed, and all that it has started with it.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import shutil
import sys
from collections import deque
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

from lisa_core.domain.model.errors import DeviceFault
from lisa_core.equipment.lines.programs.warden import CANNOT
from lisa_core.host.causes import cause
from lisa_core.host.printable import printable

PIECE = 64 * 1024
LAST_LINES, LAST_CHARS = 20, 300
"""What is kept of what it says on its error output, and told of it."""
END_S = 0.5
"""Seconds from the end of what it says until it has ended itself, as programs do."""
_REASON = re.compile(r"\w*(Error|Exception|Fehler)\b.*[:(]")
"""How programs begin the line that says why; behind it they say where."""
FULL = 64 * 1024
"""Bytes that it has not taken yet, from which on what is late is left out."""
_WARDEN = str(Path(__file__).with_name("warden.py"))


class SpokenProgram:
    """A running one. One reader; who writes waits until it takes what was written."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        self._process, self._in, self._out = process, process.stdin, process.stdout
        self._said: deque[str] = deque(maxlen=LAST_LINES)
        self._listening = asyncio.create_task(self._listen(process.stderr))

    async def read(self) -> bytes:
        """What it says next; empty when it will say nothing more."""
        return await self._out.read(PIECE)

    def put(self, data: bytes) -> None:
        """Hand it over; whether it is taken, `taken` waits for."""
        self._in.write(data)

    async def taken(self) -> None:
        """Return once what was handed over is taken, or never will be: reading says so, with its last words."""
        with contextlib.suppress(OSError):
            await self._in.drain()

    @property
    def is_full(self) -> bool:
        """Whether it takes less than it is told."""
        return self._in.transport.get_write_buffer_size() > FULL

    async def why(self) -> str:
        """Why it says nothing more, as words of a sentence, once `read` has said so."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(END_S):
                await self._process.wait()
                await asyncio.wait((self._listening,))
        code = self._process.returncode
        if code is None:
            return f"hat seine Ausgabe geschlossen und läuft weiter{self.last_words}"
        if code == CANNOT:
            return f"lässt sich nicht starten{self.last_words}"
        how = f"durch Signal {code - 128}" if code > 128 else f"mit Code {code}"
        return f"hat sich {how} beendet{self.last_words}"

    @property
    def last_words(self) -> str:
        """What it said last on its error output, as the end of a sentence; "" when nothing."""
        reason = next(filter(_REASON.search, self._said), "")
        text = reason[:LAST_CHARS] or " / ".join(self._said)[-LAST_CHARS:]
        return f"; zuletzt sagte es: „{text}“" if text else ""

    async def aclose(self) -> None:
        """No more is to be heard of it."""
        self._in.close()
        self._listening.cancel()
        await asyncio.gather(self._listening, return_exceptions=True)

    async def _listen(self, pipe: asyncio.StreamReader) -> None:
        rest = ""
        while data := await pipe.read(PIECE):
            *lines, rest = (rest + data.decode("utf-8", "replace")).splitlines(keepends=True) or [""]
            if rest.endswith(("\n", "\r")):
                lines, rest = [*lines, rest], ""
            self._said.extend(filter(None, (printable(line.strip())[:LAST_CHARS] for line in lines)))
            rest = rest[-LAST_CHARS:]
        if rest.strip():
            self._said.append(printable(rest.strip()))


@contextlib.asynccontextmanager
async def spoken_program(command: Sequence[str], folder: Path, max_line: int) -> AsyncIterator[SpokenProgram]:
    """Start it in `folder`. Fault `adapter.missing` when there is no such program or folder."""
    program = _found(command[0], folder)
    leash, ours = os.pipe()
    process = None
    try:
        process = await _started(leash, (program, *command[1:]), folder, max_line)
        spoken = SpokenProgram(process)
        try:
            yield spoken
        finally:
            await spoken.aclose()
    finally:
        os.close(ours)  # the leash: the warden sees to the rest
        if process is not None:
            await asyncio.shield(_gone(process))


async def _started(leash: int, command: Sequence[str], folder: Path, max_line: int) -> asyncio.subprocess.Process:
    pipe = asyncio.subprocess.PIPE
    warden = (sys.executable, "-I", "-S", _WARDEN, str(leash))
    try:
        return await asyncio.create_subprocess_exec(
            *(*warden, *command),
            stdin=pipe,
            stdout=pipe,
            stderr=pipe,
            cwd=folder,
            pass_fds=(leash,),
            limit=max_line,
            start_new_session=True,
        )
    except OSError as error:
        raise _missing(command[0], f"lässt sich in {folder} nicht starten ({cause(error)})") from None
    finally:
        os.close(leash)


def _found(program: str, folder: Path) -> str:
    """The program as a path, as a shell in that folder would find it."""
    found = shutil.which(str(folder / program) if "/" in program else program)
    if found is None:
        where = "liegt dort nicht oder ist nicht ausführbar" if "/" in program else "ist auf diesem Rechner nicht da"
        raise _missing(program, f"{where}. Pfade gelten ab dem Ordner des Profils")
    return found


def _missing(program: str, why: str) -> DeviceFault:
    return DeviceFault("adapter.missing", f"Das Programm „{program}“ {why}.", retryable=True)


async def _gone(process: asyncio.subprocess.Process) -> None:
    """Wait until it has ended; what it still says is lost."""
    assert process.stdout is not None
    assert process.stderr is not None
    for pipe in (process.stdout, process.stderr):
        while await pipe.read(PIECE):
            pass
    await process.wait()
