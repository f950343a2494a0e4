"""For whom help is sought, in words: without a name, as the request says it."""

from __future__ import annotations

from collections.abc import Mapping

from sojus.domain.field.vocabulary import Vocabulary
from sojus.domain.model.ids import FieldId
from sojus.domain.placement.records import NamelessProfile


def profile_words(words: Mapping[FieldId, Vocabulary], profile: NamelessProfile) -> str:
    """ "Heimerziehung (§ 34 SGB VIII); 15 Jahre, Mädchen; barrierefrei"."""
    vocabulary = next((one for one in words.values() if profile.kind in one.kinds), None)
    if vocabulary is None:
        return ""
    kind = vocabulary.kinds[profile.kind]
    gender = vocabulary.genders.get(profile.gender, "")
    traits = [vocabulary.traits[one].name for one in profile.traits if one in vocabulary.traits]
    whom = ", ".join(one for one in (f"{profile.age} Jahre", gender) if one)
    return "; ".join([f"{kind.name} ({kind.law})", whom, *traits])
