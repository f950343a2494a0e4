"""What an office approves of a stay, and what a provider may do within it: its end, how much, how many contacts."""

from __future__ import annotations

from dataclasses import replace

from sojus.domain.model.days import Span
from sojus.domain.model.ids import StayId
from sojus.domain.placement import events as e
from sojus.domain.placement import words
from sojus.domain.placement.decisions import News, Why
from sojus.domain.placement.moves import LONGEST, as_office, check_amount, check_contingent, check_room, house
from sojus.domain.placement.records import Admission, Grant
from sojus.domain.placement.rows import party
from sojus.domain.placement.state import Placements, Refusal
from sojus.domain.placement.stay import words as stay_words
from sojus.domain.placement.stay.presence import (
    known_stay,
    occupy,
    still_there,
    tell_changed,
)


def change(state: Placements, act: e.Act, event: e.ChangeStay) -> None:
    """A new planned end, or another amount: done if it is approved, else asked of the office."""
    found, wanted = still_there(state, act, event.stay), Grant(event.until, event.amount)
    _check_change(state, found, wanted)
    if found.granted.covers(wanted):
        _change(state, found, wanted)
        return
    state.keep_stay(replace(found, wanted=wanted))
    text = stay_words.consent_wanted(Span(found.span.start, wanted.until), wanted.amount)
    for side in (party(found.by), house(state, found.provider)):
        state.tell(side, News.CONSENT_WANTED, found.id, text)


def agree(state: Placements, act: e.Act, event: e.Agree) -> None:
    """The office answers what the provider asked for; nothing was kept for it meanwhile."""
    found = _of_office(state, act, event.stay)
    wanted = found.wanted
    if found.ended or wanted is None:
        raise Refusal(Why.TOO_LATE, stay_words.NOTHING_WANTED)
    if not event.yes:
        state.keep_stay(replace(found, wanted=None))
        state.tell(house(state, found.provider), News.DISAGREED, found.id, stay_words.DISAGREED)
        return
    _check_change(state, found, wanted)
    changed = _change(state, replace(found, granted=wanted), wanted)
    text = stay_words.agreed(changed.span, changed.amount)
    state.tell(house(state, found.provider), News.CHANGED, found.id, text)


def approve(state: Placements, act: e.Act, event: e.Approve) -> None:
    """So many contacts in all, from now on."""
    found = _of_office(state, act, event.stay)
    check_contingent(event.contingent)
    if found.used > event.contingent:
        raise Refusal(Why.ENOUGH, stay_words.contingent(found.used, event.contingent))
    state.keep_stay(replace(found, contingent=event.contingent))
    state.tell(house(state, found.provider), News.APPROVED, found.id, stay_words.approved(event.contingent))


def check_end(state: Placements, span: Span) -> None:
    """Refuses an end that nobody can mean."""
    if span.end is not None and span.end - state.today > LONGEST:
        raise Refusal(Why.IMPOSSIBLE, words.too_far(span))


def _check_change(state: Placements, found: Admission, wanted: Grant) -> None:
    span = Span(found.span.start, wanted.until)
    if wanted.until is not None and wanted.until <= state.today:
        raise Refusal(Why.IMPOSSIBLE, stay_words.plan_over(wanted.until))
    check_end(state, span)
    check_amount(state, state.register.books[found.place].place.group, wanted.amount)
    check_room(state, replace(found, amount=wanted.amount), Span(max(span.start, state.today), span.end))


def _change(state: Placements, found: Admission, to: Grant) -> Admission:
    """It is possible, and approved."""
    span = Span(found.span.start, to.until)
    changed = replace(found, span=span, amount=to.amount, wanted=None, overdue=None)
    occupy(state, changed)
    tell_changed(state, changed)
    return changed


def _of_office(state: Placements, act: e.Act, name: StayId) -> Admission:
    """The stay of this office's case. Refuses."""
    as_office(act.by)
    found = known_stay(state, name)
    if party(found.by) != party(act.by):
        raise Refusal(Why.NOT_YOURS, words.NOT_YOURS)
    return found
