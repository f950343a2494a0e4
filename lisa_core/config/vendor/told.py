"""What asking the devices of a profile came to, in sentences and as an exit code."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lisa_core.config.vendor.compared import Weight
from lisa_core.config.vendor.probe import Probed
from lisa_core.config.vendor.trouble import Business
from lisa_core.equipment.drivers.link import link_text
from lisa_core.equipment.drivers.whereabouts import whereabouts
from lisa_core.equipment.slots.catalogue import SLOTS
from lisa_core.equipment.slots.origin import Facts, identity_text, origin_of

PASSED, FAILED, UNDECIDED, HARNESS, BAD_INPUT = 0, 1, 2, 3, 4
_CODES = {
    Business.SETUP: BAD_INPUT,
    Business.DRIVER: HARNESS,
    Business.OTHER_DEVICE: FAILED,
    Business.NOT_READY: UNDECIDED,
}
_HEAVIEST = (BAD_INPUT, HARNESS, FAILED, UNDECIDED)
"""As long as something is set up wrongly nothing is known of any device; then what the driver cannot; then the rest."""
_MARKS = {Weight.CONTRADICTION: "Widerspruch", Weight.UNCONFIRMED: "offen", Weight.UNDECLARED: "Hinweis"}


def code_of_all(rows: Sequence[Probed]) -> int:
    """The exit code: 4 something is set up wrongly, 3 a driver is broken, 1 a device is not what is said of it, 2 one
    could not be asked or there was none to ask, else 0."""
    codes = {_code(one) for one in rows}
    return next((code for code in _HEAVIEST if code in codes), PASSED if rows else UNDECIDED)


def _code(one: Probed) -> int:
    if one.trouble is not None:
        return _CODES[one.trouble.kind]
    return FAILED if one.contradictions else PASSED


def lines(rows: Sequence[Probed]) -> Iterator[str]:
    """For people: some lines for each slot, and what follows from all of them."""
    if not rows:
        yield (
            "Kein Gerät ist an eine Adresse gebunden: nichts gefragt. Emulierte und nachgespielte zählen nicht. "
            "Unter [slots....] als binding die Adresse eintragen."
        )
        return
    for one in rows:
        yield f"{SLOTS[one.bound.slot].noun}: {one.bound.driver} an {one.bound.binding}"
        yield from (f"  {line}" for line in _told(one))
    yield _CONCLUSIONS[code_of_all(rows)]


_CONCLUSIONS = {
    PASSED: "Alle Geräte sind da und widersprechen der Erklärung nicht.",
    FAILED: "Erklärung und Gerät widersprechen sich.",
    UNDECIDED: "Nicht jedes Gerät ließ sich fragen. Über diese Geräte ist nichts gesagt.",
    HARNESS: "Ein Treiber ist defekt. Über sein Gerät ist nichts gesagt.",
    BAD_INPUT: "Falsch eingerichtet. Über diese Geräte ist damit nichts gesagt.",
}


def _told(one: Probed) -> Iterator[str]:
    if one.trouble is not None:
        yield from f"{one.trouble.kind.value}: {one.trouble.text}".splitlines()
        return
    yield f"sagt von sich: {identity_text(one.said.identity) or one.said.silence}"
    if one.said.can is not None:
        yield f"kann: {', '.join(one.said.can) or 'nichts Besonderes'}"
    yield f"Weg hin und zurück: {link_text(one.link)}"
    origin, reason = origin_of(_facts(one))
    yield f"Herkunft: {origin.value}{f'. {reason}' if reason else ''}"
    yield from (f"{_MARKS[each.weight]}: {each.text}" for each in one.differences)


def _facts(one: Probed) -> Facts:
    where, found = whereabouts(one.bound.binding)
    return Facts(one.bound.binding, where=where, found=found, identity=one.said.identity, silence=one.said.silence)
