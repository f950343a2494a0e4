"""Gives the demonstration in: each provider its own places, as it would itself; then some acts."""

from __future__ import annotations

from collections.abc import Mapping

from lisa_core.domain.model.errors import LisaError
from sojus.config.field_file import read_vocabulary, shipped_fields
from sojus.demo.acts import deeds
from sojus.demo.houses import entries
from sojus.demo.plan import plan
from sojus.domain.model.actors import Actor, Role
from sojus.domain.model.ids import CaseId, OfficeId
from sojus.domain.placement.events import TakeIn
from sojus.domain.register.entries import Given
from sojus.service.answers import Refused
from sojus.service.deeds import Deed
from sojus.service.service import Service
from sojus.store.entries import Rules

OTHERS = "{}: Hier stehen schon andere Träger. Die Demonstration braucht einen leeren Ort; einen anderen nennen."
FAILED = "Die Demonstration lässt sich nicht eintragen: {}"


def rules() -> Rules:
    """All fields of work that are shipped, by the usual terms; first the one in which something has happened."""
    files, first = shipped_fields(), plan().acts.area
    return Rules(tuple(read_vocabulary(files[name]) for name in sorted(files, key=lambda name: (name != first, name))))


def fill(service: Service, *, with_acts: bool = False, cases: Mapping[str, CaseId] | None = None) -> None:
    """Once: what is there already is left as it is. `with_acts`: something has happened already; for whom `cases` says.
    Raises `LisaError` where others have places."""
    with service.kept.reading() as state:
        there, words = set(state.register.providers), state.register.vocabularies
    ours = plan().providers
    if there - ours.keys():
        raise LisaError(OTHERS.format(", ".join(sorted(there - ours.keys()))))
    for provider, (name, tenant) in ours.items():
        if provider not in there:
            given = enumerate(entries(provider, words, service.today), 1)
            batch = tuple(Given(f"{name}, Angabe {number}", one) for number, one in given)
            _do(service, Deed(f"demo/{provider}", Actor(Role.PROVIDER, OfficeId(provider), tenant), TakeIn(batch)))
    if with_acts and not there:
        for deed in deeds(service, cases or {}):
            _do(service, deed)


def _do(service: Service, deed: Deed) -> None:
    done = service.do(deed)
    if isinstance(done, Refused):
        why = [done.error, *(f"{one.where}: {one.why}" for one in done.mistakes)]
        raise LisaError(FAILED.format("; ".join(why)))
