"""What a device on USB has said of itself, as the kernel has read it from its descriptor (sysfs, `usb_device`).

Only for devices that are themselves on USB, such as cameras: a serial adapter names itself, and not what hangs on it.
"""

from __future__ import annotations

import os
from pathlib import Path

from lisa_core.domain.model.readings import DeviceIdentity

SYSFS = Path("/sys/dev/char")


def usb_identity(device: Path, sysfs: Path = SYSFS) -> DeviceIdentity:
    """The identity of this device file; empty where it is on no USB, or is not there."""
    try:
        number = device.stat().st_rdev
        place = (sysfs / f"{os.major(number)}:{os.minor(number)}").resolve(strict=True)
    except OSError:
        return DeviceIdentity()
    for folder in place.parents:
        if (folder / "idVendor").is_file():
            return DeviceIdentity(
                *(_said(folder / name) for name in ("manufacturer", "product", "serial", "bcdDevice"))
            )
    return DeviceIdentity()


def _said(file: Path) -> str:
    """One line of the descriptor; not every device has all of them."""
    try:
        return file.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""
