"""How long the ways to devices took before the scenarios and after them, and what that makes of measured times.

A run counts the way as long as it was before it. Where it turned out longer afterwards, or in another sitting, all
that was measured over it gets that much more uncertainty: what was decided may be open then, and never the reverse.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from lisa_core.config.classes.limits import size
from lisa_core.equipment.drivers.link import Link, Links, link_in, link_text
from lisa_core.equipment.slots.catalogue import SLOTS
from lisa_core.harness.certify.retrial import followed
from lisa_core.harness.report.environment import LINK
from lisa_core.harness.report.judgement import judged_again, measured_text
from lisa_core.harness.report.measure import STEP, decide
from lisa_core.harness.report.record import Measurement, RunRecord, ScenarioRecord, StepRecord, Verdict
from lisa_core.harness.report.requirement import Requirement

Rows = tuple[tuple[str, str], ...]
_SLOTS = {one.noun: slot for slot, one in SLOTS.items()}


def before(run: RunRecord) -> Mapping[str, Link]:
    """By slot the way as it was before this run."""
    told = ((name.removeprefix(LINK), link_in(text)) for name, text in run.environment if name.startswith(LINK))
    return {_SLOTS[noun]: link for noun, link in told if link is not None and noun in _SLOTS}


def excess_s(run: RunRecord, runs: Sequence[RunRecord], after: Links) -> float:
    """By how many seconds ways were longer at some time than this run has counted, all together."""
    counted = before(run)
    seen = [*map(before, runs), {slot: one for slot, one in after.items() if isinstance(one, Link)}]
    most = {slot: max(one[slot].delay_s for one in seen if slot in one) for slot in counted}
    return sum(most[slot] - link.delay_s for slot, link in counted.items())


def told(runs: Sequence[RunRecord], after: Links) -> Rows:
    """The lines of the environment that say all of it: before each sitting, after the last, and what counts."""
    rows = []
    for slot, last in after.items():
        name = f"{LINK}{SLOTS[slot].noun}"
        texts = [dict(run.environment).get(name, "nicht gemessen") for run in runs]
        parts = [f"vor der {number}. Sitzung {text}" for number, text in enumerate(texts, 1)]
        parts = [f"vorher {texts[0]}"] if len(texts) == 1 else parts
        links = [link for text in (*texts, link_text(last)) if (link := link_in(text))]
        most = link_text(max(links, key=lambda one: one.p95_ms)) if links else ""
        counts = [f"zur Unsicherheit kommt das Längste: {most}"] if links else []
        rows.append((name, "; ".join([*parts, f"nachher {link_text(last)}", *counts])))
    return tuple(rows)


def with_rows(environment: Rows, rows: Rows) -> Rows:
    """What was said of the ways before, said anew."""
    anew = dict(rows)
    return tuple((name, anew.get(name, text)) for name, text in environment)


def lost_links(runs: Sequence[RunRecord], now: Links) -> Iterator[str]:
    """What is to be said of ways that were timed before a sitting and cannot be timed now."""
    for slot in dict.fromkeys(slot for run in runs for slot in before(run)):
        if isinstance(why := now.get(slot, ""), str):
            yield f"{SLOTS[slot].noun}: Wie lange der Weg jetzt dauert, ließ sich nicht messen. {why}".strip()


def widened(run: RunRecord, more_s: float, asked: Mapping[str, Requirement]) -> RunRecord:
    """The run with so many seconds more in the uncertainty of what was measured over ways, and what follows."""
    if more_s <= 0:
        return run
    more = Decimal(str(round(more_s, 6)))
    scenarios = tuple(_widened(one, more, asked) for one in run.scenarios)
    return replace(run, scenarios=scenarios, requirements=judged_again(run.requirements, scenarios))


def _widened(one: ScenarioRecord, more: Decimal, asked: Mapping[str, Requirement]) -> ScenarioRecord:
    values = tuple(_wider(value, more) for value in one.measurements)
    opened = [(old, new) for old, new in zip(one.measurements, values, strict=True) if new.verdict is not old.verdict]
    wider = replace(one, measurements=values, steps=tuple(_reopened(step, opened) for step in one.steps))
    was, now = followed(one, asked).verdict, followed(wider, asked).verdict
    if was is not one.verdict or now is was:
        return wider  # worse than what follows, for a reason of its own
    return replace(wider, verdict=now, error="\n".join(measured_text(new) for _, new in opened))


def _reopened(step: StepRecord, opened: Sequence[tuple[Measurement, Measurement]]) -> StepRecord:
    """A step that failed because of a value that is open now has not failed any more."""
    for old, new in opened:
        if step.verdict is Verdict.FAILED and measured_text(replace(old, take=1)) in step.error:
            return replace(step, verdict=Verdict.UNDECIDED, error=measured_text(new), trace="")
    return step


def _wider(one: Measurement, more_s: Decimal) -> Measurement:
    if one.limit is None or not one.delay or one.requirement == STEP or one.uncertainty is None:
        return one
    more = more_s / size(one.unit)
    spread = one.uncertainty + more
    verdict = one.verdict if one.verdict is Verdict.UNDECIDED else decide(one.value, spread, one.limit, one.upper)
    return replace(one, delay=one.delay + more, uncertainty=spread, verdict=verdict)
