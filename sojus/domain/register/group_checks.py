"""What a group and its places say of themselves, held against the vocabulary of their field of work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sojus.domain.field.vocabulary import KindOfHelp, Trait, TraitKind, Vocabulary
from sojus.domain.model.ids import TraitId
from sojus.domain.register import entries as e
from sojus.domain.register.book import Register
from sojus.domain.search.offer import TraitValue

OLDEST = 120


def kind_of(draft: Register, entry: e.Group) -> KindOfHelp | None:
    """The kind of help of a group that nobody has checked yet; None: its vocabulary does not know it."""
    vocabulary = draft.vocabularies.get(entry.area)
    return vocabulary.kinds.get(entry.kind) if vocabulary else None


def in_words_of_its_field(draft: Register, entry: e.Group) -> Iterator[str]:
    """All that its vocabulary would not say so."""
    vocabulary = draft.vocabularies.get(entry.area)
    if vocabulary is None:
        yield f"Das Arbeitsfeld „{entry.area}“ gibt es nicht."
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
        elif not _fits(trait, value):
            yield f"„{_shown(value)}“ passt nicht zum Merkmal „{trait.name}“: {_wanted(trait)}."


def _fits(trait: Trait, value: TraitValue) -> bool:
    known = trait.values or {}
    match trait.kind:
        case TraitKind.YES_NO:
            return isinstance(value, bool)
        case TraitKind.ONE_OF:
            return isinstance(value, str) and value in known
        case TraitKind.SEVERAL_OF:
            return isinstance(value, frozenset) and value <= known.keys()
        case TraitKind.NUMBER:
            least, most = trait.range
            return isinstance(value, tuple) and least <= value[0] <= value[1] <= most


def _wanted(trait: Trait) -> str:
    known = ", ".join((trait.values or {}).values())
    match trait.kind:
        case TraitKind.YES_NO:
            return "ja oder nein"
        case TraitKind.ONE_OF:
            return f"eines von {known}"
        case TraitKind.SEVERAL_OF:
            return f"einige von {known}"
        case TraitKind.NUMBER:
            return f"Zahlen von {trait.range[0]} bis {trait.range[1]}"


def _shown(value: TraitValue) -> str:
    if isinstance(value, frozenset):
        return ", ".join(sorted(value))
    if isinstance(value, tuple):
        return " bis ".join(map(str, value))
    return {True: "ja", False: "nein"}.get(value, str(value)) if isinstance(value, bool) else value
