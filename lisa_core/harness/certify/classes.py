"""What a class of certification asks of a run."""

from __future__ import annotations

from lisa_core.config.classes import CertificationClass, Obligation
from lisa_core.harness.certify.headline import Sought


def sought_of(one: CertificationClass) -> Sought:
    """What a run has to show for it. A whole booth has no slot of its own: then each slot that decides counts."""
    return Sought(
        one.id,
        (one.slot,) if one.slot else (),
        tuple(demand.id for demand in one.demands if demand.obligation is Obligation.MANDATORY),
        tuple(demand.id for demand in one.demands if demand.obligation is Obligation.CONDITIONAL),
        (one.valid_from, one.valid_until),
    )
