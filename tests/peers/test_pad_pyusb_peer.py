"""A signature pad at this computer's USB: the real PyUSB, and below it, in libusb's place, the emulated pad."""

from __future__ import annotations

import asyncio
import errno
import importlib
import queue
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import aclosing, asynccontextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from emulator.devices.stu.model import pad_model
from emulator.devices.stu.pad import StuPad
from emulator.devices.stu.usb import StuUsb
from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.readings import WRITE_NOW, PenSample
from lisa_core.equipment.codecs import usb as codec
from lisa_core.equipment.codecs.stu.table import encode
from lisa_core.equipment.drivers.wacom_stu import WacomStu, open_wacom_stu

pytestmark = pytest.mark.peer

BINDING = "hid:056A:00A4:LISA000001"


class Cable:
    """What PyUSB asks of libusb (`usb.backend.IBackend`), answered by the emulated pad."""

    def __init__(self, core: Any) -> None:
        self.plugged, self.forbidden, self.kernel_has_it = True, False, True
        self.reading, self.closed_under_a_read = False, False
        self.pad = StuPad(model=pad_model("stu-430"))
        self.reports: queue.Queue[bytes] = queue.Queue()
        self._core = core
        self._now_us = 0
        self._usb = StuUsb(self.pad, self._later)

    def _later(self) -> int:
        """Each question comes a while after the last one: by then it has wiped."""
        self._now_us += 100_000
        return self._now_us

    def _fails(self, number: int) -> Exception:
        failed: Exception = self._core.USBError(errno.errorcode[number], -1, number)
        return failed

    def enumerate_devices(self) -> Iterator[str]:
        if self.plugged:
            yield "pad"

    def get_parent(self, device: str) -> None:
        return None

    def get_device_descriptor(self, device: str) -> SimpleNamespace:
        told = codec.read_device(self._usb.control(codec.get_descriptor(codec.Descriptor.DEVICE, 18), b"") or b"")
        strings = {"iManufacturer": told.maker, "iProduct": told.name, "iSerialNumber": told.serial}
        kind = {"bDeviceClass": 0, "bDeviceSubClass": 0, "bDeviceProtocol": 0, "bMaxPacketSize0": 64}
        place = {"bus": 1, "address": 2, "port_number": 1, "port_numbers": (1,), "speed": 2}
        numbers = {"idVendor": told.vendor, "idProduct": told.product, "bcdDevice": told.release, "bcdUSB": 0x0200}
        rest = {"bLength": 18, "bDescriptorType": 1, "bNumConfigurations": 1}
        return SimpleNamespace(**strings, **kind, **place, **numbers, **rest)

    def _described(self, kind: int) -> bytes:
        whole = self._usb.control(codec.get_descriptor(codec.Descriptor.CONFIGURATION, 255), b"") or b""
        return next(one for one in codec.descriptors(whole) if one[1] == kind)

    def get_configuration_descriptor(self, device: str, config: int) -> SimpleNamespace:
        if config:
            raise IndexError
        names = ("bLength", "bDescriptorType", "wTotalLength", "_", "bNumInterfaces", "bConfigurationValue")
        names += ("iConfiguration", "bmAttributes", "bMaxPower")
        values = dict(zip(names, self._described(2), strict=True))
        return SimpleNamespace(**values, extra_descriptors=b"")

    def get_interface_descriptor(self, device: str, interface: int, alternate: int, config: int) -> SimpleNamespace:
        if interface or alternate:
            raise IndexError
        names = ("bLength", "bDescriptorType", "bInterfaceNumber", "bAlternateSetting", "bNumEndpoints")
        names += ("bInterfaceClass", "bInterfaceSubClass", "bInterfaceProtocol", "iInterface")
        return SimpleNamespace(**dict(zip(names, self._described(4), strict=True)), extra_descriptors=b"")

    def get_endpoint_descriptor(self, device: str, number: int, *place: int) -> SimpleNamespace:
        names = ("bLength", "bDescriptorType", "bEndpointAddress", "bmAttributes", "wMaxPacketSize", "_", "bInterval")
        values = dict(zip(names, self._described(5), strict=True))
        return SimpleNamespace(**values, bRefresh=0, bSynchAddress=0, extra_descriptors=b"")

    def open_device(self, device: str) -> str:
        if self.forbidden:
            raise self._fails(errno.EACCES)
        return "handle"

    def close_device(self, handle: str) -> None:
        self.closed_under_a_read |= self.reading

    def get_configuration(self, handle: str) -> int:
        return 1

    def claim_interface(self, handle: str, interface: int) -> None:
        if self.kernel_has_it:
            raise self._fails(errno.EBUSY)

    def release_interface(self, handle: str, interface: int) -> None: ...

    def is_kernel_driver_active(self, handle: str, interface: int) -> bool:
        return self.kernel_has_it

    def detach_kernel_driver(self, handle: str, interface: int) -> None:
        self.kernel_has_it = False

    def attach_kernel_driver(self, handle: str, interface: int) -> None:
        self.kernel_has_it = True

    def ctrl_transfer(self, handle: str, *asked: Any) -> int:
        kind, request, value, index, buffer, _ = asked
        if not self.plugged:
            raise self._fails(errno.ENODEV)
        data = bytes(buffer)
        said = self._usb.control(codec.Setup(kind, request, value, index, len(data)), data)
        if said is None:
            raise self._fails(errno.EPIPE)
        if not kind & codec.TO_HOST:
            return len(data)
        length = min(len(said), len(data))
        for at in range(length):
            buffer[at] = said[at]
        return length

    def intr_read(self, handle: str, endpoint: int, interface: int, buffer: Any, timeout_ms: int) -> int:
        if not self.plugged:
            raise self._fails(errno.ENODEV)
        self.reading = True
        try:
            report = self.reports.get(timeout=timeout_ms / 1000)
        except queue.Empty:
            raise self._core.USBTimeoutError("ETIMEDOUT", -1, errno.ETIMEDOUT) from None
        finally:
            self.reading = False
        for at, byte in enumerate(report):
            buffer[at] = byte
        return len(report)

    def write(self, count: int) -> None:
        """The pen writes, then it is gone."""
        for number in range(count):
            pen = PenSample(0, 10 * number, 7, 500, near=True, down=True)
            self._say(pen, number)
        self._say(None, count)

    def _say(self, pen: PenSample | None, number: int) -> None:
        if report := self.pad.write(pen, self._now_us + 100_000 + 5_000 * number):
            self.reports.put(encode(report))


@pytest.fixture
def cable(pypi: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> Cable:
    """PyUSB as this environment or the strangers' folder has it."""
    pypi("pyusb-usbip-backend")
    monkeypatch.setattr("lisa_core.equipment.lines.usb_hid.LISTEN_MS", 10)
    monkeypatch.setattr("lisa_core.equipment.lines.usb_hid.AGAIN_S", 0.01)
    kind: type[Cable] = type("Backend", (Cable, importlib.import_module("usb.backend").IBackend), {})
    cable = kind(importlib.import_module("usb.core"))
    monkeypatch.setattr(importlib.import_module("usb.backend.libusb1"), "get_backend", lambda: cable)
    return cable


def run(story: Coroutine[Any, Any, None]) -> None:
    asyncio.run(asyncio.wait_for(story, 60))


@asynccontextmanager
async def armed(pad: WacomStu) -> AsyncIterator[AsyncIterator[PenSample]]:
    async with aclosing(pad.capture()) as capture:
        assert await anext(capture) == WRITE_NOW
        yield capture


def test_a_pad_at_this_computer_is_taken_from_the_kernels_driver_and_signs(cable: Cable) -> None:
    async def story() -> None:
        async with open_wacom_stu(BINDING, {"model": "STU-430", "prompt": "Antrag"}) as pad:
            assert not cable.kernel_has_it
            assert (await pad.identify()).serial == "LISA000001"
            async with armed(pad) as samples:
                assert cable.pad.picture
                cable.write(30)
                seen = [await anext(samples) for _ in range(31)]
            assert [one.x for one in seen[:30]] == list(range(0, 300, 10))
            assert not seen[30].near
            assert pad.gaps == 0
        assert cable.pad.blank
        assert cable.kernel_has_it, "at the end the kernel's driver has it back"
        assert not cable.closed_under_a_read

    run(story())


def test_unplugged_it_is_lost_and_plugged_in_again_it_goes_on(cable: Cable) -> None:
    async def story() -> None:
        async with open_wacom_stu(BINDING, {}) as pad:
            async with armed(pad) as samples:
                cable.write(3)
                await anext(samples)
                cable.plugged = False
                with pytest.raises(DeviceFault) as lost:
                    await _to_the_end(samples)
                assert lost.value.code == "pad.lost"
            cable.pad.restart(0)
            cable.plugged = True
            while not await _clears(pad):
                pass
            async with armed(pad) as samples:
                cable.write(1)
                assert (await anext(samples)).down

    run(story())


async def _to_the_end(samples: AsyncIterator[PenSample]) -> None:
    async for _ in samples:
        pass


async def _clears(pad: WacomStu) -> bool:
    await asyncio.sleep(0)
    try:
        await pad.clear()
    except DeviceFault:
        return False
    return True


@pytest.mark.parametrize(
    ("binding", "change", "code", "text"),
    [
        ("hid:056A:00A4:ANDERE", {}, "link.missing", "An keinem USB-Anschluss"),
        ("hid:056A:00A8", {}, "link.missing", "An keinem USB-Anschluss"),
        (BINDING, {"forbidden": True}, "link.refused", "udev-Regel"),
        ("hid:056A:00A4", {"forbidden": True}, "link.refused", "udev-Regel"),
    ],
)
def test_what_cannot_be_opened_says_why(
    binding: str, change: dict[str, bool], code: str, text: str, cable: Cable
) -> None:
    async def story() -> None:
        for name, value in change.items():
            setattr(cable, name, value)
        with pytest.raises(DeviceFault, match=text) as refused:
            async with open_wacom_stu(binding, {}):
                pass
        assert refused.value.code == code

    run(story())
