"""Lets go of what has had its time. Run at the start and once a day, by any process: what is gone is gone once."""

from __future__ import annotations

from datetime import date, datetime

from sojus.domain.model.ids import CaseId
from sojus.domain.placement.moves import party
from sojus.domain.rights.members import Membership
from sojus.domain.rights.retention import Retention, audit_begins, forgotten_on
from sojus.store.kept import KeptPlacements
from sojus.store.persons.persons import Persons


def run_terms(persons: Persons, kept: KeptPlacements, retention: Retention, at: datetime) -> int:
    """How many cases were forgotten. `at`: aware, on the wall clock of the place. Raises `LisaError`.

    Who uses a case again after its term, in this very moment, finds it without a name and enters it anew.
    """
    kept.look()
    known = persons.known()
    with kept.reading() as state:
        due = forgotten_on(state, known, retention)
    return persons.let_go(due, audit_begins(at.date(), retention), at)


def forgotten_days(
    persons: Persons, kept: KeptPlacements, retention: Retention, who: Membership
) -> dict[CaseId, date | None]:
    """When each case of the own office is forgotten if nothing more happens; None: something of it is still open."""
    own = [one for one in persons.known() if one.owner == party(who.actor)]
    with kept.reading() as state:
        return {one.case: day for one, day in forgotten_on(state, own, retention).items()}
