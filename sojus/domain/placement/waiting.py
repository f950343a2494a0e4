"""Waiting lists: one for each group, in the order in which they came; whoever fits first gets what is free, at once.

Rule: after each act nobody who waits could be given what is free. So nobody who comes later is faster, and only who
needs more than is free (siblings), something else, or other days, or for whose case enough is kept already, is passed
over, and stays where it stood.
"""

from __future__ import annotations

from dataclasses import replace

from sojus.domain.model.days import Span
from sojus.domain.model.ids import GroupId
from sojus.domain.placement import events as e
from sojus.domain.placement import words
from sojus.domain.placement.decisions import News, Why
from sojus.domain.placement.moves import (
    as_office,
    check_amount,
    check_need,
    end,
    ever,
    find,
    held,
    help_of,
    hold,
    set_line,
)
from sojus.domain.placement.records import Reservation, Stage
from sojus.domain.placement.reservations import fresh
from sojus.domain.placement.rows import party
from sojus.domain.placement.state import Placements, Refusal
from sojus.domain.placement.whereabouts import line_of
from sojus.domain.placement.whom.at_once import check_at_once, too_much
from sojus.domain.placement.whom.profile import check_takes, check_whom
from sojus.domain.register.sentences import unknown_group


def join(state: Placements, act: e.Act, event: e.Join) -> None:
    """To the end of the list, or at once to places if there are any."""
    as_office(act.by)
    fresh(state, event.reservation)
    check_need(state, event.need)
    if (group := state.register.groups.get(event.group)) is None:
        raise Refusal(Why.UNKNOWN, unknown_group(event.group))
    check_amount(state, event.group, event.need.amount)
    if _is_in_line(state, act, event):
        raise Refusal(Why.TWICE, words.IN_LINE_ALREADY)
    check_whom(state, event.profile, event.need, (group.id,))
    check_takes(state, group, event.profile)
    until = state.now + state.terms.wait
    new = Reservation(
        *(event.reservation, event.case, act.by, event.need, Stage.WAITING, until),
        group=event.group,
        turn=state.turns + 1,
        waits_until=until,
        profile=event.profile,
    )
    if not ever(state, new):
        raise Refusal(Why.ENOUGH, words.too_small(group.name))
    if parts := find(state, new, event.need.span):
        check_at_once(state, party(act.by), event.case, parts, event.need.span)
        hold(state, held(state, new, parts, event.need.span), words.from_list)
        return
    line = (*state.lists.get(event.group, ()), new.id)
    set_line(state, event.group, line)
    state.keep(new)
    state.tell(party(act.by), News.WAITING, new.id, words.waiting(len(line), state.terms.hold))


def serve(state: Placements) -> None:
    """Give what came free to whoever waits for it, in the order in which they came, whichever group they wait for."""
    waiting = [state.reservations[name] for group in state.freed for name in state.lists.get(group, ())]
    state.freed.clear()
    for one in sorted(waiting, key=lambda row: row.turn):
        assert one.group is not None, "whoever waits, waits for a group"
        _try(state, one.group, one)


def a_new_day(state: Placements) -> None:
    """What is free from today on may now do for those who wanted to come earlier."""
    state.freed.update(dict.fromkeys(state.lists))


def end_waits(state: Placements, admitted: Reservation) -> None:
    """Who has been taken in waits no longer for the same kind of help; for another one perhaps still."""
    helps = {help_of(state, state.register.books[part.place].place.group) for part in admitted.parts}
    names = state.index.current[party(admitted.by), admitted.case]
    for other in sorted(map(state.reservations.__getitem__, names), key=lambda row: row.turn):  # as every replica does
        if other.stage is Stage.WAITING and other.group is not None and help_of(state, other.group) in helps:
            end(state, replace(other, ended_by=admitted.id), Stage.CANCELLED)
            state.tell(party(other.by), News.CANCELLED, other.id, words.wait_is_over(line_of(state, other.group)))


def _is_in_line(state: Placements, act: e.Act, event: e.Join) -> bool:
    """Whether this case has an open entry for this group already, waiting or with places kept."""
    names = state.index.current.get((party(act.by), event.case), ())
    return any(one.stage.open and one.group == event.group for one in map(state.reservations.__getitem__, names))


def _try(state: Placements, group: GroupId, waiting: Reservation) -> None:
    wanted = waiting.need.span
    span = Span(max(wanted.start, state.today), wanted.end)
    if span.empty:
        end(state, waiting, Stage.EXPIRED)
        state.tell(party(waiting.by), News.EXPIRED, waiting.id, words.days_over(line_of(state, group)))
        return
    if (parts := find(state, waiting, span)) and not too_much(state, party(waiting.by), waiting.case, group, span):
        set_line(state, group, tuple(one for one in state.lists[group] if one != waiting.id))
        hold(state, held(state, waiting, parts, span), words.from_list)
