"""Who may do what: a table of roles, and where the border of a tenant runs. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from lisa_core.access.accounts import Account, AccountRole
from lisa_core.domain.model.directory import Directory
from lisa_core.domain.model.ids import AgentId


class Right(Enum):
    """Something that not everybody may."""

    DESK = "take one's own desk"
    SEATS = "see who of the own office is at the desk"
    ACCOUNTS = "see the accounts of the own tenant"
    AUDIT = "see who logged in, and what was done with accounts"


RIGHTS: Mapping[AccountRole, frozenset[Right]] = {
    AccountRole.AGENT: frozenset({Right.DESK}),
    AccountRole.LEAD: frozenset({Right.DESK, Right.SEATS}),
    AccountRole.ADMINISTRATION: frozenset({Right.ACCOUNTS, Right.AUDIT}),
    AccountRole.AUDITOR: frozenset({Right.AUDIT}),
}
"""Nobody administers accounts and takes calls with one role: whoever gives rights sees no case."""


def has_right(account: Account, right: Right) -> bool:
    """Whether one of its roles has it, and the account is not disabled."""
    return not account.disabled and any(right in RIGHTS[role] for role in account.roles)


def desk_of(account: Account, directory: Directory) -> AgentId | None:
    """The one desk this account may take: its own, as long as the directory has it in an office of its tenant."""
    agent = directory.agents.get(account.agent) if account.agent else None
    if agent is None or not has_right(account, Right.DESK):
        return None
    return agent.id if directory.offices[agent.office].tenant == account.tenant else None
