"""For whom help is sought, in words: without a name, as the request says it."""

from __future__ import annotations

from collections.abc import Mapping

from sojus.domain.field.speech import row, wished, years
from sojus.domain.field.vocabulary import Vocabulary
from sojus.domain.model.ids import FieldId
from sojus.domain.placement.records import NamelessProfile
from sojus.domain.search.wish import Person


def profile_words(words: Mapping[FieldId, Vocabulary], profile: NamelessProfile) -> str:
    """ "Heimerziehung (§ 34 SGB VIII); 15 Jahre, weiblich; barrierefrei"."""
    vocabulary = words[profile.area]
    kind = vocabulary.kinds[profile.kind]
    people = row([_person(vocabulary, one) for one in profile.people])
    traits = (wished(vocabulary.traits[one.trait], one.wanted) for one in profile.traits)
    return "; ".join([f"{kind.name} ({kind.law})", people, *traits])


def _person(vocabulary: Vocabulary, person: Person) -> str:
    gender = "" if person.gender is None else vocabulary.genders[person.gender]
    age = "" if person.age is None else years(person.age, person.age)
    return ", ".join(one for one in (age, gender) if one) or "ohne Angabe von Alter und Geschlecht"
