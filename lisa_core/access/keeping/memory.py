"""Accounts and sessions in memory: for runs that leave nothing behind."""

from __future__ import annotations

import secrets
from dataclasses import replace

from lisa_core.access.accounts import Account
from lisa_core.access.keeping.port import AccessChange, AccountChangedError
from lisa_core.access.sessions import LoginSession
from lisa_core.store.journal import Entry


class MemoryAccess:
    """Fulfils `keeping.port.AccessStore`."""

    def __init__(self) -> None:
        self._accounts: dict[str, Account] = {}
        self._sessions: dict[str, LoginSession] = {}
        self._entries: list[Entry] = []
        self._secret = secrets.token_bytes(32)
        self._revision = 0

    def revision(self) -> int:
        return self._revision

    def account(self, name: str) -> Account | None:
        return self._accounts.get(name)

    def accounts(self) -> list[Account]:
        return [self._accounts[name] for name in sorted(self._accounts)]

    def session(self, id_: str) -> LoginSession | None:
        return self._sessions.get(id_)

    def sessions_of(self, account: str) -> list[LoginSession]:
        mine = (one for one in self._sessions.values() if one.account == account)
        return sorted(mine, key=lambda one: (one.began_s, one.id))

    def write(self, change: AccessChange) -> None:
        if change.revision not in (None, self._revision):
            raise AccountChangedError(change.first)
        for account in (*change.accounts, *change.unchanged):
            known = self._accounts.get(account.name)
            if (known.version if known else 0) != account.version:
                raise AccountChangedError(account.name)
        for account in change.accounts:
            self._accounts[account.name] = replace(account, version=account.version + 1)
        gone = {*change.ended, *(one.id for name in change.ended_of for one in self.sessions_of(name))}
        for id_ in gone:
            self._sessions.pop(id_, None)
        self._sessions |= {one.id: one for one in change.began}
        for id_, seen_s in change.seen:
            if (known_session := self._sessions.get(id_)) is not None:
                self._sessions[id_] = replace(known_session, seen_s=seen_s)
        self._entries += change.entries
        if replace(change, seen=()) != AccessChange():
            self._revision += 1

    def secret(self) -> bytes:
        return self._secret

    def entries(self, last: int | None = None) -> list[Entry]:
        return self._entries[-last:] if last else list(self._entries)

    def close(self) -> None:
        """Nothing is open."""
