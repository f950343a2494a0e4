"""What a slot really held in a run: decided here and nowhere else, from facts, by one pure function.

"Echt" is what nothing speaks against and what has said who it is. That is all that software can know: no program can
prove that what answers at the other end of a wire is a device and no imitation of one (docs/devices.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from lisa_core.domain.model.readings import DeviceIdentity

RECORDING = "replay:"
ADAPTER = "adapter:"
EMULATOR = "emulator"


class Where(Enum):
    """What an address leads to."""

    OUT = "nach draußen"
    PTY = "an einem Pseudoterminal"
    LOOPBACK = "an dieser Maschine"
    VIRTUAL = "an einem Gerät, das ein Programm dieser Maschine spielt"
    FILE = "in einer Datei"
    NOWHERE = "ins Leere"


class Origin(Enum):
    """What a slot held; only `REAL` counts on hardware."""

    MODEL = "Modell"
    EMULATED = "emuliert"
    REPLAYED = "nachgespielt"
    ADAPTER = "über Adapter"
    HERE = "nicht als echt belegt"
    NAMELESS = "ohne Kennung"
    REAL = "echt"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a slot. `joined`: its profile joins an emulated world; `found`: by which path or number the
    address leads `where`; `silence`: why the device has not said who it is."""

    binding: str
    joined: bool = False
    where: Where = Where.OUT
    found: str = ""
    identity: DeviceIdentity = DeviceIdentity()
    silence: str = ""


def origin_of(facts: Facts) -> tuple[Origin, str]:
    """What the slot held, and why that and no more: a sentence, "" where there is nothing to add."""
    if facts.binding == EMULATOR:
        return Origin.EMULATED, ""
    if facts.joined:
        return Origin.EMULATED, "Das Profil tritt einer emulierten Welt bei ([world] join)."
    if facts.binding.startswith(RECORDING):
        return Origin.REPLAYED, "Gespielt wird eine Aufzeichnung."
    if facts.where is Where.FILE:
        return Origin.REPLAYED, f"Der Anschluss endet {Where.FILE.value}."
    if facts.binding.startswith(ADAPTER):
        who = identity_text(facts.identity)
        told = f"Ein Programm nennt es „{who}“" if who else "Ein Programm spricht für das Gerät"
        return Origin.ADAPTER, f"{told}; was dahinter steht, ist von hier nicht zu sehen."
    if facts.where is Where.NOWHERE:
        return Origin.HERE, f"Wohin „{facts.binding}“ führt, war nicht festzustellen."
    if facts.where is not Where.OUT:
        return Origin.HERE, f"Der Anschluss endet {facts.where.value} ({facts.found})."
    if facts.identity == DeviceIdentity():
        return Origin.NAMELESS, facts.silence or "Das Gerät sagt nicht, wer es ist."
    return Origin.REAL, ""


def identity_text(identity: DeviceIdentity) -> str:
    """`Hi-Link HLK-LD2410, Seriennummer 8f:27, Firmware V1.07`; "" for none."""
    name = " ".join(filter(None, (identity.vendor, identity.model)))
    serial = f"Seriennummer {identity.serial}" if identity.serial else ""
    firmware = f"Firmware {identity.firmware}" if identity.firmware else ""
    return ", ".join(filter(None, (name, serial, firmware)))
