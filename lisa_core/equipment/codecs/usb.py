"""What every USB device says on endpoint 0: setup packets and descriptors, built and read. Pure.

Sources: USB 2.0 specification, chapter 9 (setup packet 9.3, descriptors 9.6), and HID 1.11 (descriptor 6.2.1, requests
7.2). All numbers are little endian.

    setup          request type u8 | request u8 | value u16 | index u16 | length u16
                   request type: bit 7 to the host; bits 6..5 kind (0 standard, 1 class); bits 4..0 recipient
    a1 01 03 03 00 00 05 00    GET_REPORT of feature report 3, five bytes, from interface 0
    21 09 21 03 00 00 02 00    SET_REPORT of feature report 0x21, two bytes
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from lisa_core.domain.model.errors import ProtocolError

TO_HOST, CLASS, INTERFACE = 0x80, 0x20, 0x01
FEATURE = 3
"""The kind of HID reports that are asked for and set: the high byte of `value` in GET_REPORT and SET_REPORT."""
ENGLISH = 0x0409
HID_CLASS = 3
_SETUP = struct.Struct("<BBHHH")


class Standard(IntEnum):
    """`Setup.request` of standard requests."""

    GET_STATUS = 0
    CLEAR_FEATURE = 1
    SET_FEATURE = 3
    SET_ADDRESS = 5
    GET_DESCRIPTOR = 6
    GET_CONFIGURATION = 8
    SET_CONFIGURATION = 9
    GET_INTERFACE = 10
    SET_INTERFACE = 11


class Hid(IntEnum):
    """`Setup.request` of requests to a HID interface."""

    GET_REPORT = 1
    GET_IDLE = 2
    GET_PROTOCOL = 3
    SET_REPORT = 9
    SET_IDLE = 10
    SET_PROTOCOL = 11


class Descriptor(IntEnum):
    """Kinds of descriptors."""

    DEVICE = 1
    CONFIGURATION = 2
    STRING = 3
    INTERFACE = 4
    ENDPOINT = 5
    HID = 0x21
    REPORT = 0x22


@dataclass(frozen=True, slots=True)
class Setup:
    """The eight bytes that begin each control transfer."""

    request_type: int
    request: int
    value: int = 0
    index: int = 0
    length: int = 0

    def encode(self) -> bytes:
        """Eight bytes. `ValueError` when a field does not fit."""
        try:
            return _SETUP.pack(self.request_type, self.request, self.value, self.index, self.length)
        except struct.error as error:
            raise ValueError(f"{self}: {error}") from error


def read_setup(data: bytes) -> Setup:
    """A setup packet from its eight bytes."""
    return Setup(*_SETUP.unpack(data))


def get_report(number: int, length: int, *, interface: int = 0) -> Setup:
    """Ask for a feature report; `length` counts its number."""
    return Setup(TO_HOST | CLASS | INTERFACE, Hid.GET_REPORT, FEATURE << 8 | number, interface, length)


def set_report(number: int, length: int, *, interface: int = 0) -> Setup:
    """Send a feature report; `length` counts its number."""
    return Setup(CLASS | INTERFACE, Hid.SET_REPORT, FEATURE << 8 | number, interface, length)


def get_descriptor(kind: Descriptor, length: int, *, index: int = 0, language: int = 0) -> Setup:
    """Ask for a descriptor of the device, or for the string `index`."""
    return Setup(TO_HOST, Standard.GET_DESCRIPTOR, kind << 8 | index, language, length)


def device_descriptor(vendor: int, product: int, release: int, strings: tuple[int, int, int]) -> bytes:
    """18 bytes; `strings`: where maker, product and serial number are told, 0 for none. HID by interface."""
    return struct.pack(
        "<BBHBBBBHHHBBBB", 18, Descriptor.DEVICE, 0x0200, 0, 0, 0, 64, vendor, product, release, *strings, 1
    )


def configuration_descriptor(report_descriptor: bytes, packet: int, *, interval_ms: int, milliamperes: int) -> bytes:
    """One HID interface with one interrupt endpoint to the host (0x81), in one piece with what belongs to it."""
    interface = struct.pack("BBBBBBBBB", 9, Descriptor.INTERFACE, 0, 0, 1, HID_CLASS, 0, 0, 0)
    hid = struct.pack("<BBHBBBH", 9, Descriptor.HID, 0x0111, 0, 1, Descriptor.REPORT, len(report_descriptor))
    endpoint = struct.pack("<BBBBHB", 7, Descriptor.ENDPOINT, 0x81, 3, packet, interval_ms)
    body = interface + hid + endpoint
    return struct.pack("<BBHBBBBB", 9, Descriptor.CONFIGURATION, 9 + len(body), 1, 1, 0, 0x80, milliamperes // 2) + body


def string_descriptor(text: str) -> bytes:
    """A string, at most 126 characters; text "" is the list of languages (English)."""
    data = text[:126].encode("utf-16-le") if text else ENGLISH.to_bytes(2, "little")
    return bytes((2 + len(data), Descriptor.STRING)) + data


def read_string(data: bytes) -> str:
    """The text of a string descriptor; what is no UTF-16 is replaced."""
    return data[2 : data[0] if data else 0].decode("utf-16-le", "replace").rstrip("\0")


@dataclass(frozen=True, slots=True)
class DeviceNumbers:
    """What a device descriptor says that a driver wants; the last three are indexes of strings."""

    vendor: int
    product: int
    release: int
    maker: int
    name: int
    serial: int


def read_device(data: bytes) -> DeviceNumbers:
    """Raises `ProtocolError` for what is no device descriptor."""
    if len(data) < 18 or data[1] != Descriptor.DEVICE:
        raise ProtocolError("USB: das ist kein Gerätedeskriptor.")
    return DeviceNumbers(*struct.unpack_from("<HHHBBB", data, 8))


@dataclass(frozen=True, slots=True)
class HidInterface:
    """Where a device's input reports come from: interface, endpoint (without its direction) and its packet size."""

    number: int
    endpoint: int
    packet: int


def read_hid_interface(configuration: bytes) -> HidInterface:
    """The first HID interface with an interrupt endpoint to the host. Raises `ProtocolError` where there is none."""
    interface, is_hid = 0, False
    for descriptor in descriptors(configuration):
        match descriptor[1]:
            case Descriptor.INTERFACE if len(descriptor) >= 9:
                interface, is_hid = descriptor[2], descriptor[5] == HID_CLASS
            case Descriptor.ENDPOINT if is_hid and len(descriptor) >= 7:
                if descriptor[2] & 0x80 and descriptor[3] & 3 == 3:
                    packet = int.from_bytes(descriptor[4:6], "little") & 0x7FF
                    return HidInterface(interface, descriptor[2] & 0x0F, packet)
    raise ProtocolError("USB: das Gerät hat keine HID-Schnittstelle, die meldet.")


def descriptors(data: bytes) -> Iterator[bytes]:
    """Each descriptor of a chain. Raises `ProtocolError` when one has an impossible length."""
    at = 0
    while at < len(data):
        size = data[at]
        if size < 2 or at + size > len(data):
            raise ProtocolError(f"USB: ein Deskriptor von {size} Bytes passt nicht in {len(data) - at}.")
        yield data[at : at + size]
        at += size
