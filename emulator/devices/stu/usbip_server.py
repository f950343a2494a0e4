"""A USB device that needs no USB: it is served over USB/IP, to one client at a time, as `usbipd` shares real ones.

What the device does is its own (`UsbDevice`); here is who may have it, transfers and their order, and unplugging:
then every connection ends at once, and nobody gets it until it is plugged in again.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import AsyncIterator
from typing import Protocol

from emulator.devices.listener import attended
from lisa_core.domain.model.errors import ProtocolError
from lisa_core.equipment.codecs import usb, usbip

BUSID = "1-1"
SCHEME = "usbip://"
CHUNK = 65_536
MOST_UNREAD = 1 << 20
"""Bytes that a client may leave unread before it is sent away."""
MOST_WAITING = 4096
"""Transfers that a client may have under way; a kernel has some thirty."""
KEPT = 4096
"""Input reports that are kept until somebody asks for them: a busy machine stands still for longer than a device would,
and its pad must not be the one that loses reports."""
BUSY, NO_DEVICE = 2, 4
"""Why a device is not handed over, as `usbip` numbers it (ST_DEV_BUSY, ST_NODEV)."""


class UsbDevice(Protocol):
    """What a device answers; `exported` is what a server says of it."""

    @property
    def exported(self) -> usbip.ExportedDevice: ...

    def hears(self) -> bool:
        """Whether it takes in the transfer that comes now; one that sleeps leaves it without an answer."""
        ...

    def control(self, setup: usb.Setup, data: bytes) -> bytes | None:
        """One transfer on endpoint 0: what it says (b"" to data that it takes), None when it refuses."""
        ...

    def outdates(self) -> bool:
        """Whether the last transfer has made reports worthless that nobody has fetched yet."""
        ...


class UsbipServer:
    """The socket's side of the device."""

    def __init__(self, device: UsbDevice) -> None:
        self._device = device
        self.stirred = asyncio.Event()
        """Set when the device was asked something; whoever waits for it clears it."""
        self._plugged = True
        self._user: asyncio.StreamWriter | None = None
        self._waiting: dict[int, int] = {}
        """Who waits for an input report, and how many bytes of it it takes."""
        self._unheard: set[int] = set()
        self._reports: deque[bytes] = deque(maxlen=KEPT)
        self._writers: set[asyncio.StreamWriter] = set()

    def report(self, data: bytes) -> None:
        """An input report: to whoever asked first, else it is kept for a while."""
        if self._user is None or not self._plugged:
            return
        self._reports.append(data)
        self._hand_out(self._user)

    def plug(self, plugged: bool) -> None:
        """In or out. Out ends all connections."""
        self._plugged = plugged
        if not plugged:
            for writer in self._writers:
                writer.close()
            self._user = None
            self._forget()

    def hang_up(self) -> None:
        """End all connections, as a device does that starts anew."""
        self.plug(False)
        self.plug(True)

    async def attend(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, until it ends or says what is no USB/IP."""
        parser = usbip.RequestReader()
        self._writers.add(writer)
        try:
            while data := await reader.read(CHUNK):
                while requests := parser.feed(data):
                    for request in requests:
                        self._answer(request, parser, writer)
                    data = b""
                self.stirred.set()
                await writer.drain()
        except ProtocolError:
            pass  # a good server closes the connection of who talks rubbish, and goes on
        finally:
            self._writers.discard(writer)
            if self._user is writer:
                self._user = None
                self._forget()

    def _answer(self, request: usbip.Request, parser: usbip.RequestReader, writer: asyncio.StreamWriter) -> None:
        """Raises `ProtocolError` for what is no good client's: then it is sent away, as the kernel's server does."""
        match request:
            case usbip.ListDevices():
                writer.write(usbip.encode(usbip.DeviceList((self._device.exported,) if self._plugged else ())))
            case usbip.Import(busid):
                parser.imported = self._hand_over(busid, writer)
            case _ if writer is not self._user or request.devid != self._device.exported.devid:
                raise ProtocolError("USB/IP: dieses Gerät hat er nicht, oder nicht mehr.")
            case usbip.Submit() if len(self._waiting) + len(self._unheard) >= MOST_WAITING:
                raise ProtocolError("USB/IP: so viele Übertragungen auf einmal gehen nicht.")
            case usbip.Submit(endpoint=0) if not self._device.hears():
                self._unheard.add(request.seqnum)
            case usbip.Submit(endpoint=0):
                writer.write(usbip.encode(self._controlled(request)))
            case usbip.Submit(endpoint=1, direction=usbip.IN):
                self._waiting[request.seqnum] = request.length
                self._hand_out(writer)
            case usbip.Submit():
                writer.write(usbip.encode(usbip.Submitted(request.seqnum, usbip.STALL)))
            case usbip.Unlink(seqnum, victim):
                pending = victim in self._waiting or victim in self._unheard
                self._waiting.pop(victim, None)
                self._unheard.discard(victim)
                writer.write(usbip.encode(usbip.Unlinked(seqnum, usbip.UNLINKED if pending else 0)))

    def _hand_over(self, busid: str, writer: asyncio.StreamWriter) -> bool:
        why = 0
        if not self._plugged or busid != self._device.exported.busid:
            why = NO_DEVICE
        elif self._user is not None:
            why = BUSY
        else:
            self._user = writer
        writer.write(usbip.encode(usbip.Imported(None if why else self._device.exported, why)))
        return not why

    def _controlled(self, request: usbip.Submit) -> usbip.Submitted:
        setup = usb.read_setup(request.setup)
        said = self._device.control(setup, request.data)
        if self._device.outdates():
            self._reports.clear()
        if said is None:
            return usbip.Submitted(request.seqnum, usbip.STALL)
        if request.direction == usbip.OUT:
            return usbip.Submitted(request.seqnum, length=request.length)
        return usbip.Submitted(request.seqnum, data=said[: min(setup.length, request.length)])

    def _hand_out(self, writer: asyncio.StreamWriter) -> None:
        while self._waiting and self._reports:
            seqnum = next(iter(self._waiting))
            room, report = self._waiting.pop(seqnum), self._reports.popleft()
            fits = len(report) <= room
            writer.write(usbip.encode(usbip.Submitted(seqnum, *((0, report) if fits else (usbip.OVERFLOW,)))))
        if writer.transport.get_write_buffer_size() > MOST_UNREAD:
            writer.transport.abort()

    def _forget(self) -> None:
        self._waiting.clear()
        self._unheard.clear()
        self._reports.clear()


@contextlib.asynccontextmanager
async def serve_usbip(server: UsbipServer, listen: str) -> AsyncIterator[str]:
    """Listen at "usbip://host:port" (port 0: any); yields the address with the device's bus id."""
    async with attended(server.attend, listen.removeprefix(SCHEME).partition("/")[0]) as place:
        yield f"{SCHEME}{place}/{BUSID}"
