"""What hangs at this computer as its system knows it: serial ports, cameras, HID devices. Nothing is opened."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from lisa_core.domain.model.errors import LisaError
from lisa_core.domain.model.readings import DeviceIdentity
from lisa_core.equipment.lines.usb import usb_identity

_DEV, _SYS = Path("/dev"), Path("/sys")


@dataclass(frozen=True, slots=True)
class Attached:
    """One thing: its address as a profile takes it, and what it has said of itself on USB (an adapter of itself)."""

    binding: str
    identity: DeviceIdentity = DeviceIdentity()


class Port(Protocol):
    """A serial port as pyserial lists it."""

    device: str
    manufacturer: str | None
    product: str | None
    serial_number: str | None


def _listed() -> Iterable[Port]:
    from serial.tools.list_ports import comports  # pyserial is needed where somebody looks

    ports: Iterable[Port] = comports()
    return ports


def serial_ports(listed: Callable[[], Iterable[Port]] = _listed, dev: Path = _DEV) -> Iterator[Attached]:
    """Each by the name that stays when another is plugged in (/dev/serial/by-id), where it has one."""
    names = {link.resolve(): str(link) for link in sorted((dev / "serial" / "by-id").glob("*"))}
    for port in sorted(listed(), key=lambda port: port.device):
        said = DeviceIdentity(port.manufacturer or "", port.product or "", port.serial_number or "")
        yield Attached(names.get(Path(port.device).resolve(), port.device), said)


def cameras(dev: Path = _DEV, sys: Path = _SYS) -> Iterator[Attached]:
    """Video devices from which pictures come: a camera on USB has another one beside it, for data about them."""
    for device in sorted(dev.glob("video[0-9]*")):
        index = sys / "class" / "video4linux" / device.name / "index"
        if not index.is_file() or index.read_text(encoding="ascii").strip() == "0":
            yield Attached(f"video:{device}", usb_identity(device, sys / "dev" / "char"))


def hid_devices(sys: Path = _SYS) -> Iterator[Attached]:
    """Each with the numbers of its maker and product: `hid:056A:00A8`. Raises `LisaError` where the system has none."""
    if not (sys / "class" / "hidraw").is_dir():
        raise LisaError("Dieser Rechner zeigt keine HID-Geräte (/sys/class/hidraw fehlt).")
    for place in sorted((sys / "class" / "hidraw").glob("hidraw*")):
        try:
            lines = (place / "device" / "uevent").read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            continue  # pulled out at this moment
        said = dict(line.partition("=")[::2] for line in lines)
        _, vendor, product = f"{said.get('HID_ID', '')}::".split(":")[:3]
        if vendor and product:
            identity = DeviceIdentity("", said.get("HID_NAME", ""), said.get("HID_UNIQ", ""))
            yield Attached(f"hid:{vendor[-4:].upper()}:{product[-4:].upper()}", identity)
