"""What is wrong with a value that somebody gives to a trait, in a German sentence: of a place, or of a wish."""

from __future__ import annotations

from sojus.domain.field.speech import row
from sojus.domain.field.vocabulary import Trait, TraitKind, TraitValue


def value_fault(trait: Trait, value: TraitValue) -> str:
    """Of a place. "" where nothing is wrong."""
    if trait.kind is TraitKind.ONE_OF and isinstance(value, str):
        return _key_fault(trait, frozenset((value,)))
    if trait.kind is TraitKind.ONE_OF:
        return f"„{trait.name}“ hat genau einen Wert."
    return wish_fault(trait, value)


def wish_fault(trait: Trait, wanted: TraitValue) -> str:
    """Of a wish. "" where nothing is wrong."""
    if trait.kind is TraitKind.YES_NO:
        return "" if isinstance(wanted, bool) else f"„{trait.name}“ ist ja oder nein."
    if trait.kind is TraitKind.NUMBER:
        return _range_fault(trait, wanted)
    if not isinstance(wanted, frozenset) or not wanted:
        return f"„{trait.name}“ braucht wenigstens einen Wert."
    return _key_fault(trait, wanted)


def _key_fault(trait: Trait, keys: frozenset[str]) -> str:
    known = trait.values or {}
    strange = sorted(key for key in keys if key not in known)
    if not strange:
        return ""
    return f"„{strange[0]}“ gibt es bei „{trait.name}“ nicht. Bekannt: {row(list(known.values()))}."


def _range_fault(trait: Trait, value: TraitValue) -> str:
    least, most = trait.range
    if not isinstance(value, tuple) or not all(type(one) is int for one in value):
        return f"„{trait.name}“ ist eine ganze Zahl, oder von einer bis zu einer anderen."
    if not least <= value[0] <= value[1] <= most:
        return f"{value[0]} bis {value[1]} geht bei „{trait.name}“ nicht; möglich sind {least} bis {most}."
    return ""
