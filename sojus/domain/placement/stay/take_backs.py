"""What was entered by mistake is taken back by an act of its own that says what: an admission, or a discharge."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from sojus.domain.model.days import Span
from sojus.domain.model.ids import NO_REASON
from sojus.domain.placement import events as e
from sojus.domain.placement import words
from sojus.domain.placement.decisions import News, Why
from sojus.domain.placement.moves import back_in_line, day_end, end, house, keep_places
from sojus.domain.placement.records import Admission, Reservation, Stage, sums
from sojus.domain.placement.rows import party
from sojus.domain.placement.state import Placements, Refusal
from sojus.domain.placement.stay import words as stay_words
from sojus.domain.placement.stay.presence import at_house, occupy, place_name, stand, tell_reserved
from sojus.domain.register.ledger import struck


def take_back(state: Placements, act: e.Act, event: e.TakeBack) -> None:
    found = at_house(state, act, event.stay)
    if found.taken_back:
        raise Refusal(Why.TWICE, stay_words.TAKEN_BACK_ALREADY)
    last = last_day_to_take_back(state, found)
    if state.today > last:
        raise Refusal(Why.TOO_LATE, stay_words.too_late_to_take_back(last))
    if event.what is e.Entered.DISCHARGE:
        _there_again(state, found, event.day)
    else:
        _not_come(state, found, event.day)


def last_day_to_take_back(state: Placements, found: Admission) -> date:
    return (found.entered_on or state.today) + timedelta(days=state.terms.correction_days)


def _there_again(state: Placements, found: Admission, day: date) -> None:
    """They never left: the place is theirs again, but for days on which it was given to others meanwhile."""
    if found.discharged_on != day:
        raise Refusal(Why.IMPOSSIBLE, stay_words.other_day(day, found.discharged_on))
    span = Span(found.span.start, found.end_before)
    again = replace(found, span=span, ended=False, discharged_on=None, reason=NO_REASON, end_before=None)
    sides = (party(found.by), house(state, found.provider))
    for side in sides:
        state.tell(side, News.TAKEN_BACK, found.id, stay_words.there_again(day))
    if span.end is not None and span.end > state.today:
        occupy(state, replace(again, overdue=None))
        whole = stand(state, state.stays[found.id], span)
    elif span.end is not None:
        occupy(state, again)  # who should have left is told
        return
    else:
        whole = stand(state, again, span)
        state.keep_stay(again)
    if not whole:
        name = place_name(state, found.place)
        for side in sides:
            state.tell(side, News.CONFLICT, found.id, stay_words.given_twice(name, "zurückgenommen"))
        tell_reserved(state, found.place, span, News.CONFLICT, stay_words.still_theirs(name))


def _not_come(state: Placements, found: Admission, day: date) -> None:
    """Nobody came: all is as it was before the admission, as far as the places are still free."""
    if found.admitted_on != day:
        raise Refusal(Why.IMPOSSIBLE, stay_words.other_day(day, found.admitted_on))
    reservation = state.reservations[found.reservation]
    stays = [state.stays[name] for name in reservation.stay_ids]
    if any(one.ended or one.moves or one.contacts for one in stays):
        raise Refusal(Why.TOO_LATE, stay_words.MORE_HAPPENED)
    for stay in stays:
        book = state.register.books[stay.place]
        state.keep_book(book.with_ledger(struck(book.taken, stay.ref)))
        state.freed[book.place.group] = None
        state.keep_stay(replace(stay, span=Span(day, day), ended=True, taken_back=True, wanted=None, ends_at=None))
    planned = found.overdue or found.span.end
    kept = next((span for span in (reservation.need.span, Span(day, planned)) if _has(state, reservation, span)), None)
    _reserve_again(state, reservation, kept)
    for name in tuple(state.index.cases[party(found.by), found.case]):
        if state.reservations[name].ended_by == reservation.id:
            waits = state.reservations[name]
            if position := back_in_line(state, replace(waits, ended_by=None)):
                state.tell(party(waits.by), News.WAITING, name, words.waiting(position, state.terms.hold))
    for side in (party(found.by), house(state, found.provider)):
        state.tell(side, News.TAKEN_BACK, reservation.id, stay_words.not_come(day, kept is not None))


def _has(state: Placements, reservation: Reservation, span: Span) -> bool:
    books = ((state.register.books[place], amount) for place, amount in sums(reservation.parts).items())
    return not span.empty and all(book.lack(span, amount) is None for book, amount in books)


def _reserve_again(state: Placements, reservation: Reservation, span: Span | None) -> None:
    """Confirmed as before, until some days after the first of them, at least for one term."""
    if span is None:
        end(state, reservation, Stage.CANCELLED)
        return
    until = day_end(state, span.start + timedelta(days=state.terms.arrival_days))
    need = replace(reservation.need, span=span)
    ends_at = max(until, state.now + state.terms.hold)
    keep_places(state, replace(reservation, need=need, stage=Stage.CONFIRMED, ends_at=ends_at))
