"""A simulation as somebody orders it: how many booths, days, which seed and faults; and how it is played."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import entry_points
from typing import TextIO
from zoneinfo import ZoneInfo

from lisa_core.config.directory import load_directory
from lisa_core.domain.model.directory import Directory
from lisa_core.domain.model.errors import HarnessError, LisaError
from lisa_core.domain.model.nearest import nearest
from lisa_core.harness.simulation.plan.days import choose_days
from lisa_core.harness.simulation.plan.plan import KINDS, Day, Source, draw_day
from lisa_core.harness.simulation.plan.policies import People
from lisa_core.harness.simulation.plan.population import enlarge
from lisa_core.harness.simulation.play.run import PlayOptions, Simulation, SimulationResult, SimulationWorld
from lisa_core.harness.simulation.play.shrink import Shrinker, Shrunk, items_of
from lisa_core.harness.simulation.rules.figures import Figures, Mark
from lisa_core.harness.simulation.rules.tally import Breach

FAMILIES = ("devices", "networks", "agents", "booth", "exchange")


@dataclass(frozen=True, slots=True)
class SimulationOrder:
    """`faults`: "all", "none", or families by name, separated by commas."""

    booths: int = 9
    days: int = 1
    seed: int = 0
    faults: str = "none"
    landkreis: str = "uckermark"


def families_of(faults: str) -> tuple[str, ...]:
    """The families of faults that were asked for. Raises `LisaError` for one that does not exist."""
    names = FAMILIES if faults == "all" else tuple(filter(None, faults.replace("none", "").split(",")))
    for name in names:
        if name not in FAMILIES:
            raise LisaError(f"--faults {name!r} gibt es nicht.{nearest(name, ['all', 'none', *FAMILIES])}")
    wanted = {*names, "desks"} if "networks" in names else set(names)
    return tuple(family for family in KINDS if family in wanted)


def load_people(name: str = "default") -> People:
    """The people of a simulation, from the entry-point group `lisa.people`."""
    for point in entry_points(group="lisa.people"):
        if point.name == name:
            people: People = point.load()
            return people
    raise HarnessError("Zur Simulation fehlen die Menschen (Einstiegspunkt lisa.people): LISA neu installieren.")


@dataclass(frozen=True, slots=True)
class Prepared:
    """The world of an order, and what its days are drawn from."""

    world: SimulationWorld
    source: Source

    def days(self) -> Iterator[Day]:
        """Every day, drawn when it is its turn."""
        world = self.world
        for day in world.calendar.days:
            yield draw_day(self.source, world.directory, world.calendar, day)


def prepare(order: SimulationOrder, people: People) -> Prepared:
    """Everything but the playing. Raises `LisaError` for what cannot be simulated."""
    return prepare_in(*load_directory(order.landkreis), order, people)


def prepare_in(original: Directory, zone: ZoneInfo, order: SimulationOrder, people: People) -> Prepared:
    """The same for a directory that is loaded already."""
    directory = enlarge(original, order.booths)
    calendar = choose_days(directory, zone, order.days)
    world = SimulationWorld(order.seed, original, directory, calendar, people)
    return Prepared(world, Source(order.seed, people, families_of(order.faults)))


@dataclass(slots=True)
class Progress:
    """How far a simulation has come: `days` are those that were played to their end, `marks` how each of them ended.

    `told` is called at the end of each day.
    """

    days: int = 0
    marks: list[Mark] = field(default_factory=list)
    told: Callable[[], None] | None = None

    def day_over(self, figures: Figures) -> None:
        self.days += 1
        self.marks.append(figures.mark())
        if self.told is not None:
            self.told()


def play(prepared: Prepared, sink: TextIO | None = None, progress: Progress | None = None) -> SimulationResult:
    """Play all days; `progress` is kept up to date, for a caller that interrupts it.

    Nothing here makes cycles, and looking for some among the millions of values of a nation would cost a fifth of the
    time: the collector rests meanwhile.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        simulation = Simulation(prepared.world, PlayOptions(sink=sink))
        return simulation.run(_counted(prepared, progress or Progress(), simulation.figures))
    finally:
        if collecting:
            gc.enable()


def _counted(prepared: Prepared, progress: Progress, figures: Figures) -> Iterator[Day]:
    """The days; when the next one is asked for, the one before has been played."""
    for day in prepared.days():
        yield day
        progress.day_over(figures)


def shorten(prepared: Prepared, breach: Breach) -> Shrunk | None:
    """The shortest history found in which this rule breaks."""
    items = [item for day in prepared.days() for item in items_of(day)]
    return Shrinker(prepared.world, breach.rule).shrink(items, breach)
