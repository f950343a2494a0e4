"""STU pads on USB: which product they are, and a report descriptor that declares their reports.

On USB every setting is a feature report (GET_REPORT, SET_REPORT); pen data are input reports on the interrupt
endpoint, 200 a second. What became of a SET_REPORT stands in the next `Status`. Reports have a fixed length: an
`ImageDataBlock` is filled up to its own.
Source of the numbers: the vendor's header UsbDevice.hpp, and for the descriptor's form HID 1.11, 6.2.2.
"""

from __future__ import annotations

from collections.abc import Mapping

VENDOR = 0x056A
PRODUCTS: Mapping[int, str] = {0x00A4: "STU-430", 0x00A5: "STU-530", 0x00A6: "STU-430V", 0x00A8: "STU-540"}
IMAGE_BLOCK = 253
"""Bytes of a picture in one feature report; with number and count 256."""

_FEATURE, _INPUT = 0xB1, 0x81


def report_descriptor(features: Mapping[int, int], inputs: Mapping[int, int]) -> bytes:
    """Each report by its number: how many bytes follow the number. All are the vendor's own arrays of bytes."""
    body = b"".join(
        _report(kind, number, size)
        for kind, sizes in ((_INPUT, inputs), (_FEATURE, features))
        for number, size in sorted(sizes.items())
    )
    return b"\x06\x00\xff\x09\x01\xa1\x01\x15\x00\x26\xff\x00\x75\x08" + body + b"\xc0"


def _report(kind: int, number: int, size: int) -> bytes:
    return bytes((0x85, number, 0x09, number)) + b"\x96" + size.to_bytes(2, "little") + bytes((kind, 0x02))
