"""The serial line of an emulated device: one raw pseudo-terminal that clients open, close and open again.

A pty differs from a wire in four ways, each levelled out here. Speed: a pty carries all bytes at any; here what a
client with other settings than the device's says and hears is garbled (`uart`). Nobody listening: the kernel would keep
old bytes for the next client; a wire keeps none, so nothing is written while no client has the path open (the emulator
therefore does not hold the client's end open itself: it could no longer tell). A slow reader: the kernel would refuse
the newest bytes after about 20 kB; here the unread ones are dropped and the newest kept, which is the overrun of the
field. A client closing: the kernel reports an error; here reading goes on with the next client.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import select
import termios
import tty
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from pathlib import Path

from emulator.devices.terminal import client_settings, set_speed
from emulator.devices.uart import LineSettings, heard
from lisa_core.domain.model.errors import LisaError
from lisa_core.host.causes import cause

CLIENT_POLL_S = 0.02
"""How often a line without a client looks for one: the kernel has no event for it."""
CHUNK = 65_536


class Pty:
    """The device's end. `path` is what a client opens; `overruns` counts how often unread bytes were dropped."""

    def __init__(self, master: int, path: str, device: str, settings: LineSettings | None = None) -> None:
        self.path = path
        self.settings = settings
        """How the device has set its end; None for one that is understood at any speed."""
        self.overruns = 0
        self._master = master
        self._device = device
        self._used = False
        self._poll = select.poll()
        self._poll.register(master, 0)  # POLLHUP is always reported: no client has the path open

    async def read(self) -> bytes:
        """Return the next bytes from whichever client writes; waits for ever."""
        while True:
            try:
                data = os.read(self._master, CHUNK)
            except BlockingIOError:
                await self._readable()
            except OSError:  # EIO: the last client has closed
                if self._used:
                    self._used = False
                    self._drop_unread()
                await asyncio.sleep(CLIENT_POLL_S)
            else:
                self._used = True
                if data := self._across(data, from_client=True):
                    return data

    @property
    def connected(self) -> bool:
        """Whether a client has the path open."""
        return not self._poll.poll(0)

    def write(self, data: bytes) -> None:
        """Send without ever waiting: unheard without a client, and with a slow one at the cost of the unread bytes."""
        if not self.connected:
            return
        self._used = True
        data = self._across(data)
        with contextlib.suppress(OSError):  # the client may close at this very moment
            if self._send(data) < len(data):
                self.overruns += 1
                self._drop_unread()
                self._send(data)

    def _across(self, data: bytes, *, from_client: bool = False) -> bytes:
        """As it arrives at the other end."""
        ours, theirs = self.settings, client_settings(self._master) if self.settings else None
        if ours is None or theirs is None:
            return data
        return heard(data, theirs, ours) if from_client else heard(data, ours, theirs)

    def _send(self, data: bytes) -> int:
        try:
            return os.write(self._master, data)
        except BlockingIOError:
            return 0

    def _drop_unread(self) -> None:
        """Empty both buffers of the kernel: the master's on their way, and the line discipline's of the client."""
        with contextlib.suppress(OSError, termios.error):  # a client may hold the terminal exclusively
            client_end = os.open(self._device, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
            try:
                termios.tcflush(self._master, termios.TCOFLUSH)
                termios.tcflush(client_end, termios.TCIFLUSH)
            finally:
                os.close(client_end)

    async def _readable(self) -> None:
        loop = asyncio.get_running_loop()
        ready: asyncio.Future[None] = loop.create_future()
        loop.add_reader(self._master, _settle, ready)
        try:
            await ready
        finally:
            loop.remove_reader(self._master)


def _settle(ready: asyncio.Future[None]) -> None:
    if not ready.done():
        ready.set_result(None)


@contextlib.asynccontextmanager
async def open_pty(listen: str = "", settings: LineSettings | None = None) -> AsyncIterator[Pty]:
    """Open a line. `listen` may name a path that shall lead to it (a symbolic link, taken away again at the end)."""
    master, client_end = os.openpty()
    try:
        try:
            tty.setraw(client_end)  # no echo, no line editing; it stays so across clients
            if settings:
                set_speed(client_end, settings.baudrate)
            device = os.ttyname(client_end)
            os.set_blocking(master, False)
        finally:
            os.close(client_end)
        with _link(listen, device) as path:
            yield Pty(master, path, device, settings)
    finally:
        os.close(master)


@contextlib.asynccontextmanager
async def serve_on_pty(
    serve: Callable[[Pty], Coroutine[None, None, None]], listen: str = "", settings: LineSettings | None = None
) -> AsyncIterator[str]:
    """Run a device on a line of its own; yields the path. What ended the device early is raised at the end."""
    async with open_pty(listen, settings) as line:
        serving = asyncio.create_task(serve(line), name=f"device on {line.path}")
        try:
            yield line.path
        finally:
            serving.cancel()
            (result,) = await asyncio.gather(serving, return_exceptions=True)
            if isinstance(result, Exception):
                raise result


@contextlib.contextmanager
def _link(listen: str, device: str) -> Iterator[str]:
    if not listen:
        yield device
        return
    try:
        Path(listen).symlink_to(device)
    except OSError as error:
        text = f"Die serielle Leitung {listen!r} lässt sich nicht anlegen ({cause(error)}): einen freien Pfad nennen."
        raise LisaError(text) from None
    try:
        yield listen
    finally:
        Path(listen).unlink(missing_ok=True)
