"""The moves that all rules share: places are kept, given back, found in a group; who is told; who may."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from sojus.domain.model.actors import Actor, Role
from sojus.domain.model.days import Span
from sojus.domain.model.ids import GroupId, Help, PlaceId, ProviderId, ReservationId
from sojus.domain.placement import words
from sojus.domain.placement.decisions import News, Party, Why
from sojus.domain.placement.records import Admission, Need, Part, Reservation, Stage, sums
from sojus.domain.placement.rows import house as house_in
from sojus.domain.placement.rows import party as party
from sojus.domain.placement.state import Placements, Refusal
from sojus.domain.placement.whereabouts import end_of, what_of
from sojus.domain.placement.whom.profile import fits
from sojus.domain.register.book import Hindrance, PlaceBook
from sojus.domain.register.ledger import Taken, Use, entered, most_taken, struck
from sojus.domain.register.sentences import empty_span, unknown_place

LONGEST = timedelta(days=366 * 30)
"""Nobody asks for a place that far ahead: a slip of the pen."""
MOST_AT_ONCE = 20
"""Young people in one act."""
MOST_CONTACTS = 10_000
"""That anybody approves for one young person."""


def house(state: Placements, provider: ProviderId) -> Party:
    return house_in(state.register, provider)


def is_house(state: Placements, actor: Actor, provider: ProviderId | None) -> bool:
    """Whether it is this provider who does something, and not one of another tenant who is called so."""
    return provider is not None and party(actor) == house(state, provider)


# --- what is asked for ------------------------------------------------------------------------------------------------


def as_office(actor: Actor) -> None:
    """Only who places young people may. Refuses."""
    if actor.role is not Role.YOUTH_OFFICE:
        raise Refusal(Why.NOT_YOURS, words.ONLY_OFFICES)


def check_span(state: Placements, span: Span, since: date | None = None) -> None:
    """`since`: the first day on which it may begin, where that is not today."""
    if span.empty:
        raise Refusal(Why.IMPOSSIBLE, empty_span(span))
    if span.start < (state.today if since is None else since):
        raise Refusal(Why.IMPOSSIBLE, words.past(span.start))
    if span.start - state.today > LONGEST or (span.end is not None and span.end - state.today > LONGEST):
        raise Refusal(Why.IMPOSSIBLE, words.too_far(span))


def check_need(state: Placements, need: Need) -> None:
    check_span(state, need.span)
    if not 1 <= need.count <= MOST_AT_ONCE or need.amount < 1:
        raise Refusal(Why.IMPOSSIBLE, words.amount(need.count, need.amount))
    check_contingent(need.contingent)


def check_contingent(contingent: int | None) -> None:
    if contingent is not None and not 0 <= contingent <= MOST_CONTACTS:
        raise Refusal(Why.IMPOSSIBLE, words.no_contingent(contingent))


def check_amount(state: Placements, group: GroupId, amount: int) -> None:
    """What one young person has of it: of beds and seats one."""
    if amount < 1:
        raise Refusal(Why.IMPOSSIBLE, words.amount(1, amount))
    if amount > 1 and state.register.kind(state.register.groups[group]).unit.one_each:
        raise Refusal(Why.IMPOSSIBLE, words.ONE_EACH)


def check_parts(state: Placements, parts: Sequence[Part]) -> ProviderId:
    """Whose they are. Refuses what cannot be."""
    if not 1 <= len(parts) <= MOST_AT_ONCE:
        raise Refusal(Why.IMPOSSIBLE, words.no_places(len(parts)))
    for place, amount in parts:
        if place not in state.register.books:
            raise Refusal(Why.UNKNOWN, unknown_place(place))
        check_amount(state, state.register.books[place].place.group, amount)
    owners = {state.register.owner(part.place) for part in parts}
    if len(owners) > 1:
        raise Refusal(Why.IMPOSSIBLE, words.SEVERAL_PROVIDERS)
    return owners.pop()


def check_free(state: Placements, parts: Iterable[Part], span: Span, but: str = "", *, may_wait: bool = False) -> None:
    """Refuses with the first place that cannot be had on all these days.

    `may_wait`: who asks may join the waiting list instead, unless it is closed."""
    for place, amount in sums(parts).items():
        book = state.register.books[place]
        if hindrance := book.hindrance(span, amount, but):
            waits = may_wait and hindrance is not Hindrance.CLOSED
            raise Refusal(Why.NOT_FREE, words.not_free(book.place.name, span, hindrance), may_wait=waits)


def check_room(state: Placements, stay: Admission, span: Span) -> None:
    """Refuses where whoever is there already cannot be there on all these days; that it is closed does not matter."""
    book = state.register.books[stay.place]
    if hindrance := book.lack(span, stay.amount, stay.ref):
        raise Refusal(Why.NOT_FREE, words.not_free(book.place.name, span, hindrance))


def find(state: Placements, row: Reservation, span: Span) -> tuple[Part, ...] | None:
    """Places of the group where they wait, for all who come together: the first that are free and that fit; None: not
    for all. Never those at which they were declined."""
    found: list[Part] = []
    need = replace(row.need, span=span)
    for book in _books(state, row):
        found += [Part(book.place.id, need.amount)] * min(need.count - len(found), _fitting(book, need))
        if len(found) == need.count:
            return tuple(found)
    return None


def _books(state: Placements, row: Reservation) -> Iterator[PlaceBook]:
    """The places of the group for somebody like those who wait."""
    for book in state.register.books_of(row.group) if row.group is not None else ():
        if book.place.id not in row.declined_at and fits(state.register, book, row.profile):
            yield book


def _fitting(book: PlaceBook, need: Need) -> int:
    if book.is_closed_on(need.span.start):
        return 0
    return (book.place.capacity - most_taken(book.taken, need.span)) // need.amount


def help_of(state: Placements, group: GroupId) -> Help:
    """Which kind of help it gives, of which field of work."""
    return state.register.groups[group].help


# --- what is done -----------------------------------------------------------------------------------------------------


def hold(state: Placements, reservation: Reservation, said: Callable[[str, Span], str] = words.reserved) -> None:
    """Keep its places, which are known to be free, and ask the provider. It ends by itself. `said`: what the office is
    told of these places and days."""
    keep_places(state, reservation)
    what, span = what_of(state, reservation), reservation.need.span
    state.tell(party(reservation.by), News.RESERVED, reservation.id, said(what, span))
    if reservation.stage is Stage.HELD:
        assert reservation.provider is not None
        wanted = words.answer_wanted(what, span, end_of(state, reservation))
        state.tell(house(state, reservation.provider), News.ANSWER_WANTED, reservation.id, wanted)


def keep_places(state: Placements, reservation: Reservation) -> None:
    """Enter it, and its days at its places, which are known to be free."""
    for place, amount in sums(reservation.parts).items():
        book = state.register.books[place]
        new = Taken(reservation.need.span, amount, Use.RESERVED, reservation.id)
        state.keep_book(book.with_ledger(entered(book.taken, new)))
    state.keep(reservation)


def held(state: Placements, reservation: Reservation, parts: tuple[Part, ...], span: Span) -> Reservation:
    """The same as kept from now on for the first term."""
    terms = state.terms
    return replace(
        reservation,
        need=replace(reservation.need, span=span),
        parts=parts,
        provider=state.register.owner(parts[0].place),
        stage=Stage.HELD,
        ends_at=state.now + terms.hold,
        asked_at=state.now,
        remind_at=state.now + terms.answer,
    )


def give_back(state: Placements, reservation: Reservation) -> None:
    """Its places are free for whoever is next."""
    for place in sums(reservation.parts):
        book = state.register.books[place]
        state.keep_book(book.with_ledger(struck(book.taken, reservation.id)))
        state.freed[book.place.group] = None


def end(state: Placements, reservation: Reservation, stage: Stage) -> None:
    """It is over, whether it kept places or waited."""
    leave(state, reservation)
    state.keep(replace(reservation, stage=stage, ends_at=min(reservation.ends_at, state.now)))


def leave(state: Placements, reservation: Reservation) -> None:
    """Its places are given back, or its turn."""
    if reservation.stage.keeps:
        give_back(state, reservation)
    elif reservation.group is not None:
        line = tuple(one for one in state.lists.get(reservation.group, ()) if one != reservation.id)
        set_line(state, reservation.group, line)


def back_in_line(state: Placements, reservation: Reservation, declined_at: Iterable[PlaceId] = ()) -> int:
    """Who got a place from a waiting list and has not kept it without any fault waits again, where it stood.

    Returns the position on the list; 0: it never waited, or its time is over, or there is nothing else in the group.
    """
    group, until = reservation.group, reservation.waits_until
    refused = tuple(dict.fromkeys((*reservation.declined_at, *declined_at)))
    if group is None or until is None or until <= state.now:
        return 0
    if not ever(state, replace(reservation, declined_at=refused)):
        return 0
    leave(state, reservation)
    again = replace(reservation, stage=Stage.WAITING, ends_at=until, parts=(), provider=None, declined_at=refused)
    state.keep(replace(again, asked_at=None, answered_at=None, remind_at=None))
    line = sorted((*state.lists.get(group, ()), reservation.id), key=lambda name: state.reservations[name].turn)
    set_line(state, group, tuple(line))
    return position_of(state, again)


def ever(state: Placements, row: Reservation) -> bool:
    """Whether the group where they wait could take them if nobody were there."""
    return sum(book.place.capacity // row.need.amount for book in _books(state, row)) >= row.need.count


def position_of(state: Placements, waiting: Reservation) -> int:
    """Where it stands on its list, from 1. A list is in the order of turns, so nobody counts through it."""
    assert waiting.group is not None, "whoever waits, waits for a group"
    line = state.lists[waiting.group]
    return bisect_left(line, waiting.turn, key=lambda name: state.reservations[name].turn) + 1


def set_line(state: Placements, group: GroupId, line: tuple[ReservationId, ...]) -> None:
    """The waiting list of this group from now on; an empty one is none."""
    if line:
        state.lists[group] = line
    else:
        state.lists.pop(group, None)


def day_end(state: Placements, day: date) -> datetime:
    """When this civil day is over, in UTC."""
    return datetime.combine(day + timedelta(days=1), time(), state.zone).astimezone(UTC)
