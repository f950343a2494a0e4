"""A look at a name: whether somebody may know it, the state says; what it is, the persons' store; one after the other.

Nobody waits for the persons' store while the state is held: else all acts of all would wait as well.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

from sojus.domain.model.ids import CaseId
from sojus.domain.placement.state import Placements
from sojus.domain.rights.knowing import may_know
from sojus.domain.rights.members import Membership
from sojus.domain.rights.purposes import Purpose
from sojus.store.persons.persons import Persons
from sojus.store.persons.values import NamedPerson

Reading = Callable[[], AbstractContextManager[Placements]]
"""`KeptPlacements.reading`."""


def look(
    persons: Persons, reading: Reading, who: Membership, case: CaseId, purpose: Purpose, at: datetime
) -> tuple[NamedPerson, ...]:
    """Of whom it is, for who may know it in this moment. Raises `NotShown`; that is in the audit as well."""
    owner, knows = persons.owner(case), False
    if owner is not None:
        with reading() as state:
            knows = may_know(state, who.actor, owner, case)
    return persons.show(who, case, purpose, at, knows=knows)
