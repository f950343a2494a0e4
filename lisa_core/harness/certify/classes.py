"""A class of certification in a bundle: what of a run it asks for, and the requirement that its demands are."""

from __future__ import annotations

from lisa_core.config.classes import CertificationClass, Demand, Obligation
from lisa_core.harness.certify.headline import Sought
from lisa_core.harness.report.requirement import Part, Requirement


def sought_of(one: CertificationClass) -> Sought:
    """What a run has to show for it. A whole booth has no slot of its own: then each slot that decides counts."""
    return Sought(
        one.id,
        (one.slot,) if one.slot else (),
        tuple(demand.id for demand in one.demands if demand.obligation is Obligation.MANDATORY),
        tuple(demand.id for demand in one.demands if demand.obligation is Obligation.CONDITIONAL),
        (one.valid_from, one.valid_until),
    )


def demanded(one: CertificationClass) -> Requirement:
    """The class as a requirement, its demands as parts: `@anf:praesenzsensor.meldung` names one of them."""
    parts = tuple(map(_part, one.demands))
    return Requirement(one.name, one.title, one.title_en, one.source, one.path, 1, parts=parts)


def _part(one: Demand) -> Part:
    return Part(one.id, one.text, one.text_en, one.line, one.open_reason, one.limit)
