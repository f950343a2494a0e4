"""A HID device that another computer shares over USB/IP, read without a kernel: `usbip://host:port[/busid]`.

The device belongs to this connection as long as it stands; unplugged there, or with the server ended, it is lost.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import Sequence

from lisa_core.domain.model.errors import DeviceFault, ProtocolError
from lisa_core.equipment.codecs import usb, usbip
from lisa_core.equipment.lines.hid import AGAIN_S, HidLine, lost, stalled
from lisa_core.equipment.lines.tapped.tap import present_tap
from lisa_core.host.address import Address
from lisa_core.host.causes import cause

OPEN_S = 5.0
"""Seconds in which a server has to hand over its device and the device to say what it is."""
CLOSE_S = 1.0
"""Seconds in which a server has to take what was sent last."""
AHEAD = 32
"""Input reports that are asked for before they are there: none may wait for the network's way back."""
BACKLOG = 4096
CHUNK = 65_536
_STRING = 255


async def open_usbip(address: Address) -> HidLine:
    """Take over the device at `address`; without a path the first one that the server offers.

    Faults: `link.missing` (nobody there, no such device), `link.busy` (somebody else has it), `link.refused`.
    """

    async def dial() -> UsbipHid:
        line = UsbipHid(address)
        await line.dial()
        return line

    tap = present_tap()
    return await (tap.hid(dial) if tap else dial())


class UsbipHid:
    """The shared device, taken over again after it was lost."""

    def __init__(self, address: Address) -> None:
        self.product, self.serial = 0, ""
        self._address = address
        self._place = f"usbip://{address.place}{address.path}"
        self._session: _Session | None = None
        self._closed = False

    async def dial(self) -> None:
        """Connect, take the device over and ask what it is. Faults as those of `open_usbip`."""
        session: _Session | None = None
        try:
            async with asyncio.timeout(OPEN_S):
                busid = self._address.path.strip("/") or await self._first_device()
                session = await _connected(self._address, self._place)
                await session.take_over(busid)
                numbers, self.serial = await session.describe()
        except TimeoutError:
            await _end(session)
            text = f"{self._place}: Der USB/IP-Server antwortet in {OPEN_S:g} s nicht."
            raise DeviceFault("link.missing", text, retryable=True) from None
        except BaseException:
            await _end(session)
            raise
        self.product, self._session = numbers.product, session

    async def _first_device(self) -> str:
        """The list closes its connection: it has one of its own."""
        session = await _connected(self._address, self._place)
        try:
            answer = await session.operate(usbip.ListDevices())
        finally:
            await session.aclose()
        devices = answer.devices if isinstance(answer, usbip.DeviceList) else ()
        if not devices:
            text = f"{self._place}: Dort ist kein Gerät freigegeben."
            raise DeviceFault("link.missing", text, retryable=True)
        return devices[0].busid

    @property
    def _open(self) -> _Session:
        if self._session is None or self._closed:
            raise lost(self._place, "selbst geschlossen")
        return self._session

    async def get_feature(self, number: int, length: int) -> bytes:
        return await self._open.control_in(usb.get_report(number, length, interface=self._open.interface), number)

    async def set_features(self, reports: Sequence[bytes]) -> None:
        await self._open.set_features(reports)

    async def read(self) -> list[bytes]:
        return await self._open.inputs()

    async def again(self) -> None:
        await _end(self._session)
        while not self._closed:
            await asyncio.sleep(AGAIN_S)
            with contextlib.suppress(DeviceFault):
                await self.dial()
                return
        raise lost(self._place, "selbst geschlossen")

    async def aclose(self) -> None:
        self._closed = True
        await _end(self._session)


class _Session:
    """One connection. A task of its own takes in what comes."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, place: str) -> None:
        self.interface = 0
        self._reader, self._writer, self._place = reader, writer, place
        self._parser = usbip.AnswerReader()
        self._devid = self._seqnum = self._endpoint = self._packet = 0
        self._pending: dict[int, asyncio.Future[usbip.Submitted]] = {}
        self._taken_back: dict[int, int] = {}
        self._polls: set[int] = set()
        self._operation: asyncio.Future[usbip.DeviceList | usbip.Imported] | None = None
        self._inputs: deque[bytes] = deque(maxlen=BACKLOG)
        self._arrived = asyncio.Event()
        self._lost: DeviceFault | None = None
        self._pump = asyncio.create_task(self._take_in(), name=f"usbip {place}")

    async def operate(self, request: usbip.ListDevices | usbip.Import) -> usbip.DeviceList | usbip.Imported:
        """Ask the server itself."""
        self._operation = asyncio.get_running_loop().create_future()
        self._send(request)
        return await self._operation

    async def take_over(self, busid: str) -> None:
        try:
            answer = await self.operate(usbip.Import(busid))
        except ValueError:
            answer = usbip.Imported(None, -1)
        if not isinstance(answer, usbip.Imported) or answer.device is None:
            text = f"{self._place}: Der Server gibt {busid} nicht her: ein anderer hat es, oder es ist nicht da."
            raise DeviceFault("link.busy", text, retryable=True)
        self._devid = answer.device.devid

    async def describe(self) -> tuple[usb.DeviceNumbers, str]:
        """Ask the device what it is, make it ready, and begin to listen."""
        try:
            numbers = usb.read_device(await self.control_in(usb.get_descriptor(usb.Descriptor.DEVICE, 18)))
            head = await self.control_in(usb.get_descriptor(usb.Descriptor.CONFIGURATION, 9))
            size = int.from_bytes(head[2:4], "little")
            whole = await self.control_in(usb.get_descriptor(usb.Descriptor.CONFIGURATION, size))
            place = usb.read_hid_interface(whole)
        except ProtocolError as error:
            raise DeviceFault("link.refused", f"{self._place}: {error}", retryable=False) from error
        self.interface, self._endpoint, self._packet = place.number, place.endpoint, place.packet
        await self.control_out(usb.Setup(0, usb.Standard.SET_CONFIGURATION, whole[5]))
        serial = await self._string(numbers.serial)
        for _ in range(AHEAD):
            self._poll()
        return numbers, serial

    async def _string(self, index: int) -> str:
        if not index:
            return ""
        wanted = usb.get_descriptor(usb.Descriptor.STRING, _STRING, index=index, language=usb.ENGLISH)
        with contextlib.suppress(DeviceFault):
            return usb.read_string(await self.control_in(wanted))
        return ""

    async def control_in(self, setup: usb.Setup, number: int = 0) -> bytes:
        answer = await self._submitted(usbip.IN, setup.length, setup, b"")
        self._check(answer, number)
        return answer.data

    async def control_out(self, setup: usb.Setup, data: bytes = b"", number: int = 0) -> None:
        self._check(await self._submitted(usbip.OUT, len(data), setup, data), number)

    async def set_features(self, reports: Sequence[bytes]) -> None:
        """All go out before the first answer is there: the device takes them in order all the same."""
        setups = [usb.set_report(report[0], len(report), interface=self.interface) for report in reports]
        sent = [self._submit(usbip.OUT, len(data), setup, data) for setup, data in zip(setups, reports, strict=True)]
        await self._drained()
        for (seqnum, answer), report in zip(sent, reports, strict=True):
            self._check(await self._answered(seqnum, answer), report[0])

    async def inputs(self) -> list[bytes]:
        while not self._inputs:
            if self._lost:
                raise self._lost
            self._arrived.clear()
            await self._arrived.wait()
        found = list(self._inputs)
        self._inputs.clear()
        return found

    def _check(self, answer: usbip.Submitted, number: int) -> None:
        if answer.status == usbip.STALL:
            raise stalled(self._place, number)
        if answer.status:
            raise lost(self._place, f"Fehler {answer.status} des USB/IP-Servers")

    async def _submitted(self, direction: int, length: int, setup: usb.Setup, data: bytes) -> usbip.Submitted:
        seqnum, answer = self._submit(direction, length, setup, data)
        await self._drained()
        return await self._answered(seqnum, answer)

    def _submit(
        self, direction: int, length: int, setup: usb.Setup, data: bytes
    ) -> tuple[int, asyncio.Future[usbip.Submitted]]:
        seqnum = self._next_seqnum()
        answer: asyncio.Future[usbip.Submitted] = asyncio.get_running_loop().create_future()
        self._pending[seqnum] = answer
        self._send(usbip.Submit(seqnum, self._devid, direction, 0, length, setup.encode(), data))
        return seqnum, answer

    async def _answered(self, seqnum: int, answer: asyncio.Future[usbip.Submitted]) -> usbip.Submitted:
        try:
            return await answer
        except asyncio.CancelledError:
            if self._lost is None and self._pending.pop(seqnum, None) is not None:
                unlink = self._next_seqnum()
                self._taken_back[unlink] = seqnum
                self._send(usbip.Unlink(unlink, seqnum, self._devid))
            raise

    def _poll(self) -> None:
        seqnum = self._next_seqnum()
        self._polls.add(seqnum)
        self._send(usbip.Submit(seqnum, self._devid, usbip.IN, self._endpoint, self._packet))

    def _next_seqnum(self) -> int:
        self._seqnum = self._seqnum % 0xFFFFFFF0 + 1
        return self._seqnum

    def _send(self, request: usbip.Request) -> None:
        if self._lost:
            raise self._lost
        if isinstance(request, usbip.Submit):
            self._parser.expect(request)
        self._writer.write(usbip.encode(request))

    async def _drained(self) -> None:
        try:
            await self._writer.drain()
        except OSError as error:
            self._lose(cause(error))

    async def _take_in(self) -> None:
        try:
            while data := await self._reader.read(CHUNK):
                for answer in self._parser.feed(data):
                    self._take(answer)
            self._lose("aufgelegt")
        except (OSError, ProtocolError) as error:
            self._lose(cause(error) if isinstance(error, OSError) else str(error))
        except DeviceFault:
            pass  # lost already, in the middle of an answer

    def _take(self, answer: usbip.Answer) -> None:
        match answer:
            case usbip.Submitted(seqnum=seqnum) if seqnum in self._polls:
                self._polls.discard(seqnum)
                if answer.status:
                    self._lose(f"Fehler {answer.status} des USB/IP-Servers")
                    return
                self._inputs.append(answer.data)
                self._arrived.set()
                self._poll()
            case usbip.Submitted():
                waiting = self._pending.pop(answer.seqnum, None)
                if waiting and not waiting.done():
                    waiting.set_result(answer)
            case usbip.Unlinked():
                victim = self._taken_back.pop(answer.seqnum, None)
                if victim is not None and answer.status:
                    self._parser.forget(victim)
            case _:
                if self._operation and not self._operation.done():
                    self._operation.set_result(answer)

    def _lose(self, why: str) -> None:
        self._lost = self._lost or lost(self._place, why)
        self._arrived.set()
        for waiting in (*self._pending.values(), self._operation):
            if waiting and not waiting.done():
                waiting.set_exception(self._lost)
        self._pending.clear()

    async def aclose(self) -> None:
        self._lose("selbst geschlossen")
        self._pump.cancel()
        await asyncio.gather(self._pump, return_exceptions=True)
        self._writer.close()
        with contextlib.suppress(OSError, TimeoutError):
            async with asyncio.timeout(CLOSE_S):
                await self._writer.wait_closed()
        self._writer.transport.abort()  # a server that takes nothing any more would hold what is not sent for ever


async def _connected(address: Address, place: str) -> _Session:
    try:
        reader, writer = await asyncio.open_connection(address.host, address.port, limit=CHUNK)
    except OSError as error:
        text = f"{place}: Dort antwortet kein USB/IP-Server ({cause(error)}). Ihn starten oder die Bindung berichtigen."
        raise DeviceFault("link.missing", text, retryable=True) from error
    return _Session(reader, writer, place)


async def _end(session: _Session | None) -> None:
    if session:
        await session.aclose()
