"""The rows of memberships: which account acts for which party."""

from __future__ import annotations

from datetime import datetime

from lisa_core.store.chain import Columns
from sojus.domain.model.actors import Actor, Role
from sojus.domain.model.ids import OfficeId, TenantId
from sojus.domain.placement.moves import party
from sojus.domain.rights.members import Membership
from sojus.store.persons import audit
from sojus.store.persons.database import Statements
from sojus.store.persons.values import AuditDeed

ALL = "select account, role, office, tenant from sojus_person_member order by since, role, tenant, office, account"
_OF = "select account, role, office, tenant from sojus_person_member where account = ?"
OF_AN_ACCOUNT = f"{_OF} order by since, role, tenant, office, account"


def member(row: Columns) -> Membership:
    account, role, office, tenant = row
    return Membership(account, Actor(Role(role), OfficeId(office), TenantId(tenant)))


def join(do: Statements, new: Membership, at: datetime, by: str) -> bool:
    """False: it does already."""
    if new in map(member, do(_OF, new.account)):
        return False
    row = (new.account, *map(str, party(new.actor)), at.isoformat())
    do("insert into sojus_person_member(account, role, office, tenant, since) values (?, ?, ?, ?, ?)", *row)
    audit.write(do, audit.AuditNote(at, AuditDeed.JOINED, party(new.actor), by, new.account))
    return True


def end(do: Statements, old: Membership, at: datetime, by: str) -> bool:
    """False: it did not."""
    if old not in map(member, do(_OF, old.account)):
        return False
    where = "account = ? and role = ? and office = ? and tenant = ?"
    do(f"delete from sojus_person_member where {where}", old.account, *map(str, party(old.actor)))
    audit.write(do, audit.AuditNote(at, AuditDeed.LEFT, party(old.actor), by, old.account))
    return True
