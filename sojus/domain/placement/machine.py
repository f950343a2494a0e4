"""The machine of placements: one act after the other, each leads at once to all that follows from it.

The order of the acts decides: of two offices at once the first gets the place, and the second is told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime

from sojus.domain.placement import events as e
from sojus.domain.placement import requests, reservations, waiting, watching
from sojus.domain.placement.decisions import Decision, News, PlacesChanged, Tell
from sojus.domain.placement.over.forgetting import forget
from sojus.domain.placement.records import Admission, Request
from sojus.domain.placement.rows import party
from sojus.domain.placement.state import Placements, Refusal
from sojus.domain.placement.stay import admission, approvals, contacts, presence, take_backs
from sojus.domain.register.intake import groups_of, take_in


class Overdue(Exception):
    """Something was due before this act and nobody has brought `Elapsed`: a fault of the caller; nothing changed."""


def handle(state: Placements, act: e.Act) -> tuple[Placements, tuple[Decision, ...]]:
    """Do what the act says and all that follows, or refuse it; returns the same state, changed, and what is to be done.

    Whoever calls it brings `Elapsed` before anything later than `next_due`; else it raises `Overdue`. An act that is
    refused changes nothing but the time, and one that raises something nothing at all. An `at` before that of the act
    before counts as the same moment.
    """
    now = act.at.astimezone(UTC)
    due = state.next_due()
    if due is not None and due <= now and not isinstance(act.what, e.Elapsed):
        raise Overdue(f"{due.isoformat()} was due before {now.isoformat()}")
    with state.one_act():
        return state, _done(state, act, now)


def _done(state: Placements, act: e.Act, now: datetime) -> tuple[Decision, ...]:
    state.out, state.changed, state.before = [], {}, {}
    state.eve = state.day_of(act.at) if state.today == date.min else state.today
    _pass_time(state, act, now)
    try:
        HANDLERS[type(act.what)](state, act, act.what)
    except Refusal as no:
        state.out.append(Tell(party(act.by), News.REFUSED, e.about_of(act.what), no.text, no.why, no.may_wait))
    presence.fill_up(state)
    waiting.serve(state)
    watching.tell_all(state)
    if state.changed:
        places = tuple(state.changed)
        requests.review(state, places)
        state.out.append(PlacesChanged(places))
    return tuple(state.out)


def next_due(state: Placements) -> datetime | None:
    """When to come back with `Elapsed` (UTC), None: nothing is due ever.

    Bring it at the begin of a civil day as well: some who wait may do with what is free from then on; else they hear
    of it with the first act of that day.
    """
    return state.next_due()


def _pass_time(state: Placements, act: e.Act, now: datetime) -> None:
    if now <= state.now:
        return
    state.now = now
    if (today := state.day_of(act.at)) > state.today:
        before, state.today = state.today, today
        _touch_prices(state, before, today)
        while (stay := state.pop_end()) is not None:
            presence.overrun(state, stay)
        forget(state)
        waiting.a_new_day(state)
        if not isinstance(act.what, e.Elapsed):  # else what is due ends first
            waiting.serve(state)


def _touch_prices(state: Placements, before: date, today: date) -> None:
    """Where since the day before another rate counts a search shows another price."""
    for group, rates in state.register.rates.items():
        if any(before < day <= today for one in rates for day in (one.span.start, one.span.stop)):
            state.changed.update(dict.fromkeys(state.register.members.get(group, ())))


def _elapsed(state: Placements, act: e.Act, event: e.Elapsed) -> None:
    while (found := state.pop_due()) is not None:
        if isinstance(found, Request):
            requests.due(state, found)
        elif isinstance(found, Admission):
            presence.overrun(state, found)
        else:
            reservations.due(state, found)


def _take_in(state: Placements, act: e.Act, event: e.TakeIn) -> None:
    came = take_in(state.register, event.batch, act.by, act.at.astimezone(state.zone), state.watched, state.eve)
    state.before = {**came.before, **state.before}  # what a new day changed in the same act was seen before that
    for mistake in came.mistakes:
        state.tell(party(act.by), News.MISTAKES, mistake.where, mistake.why)
    state.changed.update(dict.fromkeys(came.changed))
    state.freed.update(dict.fromkeys(groups_of(state.register, came.changed)))


HANDLERS: Mapping[type, Callable[..., None]] = {
    e.TakeIn: _take_in,
    e.Reserve: reservations.reserve,
    e.Rebook: reservations.rebook,
    e.Extend: reservations.extend,
    e.Cancel: reservations.cancel,
    e.Confirm: reservations.confirm,
    e.Decline: reservations.decline,
    e.Join: waiting.join,
    e.Ask: requests.ask,
    e.Propose: requests.propose,
    e.PassOver: requests.pass_over,
    e.Accept: requests.accept,
    e.Withdraw: requests.withdraw,
    e.Admit: admission.admit,
    e.ChangeStay: approvals.change,
    e.Agree: approvals.agree,
    e.MoveStay: admission.move,
    e.Discharge: admission.discharge,
    e.TakeBack: take_backs.take_back,
    e.Approve: approvals.approve,
    e.RecordContacts: contacts.record,
    e.CorrectContacts: contacts.correct,
    e.KeepSearch: watching.keep,
    e.DropSearch: watching.drop,
    e.Elapsed: _elapsed,
}
"""One small function per event."""
