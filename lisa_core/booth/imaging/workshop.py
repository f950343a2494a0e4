"""Where is done what takes long or could do harm: beside the booth's loop, foreign pictures in a process with limits.

See docs/adr/0034. A booth in memory, whose pages are our own and whose loop knows no processes, does it in place.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import pickle
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from types import SimpleNamespace
from typing import Protocol, TypeVar

from lisa_core.booth.imaging.picture_process import ANSWERED, ASKED
from lisa_core.booth.imaging.pictures import Job, Made, do, picture_fault

MAX_ANSWER = 256 * 1024 * 1024
PATIENCE = 4
"""A job is given up after this multiple of its computing time: the machine may be busy."""

_T = TypeVar("_T")


class Workshop(Protocol):
    """What both can do."""

    async def perform(self, job: Job) -> Made:
        """Have a job done. Faults `picture.damaged`, `.large`, `.slow`; the next job finds all in order."""
        ...

    async def beside(self, work: Callable[[], _T]) -> _T:
        """Have our own work done beside the loop; when this is cancelled it still ends first."""
        ...

    def prepare(self) -> None:
        """A job will come soon."""
        ...

    def forget(self) -> None:
        """Leave nothing of the visit: what jobs have left in memory goes with the process."""
        ...


class InPlace:
    """Everything at once and here."""

    async def perform(self, job: Job) -> Made:
        return do(job)

    async def beside(self, work: Callable[[], _T]) -> _T:
        return work()

    def prepare(self) -> None: ...

    def forget(self) -> None: ...


class Apart:
    """One process for pictures, started when it is needed and again when it has died; one job at a time."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._line: socket.socket | None = None
        self._ended: list[subprocess.Popen[bytes]] = []

    @property
    def pid(self) -> int | None:
        """Of the process that runs."""
        return self._process.pid if self._process else None

    async def perform(self, job: Job) -> Made:
        async with self._turn:
            whole = False
            try:
                async with asyncio.timeout(job.seconds * PATIENCE):
                    worked, first, second = await _asked(self._started(), job)
                whole = True
            except TimeoutError:
                raise picture_fault("picture.slow") from None
            except OSError as error:
                raise picture_fault("picture.damaged") from error
            finally:
                if not whole:
                    self.forget()
        if not worked:
            raise picture_fault(first[:40].decode("ascii", "replace"))
        return first, second

    async def beside(self, work: Callable[[], _T]) -> _T:
        running = asyncio.ensure_future(asyncio.to_thread(work))
        try:
            return await asyncio.shield(running)
        except asyncio.CancelledError:
            await asyncio.gather(running, return_exceptions=True)
            raise

    def prepare(self) -> None:
        with contextlib.suppress(OSError):  # the job itself will say so
            self._started()

    def forget(self) -> None:
        if self._process is not None and self._line is not None:
            self._process.kill()
            self._line.close()
            self._ended.append(self._process)
        self._process = self._line = None
        self._ended = [process for process in self._ended if process.poll() is None]

    async def aclose(self) -> None:
        """Leave no process."""
        self.forget()
        for process in self._ended:
            await asyncio.to_thread(process.wait)
        self._ended = []

    def _started(self) -> socket.socket:
        if self._process is not None and self._process.poll() is not None:
            self.forget()
        if self._line is None:
            self._process, self._line = _start()
        return self._line


def _start() -> tuple[subprocess.Popen[bytes], socket.socket]:
    here, there = socket.socketpair()
    here.setblocking(False)
    places = os.pathsep.join(place for place in sys.path if place)
    with there:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "lisa_core.booth.imaging.picture_process"],
            stdin=there.fileno(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": places},
            start_new_session=True,
        )
    return process, here


async def _asked(line: socket.socket, job: Job) -> tuple[bool, bytes, bytes]:
    """Send the job and read what comes back. Raises `OSError` when the process ends meanwhile, or says too much."""
    pieces: list[bytes] = []  # a large page is one of them as it is: copying twenty would hold the loop
    pickle.Pickler(SimpleNamespace(write=pieces.append), pickle.HIGHEST_PROTOCOL).dump(job)
    for piece in (ASKED.pack(sum(map(len, pieces))), *pieces):
        await asyncio.get_running_loop().sock_sendall(line, piece)
    worked, *sizes = ANSWERED.unpack(await _exactly(line, ANSWERED.size))
    if sum(sizes) > MAX_ANSWER:
        raise OSError("an answer that is too long")
    first, second = [await _exactly(line, size) for size in sizes]
    return bool(worked), first, second


async def _exactly(line: socket.socket, size: int) -> bytes:
    data, got = bytearray(size), 0
    view = memoryview(data)
    while got < size:
        count = await asyncio.get_running_loop().sock_recv_into(line, view[got:])
        if not count:
            raise ConnectionResetError("the process has ended")
        got += count
    return bytes(data)


@contextlib.asynccontextmanager
async def open_workshop(*, apart: bool) -> AsyncIterator[Workshop]:
    """Open it until the context ends; then no process is left."""
    if not apart:
        yield InPlace()
        return
    workshop = Apart()
    try:
        yield workshop
    finally:
        await workshop.aclose()
