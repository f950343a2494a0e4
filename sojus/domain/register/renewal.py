"""What is given in anew stands in nobody's way as it was, whatever its order in a batch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from sojus.domain.model.ids import ClosureId, GroupId, PlaceId, ProviderId, StayId
from sojus.domain.register import entries as e
from sojus.domain.register.book import Register
from sojus.domain.register.ledger import Taken, Use, reported, struck


def strike_old(draft: Register, kind: type, batch: Sequence[e.Given], owner: ProviderId | None) -> Iterator[PlaceId]:
    """The former versions of this provider's entries of one kind that a batch gives in otherwise; of which places."""
    if owner is None:
        return
    for given in batch:
        match given.entry:
            case e.Rate() as rate if kind is e.Rate and _owner(draft, rate.group) == owner:
                known = draft.rates.get(rate.group, ())
                draft.rates[rate.group] = tuple(one for one in known if one.id != rate.id or one == rate)
            case e.Closure() as closure if kind is e.Closure:
                place = draft.place_of(owner, e.Removable.CLOSURE, closure.id)
                if place is not None and closure not in draft.books[place].closed:
                    yield from strike(draft, place, e.Removable.CLOSURE, closure.id)
            case e.Stay() as stay if kind is e.Stay:
                place = draft.place_of(owner, e.Removable.STAY, stay.id)
                if place is not None and (place != stay.place or taken_by(stay) not in draft.books[place].taken):
                    yield from strike(draft, place, e.Removable.STAY, stay.id)


def _owner(draft: Register, group: GroupId) -> ProviderId | None:
    return draft.owner_of_group(group) if group in draft.groups else None


def strike(draft: Register, place: PlaceId, what: e.Removable, ref: ClosureId | StayId) -> Iterable[PlaceId]:
    book = draft.books[place]
    if what is e.Removable.CLOSURE:
        draft.enter(replace(book, closed=tuple(one for one in book.closed if one.id != ref)))
    else:
        draft.enter(book.with_ledger(struck(book.taken, reported(StayId(ref)))))
    return (place,)


def taken_by(stay: e.Stay) -> Taken:
    return Taken(stay.span, stay.amount, Use.REPORTED, reported(stay.id))
