"""Of whom the cases are for which something has happened in the demonstration: nobody who exists."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sojus.demo.plan import plan
from sojus.domain.model.ids import CaseId
from sojus.domain.rights.members import Membership
from sojus.domain.rights.purposes import Purposes, purposes_of
from sojus.store.persons.persons import Persons
from sojus.store.persons.values import NamedPerson

YOUNG: Mapping[str, tuple[int, str, str]] = {
    "reserviert": (1, "Mia Muster", "51-104/26"),
    "bestätigt": (0, "Ben Beispiel", "51-7/26"),
    "aufgenommen": (0, "Lea Probe", "51-12/26"),
    "anfrage": (0, "Tim Muster", ""),
}
"""By what has happened: whose case it is (of the plan's people), a name, the office's own file number."""


def enter(persons: Persons, purposes: Purposes, at: datetime) -> dict[str, CaseId]:
    """The case of each; entered once. Raises `LisaError`."""
    found = {}
    for key, (whose, name, reference) in YOUNG.items():
        one = plan().people[whose]
        purpose = purposes_of(purposes, one.actor.role)[0]
        who, named = Membership(one.name, one.actor), (NamedPerson(name),)
        found[key] = persons.enter(who, f"demo/{key}", named, purpose, at, reference).case
    return found
