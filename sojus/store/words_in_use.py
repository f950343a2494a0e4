"""Whether new vocabularies still say what groups and places say in the words of those in force, and count it alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sojus.domain.field.values import value_fault
from sojus.domain.field.vocabulary import Vocabulary
from sojus.domain.model.ids import FieldId
from sojus.domain.register.book import Register
from sojus.domain.register.entries import Group


def lost_words(register: Register, words: Mapping[FieldId, Vocabulary]) -> frozenset[str]:
    """What is in use, and is not there any more or means something else: "jugendhilfe/heim.unit". Ages may change:
    they say who is taken in from now on."""
    return frozenset(one for group in register.groups.values() for one in _lost_of(register, words, group))


def _lost_of(register: Register, words: Mapping[FieldId, Vocabulary], group: Group) -> Iterator[str]:
    area = group.area
    if (now := words.get(area)) is None or (kind := now.kinds.get(group.kind)) is None:
        yield f"{area}/{group.kind}"
        return
    if kind.unit is not register.kind(group).unit:
        yield f"{area}/{kind.id}.unit"
    if any(rate.unit is not kind.rate for rate in register.rates.get(group.id, ())):
        yield f"{area}/{kind.id}.rate"
    yield from (f"{area}/{gender}" for gender in group.genders - now.genders.keys())
    for traits in (group.traits, *(book.place.traits for book in register.books_of(group.id))):
        for name, value in traits.items():
            if (trait := now.traits.get(name)) is None or value_fault(trait, value):
                yield f"{area}/{name}"
