"""Which limits of a class nothing can keep over ways that take so long: known before anything runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from lisa_core.config.classes.limits import TIME, UNITS, exact, size
from lisa_core.config.classes.values import CertificationClass


def too_far(wanted: CertificationClass, delays: Mapping[str, float]) -> Iterator[str]:
    """A sentence for each. `delays`: by slot the seconds by which what its device says may be late."""
    for one in wanted.demands:
        limit, against = one.limit, one.reference.kind.slots if one.reference else ()
        if limit is None or not limit.upper or UNITS[limit.unit][0] != TIME:
            continue
        way_s = sum(delays.get(slot, 0.0) for slot in dict.fromkeys((wanted.slot, *against)))
        way = (exact(round(way_s, 6)) or Decimal(0)) / size(limit.unit)
        if way and limit.uncertainty + way > limit.value:
            unit, whole = limit.unit, limit.uncertainty + way
            yield (
                f"{one.id}: Der Weg zum Gerät ist zu lang: höchstens {_said(limit.value)} {unit}, und schon "
                f"{_said(whole)} {unit} Unsicherheit, davon {_said(way)} {unit} der Weg. Näher am Gerät prüfen."
            )


def _said(number: Decimal) -> str:
    return f"{round(number, 1).normalize():f}".replace(".", ",")
