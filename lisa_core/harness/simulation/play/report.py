"""What `lisa simulate` says: figures, invariants, speed and digest, in German."""

from __future__ import annotations

from collections import Counter

from lisa_core.domain.model.outcome import Outcome
from lisa_core.harness.simulation.play.run import SimulationWorld, groups_of
from lisa_core.harness.simulation.play.totals import Totals
from lisa_core.harness.simulation.rules.tally import RULES


def report(world: SimulationWorld, totals: Totals, cpu_s: float, digest: str, kreise: int = 1) -> str:
    """Everything, as lines. `cpu_s` is what the run took; nothing else in it depends on the machine.

    `world` is that of any of the `kreise` Landkreise that were played side by side.
    """
    return "\n".join(
        [
            *_waits(totals),
            "",
            *_outcomes(world, totals, kreise),
            "",
            *_loads(world, totals, kreise),
            "",
            *_invariants(totals),
            "",
            *_speed(totals, cpu_s, digest),
        ]
    )


def _waits(totals: Totals) -> list[str]:
    waits = totals.all_waits()
    mean, most = seconds(waits.mean_us()), seconds(waits.p95_us())
    return [
        f"Besuche                     {number(totals.visits)}, davon gerufen {number(totals.called)}",
        f"Wartezeit bis zum Gesicht   Mittel {mean}, 95 % unter {most}",
        f"Servicegrad (20 s)          {percent(totals.service_level_permille())}",
        f"Abbruch vor dem Gespräch    {percent(totals.abandonment_permille())}",
    ]


def _outcomes(world: SimulationWorld, totals: Totals, kreise: int) -> list[str]:
    lines = ["Ergebnisse je Standort"]
    for key, count in Counter(groups_of(world).values()).items():
        outcomes = totals.outcomes.get(key, Counter())
        named = ", ".join(f"{o.value} {number(outcomes[o])}" for o in Outcome if outcomes[o])
        many = f" ({number(count * kreise)} Büros)" if count * kreise > 1 else ""
        lines.append(f"  {world.directory.sites[key].name}{many}: {named or 'keine'}")
    return lines


def _loads(world: SimulationWorld, totals: Totals, kreise: int) -> list[str]:
    """How much of their time on duty the agents of each office talked."""
    lines = ["Auslastung je Stelle"]
    for office in world.directory.offices.values():
        places = kreise * sum(agent.office == office.id for agent in world.directory.agents.values())
        load, calls = percent(totals.load_permille(office.id)), number(totals.answers[office.id])
        lines.append(f"  {office.name}: {load} ({number(places)} Plätze, {calls} Gespräche)")
    return lines


def _invariants(totals: Totals) -> list[str]:
    checked, broken = sum(totals.checked.values()), sum(totals.broken.values())
    lines = [f"Invarianten: {number(checked)} geprüft, {number(broken)} verletzt"]
    for rule, text in RULES.items():
        if totals.checked[rule] or totals.broken[rule]:
            verdict = f"{number(totals.broken[rule])} verletzt" if totals.broken[rule] else "gehalten"
            lines.append(f"  {rule:<9}{text}: {number(totals.checked[rule])} geprüft, {verdict}")
        else:
            lines.append(f"  {rule:<9}{text}: nicht geprüft, kam nicht vor")
    return lines


def _speed(totals: Totals, cpu_s: float, digest: str) -> list[str]:
    per_visit = f"{totals.steps / max(1, totals.begun):.1f}".replace(".", ",")
    took = f"{cpu_s:.1f}".replace(".", ",")
    rate = round(totals.steps / cpu_s) if cpu_s > 0 else 0
    return [
        f"Maschinenschritte           {number(totals.steps)}, je Besuch {per_visit}",
        f"Ereignisse je Sekunde       {number(rate)} ({took} s Rechenzeit)",
        f"Prüfsumme                   {digest}",
    ]


def number(value: int) -> str:
    """1234567 -> 1.234.567"""
    return f"{value:,}".replace(",", ".")


def seconds(value_us: float) -> str:
    return f"{value_us / 1_000_000:.1f} s".replace(".", ",")


def percent(permille: float) -> str:
    return f"{permille / 10:.1f} %".replace(".", ",")
