"""USB/IP and what USB devices say: the kernel's layout, every message there and back, and what is no USB/IP."""

from __future__ import annotations

import contextlib
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lisa_core.domain.model.errors import ProtocolError
from lisa_core.equipment.codecs import usb, usbip
from lisa_core.equipment.codecs.stu.hid import report_descriptor

U8, U16, U32 = (st.integers(0, 2**bits - 1) for bits in (8, 16, 32))
NAMES = st.text("abcdefgh-/.0123456789", min_size=1, max_size=31)
KINDS = st.lists(st.tuples(U8, U8, U8), max_size=4).map(tuple)
DEVICES = st.builds(usbip.ExportedDevice, NAMES, U16, U16, U16, NAMES, U32, U32, U32, U8, KINDS)
DATA = st.binary(max_size=300)
SETUPS = st.binary(min_size=8, max_size=8)
SUBMITS = st.one_of(
    st.builds(
        lambda data, **rest: usbip.Submit(direction=usbip.OUT, length=len(data), data=data, **rest),
        data=DATA, seqnum=U32, devid=U32, endpoint=st.integers(0, 15), setup=SETUPS,
    ),
    st.builds(
        usbip.Submit, seqnum=U32, devid=U32, direction=st.just(usbip.IN), endpoint=st.integers(0, 15),
        length=st.integers(0, 300), setup=SETUPS,
    ),
)  # fmt: skip
URBS = st.one_of(SUBMITS, st.builds(usbip.Unlink, U32, U32, U32))


def pieces(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


@pytest.mark.parametrize(
    ("message", "text"),
    [
        # Layouts of Documentation/usb/usbip_protocol.rst, filled in by hand.
        (usbip.ListDevices(), "0111 8005 00000000"),
        (usbip.Import("1-1"), "0111 8003 00000000 312d31" + "00" * 29),
        (usbip.Imported(None, 4), "0111 0003 00000004"),
        (usbip.DeviceList(()), "0111 0005 00000000 00000000"),
        (
            usbip.Submit(1, 0x10001, usbip.IN, 0, 5, usb.get_report(3, 5).encode()),
            "00000001 00000001 00010001 00000001 0000000000000000 00000005 00000000 00000000 00000000 a101030300000500",
        ),
        (
            usbip.Submit(2, 0x10001, usbip.OUT, 0, 2, usb.set_report(0x21, 2).encode(), b"\x21\x01"),
            "000000010000000200010001000000000000000000000000 00000002 000000000000000000000000 2109210300000200 2101",
        ),
        (usbip.Unlink(7, 6, 0x10001), "00000002 00000007 00010001" + "00" * 8 + "00000006" + "00" * 24),
        (
            usbip.Submitted(1, data=b"\x03\0\0\0\0"),
            "00000003 00000001" + "00" * 12 + "00000000 00000005" + "00" * 20 + "0300000000",
        ),
        (usbip.Submitted(9, usbip.STALL), "00000003 00000009" + "00" * 12 + "ffffffe0 00000000" + "00" * 20),
        (usbip.Unlinked(7), "00000004 00000007" + "00" * 12 + "ffffff98" + "00" * 24),
    ],
)
def test_the_layout_of_the_kernels_document(message: usbip.Request | usbip.Answer, text: str) -> None:
    data = bytes.fromhex(text.replace(" ", ""))
    assert usbip.encode(message) == data
    if isinstance(message, get_args(usbip.Request)):
        parser = usbip.RequestReader()
        parser.imported = isinstance(message, usbip.Submit | usbip.Unlink)
        assert parser.feed(data) == [message]


@settings(max_examples=30)
@given(st.lists(URBS, max_size=6), st.integers(1, 70))
def test_every_request_there_and_back(requests: list[usbip.Request], size: int) -> None:
    parser = usbip.RequestReader()
    parser.imported = True
    whole = b"".join(map(usbip.encode, requests))
    assert [found for piece in pieces(whole, size) for found in parser.feed(piece)] == requests


@settings(max_examples=30)
@given(st.lists(DEVICES, max_size=3), st.lists(st.tuples(SUBMITS, DATA), max_size=5), st.integers(1, 70))
def test_every_answer_there_and_back(
    devices: list[usbip.ExportedDevice], answered: list[tuple[usbip.Submit, bytes]], size: int
) -> None:
    parser = usbip.AnswerReader()
    told: list[usbip.Answer] = [usbip.DeviceList(tuple(devices))]
    for number, (asked, data) in enumerate(answered):
        parser.expect(usbip.Submit(number, 1, asked.direction, asked.endpoint, 300))
        came = data if asked.direction == usbip.IN else b""
        told += [usbip.Submitted(number, 0, came, len(came)), usbip.Unlinked(number)]
    whole = b"".join(map(usbip.encode, told))
    assert [found for piece in pieces(whole, size) for found in parser.feed(piece)] == told


def test_an_import_stops_the_reading_until_it_is_answered() -> None:
    parser = usbip.RequestReader()
    urb = usbip.Submit(1, 1, usbip.IN, 1, 64)
    assert parser.feed(usbip.encode(usbip.Import("1-1")) + usbip.encode(urb)) == [usbip.Import("1-1")]
    parser.imported = True
    assert parser.feed(b"") == [urb]
    client = usbip.AnswerReader()
    device = usbip.ExportedDevice("1-1", 0x056A, 0xA8)
    (found,) = client.feed(usbip.encode(usbip.Imported(device)))
    assert isinstance(found, usbip.Imported)
    assert found.device is not None
    assert (found.device.devid, found.device.interfaces) == (0x10001, ()), "interfaces stand in the list only"


@pytest.mark.parametrize(
    "text",
    ["0110 8005 00000000", "0111 8099 00000000", "47455420 2f204854 54502f31 2e310d0a"],
)
def test_what_is_no_usbip_is_said_at_once(text: str) -> None:
    with pytest.raises(ProtocolError, match="USB/IP"):
        usbip.RequestReader().feed(bytes.fromhex(text.replace(" ", "")))


@pytest.mark.parametrize(
    "change",  # another command, more bytes than were asked for, a negative number, isochronous
    [
        (0, 9),
        (20 + 7, 0xFF),
        (20 + 4, 0x80),
        (20 + 15, 5),
    ],
)
def test_an_answer_that_nobody_asked_for_is_refused(change: tuple[int, int]) -> None:
    parser = usbip.AnswerReader()
    parser.expect(usbip.Submit(1, 1, usbip.IN, 0, 8))
    data = bytearray(usbip.encode(usbip.Submitted(1, data=bytes(8))))
    if change[0]:
        data[change[0]] = change[1]
    else:
        data[3] = change[1]
    with pytest.raises(ProtocolError):
        parser.feed(bytes(data))
    with pytest.raises(ProtocolError, match="passt zu keiner Frage"):
        usbip.AnswerReader().feed(usbip.encode(usbip.Submitted(1)))


def test_descriptors_of_a_hid_device() -> None:
    report = report_descriptor({0x03: 4, 0x26: 255, 0xD9: 2560}, {0x34: 10})
    assert report.startswith(bytes.fromhex("0600ff0901a101"))
    assert bytes.fromhex("85d909d9960 00ab102".replace(" ", "")) in report, "2560 bytes of feature report 0xd9"
    whole = usb.configuration_descriptor(report, 64, interval_ms=5, milliamperes=500)
    assert int.from_bytes(whole[2:4], "little") == len(whole) == 9 + 9 + 9 + 7
    assert usb.read_hid_interface(whole) == usb.HidInterface(0, 1, 64)
    numbers = usb.read_device(usb.device_descriptor(0x056A, 0xA8, 0x0108, (1, 2, 3)))
    assert numbers == usb.DeviceNumbers(0x056A, 0xA8, 0x0108, 1, 2, 3)
    assert usb.read_string(usb.string_descriptor("Wacom Co.,Ltd.")) == "Wacom Co.,Ltd."
    for broken in (b"", b"\x12\x02" + bytes(20), whole[:9] + b"\x00"):
        with pytest.raises(ProtocolError, match="USB"):
            usb.read_device(broken)
        with pytest.raises(ProtocolError, match="USB"):
            usb.read_hid_interface(broken)


@settings(max_examples=30)
@given(st.binary(max_size=80))
def test_no_bytes_break_a_reader_of_descriptors(data: bytes) -> None:
    for read in (usb.read_device, usb.read_hid_interface):
        with contextlib.suppress(ProtocolError):
            read(data)
    assert isinstance(usb.read_string(data), str)
