"""Admission, move, discharge: what happened, entered by the provider, to the day."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sojus.domain.model.days import Span
from sojus.domain.model.ids import NO_REASON, PlaceId, StayId
from sojus.domain.placement import events as e
from sojus.domain.placement import words
from sojus.domain.placement.decisions import News, Why
from sojus.domain.placement.moves import check_free, give_back, help_of, house, is_house
from sojus.domain.placement.records import Admission, Grant, Part, Reservation, Stage
from sojus.domain.placement.reservations import in_stage, known
from sojus.domain.placement.rows import party
from sojus.domain.placement.state import Placements, Refusal
from sojus.domain.placement.stay import words as stay_words
from sojus.domain.placement.stay.approvals import check_end
from sojus.domain.placement.stay.presence import check_happened, occupy, place_name, stand, still_there, tell_changed
from sojus.domain.placement.waiting import end_waits
from sojus.domain.register.sentences import empty_span, unknown_place


def admit(state: Placements, act: e.Act, event: e.Admit) -> None:
    """All who were reserved for together, on one of the days reserved; each young person has a stay of their own."""
    found = known(state, event.reservation)
    if not is_house(state, act.by, found.provider):
        raise Refusal(Why.NOT_YOURS, words.NOT_YOURS)
    in_stage(found, Stage.HELD, Stage.CONFIRMED)
    check_happened(state, event.day)
    span = _span_within(found, event)
    check_end(state, span)
    check_free(state, found.parts, span, found.id)
    give_back(state, found)  # it may have begun later, or end earlier, than was reserved
    for name, part in zip(found.stay_ids, found.parts, strict=True):
        _begin(state, found, part, span, name)
    state.keep(replace(found, stage=Stage.ADMITTED, answered_at=found.answered_at or state.now, remind_at=None))
    state.tell(party(found.by), News.ADMITTED, found.id, stay_words.admitted(event.day))
    end_waits(state, found)


def move(state: Placements, act: e.Act, event: e.MoveStay) -> None:
    """The day of the move is a day at the new place, and free at the old one."""
    found = still_there(state, act, event.stay)
    check_happened(state, event.day)
    if event.place not in state.register.books:
        raise Refusal(Why.UNKNOWN, unknown_place(event.place))
    if state.register.owner(event.place) != found.provider:
        raise Refusal(Why.NOT_YOURS, words.NOT_YOURS)
    if event.place == found.place:
        raise Refusal(Why.TWICE, stay_words.THERE_ALREADY)
    if not _is_same_help(state, event.place, found.place):
        raise Refusal(Why.IMPOSSIBLE, stay_words.OTHER_HELP)
    if event.day < found.span.start:
        raise Refusal(Why.IMPOSSIBLE, stay_words.before(event.day, found.span.start))
    span = Span(event.day, found.span.end)
    if span.empty:
        raise Refusal(Why.IMPOSSIBLE, empty_span(span))
    check_free(state, (Part(event.place, found.amount),), span)
    stand(state, found, Span(found.span.start, event.day))
    moved = replace(found, place=event.place, span=span, moves=found.moves + 1)
    occupy(state, moved)
    tell_changed(state, moved)


def discharge(state: Placements, act: e.Act, event: e.Discharge) -> None:
    """The day of discharge belongs to the stay, or is free again: as the terms of the field say.

    What happened is entered even if the place was given to others meanwhile; then both sides are told.
    """
    found = still_there(state, act, event.stay)
    check_happened(state, event.day)
    if event.day < found.span.start:
        raise Refusal(Why.IMPOSSIBLE, stay_words.before(event.day, found.span.start))
    reasons = state.register.kind(state.register.groups[state.register.books[found.place].place.group]).discharges
    if event.reason not in (reasons or (NO_REASON,)):
        raise Refusal(Why.IMPOSSIBLE, stay_words.reason_wanted(reasons.values()))
    free = state.register.vocabulary(found.place).terms.discharge_day_free
    span = Span(found.span.start, event.day if free else event.day + timedelta(days=1))
    whole = stand(state, found, span)
    left = replace(found, span=span, ended=True, wanted=None, end_before=found.span.end)
    state.keep_stay(replace(left, discharged_on=event.day, reason=event.reason, entered_on=state.today))
    state.tell(party(found.by), News.DISCHARGED, found.id, stay_words.discharged(event.day))
    for side in () if whole else (party(found.by), house(state, found.provider)):
        state.tell(side, News.CONFLICT, found.id, stay_words.given_twice(place_name(state, found.place), "eingetragen"))


def _span_within(found: Reservation, event: e.Admit) -> Span:
    """The days of the stay, none before or after those that are reserved: the office has approved no others."""
    agreed = found.need.span
    span = Span(event.day, event.until if event.until is not None else agreed.end)
    if event.day < agreed.start:
        raise Refusal(Why.IMPOSSIBLE, stay_words.before_agreed(event.day, agreed.start))
    if span.stop > agreed.stop:
        raise Refusal(Why.IMPOSSIBLE, stay_words.longer_than_agreed(span.last_day, agreed.last_day))
    if span.empty:
        raise Refusal(Why.IMPOSSIBLE, empty_span(span))
    return span


def _begin(state: Placements, found: Reservation, part: Part, span: Span, name: StayId) -> None:
    assert found.provider is not None
    granted = Grant(found.need.span.end, part.amount)
    new = Admission(
        *(name, found.id, found.case, found.by, found.provider, part.place, part.amount, span.start, span, granted),
        contingent=found.need.contingent,
        entered_on=state.today,
    )
    occupy(state, new)


def _is_same_help(state: Placements, one: PlaceId, other: PlaceId) -> bool:
    groups = (state.register.books[place].place.group for place in (one, other))
    return len({help_of(state, group) for group in groups}) == 1
