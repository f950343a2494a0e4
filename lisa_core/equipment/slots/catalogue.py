"""Every table about slots, derived from their declarations in `equipment.slots.devices.Slots`. Nothing here is kept by
hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields
from typing import get_args, get_type_hints

from lisa_core.equipment.slots.declaration import ITSELF, KEY, SILENT, Fault, Slot
from lisa_core.equipment.slots.devices import Slots


def _device(name: str, slot: Slot) -> str:
    return name.replace("_", "-") if slot.device == ITSELF else slot.device


def _slots_of_faults() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, slot in SLOTS.items():
        for fault in slot.faults:
            found[fault.name] = (*found.get(fault.name, ()), name)
    return found


def _protocol(hint: type) -> type:
    """What a slot can do, also one that a booth can do without."""
    found: type = (get_args(hint) or (hint,))[0]
    return found


SLOTS: Mapping[str, Slot] = {field.name: field.metadata[KEY] for field in fields(Slots)}
PROTOCOLS: Mapping[str, type] = {name: _protocol(hint) for name, hint in get_type_hints(Slots).items()}
"""What each slot can do."""
NEEDED: tuple[str, ...] = tuple(field.name for field in fields(Slots) if field.default is MISSING)
"""What no booth is without; every other slot may be missing from a profile."""
DEVICE_OF_SLOT: Mapping[str, str] = {name: device for name, slot in SLOTS.items() if (device := _device(name, slot))}
"""Which emulated device serves a slot: one Modbus unit has the door, the button, the glass and the lamp."""
FAILING: Mapping[str, str] = {
    slot.noun: fault.name for slot in SLOTS.values() for fault in slot.faults if fault.word == SILENT
}
"""What can fail in a scenario, by the word in its sentences: the fault that it is silent."""
MISHAPS: Mapping[str, str] = {kind: name for name, slot in SLOTS.items() for kind in slot.mishaps}
"""What goes wrong with devices in a simulation: the slot that it befalls."""
FAULTS: Mapping[str, Fault] = {fault.name: fault for slot in SLOTS.values() for fault in slot.faults}
"""Every way in which devices fail, by name."""
SLOTS_OF_FAULT: Mapping[str, tuple[str, ...]] = _slots_of_faults()
"""The slots that have a fault, by its name: those that share a device share it."""
_UNPROVOKED: Mapping[str, tuple[str, ...]] = {
    "presence": ("presence.garbled",),
    "scanner": ("scanner.empty",),
    "printer": ("printer.refused",),
    "citizen_camera": ("camera.missing",),
    "document_camera": ("camera.missing",),
    "microphone": ("microphone.missing", "microphone.lost"),
    "loudspeaker": ("loudspeaker.missing",),
    "signature_pad": ("pad.other_model",),
}
"""What devices say as well, and no emulated one does."""
CODES: Mapping[str, frozenset[str]] = {
    name: frozenset(filter(None, (slot.fault, *(fault.code for fault in slot.faults), *_UNPROVOKED.get(name, ()))))
    for name, slot in SLOTS.items()
}
"""The codes of the faults that a device in a slot may have."""
FAILS: Mapping[str, tuple[str, Fault]] = {
    slot.told(fault): (name, fault) for name, slot in SLOTS.items() for fault in slot.faults
}
"""The same by the sentence that says it, with the slot: slots that share a device share faults."""
SILENCES: Mapping[str, str] = {
    fault.name: DEVICE_OF_SLOT[name]
    for name, slot in SLOTS.items()
    for fault in slot.faults
    if fault.word == SILENT and name in DEVICE_OF_SLOT
}
"""The faults that are silence: the emulated device that has it."""
NOTICED_BY: Mapping[str, tuple[str, ...]] = {
    act: tuple(name for name, slot in SLOTS.items() if act in slot.notices)
    for act in sorted({act for slot in SLOTS.values() for act in slot.notices})
}
"""Which slots notice an act of a citizen."""


def fault_of(device: str) -> str:
    """The code of the fault when this emulated device does not answer."""
    return next(slot.fault for name, slot in SLOTS.items() if DEVICE_OF_SLOT.get(name) == device)


def title_of(slot: str, otherwise: str = "Ein Gerät") -> str:
    """How people call what is in this slot, as a sentence begins; a log may name slots that there are no more."""
    return SLOTS[slot].title if slot in SLOTS else otherwise


def titles_of(device: str) -> tuple[str, ...]:
    """How people call what this emulated device plays, without articles."""
    return tuple(SLOTS[name].noun for name, served in DEVICE_OF_SLOT.items() if served == device)
