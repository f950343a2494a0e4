"""A provider's groups with their places as they are today, of the state."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sojus.domain.model.days import Span, german
from sojus.domain.model.ids import StayId
from sojus.domain.model.units import Unit
from sojus.domain.placement.records import stay_of
from sojus.domain.register.book import PlaceBook
from sojus.domain.register.entries import Group
from sojus.domain.register.ledger import Use
from sojus.domain.search.phrases import counted
from sojus.service.found import CalendarRow, Freshness, State
from sojus.service.houses import OwnGroupView, OwnPlaceView, PlaceAct
from sojus.service.offers.occupancy import state_on
from sojus.service.own.reader import Reader, confirmed_last, own_groups

WORDS = {State.FREE: "frei", State.TAKEN: "belegt", State.KEPT: "reserviert", State.CLOSED: "geschlossen"}


def groups(reader: Reader) -> tuple[OwnGroupView, ...]:
    """In the order in which they came."""
    return tuple(_group(reader, one) for one in own_groups(reader))


def _group(reader: Reader, group: Group) -> OwnGroupView:
    register, today = reader.state.register, reader.state.today
    facility, unit = register.facilities[group.facility], register.kind(group).unit
    told, freshness = _confirmed(reader, group)
    return OwnGroupView(
        *(group.id, group.name, facility.id, facility.name, facility.phone, facility.address),
        *(group.area, group.kind, unit.value),
        confirmed=told,
        freshness=freshness,
        places=tuple(_place(book, unit, today) for book in register.books_of(group.id)),
    )


def _confirmed(reader: Reader, group: Group) -> tuple[str, Freshness]:
    if (oldest := confirmed_last(reader, group)) is None:
        return "Noch nicht bestätigt", Freshness.NEVER
    age = (reader.state.today - oldest.at.date()).days
    stale = age > reader.state.register.vocabularies[group.area].terms.stale_days
    told = f"Bestätigt am {german(oldest.at.date())} um {oldest.at:%H:%M} Uhr"
    return (f"Veraltet, vor {age} Tagen. {told}", Freshness.STALE) if stale else (told, Freshness.FRESH)


def _place(book: PlaceBook, unit: Unit, today: date) -> OwnPlaceView:
    row = state_on(book, today)
    here = [one for one in book.taken if one.span.holds(today)]
    stays = [stay_of(one.ref) for one in here if one.use is Use.ADMITTED]
    reported = [StayId(one.ref.removeprefix("/")) for one in here if one.use is Use.REPORTED]
    closures = [one.id for one in book.closed if one.span.holds(today)]
    return OwnPlaceView(
        *(book.place.id, book.place.name, book.place.capacity, row.left, row.state, row.until),
        sentence=_sentence(row, unit, book.place.capacity),
        stay=stays[0] if stays else None,
        reported=reported[0] if reported else None,
        closure=closures[0] if closures else None,
        can=tuple(_can(row, bool(reported), bool(closures))),
    )


def _can(row: CalendarRow, is_reported: bool, is_closed: bool) -> Iterator[PlaceAct]:
    yield PlaceAct.OPEN if is_closed else PlaceAct.CLOSE
    if row.left > 0 or is_reported:
        yield PlaceAct.OCCUPY
    if is_reported:
        yield PlaceAct.FREE


def _sentence(row: CalendarRow, unit: Unit, capacity: int) -> str:
    word = WORDS[row.state]
    if row.state is State.FREE and unit is not Unit.BED:
        word = f"{counted(unit, row.left)} von {capacity} frei"
    if row.until is None:
        return f"{word}, ohne absehbares Ende" if row.state in (State.TAKEN, State.CLOSED) else word
    return f"{word} bis {german(Span(row.from_, row.until).last_day)}"
