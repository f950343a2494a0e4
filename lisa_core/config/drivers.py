"""Which drivers there are: our own, each declared in its file, and those of others, found by their entry points.

What stands in a profile is judged here against the declarations, before anything is opened.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points, version
from typing import Any

from lisa_core.domain.model.errors import ProfileError
from lisa_core.domain.model.json_types import JsonMap
from lisa_core.domain.model.nearest import nearest
from lisa_core.equipment.slots.catalogue import DEVICE_OF_SLOT, PROTOCOLS
from lisa_core.equipment.slots.driver import Driver, option_faults
from lisa_core.host.address import read_address

EMULATOR = "emulator"
GROUP, EMULATED_GROUP = "lisa.drivers", "lisa.devices"
OURS = "lisa-booth"

OWN: Mapping[str, str] = {
    "hlk-ld2410": "lisa_core.equipment.drivers.ld2410",
    "modbus-io": "lisa_core.equipment.drivers.modbus_io",
    "escl": "lisa_core.equipment.drivers.escl",
    "wacom-stu": "lisa_core.equipment.drivers.wacom_stu",
    "camera": "lisa_core.equipment.media.camera",
    "microphone": "lisa_core.equipment.media.microphone",
    "raw-print": "lisa_core.equipment.drivers.raw_print",
    "page": "lisa_core.equipment.drivers.page",
}
"""Our own, by name: the file that declares it as `DRIVER`. One is imported when its name comes up."""


@dataclass(frozen=True, slots=True)
class Installed:
    """A driver by its name, and the package that brings it. Nothing of it is imported yet."""

    name: str
    package: str
    point: EntryPoint | None = None
    """None for our own."""
    rival: str = ""
    """Another package that brings a driver of this name: then neither is used."""

    def load(self) -> Driver[Any]:
        """Its declaration. Raises `ProfileError` naming the package that cannot be used."""
        return _loaded(self)


@cache
def installed() -> Mapping[str, Installed]:
    """Every driver on this machine by its name. Nobody can take the name of one of ours."""
    others: dict[str, Installed] = {}
    for point in sorted(entry_points(group=GROUP), key=lambda point: (point.name, _package(point))):
        known = others.get(point.name)
        rival = known.package if known and known.package != _package(point) else ""
        others[point.name] = Installed(point.name, _package(point), point, rival)
    return {**others, **{name: Installed(name, f"{OURS} {version(OURS)}") for name in OWN}}


@cache
def _loaded(found: Installed) -> Driver[Any]:
    if found.rival:
        raise _unusable(found, f"hat denselben Namen wie einer aus {found.rival}; eines der Pakete entfernen")
    if found.point is None:
        declared = import_module(OWN[found.name]).DRIVER
    else:
        try:
            declared = found.point.load()
        except Exception as error:
            raise _unusable(found, f"lässt sich nicht laden ({type(error).__name__}: {error})") from error
    if not isinstance(declared, Driver):
        raise _unusable(found, f"ist keiner: „{found.point.value if found.point else ''}“ ist kein Driver")
    if declared.name != found.name:
        raise _unusable(found, f"nennt sich selbst „{declared.name}“")
    return declared


def _unusable(found: Installed, why: str) -> ProfileError:
    return ProfileError(f"Der Treiber „{found.name}“ aus dem Paket {found.package} {why}.")


def _package(point: EntryPoint) -> str:
    return f"{point.dist.name} {point.dist.version}" if point.dist else point.value


def driver(name: str) -> Driver[Any]:
    """The declaration of this driver. Raises `ProfileError` with the nearest name, or the package that is broken."""
    if name in OWN:
        return _loaded(Installed(name, OURS))
    if name not in installed():
        raise ProfileError(f"Den Treiber „{name}“ gibt es nicht.{nearest(name, installed())}")
    return installed()[name].load()


def fitting(protocol: type) -> Iterator[str]:
    """The names of all drivers that serve slots with this protocol; one that cannot be loaded is left out."""
    for name, found in installed().items():
        try:
            if found.load().serving(protocol):
                yield name
        except ProfileError:
            continue  # told where it is named, and by `lisa doctor`


def driver_faults(slot: str, name: str, binding: str, given: JsonMap) -> Iterator[tuple[str, str]]:
    """What is wrong with a slot's driver, its address and its options: the key, and a sentence."""
    where = f"slots.{slot}"
    try:
        declared = driver(name)
    except ProfileError as error:
        yield "driver", f"{where}: {error}"
        return
    protocol = PROTOCOLS[slot]
    if declared.serving(protocol) is None:
        others = ", ".join(fitting(protocol))
        yield "driver", f"{where}: Der Treiber „{name}“ kann das nicht. Hierher passt: {others}."
        return
    if binding == EMULATOR and declared.emulated and declared.emulated not in _emulated():
        yield "binding", f"{where}.binding: Für „{name}“ ist kein emuliertes Gerät „{declared.emulated}“ installiert."
    elif binding != EMULATOR and declared.opened is not None:
        try:
            read_address(binding, declared.binding)
        except ProfileError as error:
            yield "binding", f"{where}.binding: {error}"
    yield from option_faults(declared.options_for(protocol), given, f"{where}.")


@cache
def _emulated() -> frozenset[str]:
    """The emulated devices that others have brought."""
    return frozenset(point.name for point in entry_points(group=EMULATED_GROUP))


def emulated_device(slot: str, name: str) -> str:
    """The emulated device that plays this slot for this driver; "" for what the booth itself serves."""
    return driver(name).emulated or DEVICE_OF_SLOT.get(slot, "")
