"""What a group and its places say of themselves, held against the vocabulary of their field of work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sojus.domain.field.values import value_fault
from sojus.domain.field.vocabulary import KindOfHelp, TraitValue, Vocabulary
from sojus.domain.model.ages import OLDEST
from sojus.domain.model.ids import TraitId
from sojus.domain.register import entries as e
from sojus.domain.register.book import Register
from sojus.domain.register.sentences import unknown_area


def kind_of(draft: Register, entry: e.Group) -> KindOfHelp | None:
    """The kind of help of a group that nobody has checked yet; None: its vocabulary does not know it."""
    vocabulary = draft.vocabularies.get(entry.area)
    return vocabulary.kinds.get(entry.kind) if vocabulary else None


def in_words_of_its_field(draft: Register, entry: e.Group) -> Iterator[str]:
    """All that its vocabulary would not say so."""
    vocabulary = draft.vocabularies.get(entry.area)
    if vocabulary is None:
        yield unknown_area(entry.area)
        return
    kind = vocabulary.kinds.get(entry.kind)
    if kind is None:
        yield f"Die Hilfeart „{entry.kind}“ gibt es in „{vocabulary.name}“ nicht."
    youngest, oldest = entry.ages
    if not 0 <= youngest <= oldest <= OLDEST:
        yield f"Von {youngest} bis {oldest} Jahre ist keine Altersspanne."
    elif kind is not None and (youngest < kind.ages.youngest or oldest > kind.ages.oldest):
        yield f"„{kind.name}“ gibt es nur von {kind.ages.youngest} bis {kind.ages.oldest} Jahre."
    if not entry.genders:
        yield "Es fehlt, wer aufgenommen wird (Geschlecht)."
    for gender in sorted(entry.genders - vocabulary.genders.keys()):
        yield f"Das Geschlecht „{gender}“ gibt es in „{vocabulary.name}“ nicht."
    yield from traits(vocabulary, entry.traits)


def traits(vocabulary: Vocabulary, given: Mapping[TraitId, TraitValue]) -> Iterator[str]:
    """Each trait that there is not, and each value that it cannot have."""
    for name, value in given.items():
        if (trait := vocabulary.traits.get(name)) is None:
            yield f"Das Merkmal „{name}“ gibt es in „{vocabulary.name}“ nicht."
        elif fault := value_fault(trait, value):
            yield fault
