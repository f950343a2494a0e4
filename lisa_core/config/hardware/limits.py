"""Limits of a profile, `[limits."anruf.klingelt"]`: what its owner demands of his device beyond a requirement.

A requirement owns its limit, its uncertainty and its rule; here stands only a bound. Whether it is the tighter one is
judged where requirements are known (`harness.start.own_limits`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from lisa_core.config.classes.limits import UNITS, Limit, exact, size
from lisa_core.domain.model.json_types import JsonMap
from lisa_core.domain.model.nearest import nearest

UPPER, LOWER, UNIT = "hoechstens", "mindestens", "einheit"
KEYS = (UPPER, LOWER, UNIT)
_OF_REQUIREMENTS = ("unsicherheit", "regel", "messung")


@dataclass(frozen=True, slots=True)
class OwnLimit:
    """At most (`upper`) or at least `value` of this measurement, in `unit`."""

    measurement: str
    value: Decimal
    unit: str
    upper: bool


def limit_faults(name: str, table: JsonMap) -> Iterator[tuple[str, str]]:
    """What is wrong with a limit's table: the key, and a sentence."""
    where = f"limits.{name}"
    for key in table:
        if key in _OF_REQUIREMENTS:
            yield key, f"{where}: „{key}“ sagt die Anforderung, nicht das Profil. Den Schlüssel entfernen."
        elif key not in KEYS:
            yield key, f"Den Schlüssel „{where}.{key}“ gibt es nicht.{nearest(key, KEYS)}"
    bounds = [key for key in (UPPER, LOWER) if key in table]
    if len(bounds) != 1:
        yield "", f"{where}: Genau eines von {UPPER} und {LOWER} nennen."
    for key in bounds:
        if _number(table[key]) is None:
            yield key, f"Der Schlüssel „{where}.{key}“ muss eine Zahl sein; hier steht {table[key]!r}."
    if not isinstance(table.get(UNIT), str) or not table[UNIT]:
        yield UNIT if UNIT in table else "", f'{where}: Die Einheit fehlt: {UNIT} = "s".'
    elif table[UNIT] not in UNITS:
        yield UNIT, f"{where}: Die Einheit „{table[UNIT]}“ gibt es nicht.{nearest(table[UNIT], UNITS)}"


def limit_of(name: str, table: JsonMap) -> OwnLimit | None:
    """The limit; None where something is wrong with it."""
    if any(limit_faults(name, table)):
        return None
    upper = UPPER in table
    value = _number(table[UPPER if upper else LOWER])
    return None if value is None else OwnLimit(name, value, table[UNIT], upper)


def bound_of(own: OwnLimit, limit: Limit) -> Decimal | None:
    """The bound of a profile in the unit of a requirement's; None where the units do not go together."""
    if UNITS[own.unit][0] != UNITS[limit.unit][0]:
        return None
    return own.value * size(own.unit) / size(limit.unit)


def is_laxer(limit: Limit, bound: Decimal) -> bool:
    """Whether a device could keep this bound and not the limit."""
    return bound > limit.value if limit.upper else bound < limit.value


def tightened(limit: Limit, limits: Mapping[str, OwnLimit], whose: str) -> Limit:
    """The limit, or what a profile demands of the same measurement where that is more."""
    own = limits.get(limit.measurement)
    if own is None or own.upper != limit.upper or (bound := bound_of(own, limit)) is None:
        return limit
    return limit if bound == limit.value or is_laxer(limit, bound) else replace(limit, value=bound, whose=whose)


def _number(value: object) -> Decimal | None:
    """As it is written; None for what is none."""
    return None if isinstance(value, bool) or not isinstance(value, int | float) else exact(value)
