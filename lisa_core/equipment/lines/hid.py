"""A HID device at the other end of a cable: feature reports are asked for and set, input reports come unasked.

Who carries it: `lines.usb_hid` for one at this computer, `drivers.stu.usbip_hid` for one that another shares.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from lisa_core.domain.model.errors import DeviceFault

STALL = "link.stall"
"""The code of the fault when the device refuses a report: it is there, and says no."""
AGAIN_S = 0.5
"""Seconds between two tries to open a lost device again."""


class HidLine(Protocol):
    """An open device. A report always begins with its number."""

    @property
    def product(self) -> int:
        """Its product number."""
        ...

    @property
    def serial(self) -> str:
        """What its descriptor says of it; often ""."""
        ...

    async def get_feature(self, number: int, length: int) -> bytes:
        """A feature report of at most `length` bytes. Faults `link.stall`, `link.lost`."""
        ...

    async def set_features(self, reports: Sequence[bytes]) -> None:
        """Send feature reports, one after the other. Faults `link.stall`, `link.lost`."""
        ...

    async def read(self) -> list[bytes]:
        """The next input reports, at least one. Fault `link.lost`."""
        ...

    async def again(self) -> None:
        """After `link.lost`: wait until it is there again. Fault `link.lost` once closed."""
        ...

    async def aclose(self) -> None:
        """Close; a pending read ends with `link.lost`. Closing twice is harmless."""
        ...


def lost(place: str, why: str) -> DeviceFault:
    """The device is gone."""
    return DeviceFault("link.lost", f"{place}: Die Verbindung ist weg ({why}). Kabel und Strom prüfen.", retryable=True)


def stalled(place: str, number: int) -> DeviceFault:
    """The device refuses this report."""
    return DeviceFault(STALL, f"{place}: Das Gerät lehnt den Bericht 0x{number:02x} ab.", retryable=False)
