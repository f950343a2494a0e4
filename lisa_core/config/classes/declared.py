"""What a class asks a device to be able to do, held against what its maker declares. Pure.

A declaration is `capabilities` in the slot's table of a profile. What a class asks for and the maker does not declare
is not fulfilled; what it leaves to the device and is not declared does not apply.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from lisa_core.config.classes.values import CertificationClass, Obligation


@dataclass(frozen=True, slots=True)
class Undeclared:
    """An ability that is not declared. `demand`: the id of what then does not apply; "": the class itself asks."""

    word: str
    demand: str = ""

    @property
    def is_due(self) -> bool:
        """Whether the class is not fulfilled without it."""
        return not self.demand


def undeclared(one: CertificationClass, declared: Collection[str]) -> tuple[Undeclared, ...]:
    """What of this class is not declared: what it asks for, then what depends on the device."""
    due = (Undeclared(word) for word in one.abilities if word not in declared)
    conditional = (
        Undeclared(demand.ability, demand.id)
        for demand in one.demands
        if demand.obligation is Obligation.CONDITIONAL and demand.ability not in declared
    )
    return (*due, *conditional)


def told_of(one: CertificationClass, declared: Collection[str] | None) -> Iterator[str]:
    """What comes of such a declaration for this class, a sentence each; `declared` None: nothing is said at all."""
    if declared is None:
        if one.abilities:
            words = ", ".join(f"„{word}“" for word in one.abilities)
            what = f"Die Klasse {one.id} verlangt {words}; was das Gerät kann, ist nicht erklärt (capabilities)."
            yield f"{what} So bleibt sie unvollständig; lisa profile probe --write trägt es ein."
        return
    for lacking in undeclared(one, declared):
        if lacking.is_due:
            what = f"Die Klasse {one.id} verlangt „{lacking.word}“, und capabilities nennt es nicht."
            yield f"{what} So ist sie nicht bestanden; kann das Gerät es, gehört es dazu."
        else:
            yield f"{lacking.demand}: „{lacking.word}“ nennt capabilities nicht. So ist es nicht anwendbar."
