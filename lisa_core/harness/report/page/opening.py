"""The first sentence of the report: what was proved and what not, of scenarios and of requirements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lisa_core.harness.report.equipment import is_on_hardware
from lisa_core.harness.report.record import RunRecord, State, Verdict, counts, known_part
from lisa_core.harness.text.language import say


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the whole got each verdict, as the pieces of a bar; `text` is its part of the sentence."""

    text: str
    pieces: tuple[tuple[Verdict, int], ...]

    @property
    def whole(self) -> bool:
        """Whether all of it has passed, and there is something of it."""
        return bool(self.pieces) and {verdict for verdict, _ in self.pieces} == {Verdict.PASSED}


@dataclass(frozen=True, slots=True)
class Opening:
    """What is said first. `good`: the run passed, whatever it leaves unproved; `reach`: how far that goes."""

    good: bool
    scenarios: Share
    requirements: Share | None
    reach: str


def opening(run: RunRecord) -> Opening:
    """The opening of this run's report."""
    applicable = counts(run)
    applicable.pop(Verdict.NOT_APPLICABLE, 0)
    scenarios = Share(_scenarios(applicable, known_part(run)), tuple(applicable.items()))
    good = run.state is State.FINISHED and not run.faults and scenarios.whole
    asked = _ordered(one.verdict for one in run.requirements)
    requirements = Share(_requirements(asked), tuple(asked.items())) if asked else None
    return Opening(good, scenarios, requirements, _reach(run))


def _ordered(verdicts: Iterable[Verdict]) -> dict[Verdict, int]:
    counted = Counter(verdicts)
    return {verdict: counted[verdict] for verdict in Verdict if counted[verdict]}


def _scenarios(verdicts: Mapping[Verdict, int], known: str) -> str:
    total, passed = sum(verdicts.values()), verdicts.get(Verdict.PASSED, 0)
    if not total:
        return say("Kein Szenario wurde geprüft")
    if passed == total:
        return say("Das Szenario hat bestanden") if total == 1 else say("Alle {n} Szenarien haben bestanden", n=total)
    if total == 1:
        [verdict] = (one for one, count in verdicts.items() if count)
        return say("Das Szenario: {verdict}", verdict=say(verdict.value) + known)
    rest = _rest(verdicts) + known
    if passed == 1:
        return say("1 von {n} Szenarien hat bestanden ({rest})", n=total, rest=rest)
    return say("{passed} von {n} Szenarien haben bestanden ({rest})", passed=passed, n=total, rest=rest)


def _requirements(verdicts: Mapping[Verdict, int]) -> str:
    total, shown = sum(verdicts.values()), verdicts.get(Verdict.PASSED, 0)
    if shown == total:
        one = say("die Anforderung ist damit gezeigt")
        return one if total == 1 else say("damit sind alle {n} Anforderungen gezeigt", n=total)
    if total == 1:
        return say("die Anforderung ist nicht gezeigt ({rest})", rest=_rest(verdicts))
    rest = _rest(verdicts)
    if shown == 1:
        return say("gezeigt ist 1 von {n} Anforderungen ({rest})", n=total, rest=rest)
    return say("gezeigt sind {shown} von {n} Anforderungen ({rest})", shown=shown, n=total, rest=rest)


def _rest(verdicts: Mapping[Verdict, int]) -> str:
    others = ((verdict, count) for verdict, count in verdicts.items() if verdict is not Verdict.PASSED)
    return ", ".join(f"{count} {say(verdict.value)}" for verdict, count in others)


def _reach(run: RunRecord) -> str:
    """What such a run can show at all: without a real device it proves the programs."""
    if run.clock == "virtual":
        return say("Gerechnet wurde im Modell: Das prüft die Programme, kein Gerät.")
    if any(is_on_hardware(one.equipment) for one in run.scenarios):
        return say("Echte Geräte waren beteiligt; bei jedem Szenario steht, welche.")
    return say("Geprüft wurde an emulierten Geräten: Das zeigt die Programme und ihre Leitungen, kein echtes Gerät.")
