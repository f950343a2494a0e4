"""Admission, change, discharge: what happened, entered by the provider, to the day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from sojus.domain.model.days import Span
from sojus.domain.model.ids import PlaceId, StayId
from sojus.domain.model.units import Unit
from sojus.domain.placement import events as e
from sojus.domain.placement import words
from sojus.domain.placement.decisions import News, Why
from sojus.domain.placement.moves import as_office, check_free, check_room, house, is_house, party
from sojus.domain.placement.records import Admission, Part, Reservation, Stage
from sojus.domain.placement.reservations import in_stage, known
from sojus.domain.placement.state import Placements, Refusal
from sojus.domain.register.ledger import Taken, Use, entered, struck


def admit(state: Placements, act: e.Act, event: e.Admit) -> None:
    """All who were reserved for together, on one day; each place has an admission of its own."""
    found = known(state, event.reservation)
    if not is_house(state, act.by, found.provider):
        raise Refusal(Why.NOT_YOURS, words.NOT_YOURS)
    in_stage(found, Stage.HELD, Stage.CONFIRMED)
    _happened(state, event.day)
    span = Span(event.day, event.until if event.until is not None else found.need.span.end)
    if span.empty:
        raise Refusal(Why.IMPOSSIBLE, words.empty_span(span))
    _check_contingent(0, event.contingent)
    check_free(state, found.parts, span, found.id)
    for part in found.parts:
        _begin(state, found, part, span, event.contingent)
    state.keep(
        replace(found, stage=Stage.ADMITTED, answered_at=found.answered_at or state.now, remind_at=None),
    )
    state.tell(party(found.by), News.ADMITTED, found.id, words.admitted(event.day))


def change(state: Placements, act: e.Act, event: e.ChangeStay) -> None:
    """A new planned end, or another amount."""
    found = _of_house(state, act, event.stay)
    span = Span(found.span.start, event.until)
    if span.empty:
        raise Refusal(Why.IMPOSSIBLE, words.empty_span(span))
    if event.amount < 1:
        raise Refusal(Why.IMPOSSIBLE, words.amount(1, event.amount))
    changed = replace(found, span=span, amount=event.amount)
    check_room(state, changed, span)
    _occupy(state, changed)
    state.stays[found.id] = changed
    _tell_changed(state, changed)


def move(state: Placements, act: e.Act, event: e.MoveStay) -> None:
    """The day of the move is a day at the new place, and free at the old one."""
    found = _of_house(state, act, event.stay)
    _happened(state, event.day)
    if event.place not in state.register.books:
        raise Refusal(Why.UNKNOWN, words.unknown_place(event.place))
    if state.register.owner(event.place) != found.provider:
        raise Refusal(Why.NOT_YOURS, words.NOT_YOURS)
    if event.place == found.place:
        raise Refusal(Why.TWICE, words.USED)
    if event.day < found.span.start:
        raise Refusal(Why.IMPOSSIBLE, words.before(event.day, found.span.start))
    span = Span(event.day, found.span.end)
    if span.empty:
        raise Refusal(Why.IMPOSSIBLE, words.empty_span(span))
    check_free(state, (Part(event.place, found.amount),), span, found.id)
    _leave(state, found, event.day)
    moved = replace(found, place=event.place, span=span)
    _occupy(state, moved)
    state.stays[found.id] = moved
    _tell_changed(state, moved)


def discharge(state: Placements, act: e.Act, event: e.Discharge) -> None:
    """The day of discharge belongs to the stay, or is free again: as the terms of the field say."""
    found = _of_house(state, act, event.stay)
    _happened(state, event.day)
    if event.day < found.span.start:
        raise Refusal(Why.IMPOSSIBLE, words.before(event.day, found.span.start))
    free = state.register.vocabulary(found.place).terms.discharge_day_free
    span = Span(found.span.start, event.day if free else event.day + timedelta(days=1))
    check_room(state, found, span)  # it may have been longer than was planned
    _leave(state, found, span.last)
    state.stays[found.id] = replace(found, span=span, ended=True)
    state.tell(party(found.by), News.DISCHARGED, found.id, words.discharged(event.day))


def approve(state: Placements, act: e.Act, event: e.Approve) -> None:
    as_office(act.by)
    found = _known(state, event.stay)
    if party(found.by) != party(act.by):
        raise Refusal(Why.NOT_YOURS, words.NOT_YOURS)
    _check_contingent(found.contacts, event.contingent)
    state.stays[found.id] = replace(found, contingent=event.contingent)
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
    if not found.admitted_on <= event.day < found.span.last:
        raise Refusal(Why.IMPOSSIBLE, words.not_in_stay(event.day))
    if event.contacts < 1:
        raise Refusal(Why.IMPOSSIBLE, words.amount(event.contacts, 1))
    used = found.contacts + event.contacts
    _check_contingent(used, found.contingent)
    state.stays[found.id] = replace(found, contacts=used)
    text = words.recorded(used, found.contingent)
    state.tell(party(act.by), News.RECORDED, found.id, text)


def _begin(state: Placements, found: Reservation, part: Part, span: Span, contingent: int | None) -> None:
    name = StayId(f"{found.id}/{part.place}")
    book = state.register.books[part.place]
    state.register.enter(book.with_ledger(struck(book.taken, found.id)))
    assert found.provider is not None
    new = Admission(
        *(name, found.id, found.case, found.by, found.provider, part.place, part.amount, span.start, span),
        contingent=contingent,
    )
    _occupy(state, new)
    state.stays[name] = new
    state.freed[book.place.group] = None  # it may have begun later, or end earlier, than was reserved


def _occupy(state: Placements, stay: Admission) -> None:
    book = state.register.books[stay.place]
    new = Taken(stay.span, stay.amount, Use.ADMITTED, stay.id)
    state.keep_book(book.with_ledger(entered(book.taken, new)))
    state.freed[book.place.group] = None


def _leave(state: Placements, stay: Admission, until: date) -> None:
    """Whoever was there is so until this day only."""
    book = state.register.books[stay.place]
    new = Taken(Span(stay.span.start, until), stay.amount, Use.ADMITTED, stay.id)
    state.keep_book(book.with_ledger(entered(book.taken, new)))
    state.freed[book.place.group] = None


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
