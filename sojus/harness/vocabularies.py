"""The words of all fields of work as scenarios say them: a kind of help by the beginning of its name, traits as they
are told of a place ("barrierefrei", "spricht Arabisch und Polnisch"). No field is known here: all stands in its file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from lisa_core.domain.model.errors import HarnessError
from sojus.config.field_file import load_vocabulary, shipped_fields
from sojus.domain.field.vocabulary import KindOfHelp, Trait, TraitKind, TraitValue, Vocabulary
from sojus.domain.model.ids import DischargeId, GenderId, TraitId

_GENDERS = {"weiblich": "w", "männlich": "m"}
"""Short words of scenarios beside those of the field."""


@lru_cache(maxsize=1)
def shipped() -> tuple[Vocabulary, ...]:
    """All fields of work that the portal is delivered with."""
    return tuple(load_vocabulary(name) for name in shipped_fields())


def kind_named(name: str) -> tuple[Vocabulary, KindOfHelp]:
    """The kind of help whose name begins so, in whichever field. Raises `HarnessError` naming those that there are."""
    all_kinds = [(words, kind) for words in shipped() for kind in words.kinds.values()]
    begun = [one for one in all_kinds if one[1].name.startswith(name)]
    found = [one for one in begun if one[1].name == name] or begun
    if len(found) != 1:
        names = "; ".join(kind.name for _, kind in found or all_kinds)
        what = "passt auf mehrere Hilfearten" if found else "gibt es als Hilfeart nicht"
        raise HarnessError(f"„{name}“ {what}. Möglich: {names}.")
    return found[0]


def reason_named(word: str) -> DischargeId:
    """Why somebody left, by its word at whichever kind of help. Raises `HarnessError` naming those that there are."""
    kinds = (kind for words in shipped() for kind in words.kinds.values())
    known = {said: key for kind in kinds for key, said in kind.discharges.items()}
    if word not in known:
        raise HarnessError(f"„{word}“ ist kein Grund einer Entlassung. Möglich: {'; '.join(known)}.")
    return known[word]


def gender_named(words: Vocabulary, name: str) -> GenderId:
    """ "weiblich", "männlich", or as the field calls it. Raises `HarnessError`."""
    key = _GENDERS.get(name, next((key for key, word in words.genders.items() if word == name), ""))
    if key not in words.genders:
        known = ", ".join([*_GENDERS, *words.genders.values()])
        raise HarnessError(f"„{name}“ gibt es als Geschlecht nicht. Möglich: {known}.")
    return GenderId(key)


def traits_named(words: Vocabulary, text: str) -> dict[TraitId, TraitValue]:
    """What is told of a place, with commas between: "barrierefrei, spricht Arabisch und Polnisch"."""
    return dict(trait_named(words, one.strip()) for one in text.split(",") if one.strip())


def trait_named(words: Vocabulary, text: str) -> tuple[TraitId, TraitValue]:
    """One trait with the value that is said. Raises `HarnessError` naming how traits are said."""
    for trait in words.traits.values():
        for value in _values(trait, text):
            return trait.id, value
    said = ", ".join(f"„{trait.said.replace('{}', '…')}“" for trait in words.traits.values())
    raise HarnessError(f"„{text}“ ist kein Merkmal in „{words.name}“. Gesagt werden sie so: {said}.")


def _values(trait: Trait, text: str) -> Iterator[TraitValue]:
    """The value that this says of the trait, if it says any."""
    if trait.kind is TraitKind.YES_NO:
        yield from (value for word, value in ((trait.said, True), (trait.denied, False)) if word == text)
        return
    before, _, after = trait.said.partition("{}")
    if not (text.startswith(before) and text.endswith(after) and len(text) > len(before) + len(after)):
        return
    filled = text[len(before) : len(text) - len(after)]
    if trait.kind is TraitKind.NUMBER:
        yield from ((int(least), int(most or least)) for least, most in re.findall(r"^(\d+)(?: bis (\d+))?$", filled))
        return
    keys = {word: key for key, word in (trait.values or {}).items()}
    named = [keys.get(one) for one in re.split(r" und | oder ", filled)]
    found = [key for key in named if key is not None]
    if len(found) == len(named):
        yield found[0] if trait.kind is TraitKind.ONE_OF and len(found) == 1 else frozenset(found)
