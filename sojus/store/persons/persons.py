"""What may be done with what is known of persons. Every look at a name is in the audit before the name is given out."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime

from lisa_core.domain.model.errors import LisaError, MachineError
from lisa_core.store.chain import Columns
from sojus.domain.model.actors import Actor, Role
from sojus.domain.model.ids import CaseId, OfficeId, TenantId
from sojus.domain.placement.decisions import Party
from sojus.domain.placement.moves import party
from sojus.domain.placement.state import Placements
from sojus.domain.rights.knowing import may_know
from sojus.domain.rights.members import Membership
from sojus.domain.rights.purposes import Purpose
from sojus.domain.rights.retention import KnownCase
from sojus.domain.rights.table import Right, has_right
from sojus.store.persons import audit
from sojus.store.persons.database import PersonDatabase, Statements
from sojus.store.persons.people import checked, people_of, text_of
from sojus.store.persons.values import AuditDeed, AuditLine, CaseLine, NamedPerson, NotShown

NOT_SHOWN = "Diesen Fall gibt es nicht, oder Sie dürfen nicht wissen, wen er betrifft."
NOT_FOR_THIS = "„{}“ ist kein Zweck, zu dem Sie das wissen dürfen. Einen anderen aus der Liste wählen."
ONLY_OFFICES = "Einen Fall legt das Amt an, das ihn hat."
OTHER_CASE = "Unter diesem Schlüssel ist schon ein anderer Fall angelegt. Die Seite neu laden und noch einmal eingeben."
LABEL = "Fall {}"
_CASE = "select tenant, office, people, number, created from sojus_person_case where id = ?"
_NEXT = """insert into sojus_person_office values (?, ?, 1)
    on conflict (tenant, office) do update set last = sojus_person_office.last + 1 returning last"""
_MEMBERS = "select account, role, office, tenant from sojus_person_member"
_ORDER = " order by since, role, tenant, office, account"


class Persons:
    """Opened by `persons.opening`. Every thread may call; everything raises `LisaError`. Moments (`at`) are aware."""

    def __init__(self, database: PersonDatabase) -> None:
        self._database = database

    @property
    def name(self) -> str:
        """Where it is, for people."""
        return self._database.name

    # --- who acts for whom ------------------------------------------------------------------------------------------

    def memberships(self, account: str) -> tuple[Membership, ...]:
        """Those of an account, the oldest first."""
        return self._members(f"{_MEMBERS} where account = ?{_ORDER}", account)

    def all_memberships(self) -> tuple[Membership, ...]:
        return self._members(_MEMBERS + _ORDER)

    def join(self, new: Membership, at: datetime, by: str = "") -> bool:
        """From now on this account may act for this party. `by`: the account that says so. False: it does already."""

        def work(do: Statements) -> bool:
            if new in map(_member, do(f"{_MEMBERS} where account = ?", new.account)):
                return False
            row = (new.account, *map(str, party(new.actor)), at.isoformat())
            do("insert into sojus_person_member(account, role, office, tenant, since) values (?, ?, ?, ?, ?)", *row)
            audit.write(do, audit.AuditNote(at, AuditDeed.JOINED, party(new.actor), by, new.account))
            return True

        return self._database.run(work)

    def end(self, old: Membership, at: datetime, by: str = "") -> bool:
        """From now on it may not any more; other processes see it with their next question. False: it did not."""

        def work(do: Statements) -> bool:
            if old not in map(_member, do(f"{_MEMBERS} where account = ?", old.account)):
                return False
            where = "account = ? and role = ? and office = ? and tenant = ?"
            do(f"delete from sojus_person_member where {where}", old.account, *map(str, party(old.actor)))
            audit.write(do, audit.AuditNote(at, AuditDeed.LEFT, party(old.actor), by, old.account))
            return True

        return self._database.run(work)

    # --- of whom a case is ------------------------------------------------------------------------------------------

    def enter(
        self, who: Membership, key: str, people: Sequence[NamedPerson], purpose: Purpose, at: datetime
    ) -> CaseLine:
        """A new case of this office; by the same key again: the same one. Its id is made of nothing."""
        _check_purpose(who, purpose)
        if not has_right(who.actor, Right.PLACE):
            raise NotShown(ONLY_OFFICES)
        own, text = party(who.actor), text_of(checked(people, at.date()))
        asked = hashlib.sha256(json.dumps([own.tenant, own.office, key]).encode()).hexdigest()

        def work(do: Statements) -> CaseLine:
            known = do("select id, number, created, people from sojus_person_case where asked = ?", asked)
            for id_, number, created, was in known:
                if was != text:
                    raise LisaError(OTHER_CASE)
                return _line(id_, number, created)
            return self._new(do, who, asked, text, purpose, at)

        return self._database.run(work)

    def cases(self, who: Membership) -> tuple[CaseLine, ...]:
        """Those of the own office, the newest first; no names."""
        if not has_right(who.actor, Right.PLACE):
            return ()
        question = (
            "select id, number, created from sojus_person_case where tenant = ? and office = ? order by number desc"
        )
        own = party(who.actor)
        return tuple(_line(*row) for row in self._database.rows(question, own.tenant, own.office))

    def owner(self, case: CaseId) -> Party | None:
        """The office whose case it is; None: it is none, or was forgotten."""
        rows = self._database.rows(_CASE, case)
        return _owner(rows[0]) if rows else None

    def look(
        self, state: Placements, who: Membership, case: CaseId, purpose: Purpose, at: datetime
    ) -> tuple[NamedPerson, ...]:
        """Of whom it is. Raises `NotShown`; that stands in the audit as well, if there is such a case."""
        _check_purpose(who, purpose)

        def work(do: Statements) -> tuple[NamedPerson, ...] | None:
            for row in do(_CASE, case):
                shown = may_know(state, who.actor, _owner(row), case)
                _note(do, who, AuditDeed.SEEN if shown else AuditDeed.REFUSED, case, _owner(row), purpose, at)
                return people_of(row[2]) if shown else None
            return None

        if (found := self._database.run(work)) is None:
            raise NotShown(NOT_SHOWN)
        return found

    def correct(
        self, who: Membership, case: CaseId, people: Sequence[NamedPerson], purpose: Purpose, at: datetime
    ) -> None:
        """Other people, by the office whose case it is; what stood there before is gone."""
        text = text_of(checked(people, at.date()))
        self._change(who, case, "update sojus_person_case set people = ? where id = ?", (text, case), purpose, at)

    def forget(self, who: Membership, case: CaseId, purpose: Purpose, at: datetime) -> None:
        """By the office whose case it is: nobody finds out by it any more of whom it was."""
        self._change(who, case, "delete from sojus_person_case where id = ?", (case,), purpose, at)

    # --- what was done ----------------------------------------------------------------------------------------------

    def audit(self, who: Membership, last: int = 200, case: CaseId | None = None) -> tuple[AuditLine, ...]:
        """What the own people did, and others with cases of the own office; the newest first. `case`: only with it."""
        if not has_right(who.actor, Right.AUDIT):
            return ()
        return self._database.run(lambda do: audit.lines(do, who, last, case))

    def check(self) -> None:
        """Raises `LisaError` where the audit was altered."""
        self._database.run(lambda do: audit.check(self.name, do))

    # --- terms ------------------------------------------------------------------------------------------------------

    def known(self) -> tuple[KnownCase, ...]:
        """All cases of which a name is known."""
        rows = self._database.rows("select tenant, office, id, created from sojus_person_case order by id")
        return tuple(
            KnownCase(
                Party(Role.YOUTH_OFFICE, OfficeId(office), TenantId(tenant)), CaseId(id_), date.fromisoformat(created)
            )
            for tenant, office, id_, created in rows
        )

    def let_go(self, due: Mapping[KnownCase, date | None], begins: date, at: datetime) -> int:
        """Forget cases whose day has come, and lines of the audit before `begins`, with all traces; how many cases."""
        gone = [one for one, day in due.items() if day is not None and day <= at.date()]

        def work(do: Statements) -> int:
            for one in gone:
                do("delete from sojus_person_case where id = ?", one.case)
                audit.write(do, audit.AuditNote(at, AuditDeed.RAN_OUT, None, case=one.case, owner=one.owner))
            if audit.let_go(do, begins) or gone:
                do("update sojus_person_state set traces = traces + 1")
            return len(gone)

        done = self._database.run(work)
        self._leave_no_traces()
        return done

    def close(self) -> None:
        self._database.close()

    # --- what all of it needs -----------------------------------------------------------------------------------------

    def _members(self, question: str, *values: str) -> tuple[Membership, ...]:
        return tuple(_member(row) for row in self._database.rows(question, *values))

    def _new(self, do: Statements, who: Membership, asked: str, text: str, purpose: Purpose, at: datetime) -> CaseLine:
        own, case = party(who.actor), CaseId(secrets.token_urlsafe(16))
        ((number,),) = do(_NEXT, own.tenant, own.office)
        created = at.date().isoformat()
        row = (case, asked, own.tenant, own.office, number, created, text)
        do("insert into sojus_person_case values (?, ?, ?, ?, ?, ?, ?)", *row)
        _note(do, who, AuditDeed.ENTERED, case, own, purpose, at)
        return _line(case, number, created)

    def _change(
        self, who: Membership, case: CaseId, statement: str, values: Sequence[str], purpose: Purpose, at: datetime
    ) -> None:
        _check_purpose(who, purpose)
        deed = AuditDeed.FORGOTTEN if statement.startswith("delete") else AuditDeed.CORRECTED

        def work(do: Statements) -> bool:
            for row in do(_CASE, case):
                own = has_right(who.actor, Right.PLACE) and party(who.actor) == _owner(row)
                _note(do, who, deed if own else AuditDeed.REFUSED, case, _owner(row), purpose, at)
                if own:
                    do(statement, *values)
                    do("update sojus_person_state set traces = traces + 1")
                return own
            return False

        if not self._database.run(work):
            raise NotShown(NOT_SHOWN)
        self._leave_no_traces()

    def _leave_no_traces(self) -> None:
        """Of all that was deleted so far; what cannot be now is done with the next terms."""
        ((traces,),) = self._database.rows("select traces from sojus_person_state")
        if traces:
            with suppress(MachineError):
                self._database.scrub()
                self._database.run(lambda do: do("update sojus_person_state set traces = 0 where traces = ?", traces))


def _check_purpose(who: Membership, purpose: Purpose) -> None:
    if who.actor.role not in purpose.roles:
        raise LisaError(NOT_FOR_THIS.format(purpose.name))


def _note(
    do: Statements, who: Membership, what: AuditDeed, case: CaseId, owner: Party, purpose: Purpose, at: datetime
) -> None:
    note = audit.AuditNote(at, what, party(who.actor), who.account, case=case, owner=owner, purpose=purpose.id)
    audit.write(do, note)


def _owner(row: Columns) -> Party:
    return Party(Role.YOUTH_OFFICE, OfficeId(row[1]), TenantId(row[0]))


def _member(row: Columns) -> Membership:
    account, role, office, tenant = row
    return Membership(account, Actor(Role(role), OfficeId(office), TenantId(tenant)))


def _line(id_: str, number: int, created: str) -> CaseLine:
    return CaseLine(CaseId(id_), LABEL.format(number), date.fromisoformat(created))
