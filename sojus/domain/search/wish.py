"""What is looked for: what must be, and what would be better. No name of anybody is in it.

A place is a hit when it does all that must be. One that does not is counted under the first wish that it fails, in the
order of `Aspect`; of several traits in the order of the vocabulary.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import NamedTuple

from sojus.domain.field.vocabulary import Vocabulary
from sojus.domain.model.ids import GenderId, KindId, TenantId, TraitId
from sojus.domain.search.offer import Point

Wanted = bool | frozenset[str] | tuple[int, int]
"""Of yes or no: which. Of one value: those that will do. Of several: those that must all be there. Of a number: a range
that has one in common with the place's."""


class Aspect(Enum):
    """What a wish is about; the order in which wishes are asked."""

    KIND = "kind"
    TENANT = "tenant"
    AGE = "age"
    GENDER = "gender"
    TRAIT = "trait"
    FREE = "free"
    AMOUNT = "amount"
    PRICE = "price"
    DISTANCE = "distance"
    TOGETHER = "together"


class Ground(NamedTuple):
    """The wish that a place fails."""

    aspect: Aspect
    trait: TraitId | None = None


class Person(NamedTuple):
    """Somebody who needs a place. None: not said, and every place will do."""

    age: int | None = None
    gender: GenderId | None = None


class TraitWish(NamedTuple):
    """A value of a trait that is wanted. Where nobody has said what a place is like, it is not fulfilled."""

    trait: TraitId
    wanted: Wanted


class Preference(NamedTuple):
    """What would be better, and how much that counts beside others (1 or more)."""

    wish: TraitWish
    weight: int = 1


class Near(NamedTuple):
    """Distances are told from `point`; `km`: as the crow flies, and not farther."""

    point: Point
    km: int | None = None


class Together(Enum):
    """How near to each other people are who come together."""

    GROUP = "group"
    FACILITY = "facility"


@dataclass(frozen=True, slots=True)
class Search:
    """All that is wished. Several `people` need a place each, all of them in one group or one facility."""

    kind: KindId
    people: tuple[Person, ...] = (Person(),)
    traits: tuple[TraitWish, ...] = ()
    tenants: frozenset[TenantId] = frozenset()
    """Only places of these; empty: of all."""
    amount: int = 1
    """Weekly hours or contacts for each of them; of a bed or a seat 1."""
    start: date | None = None
    """None: at once, today. Once this day has come, today as well."""
    days: int | None = None
    """How long. None: nobody knows yet, so the place must have no end in sight."""
    most_cents: int | None = None
    near: Near | None = None
    together: Together = Together.GROUP
    preferences: tuple[Preference, ...] = ()

    @property
    def farthest_m(self) -> int | None:
        """Metres; None: it may be anywhere."""
        return None if self.near is None or self.near.km is None else self.near.km * 1000


def grounds(vocabulary: Vocabulary, search: Search) -> tuple[Ground, ...]:
    """The wishes that this search has, in the order in which they are asked."""
    asked = {
        Aspect.KIND: True,
        Aspect.TENANT: bool(search.tenants),
        Aspect.AGE: any(one.age is not None for one in search.people),
        Aspect.GENDER: any(one.gender is not None for one in search.people),
        Aspect.TRAIT: False,
        Aspect.FREE: True,
        Aspect.AMOUNT: True,
        Aspect.PRICE: search.most_cents is not None,
        Aspect.DISTANCE: search.farthest_m is not None,
        Aspect.TOGETHER: len(search.people) > 1,
    }
    wanted = {one.trait for one in search.traits}
    found: list[Ground] = []
    for aspect, is_asked in asked.items():
        if aspect is Aspect.TRAIT:
            found += [Ground(aspect, trait) for trait in vocabulary.traits if trait in wanted]
        elif is_asked:
            found.append(Ground(aspect))
    return tuple(found)


def needed_from(search: Search, today: date) -> date:
    """The first day on which a place is needed: of a saved search whose day has come, today."""
    return today if search.start is None else max(search.start, today)
