"""Certifications of a booth with two devices, one after the other: what a later one leans on, honestly or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from lisa_core.config.classes import CertificationClass, class_of_text
from lisa_core.domain.model.errors import LisaError
from lisa_core.equipment.slots.origin import Origin
from lisa_core.harness.certify import dsse
from lisa_core.harness.certify.bundle import Ingredients
from lisa_core.harness.certify.classes import declared_in, sought_of
from lisa_core.harness.certify.comparison import House
from lisa_core.harness.certify.contents import DECLARATION, LEANING, PAPER, PROGRAM, STREAM, contents_of, place_in_order
from lisa_core.harness.certify.earlier.leaning import Leaning, leaning_as_bytes
from lisa_core.harness.certify.earlier.parts import ProgramParts, parts_as_bytes
from lisa_core.harness.certify.headline import concluded
from lisa_core.harness.certify.make import standing_of
from lisa_core.harness.certify.retrial import tried_again
from lisa_core.harness.certify.since.choice import leaning_on
from lisa_core.harness.certify.since.union import leaned
from lisa_core.harness.certify.statement import Declared, digest, stated, what_follows
from lisa_core.harness.certify.told import check_lines, code_of_check
from lisa_core.harness.certify.trusted.listed import Trust
from lisa_core.harness.certify.verify import Verified, verified
from lisa_core.harness.report import messages
from lisa_core.harness.report.classes.asked import as_requirement
from lisa_core.harness.report.judgement import matrix
from lisa_core.harness.report.record import PAGE, RunRecord, SlotRecord, State, Verdict
from lisa_core.harness.settings import ClockName
from lisa_core.harness.text.naming import unrepeated
from lisa_core.papers.stored_zip import packed
from tests.acceptance.kept_runs import DOOR, EVENING, FILE, RING, TEXT, Way
from tests.certify.made import ELSEWHERE, KEY, PORT, SENSOR, STEPS, TODAY, TRUST, run

CLASS_TEXT = """\
[klasse]
name = "empfang"
version = "2026.1"
titel = "Empfang"
titel_en = "Reception"
gueltig_ab = 2026-11-01
gueltig_bis = 2028-12-31
quelle = "Lastenheft 3"

[[anforderung]]
id = "klingelt"
text = "Es klingelt bald."
text_en = "It rings soon."
quelle = "Lastenheft 3.1"
[anforderung.grenze]
messung = "anruf.klingelt"
hoechstens = 2
einheit = "s"
unsicherheit = 0.1
[anforderung.bezug]
womit = "uhr"
text = "Ab dem Eintreten."

[[anforderung]]
id = "tuer"
text = "Die Tür schließt."
text_en = "The door closes."
quelle = "Lastenheft 3.2"
"""
NAME = "empfang-2026.1"
ABLE = CLASS_TEXT.replace("2026.1", "2026.2").replace(
    "quelle =", 'steckplatz = "presence"\nfaehigkeiten = ["kennung"]\nquelle =', 1
)
"""Another version: the device has to say who it is."""
DOOR_PORT = "tcp://192.0.2.7:502"
PROFILE = f"""\
[profile]
id = "kabine"

[slots.presence]
driver = "hlk-ld2410"
binding = "{PORT}"

[slots.door]
driver = "modbus-io"
binding = "{DOOR_PORT}"
"""
OWN = """\
[[anforderung]]
id = "K.9"
text = "Es gibt Kaffee."
text_en = "There is coffee."
quelle = "Lastenheft 9"
offen = "Noch nicht da."
"""
CONTACT = SlotRecord(
    *("door", "Türkontakt", Origin.REAL, "", "Beispiel DX, Seriennummer 7, Firmware 2", "modbus-io", DOOR_PORT)
)
RINGS, DOORS = (STEPS.replace(":12", line) for line in (":30", ":44"))
PARTS = ProgramParts(
    "a" * 64,
    {"hlk-ld2410": "b" * 64, "modbus-io": "c" * 64, "escl": "d" * 64},
    {STEPS: "e" * 64, RINGS: "f" * 64, DOORS: "9" * 64},
    "0" * 64,
    "Linux",
)
ALL = (RING, DOOR, EVENING)


def named(name: str) -> str:
    return f"{FILE}::{name}"


@dataclass(frozen=True)
class Visit:
    """One certification: on which day, what ran, what hung there, with which program."""

    day: int = 0
    only: Sequence[str] = ALL
    sensor: SlotRecord = replace(SENSOR, driver="hlk-ld2410")
    contact: SlotRecord = CONTACT
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    ring_s: float = 1.4
    text: str = TEXT.format(how="bald")
    profile: str = PROFILE
    class_text: str = CLASS_TEXT
    parts: ProgramParts | None = PARTS
    declared: Declared = ELSEWHERE
    environment: Mapping[str, str] = field(default_factory=dict)
    clock: ClockName = "real"
    tester: str = "Erika Muster"
    times: int = 1
    """How often each scenario was repeated."""
    red: Sequence[str] = ()
    """Repetitions that failed, by their names."""
    shown: bool = True
    """Whether its stream says what hung there."""
    state: State = State.FINISHED
    key: Ed25519PrivateKey = KEY


def told(one: Visit) -> RunRecord:
    """Its run: who comes in is seen by the sensor, the door by its contact."""
    slots = (one.sensor, one.contact)
    found = run(Way(one.verdicts, one.day, ring_s=one.ring_s, slots=slots, times=one.times))
    old, new = ("anf:K.1", "anf:K.2"), ("anf:empfang.klingelt", "anf:empfang.tuer")
    text = one.text.replace(old[0], new[0]).replace(old[1], new[1])
    lines = {line.strip().partition(": ")[2]: number for number, line in enumerate(text.splitlines(), 1)}
    scenarios = []
    for each in found.scenarios:
        plain = unrepeated(each.name)
        if plain not in one.only:
            continue
        tags = frozenset(new[old.index(tag)] if tag in old else tag for tag in each.tags)
        values = tuple(
            replace(value, requirement="empfang.klingelt") if value.limit else value for value in each.measurements
        )
        is_door = plain == DOOR
        slots = (
            replace(one.sensor, decides=not is_door, tester=not is_door),
            replace(one.contact, decides=is_door, tester=is_door),
        )
        places = (STEPS, DOORS if is_door else RINGS)
        steps = tuple(replace(step, definition=place) for step, place in zip(each.steps, places, strict=True))
        equipment = slots if one.shown else ()
        ran = replace(each, tags=tags, measurements=values, equipment=equipment, line=lines[plain], steps=steps)
        if each.name in one.red:
            ran = replace(ran, verdict=Verdict.FAILED, steps=(steps[0], steps[1].ended(Verdict.FAILED, 1, "offen")))
        scenarios.append(ran)
    wanted = class_of(one.class_text)
    known = dict(found.environment) | dict(one.environment)
    return replace(
        found,
        scenarios=tuple(scenarios),
        sources=(replace(found.sources[0], text=text),),
        requirements=matrix([as_requirement(wanted)], scenarios, mentioned_only=False),
        environment=tuple(known.items()),
        tester=one.tester,
        clock=one.clock,
        state=one.state,
    )


def class_of(text: str) -> CertificationClass:
    """The class that this text is, whatever version it says."""
    version = text.partition('version = "')[2].partition('"')[0]
    found, faults = class_of_text(Path(f"empfang-{version}.toml"), text)
    assert found, faults
    return found


def files_of(one: Visit) -> dict[str, bytes]:
    name = f"{class_of(one.class_text).id}.toml"
    found = {
        STREAM: messages.lines(messages.whole(told(one))).encode(),
        "profil/1-kabine.toml": one.profile.encode(),
        "anforderungen/1-eigene.toml": OWN.encode(),
        f"klassen/{name}": one.class_text.encode(),
    }
    return found | ({PROGRAM: parts_as_bytes(one.parts)} if one.parts else {})


@cache
def seen(data: bytes) -> Verified:
    """What is to be said of a bundle by itself; most of these tests look at the same few."""
    return verified(data, HOUSE)


_MADE: dict[str, bytes] = {}


def bundle(one: Visit, leaning: Leaning | bytes | None = None, claimed: Mapping[str, Any] | None = None) -> bytes:
    """Worked out and signed by our own program, nothing checked: by an honest vendor or another."""
    key = repr((one, leaning, claimed))
    if key not in _MADE:
        _MADE[key] = _bundle(one, leaning, claimed)
    return _MADE[key]


def _bundle(one: Visit, leaning: Leaning | bytes | None, claimed: Mapping[str, Any] | None) -> bytes:
    lean = leaning_as_bytes(leaning) if isinstance(leaning, Leaning) else leaning
    made = files_of(one) | ({LEANING: lean} if lean else {})
    made = dict(sorted(made.items(), key=lambda pair: place_in_order(pair[0])))
    contents = contents_of(made)
    (wanted,) = contents.classes.values()
    retrial = tried_again(contents.run, contents.asked)
    sought = declared_in(sought_of(wanted), contents.profile)
    conclusion = concluded(contents.run, retrial.requirements, sought)
    made |= {PAGE: b"-", PAPER: b"-"}
    follows = what_follows(contents.run, retrial, conclusion, sought_of(wanted)) | dict(claimed or {})
    payload = stated(made, follows, one.declared, dsse.raw_of(one.key.public_key()))
    return packed({**made, DECLARATION: dsse.sealed(payload, one.key)})


def held_by(data: bytes, *names: str) -> Leaning:
    """Somebody writes that these scenarios hold by this bundle."""
    identity = seen(data).identity
    return Leaning(tuple((named(name), identity) for name in names))


def honest(one: Visit, *earlier: bytes) -> tuple[bytes, Leaning]:
    """What our program makes of it: the bundle, and on what it leans."""
    before = [seen(data) for data in earlier]
    made_of = leaning_on(Ingredients(files_of(one), one.declared, sought_of(class_of(one.class_text))), before)
    leaning = contents_of(made_of.files).leaning
    return bundle(one, leaning if leaning.held else None), leaning


def judged(data: bytes, *earlier: bytes, trust: Trust | None = TRUST, today: date = TODAY) -> tuple[int, str]:
    """The exit code of `lisa verify --against`, and all that it says."""
    try:
        presented = [seen(one) for one in earlier]
        found = leaned(seen(data), presented, HOUSE)
    except LisaError as error:
        return 4, str(error)
    stands = standing_of(found, presented, trust, today)
    return code_of_check(found, stands), "\n".join(check_lines(found, stands))


def _house() -> House:
    known = {one.id: one for one in map(class_of, (CLASS_TEXT, ABLE))}
    text = told(Visit()).sources[0].text
    return House({}, frozenset({digest(text.encode())}), replace(ELSEWHERE, program="1" * 64), known)


HOUSE = _house()
