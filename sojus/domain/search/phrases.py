"""Parts of sentences that are the same in every field of work: money, days, distances, amounts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from sojus.domain.model.days import Span, german, german_span
from sojus.domain.model.units import RateUnit, Unit
from sojus.domain.search.offer import Price

PER: Mapping[RateUnit, str] = {
    RateUnit.DAY: "je Tag",
    RateUnit.MONTH: "je Monat",
    RateUnit.HOUR: "je Stunde",
    RateUnit.CONTACT: "je Kontakt",
}
COUNTED: Mapping[Unit, tuple[str, str]] = {
    Unit.BED: ("Platz", "Plätze"),
    Unit.SEAT: ("Platz", "Plätze"),
    Unit.WEEKLY_HOURS: ("Wochenstunde", "Wochenstunden"),
    Unit.CONTACTS: ("Kontakt in der Woche", "Kontakte in der Woche"),
}


def euros(cents: int) -> str:
    """ "1.216,88 €"."""
    return f"{cents // 100:,}".replace(",", ".") + f",{cents % 100:02} €"


def price_words(price: Price, on: date) -> str:
    """ "216,88 € je Tag (Stand 30.11.2026)"; of one that does not hold on this day, until or from when it does."""
    if price.span.holds(on):
        state = f"Stand {german(on)}"
    elif price.span.start > on:
        state = f"gilt erst ab {german(price.span.start)}"
    else:
        state = f"galt bis {german(price.span.last_day)}, ein neues Entgelt ist nicht eingetragen"
    return f"{euros(price.cents)} {PER[price.unit]} ({state})"


def kilometres(metres: int) -> str:
    """ "12,3 km", rounded up, so that what is too far reads so; near by in metres."""
    tenths = -(-metres // 100)
    return f"{metres} m" if metres < 1000 else f"{tenths // 10},{tenths % 10} km"


def counted(unit: Unit, count: int) -> str:
    """ "3 Wochenstunden"."""
    one, many = COUNTED[unit]
    return f"{count} {one if count == 1 else many}"


def with_closure(said: str, wanted: Span, closed: Iterable[Span]) -> str:
    """What is said of free days, and after it when nobody is taken in within `wanted`; who came before stays.

    Of a place that is closed on the first of these days only that. `closed`: in order.
    """
    shut = next((one for one in closed if one.overlaps(wanted)), None)
    if shut is None:
        return said
    days = f"eine Aufnahme {german_span(shut)}"
    return f"K{days}" if shut.holds(wanted.start) else f"{said}; k{days}"
