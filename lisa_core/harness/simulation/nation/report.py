"""What is said of a nation beyond what is said of one Landkreis: replications with intervals, and the warm-up."""

from __future__ import annotations

from collections.abc import Iterator

from lisa_core.harness.simulation.nation.intervals import CONFIDENCE, Interval, interval
from lisa_core.harness.simulation.nation.order import NationOrder
from lisa_core.harness.simulation.nation.result import ANSWERED, GONE, MEAN, MOST, QUICK, Broken, Key, Result
from lisa_core.harness.simulation.nation.warmup import FEWEST_DAYS, daily_means_us, mser
from lisa_core.harness.simulation.play.report import number

ROWS: tuple[tuple[Key, str, str], ...] = (
    (MEAN, "Wartezeit im Mittel", "s"),
    (MOST, "Wartezeit, 95 % unter", "s"),
    (QUICK, "Servicegrad (20 s)", "%"),
    (ANSWERED, "beantwortet", "%"),
    (GONE, "Abbruch vor dem Gespräch", "%"),
)
"""Figures of a replication: key, name, unit."""
_SCALE = {"s": 1_000_000, "%": 10}


def headline(order: NationOrder) -> str:
    """What was simulated, in a line."""
    each = order.each
    many = f"{number(order.kreise)} Landkreise mit je {number(each.booths)} Büros" if order.kreise > 1 else ""
    again = f", {order.replications} Wiederholungen" if order.replications > 1 else ""
    named = "" if each.faults == "none" else f", Störungen: {each.faults}"
    return f"Simulation: {many or f'{each.booths} Büros'}, {each.days} Tage{again}, Startwert {each.seed}{named}"


def lines(result: Result) -> list[str]:
    """Intervals and warm-up, where there are several replications or days were left out."""
    if result.order.replications == 1 and not result.order.warmup:
        return []
    return [*_replicated(result), *(f"{'' if n else 'Einschwingen':<28}{t}" for n, t in enumerate(warmup(result))), ""]


def warmup(result: Result) -> Iterator[str]:
    """What is not counted, why, and how that was chosen."""
    left_out, days = result.order.warmup, result.order.each.days
    if left_out:
        yield f"die ersten {left_out} von {days} Tagen zählen bei Wartezeiten und Anrufen nicht (--warmup {left_out})."
    else:
        yield "nichts weggelassen: Jeder Tag beginnt und endet mit leeren Büros, wie im Leben."
    found = mser(daily_means_us(result.totals))
    if days < FEWEST_DAYS:
        yield f"Ob Tage aufeinander wirken, prüft MSER an den Tagesmitteln erst ab {FEWEST_DAYS} Tagen."
    elif found is None:
        yield "Nach MSER (Tagesmittel) kommt die Wartezeit in dieser Zeit nicht zur Ruhe: mehr Tage nehmen."
    else:
        advice = f"die ersten {found} Tage wegzulassen" if found else "nichts wegzulassen"
        yield f"MSER (Tagesmittel der Wartezeit) rät, {advice}."


def rows(result: Result) -> list[tuple[str, str, Interval]]:
    """Name, unit and interval, in the unit, of every figure that is told of the replications."""
    offices = result.directory.offices.values()
    named = [*ROWS, *((("load", str(office.id)), f"Auslastung {office.name}", "%") for office in offices)]
    found = []
    for key, name, unit in named:
        if values := result.replicated(key):
            found.append((name, unit, interval([value / _SCALE[unit] for value in values])))
    return found


def _replicated(result: Result) -> Iterator[str]:
    count = result.order.replications
    if count == 1:
        return
    level = f"{CONFIDENCE * 100:.0f} %"
    yield f"Mittel über {count} Wiederholungen, mit Vertrauensbereich ({level}, Student t)"
    for name, unit, found in rows(result):
        yield f"  {name:<40}{said(found, unit)}"
    yield ""


def said(found: Interval, unit: str) -> str:
    """ "4,2 s ± 0,3 s" """
    return f"{found.mean:.2f} {unit} ± {found.half:.2f} {unit}".replace(".", ",")


def where(order: NationOrder, broken: Broken) -> str:
    """The Landkreis that repeats it, and its seed; one alone needs no number."""
    seed = f"Startwert {broken.portion.seed}"
    if order.portions == 1:
        return seed
    also = f" und in {broken.kreise - 1} weiteren" if broken.kreise > 1 else ""
    return f"Landkreis {broken.portion.kreis} ({seed}){also}"


def interrupted(order: NationOrder, days: int, finished: int) -> str:
    """What had been done of it: all days so far, and the Landkreise that are complete."""
    if order.portions == 1:
        done = f"{days} von {order.each.days} Tagen gespielt"
        logs = f" Das Protokoll {order.log} endet mittendrin." if order.log else ""
    else:
        done = f"{number(finished)} von {number(order.portions)} Landkreisen gespielt"
        logs = " Die Protokolle der übrigen enden mittendrin." if order.log else ""
    if order.replications > 1:
        done += f" ({order.replications} Wiederholungen zu je {number(order.kreise)})"
    return f"Abgebrochen: {done}, Startwert {order.each.seed}; keine Auswertung.{logs}"
