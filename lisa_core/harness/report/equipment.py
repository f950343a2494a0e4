"""The slots of a run in records and in words: what each held, and what follows from that on real equipment."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, replace
from pathlib import Path

from lisa_core.config.drivers import EMULATOR, driver
from lisa_core.config.profile import Profile, SlotBinding
from lisa_core.config.toml import read_toml
from lisa_core.domain.model.errors import LisaError
from lisa_core.domain.model.json_types import JsonDict
from lisa_core.equipment.drivers.identity import Said
from lisa_core.equipment.drivers.whereabouts import whereabouts
from lisa_core.equipment.slots.catalogue import SLOTS
from lisa_core.equipment.slots.origin import Facts, Origin, identity_text, origin_of
from lisa_core.harness.report.record import ScenarioRecord, SlotRecord, Verdict
from lisa_core.harness.text.language import say

_NO_DEVICE = frozenset({Origin.MODEL, Origin.EMULATED})
STAGE = "stufe:hardware"
BY_HAND = "manuell"


def slot_records(profile: Profile, said: Mapping[str, Said]) -> tuple[SlotRecord, ...]:
    """What each slot of this profile holds; asks the system, and for names of computers the network."""
    return tuple(_record(profile, bound, said.get(bound.slot, Said())) for bound in profile.slots.values())


def _record(profile: Profile, bound: SlotBinding, said: Said) -> SlotRecord:
    facts = Facts(bound.binding, bool(profile.join), identity=said.identity, silence=said.silence)
    if bound.binding != EMULATOR:
        where, found = whereabouts(bound.binding)
        facts = replace(facts, where=where, found=found)
    origin, reason = origin_of(facts)
    options = ", ".join(f"{name} = {json.dumps(value)}" for name, value in bound.told.items())
    return SlotRecord(
        bound.slot,
        SLOTS[bound.slot].noun,
        origin,
        reason,
        identity_text(said.identity),
        bound.driver,
        bound.binding,
        options,
    )


def is_on_hardware(slots: Iterable[SlotRecord]) -> bool:
    """Whether any slot was bound to something that is not an emulated device, whatever it turned out to be."""
    return any(one.origin not in _NO_DEVICE for one in slots)


def why_uncounted(scenario: ScenarioRecord) -> str:
    """Why a pass of this scenario shows nothing about hardware, as a sentence; "" where it counts."""
    if not is_on_hardware(scenario.equipment):
        return ""
    deciding = [one for one in scenario.equipment if one.decides]
    if not deciding and BY_HAND in scenario.tags:
        return ""  # somebody measured the booth itself
    if not deciding:
        return say("„{name}“ entscheidet sich an keinem Gerät.", name=scenario.name)
    if unreal := [one for one in deciding if one.origin is not Origin.REAL]:
        slots = ", ".join(f"{one.title}: {say(one.origin.value)}" for one in unreal)
        return say("„{name}“ zählt an echten Geräten nicht ({slots}).", name=scenario.name, slots=slots)
    return ""


def honest(scenario: ScenarioRecord, losses: tuple[str, ...] = ()) -> ScenarioRecord:
    """The verdict as far as the equipment bears it: with a device lost, or at @stufe:hardware not all of it real,
    nothing was checked; a fault of the harness remains one."""
    unreal = why_uncounted(scenario) if STAGE in scenario.tags and scenario.verdict is Verdict.PASSED else ""
    if (not losses and not unreal) or scenario.verdict is Verdict.HARNESS:
        return scenario
    told = "\n".join((scenario.error, *(step.error for step in scenario.steps)))
    reasons = (scenario.error, *(loss for loss in losses if loss not in told), unreal)
    error = "\n".join(filter(None, reasons))
    return replace(scenario, verdict=Verdict.NOT_CHECKED, error=error, losses=losses)


def opens_nothing(bound: SlotBinding) -> bool:
    """Whether the booth itself serves this slot: then it is program, and no device decides."""
    return bound.binding == EMULATOR and driver(bound.driver).opened is None


def in_a_line(slots: Sequence[SlotRecord]) -> str:
    """`Präsenzsensor: echt (Hi-Link HLK-LD2410, Firmware V1.07); alles andere emuliert`."""
    told = [f"{one.title}: {_told(one)}" for one in slots if one.binding != EMULATOR]
    rest = len(told) < len(slots)
    return "; ".join([*told, *([say("alles andere emuliert")] if rest else [])])


def _told(one: SlotRecord) -> str:
    more = one.identity if one.origin is Origin.REAL else one.reason.rstrip(".")
    return f"{say(one.origin.value)} ({more})" if more else say(one.origin.value)


def in_full(one: SlotRecord) -> str:
    """All there is to say about a bound slot: origin, identity, reason, driver, address, options."""
    parts = (
        one.origin.value,
        "entscheidet" if one.decides else "",
        "durch die Prüferin bedient oder angesehen" if one.tester else "",
        one.identity,
        one.reason,
        " ".join(filter(None, (one.driver, "an" if one.binding else "", one.binding))),
        one.options,
    )
    return " · ".join(filter(None, parts))


def profile_digest(profile: Profile) -> str:
    """SHA-256 over what the profile comes to, with all that it extends: the same for the same equipment and waits.

    Of a Landkreis file of one's own counts what it says, and not where it lies.
    """
    slots = {name: [bound.driver, bound.binding, dict(bound.told)] for name, bound in profile.slots.items()}
    values = [profile.id, _landkreis(profile), profile.site, slots, dict(profile.deadlines_set), profile.join]
    limits = [[str(part) for part in astuple(one)] for _, one in sorted(profile.limits.items())]
    whole = [*values, limits] if limits else values
    text = json.dumps(whole, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _landkreis(profile: Profile) -> str | JsonDict:
    """The name of a shipped one, or what a file says: blanks and comments are no difference."""
    if not profile.landkreis.endswith(".toml"):
        return profile.landkreis
    try:
        return read_toml(Path(profile.landkreis))
    except LisaError:
        return Path(profile.landkreis).name  # told where it is loaded
