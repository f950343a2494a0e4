"""Gives the demonstration in: each provider its own places, as it would itself; then some acts."""

from __future__ import annotations

from lisa_core.domain.model.errors import LisaError
from sojus.config.field_file import read_vocabulary, shipped_fields
from sojus.demo.houses import PROVIDERS, entries
from sojus.domain.model.actors import Actor, Role
from sojus.domain.model.ids import OfficeId
from sojus.domain.placement.events import TakeIn
from sojus.domain.register.entries import Given
from sojus.service.answers import Refused
from sojus.service.deeds import Deed
from sojus.service.service import Service
from sojus.store.entries import Rules

OTHERS = "{}: Hier stehen schon andere Träger. Die Demonstration braucht einen leeren Ort; einen anderen nennen."
FAILED = "Die Demonstration lässt sich nicht eintragen: {}"


def rules() -> Rules:
    """All fields of work that are shipped, by the usual terms."""
    return Rules(tuple(read_vocabulary(path) for path in shipped_fields().values()))


def fill(service: Service) -> None:
    """Once: where the demonstration is already, nothing happens. Raises `LisaError` where others have places."""
    with service.kept.reading() as state:
        there = set(state.register.providers)
    ours = {provider for provider, _, _ in PROVIDERS}
    if there - ours:
        raise LisaError(OTHERS.format(", ".join(sorted(there - ours))))
    for provider, name, tenant in PROVIDERS:
        if provider in there:
            continue
        batch = tuple(
            Given(f"{name}, Angabe {number}", one) for number, one in enumerate(entries(provider, service.today), 1)
        )
        by = Actor(Role.PROVIDER, OfficeId(provider), tenant)
        done = service.do(Deed(f"demo/{provider}", by, TakeIn(batch)))
        if isinstance(done, Refused):
            raise LisaError(
                FAILED.format("; ".join([done.error, *(f"{one.where}: {one.why}" for one in done.mistakes)]))
            )
