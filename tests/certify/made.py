"""A run at a real sensor, and what is made of it: an honest bundle, and those of somebody who has the vendor's key."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from lisa_core.config.classes import Demand, class_of_text
from lisa_core.domain.model.errors import LisaError
from lisa_core.equipment.slots.origin import Origin
from lisa_core.harness.certify import dsse
from lisa_core.harness.certify.bundle import Ingredients, drawn
from lisa_core.harness.certify.classes import sought_of
from lisa_core.harness.certify.comparison import House
from lisa_core.harness.certify.contents import DECLARATION, PAPER, STREAM, contents_of, place_in_order
from lisa_core.harness.certify.headline import concluded
from lisa_core.harness.certify.retrial import tried_again
from lisa_core.harness.certify.statement import Declared, digest, stated, what_follows
from lisa_core.harness.certify.told import check_lines, code_of_check
from lisa_core.harness.certify.trusted.listed import Role, Trust, TrustedKey
from lisa_core.harness.certify.trusted.standing import standing
from lisa_core.harness.certify.verify import verified
from lisa_core.harness.report import messages
from lisa_core.harness.report.record import LISTEN, PAGE, Evidence, RunRecord, SlotRecord, StepRecord
from lisa_core.harness.report.requirement import Requirement, requirements_of_text
from lisa_core.harness.tester.panel import ASKED
from lisa_core.papers.stored_zip import packed
from tests.acceptance.kept_runs import TEXT, Way, record

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OFFICE = Ed25519PrivateKey.from_private_bytes(bytes(range(2, 34)))
STRANGER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
PORT = "/dev/serial/by-id/usb-beispiel-0"
SENSOR = SlotRecord(
    *("presence", "Präsenzsensor", Origin.REAL, "", "Beispiel PX-2, Firmware 1.07", "ld2410", PORT),
    decides=True,
    tester=True,
)
PROFILE = f"""\
[profile]
id = "kabine"

[slots.presence]
driver = "ld2410"
binding = "{PORT}"
"""
ASKED_OF = """\
[[anforderung]]
id = "K.1"
text = "Es klingelt bald."
text_en = "It rings soon."
quelle = "Lastenheft 3.1"
[anforderung.grenze]
messung = "anruf.klingelt"
hoechstens = 2
einheit = "s"
unsicherheit = 0.1

[[anforderung]]
id = "K.2"
text = "Die Tür schließt."
text_en = "The door closes."
quelle = "Lastenheft 3.2"
"""
REQUIRED = "anforderungen/1-klasse.toml"
HERE = Declared("0.1.0", "0" * 64, "reportlab 5")
ELSEWHERE = replace(HERE, drawn_with="reportlab 4")
"""Who packed with other libraries: page and paper are not drawn again, which takes most of the time of a check."""
STEPS = "lisa_core/harness/steps/booth.py:12"
CLASS_FILE = """\
[klasse]
name = "praesenzsensor"
version = "2026.1"
titel = "Präsenzsensor"
titel_en = "Presence sensor"
steckplatz = "presence"
gueltig_ab = 2026-11-01
gueltig_bis = 2028-12-31
quelle = "Lastenheft 3"

[[anforderung]]
id = "meldung"
text = "Wer eintritt, wird gemeldet."
text_en = "Whoever enters is reported."
quelle = "Lastenheft 3"
"""
IN_CLASS = "klassen/praesenzsensor-2026.1.toml"
READ_CLASS = class_of_text(Path(IN_CLASS), CLASS_FILE)[0]
assert READ_CLASS
OUR_CLASS = replace(
    READ_CLASS,
    demands=tuple(Demand(name, name, name, "Lastenheft 3", Path(IN_CLASS), 1) for name in ("K.1", "K.2")),
)
"""The class that whoever checks has; it asks for what the scenarios of these tests name."""
CLASS = sought_of(OUR_CLASS)


def required(text: str = ASKED_OF) -> Mapping[str, Requirement]:
    return {one.id: one for one in requirements_of_text(Path("klasse.toml"), text)[0]}


HOUSE = House(required(), frozenset({digest(TEXT.format(how="bald").encode())}), HERE, {CLASS.name: OUR_CLASS})
VENDOR, ACCEPTING = (frozenset({one}) for one in (Role.VENDOR, Role.ACCEPTING))
TRUST = Trust(
    {
        dsse.keyid_of(KEY.public_key()): TrustedKey("Hersteller Beispiel", VENDOR),
        dsse.keyid_of(OFFICE.public_key()): TrustedKey("Landkreis Musterland", ACCEPTING),
    }
)
TODAY = date(2026, 12, 24)


def checked(data: bytes, trust: Trust | None = TRUST, today: date = TODAY) -> tuple[int, str]:
    """The exit code of `lisa verify`, and all that it says."""
    try:
        found = verified(data, HOUSE)
    except LisaError as error:
        return 4, str(error)
    stands = standing(found, trust, today)
    return code_of_check(found, stands), "\n".join(check_lines(found, stands))


def run(way: Way | None = None, **changed: Any) -> RunRecord:
    """A run as it is kept: one scenario after the other, ten seconds apart, with a tester."""
    found = record(way or Way(slots=(SENSOR,)))
    scenarios = []
    for number, one in enumerate(found.scenarios):
        told = f"Durch die Tür gehen.\nerledigt nach {number},5 s, Terminal"
        answer = Evidence(f"aufforderung-{number}.txt", "text/plain", told.encode(), ASKED)
        begun = found.started + timedelta(seconds=10 * number + 1)
        ran = replace(one, started=begun, duration_us=5_000_000, evidence=(answer,)) if one.started else one
        scenarios.append(replace(ran, steps=tuple(map(_defined, ran.steps))))
    whole = replace(found, scenarios=tuple(scenarios), tester="Erika Muster", place="Templin")
    return replace(whole, wall_us=10_000_000 * (len(scenarios) + 1), **changed)


def answered(words: str, *listened: str) -> RunRecord:
    """A run in which each answer came so, with a page on a phone at this place."""
    told = run()
    answer = (Evidence("aufforderung-1.txt", "text/plain", f"Eintreten.\n{words}".encode(), ASKED),)
    told = replace(told, environment=(*told.environment, *((LISTEN, place) for place in listened)))
    return replace(told, scenarios=tuple(replace(one, evidence=answer) for one in told.scenarios))


def _defined(step: StepRecord) -> StepRecord:
    return replace(step, definition=STEPS, pattern=step.text)


def files(told: RunRecord | None = None) -> dict[str, bytes]:
    """What lies in an honest bundle before anything is drawn."""
    return {
        STREAM: messages.lines(messages.whole(told or run())).encode(),
        "profil/1-kabine.toml": PROFILE.encode(),
        REQUIRED: ASKED_OF.encode(),
        IN_CLASS: CLASS_FILE.encode(),
    }


def ingredients(told: RunRecord | None = None) -> Ingredients:
    return Ingredients(files(told), HERE, CLASS)


Stream = list[dict[str, Any]]


def edited(change: Callable[[Stream], Stream | None], told: RunRecord | None = None) -> dict[str, bytes]:
    """The files of a bundle whose stream somebody has changed, message by message."""
    made = files(told)
    stream = [json.loads(line) for line in made[STREAM].decode().splitlines()]
    stream = change(stream) or stream
    return {**made, STREAM: messages.lines(stream).encode()}


def forged(
    made: Mapping[str, bytes], claimed: Mapping[str, Any] | None = None, key: Ed25519PrivateKey = KEY, **also: bytes
) -> bytes:
    """What the cleverest vendor makes: everything worked out and signed by our own program, nothing checked.

    Page and paper are drawn where `also` says another one.
    """
    made = dict(sorted(made.items(), key=lambda one: place_in_order(one[0])))
    contents = contents_of(made)
    retrial = tried_again(contents.run, contents.asked)
    conclusion = concluded(contents.run, retrial.requirements, CLASS)
    papers = drawn(contents, retrial, conclusion, CLASS, digest(made[STREAM])) if also else {PAGE: b"-", PAPER: b"-"}
    made |= {**papers, **also}
    follows = what_follows(contents.run, retrial, conclusion, CLASS) | dict(claimed or {})
    payload = stated(made, follows, HERE if also else ELSEWHERE, dsse.raw_of(key.public_key()))
    return packed({**made, DECLARATION: dsse.sealed(payload, key)})


def body_of(stream: Stream, kind: str, number: int = 0) -> dict[str, Any]:
    """What the message of this kind says, the first or a later one."""
    return [one[kind] for one in stream if kind in one][number]


def details(stream: Stream, number: int, change: Callable[[dict[str, Any]], Any]) -> None:
    """Change what the stream says of one scenario beside its steps."""
    told = [one["attachment"] for one in stream if one.get("attachment", {}).get("mediaType") == messages.SCENARIO_TYPE]
    _inside(told[number], change)


def settings(stream: Stream, change: Callable[[dict[str, Any]], Any], kind: str = messages.RUN_TYPE) -> None:
    """Change what the stream says of the run, or of what came of it."""
    told = next(one["attachment"] for one in stream if one.get("attachment", {}).get("mediaType") == kind)
    _inside(told, change)


def _inside(attachment: dict[str, Any], change: Callable[[dict[str, Any]], Any]) -> None:
    value = json.loads(attachment["body"])
    change(value)
    attachment["body"] = json.dumps(value, ensure_ascii=False)
