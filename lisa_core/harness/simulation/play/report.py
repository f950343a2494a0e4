"""What `lisa simulate` says: figures, invariants, speed and digest, in German."""

from __future__ import annotations

from collections import Counter

from lisa_core.domain.model.ids import OfficeId
from lisa_core.domain.model.outcome import Outcome
from lisa_core.harness.simulation.play.run import SimulationResult, SimulationWorld, groups_of
from lisa_core.harness.simulation.rules.tally import RULES


def report(world: SimulationWorld, result: SimulationResult, cpu_s: float) -> str:
    """Everything, as lines. `cpu_s` is what the run took; nothing else in it depends on the machine."""
    return "\n".join(
        [
            *_waits(result),
            "",
            *_outcomes(world, result),
            "",
            *_loads(world, result),
            "",
            *_invariants(result),
            "",
            *_speed(result, cpu_s),
        ]
    )


def _waits(result: SimulationResult) -> list[str]:
    figures = result.figures
    mean, most = _seconds(figures.mean_wait_us()), _seconds(figures.p95_wait_us())
    return [
        f"Besuche                     {_number(figures.visits)}, davon gerufen {_number(figures.called)}",
        f"Wartezeit bis zum Gesicht   Mittel {mean}, 95 % unter {most}",
        f"Servicegrad (20 s)          {_percent(figures.service_level_permille())}",
        f"Abbruch vor dem Gespräch    {_percent(figures.abandonment_permille())}",
    ]


def _outcomes(world: SimulationWorld, result: SimulationResult) -> list[str]:
    found = result.figures.outcomes
    lines = ["Ergebnisse je Standort"]
    for key, count in Counter(groups_of(world).values()).items():
        outcomes = found.get(key, Counter())
        named = ", ".join(f"{o.value} {_number(outcomes[o])}" for o in Outcome if outcomes[o])
        many = f" ({_number(count)} Büros)" if count > 1 else ""
        lines.append(f"  {world.directory.sites[key].name}{many}: {named or 'keine'}")
    return lines


def _loads(world: SimulationWorld, result: SimulationResult) -> list[str]:
    """How much of their time on duty the agents of each office talked."""
    lines = ["Auslastung je Stelle"]
    for office in world.directory.offices.values():
        agents = [agent.id for agent in world.directory.agents.values() if agent.office == office.id]
        talked_us = sum(result.talk_us.get(agent, 0) for agent in agents)
        duty_us = sum(result.duty_us.get(agent, 0) for agent in agents)
        permille = talked_us * 1000 // duty_us if duty_us else 0
        calls = _number(result.figures.answers[OfficeId(office.id)])
        lines.append(f"  {office.name}: {_percent(permille)} ({len(agents)} Plätze, {calls} Gespräche)")
    return lines


def _invariants(result: SimulationResult) -> list[str]:
    watch = result.invariants
    checked, broken = sum(watch.checked.values()), sum(watch.broken.values())
    lines = [f"Invarianten: {_number(checked)} geprüft, {_number(broken)} verletzt"]
    for rule, text in RULES.items():
        if watch.checked[rule] or watch.broken[rule]:
            verdict = f"{_number(watch.broken[rule])} verletzt" if watch.broken[rule] else "gehalten"
            lines.append(f"  {rule:<9}{text}: {_number(watch.checked[rule])} geprüft, {verdict}")
        else:
            lines.append(f"  {rule:<9}{text}: nicht geprüft, kam nicht vor")
    return lines


def _speed(result: SimulationResult, cpu_s: float) -> list[str]:
    per_visit = f"{result.steps / max(1, result.figures.visits):.1f}".replace(".", ",")
    took = f"{cpu_s:.1f}".replace(".", ",")
    rate = round(result.steps / cpu_s) if cpu_s > 0 else 0
    return [
        f"Maschinenschritte           {_number(result.steps)}, je Besuch {per_visit}",
        f"Ereignisse je Sekunde       {_number(rate)} ({took} s Rechenzeit)",
        f"Prüfsumme                   {result.digest}",
    ]


def _number(value: int) -> str:
    """1234567 -> 1.234.567"""
    return f"{value:,}".replace(",", ".")


def _seconds(value_us: int) -> str:
    return f"{value_us / 1_000_000:.1f} s".replace(".", ",")


def _percent(permille: int) -> str:
    return f"{permille / 10:.1f} %".replace(".", ",")
