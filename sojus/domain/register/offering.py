"""What a search may see of the register: one offer for each place, made anew when something of it changed."""

from __future__ import annotations

from datetime import date

from sojus.domain.model.days import Span
from sojus.domain.model.ids import PlaceId
from sojus.domain.register.book import Register
from sojus.domain.register.entries import Rate
from sojus.domain.register.ledger import runs, runs_with
from sojus.domain.search.offer import Offer, Price, Rest


def offers(register: Register, today: date) -> tuple[Offer, ...]:
    """All that can be offered from today on. A place of a group that never had a rate is not: nobody could say what it
    costs. What a rate was that ran out is told as such."""
    made = (offer(register, place, today) for place in register.books)
    return tuple(one for one in made if one is not None)


def offer(register: Register, place: PlaceId, today: date) -> Offer | None:
    """That of one place; None: it cannot be offered."""
    book = register.books[place]
    group = register.groups[book.place.group]
    rates = register.rates.get(group.id, ())
    if not rates:
        return None
    facility = register.facilities[group.facility]
    left = tuple(Rest(*run) for run in runs(book.taken, book.place.capacity, today) if run[1] > 0)
    return Offer(
        place=place,
        group=group.id,
        facility=facility.id,
        provider=facility.provider,
        tenant=register.providers[facility.provider].tenant,
        area=group.area,
        kind=group.kind,
        ages=group.ages,
        genders=group.genders,
        point=facility.point,
        prices=tuple(Price(one.cents, one.unit, one.span) for one in _from(rates, today)),
        free=runs_with(book.taken, book.place.capacity, Span(today)),
        rest=() if all(one.left == 1 for one in left) else left,
        closed=tuple(one.span for one in book.closed if one.span.stop > today),
        traits={**group.traits, **book.place.traits} if book.place.traits else group.traits,
        confirmed=book.confirmed,
    )


def _from(rates: tuple[Rate, ...], today: date) -> tuple[Rate, ...]:
    """Those that are told on this day or on one after it."""
    begun = sum(one.span.start <= today for one in rates)
    return rates[max(0, begun - 1) :]
