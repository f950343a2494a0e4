"""Small simulations for tests, without the command line."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from functools import cache
from zoneinfo import ZoneInfo

import lisa_core.harness.simulation.plan.people
from lisa_core.config.directory import load_directory
from lisa_core.domain.model.directory import Directory
from lisa_core.domain.model.ids import AgentId, SiteId
from lisa_core.harness.simulation.plan.days import MINUTE_US, Calendar
from lisa_core.harness.simulation.plan.plan import Arrival, Mishap, Shift, Source
from lisa_core.harness.simulation.plan.policies import Persona
from lisa_core.harness.simulation.play.order import Prepared, SimulationOrder, families_of, play, prepare_in, shorten
from lisa_core.harness.simulation.play.run import PlayOptions, Simulation, SimulationResult, SimulationWorld
from lisa_core.harness.simulation.play.shrink import Shrunk, day_of
from lisa_core.harness.simulation.rules.tally import Breach

TEMPLIN, TEN_US = SiteId("templin"), 10 * 60 * MINUTE_US
LONG = bool(os.environ.get("LISA_LONG"))
FEW_DAYS = (2, 6)


@cache
def loaded(landkreis: str) -> tuple[Directory, ZoneInfo]:
    return load_directory(landkreis)


def prepared(booths: int, days: int, seed: int, faults: str = "all", landkreis: str = "uckermark") -> Prepared:
    return prepare_in(
        *loaded(landkreis),
        SimulationOrder(booths, days, seed, faults, landkreis),
        lisa_core.harness.simulation.plan.people,
    )


def simulated(booths: int, days: int, seed: int, faults: str = "all", landkreis: str = "uckermark") -> SimulationResult:
    return play(prepared(booths, days, seed, faults, landkreis))


def found(
    booths: int, days: int, seed: int, faults: str = "none", rule: str = "", landkreis: str = "uckermark"
) -> tuple[Breach, Shrunk | None]:
    """The first broken rule of a run, or this one, and its shortest history; most break on one of the first days."""
    said = ""
    for length in (*(few for few in FEW_DAYS if 2 * few < days), days):
        order = prepared(booths, length, seed, faults, landkreis)
        result = play(order)
        if broken := [breach for breach in result.breaches if rule in ("", breach.rule)]:
            return broken[0], shorten(order, broken[0])
        said = story(result)
    raise AssertionError(said or "nothing broke")


def story(result: SimulationResult) -> str:
    """What broke, for an assertion's message."""
    return "\n".join(f"{breach.rule} {breach.who}: {breach.found}" for breach in result.breaches)


def as_shipped(landkreis: str, first: date, days: int, seed: int = 7, faults: str = "all") -> Prepared:
    """A Landkreis with its own sites and agents, from this day on, whether its sites are open by then or not."""
    directory, zone = loaded(landkreis)
    world = SimulationWorld(
        seed, directory, directory, Calendar(first, zone, tuple(range(days))), lisa_core.harness.simulation.plan.people
    )
    return Prepared(world, Source(seed, lisa_core.harness.simulation.plan.people, families_of(faults)))


def one_visit(persona: Persona, mishaps: list[Mishap], agents: tuple[str, ...] = ("brandt", "vogt")) -> Shrunk:
    """One visitor at ten o'clock in Templin, these agents, and what goes wrong, in time from when she comes.

    As a short history that ends half an hour later, with nothing broken.
    """
    world = prepared(1, 1, 5).world
    ten_us = world.calendar.days[0] * 24 * 60 * MINUTE_US + TEN_US
    shifts = [Shift(AgentId(agent), ten_us - 10 * MINUTE_US, ten_us + 90 * MINUTE_US) for agent in agents]
    late = [replace(mishap, at_us=ten_us + mishap.at_us) for mishap in mishaps]
    items = (Arrival(TEMPLIN, 1, ten_us, persona=persona), *late, *shifts)
    result = Simulation(world, PlayOptions(history=True)).run([day_of(items)])
    return Shrunk(world, items, result, Breach("I2", ten_us + 30 * MINUTE_US, TEMPLIN, "nichts"), 1)
