"""What a search may see of the register: one offer for each place, made anew when something of it changed."""

from __future__ import annotations

from datetime import date

from sojus.domain.model.days import Span
from sojus.domain.model.ids import PlaceId
from sojus.domain.register.book import Register
from sojus.domain.register.ledger import most_taken, runs_with
from sojus.domain.search.offer import Offer, Price


def offers(register: Register, today: date) -> tuple[Offer, ...]:
    """All that can be offered today. A place of a group without a rate is not: nobody could say what it costs."""
    made = (offer(register, place, today) for place in register.books)
    return tuple(one for one in made if one is not None)


def offer(register: Register, place: PlaceId, today: date) -> Offer | None:
    """That of one place; None: it cannot be offered."""
    book = register.books[place]
    group = register.groups[book.place.group]
    if (rate := register.rate(group.id, today)) is None:
        return None
    facility = register.facilities[group.facility]
    capacity = book.place.capacity
    free = runs_with(book.taken, capacity, Span(today), closed=(one.span for one in book.closed))
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
        price=Price(rate.cents, rate.unit, max(today, rate.span.start)),
        free=free,
        left=min((capacity - most_taken(book.taken, run) for run in free), default=0),
        traits={**group.traits, **book.place.traits} if book.place.traits else group.traits,
        confirmed=book.confirmed,
    )
