"""What `lisa profile probe` tells, in text and in JSON, and with which exit code it ends."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime

import click

from lisa_core.config.profile import Profile, load_profile
from lisa_core.config.vendor.asked import answers_of, write_answers
from lisa_core.config.vendor.compared import Weight
from lisa_core.config.vendor.probe import Probed, probed
from lisa_core.config.vendor.trouble import Business
from lisa_core.domain.model.errors import LisaError
from lisa_core.domain.model.json_types import JsonDict
from lisa_core.equipment.drivers.link import Link
from lisa_core.equipment.drivers.whereabouts import whereabouts
from lisa_core.equipment.slots.catalogue import SLOTS
from lisa_core.equipment.slots.origin import Facts, identity_text, origin_of
from lisa_core.host.machine import tell
from lisa_core.host.printable import printable
from lisa_core.host.program import code_of, run_program

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


def probe_profile(name: str, form: str, *, write: bool) -> int:
    """Ask the devices of this profile, tell what came of it, and with `write` write it down; the exit code."""
    try:
        profile = load_profile(name)
    except LisaError as error:
        tell(str(error))
        return code_of(error)
    rows: list[Probed] = []

    async def ask() -> None:
        rows.extend(await probed(profile))

    if code := run_program(ask()):
        return code
    if form == "text":
        click.echo(printable("\n".join(lines(rows))))
    try:
        written = (
            write_answers(profile.path, answers_of(profile.path, rows), datetime.now().astimezone().date())
            if write
            else ()
        )
    except LisaError as error:
        tell(str(error))
        return code_of(error)
    if form == "json":
        click.echo(as_json(profile, rows, written))
    elif write:
        what = f"eingetragen: {', '.join(written)}" if written else "nichts Neues einzutragen"
        click.echo(printable(f"{profile.path}: {what}."))
    return code_of_all(rows)


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
    if isinstance(one.link, Link):
        times = f"Median {_ms(one.link.median_ms)}, 95 % in {_ms(one.link.p95_ms)}"
        yield f"Weg hin und zurück: {times} ({one.link.rounds} mal gefragt)"
    else:
        yield f"Weg hin und zurück: nicht gemessen. {one.link}"
    origin, reason = origin_of(_facts(one))
    yield f"Herkunft: {origin.value}{f'. {reason}' if reason else ''}"
    yield from (f"{_MARKS[each.weight]}: {each.text}" for each in one.differences)


def _facts(one: Probed) -> Facts:
    where, found = whereabouts(one.bound.binding)
    return Facts(one.bound.binding, where=where, found=found, identity=one.said.identity, silence=one.said.silence)


def _ms(value: float) -> str:
    return f"{value:.1f} ms".replace(".", ",")


def as_json(profile: Profile, rows: Sequence[Probed], written: Sequence[str]) -> str:
    """For programs: the same as values."""
    slots = [_as_values(one) for one in rows]
    return json.dumps(
        {"profile": str(profile.path), "exit": code_of_all(rows), "slots": slots, "written": list(written)},
        ensure_ascii=False,
        indent=2,
    )


def _as_values(one: Probed) -> JsonDict:
    identity = one.said.identity
    return {
        "slot": one.bound.slot,
        "driver": one.bound.driver,
        "binding": one.bound.binding,
        "trouble": None if one.trouble is None else {"kind": one.trouble.kind.name, "text": one.trouble.text},
        "identity": {key: getattr(identity, key) for key in ("vendor", "model", "serial", "firmware")},
        "silence": one.said.silence,
        "can": None if one.said.can is None else list(one.said.can),
        "link": asdict(one.link) if isinstance(one.link, Link) else None,
        "differences": [{"weight": each.weight.name, "key": each.key, "text": each.text} for each in one.differences],
    }
