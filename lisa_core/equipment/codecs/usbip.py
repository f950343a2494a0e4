"""USB/IP: a USB device at the other end of a TCP connection. Sans-IO: bytes in, messages out, and back.

Source: "USB/IP protocol" of the kernel's documentation (Documentation/usb/usbip_protocol.rst), version 1.1.1. All
numbers are big endian but those within descriptors and setup packets, which are USB's own and little endian.

    client                                  server
    OP_REQ_DEVLIST 0111 8005 00000000  -->
                                       <--  OP_REP_DEVLIST 0111 0005 status, n, n times: device 312 bytes, interfaces
    OP_REQ_IMPORT  0111 8003 0 busid32 -->
                                       <--  OP_REP_IMPORT 0111 0003 status, device 312 bytes when the status is 0
    CMD_SUBMIT     48 bytes [, data]   -->  (from here on the connection carries nothing else)
                                       <--  RET_SUBMIT 48 bytes [, data]
    CMD_UNLINK     48 bytes            -->
                                       <--  RET_UNLINK 48 bytes

    command u32 | seqnum u32 | devid u32 | direction u32 (0 out, 1 in) | endpoint u32
      CMD_SUBMIT 1: flags u32 | length i32 | start frame i32 | packets i32 | interval i32 | setup 8
      CMD_UNLINK 2: seqnum of the victim u32 | 24 bytes
      RET_SUBMIT 3: status i32 | actual length i32 | start frame i32 | packets i32 | errors i32 | 8 bytes
      RET_UNLINK 4: status i32 | 24 bytes

A stream that is once out of step cannot be found again: whatever does not fit raises `ProtocolError`, and whoever
reads closes the connection. Isochronous transfers are refused.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, replace

from lisa_core.domain.model.errors import ProtocolError

VERSION, PORT = 0x0111, 3240
OP_REQ_DEVLIST, OP_REP_DEVLIST, OP_REQ_IMPORT, OP_REP_IMPORT = 0x8005, 0x0005, 0x8003, 0x0003
CMD_SUBMIT, CMD_UNLINK, RET_SUBMIT, RET_UNLINK = 1, 2, 3, 4
OUT, IN = 0, 1
STALL, GONE, UNLINKED, OVERFLOW = -32, -19, -104, -75
"""Statuses as Linux numbers them: EPIPE (the device refuses), ENODEV, ECONNRESET (taken back in time), EOVERFLOW (the
device said more than there was room for)."""

MAX_TRANSFER = 65_536
"""Bytes of one transfer; no device of a booth has longer ones."""
MAX_DEVICES, MAX_INTERFACES = 64, 32
_NOT_ISOCHRONOUS = (0, 0xFFFFFFFF)

_OPERATION = struct.Struct(">HHI")
_BASIC = struct.Struct(">IIIII")
_DEVICE = struct.Struct(">256s32sIIIHHHBBBBBB")
_SUBMIT = struct.Struct(">IiIIi8s")
_UNLINK = struct.Struct(">I24x")
_RETURN = struct.Struct(">iiIII8x")
_URB = 48


@dataclass(frozen=True, slots=True)
class ExportedDevice:
    """A device that a server offers: where it hangs there, and the numbers of its device descriptor."""

    busid: str
    vendor: int
    product: int
    release: int = 0x0100
    path: str = "/sys/devices/lisa/1-1"
    bus: int = 1
    number: int = 1
    speed: int = 2
    """1 low, 2 full, 3 high."""
    configuration: int = 1
    interfaces: tuple[tuple[int, int, int], ...] = ((3, 0, 0),)
    """Class, subclass and protocol of each; (3, 0, 0) is HID. A server tells them in its list only."""

    @property
    def devid(self) -> int:
        """How a `Submit` names it."""
        return self.bus << 16 | self.number


@dataclass(frozen=True, slots=True)
class ListDevices:
    """Client: what do you offer?"""


@dataclass(frozen=True, slots=True)
class Import:
    """Client: this connection shall be that device's."""

    busid: str


@dataclass(frozen=True, slots=True)
class Submit:
    """Client: one transfer. `data` when it goes out; `length` is how much may come, or goes."""

    seqnum: int
    devid: int
    direction: int
    endpoint: int
    length: int
    setup: bytes = bytes(8)
    data: bytes = b""
    flags: int = 0
    interval: int = 0


@dataclass(frozen=True, slots=True)
class Unlink:
    """Client: forget the transfer `victim`."""

    seqnum: int
    victim: int
    devid: int = 0


@dataclass(frozen=True, slots=True)
class DeviceList:
    """Server: all that it offers."""

    devices: tuple[ExportedDevice, ...]
    status: int = 0


@dataclass(frozen=True, slots=True)
class Imported:
    """Server: yours, or a `status` other than 0 and no device. Its interfaces are not told here."""

    device: ExportedDevice | None
    status: int = 0


@dataclass(frozen=True, slots=True)
class Submitted:
    """Server: what became of a transfer; `status` 0 or one of the negative numbers of Linux."""

    seqnum: int
    status: int = 0
    data: bytes = b""
    length: int | None = None
    """How much was taken of what went out; None: as long as `data`."""


@dataclass(frozen=True, slots=True)
class Unlinked:
    """Server: `UNLINKED` when the victim will not be answered any more, 0 when it was already."""

    seqnum: int
    status: int = UNLINKED


Request = ListDevices | Import | Submit | Unlink
Answer = DeviceList | Imported | Submitted | Unlinked


def encode(message: Request | Answer) -> bytes:
    """The bytes of one message. `ValueError` when a field does not fit."""
    try:
        return _encoded(message)
    except struct.error as error:
        raise ValueError(f"{type(message).__name__}: {error}") from error


def _encoded(message: Request | Answer) -> bytes:
    match message:
        case ListDevices():
            return _OPERATION.pack(VERSION, OP_REQ_DEVLIST, 0)
        case Import(busid):
            return _OPERATION.pack(VERSION, OP_REQ_IMPORT, 0) + _padded(busid, 32)
        case Submit():
            head = _BASIC.pack(CMD_SUBMIT, message.seqnum, message.devid, message.direction, message.endpoint)
            body = _SUBMIT.pack(message.flags, message.length, 0, 0, message.interval, message.setup)
            return head + body + message.data
        case Unlink(seqnum, victim, devid):
            return _BASIC.pack(CMD_UNLINK, seqnum, devid, 0, 0) + _UNLINK.pack(victim)
        case DeviceList(devices, status):
            found = b"".join(_device(one) + _interfaces(one) for one in devices)
            return _OPERATION.pack(VERSION, OP_REP_DEVLIST, status) + struct.pack(">I", len(devices)) + found
        case Imported(device, status):
            return _OPERATION.pack(VERSION, OP_REP_IMPORT, status) + (_device(device) if device else b"")
        case Submitted(seqnum, status, data, length):
            taken = len(data) if length is None else length
            return _BASIC.pack(RET_SUBMIT, seqnum, 0, 0, 0) + _RETURN.pack(status, taken, 0, 0, 0) + data
        case Unlinked(seqnum, status):
            return _BASIC.pack(RET_UNLINK, seqnum, 0, 0, 0) + struct.pack(">i24x", status)


def _padded(text: str, size: int) -> bytes:
    data = text.encode("ascii", "replace")
    if len(data) >= size:
        raise ValueError(f"{text!r} is longer than {size - 1} characters")
    return data.ljust(size, b"\0")


def _device(one: ExportedDevice) -> bytes:
    numbers = (one.bus, one.number, one.speed, one.vendor, one.product, one.release)
    kinds = (0, 0, 0, one.configuration, 1, len(one.interfaces))
    return _DEVICE.pack(_padded(one.path, 256), _padded(one.busid, 32), *numbers, *kinds)


def _interfaces(one: ExportedDevice) -> bytes:
    return b"".join(struct.pack("BBBx", *kind) for kind in one.interfaces)


class _Buffer:
    """Bytes of a stream; `take` gives what is whole."""

    def __init__(self) -> None:
        self.bytes = bytearray()

    def take(self, size: int) -> bytes:
        data = bytes(self.bytes[:size])
        del self.bytes[:size]
        return data


class RequestReader:
    """The server's end. `imported` is set by the server once it has given the device away: then come transfers."""

    def __init__(self) -> None:
        self.imported = False
        self._buffer = _Buffer()

    def feed(self, data: bytes) -> list[Request]:
        """Take any piece of the stream, return what is whole now. After an `Import` nothing more is read until the
        next call, since its answer decides what follows. Raises `ProtocolError`."""
        self._buffer.bytes += data
        found: list[Request] = []
        while (message := self._urb() if self.imported else self._operation()) is not None:
            found.append(message)
            if isinstance(message, Import):
                break
        return found

    def _operation(self) -> ListDevices | Import | None:
        held = self._buffer.bytes
        if len(held) < _OPERATION.size:
            return None
        _, code, _ = _checked(held)
        if code == OP_REQ_DEVLIST:
            self._buffer.take(_OPERATION.size)
            return ListDevices()
        if code != OP_REQ_IMPORT:
            raise ProtocolError(f"USB/IP: die Anfrage 0x{code:04x} gibt es hier nicht.")
        if len(held) < _OPERATION.size + 32:
            return None
        return Import(_text(self._buffer.take(_OPERATION.size + 32)[_OPERATION.size :]))

    def _urb(self) -> Submit | Unlink | None:
        held = self._buffer.bytes
        if len(held) < _URB:
            return None
        command, seqnum, devid, direction, endpoint = _BASIC.unpack_from(held)
        if command == CMD_UNLINK:
            (victim,) = _UNLINK.unpack(self._buffer.take(_URB)[_BASIC.size :])
            return Unlink(seqnum, victim, devid)
        if command != CMD_SUBMIT or direction not in (OUT, IN) or endpoint > 15:
            raise ProtocolError(f"USB/IP: der Auftrag {command} an Endpunkt {endpoint} ist keiner.")
        flags, length, _, packets, interval, setup = _SUBMIT.unpack_from(held, _BASIC.size)
        _check_length(length)
        if packets not in _NOT_ISOCHRONOUS:
            raise ProtocolError("USB/IP: isochrone Übertragungen gehen hier nicht.")
        size = length if direction == OUT else 0
        if len(held) < _URB + size:
            return None
        data = self._buffer.take(_URB + size)[_URB:]
        return Submit(seqnum, devid, direction, endpoint, length, setup, data, flags, interval)


class AnswerReader:
    """The client's end. It has to be told with `expect` of each transfer whose answer is still to come."""

    def __init__(self) -> None:
        self._buffer = _Buffer()
        self._reads: dict[int, int] = {}

    def expect(self, request: Submit) -> None:
        """This goes out now; data comes back only of what comes in, and never more than was asked for."""
        self._reads[request.seqnum] = request.length if request.direction == IN else -1

    def feed(self, data: bytes) -> list[Answer]:
        """Take any piece of the stream, return what is whole now. Raises `ProtocolError`."""
        self._buffer.bytes += data
        found: list[Answer] = []
        while (message := self._next()) is not None:
            found.append(message)
        return found

    def _next(self) -> Answer | None:
        held = self._buffer.bytes
        if len(held) < _OPERATION.size:
            return None
        if int.from_bytes(held[:2], "big"):  # a command is a small number of 32 bits, a version is none
            _, code, status = _checked(held)
            return self._list(status) if code == OP_REP_DEVLIST else self._imported(code, status)
        return self._urb() if len(held) >= _URB else None

    def _urb(self) -> Submitted | Unlinked | None:
        held = self._buffer.bytes
        command, seqnum, *_ = _BASIC.unpack_from(held)
        status, length, _, packets, _ = _RETURN.unpack_from(held, _BASIC.size)
        if command == RET_UNLINK:
            self._buffer.take(_URB)
            return Unlinked(seqnum, status)
        if command != RET_SUBMIT or seqnum not in self._reads or packets not in _NOT_ISOCHRONOUS:
            raise ProtocolError(f"USB/IP: die Antwort {command} auf {seqnum} passt zu keiner Frage.")
        most = self._reads[seqnum]
        _check_length(length)
        if length > most >= 0:
            raise ProtocolError(f"USB/IP: {length} Bytes kommen, wo {most} gefragt sind.")
        size = length if most >= 0 else 0
        if len(held) < _URB + size:
            return None
        del self._reads[seqnum]
        return Submitted(seqnum, status, self._buffer.take(_URB + size)[_URB:], length)

    def forget(self, seqnum: int) -> None:
        """This transfer was taken back: no answer comes any more."""
        self._reads.pop(seqnum, None)

    def _imported(self, code: int, status: int) -> Imported | None:
        if code != OP_REP_IMPORT:
            raise ProtocolError(f"USB/IP: die Antwort 0x{code:04x} gibt es hier nicht.")
        if status:
            self._buffer.take(_OPERATION.size)
            return Imported(None, status)
        if len(self._buffer.bytes) < _OPERATION.size + _DEVICE.size:
            return None
        device, _ = _read_device(self._buffer.take(_OPERATION.size + _DEVICE.size)[_OPERATION.size :])
        return Imported(device)

    def _list(self, status: int) -> DeviceList | None:
        held = self._buffer.bytes
        start = _OPERATION.size + 4
        if len(held) < start:
            return None
        count = int.from_bytes(held[_OPERATION.size : start], "big")
        if count > MAX_DEVICES:
            raise ProtocolError(f"USB/IP: {count} Geräte in einer Liste sind zu viele.")
        devices = []
        for _ in range(count):
            if len(held) < start + _DEVICE.size:
                return None
            device, interfaces = _read_device(bytes(held[start : start + _DEVICE.size]))
            start += _DEVICE.size
            if len(held) < start + 4 * interfaces:
                return None
            kinds = tuple(struct.unpack_from("BBBx", held, start + 4 * at) for at in range(interfaces))
            devices.append((device, kinds))
            start += 4 * interfaces
        self._buffer.take(start)
        return DeviceList(tuple(replace(device, interfaces=kinds) for device, kinds in devices), status)


def _checked(held: bytearray) -> tuple[int, int, int]:
    version, code, status = _OPERATION.unpack_from(held)
    if version != VERSION:
        raise ProtocolError(f"USB/IP: die Fassung 0x{version:04x} wird nicht verstanden, nur 0x{VERSION:04x}.")
    return version, code, status


def _check_length(length: int) -> None:
    if not 0 <= length <= MAX_TRANSFER:
        raise ProtocolError(f"USB/IP: eine Übertragung von {length} Bytes ist keine.")


def _read_device(data: bytes) -> tuple[ExportedDevice, int]:
    path, busid, *numbers = _DEVICE.unpack(data)
    bus, number, speed, vendor, product, release, _, _, _, configuration, _, interfaces = numbers
    if interfaces > MAX_INTERFACES:
        raise ProtocolError(f"USB/IP: {interfaces} Schnittstellen an einem Gerät sind zu viele.")
    names = (_text(busid), vendor, product, release, _text(path), bus, number, speed, configuration)
    return ExportedDevice(*names, interfaces=()), interfaces


def _text(data: bytes) -> str:
    return data.partition(b"\0")[0].decode("ascii", "replace")
