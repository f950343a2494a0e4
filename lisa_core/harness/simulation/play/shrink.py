"""Delta debugging: from everything that happened to the little that is needed for a rule to break again.

Zeller and Hildebrandt, "Simplifying and Isolating Failure-Inducing Input" (2002): ever smaller parts are left out as
long as the rule still breaks. It ends when nothing more can go, or when as many machine steps as allowed are used up;
not after a time, so that one seed gives one history on every machine.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace

from lisa_core.domain.model.json_types import JsonDict
from lisa_core.harness.simulation.plan.days import MINUTE_US
from lisa_core.harness.simulation.plan.plan import Arrival, Day, Mishap, Shift, persona_of
from lisa_core.harness.simulation.plan.policies import NEVER_US, Persona
from lisa_core.harness.simulation.play.run import PlayOptions, Simulation, SimulationResult, SimulationWorld
from lisa_core.harness.simulation.rules.tally import Breach

PlanItem = Arrival | Mishap | Shift
BUDGET = 3_000_000
"""Machine steps."""
WINDOWS_US = (30 * MINUTE_US, 3 * 60 * MINUTE_US)
"""Windows before the breach that are tried first: perhaps nothing earlier is needed."""


@dataclass(frozen=True, slots=True)
class Shrunk:
    """The short history: what came from outside, and how the run of just that went."""

    world: SimulationWorld
    items: tuple[PlanItem, ...]
    result: SimulationResult
    breach: Breach
    tries: int


class Shrinker:
    """`shrink(items)` keeps what is needed for `rule` to break."""

    def __init__(self, world: SimulationWorld, rule: str, budget: int = BUDGET) -> None:
        self._world, self._rule, self._left = world, rule, budget
        self.tries = 0
        self.best: Shrunk | None = None

    def shrink(self, items: Sequence[PlanItem], breach: Breach) -> Shrunk | None:
        """None: alone, without the days before and after, the rule does not break (or the budget was too small)."""
        items = [item for item in items if _begins(item) <= breach.at_us]
        for smaller in _guesses(items, breach):
            if self._breaks(smaller):
                items = smaller
                break
        else:
            if not self._breaks(items):
                return None
        items = self._without(items)
        items = self._plainer(items)
        self._without(items)
        return self.best

    def _breaks(self, items: Sequence[PlanItem]) -> bool:
        """Play just these; remembers the run when the rule breaks."""
        if self._left <= 0:
            return False
        self.tries += 1
        world = restricted(self._world, items)
        result = Simulation(world, PlayOptions(history=True, until=self._rule)).run([day_of(items)])
        self._left -= result.steps + 100 * len(world.directory.sites)
        found = next((breach for breach in result.breaches if breach.rule == self._rule), None)
        if found is None:
            return False
        self.best = Shrunk(world, tuple(items), result, found, self.tries)
        return True

    def _without(self, items: list[PlanItem]) -> list[PlanItem]:
        """ddmin by complements: leave out halves, quarters ... single ones."""
        size = len(items)
        while size >= 1:
            start = 0
            while start < len(items):
                fewer = items[:start] + items[start + size :]
                if fewer and self._breaks(fewer):
                    items = fewer
                else:
                    start += size
            size //= 2
        return items

    def _plainer(self, items: list[PlanItem]) -> list[PlanItem]:
        """Visitors without the whims that do not matter."""
        for number, item in enumerate(items):
            if isinstance(item, Arrival):
                mine = persona_of(item, self._world.seed, self._world.people, self._world.directory)
                for changes in _plainer(mine):
                    plainer = replace(mine, **changes)
                    changed = replace(item, persona=plainer)
                    if plainer != mine and self._breaks([*items[:number], changed, *items[number + 1 :]]):
                        items[number], mine = changed, plainer
        return items


def day_of(items: Sequence[PlanItem]) -> Day:
    """What is left, as a day."""
    return Day(
        tuple(item for item in items if isinstance(item, Arrival)),
        tuple(item for item in items if isinstance(item, Mishap)),
        tuple(item for item in items if isinstance(item, Shift)),
    )


def items_of(day: Day) -> list[PlanItem]:
    return [*day.arrivals, *day.mishaps, *day.shifts]


def restricted(world: SimulationWorld, items: Sequence[PlanItem]) -> SimulationWorld:
    """The world with only those sites and agents that the items name; at least one site stays."""
    places = dict.fromkeys(_place(item) for item in items)
    directory = world.directory
    sites = {key: site for key, site in directory.sites.items() if key in places}
    agents = {key: agent for key, agent in directory.agents.items() if key in places}
    first = next(iter(directory.sites.items()))
    return replace(world, directory=replace(directory, sites=sites or dict([first]), agents=agents))


def _place(item: PlanItem) -> str:
    if isinstance(item, Arrival):
        return item.site
    return item.agent if isinstance(item, Shift) else item.target


def _begins(item: PlanItem) -> int:
    return item.from_us if isinstance(item, Shift) else item.at_us


def _guesses(items: list[PlanItem], breach: Breach) -> Iterator[list[PlanItem]]:
    """Cheap ones first: only this booth, only the last while, everything of the last while."""
    for window_us in WINDOWS_US:
        late = [item for item in items if _ends(item) >= breach.at_us - window_us]
        yield [item for item in late if isinstance(item, Shift) or _place(item) in (breach.who, "")]
        yield late


def _ends(item: PlanItem) -> int:
    return item.till_us if isinstance(item, Shift) else item.at_us


def _plainer(persona: Persona) -> Iterator[JsonDict]:
    plain = Persona()
    yield {field.name: getattr(plain, field.name) for field in fields(Persona) if field.name != "patience_us"}
    for field in fields(Persona):
        default = getattr(plain, field.name)
        if getattr(persona, field.name) != default and (default in (NEVER_US, False, None) or field.name == "talk_us"):
            yield {field.name: default}
