"""What follows from a bundle together with the earlier ones on which it leans, for whoever has all of them.

Nothing that the newer one says of the older counts: each is checked by itself, and the rules are applied once more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from lisa_core.domain.model.json_types import JsonDict
from lisa_core.harness.certify.classes import declared_in, sought_of
from lisa_core.harness.certify.comparison import House, unofficial
from lisa_core.harness.certify.contents import Contents
from lisa_core.harness.certify.earlier.parts import ProgramParts
from lisa_core.harness.certify.headline import Conclusion, Headline, concluded, conclusion_of
from lisa_core.harness.certify.retrial import verdicts_of
from lisa_core.harness.certify.since.choice import asked_for, chosen, ground_in
from lisa_core.harness.certify.statement import ZONE, devices, digest
from lisa_core.harness.certify.verify import Verified
from lisa_core.harness.report.judgement import matrix
from lisa_core.harness.report.record import RunRecord, ScenarioRecord, SourceText, State
from lisa_core.harness.text.naming import unrepeated


def leaned(found: Verified, presented: Sequence[Verified], house: House, parts: ProgramParts | None = None) -> Verified:
    """The same bundle with what follows for the whole; as it is where it leans on nothing, or is not whole itself.

    `parts`: those of whoever checks, to hold those of a bundle of the same program against.
    """
    if not found.is_whole or found.contents is None or found.conclusion is None or not found.contents.leaning.held:
        return found
    there = {one.identity for one in presented}
    if missing := tuple(one for one in found.contents.leaning.bundles if one not in there):
        reasons = [(Headline.INCOMPLETE, f"{_lean(found, one)}, und das ist nicht vorgelegt.") for one in missing]
        return replace(found, unpresented=missing, conclusion=conclusion_of([*found.conclusion.reasons, *reasons]))
    union = _Union(found, found.contents, presented, house, parts)
    faults = tuple(dict.fromkeys(union.faults()))
    if faults:
        return replace(found, faults=faults)
    conclusion = union.conclusion()
    return replace(
        found,
        conclusion=conclusion,
        unofficial=tuple(dict.fromkeys(union.unofficial())),
        leans=tuple(f"{_lean(found, one.identity)}, {_of_run(one)}" for one in union.earlier),
        whole=found.predicate["folgt"] | union.follows(conclusion),
    )


def unfit(one: Verified, key: str) -> Iterator[str]:
    """Why nothing of this vendor's (`key`: his public key, hex) may lean on this earlier bundle; none where it may."""
    if not one.is_whole or one.contents is None:
        yield f"Es ist nicht ganz: {one.faults[0] if one.faults else 'es lässt sich nicht lesen'}"
        return
    if one.predicate["schluessel"] != key:
        yield "Es ist mit einem anderen Schlüssel unterschrieben: Gestützt wird nur auf eigene Pakete."
    if one.contents.run.state is not State.FINISHED or one.contents.run.faults:
        yield "Sein Lauf ist nicht ohne Fehler zu Ende gegangen."


class _Union:
    """One bundle and those on which it leans, all of them there."""

    def __init__(
        self,
        found: Verified,
        contents: Contents,
        presented: Sequence[Verified],
        house: House,
        parts: ProgramParts | None,
    ) -> None:
        there = {one.identity: one for one in presented}
        earlier = [there[one] for one in contents.leaning.bundles]
        self._found, self._contents, self.earlier = found, contents, earlier
        self._house, self._parts = house, parts
        held = (each for one in earlier for each in self._held(one))
        self._scenarios = (*contents.run.scenarios, *held)
        self._requirements = matrix(contents.asked.values(), self._scenarios, mentioned_only=True)
        self._before = [one for one in presented if self._is_before(one)]

    def faults(self) -> Iterator[str]:
        """What keeps it from leaning on them, in sentences."""
        for one in self.earlier:
            yield from (f"{_name(one)}: {why}" for why in self._of_one(one))
        if all(one.is_whole for one in self.earlier):
            yield from self._of_scenarios()
        ours, theirs = self._parts, self._contents.parts
        if ours and theirs and self._is_same_program and ours.sentences != theirs.sentences:
            yield "Die Teile des Programms im Paket sind nicht die dieses Programms."

    def _is_before(self, one: Verified) -> bool:
        """Whether it is an earlier one of the same vendor for the same class: the newest of these counts."""
        if not one.is_whole:
            return False
        ours, theirs = self._found.predicate, one.predicate
        same = (ours["schluessel"], ours["folgt"]["klasse"]) == (theirs["schluessel"], theirs["folgt"]["klasse"])
        begun = [datetime.fromisoformat(each["folgt"]["lauf"]["beginn"]) for each in (theirs, ours)]
        return one in self.earlier or (same and begun[0] < begun[1])

    def _of_one(self, one: Verified) -> Iterator[str]:
        """What is amiss with an earlier bundle by itself, and beside the newer one."""
        yield from unfit(one, str(self._found.predicate["schluessel"]))
        if not one.is_whole:
            return
        was, now = (each.predicate["folgt"]["lauf"] for each in (one, self._found))
        if datetime.fromisoformat(was["ende"]) > datetime.fromisoformat(now["beginn"]):
            yield "Sein Lauf war noch nicht zu Ende, als der neue begann: Eine der Uhren ging falsch."

    def _of_scenarios(self) -> Iterator[str]:
        ran = {unrepeated(one.id) for one in self._contents.run.scenarios if one.started is not None}
        held = dict(self._contents.leaning.held)
        again = chosen(held, ground_in(self._found), self._before)
        rightly = dict(again.leaning.held)
        if more := rightly.keys() - held.keys():
            yield f"„{min(more)}“ gilt nur zusammen mit seinen Wiederholungen."
        for name, identity in held.items():
            if unrepeated(name) in ran:
                yield f"„{name}“ ist neu gelaufen und soll sich doch auf Früheres stützen."
            elif name in again.again:
                yield f"„{name}“ gilt nicht weiter: {' '.join(again.again[name])}"
            elif rightly.get(name) != identity:
                yield f"„{name}“ ist zuletzt in einem anderen Paket gelaufen, als dort steht."

    def _left_out(self) -> Iterator[str]:
        """What ran in an earlier one, and has neither run now nor holds."""
        ran = [one.id for one in self._contents.run.scenarios if one.started is not None]
        done = {unrepeated(name) for name in (*ran, *dict(self._contents.leaning.held))}
        wanted = self._found.predicate["folgt"]["klasse"]
        left = [each.id for one in self.earlier for each in asked_for(one, wanted) if unrepeated(each.id) not in done]
        again = chosen(left, ground_in(self._found), self._before).again
        for name in dict.fromkeys(left):
            why = " ".join(again.get(name, ("Es gälte weiter.",)))
            yield f"„{name}“ ist im früheren Paket dabei, und hier ist es nicht gelaufen. {why}"

    def follows(self, conclusion: Conclusion) -> JsonDict:
        """What of `folgt` is otherwise for the whole."""
        return {
            "urteil": conclusion.headline.value,
            "szenarien": [list(pair) for pair in verdicts_of(self._scenarios)],
            "anforderungen": [[one.id, one.verdict.value] for one in self._requirements],
            "geraete": [list(one) for one in devices(replace(self._contents.run, scenarios=self._scenarios))],
        }

    def conclusion(self) -> Conclusion:
        """The headline of what has run now and what holds, as if it were one run."""
        contents, name = self._contents, self._found.predicate["folgt"]["klasse"]
        wanted = self._house.classes.get(name) or contents.classes.get(name)
        sought = declared_in(sought_of(wanted) if wanted else None, contents.profile)
        known = contents.expected(self._scenarios).faults
        whole = concluded(replace(contents.run, scenarios=self._scenarios), self._requirements, sought, known)
        before = [
            (headline, f"{_name(one)}: {why}")
            for one in self.earlier
            for headline, why in concluded(self._run(one), (), sought).reasons
            if headline is Headline.TRIAL
        ]
        left = [(Headline.INCOMPLETE, why) for why in self._left_out()]
        return conclusion_of([*before, *whole.reasons, *left])

    def unofficial(self) -> Iterator[str]:
        """What is not LISA's own, in the new run and in what holds of the earlier ones."""
        yield from self._found.unofficial
        here = {source.path for source in self._contents.run.sources if self._is_known(source)}
        ours = {one.id.partition("::")[0] for one in self._contents.run.scenarios if one.file in here}
        for one in self.earlier:
            if one.contents:
                run = self._run(one)
                foreign = {each.file for each in run.scenarios if each.id.partition("::")[0] not in ours}
                left = tuple(each for each in run.sources if each.path in foreign)
                yield from unofficial(replace(one.contents, run=replace(run, sources=left)), self._house)
        theirs, mine = self._contents.parts, self._parts
        if mine and theirs and self._is_same_program and mine.rest != theirs.rest:
            yield "Die Daten des Programms, mit dem das Paket gemacht ist, sind nicht die von hier."

    def _is_known(self, source: SourceText) -> bool:
        return digest(source.text.encode()) in self._house.features

    @property
    def _is_same_program(self) -> bool:
        return bool(self._found.predicate["erklaert"]["program"] == self._house.here.program)

    def _held(self, one: Verified) -> tuple[ScenarioRecord, ...]:
        names = {*self._contents.leaning.of(one.identity)}
        run = one.contents.run if one.contents else None
        return tuple(each for each in run.scenarios if each.id in names) if run else ()

    def _run(self, one: Verified) -> RunRecord:
        assert one.contents
        return replace(one.contents.run, scenarios=self._held(one))


def _name(one: Verified) -> str:
    return f"Früheres Paket {one.identity[:16]}…"


def _lean(found: Verified, identity: str) -> str:
    assert found.contents
    count = len(found.contents.leaning.of(identity))
    what = "1 Szenario stützt sich" if count == 1 else f"{count} Szenarien stützen sich"
    return f"{what} auf das Paket {identity}"


def _of_run(one: Verified) -> str:
    run: Mapping[str, str] = one.predicate["folgt"]["lauf"]
    return f"Lauf vom {datetime.fromisoformat(run['beginn']).astimezone(ZONE):%d.%m.%Y}."
