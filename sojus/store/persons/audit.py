"""Who saw, entered and forgot what, chained line by line; the oldest lines go when they have had their time.

What a chain can show and cannot is said in `lisa_core.store.chain`; here the number and hash of the last line stand
in the state as well, and those of the last one that has gone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from lisa_core.domain.model.errors import LisaError
from lisa_core.store.chain import Columns, link
from sojus.domain.model.actors import Role
from sojus.domain.model.ids import CaseId, OfficeId, TenantId
from sojus.domain.placement.decisions import Party
from sojus.domain.placement.moves import party
from sojus.domain.rights.members import Membership
from sojus.store.persons.database import Statements
from sojus.store.persons.values import AuditDeed, AuditLine, NameNotice

BROKEN = (
    "{}: Das Protokoll der Einsichten wurde verändert (Zeile {}). Eine Sicherung einspielen und nachsehen, was fehlt."
)
_FIELDS = "at, what, account, subject, role, office, tenant, case_id, owner_office, owner_tenant, purpose"
_INSERT = f"insert into sojus_person_audit(number, {_FIELDS}, hash) values (?{', ?' * 12})"
_OF_A_PARTY = f"""select number, {_FIELDS} from sojus_person_audit
    where ((role = ? and office = ? and tenant = ?) or (owner_office = ? and owner_tenant = ? and ? = ?))
    and (? = '' or case_id = ?) and (? = 0 or number < ?) order by number desc limit ?"""
_CHANGED = """select count(*) from sojus_person_audit
    where what in (?, ?) and role = ? and office = ? and tenant = ? and at >= ?"""
_SEEN_BY = "{0}.what = ? and {0}.case_id = c.case_id"
_NOTICES = f"""select distinct
        c.number, c.at, c.what, c.case_id, c.owner_office, c.owner_tenant, s.role, s.office, s.tenant
    from sojus_person_audit c join sojus_person_audit s on {_SEEN_BY.format("s")} and s.number < c.number
    where c.what in (?, ?) and c.number > ? and (c.what = ? or c.at >= ?) and s.role <> ?
    and (? = '' or (s.role = ? and s.office = ? and s.tenant = ?))
    and not exists (select 1 from sojus_person_audit n where {_SEEN_BY.format("n")} and n.number > c.number
        and n.role = s.role and n.office = s.office and n.tenant = s.tenant)
    order by c.number"""


@dataclass(frozen=True, slots=True)
class AuditNote:
    """One line that is to be written. `by`: None, a term or the command line. `owner`: whose case it is about."""

    at: datetime
    what: AuditDeed
    by: Party | None
    account: str = ""
    subject: str = ""
    case: str = ""
    owner: Party | None = None
    purpose: str = ""

    @property
    def fields(self) -> tuple[str, ...]:
        by = self.by or ("", "", "")
        owner = (self.owner.office, self.owner.tenant) if self.owner else ("", "")
        at = self.at.isoformat(timespec="milliseconds")
        return (at, str(self.what), self.account, self.subject, *map(str, by), self.case, *owner, self.purpose)


def write(do: Statements, note: AuditNote) -> None:
    """Behind the last line."""
    ((numbered, tip),) = do("select numbered, tip from sojus_person_state")
    number = numbered + 1
    hashed = link(bytes.fromhex(tip), number, note.fields).hex()
    do(_INSERT, number, *note.fields, hashed)
    do("update sojus_person_state set numbered = ?, tip = ?", number, hashed)


def lines(do: Statements, who: Membership, last: int, case: CaseId | None, before: int) -> tuple[AuditLine, ...]:
    """What was done by this party, or with cases of this office by whomever, the newest first. `case`: only with it.
    `before`: only lines with lower numbers; 0: from the newest on."""
    own = party(who.actor)
    theirs = (own.office, own.tenant, str(own.role), str(Role.YOUTH_OFFICE))
    rows = do(_OF_A_PARTY, *map(str, own), *theirs, case or "", case or "", before, before, last)
    return tuple(_line(row, own) for row in rows)


def changed_since(do: Statements, by: Party, day: date) -> int:
    """How many names this office has corrected or deleted from this day on."""
    deeds = str(AuditDeed.CORRECTED), str(AuditDeed.FORGOTTEN)
    ((count,),) = do(_CHANGED, *deeds, *map(str, by), day.isoformat())
    return int(count)


def notices(do: Statements, to: Party | None, after: int, since: str) -> tuple[NameNotice, ...]:
    """Changes of names behind this line that others have been told, each for each of these until somebody of them has
    looked again. `to`: only for them. `since`: deleted ones only from this moment on."""
    seen, corrected, gone = map(str, (AuditDeed.SEEN, AuditDeed.CORRECTED, AuditDeed.FORGOTTEN))
    whom = ("",) * 4 if to is None else (str(to.role), *map(str, to))
    rows = do(_NOTICES, seen, corrected, gone, after, corrected, since, str(Role.YOUTH_OFFICE), *whom, seen)
    return tuple(_notice(row) for row in rows)


def let_go(do: Statements, begins: date) -> int:
    """Delete the lines before the first one of this day or a later one; how many they were."""
    ((first,),) = do("select min(number) from sojus_person_audit where at >= ?", begins.isoformat())
    question = "select number, hash from sojus_person_audit where number < ? order by number desc limit 1"
    ((numbered,),) = do("select numbered from sojus_person_state")
    if not (found := do(question, numbered + 1 if first is None else first)):
        return 0
    ((number, hashed),) = found
    ((before,),) = do("select begins from sojus_person_state")
    do("update sojus_person_state set begins = ?, begins_tip = ?", number, hashed)
    do("delete from sojus_person_audit where number <= ?", number)
    return int(number - before)


def check(name: str, do: Statements) -> None:
    """Raises `LisaError` naming the first line that is not as it was written."""
    ((numbered, tip, count, before),) = do("select numbered, tip, begins, begins_tip from sojus_person_state")
    rows = do(f"select number, {_FIELDS}, hash from sojus_person_audit order by number")
    for number, *fields, hashed in rows:
        before = _linked(before, number, fields)
        if (number, hashed) != (count + 1, before):
            raise LisaError(BROKEN.format(name, count + 1))
        count = number
    if (count, before) != (numbered, tip):
        raise LisaError(BROKEN.format(name, count + 1))


def _linked(before: str, number: int, fields: Sequence[str]) -> str:
    try:
        return link(bytes.fromhex(before), number, fields).hex()
    except (TypeError, ValueError):
        return ""


def _notice(row: Columns) -> NameNotice:
    number, at, what, case, office, tenant, *to = row
    owner = Party(Role.YOUTH_OFFICE, OfficeId(office), TenantId(tenant))
    role, theirs, where = to
    reader = Party(Role(role), OfficeId(theirs), TenantId(where))
    return NameNotice(number, at, AuditDeed(what), CaseId(case), owner, reader)


def _line(row: Columns, own: Party) -> AuditLine:
    number, at, what, account, subject, role, office, tenant, case, _, _, purpose = row
    by = Party(Role(role), OfficeId(office), TenantId(tenant)) if role else None
    known = account if by == own or by is None else None
    return AuditLine(number, at, AuditDeed(what), known, by, CaseId(case) if case else None, purpose, subject)
