"""A short history as people read it: line by line with the clock, and as a German scenario that `lisa run` plays.

Copies of sites and agents get back the names of the directory, each its own: a feature file knows no copies.
"""

from __future__ import annotations

from lisa_core.domain.model.directory import Site
from lisa_core.domain.model.time import WEEKDAYS
from lisa_core.harness.simulation.plan.plan import Arrival, Shift
from lisa_core.harness.simulation.plan.population import origin_of
from lisa_core.harness.simulation.play.shrink import Shrunk
from lisa_core.harness.simulation.play.story_steps import Act, Names, Writer, said
from lisa_core.harness.simulation.rules.tally import RULES


def names_of(shrunk: Shrunk) -> Names:
    """The names of everybody in a short history."""
    world, names = shrunk.world, Names(shrunk.world.original)
    for item in shrunk.items:
        if isinstance(item, Shift):
            agent = world.directory.agents[item.agent]
            names.of_agent(agent.id, world.directory.offices[agent.office])
    return names


def history(shrunk: Shrunk) -> list[str]:
    """What happened, with the time of day."""
    names = names_of(shrunk)
    lines = []
    for at_us, who, verb, detail in _acts(shrunk):
        told = f" ({_detail(detail)})" if detail else ""
        lines.append(f"{_clock(shrunk, at_us)}  {_who(names, who)}: {said(verb)}{told}")
    breach = shrunk.breach
    lines.append(f"{_clock(shrunk, breach.at_us)}  {_who(names, breach.who)}: VERLETZT {breach.rule}: {breach.found}")
    return lines


def feature(shrunk: Shrunk, seed: int) -> tuple[str, int]:
    """The same as a feature file, and how much of it no step can say: that stands there as comments."""
    site, names = _site(shrunk), names_of(shrunk)
    place = site.name.removeprefix("Bürgerbüro ").partition(" (")[0]
    civil = shrunk.world.calendar.civil(_first_us(shrunk))
    clock = f"{civil.hour}:{civil.minute:02d}" if civil.minute else str(civil.hour)
    lines = [
        "# language: de",
        f"Funktionalität: Gefunden von lisa simulate --seed {seed}",
        "",
        f"  Szenario: {RULES[shrunk.breach.rule]}",
        f"    Angenommen das Bürgerbüro {place} ist geöffnet",
        f"    Und es ist {WEEKDAYS[civil.weekday()]}, {clock} Uhr",
    ]
    told = _acts(shrunk)
    if any(verb == "scanner.stau" for _, _, verb, _ in told):
        lines.append("    Und im Scanner staut sich Seite 2")
    writer = Writer(shrunk.world.directory, names, told, shrunk.breach.at_us)
    return "\n".join([*lines, *writer.steps(), ""]), writer.unsaid


def _acts(shrunk: Shrunk) -> list[Act]:
    return [act for act in shrunk.result.invariants.acts or [] if act[0] <= shrunk.breach.at_us]


def _site(shrunk: Shrunk) -> Site:
    original = shrunk.world.original
    site = next((item.site for item in shrunk.items if isinstance(item, Arrival)), next(iter(original.sites)))
    return original.sites[origin_of(site, original)]


def _first_us(shrunk: Shrunk) -> int:
    return min((item.at_us for item in shrunk.items if isinstance(item, Arrival)), default=shrunk.breach.at_us)


def _clock(shrunk: Shrunk, at_us: int) -> str:
    civil = shrunk.world.calendar.civil(at_us)
    return f"{civil:%d.%m. %H:%M:%S},{civil.microsecond // 1000:03d}"


def _who(names: Names, who: str) -> str:
    return names.agents[who].name if who in names.agents else who


def _detail(detail: object) -> str:
    if isinstance(detail, int):
        return f"{detail / 1_000_000:.1f} s".replace(".", ",")
    if isinstance(detail, tuple):
        return ", ".join(map(str, detail))
    return detail if isinstance(detail, str) else type(detail).__name__
