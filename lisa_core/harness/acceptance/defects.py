"""Defects (Mängel) as runs saw them: the sentence that was red, and whether a later run shows it mended.

A later pass answers a red sentence only in the same setting, in the same wording, at devices that count, and in another
version, or where somebody wrote down what was done (`abhilfe`): a pass after nothing has changed is a fault that comes
and goes, and mends nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from lisa_core.harness.acceptance.kept import Kept
from lisa_core.harness.acceptance.takes import Take, Takes
from lisa_core.harness.report.equipment import why_uncounted
from lisa_core.harness.report.judgement import measured_text
from lisa_core.harness.report.record import KnownFault, ScenarioRecord, Verdict

BESIDE = "außerhalb der Sätze"
MAX_TOLD = 400
"""Characters of a failure's own words that are kept beside its defect; the run has all of them."""

Key = tuple[str, str]
"""A scenario's id, and the sentence of it that was red."""


class Grade(Enum):
    """How much a defect weighs: the three classes of the EVB-IT contracts, and what turned out to be none."""

    PREVENTS = "betriebsverhindernd"
    HINDERS = "betriebsbehindernd"
    SLIGHT = "leicht"
    NONE = "kein Mangel"


@dataclass(frozen=True, slots=True)
class Seen:
    """One red sentence, and every take in which it was red, the oldest first."""

    key: Key
    takes: tuple[Take, ...]

    @property
    def told(self) -> str:
        """What the oldest take said of it: expected and got."""
        return _red(self.takes[0].scenario)[1]

    @property
    def known(self) -> KnownFault | None:
        """What the newest run that was red had of it among its known faults; it weighs nothing and mends nothing."""
        run = self.takes[-1].run
        red = {one.scenario.id for one in self.takes if one.run is run}
        return next((one for one in run.record.past.known if one.scenario in red), None)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a defect: the run that showed it mended, or why it is open, as a sentence."""

    mended_by: Kept | None = None
    why_open: str = ""


def seen_in(takes: Takes) -> Mapping[Key, Seen]:
    """Every sentence that was red in any of the runs, whatever their version, in the order of the oldest run."""
    found: dict[Key, list[Take]] = {}
    for run in takes.runs:
        for scenario in run.record.scenarios:
            if scenario.verdict is Verdict.FAILED:
                take = Take(run, scenario)
                found.setdefault((take.name, _red(scenario)[0]), []).append(take)
    return {key: Seen(key, tuple(red)) for key, red in found.items()}


def outcome(seen: Seen, takes: Takes, remedy: str) -> Outcome:
    """What became of it in these runs; `remedy` is what somebody wrote down as done about it."""
    history = takes.of[seen.key[0]]
    last = {one.run.conditions: one for one in seen.takes}
    found = [_answered(red, history, remedy) for red in last.values()]
    opened = [one for one in found if one.mended_by is None]
    return opened[0] if opened else max(found, key=_begun)


def _begun(one: Outcome) -> tuple[float, str]:
    run = one.mended_by
    return (run.record.started.timestamp(), run.digest) if run else (0.0, "")


def _answered(red: Take, history: Sequence[Take], remedy: str) -> Outcome:
    """Whether the runs after the last red take in its setting mend it; of the newest of them, every repetition."""
    last = max(number for number, one in enumerate(history) if one.run is red.run)
    later = [one for one in history[last + 1 :] if one.executed]
    same = [one for one in later if one.run.conditions == red.run.conditions]
    if not same:
        elsewhere = any(one.scenario.verdict is Verdict.PASSED for one in later)
        why = "Später nur in anderer Umgebung bestanden." if elsewhere else "Seither nicht noch einmal ausgeführt."
        return Outcome(why_open=why)
    found = [_mends(red, one, remedy) for one in same if one.run is same[-1].run]
    return next((one for one in found if one.mended_by is None), found[-1])


def _mends(red: Take, newer: Take, remedy: str) -> Outcome:
    """Whether this one pass, in the setting of the red take, answers it."""
    verdict = newer.scenario.verdict
    if verdict is Verdict.FAILED:
        return Outcome(why_open="Das Szenario ist später an anderer Stelle nicht bestanden.")
    if verdict is not Verdict.PASSED:
        return Outcome(why_open=f"Später {verdict.value}.")
    if newer.wording != red.wording:
        why = "Das Szenario lautet inzwischen anders; sein neuer Wortlaut prüft diesen Mangel nicht nach."
        return Outcome(why_open=why)
    if why := why_uncounted(newer.scenario):
        return Outcome(why_open=f"Später bestanden, aber: {why}")
    if newer.run.version == red.run.version and not remedy:
        return Outcome(why_open="Ohne neue Fassung bestanden. Unter abhilfe eintragen, was getan wurde.")
    return Outcome(mended_by=newer.run)


def _red(scenario: ScenarioRecord) -> tuple[str, str]:
    """The sentence that failed, and what was said of it."""
    step = next((one for one in scenario.steps if one.verdict is Verdict.FAILED), None)
    if step is not None:
        return f"{step.keyword} {step.text}", _short(step.error)
    limit = next((one for one in scenario.measurements if one.verdict is Verdict.FAILED), None)
    if limit is not None:
        return f"Grenze von {limit.requirement}: {limit.name}", _short(measured_text(limit))
    return BESIDE, _short(scenario.error)


def _short(text: str) -> str:
    whole = " ".join(text.split())
    return whole if len(whole) <= MAX_TOLD else f"{whole[: MAX_TOLD - 2]} …"
