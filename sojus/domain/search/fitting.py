"""Whether one place does what is wished: each wish by itself, without any other place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Protocol

from sojus.domain.field.vocabulary import TraitValue, Vocabulary
from sojus.domain.model.ages import Ages
from sojus.domain.model.days import Span
from sojus.domain.model.ids import GenderId, TraitId
from sojus.domain.search.distance import metres, vector
from sojus.domain.search.offer import Offer, Price
from sojus.domain.search.wish import Aspect, Ground, Person, Search, Wanted, grounds, needed_from


def answers(wanted: Wanted, value: TraitValue | None) -> bool:
    """Whether a place that says this has what is wanted."""
    if isinstance(wanted, bool) or isinstance(value, bool):
        return isinstance(wanted, bool) and isinstance(value, bool) and wanted is value
    if isinstance(wanted, tuple):
        return isinstance(value, tuple) and wanted[0] <= value[1] and value[0] <= wanted[1]
    if isinstance(value, str):
        return value in wanted
    return isinstance(value, frozenset) and wanted <= value


class Taking(Protocol):
    """A place or its group, as far as it says whom it takes."""

    @property
    def ages(self) -> Ages: ...

    @property
    def genders(self) -> frozenset[GenderId]: ...


def takes(offer: Taking, person: Person) -> bool:
    """Whether this place takes somebody like that."""
    return takes_age(offer, person) and (person.gender is None or person.gender in offer.genders)


def takes_age(offer: Taking, person: Person) -> bool:
    return person.age is None or offer.ages.youngest <= person.age <= offer.ages.oldest


def span_for(search: Search, free: tuple[Span, ...], today: date) -> Span | None:
    """The free time in which all of what is wished lies."""
    begin = needed_from(search, today)
    for span in free:
        if span.start <= begin and (span.end is None or (search.days is not None and _end(begin, search) <= span.end)):
            return span
    return None


def takes_in(search: Search, offer: Offer, today: date) -> bool:
    """Whether it is free for all of the time that is wished, and not closed when they come."""
    return span_for(search, offer.free, today) is not None and not offer.is_closed_on(needed_from(search, today))


def left_for(search: Search, offer: Offer, today: date) -> int:
    """How many seats, weekly hours or contacts are left for all of the time that is wished."""
    return offer.left_in(wanted_span(search, today))


def wanted_span(search: Search, today: date) -> Span:
    begin = needed_from(search, today)
    return Span(begin, None if search.days is None else _end(begin, search))


def price_of(search: Search, offer: Offer, today: date) -> Price:
    """What it costs on the first day that is wished."""
    return offer.price_on(needed_from(search, today))


def misfit(vocabulary: Vocabulary, search: Search, offer: Offer, today: date) -> Ground | None:
    """The first wish that this place fails, or None. Whether people find a place together is not asked here."""
    for ground in grounds(vocabulary, search):
        if not _ASKED[ground.aspect](search, offer, today, ground.trait):
            return ground
    return None


def distance_m(search: Search, offer: Offer) -> int | None:
    """None where nobody said from where."""
    return None if search.near is None else metres(vector(search.near.point), vector(offer.point))


def is_near(search: Search, offer: Offer) -> bool:
    """Whether it is not farther than is wished."""
    return search.farthest_m is None or (distance_m(search, offer) or 0) <= search.farthest_m


def _end(begin: date, search: Search) -> date:
    return begin + timedelta(days=search.days or 0)


def _has_traits(search: Search, offer: Offer, trait: TraitId | None) -> bool:
    return all(answers(one.wanted, offer.traits.get(one.trait)) for one in search.traits if one.trait == trait)


_ASKED: Mapping[Aspect, Callable[[Search, Offer, date, TraitId | None], bool]] = {
    Aspect.KIND: lambda search, offer, today, trait: offer.kind == search.kind,
    Aspect.TENANT: lambda search, offer, today, trait: offer.tenant in search.tenants,
    Aspect.AGE: lambda search, offer, today, trait: any(takes_age(offer, one) for one in search.people),
    Aspect.GENDER: lambda search, offer, today, trait: any(takes(offer, one) for one in search.people),
    Aspect.TRAIT: lambda search, offer, today, trait: _has_traits(search, offer, trait),
    Aspect.AMOUNT: lambda search, offer, today, trait: left_for(search, offer, today) >= search.amount,
    Aspect.FREE: lambda search, offer, today, trait: takes_in(search, offer, today),
    Aspect.PRICE: lambda search, offer, today, trait: price_of(search, offer, today).cents <= (search.most_cents or 0),
    Aspect.DISTANCE: lambda search, offer, today, trait: is_near(search, offer),
    Aspect.TOGETHER: lambda search, offer, today, trait: True,
}
