"""Lets go of what has had its time. Run at the start and once a day, by any process: what is gone is gone once."""

from __future__ import annotations

from datetime import datetime

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
