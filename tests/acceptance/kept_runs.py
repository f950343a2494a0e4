"""Runs as they are kept, made of values: real streams of messages in folders, without running anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from lisa_core.config.classes.limits import Limit
from lisa_core.equipment.slots.origin import Origin
from lisa_core.harness.report import messages
from lisa_core.harness.report.judgement import judge, matrix
from lisa_core.harness.report.measure import measured
from lisa_core.harness.report.record import (
    KnownFault,
    Past,
    RunRecord,
    ScenarioRecord,
    SlotRecord,
    SourceText,
    State,
    StepRecord,
    Verdict,
)
from lisa_core.harness.report.requirement import Requirement
from lisa_core.harness.text.naming import repeated
from lisa_core.harness.text.syntax import parse_text

DAY = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
FILE = "empfang.feature"
TEXT = """\
# language: de
Funktionalität: Empfang

  @anf:K.1
  Szenario: Es klingelt
    Wenn jemand eintritt
    Dann klingelt es {how}

  @anf:K.2
  Szenario: Die Tür geht zu
    Wenn jemand eintritt
    Dann ist die Tür zu

  @anf:K.1 @frei:abends
  Szenario: Abends
    Wenn jemand abends eintritt
    Dann klingelt es {how}
"""
RING, DOOR, EVENING = "Es klingelt", "Die Tür geht zu", "Abends"
RINGS = Limit("anruf.klingelt", Decimal(2), "s", upper=True, uncertainty=Decimal("0.1"))
_FILE = Path("eigene.toml")
ASKED = (
    Requirement("K.1", "Es klingelt bald.", "It rings soon.", "Lastenheft 3.1", _FILE, 1, limit=RINGS),
    Requirement("K.2", "Die Tür schließt.", "The door closes.", "Lastenheft 3.2", _FILE, 9),
    Requirement("K.3", "Es gibt Kaffee.", "There is coffee.", "Lastenheft 9", _FILE, 15, "Noch nicht da."),
)


@dataclass(frozen=True)
class Way:
    """How a run went: its verdicts by scenario (passed where nothing is said), and what it ran on."""

    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    day: int = 0
    commit: str = "aaaaaaaaaaaa"
    booth: str = "emulierte Geräte"
    profile: str = "kabine"
    landkreis: str = "uckermark"
    how: str = "bald"
    unselected: Sequence[str] = ()
    ended_after: int | None = None
    """So many scenarios were executed before it was interrupted; None: all."""
    ring_s: float = 1.4
    times: int = 1
    """How often each scenario was repeated."""
    slots: tuple[SlotRecord, ...] = ()
    known: tuple[KnownFault, ...] = ()
    state: State = State.FINISHED


def keep(folder: Path, way: Way) -> Path:
    """A folder with the messages of such a run."""
    folder.mkdir(parents=True)
    run = record(way)
    text = messages.lines(messages.begun(run)) if way.state is State.RUNNING else messages.lines(messages.whole(run))
    (folder / "messages.ndjson").write_text(text, encoding="utf-8")
    return folder


def record(way: Way) -> RunRecord:
    source = SourceText(Path(FILE).absolute(), TEXT.format(how=way.how))
    started = DAY + timedelta(days=way.day)
    plans = [_plan(pickle, source.path) for pickle in parse_text(source.text, FILE).pickles]
    plans = [again for plan in plans if plan.name not in way.unselected for again in _repeated(plan, way.times)]
    known = {one.id: one for one in ASKED}
    ran = plans if way.ended_after is None else plans[: way.ended_after]
    done = [judge(_ran(plan, way, started), known) for plan in ran] + plans[len(ran) :]
    interrupted = State.INTERRUPTED if way.ended_after is not None else way.state
    return RunRecord(
        *(way.profile, "virtual" if way.booth == "Modell" else "real", 0, started, interrupted),
        scenarios=tuple(done),
        environment=tuple(_environment(way).items()),
        requirements=matrix(ASKED, done, mentioned_only=False),
        sources=(source,),
        past=Past(known=way.known),
    )


def _plan(pickle: Mapping, path: Path) -> ScenarioRecord:
    tags = frozenset(tag["name"].removeprefix("@") for tag in pickle["tags"])
    steps = tuple(StepRecord(word, one["text"], 0) for word, one in zip(("Wenn", "Dann"), pickle["steps"], strict=True))
    name = f"{FILE}::{pickle['name']}"
    return ScenarioRecord(name, pickle["name"], "Empfang", path, pickle["location"]["line"], tags, steps)


def _repeated(plan: ScenarioRecord, times: int) -> list[ScenarioRecord]:
    return [replace(plan, name=name, id=f"{FILE}::{name}") for name in repeated(plan.name, times)]


def _ran(plan: ScenarioRecord, way: Way, started: datetime) -> ScenarioRecord:
    verdict = way.verdicts.get(plan.name, Verdict.PASSED)
    told = "gefunden: offen\nerwartet: zu" if verdict is Verdict.FAILED else ""
    steps = (plan.steps[0].ended(Verdict.PASSED, 1), plan.steps[1].ended(verdict, 1, told))
    rings = "anf:K.1" in plan.tags and verdict is Verdict.PASSED
    values = (measured("anruf.klingelt", way.ring_s, "s"),) if rings else ()
    return replace(plan, verdict=verdict, steps=steps, started=started, measurements=values, equipment=way.slots)


def _environment(way: Way) -> dict[str, str]:
    return {
        "Kabine": way.booth,
        "Kennung des Profils": way.profile,
        "Prüfsumme des Profils": "0" * 64,
        "Landkreis": way.landkreis,
        "Standort": "templin",
        "Stand": way.commit,
        "lisa-booth": "0.1.0",
    }


REAL = (SlotRecord("presence", "Präsenzsensor", Origin.REAL, identity="Hi-Link HLK-LD2410", decides=True),)
