"""Reservations: kept for an office, for a bounded time, until the provider has answered and somebody came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from sojus.domain.model.days import Span
from sojus.domain.model.ids import PlaceId, ReservationId
from sojus.domain.placement import events as e
from sojus.domain.placement import words
from sojus.domain.placement.decisions import News, Why
from sojus.domain.placement.moves import (
    as_office,
    back_in_line,
    check_contingent,
    check_free,
    check_parts,
    check_span,
    day_end,
    end,
    held,
    hold,
    house,
    is_house,
)
from sojus.domain.placement.records import Need, Part, Reservation, Stage, sums
from sojus.domain.placement.rows import party
from sojus.domain.placement.state import Placements, Refusal
from sojus.domain.placement.whereabouts import end_of, line_of, what_of
from sojus.domain.placement.whom.at_once import check_at_once
from sojus.domain.placement.whom.profile import check_whom


def reserve(state: Placements, act: e.Act, event: e.Reserve) -> None:
    """Exactly one gets a place: whoever comes later is told so, with the reason, and may wait."""
    as_office(act.by)
    fresh(state, event.reservation)
    check_span(state, event.span, _earliest(state))
    check_parts(state, event.parts)
    need = Need(event.span, len(event.parts), max(part.amount for part in event.parts), event.contingent)
    check_contingent(need.contingent)
    groups = {state.register.books[part.place].place.group for part in event.parts}
    check_whom(state, event.profile, need, groups)
    parts = _free_parts(state, event)
    check_free(state, parts, event.span, may_wait=True)
    check_at_once(state, party(act.by), event.case, parts, event.span)
    new = Reservation(event.reservation, event.case, act.by, need, Stage.WAITING, state.now, profile=event.profile)
    hold(state, held(state, new, parts, event.span))


def _free_parts(state: Placements, event: e.Reserve) -> tuple[Part, ...]:
    """What is wished; for a place that is taken the first of those alike that is free. Where none is, as it was wished:
    why that cannot be had is then said of it. Refuses places of another group: they cost something else."""
    books = state.register.books
    groups = {books[part.place].place.group for part in event.parts}
    alike = [books[place] for place in event.alike if place in books]  # what is gone meanwhile is not free
    if any(book.place.group not in groups for book in alike):
        raise Refusal(Why.IMPOSSIBLE, words.NOT_ALIKE)
    chosen: list[Part] = []
    for part in event.parts:
        group = books[part.place].place.group
        others = (Part(book.place.id, part.amount) for book in alike if book.place.group == group)
        free = (one for one in (part, *others) if not _hindered(state, [*chosen, one], one.place, event.span))
        chosen.append(next(free, part))
    return tuple(chosen)


def _hindered(state: Placements, parts: Sequence[Part], place: PlaceId, span: Span) -> bool:
    return state.register.books[place].hindrance(span, sums(parts)[place]) is not None


def rebook(state: Placements, act: e.Act, event: e.Rebook) -> None:
    """The same places on other days, if they are free then; until the provider has answered again it is held."""
    found = _own(state, act, event.reservation, Stage.HELD, Stage.CONFIRMED)
    if event.span == found.need.span:
        raise Refusal(Why.TWICE, words.SAME_DAYS)
    _check_times(state, found)
    check_span(state, event.span, min(_earliest(state), found.need.span.start))
    check_free(state, found.parts, event.span, found.id)
    check_at_once(state, party(act.by), found.case, found.parts, event.span, found.id)
    again = held(state, found, found.parts, event.span)
    ends_at = max(found.ends_at, again.ends_at)
    hold(state, replace(again, ends_at=ends_at, answered_at=None, extended=found.extended + 1))
    for part in found.parts:
        state.freed[state.register.books[part.place].place.group] = None


def extend(state: Placements, act: e.Act, event: e.Extend) -> None:
    found = _own(state, act, event.reservation, Stage.HELD, Stage.CONFIRMED)
    _check_times(state, found)
    times = found.extended + 1
    longer = replace(found, ends_at=found.ends_at + state.terms.hold, extended=times)
    state.keep(longer)
    said = words.extended(what_of(state, longer), end_of(state, longer), times, state.terms.extensions)
    assert found.provider is not None
    for whose in (party(found.by), house(state, found.provider)):
        state.tell(whose, News.EXTENDED, found.id, said)


def cancel(state: Placements, act: e.Act, event: e.Cancel) -> None:
    found = _own(state, act, event.reservation, Stage.WAITING, Stage.HELD, Stage.CONFIRMED)
    end(state, found, Stage.CANCELLED)
    is_waiting = found.stage is Stage.WAITING
    said = words.left_line(_line(state, found)) if is_waiting else words.cancelled(what_of(state, found))
    state.tell(party(found.by), News.CANCELLED, found.id, said)
    if found.provider is not None:
        state.tell(house(state, found.provider), News.CANCELLED, found.id, said)


def confirm(state: Placements, act: e.Act, event: e.Confirm) -> None:
    """From now on it is kept until some days after the day agreed on."""
    found = _of_house(state, act, event.reservation, Stage.HELD)
    until = day_end(state, found.need.span.start + timedelta(days=state.terms.arrival_days))
    confirmed = replace(
        found,
        stage=Stage.CONFIRMED,
        answered_at=state.now,
        remind_at=None,
        ends_at=max(found.ends_at, until),
    )
    state.keep(confirmed)
    said = words.confirmed(what_of(state, confirmed), confirmed.need.span, end_of(state, confirmed))
    state.tell(party(found.by), News.CONFIRMED, found.id, said)


def decline(state: Placements, act: e.Act, event: e.Decline) -> None:
    found = _of_house(state, act, event.reservation, Stage.HELD, Stage.CONFIRMED)
    position = back_in_line(state, found, [part.place for part in found.parts])
    if not position:
        end(state, replace(found, answered_at=found.answered_at or state.now), Stage.DECLINED)
    said = words.declined(what_of(state, found), event.reason, position)
    state.tell(party(found.by), News.DECLINED, found.id, said)


def due(state: Placements, reservation: Reservation) -> None:
    """Its time is over, or the provider's to answer."""
    if reservation.stage is Stage.WAITING:
        end(state, reservation, Stage.EXPIRED)
        state.tell(party(reservation.by), News.EXPIRED, reservation.id, words.waited_out(_line(state, reservation)))
        return
    what, ends = what_of(state, reservation), end_of(state, reservation)
    assert reservation.provider is not None
    whose, term = house(state, reservation.provider), state.terms.answer
    if reservation.ends_at > state.now:
        state.keep(replace(reservation, remind_at=None))
        state.tell(whose, News.UNANSWERED, reservation.id, words.answer_missing(what, term, ends))
        state.tell(party(reservation.by), News.UNANSWERED, reservation.id, words.unanswered(what, term, ends))
        return
    position = back_in_line(state, reservation) if reservation.stage is Stage.HELD else 0
    if not position:
        end(state, reservation, Stage.EXPIRED)
    state.tell(party(reservation.by), News.EXPIRED, reservation.id, words.expired(what, position))
    state.tell(whose, News.EXPIRED, reservation.id, words.expired(what))


def _line(state: Placements, waiting: Reservation) -> str:
    assert waiting.group is not None, "whoever waits, waits for a group"
    return line_of(state, waiting.group)


def fresh(state: Placements, name: ReservationId) -> None:
    """Nobody has used this name, and no admission or reported stay is called so in a ledger. Refuses."""
    if not name or "/" in name:
        raise Refusal(Why.IMPOSSIBLE, words.no_id(name))
    if name in state.reservations:
        raise Refusal(Why.TWICE, words.USED)


def known(state: Placements, name: ReservationId) -> Reservation:
    if (found := state.reservations.get(name)) is None:
        raise Refusal(Why.UNKNOWN, words.unknown(name))
    return found


def _earliest(state: Placements) -> date:
    """Somebody may have been taken in at once, before anybody could enter it."""
    return state.today - timedelta(days=state.terms.backdated_days)


def _check_times(state: Placements, found: Reservation) -> None:
    if found.extended >= state.terms.extensions:
        raise Refusal(Why.ENOUGH, words.EXTENDED_ENOUGH)


def _own(state: Placements, act: e.Act, name: ReservationId, *stages: Stage) -> Reservation:
    """The reservation of this office in one of these stages. Refuses."""
    found = known(state, name)
    if party(found.by) != party(act.by):
        raise Refusal(Why.NOT_YOURS, words.NOT_YOURS)
    return in_stage(found, *stages)


def _of_house(state: Placements, act: e.Act, name: ReservationId, *stages: Stage) -> Reservation:
    """The reservation at this provider in one of these stages. Refuses."""
    found = known(state, name)
    if not is_house(state, act.by, found.provider):
        raise Refusal(Why.NOT_YOURS, words.NOT_YOURS)
    return in_stage(found, *stages)


def in_stage(found: Reservation, *stages: Stage) -> Reservation:
    if found.stage not in stages:
        raise Refusal(Why.TOO_LATE, words.over(found.stage.value))
    return found
