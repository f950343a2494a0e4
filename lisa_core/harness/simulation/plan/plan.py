"""Everything that comes from outside, as values: who comes when, who is on duty, what breaks. Drawn from a seed, pure.

Each visitor and each mishap has a random stream of its own (`harness.simulation.plan.chance`), so a plan with some of
them left out is still a plan: that is how a history is made short.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from lisa_core.domain.model.directory import Directory, Site
from lisa_core.domain.model.ids import AgentId, SiteId
from lisa_core.equipment.slots.catalogue import MISHAPS
from lisa_core.harness.simulation.plan.chance import Dice
from lisa_core.harness.simulation.plan.days import DAY_US, MINUTE_US, SECOND_US, Calendar, holidays_of
from lisa_core.harness.simulation.plan.policies import People, Persona
from lisa_core.harness.simulation.plan.population import VISITS_PER_DAY

KINDS: Mapping[str, tuple[str, ...]] = {
    "devices": (*MISHAPS, "loeschung.stockt"),
    "networks": ("netz.buero",),
    "desks": ("netz.platz",),
    "agents": ("platz.stumm", "platz.unwillig", "platz.weg"),
    "booth": ("buero.absturz",),
    "exchange": ("zentrale.absturz", "zentrale.absturz", "zentrale.verlust"),
}
"""Families of faults as `--faults` names them, and what may go wrong in each."""

PER_DAY_PERCENT: Mapping[str, int] = {
    "devices": 80,
    "networks": 40,
    "desks": 20,
    "agents": 60,
    "booth": 10,
    "exchange": 40,
}
"""How often something of this family happens per day: to each booth, each agent, or the one exchange."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody comes to a booth. `number` selects the random stream; unique at a site.

    `appointment`: when the citizen is expected (local time, ISO to the minute), "" without one.
    """

    site: SiteId
    number: int
    at_us: int
    appointment: str = ""
    persona: Persona | None = None
    """None: drawn from that stream on arrival; a shortened history says it outright."""


@dataclass(frozen=True, slots=True)
class Mishap:
    """Something goes wrong with `target`: a site, an agent, or "" for the exchange."""

    kind: str
    target: str
    at_us: int
    lasts_us: int


@dataclass(frozen=True, slots=True)
class Shift:
    """This agent is on duty."""

    agent: AgentId
    from_us: int
    till_us: int


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the plan; arrivals in order of time."""

    arrivals: tuple[Arrival, ...] = ()
    mishaps: tuple[Mishap, ...] = ()
    shifts: tuple[Shift, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """What a day is drawn from."""

    seed: int
    people: People
    families: tuple[str, ...] = ()


def draw_day(source: Source, directory: Directory, calendar: Calendar, day: int) -> Day:
    """Everything that happens on one day of operation."""
    arrivals: list[Arrival] = []
    begin_us, end_us = (day + 1) * DAY_US, day * DAY_US
    for site in directory.sites.values():
        if spans := calendar.spans(site, day, holidays_of(directory, site)):
            arrivals += _arrivals(source, site, calendar, day, spans)
            begin_us, end_us = min(begin_us, spans[0][0]), max(end_us, spans[-1][1])
    arrivals.sort(key=_when)
    mishaps = [
        mishap
        for family in source.families
        for target in _targets(family, directory)
        for mishap in _mishaps(source, family, target, day, (begin_us, end_us))
    ]
    mishaps.sort(key=_breaks)
    return Day(tuple(arrivals), tuple(mishaps), tuple(_shifts(source, directory, day, begin_us, end_us)))


def persona_of(arrival: Arrival, seed: int, people: People, directory: Directory) -> Persona:
    """Who it is that comes."""
    if arrival.persona is not None:
        return arrival.persona
    return people.persona(Dice(seed, "mensch", arrival.site, arrival.number), tuple(directory.services.values()))


def _when(arrival: Arrival) -> tuple[int, str, int]:
    return arrival.at_us, arrival.site, arrival.number


def _breaks(mishap: Mishap) -> tuple[int, str, str]:
    return mishap.at_us, mishap.kind, mishap.target


def _arrivals(
    source: Source,
    site: Site,
    calendar: Calendar,
    day: int,
    spans: Sequence[tuple[int, int]],
) -> list[Arrival]:
    """Six a day; one in fifty comes when it is closed. Where only appointments are let in, most have one."""
    weekday = (calendar.first.weekday() + day) % 7
    by_appointment = not site.hours.get(weekday)
    open_us = sum(end - begin for begin, end in spans)
    found = []
    for index in range(VISITS_PER_DAY):
        number = day * VISITS_PER_DAY + index
        dice = Dice(source.seed, "besuch", site.id, number)
        if dice.chance(2):
            at_us = spans[0][0] - dice.between(1, 40) * MINUTE_US
        else:
            # One in each sixth of the day: a booth serves one at a time.
            into_us = (index * open_us + dice.below(1_000) * open_us // 1_000) // VISITS_PER_DAY
            at_us = _inside(spans, into_us)
        start = ""
        if by_appointment and dice.chance(95):
            start = f"{calendar.civil(at_us + dice.between(-5, 10) * MINUTE_US):%Y-%m-%dT%H:%M}"
        found.append(Arrival(site.id, number, at_us, start))
    return found


def _inside(spans: Sequence[tuple[int, int]], into_us: int) -> int:
    """The moment at which it has been open for `into_us`."""
    for begin, end in spans:
        if into_us < end - begin:
            return begin + into_us
        into_us -= end - begin
    return spans[-1][1] - 1


def _targets(family: str, directory: Directory) -> Collection[str]:
    if family == "exchange":
        return ("",)
    return list(directory.agents if family in ("agents", "desks") else directory.sites)


def _mishaps(source: Source, family: str, target: str, day: int, span: tuple[int, int]) -> list[Mishap]:
    dice = Dice(source.seed, family, target, day)
    if not dice.chance(PER_DAY_PERCENT[family]):
        return []
    at_us = span[0] + dice.below(1_000_000) * (span[1] - span[0]) // 1_000_000
    lasts_us = dice.one_of(_LASTS_S) * SECOND_US + dice.below(SECOND_US)
    return [Mishap(dice.one_of(KINDS[family]), target, at_us, lasts_us)]


_LASTS_S = (1, 3, 8, 20, 45, 90, 240, 900)


def _shifts(source: Source, directory: Directory, day: int, begin_us: int, end_us: int) -> list[Shift]:
    """Everybody comes a little before opening and stays until the last talk should be over."""
    if end_us <= begin_us:
        return []
    found = []
    for agent in directory.agents.values():
        dice = Dice(source.seed, "dienst", agent.id, day)
        from_us = begin_us - dice.between(60, 600) * SECOND_US
        found.append(Shift(agent.id, from_us, end_us + dice.between(1_800, 2_700) * SECOND_US))
    return found
