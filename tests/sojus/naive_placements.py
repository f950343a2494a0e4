"""The naive way to keep places: a sheet of paper with one square for each place and day. Slow, and easy to believe.

It says what must come of each act: whether it is refused, which square belongs to whom, who waits in which order.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count

from sojus.domain.model.days import Span
from sojus.domain.model.ids import GroupId, PlaceId
from sojus.domain.placement.terms import PlacementTerms

KEEPS = ("reserviert", "bestätigt")
DAYS = 70
"""How far the sheet goes; whatever has no end goes to its edge."""


AT_ONCE = 1
"""So often something of one kind of help may be kept for one case on one day."""
Share = tuple[PlaceId, int]
"""What one young person has of a place."""


def summed(parts: Iterable[Share]) -> dict[PlaceId, int]:
    found: dict[PlaceId, int] = {}
    for place, amount in parts:
        found[place] = found.get(place, 0) + amount
    return found


@dataclass
class Slip:
    """What the sheet knows of one reservation."""

    office: str
    group: GroupId | None
    span: Span
    each: int
    number: int
    ends: datetime
    stage: str = "wartet"
    parts: list[Share] = field(default_factory=list)
    remind: datetime | None = None
    longer: int = 0
    case: str = ""
    turn: int = 0
    until: datetime | None = None
    declined: set[PlaceId] = field(default_factory=set)
    fits: frozenset[PlaceId] | None = None
    """Where somebody like that is taken in; None: everywhere."""

    def may_be(self, place: PlaceId) -> bool:
        return place not in self.declined and (self.fits is None or place in self.fits)


@dataclass
class Question:
    """A request without a name, and who has offered what."""

    office: str
    span: Span
    wanted: int
    to: tuple[str, ...]
    ends: datetime
    stage: str = "offen"
    offered: dict[str, list[Share]] = field(default_factory=dict)


class Sheet:
    """`capacity`: of each place, in order; `group_of`: where it is; `help_of`: what it is for."""

    def __init__(
        self, first: date, capacity: dict[PlaceId, int], group_of: dict[PlaceId, GroupId], help_of: dict[PlaceId, str]
    ) -> None:
        self.first, self.capacity, self.group_of, self.help_of = first, capacity, group_of, help_of
        self.squares: dict[tuple[PlaceId, date], dict[str, int]] = {}
        self.closed: set[tuple[PlaceId, date]] = set()
        self.slips: dict[str, Slip] = {}
        self.questions: dict[str, Question] = {}
        self.line: list[str] = []
        self.stays: dict[str, tuple[PlaceId, Span, int]] = {}
        self.late: set[str] = set()
        self.granted: dict[str, tuple[date, int]] = {}
        self.wanted: dict[str, tuple[date | None, int]] = {}
        self.left: dict[str, tuple[date, PlaceId, Span, int, bool]] = {}
        self.moved: set[str] = set()
        self.ended_by: dict[str, str] = {}
        self.terms = PlacementTerms()
        self.most = AT_ONCE

    def days(self, span: Span) -> list[date]:
        found = []
        for ahead in count():
            day = span.start + timedelta(days=ahead)
            if day >= self.first + timedelta(days=DAYS) or (span.end is not None and day >= span.end):
                return found
            found.append(day)
        return found

    def room(self, place: PlaceId, span: Span, but: str = "") -> int:
        """What is left on the fullest of these days."""
        rest = self.capacity[place]
        for day in self.days(span):
            others = [amount for name, amount in self.squares.get((place, day), {}).items() if name != but]
            rest = min(rest, self.capacity[place] - sum(others))
        return rest

    def is_free(self, parts: Iterable[Share], span: Span, but: str = "") -> bool:
        return all(
            self.room(place, span, but) >= amount and (place, span.start) not in self.closed
            for place, amount in summed(parts).items()
        )

    def with_alike(self, wanted: list[Share], alike: list[PlaceId], span: Span) -> list[Share]:
        """For each the first of its group that has room: what is wished, else one of these, else what is wished."""
        found: list[Share] = []
        for place, amount in wanted:
            rooms = [place, *(one for one in alike if self.group_of[one] == self.group_of[place])]
            shares = [(room, amount) for room in rooms]
            fits = (one for one in shares if self.is_free([*(a for a in found if a[0] == one[0]), one], span))
            found.append(next(fits, (place, amount)))
        return found

    def write(self, name: str, place: PlaceId, span: Span, amount: int) -> None:
        for day in self.days(span):
            self.squares.setdefault((place, day), {})[name] = amount

    def stand(self, name: str, place: PlaceId, span: Span, amount: int) -> None:
        """From the first of these days on exactly these, as far as there is room."""
        self.rub_out(name, place, span.start)
        for day in self.days(span):
            if self.room(place, Span(day, day + timedelta(days=1)), name) >= amount:
                self.squares.setdefault((place, day), {})[name] = amount

    def overrun(self, today: date) -> None:
        """Whoever should have left and is not discharged is there all the same."""
        for name, (place, span, amount) in sorted(self.stays.items(), key=lambda one: (one[1][1].stop, one[0])):
            if span.end is not None and span.end <= today:
                self.stays[name] = place, Span(span.start), amount
                self.late.add(name)
                self.stand(name, *self.stays[name])

    def fill_up(self) -> None:
        for name in sorted(self.stays, key=lambda one: (self.stays[one][1].start, one)):
            self.stand(name, *self.stays[name])

    def change(self, name: str, until: date | None, amount: int) -> None:
        """It is possible, and approved."""
        place, span, _ = self.stays[name]
        self.stays[name] = place, Span(span.start, until), amount
        self.stand(name, *self.stays[name])
        self.late.discard(name)
        self.wanted.pop(name, None)

    def rub_out(self, name: str, place: PlaceId | None = None, since: date = date.min) -> None:
        """Everywhere; or at one place, from one day on."""
        for (at, day), square in self.squares.items():
            if place in (None, at) and day >= since:
                square.pop(name, None)

    def keep(self, name: str, parts: list[Share], span: Span, now: datetime) -> None:
        slip = self.slips[name]
        slip.parts, slip.span, slip.stage = parts, span, "reserviert"
        slip.ends, slip.remind = now + self.terms.hold, now + self.terms.answer
        for place, amount in summed(parts).items():
            self.write(name, place, span, amount)

    def finish(self, name: str, stage: str) -> None:
        self.rub_out(name)
        self.line = [one for one in self.line if one != name]
        self.slips[name].stage = stage

    def is_enough(self, of: Slip, places: Iterable[PlaceId], span: Span, but: str = "") -> bool:
        """Whether on one of these days so much is kept for its case already that one more would be too much."""
        for wanted in {self.help_of[place] for place in places}:
            kept = [
                one.span
                for name, one in self.slips.items()
                if name != but and (one.office, one.case) == (of.office, of.case) and one.stage in KEEPS
                if wanted in {self.help_of[place] for place, _ in one.parts}
            ]
            if any(sum(one.holds(day) for one in kept) >= self.most for day in self.days(span)):
                return True
        return False

    def end_waits(self, admitted: str) -> None:
        """Whoever has been taken in waits no longer for the same help."""
        slip = self.slips[admitted]
        helps = {self.help_of[place] for place, _ in slip.parts}
        for name in list(self.line):
            other = self.slips[name]
            mine = (other.office, other.case) == (slip.office, slip.case)
            if (
                mine
                and {self.help_of[place] for place in self.capacity if self.group_of[place] == other.group} <= helps
            ):
                self.finish(name, "abgesagt")
                self.ended_by[name] = admitted

    def not_come(self, name: str, stays: list[str], days: Span, now: datetime) -> None:
        """As before the admission, on the days reserved, else on those of the stay; else it is over."""
        slip = self.slips[name]
        for stay in stays:
            self.rub_out(stay)
            for known in (self.stays, self.granted, self.wanted):
                known.pop(stay, None)  # type: ignore[attr-defined]  # of each the key is a name
            self.late.discard(stay)
        free = [
            span
            for span in (slip.span, days)
            if not span.empty and all(self.room(place, span) >= much for place, much in summed(slip.parts).items())
        ]
        slip.stage = "bestätigt" if free else "abgesagt"
        if free:
            slip.span, slip.remind = free[0], None
            midnight = datetime.combine(slip.span.start, datetime.min.time(), UTC)
            slip.ends = max(midnight + timedelta(days=self.terms.arrival_days + 1), now + self.terms.hold)
            for place, amount in summed(slip.parts).items():
                self.write(name, place, slip.span, amount)
        for other in [one for one, by in self.ended_by.items() if by == name]:
            if self.back(other, [], now):
                del self.ended_by[other]

    def back(self, name: str, declined: list[PlaceId], now: datetime) -> bool:
        """Whoever had it from the list waits again, where it stood; unless there is nothing else for it."""
        slip = self.slips[name]
        refused = slip.declined | set(declined)
        slip.declined, before = refused, slip.declined
        rooms = [place for place in self.capacity if self.group_of[place] == slip.group and slip.may_be(place)]
        slip.declined = before
        if (
            slip.until is None
            or slip.until <= now
            or sum(self.capacity[one] // slip.each for one in rooms) < slip.number
        ):
            return False
        self.finish(name, "wartet")
        slip.parts, slip.remind, slip.ends, slip.declined = [], None, slip.until, refused
        self.line = sorted([*self.line, name], key=lambda one: self.slips[one].turn)
        return True

    def find(self, slip: Slip, span: Span) -> list[Share] | None:
        """For one young person after the other the first place that still has room."""
        found: list[Share] = []
        for _ in range(slip.number):
            rooms = [one for one in self.capacity if self.group_of[one] == slip.group and slip.may_be(one)]
            for place in rooms:
                if self.is_free([one for one in [*found, (place, slip.each)] if one[0] == place], span):
                    found.append((place, slip.each))
                    break
            else:
                return None
        return found

    def serve(self, now: datetime, today: date) -> None:
        """Everybody in the line, from its begin, gets what there is; who had wanted to come by now comes today."""
        for name in list(self.line):
            slip = self.slips[name]
            span = Span(max(slip.span.start, today), slip.span.end)
            if span.empty:
                self.finish(name, "verfallen")
            elif (parts := self.find(slip, span)) is not None and not self.is_enough(slip, dict(parts), span):
                self.line.remove(name)
                self.keep(name, parts, span, now)

    def elapse(self, now: datetime) -> None:
        self.overrun(now.date())
        for name, slip in self.slips.items():
            if slip.stage in ("wartet", "reserviert", "bestätigt"):
                if slip.ends <= now and not (slip.stage == "reserviert" and self.back(name, [], now)):
                    self.finish(name, "verfallen")
                elif slip.remind is not None and slip.remind <= now:
                    slip.remind = None
        for question in self.questions.values():
            if question.stage == "offen" and question.ends <= now:
                question.stage = "verfallen"

    def review(self, today: date) -> None:
        """What is not free any more is offered no longer."""
        for one in self.questions.values():
            span = Span(max(one.span.start, today), one.span.end)
            one.offered = {by: parts for by, parts in one.offered.items() if self.is_free(parts, span)}

    def due(self) -> datetime | None:
        """The next moment at which something happens by itself."""
        moments = [
            min(slip.ends, slip.remind or slip.ends)
            for slip in self.slips.values()
            if slip.stage in ("wartet", "reserviert", "bestätigt")
        ]
        midnight = datetime.min.time().replace(tzinfo=UTC)
        moments += [datetime.combine(span.end, midnight) for _, span, _ in self.stays.values() if span.end is not None]
        moments += [question.ends for question in self.questions.values() if question.stage == "offen"]
        return min(moments, default=None)
