"""Every verdict of a run once more, from what its messages hold: steps, values, limits, equipment; and what differs.

The rules are those of the run itself (`report.judgement`, `report.equipment`); limits are handed in, so that whoever
checks may hold values against his own. What a run says of itself may be worse than what follows, where it says why
(something failed outside the steps); it may never be better.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from lisa_core.config.classes.limits import Limit
from lisa_core.harness.report.equipment import honest
from lisa_core.harness.report.judgement import decided, judge, limit_text, matrix, value_text
from lisa_core.harness.report.measure import STEP
from lisa_core.harness.report.record import (
    Measurement,
    RequirementRecord,
    RunRecord,
    ScenarioRecord,
    State,
    Verdict,
    worst,
)
from lisa_core.harness.report.requirement import Part, Requirement, owner
from lisa_core.harness.text.language import speaking
from lisa_core.harness.text.tags import requirements_of

_NARROWING = ("manuell", "stufe:", "braucht:")
"""Only a scenario with such a tag can be "nicht anwendbar" (`settings.why_not_applicable`)."""


@dataclass(frozen=True, slots=True)
class Retrial:
    """The verdicts that follow: `scenarios` in the order of the run, `requirements` those that a scenario names.

    `faults` has a sentence for each verdict, limit or value that does not fit the rest.
    """

    scenarios: tuple[ScenarioRecord, ...]
    requirements: tuple[RequirementRecord, ...]
    faults: tuple[str, ...]


def tried_again(run: RunRecord, asked: Mapping[str, Requirement]) -> Retrial:
    """All verdicts of this run, in its language; `asked` are the requirements, by id, that it is held against."""
    with speaking(run.language):
        return _tried_again(run, asked)


def _tried_again(run: RunRecord, asked: Mapping[str, Requirement]) -> Retrial:
    faults: list[str] = []
    scenarios = tuple(_again(one, asked, faults) for one in run.scenarios)
    requirements = matrix(asked.values(), scenarios, mentioned_only=True)
    stated = {one.id: one.verdict for one in run.requirements}
    for one in requirements if stated or run.state is State.FINISHED else ():
        if one.id not in stated:
            faults.append(f"Die Anforderung {one.id} fehlt unter den Ergebnissen des Laufs.")
        elif stated[one.id] is not one.verdict:
            faults.append(_differs(f"Anforderung {one.id}", stated[one.id], one.verdict))
    return Retrial(scenarios, requirements, tuple(faults))


def _again(stated: ScenarioRecord, asked: Mapping[str, Requirement], faults: list[str]) -> ScenarioRecord:
    faults += (f"„{stated.name}“: {fault}" for fault in _unsound(stated, asked))
    if stated.started is None:
        return stated
    follows = followed(stated, asked)
    faults += (f"„{stated.name}“: {fault}" for fault in _values(stated, follows))
    verdict = worst([follows.verdict, stated.verdict])
    says_why = bool(stated.error or stated.reason)
    if verdict is not stated.verdict or (stated.verdict is not follows.verdict and not says_why):
        faults.append(_differs(f"„{stated.name}“", stated.verdict, follows.verdict))
    return replace(stated, verdict=verdict)


def followed(stated: ScenarioRecord, asked: Mapping[str, Requirement]) -> ScenarioRecord:
    """What comes of its steps, its values and its equipment, by the rules of a run."""
    asked = _tightened(stated, asked)
    last = max((one.take for one in stated.measurements), default=1)
    bare = replace(stated, error="", reason="", measurements=())
    takes = []
    for take in range(1, last + 1):
        ended = worst([step.verdict for step in stated.steps]) if take == last else Verdict.UNDECIDED
        values = tuple(dict.fromkeys(_raw(one) for one in stated.measurements if one.take == take))
        takes.append(judge(replace(bare, verdict=ended, measurements=values), asked, beside=take != last))
    return decided([*takes[:-1], honest(takes[-1], stated.losses)])


def _values(stated: ScenarioRecord, follows: ScenarioRecord) -> Iterator[str]:
    """Each value that was held against a limit, and the verdict that follows for it."""
    anew = {(one.requirement, one.name, one.value, one.take): one for one in follows.measurements}
    for one in stated.measurements:
        found = anew.get((one.requirement, one.name, one.value, one.take))
        if one.limit is not None and found is not None and found.verdict is not one.verdict:
            differs = _differs(f"Der Messwert „{one.name}“", one.verdict, found.verdict)
            yield f"{differs[:-1]} ({_rule(found)})."


def _rule(one: Measurement) -> str:
    """By which rule a value is judged: `probe.meldung: 2,1 ± 0,2 s, höchstens 3 s, Schutzband`."""
    return f"{one.requirement}: {value_text(one)}, {limit_text(one)}, Schutzband"


def _raw(one: Measurement) -> Measurement:
    """A value before it was held against any limit, and before the delay of lines entered its U; that of a step itself
    keeps its own."""
    if one.requirement == STEP:
        return one
    own = one.uncertainty
    if own is not None and one.limit is not None:
        own = max(own - one.delay, Decimal(0))
    return replace(one, requirement="", limit=None, verdict=Verdict.NOT_CHECKED, uncertainty=own)


def _unsound(one: ScenarioRecord, asked: Mapping[str, Requirement]) -> Iterator[str]:
    """What does not fit in one scenario as it is told, whatever its verdict."""
    if one.started is None and one.verdict is Verdict.NOT_APPLICABLE:
        if not any(tag.startswith(_NARROWING) for tag in one.tags):
            yield "steht als nicht anwendbar da und hat kein Tag, nach dem es das sein könnte."
    elif one.started is None and one.verdict is not Verdict.NOT_CHECKED:
        yield f"ist nicht gelaufen und steht als „{one.verdict.value}“ da."
    if one.started is not None and one.verdict is Verdict.NOT_APPLICABLE:
        yield "ist gelaufen und steht als nicht anwendbar da."
    for step in one.steps:
        if step.verdict is Verdict.PASSED and (step.error or step.trace):
            yield f"Der Schritt „{step.text}“ ist bestanden und hat doch einen Fehler."
    for name in requirements_of(one.tags):
        if owner(name, asked) is None:
            yield f"Zur Anforderung {name} gibt es keinen Text: was sie verlangt, lässt sich nicht nachrechnen."
    for value in one.measurements:
        if value.requirement == STEP:
            if value.verdict is not Verdict.UNDECIDED:
                yield f"Der Messwert „{value.name}“ eines Schritts kann nur nicht entscheidbar sein."
        elif value.limit is not None:
            yield from _unlimited(value, _limit_of(value, one, asked))


def _unlimited(value: Measurement, limit: Limit | None) -> Iterator[str]:
    if limit is None:
        yield f"„{value.name}“ hat eine Grenze von {value.requirement}, die keine Anforderung des Szenarios setzt."
    elif value.upper is not limit.upper or value.unit != limit.unit or _is_laxer(value, limit):
        word = "höchstens" if limit.upper else "mindestens"
        stated = f"{value.limit} {value.unit}"
        asked = f"{value.requirement} verlangt {word} {limit.value} {limit.unit}"
        yield f"„{value.name}“ ist an {stated} gemessen; {asked}."


def _limit_of(value: Measurement, one: ScenarioRecord, asked: Mapping[str, Requirement]) -> Limit | None:
    named = [(name, owner(name, asked)) for name in requirements_of(one.tags)]
    limits = (pair for name, found in named if found is not None for pair in found.limits(name))
    wanted = (value.requirement, value.name)
    return next((limit for name, limit in limits if (name, limit.measurement) == wanted), None)


def _is_laxer(value: Measurement, limit: Limit) -> bool:
    assert value.limit is not None
    return value.limit > limit.value if limit.upper else value.limit < limit.value


def _tightened(one: ScenarioRecord, asked: Mapping[str, Requirement]) -> Mapping[str, Requirement]:
    """The same requirements with the tighter limits that a profile set for this scenario, where it did."""
    tighter: dict[str, Limit] = {}
    for value in one.measurements:
        limit = _limit_of(value, one, asked) if value.limit is not None else None
        if limit is not None and value.limit is not None and not _is_laxer(value, limit) and value.limit != limit.value:
            tighter[value.requirement] = replace(limit, value=value.limit)
    if not tighter:
        return asked
    return {name: _with_limits(found, tighter) for name, found in asked.items()}


def _with_limits(one: Requirement, limits: Mapping[str, Limit]) -> Requirement:
    def own(asked: Requirement | Part) -> Limit | None:
        return limits.get(asked.id, asked.limit)

    return replace(one, limit=own(one), parts=tuple(replace(part, limit=own(part)) for part in one.parts))


def _differs(what: str, stated: Verdict, follows: Verdict) -> str:
    return f"{what} steht als „{stated.value}“ im Strom; aus ihm folgt „{follows.value}“."


def verdicts_of(scenarios: Iterable[ScenarioRecord]) -> list[tuple[str, str]]:
    """Each scenario by its id with the word of its verdict, in order."""
    return [(one.id, one.verdict.value) for one in scenarios]
