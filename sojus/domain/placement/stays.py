"""Admission, change, discharge: what happened, entered by the provider, to the day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta, tzinfo

from sojus.domain.model.days import Span
from sojus.domain.model.ids import PlaceId, ReservationId, StayId
from sojus.domain.model.units import Unit
from sojus.domain.placement import events as e
from sojus.domain.placement import words
from sojus.domain.placement.decisions import News, Why
from sojus.domain.placement.moves import LONGEST, as_office, check_free, check_room, day_end, house, is_house, party
from sojus.domain.placement.records import Admission, Part, Reservation, Stage, stay_of
from sojus.domain.placement.reservations import in_stage, known
from sojus.domain.placement.state import Placements, Refusal
from sojus.domain.register.ledger import Taken, Use, entered, runs_with, struck
from sojus.domain.register.sentences import empty_span, unknown_place


def admit(state: Placements, act: e.Act, event: e.Admit) -> None:
    """All who were reserved for together, on one day; each place has an admission of its own."""
    found = known(state, event.reservation)
    if not is_house(state, act.by, found.provider):
        raise Refusal(Why.NOT_YOURS, words.NOT_YOURS)
    in_stage(found, Stage.HELD, Stage.CONFIRMED)
    _happened(state, event.day)
    span = Span(event.day, event.until if event.until is not None else found.need.span.end)
    if span.empty:
        raise Refusal(Why.IMPOSSIBLE, empty_span(span))
    _check_end(state, span)
    _check_contingent(0, event.contingent)
    check_free(state, found.parts, span, found.id)
    for part in found.parts:
        _begin(state, act, found, part, span)
    state.keep(
        replace(found, stage=Stage.ADMITTED, answered_at=found.answered_at or state.now, remind_at=None),
    )
    state.tell(party(found.by), News.ADMITTED, found.id, words.admitted(event.day))


def change(state: Placements, act: e.Act, event: e.ChangeStay) -> None:
    """A new planned end, or another amount."""
    found = _of_house(state, act, event.stay)
    span = Span(found.span.start, event.until)
    if event.until is not None and event.until <= state.today:
        raise Refusal(Why.IMPOSSIBLE, words.plan_over(event.until))
    _check_end(state, span)
    if event.amount < 1:
        raise Refusal(Why.IMPOSSIBLE, words.amount(1, event.amount))
    changed = replace(found, span=span, amount=event.amount, overdue=None)
    check_room(state, changed, Span(max(span.start, state.today), span.end))
    _occupy(state, changed, act.at.tzinfo)
    _tell_changed(state, changed)


def move(state: Placements, act: e.Act, event: e.MoveStay) -> None:
    """The day of the move is a day at the new place, and free at the old one."""
    found = _of_house(state, act, event.stay)
    _happened(state, event.day)
    if event.place not in state.register.books:
        raise Refusal(Why.UNKNOWN, unknown_place(event.place))
    if state.register.owner(event.place) != found.provider:
        raise Refusal(Why.NOT_YOURS, words.NOT_YOURS)
    if event.place == found.place:
        raise Refusal(Why.TWICE, words.THERE_ALREADY)
    if event.day < found.span.start:
        raise Refusal(Why.IMPOSSIBLE, words.before(event.day, found.span.start))
    span = Span(event.day, found.span.end)
    if span.empty:
        raise Refusal(Why.IMPOSSIBLE, empty_span(span))
    check_free(state, (Part(event.place, found.amount),), span)
    _stand(state, found, Span(found.span.start, event.day))
    moved = replace(found, place=event.place, span=span, moves=found.moves + 1)
    _occupy(state, moved, act.at.tzinfo)
    _tell_changed(state, moved)


def discharge(state: Placements, act: e.Act, event: e.Discharge) -> None:
    """The day of discharge belongs to the stay, or is free again: as the terms of the field say.

    What happened is entered even if the place was given to others meanwhile; then both sides are told.
    """
    found = _of_house(state, act, event.stay)
    _happened(state, event.day)
    if event.day < found.span.start:
        raise Refusal(Why.IMPOSSIBLE, words.before(event.day, found.span.start))
    free = state.register.vocabulary(found.place).terms.discharge_day_free
    span = Span(found.span.start, event.day if free else event.day + timedelta(days=1))
    whole = _stand(state, found, span)
    state.keep_stay(replace(found, span=span, ended=True))
    state.tell(party(found.by), News.DISCHARGED, found.id, words.discharged(event.day))
    for side in () if whole else (party(found.by), house(state, found.provider)):
        state.tell(side, News.CONFLICT, found.id, words.given_twice(_name(state, found.place)))


def overrun(state: Placements, stay: Admission) -> None:
    """The planned end has come and nobody is discharged: the place stays taken, where it is not given to others."""
    end = stay.span.stop
    late = replace(stay, span=Span(stay.span.start), overdue=end, ends_at=None)
    whole, name = _stand(state, late, late.span), _name(state, stay.place)
    state.keep_stay(late)
    state.tell(party(stay.by), News.OVERDUE, stay.id, words.overdue_for_office(name, stay.span.last_day))
    state.tell(house(state, stay.provider), News.OVERDUE, stay.id, words.overdue(name, stay.span.last_day))
    for one in () if whole else state.register.books[stay.place].taken:
        if one.use is Use.RESERVED and one.span.overlaps(Span(end)):
            other = state.reservations[ReservationId(one.ref)]
            state.tell(party(other.by), News.OVERDUE, other.id, words.still_there(name))


def fill_up(state: Placements) -> None:
    """Who should have left has what comes free at the same place, before anybody who waits for it."""
    for place in tuple(state.changed):
        names = {stay_of(one.ref) for one in state.register.books[place].taken if one.use is Use.ADMITTED}
        there = [state.stays[name] for name in names]
        late = [one for one in there if one.overdue and not one.ended and one.place == place]
        for stay in sorted(late, key=_order):
            _stand(state, stay, stay.span)


def approve(state: Placements, act: e.Act, event: e.Approve) -> None:
    as_office(act.by)
    found = _known(state, event.stay)
    if party(found.by) != party(act.by):
        raise Refusal(Why.NOT_YOURS, words.NOT_YOURS)
    _check_contingent(found.contacts, event.contingent)
    state.keep_stay(replace(found, contingent=event.contingent))
    state.tell(house(state, found.provider), News.APPROVED, found.id, words.approved(event.contingent))


def record(state: Placements, act: e.Act, event: e.RecordContacts) -> None:
    """Also after the discharge, of a day before it; never more than is approved."""
    found = _known(state, event.stay)
    if not is_house(state, act.by, found.provider):
        raise Refusal(Why.NOT_YOURS, words.NOT_YOURS)
    group = state.register.groups[state.register.books[found.place].place.group]
    if state.register.kind(group).unit is Unit.BED:
        raise Refusal(Why.IMPOSSIBLE, words.NO_CONTACTS)
    _happened(state, event.day)
    if not found.admitted_on <= event.day < found.span.stop:
        raise Refusal(Why.IMPOSSIBLE, words.not_in_stay(event.day))
    if event.contacts < 1:
        raise Refusal(Why.IMPOSSIBLE, words.amount(event.contacts, 1))
    used = found.contacts + event.contacts
    _check_contingent(used, found.contingent)
    state.keep_stay(replace(found, contacts=used))
    text = words.recorded(used, found.contingent)
    state.tell(party(act.by), News.RECORDED, found.id, text)


def _begin(state: Placements, act: e.Act, found: Reservation, part: Part, span: Span) -> None:
    name = StayId(f"{found.id}/{part.place}")
    book = state.register.books[part.place]
    state.register.enter(book.with_ledger(struck(book.taken, found.id)))
    assert found.provider is not None
    new = Admission(
        *(name, found.id, found.case, found.by, found.provider, part.place, part.amount, span.start, span),
        contingent=act.what.contingent if isinstance(act.what, e.Admit) else None,
    )
    _occupy(state, new, act.at.tzinfo)
    state.freed[book.place.group] = None  # it may have begun later, or end earlier, than was reserved


def _occupy(state: Placements, stay: Admission, zone: tzinfo | None) -> None:
    """They are there for as long as is planned; if that is over already, for as long as nobody discharges them."""
    end = stay.span.end
    stay = replace(stay, ends_at=day_end(stay.span.last_day, zone) if end is not None else None)
    if end is not None and end <= state.today:
        overrun(state, stay)
        return
    _stand(state, stay, stay.span)
    state.keep_stay(stay)


def _stand(state: Placements, stay: Admission, span: Span) -> bool:
    """Enter these days at its place, as far as the place has them; whether it has all of them."""
    book = state.register.books[stay.place]
    others = struck(book.taken, stay.ref)
    runs = runs_with(others, book.place.capacity, span, stay.amount)
    ledger = entered(others, *(Taken(run, stay.amount, Use.ADMITTED, stay.ref) for run in runs))
    if ledger != book.taken:
        state.keep_book(book.with_ledger(ledger))
        state.freed[book.place.group] = None
    return runs == (span,) or span.empty


def _order(stay: Admission) -> tuple[date, str]:
    return stay.span.start, stay.id


def _check_end(state: Placements, span: Span) -> None:
    if span.end is not None and span.end - state.today > LONGEST:
        raise Refusal(Why.IMPOSSIBLE, words.too_far(span))


def _tell_changed(state: Placements, stay: Admission) -> None:
    name = words.places([_name(state, stay.place)])
    state.tell(party(stay.by), News.CHANGED, stay.id, words.changed(name, stay.span))


def _name(state: Placements, place: PlaceId) -> str:
    return state.register.books[place].place.name


def _known(state: Placements, name: StayId) -> Admission:
    if (found := state.stays.get(name)) is None:
        raise Refusal(Why.UNKNOWN, words.unknown(name))
    return found


def _of_house(state: Placements, act: e.Act, name: StayId) -> Admission:
    """The stay at this provider that has not ended. Refuses."""
    found = _known(state, name)
    if not is_house(state, act.by, found.provider):
        raise Refusal(Why.NOT_YOURS, words.NOT_YOURS)
    if found.ended:
        raise Refusal(Why.TOO_LATE, words.DISCHARGED_ALREADY)
    return found


def _happened(state: Placements, day: date) -> None:
    if day > state.today:
        raise Refusal(Why.IMPOSSIBLE, words.future(day))


def _check_contingent(used: int, contingent: int | None) -> None:
    if contingent is not None and used > contingent:
        raise Refusal(Why.ENOUGH, words.contingent(used, contingent))
