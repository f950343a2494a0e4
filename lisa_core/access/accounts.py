"""An account: who somebody is, for which office, and how she proves it. Values only."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from lisa_core.domain.model.ids import AgentId, TenantId

INITIAL_S = 7 * 24 * 3600
"""Seconds that a password of the administration may be used: to set one's own (ASVS 5.0, 6.4.1)."""


class AccountRole(StrEnum):
    """What somebody is there for; what follows from it stands in `access.rights`."""

    AGENT = "agent"
    LEAD = "lead"
    ADMINISTRATION = "administration"
    AUDITOR = "auditor"


@dataclass(frozen=True, slots=True)
class Account:
    """`name`: what is typed, as `credentials.login_name` writes it. Times are seconds since 1970 (UTC).

    `agent`: whose desk she takes. `openid`: who she is at the issuer of her tenant; then she has no password here.
    `password`: encoded by argon2id, set at `set_at`; `initial`: by the administration,
    and good for setting one's own. `totp`: the secret of the app (base32, "" without), `totp_step` the period of the
    last code that was spent, `recovery` the hashes of the codes on paper. `codes_refused`: in strange browsers, by
    whoever has the password, since the last one that was right there. `version`: raised with every change by whoever
    keeps it.
    """

    name: str
    roles: tuple[AccountRole, ...]
    tenant: TenantId
    password: str = field(repr=False)
    set_at: int
    agent: AgentId | None = None
    initial: bool = False
    disabled: bool = False
    totp: str = field(default="", repr=False)
    totp_step: int = 0
    recovery: tuple[str, ...] = field(default=(), repr=False)
    openid: str = ""
    codes_refused: int = 0
    version: int = 0


def same_rights(one: Account, other: Account) -> bool:
    """Whether whoever logged in with one of them may go on with the other."""
    return (one.roles, one.agent, one.tenant, one.disabled, one.set_at, one.openid) == (
        *(other.roles, other.agent, other.tenant, other.disabled, other.set_at, other.openid),
    )


def is_initial_over(account: Account, now_s: int) -> bool:
    """Whether the administration's password has waited too long to be replaced."""
    return account.initial and not 0 <= now_s - account.set_at + 60 <= INITIAL_S + 60
