"""Who is there: the days of a stay in the ledger of its place, also when they last longer than anybody planned."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sojus.domain.model.days import Span
from sojus.domain.model.ids import PlaceId, ReservationId, StayId
from sojus.domain.placement import events as e
from sojus.domain.placement import words
from sojus.domain.placement.decisions import News, Why
from sojus.domain.placement.moves import day_end, house, is_house
from sojus.domain.placement.records import Admission, stay_of
from sojus.domain.placement.rows import party
from sojus.domain.placement.state import Placements, Refusal
from sojus.domain.placement.stay import words as stay_words
from sojus.domain.register.ledger import Taken, Use, entered, runs_with, struck


def known_stay(state: Placements, name: StayId) -> Admission:
    if (found := state.stays.get(name)) is None:
        raise Refusal(Why.UNKNOWN, words.unknown(name))
    return found


def at_house(state: Placements, act: e.Act, name: StayId) -> Admission:
    """The stay at this provider. Refuses."""
    found = known_stay(state, name)
    if not is_house(state, act.by, found.provider):
        raise Refusal(Why.NOT_YOURS, words.NOT_YOURS)
    return found


def still_there(state: Placements, act: e.Act, name: StayId) -> Admission:
    """The stay at this provider that has not ended. Refuses."""
    found = at_house(state, act, name)
    if found.ended:
        raise Refusal(Why.TOO_LATE, stay_words.DISCHARGED_ALREADY)
    return found


def check_happened(state: Placements, day: date) -> None:
    if day > state.today:
        raise Refusal(Why.IMPOSSIBLE, words.future(day))


def place_name(state: Placements, place: PlaceId) -> str:
    return state.register.books[place].place.name


def tell_changed(state: Placements, stay: Admission) -> None:
    name = words.places([place_name(state, stay.place)])
    state.tell(party(stay.by), News.CHANGED, stay.id, stay_words.changed(name, stay.span))


def occupy(state: Placements, stay: Admission) -> None:
    """They are there for as long as is planned; if that is over already, for as long as nobody discharges them."""
    end = stay.span.end
    stay = replace(stay, ends_at=day_end(state, stay.span.last_day) if end is not None else None)
    if end is not None and end <= state.today:
        overrun(state, stay)
        return
    stand(state, stay, stay.span)
    state.keep_stay(stay)


def stand(state: Placements, stay: Admission, span: Span) -> bool:
    """Enter these days at its place, as far as the place has them; whether it has all of them."""
    book = state.register.books[stay.place]
    others = struck(book.taken, stay.ref)
    runs = runs_with(others, book.place.capacity, span, stay.amount)
    ledger = entered(others, *(Taken(run, stay.amount, Use.ADMITTED, stay.ref) for run in runs))
    if ledger != book.taken:
        state.keep_book(book.with_ledger(ledger))
        state.freed[book.place.group] = None
    return runs == (span,) or span.empty


def overrun(state: Placements, stay: Admission) -> None:
    """The planned end has come and nobody is discharged: the place stays taken, where it is not given to others."""
    end = stay.span.stop
    late = replace(stay, span=Span(stay.span.start), overdue=end, ends_at=None)
    whole, name = stand(state, late, late.span), place_name(state, stay.place)
    state.keep_stay(late)
    state.tell(party(stay.by), News.OVERDUE, stay.id, stay_words.overdue_for_office(name, stay.span.last_day))
    state.tell(house(state, stay.provider), News.OVERDUE, stay.id, stay_words.overdue(name, stay.span.last_day))
    if not whole:
        tell_reserved(state, stay.place, Span(end), News.OVERDUE, stay_words.still_there(name))


def tell_reserved(state: Placements, place: PlaceId, span: Span, news: News, text: str) -> None:
    """To each office for which the place is reserved on one of these days."""
    for one in state.register.books[place].taken:
        if one.use is Use.RESERVED and one.span.overlaps(span):
            other = state.reservations[ReservationId(one.ref)]
            state.tell(party(other.by), news, other.id, text)


def fill_up(state: Placements) -> None:
    """Who is there has what comes free of days that were given to others, before anybody who waits for it."""
    for place in tuple(state.changed):
        names = {stay_of(one.ref) for one in state.register.books[place].taken if one.use is Use.ADMITTED}
        there = [state.stays[name] for name in names]
        here = [one for one in there if not one.ended and one.place == place]
        for stay in sorted(here, key=_order):
            stand(state, stay, stay.span)


def _order(stay: Admission) -> tuple[date, str]:
    return stay.span.start, stay.id
