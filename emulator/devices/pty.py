"""The serial line of an emulated device: one raw pseudo-terminal that clients open, close and open again.

A pty differs from a wire in four ways, each levelled out here. Speed: a pty carries all bytes at any; here what a
client with other settings than the device's says and hears is garbled (`uart`). Nobody listening: the kernel would keep
old bytes for the next client; a wire keeps none, so nothing is written while no client has the path open (the emulator
therefore does not hold the client's end open itself: it could no longer tell). A slow reader: the kernel would refuse
the newest bytes after about 20 kB; here the unread ones are dropped and the newest kept, which is the overrun of the
field. A client closing: the kernel reports an error; here reading goes on with the next client. What else befalls
bytes and plugs in the field is chance, and comes from the world (`line_faults`).
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import select
import termios
import tty
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import ExitStack
from pathlib import Path

from emulator.devices.terminal import client_settings, set_speed
from emulator.devices.uart import LineSettings, heard
from emulator.world.line_faults import MOST_LATE_S, LineFaults, Way
from lisa_core.domain.model.errors import LisaError
from lisa_core.host.causes import cause
from lisa_core.host.program import beside
from lisa_core.host.temporary import temporary_folder

CLIENT_POLL_S = 0.04
"""How often a line without a client looks for one: the kernel has no event for it."""
CHUNK = 65_536
UNPLUGGED = -1


class Pty:
    """The device's end. `path` is what a client opens."""

    def __init__(self, path: str = "", settings: LineSettings | None = None, faults: LineFaults | None = None) -> None:
        """`path` "": the terminal's own; only one with a path can be plugged in again there."""
        self.path = path
        self.settings = settings
        """How the device has set its end; None for one that is understood at any speed."""
        self._faults, self._way, self._dropped = faults, Way(MOST_LATE_S), 0
        self._master = UNPLUGGED
        self._device = ""
        self._link = ""
        self._used = self._busy = False
        self._poll = select.poll()
        self._news: asyncio.Future[None] | None = None
        """Whoever waits for bytes, or for the line to be plugged in."""

    def plug(self, link: str = "") -> None:
        """A new terminal, with a symbolic link to it where `link` names one. Raises `LisaError` when that is taken."""
        master, client_end = os.openpty()
        try:
            tty.setraw(client_end)  # no echo, no line editing; it stays so across clients
            if self.settings:
                set_speed(client_end, self.settings.baudrate)
            self._device = os.ttyname(client_end)
            os.set_blocking(master, False)
            _linked(link, self._device)
        except BaseException:
            os.close(master)
            raise
        finally:
            os.close(client_end)
        self._master, self._link = master, link
        self.path = self.path or self._device
        self._poll.register(master, 0)  # POLLHUP is always reported: no client has the path open
        self._wake()

    def unplug(self) -> None:
        """Whoever has it open loses it, as with a plug that is pulled."""
        if self._master == UNPLUGGED:
            return
        if self._link:
            Path(self._link).unlink(missing_ok=True)
        if self._news is not None:
            asyncio.get_running_loop().remove_reader(self._master)
        self._poll.unregister(self._master)
        os.close(self._master)
        self._master, self._used = UNPLUGGED, False
        self._wake()

    async def be_plugged(self, faults: LineFaults) -> None:
        """Be where the faults of the world have it, for ever."""
        while True:
            state, wanted = faults.world.state, faults.plugged(self.path)
            if wanted != (self._link if self._master != UNPLUGGED else ""):
                self.unplug()
                if wanted:
                    self.plug(wanted)
            await faults.world.changed(state.revision)

    async def read(self) -> bytes:
        """Return the next bytes from whichever client writes; waits for ever.

        Whoever writes without end is read a piece at a time: everybody else on this loop has a turn between two.
        """
        while True:
            if self._busy:
                self._busy = False
                await asyncio.sleep(0)
            if self._master == UNPLUGGED:
                await self._readable()
                continue
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
                self._used = self._busy = True
                if data := self._across(data, from_client=True):
                    return data

    @property
    def overruns(self) -> int:
        """How often bytes were dropped because they were not read, or would have come too late."""
        return self._dropped + self._way.lost

    @property
    def connected(self) -> bool:
        """Whether a client has the path open."""
        return self._master != UNPLUGGED and not self._poll.poll(0)

    def write(self, data: bytes) -> None:
        """Send without ever waiting: unheard without a client, and with a slow one at the cost of the unread bytes."""
        if self._faults is None:
            self._arrive(data)
            return
        self._way.send(self._faults.pieces(data), self._arrive)

    def _arrive(self, data: bytes) -> None:
        if not self.connected:
            return
        self._used = True
        data = self._across(data)
        with contextlib.suppress(OSError):  # the client may close at this very moment
            if self._send(data) < len(data):
                self._dropped += 1
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
        master, self._news = self._master, loop.create_future()
        if master != UNPLUGGED:
            loop.add_reader(master, self._wake)
        try:
            await self._news
        finally:
            self._news = None
            if master == self._master != UNPLUGGED:
                loop.remove_reader(master)

    def _wake(self) -> None:
        if self._news is not None and not self._news.done():
            self._news.set_result(None)


@contextlib.asynccontextmanager
async def open_pty(
    listen: str = "", settings: LineSettings | None = None, faults: LineFaults | None = None
) -> AsyncIterator[Pty]:
    """Open a line. `listen` may name a path that shall lead to it (a symbolic link, taken away again at the end).

    One that can have `faults` always has such a path, under which it can be plugged in again; where somebody has taken
    that meanwhile, the body ends with a `LisaError`.
    """
    with ExitStack() as stack:
        path = listen if listen or faults is None else str(temporary_folder(stack, "leitung") / "tty")
        line = Pty(path, settings, faults)
        stack.callback(line.unplug)
        line.plug(path)
        async with beside(line.be_plugged(faults)) if faults else contextlib.nullcontext():
            yield line


@contextlib.asynccontextmanager
async def serve_on_pty(
    serve: Callable[[Pty], Coroutine[None, None, None]],
    listen: str = "",
    settings: LineSettings | None = None,
    faults: LineFaults | None = None,
) -> AsyncIterator[str]:
    """Run a device on a line of its own; yields the path. What ended the device early is raised at the end."""
    async with open_pty(listen, settings, faults) as line:
        serving = asyncio.create_task(serve(line), name=f"device on {line.path}")
        try:
            yield line.path
        finally:
            serving.cancel()
            (result,) = await asyncio.gather(serving, return_exceptions=True)
            if isinstance(result, Exception):
                raise result


def _linked(link: str, device: str) -> None:
    if not link:
        return
    if ":" in link.partition("/")[0]:  # nobody means a file of that name
        raise LisaError(f"Eine serielle Leitung liegt unter einem Pfad, z. B. /tmp/leitung, und nicht bei {link!r}.")
    try:
        Path(link).symlink_to(device)
    except OSError as error:
        text = f"Die serielle Leitung {link!r} lässt sich nicht anlegen ({cause(error)}): einen freien Pfad nennen."
        raise LisaError(text) from None
