"""What is shown of a scenario: pictures of its last moment, what its steps kept, and what was said until then."""

from __future__ import annotations

import hashlib

from lisa_core.harness.report.page.failing import is_open
from lisa_core.harness.report.pictures.course import Band, drawn, seconds, together
from lisa_core.harness.report.pictures.moment import STEP, Developed, Utterance
from lisa_core.harness.report.pictures.spoken import who, words_of
from lisa_core.harness.report.record import Evidence, RunRecord, ScenarioRecord
from lisa_core.harness.text.language import say

LAST = 8
"""How much of what was said before a failure stands beside it."""

BESIDE = frozenset(
    {"desk.state", "desk.unstaffed", "call.staffed", "case.camera", "case.card", "case.leaflet.shown", "welcome", STEP}
)
"""What is said all the time, and says nothing about what went wrong."""


def seen(run: RunRecord, scenario: ScenarioRecord, first: bool) -> list[Evidence]:
    """What is shown at once of a scenario that did not pass, and what with its steps."""
    drawn = [_drawn(one, scenario) for one in run.pictures if one.scenario == scenario.id]
    if is_open(scenario):
        return drawn if first else list(scenario.evidence)
    return [*drawn, *scenario.evidence]


def _drawn(one: Developed, scenario: ScenarioRecord) -> Evidence:
    """A picture of the moment, with what it shows."""
    desk = scenario.moment.desk.name if scenario.moment and scenario.moment.desk else ""
    captions = {
        "screen": say("Bildschirm der Bürgerin in diesem Moment"),
        "desk": say("Arbeitsplatz in diesem Moment: {name}", name=desk),
    }
    return Evidence(one.what, "image/jpeg", one.jpeg, captions[one.what])


def _bands(scenario: ScenarioRecord) -> list[Band]:
    """The steps, in their order."""
    return [Band(f"{step.keyword} {step.text}", bool(step.error)) for step in scenario.steps]


def course(scenario: ScenarioRecord) -> str:
    """The sequence picture of what the scenario has kept; "" for nothing."""
    said = scenario.moment.course if scenario.moment else ()
    return drawn(said, _bands(scenario), say("Sequenzbild: {name}", name=scenario.name))


def last_said(scenario: ScenarioRecord) -> list[tuple[str, str]]:
    """The last things that were said before it failed: when, and who said what to whom."""
    course = scenario.moment.course if scenario.moment else ()
    said = list(together(one for one in course if one.name not in BESIDE))[-LAST:]
    return [(seconds(one.at_us), _told(one, count)) for one, count in said]


def _told(one: Utterance, count: int) -> str:
    what = words_of(one.name, one.detail) + (f" ×{count}" if count > 1 else "")
    return say("{sender} an {receiver}: {what}", sender=who(one.sender), receiver=who(one.receiver), what=what)


class FirstPlaces:
    """Where a picture stands that is the same as this one: it is in the page once."""

    def __init__(self, run: RunRecord) -> None:
        self._first: dict[bytes, ScenarioRecord] = {}
        for scenario in sorted(run.scenarios, key=lambda one: not is_open(one)):
            for evidence in scenario.evidence:
                self._first.setdefault(hashlib.sha256(evidence.data).digest(), scenario)

    def __call__(self, evidence: Evidence, scenario: ScenarioRecord) -> ScenarioRecord | None:
        first = self._first.get(hashlib.sha256(evidence.data).digest(), scenario)
        return None if first.id == scenario.id else first
