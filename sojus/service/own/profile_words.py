"""For whom help is sought, in words: without a name, as the office says it with a request or a reservation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sojus.domain.field.speech import row, wished, years
from sojus.domain.field.vocabulary import Vocabulary
from sojus.domain.model.ids import FieldId, GenderId
from sojus.domain.model.units import Unit
from sojus.domain.placement.records import NamelessProfile, Need
from sojus.domain.search.phrases import counted
from sojus.domain.search.wish import Person, TraitWish

NOT_SAID = "Für wen, ist nicht angegeben."
"""Of whatever a program reserved without saying it."""


def profile_words(words: Mapping[FieldId, Vocabulary], profile: NamelessProfile, need: Need) -> str:
    """ "Heimerziehung (§ 34 SGB VIII); 15 Jahre, weiblich; barrierefrei". The key where its vocabulary has lost
    the word."""
    vocabulary = words.get(profile.area)
    kind = None if vocabulary is None else vocabulary.kinds.get(profile.kind)
    if vocabulary is None or kind is None:
        return "; ".join([profile.kind, row([_person({}, one) for one in profile.people])])
    people = row([_person(vocabulary.genders, one) for one in profile.people])
    parts = [f"{kind.name} ({kind.law})", *_how_much(kind.unit, need), people]
    return "; ".join([*parts, *(_wished(vocabulary, one) for one in profile.traits)])


def _how_much(unit: Unit, need: Need) -> Iterator[str]:
    each = " je Person" if need.count > 1 else ""
    if not unit.one_each:
        yield counted(unit, need.amount) + each
    if need.contingent is not None:
        yield f"bewilligt: {need.contingent} {'Kontakt' if need.contingent == 1 else 'Kontakte'}{each}"


def _person(genders: Mapping[GenderId, str], person: Person) -> str:
    gender = "" if person.gender is None else genders.get(person.gender, person.gender)
    age = "" if person.age is None else years(person.age, person.age)
    return ", ".join(one for one in (age, gender) if one) or "ohne Angabe von Alter und Geschlecht"


def _wished(vocabulary: Vocabulary, wish: TraitWish) -> str:
    trait = vocabulary.traits.get(wish.trait)
    return wish.trait if trait is None else wished(trait, wish.wanted)
