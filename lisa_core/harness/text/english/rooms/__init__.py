"""The English twins of what rooms say without `say`: German values that are translated where they leave (ADR 94)."""

from __future__ import annotations

from lisa_core.equipment.slots.catalogue import FAILS, SLOTS
from lisa_core.harness.text.english import ENGLISH
from lisa_core.harness.text.english.declared import DECLARED
from lisa_core.harness.text.english.rooms.certificate import CERTIFICATE
from lisa_core.harness.text.english.rooms.drivers import DRIVERS
from lisa_core.harness.text.english.rooms.emulated import EMULATED, FAULTS
from lisa_core.harness.text.english.rooms.faults import FAULTS_TOLD
from lisa_core.harness.text.english.rooms.lines import LINES
from lisa_core.harness.text.english.rooms.machine import MACHINE
from lisa_core.harness.text.english.rooms.measuring import MEASURING
from lisa_core.harness.text.english.rooms.profiles import PROFILES
from lisa_core.harness.text.english.rooms.scenarios import NAMES
from lisa_core.harness.text.english.rooms.sessions import SESSIONS
from lisa_core.harness.text.english.rooms.since import SINCE
from lisa_core.harness.text.english.rooms.sitting import SITTING
from lisa_core.harness.text.english.rooms.sources import SOURCES
from lisa_core.harness.text.english.rooms.steps import MEASURES
from lisa_core.harness.text.english.rooms.traces import TRACES
from lisa_core.harness.text.english.rooms.verification import VERIFICATION

SAID_IN_ROOMS: dict[str, str] = {
    **ENGLISH,
    **DECLARED,
    **{slot.title: f"The {DECLARED[slot.noun]}" for slot in SLOTS.values()},
    **MEASURES,
    **FAULTS,
    **{told: f"the {DECLARED[SLOTS[name].noun]} {FAULTS[fault.says]}" for told, (name, fault) in FAILS.items()},
    **CERTIFICATE,
    **VERIFICATION,
    **SITTING,
    **SINCE,
    **SESSIONS,
    **MEASURING,
    **PROFILES,
    **DRIVERS,
    **MACHINE,
    **LINES,
    **TRACES,
    **FAULTS_TOLD,
    **EMULATED,
    **SOURCES,
    **{german: f"{german} ({english})" for german, english in NAMES.items()},
}
"""By the German text as the source has it. A scenario is called as its file calls it, with its English line behind."""
