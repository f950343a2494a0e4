"""Which limits cannot be decided in a booth, because what they are measured against is not there: before anything runs.

Pure. A reference has to be as real as the device that it judges: what an emulated door says of a real radar is no
measure. What nobody measures at a real device needs no reference of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from lisa_core.config.classes import CertificationClass, Demand


@dataclass(frozen=True, slots=True)
class AtHand:
    """What is `lacking`: a demand, and the slots that would have to be bound to real devices for it; and what a tester
    has to bring, by the words of `config.classes.references`, each with the demands that need it."""

    lacking: tuple[tuple[Demand, tuple[str, ...]], ...] = ()
    brought: tuple[tuple[str, tuple[Demand, ...]], ...] = ()


def at_hand(classes: Iterable[CertificationClass], named: Collection[str], real: Collection[str]) -> AtHand:
    """What is there and what is not for the demands that are `named`, where these slots hold real devices."""
    lacking: list[tuple[Demand, tuple[str, ...]]] = []
    brought: dict[str, list[Demand]] = {}
    for one in classes:
        if not (one.slot in real if one.slot else real):
            continue
        for demand in one.demands:
            if demand.id not in named or demand.limit is None or demand.reference is None:
                continue
            kind = demand.reference.kind
            if missing := tuple(slot for slot in kind.slots if slot not in real):
                lacking.append((demand, missing))
            elif kind.brought:
                brought.setdefault(demand.reference.word, []).append(demand)
    return AtHand(tuple(lacking), tuple((word, tuple(demands)) for word, demands in brought.items()))
