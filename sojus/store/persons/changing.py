"""Other people for a case, or none any more: by the office whose it is, once for each key; what was there is gone."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import NamedTuple

from lisa_core.domain.model.errors import LisaError
from sojus.domain.model.ids import CaseId
from sojus.domain.placement.decisions import Party
from sojus.domain.placement.moves import party
from sojus.domain.rights.members import Membership
from sojus.domain.rights.purposes import Purpose
from sojus.domain.rights.table import Right, has_right
from sojus.store.persons import audit, cases
from sojus.store.persons.database import NOTE_TRACES, Statements
from sojus.store.persons.values import AuditDeed

OTHER_WISH = (
    "Unter diesem Schlüssel ist schon etwas anderes geändert worden, oder inzwischen steht dort anderes. Es wurde "
    "nichts geändert. Die Seite neu laden und noch einmal eingeben."
)
MOST_A_DAY = 200
"""Names that one office corrects or deletes on one day: after them the files are written anew, and others wait."""
ENOUGH = (
    "Ihre Stelle hat heute schon {} Namen berichtigt oder gelöscht; mehr nimmt SoJuS an einem Tag nicht auf. Es wurde "
    "nichts geändert. Bitte morgen wieder."
)


class NameWish(NamedTuple):
    """Who wants it of which case, what for, when; `key`: under which it is done once."""

    who: Membership
    key: str
    case: CaseId
    purpose: Purpose
    at: datetime


class Written(NamedTuple):
    """What stands there from now on. `reference`: None, as before."""

    people: str
    reference: str | None


def name_of_wish(own: Party, key: str) -> str:
    """Nobody comes upon another office's."""
    return hashlib.sha256(json.dumps([own.tenant, own.office, key]).encode()).hexdigest()


def change(do: Statements, asked: NameWish, new: Written | None) -> bool | None:
    """`new`: None, nobody is known any more. True: done now; False: it was, under this key; None: it is not theirs to
    change, which is in the audit too, or there is no such case."""
    own, row = party(asked.who.actor), cases.found(do, asked.case)
    deed = AuditDeed.FORGOTTEN if new is None else AuditDeed.CORRECTED
    wish = name_of_wish(own, asked.key)
    for done in do("select case_id, what from sojus_person_wish where asked = ?", wish):
        if tuple(done) != (asked.case, str(deed)) or not _is_so(row, new):
            raise LisaError(OTHER_WISH)
        return False
    if row is None:
        return None
    mine = has_right(asked.who.actor, Right.PLACE) and own == row.owner
    if mine and audit.changed_since(do, own, asked.at.date()) >= MOST_A_DAY:
        raise LisaError(ENOUGH.format(MOST_A_DAY))
    note(do, asked.who, deed if mine else AuditDeed.REFUSED, asked.case, row.owner, asked.purpose, asked.at)
    if not mine:
        return None
    do("insert into sojus_person_wish values (?, ?, ?, ?)", wish, asked.case, str(deed), asked.at.isoformat())
    if new is None:
        cases.let_go(do, asked.case, asked.at)
    else:
        _write(do, asked.case, new)
    do(NOTE_TRACES)
    return True


def _is_so(row: cases.KeptCase | None, new: Written | None) -> bool:
    """Whether what stands there is what is wanted."""
    if row is None or new is None:
        return row is None and new is None
    return row.people == new.people and new.reference in (None, row.reference)


def _write(do: Statements, case: CaseId, new: Written) -> None:
    do("update sojus_person_case set people = ? where id = ?", new.people, case)
    if new.reference is not None:
        sought = new.reference.casefold()
        do("update sojus_person_case set reference = ?, sought = ? where id = ?", new.reference, sought, case)


def is_used(do: Statements, wish: str) -> bool:
    """Whether something was changed, or a case entered of which nothing is known any more, under this key."""
    return bool(do("select 1 from sojus_person_wish where asked = ?", wish))


def note(
    do: Statements, who: Membership, what: AuditDeed, case: CaseId, owner: Party, purpose: Purpose, at: datetime
) -> None:
    """In the audit."""
    line = audit.AuditNote(at, what, party(who.actor), who.account, case=case, owner=owner, purpose=purpose.id)
    audit.write(do, line)
