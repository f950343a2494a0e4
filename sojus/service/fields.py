"""The vocabulary of one field of work as a page needs it to make its forms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sojus.domain.field.vocabulary import TraitKind, Vocabulary
from sojus.domain.model.ids import FieldId


@dataclass(frozen=True, slots=True)
class WordView:
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class KindView:
    """`unit`: what is counted ("bed", "seat" ...), `rate`: for what it is paid ("day", "hour" ...). `discharges`: why
    somebody leaves; one has to be chosen, unless there are none. `heading`: under which it is chosen, "" under none."""

    id: str
    name: str
    law: str
    unit: str
    rate: str
    discharges: tuple[WordView, ...]
    heading: str


@dataclass(frozen=True, slots=True)
class TraitFormView:
    """`shape`: "yes_no", "one_of", "several_of" or "number"; `values` of the two in the middle, `range` of the last."""

    id: str
    name: str
    shape: str
    values: tuple[WordView, ...]
    range: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class FieldView:
    id: FieldId
    name: str
    together: str
    kinds: tuple[KindView, ...]
    genders: tuple[WordView, ...]
    traits: tuple[TraitFormView, ...]


def field_view(vocabulary: Vocabulary) -> FieldView:
    """In the order of its file."""
    return FieldView(
        vocabulary.id,
        vocabulary.name,
        vocabulary.together,
        tuple(
            KindView(
                *(one.id, one.name, one.law, one.unit.value, one.rate.value),
                _words(one.discharges.items()),
                one.heading,
            )
            for one in vocabulary.kinds.values()
        ),
        _words(vocabulary.genders.items()),
        tuple(
            TraitFormView(
                *(one.id, one.name, one.kind.value),
                _words((one.values or {}).items()),
                one.range if one.kind is TraitKind.NUMBER else None,
            )
            for one in vocabulary.traits.values()
        ),
    )


def _words(known: Iterable[tuple[str, str]]) -> tuple[WordView, ...]:
    return tuple(WordView(key, word) for key, word in known)
