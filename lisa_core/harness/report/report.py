"""The report as one HTML file that opens offline: everything is inside it."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from lisa_core.harness.report.equipment import in_a_line, in_full, why_uncounted
from lisa_core.harness.report.judgement import limit_text, measured_text, missing_text, value_text
from lisa_core.harness.report.live_view import SYMBOLS
from lisa_core.harness.report.plot import plots
from lisa_core.harness.report.record import (
    FAULT_PLAN,
    Evidence,
    RunRecord,
    ScenarioRecord,
    State,
    Verdict,
    brief_line,
    counts,
    duration_text,
    summary_line,
)
from lisa_core.harness.text.findings import shown

_TEMPLATE = "report.html.jinja"
_PICTURES = {"image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml"}
_CLASSES = {
    Verdict.PASSED: "passed",
    Verdict.FAILED: "failed",
    Verdict.UNDECIDED: "undecided",
    Verdict.NOT_CHECKED: "unchecked",
    Verdict.HARNESS: "harness",
    Verdict.NOT_APPLICABLE: "aside",
}


def render(run: RunRecord) -> str:
    """The whole page."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=lambda name: name != "report.css",
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    by_id = {scenario.id: scenario for scenario in run.scenarios}
    anchors = {name: f"s{number}" for number, name in enumerate(by_id, start=1)}
    environment.filters |= _FILTERS | {"anchor": lambda scenario: anchors[scenario.id]}
    judged = [(one, value) for one in run.scenarios for value in one.measurements if value.limit is not None]
    return environment.get_template(_TEMPLATE).render(
        run=run,
        booth=dict(run.environment).get("Kabine", ""),
        plan=dict(run.environment).get(FAULT_PLAN, ""),
        summary=summary_line(run),
        brief=brief_line(run),
        counts=counts(run),
        features=_by_feature(run),
        open=[one for one in run.scenarios if one.verdict not in (Verdict.PASSED, Verdict.NOT_APPLICABLE)],
        judged=judged,
        plots=plots([value for _, value in judged]),
        by_id=by_id,
        complete=run.state is State.FINISHED,
        passed=run.state is State.FINISHED and not run.faults and _all_passed(run),
    )


def data_uri(evidence: Evidence) -> str:
    """The bytes inside the page. An SVG is shown as an image, where no script of it runs."""
    media_type = re.sub(r"[^\w.+/-].*", "", evidence.media_type)
    return f"data:{media_type};base64,{base64.b64encode(evidence.data).decode()}"


_FILTERS: dict[str, Callable[..., object]] = {
    "duration": duration_text,
    "measured": measured_text,
    "value": value_text,
    "limit": limit_text,
    "slots": in_a_line,
    "in_full": in_full,
    "uncounted": lambda scenario: why_uncounted(scenario) if scenario.verdict is Verdict.PASSED else "",
    "missing": missing_text,
    "kind": _CLASSES.__getitem__,
    "mark": lambda verdict: SYMBOLS[verdict][0],
    "place": lambda scenario: f"{shown(scenario.file)}:{scenario.line}",
    "data_uri": data_uri,
    "is_picture": lambda evidence: evidence.media_type in _PICTURES,
    "is_text": lambda evidence: evidence.media_type.partition(";")[0] in {"text/plain", "application/json"},
    "as_text": lambda evidence: evidence.data.decode("utf-8", "replace"),
}


def _by_feature(run: RunRecord) -> dict[str, list[ScenarioRecord]]:
    features: dict[str, list[ScenarioRecord]] = {}
    for scenario in run.scenarios:
        features.setdefault(scenario.feature, []).append(scenario)
    return features


def _all_passed(run: RunRecord) -> bool:
    verdicts = set(counts(run))
    return Verdict.PASSED in verdicts and verdicts <= {Verdict.PASSED, Verdict.NOT_APPLICABLE}
