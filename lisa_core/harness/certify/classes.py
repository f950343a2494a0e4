"""What a class of certification asks of a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from lisa_core.config.classes import CertificationClass, Obligation
from lisa_core.domain.model.json_types import JsonMap
from lisa_core.harness.certify.headline import Sought


def sought_of(one: CertificationClass) -> Sought:
    """What a run has to show for it. A whole booth has no slot of its own: then each slot that decides counts."""
    return Sought(
        one.id,
        (one.slot,) if one.slot else (),
        tuple(demand.id for demand in one.demands if demand.obligation is Obligation.MANDATORY),
        tuple(demand.id for demand in one.demands if demand.obligation is Obligation.CONDITIONAL),
        (one.valid_from, one.valid_until),
        one.abilities,
        {demand.id: demand.ability for demand in one.demands if demand.obligation is Obligation.CONDITIONAL},
    )


def declared_in(sought: Sought | None, profile: Mapping[str, JsonMap]) -> Sought | None:
    """The same, with what this profile declares of the device that it is about."""
    if sought is None or not sought.slots:
        return sought
    said = profile["slots"].get(sought.slots[0], {}).get("capabilities")
    return replace(sought, declared=frozenset(map(str, said)) if isinstance(said, list) else None)
