"""An STU pad as a USB device: descriptors, and its reports as feature and input reports (what they do: `StuPad`)."""

from __future__ import annotations

from collections.abc import Callable

from emulator.devices.stu.model import SERIAL_NUMBER
from emulator.devices.stu.pad import StuPad
from emulator.devices.stu.usbip_server import BUSID
from lisa_core.equipment.codecs import usb, usbip
from lisa_core.equipment.codecs.stu.hid import VENDOR, report_descriptor
from lisa_core.equipment.codecs.stu.reports import PenDataOptionMode
from lisa_core.equipment.codecs.stu.table import BY_KIND, encode

MAKER, NAME, SERIAL = 1, 2, 3
PACKET, INTERVAL_MS, MILLIAMPERES = 64, 5, 500
"""200 reports a second; what the pad may draw is not in its documents: as much as USB 2.0 allows."""


class StuUsb:
    """The device; a `UsbDevice`. `clock` tells the pad's time in microseconds."""

    def __init__(self, pad: StuPad, clock: Callable[[], int]) -> None:
        self._pad, self._clock = pad, clock
        model = pad.model
        self._release = model.firmware[0] << 8 | model.firmware[1]
        self._report_descriptor = report_descriptor(model.features, model.inputs)
        self._configuration = usb.configuration_descriptor(
            self._report_descriptor, PACKET, interval_ms=INTERVAL_MS, milliamperes=MILLIAMPERES
        )
        self._strings = {0: "", MAKER: "Wacom Co.,Ltd.", NAME: model.name, SERIAL: SERIAL_NUMBER}
        self._configured = 1
        self._outdated = False

    @property
    def exported(self) -> usbip.ExportedDevice:
        return usbip.ExportedDevice(BUSID, VENDOR, self._pad.model.product, self._release)

    def hears(self) -> bool:
        return self._pad.hears(self._clock())

    def outdates(self) -> bool:
        """The pad reports otherwise now: what it has not got rid of yet is of the mode before."""
        outdated, self._outdated = self._outdated, False
        return outdated

    def control(self, setup: usb.Setup, data: bytes) -> bytes | None:
        """One transfer on endpoint 0; None when the pad refuses."""
        if setup.request_type & 0x60 == usb.CLASS:
            return self._report(setup, data)
        match setup.request:
            case usb.Standard.GET_DESCRIPTOR:
                return self._descriptor(setup)
            case usb.Standard.GET_CONFIGURATION:
                return bytes((self._configured,))
            case usb.Standard.SET_CONFIGURATION if setup.value in (0, 1):
                self._configured = setup.value
                return b""
            case usb.Standard.GET_STATUS:
                return bytes(2)
            case usb.Standard.GET_INTERFACE:
                return bytes(1)
            case usb.Standard.SET_INTERFACE if setup.value == 0:
                return b""
            case usb.Standard.CLEAR_FEATURE | usb.Standard.SET_FEATURE:
                return b""
            case _:
                return None

    def _descriptor(self, setup: usb.Setup) -> bytes | None:
        kind, index = setup.value >> 8, setup.value & 0xFF
        match kind:
            case usb.Descriptor.DEVICE:
                strings = (MAKER, NAME, SERIAL)
                return usb.device_descriptor(VENDOR, self._pad.model.product, self._release, strings)
            case usb.Descriptor.CONFIGURATION if index == 0:
                return self._configuration
            case usb.Descriptor.STRING if index in self._strings:
                return usb.string_descriptor(self._strings[index])
            case usb.Descriptor.REPORT:
                return self._report_descriptor
            case usb.Descriptor.HID:
                return next(one for one in usb.descriptors(self._configuration) if one[1] == usb.Descriptor.HID)
            case _:
                return None

    def _report(self, setup: usb.Setup, data: bytes) -> bytes | None:
        kind, number = setup.value >> 8, setup.value & 0xFF
        match setup.request:
            case usb.Hid.GET_REPORT if kind == usb.FEATURE:
                report = self._pad.read(number, self._clock())
                return encode(report) if report else None
            case usb.Hid.SET_REPORT if kind == usb.FEATURE:
                if number not in self._pad.model.features or not data or data[0] != number:
                    return None
                self._pad.take(data, self._clock())
                self._outdated = number == BY_KIND[PenDataOptionMode].number
                return b""
            case usb.Hid.SET_IDLE | usb.Hid.SET_PROTOCOL:
                return b""
            case usb.Hid.GET_IDLE | usb.Hid.GET_PROTOCOL:
                return bytes(1)
            case _:
                return None
