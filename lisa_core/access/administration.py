"""What the administration does with accounts (`lisa user`): each act one change of the store, with its entry."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace

from lisa_core.access import audit, texts
from lisa_core.access.accounts import Account, AccountRole
from lisa_core.access.credentials import is_guessed_soon, is_too_short, login_name, spoken_code, typed_password
from lisa_core.access.hashing import Hasher
from lisa_core.access.keeping.port import AccessChange, AccessStore, AccountChangedError
from lisa_core.access.leaked.filter import is_leaked
from lisa_core.access.rights import RIGHTS, Right
from lisa_core.access.second import SECRET_BYTES, secret_of
from lisa_core.domain.model.directory import Directory
from lisa_core.domain.model.errors import LisaError
from lisa_core.domain.model.ids import AgentId, TenantId
from lisa_core.domain.model.nearest import nearest
from lisa_core.host.clock import Clock
from lisa_core.store.journal import Entry


@dataclass(frozen=True, slots=True)
class AccountWish:
    """What an account is to be; as typed. `tenant` "": that of the agent's office, or of the front desk.

    `openid`: who she is at the issuer of her tenant, instead of a password.
    """

    name: str
    roles: Sequence[AccountRole]
    agent: str = ""
    tenant: str = ""
    openid: str = ""


class Administration:
    """All raise `LisaError` with a sentence for whoever typed it."""

    def __init__(self, store: AccessStore, clock: Clock, hasher: Hasher) -> None:
        self._store, self._clock, self._hasher = store, clock, hasher

    async def add(self, wish: AccountWish, directory: Directory | None, password: str = "") -> str:
        """A new account; returns its initial password, "" where `password` stays, or `openid` says who it is.

        `directory` None: of a program that has no desks, and knows by itself what each account may there.
        """
        if wish.openid and password:
            raise LisaError(texts.OPENID_OR_PASSWORD)
        name = self._new(wish, directory).name
        given = "" if wish.openid else _own(password, name) if password else spoken_code(5)
        hashed = await self._hasher.hashed(given) if given else ""
        revision = self._store.revision()
        account = self._new(wish, directory)  # once more: the hash takes its time, and others may be here as well
        account = replace(account, password=hashed, initial=bool(given) and not password)
        entry = self._entry(audit.ADDED, name, _words(account))
        self._write(AccessChange(accounts=(account,), entries=(entry,), revision=revision))
        return "" if password else given

    async def reset(self, name: str) -> str:
        """A new initial password, and no app any more; whoever is logged in with the account no longer is.

        "" for an account of another house: its password is none of ours.
        """
        account = self._known(name)
        fresh = replace(account, totp="", totp_step=0, recovery=(), codes_refused=0, set_at=self._now_s)
        if account.openid:
            self._change(fresh, audit.RESET)
            return ""
        given = spoken_code(5)
        self._change(replace(fresh, password=await self._hasher.hashed(given), initial=True), audit.RESET)
        return given

    def give_second(self, name: str) -> str:
        """A new secret for a program that shows codes by itself; it is said once."""
        account = self._known(name)
        secret = secret_of(secrets.token_bytes(SECRET_BYTES))
        fresh = replace(account, totp=secret, totp_step=0, recovery=(), codes_refused=0)
        self._change(fresh, audit.SECOND_GIVEN)
        return secret

    def disable(self, name: str) -> None:
        """Nobody logs in with it; who is logged in no longer is."""
        self._switch(name, audit.DISABLED, disabled=True)

    def enable(self, name: str) -> None:
        """As before, unless somebody else has the desk by now."""
        self._switch(name, audit.ENABLED, disabled=False)

    def give(self, wish: AccountWish, directory: Directory) -> None:
        """Other roles, another desk; who is logged in has to log in anew."""
        revision, account = self._store.revision(), self._known(wish.name)
        agent, tenant = self._belongs(wish, directory)
        if account.openid and tenant != account.tenant:  # there somebody else may be called so
            raise LisaError(texts.OTHER_ISSUER.format(account.name, account.tenant, tenant))
        changed = replace(account, roles=_sorted(wish.roles), agent=agent, tenant=tenant)
        if changed == account:
            raise LisaError(texts.AS_IT_WAS.format(account.name))
        self._change(changed, audit.RIGHTS_CHANGED, _words(changed), revision)

    def _switch(self, name: str, entry: str, *, disabled: bool) -> None:
        revision, account = self._store.revision(), self._known(name)
        if account.disabled is disabled:
            raise LisaError(texts.AS_IT_WAS.format(account.name))
        if account.agent and not disabled:
            self._check_free(account.agent, account.name)
        self._change(replace(account, disabled=disabled), entry, revision=None if disabled else revision)

    def _change(self, account: Account, entry: str, detail: str = "", revision: int | None = None) -> None:
        change = AccessChange(accounts=(account,), ended_of=(account.name,), revision=revision)
        self._write(replace(change, entries=(self._entry(entry, account.name, detail),)))

    def _known(self, typed: str) -> Account:
        name = login_name(typed)
        account = self._store.account(name) if name else None
        if account is None:
            names = [one.name for one in self._store.accounts()]
            raise LisaError(texts.NOT_THERE.format(typed, nearest(name or typed, names)))
        return account

    def _new(self, wish: AccountWish, directory: Directory | None) -> Account:
        """As wished, without a password; as the accounts are now it can be."""
        name = login_name(wish.name)
        if not name:
            raise LisaError(texts.NO_NAME.format(wish.name))
        if self._store.account(name) is not None:
            raise LisaError(texts.THERE_ALREADY.format(name))
        agent, tenant = self._belongs(wish, directory) if directory else (None, TenantId(wish.tenant))
        for other in self._store.accounts() if wish.openid else ():
            if other.openid == wish.openid and other.tenant == tenant:
                raise LisaError(texts.OPENID_TAKEN.format(wish.openid, other.name))
        return Account(name, _sorted(wish.roles), tenant, "", self._now_s, agent, openid=wish.openid)

    def _belongs(self, wish: AccountWish, directory: Directory) -> tuple[AgentId | None, TenantId]:
        if not wish.roles:
            raise LisaError(texts.ROLE_WANTED)
        desk, gives = _first_with(Right.DESK, wish.roles), _first_with(Right.ACCOUNTS, wish.roles)
        if desk is not None and gives is not None:
            raise LisaError(texts.NOT_BOTH.format(texts.ROLES[gives], texts.ROLES[desk]))
        if desk is not None and not wish.agent:
            raise LisaError(texts.AGENT_WANTED.format(texts.ROLES[desk]))
        agent = directory.agents.get(AgentId(wish.agent)) if wish.agent else None
        if wish.agent and agent is None:
            raise LisaError(
                texts.NO_AGENT.format(wish.agent, directory.name, nearest(wish.agent, list(directory.agents)))
            )
        if agent is not None:
            self._check_free(agent.id, login_name(wish.name))
        office = directory.offices[agent.office] if agent else directory.front_desk
        tenants = sorted({one.tenant for one in directory.offices.values()})
        if wish.tenant and wish.tenant not in tenants:
            raise LisaError(texts.NO_TENANT.format(wish.tenant, nearest(wish.tenant, tenants)))
        tenant = office.tenant if agent or not wish.tenant else TenantId(wish.tenant)
        return (agent.id if agent else None), tenant

    def _check_free(self, agent: AgentId, name: str) -> None:
        """Whoever has left keeps no desk."""
        for other in self._store.accounts():
            if other.agent == agent and not other.disabled and other.name != name:
                raise LisaError(texts.AGENT_TAKEN.format(agent, other.name))

    def _write(self, change: AccessChange) -> None:
        try:
            self._store.write(change)
        except AccountChangedError as error:
            raise LisaError(texts.CHANGED_MEANWHILE.format(error)) from None

    @property
    def _now_s(self) -> int:
        return int(self._clock.instant().civil.timestamp())

    def _entry(self, name: str, subject: str, detail: str = "") -> Entry:
        return Entry(self._clock.instant().civil.isoformat(timespec="milliseconds"), name, subject, detail)


def _own(password: str, name: str) -> str:
    if is_too_short(password):
        raise LisaError(texts.TOO_SHORT)
    if is_guessed_soon(password, name):
        raise LisaError(texts.GUESSED_SOON)
    if is_leaked(password):
        raise LisaError(texts.LEAKED)
    return typed_password(password)


def _first_with(right: Right, roles: Sequence[AccountRole]) -> AccountRole | None:
    return next((role for role in _sorted(roles) if right in RIGHTS[role]), None)


def _sorted(roles: Sequence[AccountRole]) -> tuple[AccountRole, ...]:
    return tuple(role for role in AccountRole if role in roles)


def _words(account: Account) -> str:
    return " ".join([*account.roles, *([account.agent] if account.agent else [])])
