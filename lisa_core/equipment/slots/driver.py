"""What a driver declares of itself, as values: its name, what it serves, its options, its addresses, how it is opened.

A driver's file says this once, as `DRIVER`. Profiles are checked against it; documents and `lisa doctor` list it. The
file is imported to be asked; what the driver talks through (pyserial, FFmpeg ...) is imported when it is opened.
"""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, Generic, TypeVar

from lisa_core.domain.model.errors import ProfileError
from lisa_core.domain.model.nearest import nearest
from lisa_core.host.address import Grammar

Value = int | float | str | bool
Given = Mapping[str, Value]
"""Options by name, as they stand in a profile."""
D = TypeVar("D")
SAID_OF_A_DEVICE = ("vendor", "model", "serial", "firmware", "capabilities", "family", "family_reason")
"""Keys of a slot by which a vendor says what device is in it. An option of one of these names stays what it is."""

_KINDS: Mapping[type, str] = {
    int: "eine ganze Zahl",
    float: "eine Zahl",
    bool: "true oder false",
    str: 'Text in Anführungszeichen ("...")',
}


@dataclass(frozen=True, slots=True)
class Option:
    """One key of a slot in a profile. Without a `default` it may be left out unless it is `needed`."""

    name: str
    kind: type[int] | type[float] | type[str] | type[bool]
    text: str
    """What it is for, in German."""
    default: Value | None = None
    needed: bool = False
    least: float = -math.inf
    most: float = math.inf
    words: tuple[str, ...] = ()
    """What a text may be; any, when empty."""

    def fault(self, value: object, key: str) -> str:
        """Why it cannot have this value, as a sentence; "" when it can."""
        if type(value) is not self.kind and not (self.kind is float and type(value) is int):
            return f"Der Schlüssel „{key}“ muss {_KINDS[self.kind]} sein; hier steht {value!r}."
        if isinstance(value, int | float) and not self.least <= value <= self.most:
            limits = f"zwischen {self.least} und {self.most}"
            return f"Der Schlüssel „{key}“ muss {limits} liegen; hier steht {value}."
        if self.words and value not in self.words:
            meant = nearest(str(value), self.words) if len(self.words) > 3 else ""
            return f"Der Schlüssel „{key}“ muss {' oder '.join(self.words)} sein; hier steht {value!r}.{meant}"
        return ""


def option_faults(options: Iterable[Option], given: Mapping[str, object], where: str) -> Iterator[tuple[str, str]]:
    """What is wrong with the keys of the table `where`: the key, and a sentence with the nearest known one."""
    known = {option.name: option for option in options}
    for key, value in given.items():
        if key not in known:
            meant = nearest(key, ["driver", "binding", *known, *SAID_OF_A_DEVICE])
            yield key, f"Den Schlüssel „{where}{key}“ gibt es nicht.{meant}"
        elif fault := known[key].fault(value, f"{where}{key}"):
            yield key, fault
    for option in known.values():
        if option.needed and option.name not in given:
            yield option.name, f"Der Schlüssel „{where}{option.name}“ fehlt."


def chosen(options: Iterable[Option], given: Given) -> dict[str, Value]:
    """Each option with its value, given or by default; those without either are missing. Raises `ProfileError`."""
    options = tuple(options)
    if faults := [sentence for _, sentence in option_faults(options, given, "")]:
        raise ProfileError("\n".join(faults))
    return {**{option.name: option.default for option in options if option.default is not None}, **given}


class Tried(Enum):
    """The best that a driver's codec has read in its tests."""

    NOTHING = "noch nichts"
    COMPOSED = "nur Ausgedachtes"
    PAPERS = "Beispiele aus Dokumenten"
    PROGRAMS = "was Programme anderer gesagt haben"
    REAL = "was echte Geräte gesagt haben"
    NEEDLESS = "kein eigener Codec"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a driver is for, and what stands behind it: for people, in German."""

    about: str = ""
    """Which devices: "Präsenzradar HLK-LD2410"."""
    tried: Tried = Tried.NOTHING
    source: str = ""
    """What that was, and where it is from."""
    unverified: tuple[str, ...] = ()
    """What no real device and no program of others has confirmed, a phrase for each."""


def _itself(device: Any, options: Given) -> object:
    return device


@dataclass(frozen=True, slots=True)
class SlotPlace:
    """For which slot a device is opened, and the folder of the profile that binds it: paths in there begin there."""

    slot: str
    folder: Path


@dataclass(frozen=True, slots=True)
class Serves(Generic[D]):
    """A kind of slot that a driver serves: every slot with this protocol. `slot` makes it from the open device."""

    protocol: type
    options: tuple[Option, ...] = ()
    slot: Callable[[D, Given], object] = _itself


@dataclass(frozen=True, slots=True)
class Driver(Generic[D]):
    """A driver. `opened(binding, options)` opens the device at an address; None for what the booth itself serves.

    `located`: it is told the `SlotPlace` as a third word. `unfit(binding, options, folder)` says which key of a profile
    does not go with the others, and why not, before anything is opened; ("", "") when all do.
    """

    name: str
    serves: tuple[Serves[D], ...]
    binding: Grammar
    opened: Callable[..., AbstractAsyncContextManager[D]] | None
    options: tuple[Option, ...] = ()
    """Those of the connection; what it serves may have more."""
    shared: bool = False
    """Whether slots at the same address share one connection, as on a bus."""
    emulated: str = ""
    """The emulated device that speaks with it (entry-point group `lisa.devices`); "": the one of the slot."""
    can: tuple[str, ...] = ()
    """What its devices can do beyond the protocol of the slot, in one German word each (`@braucht:scanner.einzug`).

    An open device may have an attribute `can` of its own, with those of them that it really has; `identify()`, which
    says who it is; and `ping()`, which asks the smallest thing that its protocol has and returns how many seconds the
    answer took (`equipment.drivers.identity`).
    """
    check: Callable[[D], Awaitable[None]] | None = None
    """Asks an open device whether it answers, where its slots alone do not show that (a lamp on a bus)."""
    evidence: Evidence = Evidence()

    located: bool = False
    unfit: Callable[[str, Given, Path], tuple[str, str]] | None = None

    def opened_at(self, binding: str, options: Given, place: SlotPlace) -> AbstractAsyncContextManager[D]:
        """Open the device, as `opened` does."""
        assert self.opened is not None, "what the booth itself serves is not opened"
        return self.opened(binding, options, place) if self.located else self.opened(binding, options)

    def serving(self, protocol: type) -> Serves[D] | None:
        """How it serves slots with this protocol; None when it does not."""
        return next((served for served in self.serves if served.protocol is protocol), None)

    def options_for(self, protocol: type) -> tuple[Option, ...]:
        """All keys that a slot with this protocol may have in a profile."""
        served = self.serving(protocol)
        return (*self.options, *(served.options if served else ()))


def declaration_fault(declared: Driver[D], protocols: Iterable[type]) -> str:
    """What is wrong with a declaration of somebody else, as the end of a sentence; "" when it is sound."""
    forms: tuple[tuple[str, bool], ...] = (
        ("serves", _all_of(declared.serves, Serves) and bool(declared.serves)),
        ("binding", isinstance(declared.binding, Grammar)),
        ("opened", declared.opened is None or callable(declared.opened)),
        ("options", _all_of(declared.options, Option)),
        ("emulated", isinstance(declared.emulated, str)),
        ("can", _all_of(declared.can, str)),
        ("evidence", _is_sound(declared.evidence)),
        ("check", declared.check is None or callable(declared.check)),
        ("located", isinstance(declared.located, bool)),
        ("unfit", declared.unfit is None or callable(declared.unfit)),
    )
    if wrong := [name for name, right in forms if not right]:
        return f"hat in seiner Erklärung falsche Werte: {', '.join(wrong)}"
    known = list(protocols)
    for served in declared.serves:
        sound = (served.protocol in known, callable(served.slot), _all_of(served.options, Option))
        if not all(sound):
            return f"sagt falsch, was er bedient: {getattr(served.protocol, '__name__', served.protocol)}"
        for option in (*declared.options, *served.options):
            if fault := _option_fault(option):
                return f"erklärt eine Option falsch: {fault}"
    return ""


def _is_sound(evidence: object) -> bool:
    if not isinstance(evidence, Evidence):
        return False
    tried: object = evidence.tried
    texts = (evidence.about, evidence.source)
    return isinstance(tried, Tried) and _all_of(texts, str) and _all_of(evidence.unverified, str)


def _option_fault(option: Option) -> str:
    name: object = option.name
    if not isinstance(name, str) or name in {"", "driver", "binding"}:
        return f"Der Name {option.name!r} ist vergeben oder keiner."
    limits = (option.least, option.most)
    if option.kind not in _KINDS or not _all_of(option.words, str) or not _all_of(limits, (int, float)):
        return f"„{option.name}“ hat keinen bekannten Typ oder keine Grenzen."
    return "" if option.default is None else option.fault(option.default, option.name)


def _all_of(values: object, kind: type | tuple[type, ...]) -> bool:
    return isinstance(values, tuple) and all(isinstance(value, kind) for value in values)
