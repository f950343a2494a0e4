"""The report as one HTML file that opens offline: everything is inside it. What it says is made in `page`."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from lisa_core.harness.report.equipment import in_a_line, in_full, why_uncounted
from lisa_core.harness.report.judgement import limit_text, measured_text, missing_text, value_text
from lisa_core.harness.report.live_view import SYMBOLS, told_changes
from lisa_core.harness.report.page.compiled import BesideTheTemplate
from lisa_core.harness.report.page.failing import failing, is_open
from lisa_core.harness.report.page.opening import opening
from lisa_core.harness.report.page.seen import FirstPlaces, course, last_said, seen
from lisa_core.harness.report.page.words import column, measure_title, readable, settled
from lisa_core.harness.report.page.written import named, spoken_value, step_written
from lisa_core.harness.report.plot import plots
from lisa_core.harness.report.record import (
    FAULT_PLAN,
    Evidence,
    RunRecord,
    ScenarioRecord,
    State,
    StepRecord,
    Verdict,
    counts,
    duration_text,
    summary_line,
)
from lisa_core.harness.settings import CLOCK_TITLES
from lisa_core.harness.text.findings import shown
from lisa_core.harness.text.language import say, speaking, spoken

_PAGE = Path(__file__).parent / "page"
_TEMPLATE, _SCRIPT = "report.html.jinja", _PAGE / "report.js"
_PICTURES = {"image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml"}
_CLASSES = {
    Verdict.PASSED: "passed",
    Verdict.FAILED: "failed",
    Verdict.UNDECIDED: "undecided",
    Verdict.NOT_CHECKED: "unchecked",
    Verdict.HARNESS: "harness",
    Verdict.NOT_APPLICABLE: "aside",
}
MAX_SHOWN_BYTES = 5_000_000
"""Maximum size of something that the page shows; more is named."""
_GERMAN_ZONES = {"CET": "MEZ", "CEST": "MESZ"}


class HasVerdict(Protocol):
    """Whatever has a verdict: a scenario, a requirement, a measurement."""

    @property
    def verdict(self) -> Verdict: ...


def render(run: RunRecord) -> str:
    """The whole page, in the language of the run."""
    with speaking(run.language):
        return _render(run)


def _render(run: RunRecord) -> str:
    environment = _environment()
    by_id = {scenario.id: scenario for scenario in run.scenarios}
    anchors = {name: f"s{number}" for number, name in enumerate(by_id, start=1)}
    environment.filters |= {
        "anchor": lambda scenario: anchors[scenario.id],
        "moment": partial(moment, zone=run.zone),
        "tested": partial(_tested, run),
        "shown_at": FirstPlaces(run),
        "seen": partial(seen, run),
    }
    judged = [(one, value) for one in run.scenarios for value in one.measurements if value.limit is not None]
    script = _SCRIPT.read_text(encoding="utf-8")
    return environment.get_template(_TEMPLATE).render(
        run=run,
        opening=opening(run),
        clock=CLOCK_TITLES[run.clock],
        booth=dict(run.environment).get("Kabine", ""),
        plan=dict(run.environment).get(FAULT_PLAN, ""),
        summary=summary_line(run),
        counts=counts(run),
        aside=[one for one in run.scenarios if one.verdict is Verdict.NOT_APPLICABLE],
        features=_by_feature(run),
        open=list(filter(is_open, run.scenarios)),
        judged=judged,
        plots=plots([value for _, value in judged]),
        by_id=by_id,
        complete=run.state is State.FINISHED,
        script=script,
        script_digest=_digest(script),
    )


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_PAGE),
        autoescape=lambda name: not name.endswith(".css"),  # type: ignore[union-attr]  # every template has a name
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=BesideTheTemplate(__file__),
        finalize=spoken_value,
    )
    environment.filters |= _FILTERS
    environment.tests["open"] = is_open
    environment.globals["say"] = say
    return environment


def _digest(script: str) -> str:
    """What the page's policy names: this script runs, and no other."""
    return f"sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}"


def data_uri(evidence: Evidence) -> str:
    """The bytes inside the page. An SVG is shown as an image, where no script of it runs."""
    media_type = re.sub(r"[^\w.+/-].*", "", evidence.media_type)
    return f"data:{media_type};base64,{base64.b64encode(evidence.data).decode()}"


def moment(at: datetime, zone: str = "") -> str:
    """`29.11.2026, 14:03 Uhr (MEZ)`, by the clocks of the place that was tested."""
    here = at.astimezone(ZoneInfo(zone)) if zone else at
    name = here.tzname() or ""
    if spoken() == "en":
        return f"{here:%Y-%m-%d, %H:%M} ({name})"
    return f"{here:%d.%m.%Y, %H:%M} Uhr ({_GERMAN_ZONES.get(name, name)})"


def day(iso: str) -> str:
    """`2026-12-24` as people write it."""
    return iso if spoken() == "en" else ".".join(reversed(iso.split("-")))


def tally(things: Iterable[HasVerdict]) -> str:
    """`5 bestanden, 1 nicht bestanden`."""
    counted = Counter(one.verdict for one in things)
    return ", ".join(f"{counted[verdict]} {say(verdict.value)}" for verdict in Verdict if counted[verdict])


def _took(step: StepRecord) -> str:
    if step.verdict in (Verdict.NOT_CHECKED, Verdict.NOT_APPLICABLE):
        return say(step.verdict.value)
    time = duration_text(step.duration_us)
    return time if step.verdict is Verdict.PASSED else f"{say(step.verdict.value)} · {time}"


def _in_one(text: str) -> str:
    """Not broken between a number and its unit."""
    return re.sub(r"(?<=\d) (?=\S)", "\N{NO-BREAK SPACE}", text)


def _tested(run: RunRecord, scenario: ScenarioRecord) -> str:
    """When, by whom, where and with what this scenario was tested, in a line."""
    if scenario.started is None:
        return say("Nicht gelaufen.")
    by = say("durch {name}", name=run.tester) if run.tester else ""
    return " · ".join(filter(None, (moment(scenario.started, run.zone), by, run.place, _with_what(run, scenario))))


def _with_what(run: RunRecord, scenario: ScenarioRecord) -> str:
    if scenario.equipment:
        return in_a_line(scenario.equipment)
    return say("Modell, kein Gerät") if run.clock == "virtual" else say("alle Geräte emuliert, von diesem Lauf selbst")


def _by_feature(run: RunRecord) -> Mapping[str, list[ScenarioRecord]]:
    features: dict[str, list[ScenarioRecord]] = {}
    for scenario in run.scenarios:
        features.setdefault(scenario.feature, []).append(scenario)
    return features


_FILTERS: dict[str, Callable[..., object]] = {
    "duration": lambda time_us: _in_one(duration_text(time_us)),
    "told_changes": told_changes,
    "measured": measured_text,
    "measure_title": measure_title,
    "readable": readable,
    "column": column,
    "named": named,
    "in_run_language": spoken_value,
    "step_written": step_written,
    "settled": lambda value, name: settled(name, value),
    "value": lambda one: _in_one(value_text(one)),
    "limit": lambda one: _in_one(limit_text(one)),
    "slots": in_a_line,
    "in_full": in_full,
    "uncounted": lambda scenario: why_uncounted(scenario) if scenario.verdict is Verdict.PASSED else "",
    "missing": missing_text,
    "kind": _CLASSES.__getitem__,
    "mark": lambda verdict: SYMBOLS[verdict][0],
    "file": lambda scenario: shown(scenario.file),
    "place": lambda scenario: f"{shown(scenario.file)}:{scenario.line}",
    "tally": tally,
    "day": day,
    "took": _took,
    "failing": failing,
    "course": course,
    "last_said": last_said,
    "data_uri": data_uri,
    "too_large": lambda evidence: len(evidence.data) // 1_000_000 if len(evidence.data) > MAX_SHOWN_BYTES else 0,
    "is_picture": lambda evidence: evidence.media_type in _PICTURES,
    "is_text": lambda evidence: evidence.media_type.partition(";")[0] in {"text/plain", "application/json"},
    "as_text": lambda evidence: evidence.data.decode("utf-8", "replace"),
}
