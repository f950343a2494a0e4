"""The ledger of one place: what is taken of it on which days, and how much is left. Never more than it has.

A bed is a place of capacity one; seats, weekly hours and contacts are a place of which a part is taken. All functions
take and give whole ledgers (tuples, in order of their start); one place has few entries, and none is changed in place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from sojus.domain.model.days import Span
from sojus.domain.model.ids import StayId


class Use(StrEnum):
    """Why something is taken; the word is that of the sentence "Der Platz ist schon ..."."""

    RESERVED = "reserviert"
    ADMITTED = "belegt"
    """By an admission that went through SoJuS."""
    REPORTED = "als belegt gemeldet"
    """By a stay that the provider gave in: nobody asked here for it."""


@dataclass(frozen=True, slots=True)
class Taken:
    """`amount` of the place's capacity, on the days of `span`, for what is called `ref`: the id of a reservation, what
    an admission calls its days at this place, or what `reported` makes of a stay's."""

    span: Span
    amount: int
    use: Use
    ref: str


Ledger = tuple[Taken, ...]


def reported(stay: StayId) -> str:
    """What a reported stay is called in a ledger: as no reservation and no admission can be, whatever their ids."""
    return f"/{stay}"


def most_taken(ledger: Ledger, span: Span, but: str = "") -> int:
    """The most that is taken on any one day of `span`, without what `but` takes."""
    within = [one for one in ledger if one.ref != but and one.span.overlaps(span)]
    most = now = 0
    for _, change in sorted(_changes(within)):  # of one day endings come first: the next may come on that day
        now += change
        most = max(most, now)
    return most


def in_the_way(ledger: Ledger, span: Span, but: str = "") -> Taken | None:
    """The first entry that shares a day with `span`."""
    return next((one for one in ledger if one.ref != but and one.span.overlaps(span)), None)


def entered(ledger: Ledger, *new: Taken) -> Ledger:
    """With these as well; what had the same `ref` is replaced."""
    refs = {one.ref for one in new}
    kept = [one for one in ledger if one.ref not in refs]
    return tuple(sorted([*kept, *(one for one in new if not one.span.empty)], key=_order))


def struck(ledger: Ledger, ref: str) -> Ledger:
    """Without what is called `ref`."""
    return tuple(one for one in ledger if one.ref != ref)


def runs_with(ledger: Ledger, capacity: int, span: Span, amount: int = 1) -> tuple[Span, ...]:
    """The days of `span` on which so much is left: in runs, none of which touches another."""
    found: list[Span] = []
    for run, rest in runs(ledger, capacity, span.start):
        if rest < amount or run.start >= span.stop:
            continue
        end = min((day for day in (run.end, span.end) if day is not None), default=None)
        if found and found[-1].end == run.start:
            found[-1] = Span(found[-1].start, end)
        else:
            found.append(Span(run.start, end))
    return tuple(found)


def runs(ledger: Ledger, capacity: int, since: date) -> Iterator[tuple[Span, int]]:
    """All days from `since` on, as spans of days with the same amount left."""
    ahead = [Taken(_from(one.span, since), one.amount, one.use, one.ref) for one in ledger]
    changes = sorted(_changes(one for one in ahead if not one.span.empty))
    start, taken = since, 0
    for day, of_the_day in groupby(changes, key=_day):
        change = sum(change for _, change in of_the_day)
        if day > start and change:
            yield Span(start, day), capacity - taken
            start = day
        taken += change
    yield Span(start), capacity - taken


def _from(span: Span, since: date) -> Span:
    return span if span.start >= since else Span(since, span.end if span.end is None else max(span.end, since))


def _changes(ledger: Iterable[Taken]) -> Iterator[tuple[date, int]]:
    for one in ledger:
        yield one.span.start, one.amount
        if one.span.end is not None:
            yield one.span.end, -one.amount


def _day(change: tuple[date, int]) -> date:
    return change[0]


def _order(one: Taken) -> tuple[date, str]:
    return one.span.start, one.ref
