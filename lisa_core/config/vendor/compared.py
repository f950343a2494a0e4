"""What is said of a device held against what it says itself, both ways: pure, and no more than was asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from lisa_core.config.hardware.declaration import Declaration
from lisa_core.domain.model.readings import DeviceIdentity
from lisa_core.equipment.drivers.identity import NAMED, Said


class Weight(Enum):
    """What follows from a difference."""

    CONTRADICTION = "Widerspruch"
    UNCONFIRMED = "nicht nachgefragt"
    UNDECLARED = "nicht erklärt"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing in which declared and found are not the same: its key in the profile, and a sentence."""

    weight: Weight
    key: str
    text: str


_WORDS = (
    ("vendor", "Hersteller", "anderer Hersteller als erklärt"),
    ("model", "Modell", "anderes Gerät als erklärt"),
    ("serial", "Seriennummer", "anderes Exemplar als erklärt"),
    ("firmware", "Firmware", "andere Firmware als erklärt"),
)


def differences(declared: Declaration, said: Said, can: tuple[str, ...]) -> tuple[Difference, ...]:
    """All of them; `can`: what the driver can, for a device that leaves that to it."""
    shown = frozenset({NAMED} if said.identity != DeviceIdentity() else ())
    return (*_of_identity(declared, said.identity), *_of_abilities(declared.capabilities, said.can, can, shown))


def is_meant(declared: Declaration, identity: DeviceIdentity) -> bool:
    """Whether this device is the one that is declared, as far as both say something, and both name a model."""
    if not declared.models or not identity.model:
        return False
    return not any(one.weight is Weight.CONTRADICTION for one in _of_identity(declared, identity))


def _of_identity(declared: Declaration, identity: DeviceIdentity) -> Iterator[Difference]:
    for key, word, otherwise in _WORDS:
        told, there = getattr(declared, key), getattr(identity, key)
        may_be = declared.models if key == "model" else (told,) if told else ()
        if not may_be:
            continue
        named = " oder ".join(may_be)
        if not there:
            yield Difference(Weight.UNCONFIRMED, key, f"{word} {named}: erklärt, das Gerät nennt nichts.")
        elif _plain(there) not in map(_plain, may_be):
            yield Difference(Weight.CONTRADICTION, key, f"{otherwise}: erklärt {named}, gefunden {there}.")


def _of_abilities(
    asked: tuple[str, ...] | None, own: tuple[str, ...] | None, can: tuple[str, ...], shown: frozenset[str]
) -> Iterator[Difference]:
    """`own`: what the device says that it can; `shown`: what it has just done."""
    if asked is None:
        return
    for word in asked:
        if own is not None and word not in own:
            yield Difference(Weight.CONTRADICTION, "capabilities", f"{word}: erklärt, nicht vorhanden.")
        elif own is None and word not in shown:
            what = f"{word}: erklärt, ob das Gerät das kann, sagt es nicht."
            yield Difference(Weight.UNCONFIRMED, "capabilities", what)
    for word in can if own is None else own:
        if word not in asked:
            yield Difference(Weight.UNDECLARED, "capabilities", f"{word}: vorhanden, nicht erklärt.")


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
