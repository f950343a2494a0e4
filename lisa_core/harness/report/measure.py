"""Measurements against limits: a number, its unit, its uncertainty, and what follows from them.

The rule is that of ISO/IEC 17025 7.8.6 with a guard band of U (ILAC-G8:09/2019, 4.2.2): "bestanden" only where value
and uncertainty together stay within the limit, "nicht bestanden" only where both lie beyond it, otherwise
"nicht entscheidbar". A machine that had no processor free makes a value worse, never better: what that can explain is
no failure, and no pass either.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

from lisa_core.config.classes.limits import UNITS, Limit, exact, size
from lisa_core.domain.model.errors import HarnessError
from lisa_core.harness.report.record import Measurement, Verdict
from lisa_core.harness.text.findings import meant
from lisa_core.harness.text.language import say

STEP = "Schritt"
"""What stands in the place of a requirement where a step itself sets the limit."""


def measured(
    name: str,
    value: float,
    unit: str,
    uncertainty: float | None = None,
    held_up: float = 0.0,
    since: str = "",
    delay_s: float = 0.0,
) -> Measurement:
    """A measurement as a step takes it. Raises `HarnessError` for what is no number or has no known unit.

    `delay_s`: by how many seconds lines between it and devices may have been late; it counts where time is measured.
    """
    if unit not in UNITS:
        advice = meant(unit, UNITS, say("Es gibt: {units}.", units=", ".join(UNITS)))
        what = say("Messung „{name}“: Die Einheit „{unit}“ gibt es nicht.", name=name, unit=unit)
        raise HarnessError(f"{what} {advice}")
    number, spread, late = exact(value), exact(uncertainty or 0), exact(held_up) or Decimal(0)
    if number is None or spread is None or spread < 0:
        what = "Messung „{name}“: {value} ± {spread} ist kein Messwert."
        raise HarnessError(say(what, name=name, value=value, spread=uncertainty))
    spread_said = None if uncertainty is None else spread
    return Measurement(name, number, unit, spread_said, held_up=late, since=since, delay=_in_unit(delay_s, unit))


def _in_unit(delay_s: float, unit: str) -> Decimal:
    if UNITS[unit][0] != UNITS["s"][0]:
        return Decimal(0)
    return (exact(round(delay_s, 6)) or Decimal(0)) / size(unit)


_OWN_LIMIT = "lisa_own_limit"
Step = TypeVar("Step", bound=Callable[..., object])


def limited(step: Step) -> Step:
    """Mark a step that measures and has a limit of its own: it fails at once, so its scenario runs beside no other."""
    setattr(step, _OWN_LIMIT, True)
    return step


def is_limited(step: Callable[..., object]) -> bool:
    """Whether it is marked so; also under what was wrapped around it."""
    return bool(getattr(inspect.unwrap(step), _OWN_LIMIT, False))


def late(
    name: str, value: float, limit: float, held_up: float, unit: str = "s", *, upper: bool = True, delay_s: float = 0.0
) -> Measurement | None:
    """What misses a step's own limit where waiting for a processor can explain it: undecided; else None.

    It is kept for that case only: a value within the limit (at most, or not `upper`: at least) is shown by the step.
    With a `delay_s` of lines it is undecided on both sides of the limit.
    """
    taken = measured(name, round(value, 3), unit, held_up=round(held_up, 3), delay_s=delay_s)
    bound = exact(limit)
    if bound is None or decide(taken.value, taken.delay, bound, upper) is Verdict.PASSED:
        return None
    spread = max(taken.held_up, taken.delay)
    if decide(taken.value, spread, bound, upper) is Verdict.FAILED:
        return None
    return replace(taken, uncertainty=spread, requirement=STEP, limit=bound, upper=upper, verdict=Verdict.UNDECIDED)


def judged(measurement: Measurement, requirement: str, limit: Limit) -> Measurement:
    """The measurement in the unit of its limit, with its verdict. Raises `HarnessError` for units of another kind."""
    if UNITS[measurement.unit][0] != UNITS[limit.unit][0]:
        what = "Messung „{name}“ in „{unit}“ passt nicht zur Grenze von {requirement} in „{other}“."
        names = {"name": measurement.name, "requirement": requirement}
        raise HarnessError(say(what, **names, unit=measurement.unit, other=limit.unit))
    factor = size(measurement.unit) / size(limit.unit)
    own, delay = measurement.uncertainty, measurement.delay * factor
    spread = (limit.uncertainty if own is None else own * factor) + delay
    value, held_up = measurement.value * factor, measurement.held_up * factor
    verdict = decide(value, spread, limit.value, limit.upper)
    if verdict is Verdict.FAILED and decide(value, held_up, limit.value, limit.upper) is not Verdict.FAILED:
        verdict, spread = Verdict.UNDECIDED, held_up
    return replace(
        measurement,
        value=value,
        unit=limit.unit,
        uncertainty=spread,
        requirement=requirement,
        limit=limit.value,
        upper=limit.upper,
        verdict=verdict,
        held_up=held_up,
        delay=delay,
        limit_of=limit.whose,
    )


def decide(value: Decimal, spread: Decimal, bound: Decimal, upper: bool) -> Verdict:
    """The rule itself: a value with its uncertainty against a limit (`upper`: at most)."""
    if not upper:
        value, bound = -value, -bound
    if value + spread <= bound:
        return Verdict.PASSED
    return Verdict.FAILED if value - spread > bound else Verdict.UNDECIDED
