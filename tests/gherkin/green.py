"""A run as the shipped features make it: their real scenarios, steps and requirements, invented times and verdicts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

from lisa_core.harness.report.judgement import matrix
from lisa_core.harness.report.record import Measurement, RunRecord, ScenarioRecord, State, StepRecord, Verdict
from lisa_core.harness.report.requirements import load, shipped_folder
from lisa_core.harness.text.syntax import parse_text
from lisa_core.host.data import data_dir

BEGAN = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
SLOW = "Bürgerbüro: Steht die Lampe auf Rot? – nicht innerhalb von 10 s"
ENVIRONMENT = (
    ("Profil", "emulated"),
    ("Uhr", "virtuelle Uhr"),
    ("Kabine", "Modell"),
    ("Fristen (nicht die eines echten Standorts)", "absence_debounce 0,6 s, away_grace 1 s"),
    ("Stand", "0123456789ab"),
)


def run_of(count: int, *, failed: int = 0, language: str = "de") -> RunRecord:
    """So many scenarios, the first `failed` of which did not pass; the shipped ones again and again where need be."""
    scenarios = tuple(_scenarios(count, failed))
    requirements = matrix(load([shipped_folder() or Path()]).known.values(), scenarios, mentioned_only=False)
    return RunRecord(
        *("emulated", "virtual", 7, BEGAN, State.FINISHED, scenarios),
        wall_us=12_300_000,
        environment=ENVIRONMENT,
        requirements=requirements,
        language=language,
        tester="Erika Beispiel",
        place="Bürgerbüro Templin",
        zone="Europe/Berlin",
    )


def _scenarios(count: int, failed: int) -> Iterator[ScenarioRecord]:
    known = _pickles()
    for number in range(count):
        around, (feature, file, pickle) = number // len(known), known[number % len(known)]
        verdict = Verdict.FAILED if number < failed else Verdict.PASSED
        steps = [
            StepRecord("Wenn", one["text"], 10 + at, Verdict.PASSED, 120_000) for at, one in enumerate(pickle["steps"])
        ]
        if verdict is Verdict.FAILED:
            steps[-1] = steps[-1].ended(verdict, 10_000_000, SLOW, "Traceback: AssertionError")
        limit = Measurement(
            *("anruf.klingelt", Decimal("0.4"), "s", Decimal("0.1"), "S0.10", Decimal(2)), verdict=Verdict.PASSED
        )
        tags = frozenset(tag["name"].removeprefix("@") for tag in pickle["tags"])
        yield ScenarioRecord(
            id=f"{number}",
            name=pickle["name"],
            feature=feature if not around else f"{feature} ({around + 1})",
            file=file,
            line=pickle["location"]["line"],
            tags=tags,
            steps=tuple(steps),
            verdict=verdict,
            measurements=(limit,) if "anf:S0.10" in tags else (),
            started=BEGAN + timedelta(seconds=number),
            duration_us=1_240_000,
        )


@cache
def _pickles() -> tuple[tuple[str, Path, dict[str, object]], ...]:
    found = []
    for path in sorted(data_dir("features").rglob("*.feature")):
        syntax = parse_text(path.read_text(encoding="utf-8"), path.name)
        found += [(syntax.tree["feature"]["name"], Path(path.name), dict(pickle)) for pickle in syntax.pickles]
    return tuple(found)
