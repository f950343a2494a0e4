"""A search, made ready to be asked of one block after the other: each wish keeps some slots of those before it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date
from typing import cast

from sojus.domain.field.vocabulary import Vocabulary
from sojus.domain.search.bits import slots_in
from sojus.domain.search.block import Block, day
from sojus.domain.search.fitting import wanted_span
from sojus.domain.search.wish import Aspect, Ground, Person, Search, TraitWish, grounds, needed_from

Ask = Callable[[Block, int], int]
"""Which of these slots fulfil the wish."""


def asks_of(vocabulary: Vocabulary, search: Search, today: date) -> list[tuple[Ground, Ask]]:
    """In order, and without what is asked elsewhere: the kind of help, the distance, and who comes together."""
    made = {
        Aspect.TENANT: _of_tenants(search),
        Aspect.AGE: _of_people(search.people, _of_age),
        Aspect.GENDER: _of_people(search.people, _of_age_and_gender),
        Aspect.AMOUNT: _of_amount(search, today),
        Aspect.FREE: _of_free(search, today),
        Aspect.PRICE: _of_price(search.most_cents or 0, day(needed_from(search, today))),
    }
    found = []
    for ground in grounds(vocabulary, search):
        if ground.aspect is Aspect.TRAIT:
            wishes = [ask_of(one) for one in search.traits if one.trait == ground.trait]
            found.append((ground, wishes[0] if len(wishes) == 1 else _all_of(wishes)))
        elif ground.aspect in made:
            found.append((ground, made[ground.aspect]))
    return found


def ask_of(wish: TraitWish) -> Ask:
    """As `fitting.answers` says of one place."""
    trait, wanted = wish
    if isinstance(wanted, bool):
        return lambda block, bits: bits & block.traits[trait].slots.get(wanted, 0)
    if isinstance(wanted, tuple):
        return lambda block, bits: bits & block.traits[trait].where(lambda value: _meets(wanted, value))
    return lambda block, bits: bits & _with_any_or_all(block, wish, wanted)


def ask_full(search: Search, today: date) -> Ask:
    """Which are taken then, or have not so much left; one that is closed when they come is not."""
    free, enough, begin = _of_free(search, today), _of_amount(search, today), day(needed_from(search, today))

    def ask(block: Block, bits: int) -> int:
        for spans in block.closed:
            bits &= ~spans.holding(begin, begin + 1, bits)
        return bits & ~enough(block, free(block, bits))

    return ask


def _with_any_or_all(block: Block, wish: TraitWish, wanted: frozenset[str]) -> int:
    """One of them where a place has one value, all of them where it has several."""
    slots = block.traits[wish.trait].slots
    any_of, all_of = 0, slots.get((), 0)
    for key in wanted:
        any_of |= slots.get(key, 0)
        if all_of:
            all_of &= slots.get((key,), 0)
    return any_of | all_of


def _meets(wanted: tuple[int, int], value: Hashable) -> bool:
    if not isinstance(value, tuple) or len(value) != 2:
        return False
    least, most = cast("tuple[int, int]", value)
    return wanted[0] <= most and least <= wanted[1]


def _all_of(asks: list[Ask]) -> Ask:
    def ask(block: Block, bits: int) -> int:
        for one in asks:
            bits = one(block, bits)
        return bits

    return ask


def _of_tenants(search: Search) -> Ask:
    return lambda block, bits: bits & block.tenants.where(lambda value: value in search.tenants)


def _of_people(people: tuple[Person, ...], ask: Callable[[Block, int, Person], int]) -> Ask:
    """Whoever takes one of them."""
    (first, *others) = tuple(dict.fromkeys(people))
    if not others:
        return lambda block, bits: ask(block, bits, first)

    def any_of(block: Block, bits: int) -> int:
        found = ask(block, bits, first)
        for person in others:
            found |= ask(block, bits, person)
        return found

    return any_of


def _of_age(block: Block, bits: int, person: Person) -> int:
    return bits if person.age is None else bits & block.ages.slots.get(person.age, 0)


def _of_age_and_gender(block: Block, bits: int, person: Person) -> int:
    if person.gender is not None:
        bits &= block.genders.slots.get(person.gender, 0)
    return _of_age(block, bits, person)


def _of_amount(search: Search, today: date) -> Ask:
    """Of those that are free; only where it differs from day to day is one looked at by itself."""
    amount, span = search.amount, wanted_span(search, today)

    def ask(block: Block, bits: int) -> int:
        found = bits & block.least.where(lambda left: cast("int", left) >= amount)
        perhaps = (bits ^ found) & block.most.where(lambda left: cast("int", left) >= amount)
        for slot in slots_in(perhaps):
            row = block.rows[slot]
            if row is not None and row.offer.left_in(span) >= amount:
                found |= 1 << slot
        return found

    return ask


def _of_price(most_cents: int, on: int) -> Ask:
    def ask(block: Block, bits: int) -> int:
        found = 0
        for prices in block.prices:
            found |= prices.at_most(most_cents, on, bits)
        return found

    return ask


def _of_free(search: Search, today: date) -> Ask:
    begin = day(needed_from(search, today))
    end = None if search.days is None else begin + search.days

    def ask(block: Block, bits: int) -> int:
        found = 0
        for spans in block.spans:
            found |= spans.holding(begin, end, bits)
        for spans in block.closed:
            found &= ~spans.holding(begin, begin + 1, found)
        return found

    return ask
