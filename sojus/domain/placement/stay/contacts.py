"""Contacts: recorded by the provider to the day, never more than the office approved, and corrected if miscounted."""

from __future__ import annotations

from dataclasses import replace

from sojus.domain.model.units import Unit
from sojus.domain.placement import events as e
from sojus.domain.placement import words
from sojus.domain.placement.decisions import News, Why
from sojus.domain.placement.records import Admission, Contacts
from sojus.domain.placement.rows import party
from sojus.domain.placement.state import Placements, Refusal
from sojus.domain.placement.stay import words as stay_words
from sojus.domain.placement.stay.presence import at_house, check_happened


def record(state: Placements, act: e.Act, event: e.RecordContacts) -> None:
    """Also after the discharge, of a day before it; never more than is approved."""
    found = at_house(state, act, event.stay)
    group = state.register.groups[state.register.books[found.place].place.group]
    if state.register.kind(group).unit is Unit.BED:
        raise Refusal(Why.IMPOSSIBLE, stay_words.NO_CONTACTS)
    check_happened(state, event.day)
    if not found.admitted_on <= event.day < found.span.stop:
        raise Refusal(Why.IMPOSSIBLE, stay_words.not_in_stay(event.day))
    if event.contacts < 1:
        raise Refusal(Why.IMPOSSIBLE, words.amount(event.contacts, 1))
    before = next((one.number for one in found.contacts if one.day == event.day), 0)
    counted = _counted(found, Contacts(event.day, before + event.contacts))
    state.keep_stay(counted)
    state.tell(party(act.by), News.RECORDED, found.id, stay_words.recorded(counted.used, counted.contingent))


def correct(state: Placements, act: e.Act, event: e.CorrectContacts) -> None:
    """Both sides are told: the office may have been told another number."""
    found = at_house(state, act, event.stay)
    before = next((one.number for one in found.contacts if one.day == event.day), 0)
    if not before:
        raise Refusal(Why.IMPOSSIBLE, stay_words.none_recorded(event.day))
    if event.contacts < 0:
        raise Refusal(Why.IMPOSSIBLE, words.amount(event.contacts, 1))
    if event.contacts == before:
        raise Refusal(Why.TWICE, stay_words.recorded_so(event.day, before))
    state.keep_stay(_counted(found, Contacts(event.day, event.contacts)))
    for side in (party(act.by), party(found.by)):
        state.tell(side, News.CORRECTED, found.id, stay_words.corrected(event.day, before, event.contacts))


def _counted(found: Admission, on_a_day: Contacts) -> Admission:
    """With so many on that day, if they are approved. Refuses."""
    others = [one for one in found.contacts if one.day != on_a_day.day]
    counted = replace(found, contacts=tuple(sorted([*others, *([on_a_day] if on_a_day.number else [])])))
    if found.contingent is None:
        raise Refusal(Why.ENOUGH, stay_words.NOTHING_APPROVED)
    if counted.used > found.contingent:
        raise Refusal(Why.ENOUGH, stay_words.contingent(counted.used, found.contingent))
    return counted
