"""What comes over USB/IP: to the server of an emulated pad, to the client of our driver, and what a device says of
itself."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from functools import cache, partial
from random import Random

from emulator.devices.stu.model import pad_model
from emulator.devices.stu.pad import StuPad
from emulator.devices.stu.usb import StuUsb
from lisa_core.domain.model.errors import ProtocolError
from lisa_core.equipment.codecs import usb, usbip
from lisa_core.equipment.codecs.stu import reports as stu
from lisa_core.equipment.codecs.stu.settings import EncryptionCommand, Order
from lisa_core.equipment.codecs.stu.table import BY_NUMBER, decode, encode
from tests.fuzz.edge import Edge
from tests.fuzz.mutation import damaged, pieces, stream
from tests.fuzz.shapes import either

_PROTOCOL = (ProtocolError,)
MOST_KEPT = usbip.MAX_TRANSFER + 48
_SETTINGS = (
    stu.Reset(),
    stu.InkingMode(1),
    stu.StartImageData(4),
    stu.ImageDataBlock(3, bytes(253)),
    stu.EndImageData(),
    stu.StartCapture(7),
    EncryptionCommand(Order.SET_TYPE, 2, 0x82),
    EncryptionCommand(Order.SET_BLOCK, 1, 64, b"\xff" * 64),
    EncryptionCommand(Order.GENERATE),
)


_model = cache(partial(pad_model, "stu-540"))


def _device() -> StuUsb:
    return StuUsb(StuPad(model=_model()), lambda: 10**9)


@cache
def requests() -> Sequence[bytes]:
    """A client that looks, takes the pad over, asks and sets it, and waits for pen data."""
    devid = _device().exported.devid
    asked = [usb.get_descriptor(kind, 255) for kind in (usb.Descriptor.DEVICE, usb.Descriptor.CONFIGURATION)]
    asked += [usb.get_report(number, BY_NUMBER[number].size) for number in (3, 8, 9, 0x40, 0x50)]
    found: list[usbip.Request] = [usbip.ListDevices(), usbip.Import("1-1"), usbip.Unlink(9, 8, devid)]
    found += [usbip.Submit(1, devid, usbip.IN, 0, one.length, one.encode()) for one in asked]
    found += [usbip.Submit(2, devid, usbip.IN, 1, 64)]
    for setting in _SETTINGS:
        data = encode(setting)
        found += [usbip.Submit(3, devid, usbip.OUT, 0, len(data), usb.set_report(data[0], len(data)).encode(), data)]
    return [usbip.encode(one) for one in found]


def take_request(data: bytes, chance: Random) -> None:
    """The emulated pad's end: every transfer has an answer that can be sent."""
    reader, device = usbip.RequestReader(), _device()
    reader.imported = chance.random() < 0.8
    for piece in pieces(chance, data):
        for request in reader.feed(piece):
            assert usbip.encode(request)
            if isinstance(request, usbip.Submit):
                said = device.control(usb.read_setup(request.setup), request.data)
                status = usbip.STALL if said is None else 0
                assert usbip.encode(usbip.Submitted(request.seqnum, status, (said or b"")[: request.length]))


@cache
def answers() -> Sequence[bytes]:
    """A server that lists the pad, hands it over, and answers."""
    device = _device()
    told: list[usbip.Answer] = [usbip.DeviceList((device.exported,)), usbip.Imported(device.exported)]
    told += [usbip.Imported(None, 2), usbip.Submitted(1, data=bytes(17)), usbip.Submitted(2, usbip.STALL)]
    told += [usbip.Submitted(3, data=encode(stu.PenDataTimeCountSequence(1, 2, 3, 4, 5))), usbip.Unlinked(4)]
    return [usbip.encode(one) for one in told]


def take_answer(data: bytes, chance: Random) -> None:
    """Our driver's end: no more comes out than was asked for."""
    reader = usbip.AnswerReader()
    asked = {seqnum: chance.choice((0, 17, 64, 4096)) for seqnum in range(8)}
    for seqnum, length in asked.items():
        reader.expect(usbip.Submit(seqnum, 1, usbip.IN, 0, length))
    for piece in pieces(chance, data):
        for answer in reader.feed(piece):
            if isinstance(answer, usbip.Submitted):
                assert len(answer.data) <= asked.pop(answer.seqnum)
            if isinstance(answer, usbip.DeviceList):
                assert len(answer.devices) <= usbip.MAX_DEVICES


@cache
def described() -> Sequence[bytes]:
    device = _device()
    kinds = (usb.Descriptor.DEVICE, usb.Descriptor.CONFIGURATION, usb.Descriptor.REPORT)
    strings = [usb.string_descriptor(text) for text in ("", "Wacom Co.,Ltd.", "ä" * 200)]
    return [*(device.control(usb.get_descriptor(kind, 4096), b"") or b"" for kind in kinds), *strings]


def take_description(data: bytes, chance: Random) -> None:
    with contextlib.suppress(ProtocolError):
        usb.read_device(data)
    assert isinstance(usb.read_string(data), str)
    place = usb.read_hid_interface(data)
    assert 0 <= place.packet < 0x800


@cache
def pad_reports() -> Sequence[bytes]:
    return [encode(setting) for setting in _SETTINGS] + [bytes((number,)) + bytes(70) for number in BY_NUMBER]


def take_report(data: bytes, chance: Random) -> None:
    """HID reports, both ways: what is read can be written again, and the pad takes or refuses anything."""
    report = decode(data) if data else None
    if report is not None and not isinstance(report, stu.Unknown):
        assert decode(encode(report)) == report
    pad = StuPad(model=_model())
    if data:
        pad.take(data, 10**9)
        pad.read(data[0], 10**9)


EDGES = (
    Edge("usbip-request", requests, either(stream, damaged), take_request, 10_000, _PROTOCOL),
    Edge("usbip-answer", answers, either(stream, damaged), take_answer, 10_000, _PROTOCOL),
    Edge("usb-descriptors", described, damaged, take_description, 5_000, _PROTOCOL),
    Edge("pad-report", pad_reports, damaged, take_report, 10_000, ()),
)
