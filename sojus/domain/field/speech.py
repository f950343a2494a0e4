"""How values of a vocabulary are said in German: "spricht Arabisch und Persisch", "höchstens 8 Plätze"."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sojus.domain.field.vocabulary import Trait, TraitKind, TraitValue, Vocabulary
from sojus.domain.model.ages import Ages
from sojus.domain.model.ids import GenderId


def said(trait: Trait, value: TraitValue | None) -> str:
    """The trait with this value as a place says it; None: nobody has said."""
    if value is None:
        return f"keine Angabe zu „{trait.name}“"
    if isinstance(value, bool):
        return trait.said if value else trait.denied
    return _filled(trait, _listed(trait, value, "und"))


def wished(trait: Trait, value: TraitValue) -> str:
    """The trait with this value as a wish says it: of one that has one value only, any of these will do."""
    if isinstance(value, bool):
        return trait.said if value else trait.denied
    if isinstance(value, tuple):
        return _filled(trait, _limits(trait, value))
    return _filled(trait, _listed(trait, value, "oder" if trait.kind is TraitKind.ONE_OF else "und"))


def row(words: Iterable[str], last: str = "und") -> str:
    """ "a", "a und b", "a, b und c"."""
    *before, end = words
    return f"{', '.join(before)} {last} {end}" if before else end


def years(youngest: int, oldest: int) -> str:
    """ "6 bis 17 Jahre"."""
    if youngest == oldest:
        return f"{youngest} {'Jahr' if youngest == 1 else 'Jahre'}"
    return f"{youngest} bis {oldest} Jahre"


def _listed(trait: Trait, value: str | frozenset[str] | tuple[int, int], last: str) -> str:
    """In the order of the vocabulary, however they were given."""
    if isinstance(value, tuple):
        return str(value[0]) if value[0] == value[1] else f"{value[0]} bis {value[1]}"
    known = trait.values or {}
    keys = {value} if isinstance(value, str) else value
    return row([word for key, word in known.items() if key in keys] or ["nichts davon"], last)


def _limits(trait: Trait, value: tuple[int, int]) -> str:
    least, most = value
    if least == most:
        return str(least)
    if least <= trait.range[0]:
        return f"höchstens {most}"
    return f"mindestens {least}" if most >= trait.range[1] else f"{least} bis {most}"


def _filled(trait: Trait, word: str) -> str:
    return trait.said.replace("{}", word)


def for_whom(vocabulary: Vocabulary, ages: Ages, genders: Collection[GenderId]) -> str:
    """For whom a group is: "12 bis 17 Jahre, Mädchen und junge Frauen", "12 bis 17 Jahre, jedes Geschlecht"."""
    named = [word for key, word in vocabulary.genders.items() if key in genders]
    return f"{years(*ages)}, {row(named) if len(named) < len(vocabulary.genders) else 'jedes Geschlecht'}"
