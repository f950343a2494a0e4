"""Serial lines through pyserial: a device path on the event loop, `rfc2217://` and `socket://` in owned threads.

A pty takes any speed and carries no parity; what is set there can be seen by whoever plays the device (`_note_parity`).
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import queue
import select
import termios
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Protocol

import serial
import serial.rfc2217
import serial.urlhandler.protocol_socket

from lisa_core.domain.model.errors import DeviceFault, LisaError, ProfileError
from lisa_core.domain.model.json_types import JsonDict
from lisa_core.equipment.lines.serial_faults import (
    begins_like_refusal,
    is_refusal,
    is_telnet,
    not_opened,
    speaks_telnet,
    turned_away,
)
from lisa_core.equipment.lines.serial_faults import lost as _lost
from lisa_core.equipment.lines.stream import ByteStream
from lisa_core.equipment.lines.tapped.tap import present_tap
from lisa_core.host.address import SERIAL, read_address, respelled
from lisa_core.host.causes import cause

CHUNK = 4096
BACKLOG = 64 * 1024
"""Maximum number of bytes that are kept while nobody reads; the newest."""
AGAIN_S = 0.5
"""Seconds between two tries to open a lost port again."""
WRITE_S = 3.0
"""Seconds until a line has to have taken what is sent: one that is held (flow control, a dead server) takes nothing."""
WHY_S = 0.5
"""Seconds for the reading thread to say why a line is lost on which nothing can be written: a server may have told."""
THREAD_POLL_S = 0.1
"""Seconds for which the reader thread waits for a byte before it checks whether it is to end."""


async def open_serial(url: str, *, baudrate: int, parity: str = "N") -> ByteStream:
    """Open a device path, `rfc2217://host:port` or `socket://host:port` as 8 data bits, 1 stop bit.

    `parity` is N, E or O. Faults: `link.missing` (nothing there), `link.busy` (somebody else has it), `link.refused`.
    Raises `ProfileError` for what can never be a serial line.
    """
    remote = read_address(url, SERIAL).host
    url = respelled(url, SERIAL) or url

    async def dial() -> _Line:
        if remote:
            return await _open_url(url, baudrate, parity)
        return _DescriptorLine(_open_port(url, baudrate, parity), url)

    async def opened() -> ByteStream:
        return _SerialStream(url, dial, await dial())

    tap = present_tap()
    return await (tap.stream(opened) if tap else opened())


class _Line(Protocol):
    """One opening of a port, good until it is lost."""

    async def read(self) -> bytes: ...

    async def write(self, data: bytes) -> None: ...

    async def aclose(self) -> None: ...


class _SerialStream:
    """A port that may be unplugged, and opened again under the same name (for USB one of /dev/serial/by-id)."""

    def __init__(self, url: str, dial: Callable[[], Awaitable[_Line]], line: _Line) -> None:
        self._url, self._dial, self._line = url, dial, line
        self._closed = False

    async def read(self) -> bytes:
        return await self._line.read()

    async def write(self, data: bytes) -> None:
        await self._line.write(data)

    async def again(self) -> None:
        await self._line.aclose()
        while not self._closed:
            await asyncio.sleep(AGAIN_S)  # first of all: a port that opens and is lost at once must not keep us busy
            with contextlib.suppress(DeviceFault, ProfileError):  # under its name there may be a file for a moment
                self._line = await self._dial()
                break
        if self._closed:
            await self._line.aclose()
            raise _lost(self._url, "selbst geschlossen")

    async def aclose(self) -> None:
        self._closed = True
        await self._line.aclose()


def _open_port(url: str, baudrate: int, parity: str) -> serial.Serial:
    try:
        if "://" in url:
            port = serial.serial_for_url(url, do_not_open=True, baudrate=baudrate, parity=parity, timeout=THREAD_POLL_S)
            _correct(port)
            port.open()
            return port
        if not os.path.realpath(url).startswith("/dev/pts/"):
            return serial.Serial(url, baudrate=baudrate, parity=parity, timeout=0, exclusive=True)
        # A pty clears the parity flag, and the second opening with it fails (EINVAL).
        port = serial.Serial(url, baudrate=baudrate, parity="N", timeout=0, exclusive=True)
        _note_parity(port.fileno(), parity)
        return port
    except (serial.SerialException, OSError, ValueError, termios.error) as error:
        raise not_opened(url, error) from error


def _note_parity(terminal: int, parity: str) -> None:
    """Leave the parity in those flags that a pty keeps: an emulated device can then tell that it is not its own."""
    if parity != "N":
        settings = termios.tcgetattr(terminal)
        settings[0] |= termios.INPCK
        settings[2] |= termios.PARODD if parity == "O" else 0
        termios.tcsetattr(terminal, termios.TCSANOW, settings)


def _correct(port: serial.SerialBase) -> None:
    """Manners of pyserial that would tell a busy server's sentence to nobody, wait for ever, or print a traceback."""
    methods: JsonDict = vars(port)
    if isinstance(port, serial.urlhandler.protocol_socket.Serial):
        methods["reset_input_buffer"] = _keep  # opening would throw away what came first
        port.write_timeout = WRITE_S  # of RFC 2217 it knows no such time, but limits it to 5 s itself
    elif isinstance(port, serial.rfc2217.Serial):
        methods["_telnet_read_loop"] = partial(_quietly, type(port).__dict__["_telnet_read_loop"], port)


def _keep() -> None:
    """Nothing is thrown away."""


def _quietly(read: Callable[[serial.SerialBase], None], port: serial.SerialBase) -> None:
    """A line that is lost in the middle of its negotiation is noticed by whoever opens it."""
    with contextlib.suppress(OSError):
        read(port)


class _DescriptorLine:
    """A port with a file descriptor, driven by the loop."""

    def __init__(self, port: serial.Serial, url: str) -> None:
        self._port, self._url = port, url
        self._fd: int = port.fileno()
        self._closed = False
        self._waiting: set[asyncio.Future[None]] = set()
        self._reader: asyncio.Future[bytes] | None = None
        self._watched = False
        """Whether the loop looks for bytes: also between two reads, until bytes come that nobody wants."""
        self._kept = b""
        """What came at the very moment in which its reader was cancelled."""

    async def read(self) -> bytes:
        self._check()
        if self._kept:
            kept, self._kept = self._kept, b""
            return kept
        loop = asyncio.get_running_loop()
        reader: asyncio.Future[bytes] = loop.create_future()
        self._reader = reader
        if not self._watched:
            loop.add_reader(self._fd, self._readable)
            self._watched = True
        try:
            return await reader
        except asyncio.CancelledError:
            if reader.done() and not reader.cancelled() and not reader.exception():
                self._kept = reader.result()
            raise
        finally:
            self._reader = None

    def _readable(self) -> None:
        reader = self._reader
        if reader is None or reader.done():
            self._unwatch()
            return
        try:
            # The port is set to VMIN=0: an empty read is both "nothing yet" and "gone".
            data = os.read(self._fd, CHUNK)
        except BlockingIOError:
            return
        except OSError as error:
            self._unwatch()
            lost = _lost(self._url, cause(error))
            lost.__cause__ = error
            reader.set_exception(lost)
            return
        if data:
            reader.set_result(data)
        elif self._hung_up():
            self._unwatch()
            reader.set_exception(_lost(self._url, "aufgelegt"))

    def _unwatch(self) -> None:
        if self._watched:
            self._watched = False
            asyncio.get_running_loop().remove_reader(self._fd)

    async def write(self, data: bytes) -> None:
        try:
            async with asyncio.timeout(WRITE_S):
                await self._write(memoryview(data))
        except TimeoutError:
            with contextlib.suppress(termios.error):  # it may be closed at this very moment
                termios.tcflush(self._fd, termios.TCOFLUSH)  # or closing it would wait for half a minute
            raise _lost(self._url, "dort wird nichts mehr angenommen") from None

    async def _write(self, rest: memoryview) -> None:
        loop = asyncio.get_running_loop()
        while rest:
            try:
                self._check()
                rest = rest[os.write(self._fd, rest) :]
            except BlockingIOError:
                await self._writable(loop)
            except OSError as error:
                raise _lost(self._url, cause(error)) from error

    async def aclose(self) -> None:
        if self._closed:
            return
        self._closed = True
        for waiting in self._waiting:
            _settle(waiting)
        if self._reader and not self._reader.done():
            self._reader.set_exception(_lost(self._url, "selbst geschlossen"))
        self._unwatch()
        asyncio.get_running_loop().remove_writer(self._fd)
        self._port.close()

    async def _writable(self, loop: asyncio.AbstractEventLoop) -> None:
        ready: asyncio.Future[None] = loop.create_future()
        self._waiting.add(ready)
        loop.add_writer(self._fd, _settle, ready)
        try:
            await ready
        finally:
            self._waiting.discard(ready)
            if not self._closed:  # after closing the number may belong to another file
                loop.remove_writer(self._fd)
        self._check()

    def _check(self) -> None:
        if self._closed:
            raise _lost(self._url, "selbst geschlossen")

    def _hung_up(self) -> bool:
        poll = select.poll()
        poll.register(self._fd, 0)
        return bool(poll.poll(0))


def _settle(ready: asyncio.Future[None]) -> None:
    if not ready.done():
        ready.set_result(None)


async def _open_url(url: str, baudrate: int, parity: str) -> _Line:
    """Open in a thread: the negotiation of RFC 2217 takes about 0.4 s, and a dead host seconds.

    The thread is a daemon: a program that is told to end does not wait for a host that is dead.
    """
    opening: Future[serial.Serial] = Future()

    def attempt() -> None:
        try:
            opening.set_result(_open_port(url, baudrate, parity))
        except LisaError as error:
            opening.set_exception(error)
        finally:
            if not opening.done():  # what nobody foresaw: the thread tells of it, and nobody waits for ever
                opening.set_exception(_lost(url, "beim Öffnen"))

    threading.Thread(target=attempt, name=f"serial {url}", daemon=True).start()
    try:
        port = await asyncio.shield(asyncio.wrap_future(opening))
    except asyncio.CancelledError:
        opening.add_done_callback(_close_unwanted)
        raise
    return _ThreadedLine(port, url, ThreadPoolExecutor(2, thread_name_prefix="serial"))


def _close_unwanted(opening: Future[serial.Serial]) -> None:
    with contextlib.suppress(DeviceFault):
        opening.result().close()


def _come(port: serial.Serial) -> bytes:
    """What has come by now. Of an RFC 2217 line it is taken from where pyserial keeps it: to whoever asks for several
    bytes it gives none of them any more as soon as the peer is gone."""
    kept: queue.Queue[bytes | None] | None = getattr(port, "_read_buffer", None)
    if kept is None:
        return bytes(port.read(port.in_waiting))
    found = bytearray()
    with contextlib.suppress(queue.Empty):
        while True:
            found += kept.get_nowait() or b""
    return bytes(found)


class _ThreadedLine:
    """A port that only blocks: one thread reads all the time, a second one writes and closes."""

    def __init__(self, port: serial.Serial, url: str, pool: ThreadPoolExecutor) -> None:
        self._port, self._url, self._pool = port, url, pool
        self._loop = asyncio.get_running_loop()
        self._received = bytearray()
        self._greeting: bytes | None = b"" if url.lower().startswith("socket:") else None
        """The first bytes, as long as they may be a server's sentence that it has no line to give."""
        self._arrived = asyncio.Event()
        self._lost: DeviceFault | None = None
        self._closed = False
        self._reading = pool.submit(self._read_on)

    async def read(self) -> bytes:
        while not self._received:
            if self._lost:
                raise self._lost
            self._arrived.clear()
            await self._arrived.wait()
        data = bytes(self._received)
        self._received.clear()
        return data

    async def write(self, data: bytes) -> None:
        if self._lost:
            raise self._lost
        try:
            await asyncio.wrap_future(self._pool.submit(self._port.write, data))
        except serial.SerialTimeoutException as error:
            raise _lost(self._url, cause(error)) from error
        except (OSError, TypeError, AttributeError, ValueError) as error:  # the last three where it is closed meanwhile
            await asyncio.wait([asyncio.wrap_future(self._reading)], timeout=WHY_S)
            if self._lost is None and not isinstance(error, OSError):
                raise
            raise self._lost or _lost(self._url, cause(error)) from error

    async def aclose(self) -> None:
        if self._closed:
            return
        self._closed = True
        self._lose(_lost(self._url, "selbst geschlossen"))
        # Submitted, not run here: pyserial sleeps 0.3 s while closing. It goes on if this wait is cancelled.
        ending = self._pool.submit(self._end)
        self._pool.shutdown(wait=False)
        await asyncio.shield(asyncio.wrap_future(ending))

    def _end(self) -> None:
        self._reading.result()
        self._port.close()

    def _read_on(self) -> None:
        lost: DeviceFault | None = None
        while not (self._closed or lost):
            data = bytearray()
            try:
                data += self._port.read(1)
                while data and len(data) < CHUNK and (more := _come(self._port)):
                    data += more
            except (serial.SerialException, OSError) as error:
                lost = _lost(self._url, cause(error))
                if isinstance(self._port, serial.rfc2217.Serial):
                    data += _come(self._port)  # its last bytes
            with contextlib.suppress(RuntimeError):  # the loop may be closed already
                if data:
                    self._loop.call_soon_threadsafe(self._take, bytes(data))
                if lost:
                    self._loop.call_soon_threadsafe(self._lose, lost)

    def _take(self, data: bytes) -> None:
        if self._greeting is not None:
            data = self._greeting + data
            self._greeting = data if begins_like_refusal(data) else None
            if is_refusal(data):
                self._lose(turned_away(self._url, data))
            elif is_telnet(data):
                self._lose(speaks_telnet(self._url))
            if self._greeting is not None:
                return
        self._received += data
        del self._received[:-BACKLOG]
        self._arrived.set()

    def _lose(self, fault: DeviceFault) -> None:
        self._lost = self._lost or fault
        self._arrived.set()
