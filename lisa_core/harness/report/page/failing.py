"""Why a scenario did not pass, in two halves: what the step expected, and what came instead.

The sentences of steps say both in one breath; where they do, it is told apart here. What they say stays whole as well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lisa_core.harness.report.page.words import readable
from lisa_core.harness.report.record import ScenarioRecord, StepRecord, Verdict
from lisa_core.harness.text.language import say

_COMPARED = re.compile(
    r"^(?:gefunden|found): (?P<got>.*?)^(?:erwartet|expected): (?P<expected>.*)", re.DOTALL | re.MULTILINE
)
_LATE = re.compile(r" – (?:nicht innerhalb von|not within) (?P<within>[^.]*? s)\b\.? ?(?P<got>.*)$", re.DOTALL)
_INSTEAD = re.compile(r" – (?:stattdessen|instead): (?P<got>.*)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Failing:
    """What is to be read first of a scenario that did not pass. `step` None: it went wrong beside its steps."""

    step: StepRecord | None
    expected: str
    got: str
    trace: str


def failing(scenario: ScenarioRecord) -> Failing:
    """The step that decided it, and its sentence in two halves."""
    step = next((one for one in scenario.steps if one.error), None)
    if step is None:
        return Failing(None, "", readable(scenario.error), scenario.trace)
    expected, got = halves(step.error)
    return Failing(step, readable(expected or f"{step.keyword} {step.text}"), readable(got), step.trace)


def halves(error: str) -> tuple[str, str]:
    """What was expected ("" where the sentence does not say it), and what was found instead."""
    if compared := _COMPARED.search(error):
        return compared["expected"].strip(), compared["got"].strip()
    if found := _LATE.search(error):
        what = say("{what}, innerhalb von {within}", what=error[: found.start()], within=found["within"])
        return what, found["got"] or say("nichts davon")
    if found := _INSTEAD.search(error):
        return error[: found.start()], found["got"]
    return "", error


def is_open(scenario: ScenarioRecord) -> bool:
    """Whether it has to be looked at: neither passed nor set aside."""
    return scenario.verdict not in (Verdict.PASSED, Verdict.NOT_APPLICABLE)
