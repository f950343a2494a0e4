"""What of a certification has to run again, and on which earlier bundles the rest of it leans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lisa_core.harness.certify.bundle import Ingredients
from lisa_core.harness.certify.contents import LEANING, contents_of
from lisa_core.harness.certify.earlier.leaning import Leaning, leaning_as_bytes
from lisa_core.harness.certify.since.effects import Changes, Ground, ground_of
from lisa_core.harness.certify.statement import Declared
from lisa_core.harness.certify.verify import Verified
from lisa_core.harness.report.record import ScenarioRecord, Verdict
from lisa_core.harness.text.naming import unrepeated
from lisa_core.harness.text.tags import requirements_of


@dataclass(frozen=True, slots=True)
class StillValid:
    """`again`: by the id of each scenario that has to run, why; `leaning`: what holds, and from which bundle."""

    again: Mapping[str, tuple[str, ...]]
    leaning: Leaning

    @property
    def common(self) -> tuple[str, ...]:
        """The reasons for which all of it runs that runs again, where it is more than one."""
        first = next(iter(self.again.values()), ())
        alike = (why for why in first if all(why in reasons for reasons in self.again.values()))
        return tuple(alike) if len(self.again) > 1 else ()


def chosen(wanted: Iterable[str], now: Ground, earlier: Sequence[Verified]) -> StillValid:
    """Of these scenarios, by their ids; `earlier` are bundles that are whole.

    The newest bundle in which one ran counts for it, and no other: what failed since does not pass by an older one. All
    repetitions of a scenario hold together, or none.
    """
    newest = [(one, Changes(ground, now), _ran(ground)) for one, ground in _by_age(earlier)]
    again: dict[str, tuple[str, ...]] = {}
    held: dict[str, str] = {}
    for name in wanted:
        whole = unrepeated(name)
        one, changes, records = next((each for each in newest if whole in each[2]), (None, None, {}))
        if one is None or changes is None:
            again[name] = ("In den früheren Paketen ist es nicht gelaufen.",)
        elif reasons := tuple(dict.fromkeys(why for each in records[whole] for why in _reasons(each, changes))):
            again[name] = reasons
        else:
            held |= {each.id: one.identity for each in records[whole]}
    return StillValid(again, Leaning(tuple(held.items())))


def _reasons(one: ScenarioRecord, changes: Changes) -> tuple[str, ...]:
    if one.verdict is not Verdict.PASSED:
        return (f"Es war zuletzt {one.verdict.value}.",)
    return changes.reasons(one)


def leaning_on(made_of: Ingredients, earlier: Sequence[Verified]) -> Ingredients:
    """The same ingredients, with what holds of the earlier bundles and has not run now."""
    if not earlier:
        return made_of
    contents = contents_of(made_of.files)
    now = ground_of(contents, made_of.declared, made_of.sought.name if made_of.sought else "")
    ran = {unrepeated(one.id) for one in contents.run.scenarios if one.started is not None}
    left = [name for name in _all_of(earlier, now.wanted) if unrepeated(name) not in ran]
    leaning = chosen(left, now, earlier).leaning
    files = {**made_of.files, LEANING: leaning_as_bytes(leaning)} if leaning.held else made_of.files
    return replace(made_of, files=files)


def _all_of(earlier: Sequence[Verified], wanted: str) -> Iterable[str]:
    """What has run in them of what the class asks for, each once."""
    found = (each.id for one in earlier for each in asked_for(one, wanted) if each.started is not None)
    return dict.fromkeys(found)


def asked_for(one: Verified, wanted: str) -> Iterator[ScenarioRecord]:
    """What of a bundle the class of this id asks for, where it applied."""
    assert one.contents
    asking = one.contents.classes.get(wanted)
    for each in one.contents.run.scenarios:
        names = requirements_of(each.tags)
        asked = asking is None or any(asking.demand(name) or name == asking.name for name in names)
        if asked and each.verdict is not Verdict.NOT_APPLICABLE:
            yield each


def ground_in(found: Verified) -> Ground:
    """A bundle that was checked, as far as another one may lean on it."""
    assert found.contents is not None
    return ground_of(found.contents, Declared(**found.predicate["erklaert"]), found.predicate["folgt"]["klasse"])


def _by_age(earlier: Sequence[Verified]) -> list[tuple[Verified, Ground]]:
    """The newest first."""
    begun = sorted(earlier, key=lambda one: str(one.predicate["folgt"]["lauf"]["beginn"]), reverse=True)
    return [(one, ground_in(one)) for one in begun]


def _ran(ground: Ground) -> Mapping[str, list[ScenarioRecord]]:
    """What has run, with its repetitions, by the name of the scenario."""
    found: dict[str, list[ScenarioRecord]] = {}
    for one in ground.contents.run.scenarios:
        if one.started is not None:
            found.setdefault(unrepeated(one.id), []).append(one)
    return found
