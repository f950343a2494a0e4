"""Which drivers there are: our own, each declared in its file, and those of others, found by their entry points.

What stands in a profile is judged here against the declarations, before anything is opened.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points, version
from pathlib import Path
from typing import Any, Protocol

from lisa_core.domain.model.errors import DeviceFault, LisaError, ProfileError
from lisa_core.domain.model.json_types import JsonMap
from lisa_core.domain.model.nearest import nearest
from lisa_core.equipment.slots.catalogue import DEVICE_OF_SLOT, PROTOCOLS
from lisa_core.equipment.slots.driver import Driver, declaration_fault, option_faults
from lisa_core.equipment.traces.binding import is_replay, replay_faults
from lisa_core.host.address import read_address
from lisa_core.host.causes import told_by
from lisa_core.host.data import data_dir

ADAPTER = "adapter"
EMULATOR = "emulator"
GROUP, EMULATED_GROUP = "lisa.drivers", "lisa.devices"
OURS = "lisa-booth"
BROKEN = "driver.broken"
"""The code of the fault of a driver that does what no driver may."""

OWN: Mapping[str, str] = {
    "hlk-ld2410": "lisa_core.equipment.drivers.ld2410",
    "hlk-ld2450": "lisa_core.equipment.drivers.radars.ld2450",
    "modbus-io": "lisa_core.equipment.drivers.modbus_io",
    "escl": "lisa_core.equipment.drivers.escl",
    "wacom-stu": "lisa_core.equipment.drivers.wacom_stu",
    "camera": "lisa_core.equipment.media.camera",
    "microphone": "lisa_core.equipment.media.microphone",
    "pcsc": "lisa_core.equipment.drivers.pcsc.reader",
    "visca": "lisa_core.equipment.drivers.visca.head",
    "loudspeaker": "lisa_core.equipment.media.sound.loudspeaker",
    "audio": "lisa_core.equipment.media.sound.audio",
    "raw-print": "lisa_core.equipment.drivers.raw_print",
    "ipp": "lisa_core.equipment.drivers.ipp.driver",
    "page": "lisa_core.equipment.drivers.page",
    "adapter": "lisa_core.equipment.drivers.adapter.driver",
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

    @property
    def module(self) -> str:
        """The top of what it is imported from."""
        return _module(self.point) if self.point else __name__.partition(".")[0]

    def fault(self, why: str) -> DeviceFault:
        """What is told when it does what no driver may: everybody else goes on."""
        return DeviceFault(BROKEN, str(_unusable(self, why)), retryable=False)


@cache
def installed() -> Mapping[str, Installed]:
    """Every driver on this machine by its name. Nobody can take the name of one of ours."""
    others: dict[str, Installed] = {}
    for point in _sorted(GROUP):
        known = others.get(point.name)
        rival = known.package if known and known.package != _package(point) else ""
        others[point.name] = Installed(point.name, _package(point), point, rival)
    return {**others, **{name: Installed(name, f"{OURS} {version(OURS)}") for name in OWN}}


@cache
def _loaded(found: Installed) -> Driver[Any]:
    if found.rival:
        raise _unusable(found, f"hat denselben Namen wie einer aus {found.rival}; eines der Pakete entfernen")
    if found.point is None:
        return _own(found.name)
    declared = _load(found, found.point)
    if not isinstance(declared, Driver):
        raise _unusable(found, f"ist keiner: „{found.point.value}“ ist kein Driver")
    if declared.name != found.name:
        raise _unusable(found, f"nennt sich selbst „{declared.name}“")
    if wrong := declaration_fault(declared, PROTOCOLS.values()):
        raise _unusable(found, wrong)
    return declared


def _own(name: str) -> Driver[Any]:
    declared: Driver[Any] = import_module(OWN[name]).DRIVER
    return declared


def _load(found: Installed, point: EntryPoint) -> object:
    if not EntryPoint.pattern.match(point.value):
        raise _unusable(found, f"ist nicht zu finden: „{point.value}“ ist keine Angabe der Form modul:NAME")
    try:
        return point.load()
    except (Exception, SystemExit) as error:
        raise _unusable(found, f"lässt sich nicht laden ({told_by(error, _module(point))})") from error


def _module(point: EntryPoint) -> str:
    return point.value.partition(":")[0].partition(".")[0].strip()


def _unusable(found: Installed, why: str) -> ProfileError:
    return ProfileError(f"Der Treiber „{found.name}“ aus dem Paket {found.package} {why}.")


def _package(point: EntryPoint) -> str:
    return f"{point.dist.name} {point.dist.version}" if point.dist else point.value


def driver(name: str) -> Driver[Any]:
    """The declaration of this driver. Raises `ProfileError` with the nearest name, or the package that is broken."""
    if name in OWN:
        return _own(name)
    if name not in installed():
        raise ProfileError(f"Den Treiber „{name}“ gibt es nicht.{nearest(name, installed())}")
    return installed()[name].load()


def foreign(name: str) -> Installed | None:
    """The driver of this name, if somebody else has brought it."""
    return None if name in OWN else installed().get(name)


def fitting(protocol: type) -> Iterator[str]:
    """The names of all drivers that serve slots with this protocol; one that cannot be loaded is left out."""
    for name, found in installed().items():
        try:
            if found.load().serving(protocol):
                yield name
        except ProfileError:
            continue  # told where it is named, and by `lisa doctor`


def abilities(slot: str) -> tuple[str, ...]:
    """What devices in this slot can do beyond its protocol, as any driver on this machine declares it.

    The adapter, which stands for devices of every kind, knows the words of all of them, and adds none to a slot.
    """
    drivers = (driver(name) for name in fitting(PROTOCOLS[slot]) if name != ADAPTER)
    return tuple(sorted({word for declared in drivers for word in declared.can}))


def driver_faults(
    slot: str, name: str, binding: str, given: JsonMap, folder: Path = Path()
) -> Iterator[tuple[str, str]]:
    """What is wrong with a slot's driver, its address and its options: the key, and a sentence.

    `folder`: the one of the profile that binds it.
    """
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
    wrong: list[tuple[str, str]] = []
    if binding == EMULATOR and name not in OWN and declared.emulated and declared.emulated not in _emulated():
        none = f"Für „{name}“ ist kein emuliertes Gerät „{declared.emulated}“ installiert."
        wrong.append(("binding", f"{where}.binding: {none}"))
    elif is_replay(binding) and declared.opened is not None:
        wrong += (("binding", f"{where}.binding: {fault}") for fault in replay_faults(slot, name, binding))
    elif binding != EMULATOR and declared.opened is not None:
        try:
            read_address(binding, declared.binding)
        except ProfileError as error:
            wrong.append(("binding", f"{where}.binding: {error}"))
    wrong = [*wrong, *option_faults(declared.options_for(protocol), given, f"{where}.")]
    yield from wrong
    if not wrong and declared.unfit is not None:
        key, sentence = declared.unfit(binding, given, folder)
        if key:
            yield key, f"{where}.{key}: {sentence}"


def personality_faults(slot: str, driver: str, binding: str, name: str) -> Iterator[tuple[str, str]]:
    """What is wrong with it: the key, and a sentence with the nearest known name."""
    key = f"slots.{slot}.personality"
    if not name:
        return
    if binding != EMULATOR:
        yield (
            "personality",
            f'{key}: Als ein bestimmtes Modell verhält sich nur ein emuliertes Gerät (binding = "emulator").',
        )
        return
    device = emulated_device(slot, driver)
    known = models_of(device)
    if not known:
        yield "personality", f"{key}: Das emulierte Gerät „{device}“ hat keine Persönlichkeiten."
    elif name not in known:
        yield "personality", f"{key}: Die Persönlichkeit „{name}“ gibt es nicht.{nearest(name, known)}"


def models_of(device: str) -> list[str]:
    """The known models that this emulated device can play."""
    try:
        return sorted(path.stem for path in (data_dir("fixtures") / "personalities" / device).glob("*.toml"))
    except LisaError:
        return []


class Bound(Protocol):
    """A slot of a profile, as `config.profile` reads it."""

    @property
    def slot(self) -> str: ...
    @property
    def driver(self) -> str: ...
    @property
    def binding(self) -> str: ...
    @property
    def options(self) -> JsonMap: ...


def line_options(bound: Sequence[Bound]) -> JsonMap:
    """What these slots on one line say of it, as their driver is opened with it."""
    known = {option.name for option in driver(bound[0].driver).options}
    return {key: value for one in bound for key, value in one.options.items() if key in known}


def bus_faults(slots: Iterable[Bound]) -> Iterator[tuple[str, str, str]]:
    """Slot, key and sentence of each option of a line that an earlier slot on it has set otherwise."""
    lines: dict[tuple[str, str], dict[str, tuple[str, object]]] = {}
    for bound in slots:
        declared = driver(bound.driver)
        if not declared.shared or bound.binding == EMULATOR:
            continue
        said = lines.setdefault((bound.driver, bound.binding), {})
        for key in (option.name for option in declared.options if option.name in bound.options):
            first, value = said.setdefault(key, (bound.slot, bound.options[key]))
            if value != bound.options[key]:
                other = f"slots.{first} an derselben Leitung ({bound.binding}) hat {value!r}"
                ours = f"slots.{bound.slot}.{key} = {bound.options[key]!r}"
                yield bound.slot, key, f"{ours}: {other}. Beide gleich setzen, oder zwei Leitungen nehmen."


@cache
def _emulated() -> frozenset[str]:
    """The emulated devices that others have brought."""
    return frozenset(point.name for point in entry_points(group=EMULATED_GROUP))


def unused() -> Iterator[str]:
    """What others have brought in vain, a sentence for each: a name that is taken, a device that is broken."""
    for point in _sorted(GROUP):
        if point.name in OWN:
            yield str(_unusable(Installed(point.name, _package(point)), "heißt wie einer von LISA; es gilt unserer"))
    seen: dict[str, str] = {}
    for point in _sorted(EMULATED_GROUP):
        what = f"Das emulierte Gerät „{point.name}“ aus dem Paket {_package(point)}"
        if point.name in DEVICE_OF_SLOT.values():
            yield f"{what} heißt wie eines von LISA; es gilt unseres."
        elif (other := seen.setdefault(point.name, _package(point))) != _package(point):
            yield f"{what} hat denselben Namen wie eines aus {other}; eines der Pakete entfernen."
        else:
            yield from _device_faults(what, point)


def _device_faults(what: str, point: EntryPoint) -> Iterator[str]:
    try:
        if not EntryPoint.pattern.match(point.value) or not callable(point.load()):
            yield f"{what} ist keines: „{point.value}“ lässt sich nicht aufrufen."
    except (Exception, SystemExit) as error:  # noqa: BLE001  # code of others may raise anything
        yield f"{what} lässt sich nicht laden ({told_by(error, _module(point))})."


def _sorted(group: str) -> list[EntryPoint]:
    return sorted(entry_points(group=group), key=lambda point: (point.name, _package(point)))


def emulated_device(slot: str, name: str) -> str:
    """The emulated device that plays this slot for this driver; "" for what the booth itself serves."""
    return driver(name).emulated or DEVICE_OF_SLOT.get(slot, "")
