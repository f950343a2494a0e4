"""The state of all placements: the register, and who has or waits for what. Tables of frozen values.

Rule: only `machine.handle` changes it, and only after all that is asked for has been checked; a refused act changes
nothing. One writer at a time has it; whoever reads between two acts sees a whole state. An act touches only the
rows it names and those that hang on them (the places of a reservation, the waiting list of their groups), never all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo

from sojus.domain.model.ids import GroupId, Help, PlaceId, RequestId, ReservationId, SearchId, StayId
from sojus.domain.model.undo import Undo
from sojus.domain.placement.decisions import Decision, News, Party, Tell, Why
from sojus.domain.placement.records import Admission, KeptSearch, Request, Reservation, Stage
from sojus.domain.placement.rows import Index, Rows, party
from sojus.domain.placement.terms import PlacementTerms
from sojus.domain.register.book import PlaceBook, Register
from sojus.domain.register.offering import offer
from sojus.domain.search.offer import Offer


class Refusal(Exception):
    """It cannot be: nothing changes. The message is told to whoever asked."""

    def __init__(self, why: Why, text: str, *, may_wait: bool = False) -> None:
        super().__init__(text)
        self.why, self.text, self.may_wait = why, text, may_wait


@dataclass(slots=True)
class Placements:
    """`lists`: the waiting list of each group, who comes next first. `now` (UTC) and `today`: of the newest act.
    `zone`: where the places are; by it a day begins and ends. `searches`: those that somebody saved. `reminded`: when a
    provider was told last that a group has places that nobody has confirmed. `turns`: the last one on a waiting list.

    What stands below `proposed` is worked out of the rest, or lasts for one act: `before` is what a search saw, on the
    day of the act before, `eve`.
    """

    register: Register
    terms: PlacementTerms = PlacementTerms()
    reservations: dict[ReservationId, Reservation] = field(default_factory=dict)
    lists: dict[GroupId, tuple[ReservationId, ...]] = field(default_factory=dict)
    requests: dict[RequestId, Request] = field(default_factory=dict)
    stays: dict[StayId, Admission] = field(default_factory=dict)
    now: datetime = datetime.min.replace(tzinfo=UTC)
    today: date = date.min
    zone: tzinfo = ZoneInfo("UTC")
    searches: dict[SearchId, KeptSearch] = field(default_factory=dict)
    reminded: dict[GroupId, date] = field(default_factory=dict)
    turns: int = 0
    proposed: dict[PlaceId, dict[RequestId, None]] = field(default_factory=dict, compare=False)
    alarms: list[tuple[datetime, str, str]] = field(default_factory=list, compare=False)
    ends: list[tuple[date, StayId]] = field(default_factory=list, compare=False)
    index: Index = field(default_factory=Index, compare=False)
    changed: dict[PlaceId, None] = field(default_factory=dict, compare=False)
    freed: dict[GroupId, None] = field(default_factory=dict, compare=False)
    watched: dict[Help, dict[SearchId, None]] = field(default_factory=dict, compare=False)
    before: dict[PlaceId, Offer | None] = field(default_factory=dict, compare=False)
    eve: date = field(default=date.min, compare=False)
    out: list[Decision] = field(default_factory=list, compare=False)
    undo: Undo = field(default_factory=Undo, compare=False, repr=False)

    def __post_init__(self) -> None:
        table = self.undo.table
        self.reservations, self.lists, self.requests = table(self.reservations), table(self.lists), table(self.requests)
        self.stays, self.searches, self.reminded = table(self.stays), table(self.searches), table(self.reminded)
        self.proposed = table({place: table(names) for place, names in self.proposed.items()})
        self.watched = table({what: table(names) for what, names in self.watched.items()})
        self.index = Index(self.undo)
        self.register.undo_by(self.undo)

    @contextmanager
    def one_act(self) -> Iterator[None]:
        """Whatever it raises: then nothing of it was."""
        now, today, turns, freed = self.now, self.today, self.turns, dict(self.freed)
        try:
            with self.undo.act():
                yield
        except BaseException:
            self.now, self.today, self.turns, self.freed = now, today, turns, freed
            raise

    def day_of(self, at: datetime) -> date:
        """The civil day there of an aware moment."""
        return at.astimezone(self.zone).date()

    def rows_of(self, whose: Party) -> Rows:
        """The names of what is theirs. Not to be changed."""
        return self.index.of(whose)

    def keep(self, reservation: Reservation) -> None:
        """Enter it as it is now, and when something of it is due."""
        old = self.reservations.get(reservation.id)
        self.reservations[reservation.id] = reservation
        self.turns = max(self.turns, reservation.turn)
        self.index.note(self.register, reservation, old)
        if (
            old is not None
            and old.stage.keeps
            and (not reservation.stage.keeps or old.need.span != reservation.need.span)
        ):
            self._free_for_case(reservation)
        due = reservation.due_at
        if due is not None and (old is None or old.due_at != due):
            self.undo.push(self.alarms, (due, "reservation", reservation.id))

    def _free_for_case(self, row: Reservation) -> None:
        """Less is kept for its case: what else it waits for may be kept for it now."""
        for name in self.index.current.get((party(row.by), row.case), ()):
            other = self.reservations[name]
            if other.stage is Stage.WAITING and other.group is not None:
                self.freed[other.group] = None

    def keep_request(self, request: Request) -> None:
        self.requests[request.id] = request
        self.index.note_request(self.register, request)
        if (due := request.due_at) is not None:
            self.undo.push(self.alarms, (due, "request", request.id))

    def keep_stay(self, stay: Admission) -> None:
        """Enter it as it is now, and when its planned end is due."""
        old = self.stays.get(stay.id)
        self.stays[stay.id] = stay
        self.index.note_stay(self.register, stay)
        due = stay.due_at
        if due is not None and stay.span.end is not None and (old is None or old.due_at != due):
            self.undo.push(self.alarms, (due, "stay", stay.id))
            self.undo.push(self.ends, (stay.span.end, stay.id))

    def drop(self, reservation: Reservation, stays: Iterable[Admission]) -> None:
        """It is over, and so are these, which are its own."""
        del self.reservations[reservation.id]
        self.index.drop(self.register, reservation)
        for stay in stays:
            del self.stays[stay.id]
            self.index.drop_stay(self.register, stay)

    def drop_request(self, request: Request) -> None:
        """It is over; nothing is offered for it any more."""
        del self.requests[request.id]
        self.index.drop_request(self.register, request)

    def drop_alarms(self) -> None:
        """Those for which nobody waits any more: some have years to go."""
        self.undo.refill(self.alarms, sorted({one for one in self.alarms if self._rings(*one)}))
        self.undo.refill(self.ends, sorted({one for one in self.ends if self._is_end(*one)}))

    def keep_search(self, search: KeptSearch) -> None:
        self.searches[search.id] = search
        self.watched.setdefault((search.area, search.wish.kind), self.undo.table())[search.id] = None
        self.index.of(party(search.by)).searches[search.id] = None

    def drop_search(self, search: KeptSearch) -> None:
        del self.searches[search.id]
        self.watched[search.area, search.wish.kind].pop(search.id)
        self.index.of(party(search.by)).searches.pop(search.id)

    def note_before(self, place: PlaceId) -> None:
        """What a search sees of it before this act changes it, where somebody saved one."""
        group = self.register.groups[self.register.books[place].place.group]
        if place not in self.before and self.watched.get(group.help):
            self.before[place] = offer(self.register, place, self.eve)

    def keep_book(self, book: PlaceBook) -> None:
        self.note_before(book.place.id)
        self.register.enter(book)
        self.changed[book.place.id] = None

    def next_due(self) -> datetime | None:
        """When something is due next (UTC), None if nothing ever."""
        while self.alarms:
            if self._rings(*self.alarms[0]):
                return self.alarms[0][0]
            self.undo.pop(self.alarms)  # it has changed since
        return None

    def pop_end(self) -> Admission | None:
        """Who was to leave by today and is not discharged, the earliest first; None: nobody more."""
        while self.ends and self.ends[0][0] <= self.today:
            day, name = self.undo.pop(self.ends)
            if self._is_end(day, name):
                return self.stays[name]
        return None

    def pop_due(self) -> Reservation | Request | Admission | None:
        """What is due by now, the earliest first; None: nothing more."""
        due = self.next_due()
        if due is None or due > self.now:
            return None
        _, kind, name = self.undo.pop(self.alarms)
        return self._row(kind, name)

    def _rings(self, due: datetime, kind: str, name: str) -> bool:
        """Whether it has not changed since."""
        row = self._row(kind, name)
        return row is not None and row.due_at == due

    def _is_end(self, day: date, name: StayId) -> bool:
        stay = self.stays.get(name)
        return stay is not None and stay.due_at is not None and stay.span.end == day

    def tell(self, to: Party, news: News, about: str, text: str) -> None:
        self.out.append(Tell(to, news, about, text))

    def _row(self, kind: str, name: str) -> Reservation | Request | Admission | None:
        if kind == "request":
            return self.requests.get(RequestId(name))
        if kind == "stay":
            return self.stays.get(StayId(name))
        return self.reservations.get(ReservationId(name))
