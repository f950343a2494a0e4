"""The port to where accounts and sessions lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from lisa_core.access.accounts import Account
from lisa_core.access.sessions import LoginSession
from lisa_core.store.journal import Entry


class AccountChangedError(Exception):
    """Something that this rests on was changed meanwhile; nothing was written."""


@dataclass(frozen=True, slots=True)
class AccessChange:
    """What is written together.

    `accounts` are put in the place of those with the same name, or added where `version` is 0; `unchanged` have to be
    as they were read. `revision`: of the store as it has to be still, for what rests on all accounts; None: it does
    not. Sessions of `ended` and all of the accounts `ended_of` are gone, then those of `began` are added.
    `seen`: id and time of sessions that are still there; of others nothing comes.
    """

    accounts: tuple[Account, ...] = ()
    unchanged: tuple[Account, ...] = ()
    ended: tuple[str, ...] = ()
    ended_of: tuple[str, ...] = ()
    began: tuple[LoginSession, ...] = ()
    seen: tuple[tuple[str, int], ...] = ()
    entries: tuple[Entry, ...] = ()
    revision: int | None = None

    @property
    def first(self) -> str:
        """The account that it is about."""
        return self.accounts[0].name if self.accounts else ""


class AccessStore(Protocol):
    """Every method raises `MachineError` when the store cannot be used just now."""

    def revision(self) -> int:
        """Another number whenever anything but `seen` was written, by whichever program."""
        ...

    def account(self, name: str) -> Account | None: ...

    def accounts(self) -> list[Account]:
        """All, by name."""
        ...

    def session(self, id_: str) -> LoginSession | None: ...

    def sessions_of(self, account: str) -> list[LoginSession]:
        """The oldest first."""
        ...

    def write(self, change: AccessChange) -> None:
        """All of it or nothing, durable when it returns. Raises `AccountChangedError`."""
        ...

    def secret(self) -> bytes:
        """32 bytes that are the same for all programs on this store, and known to nobody else."""
        ...

    def entries(self, last: int | None = None) -> list[Entry]:
        """The log of access, the oldest first; `last`: no more than so many, and of the chain only these are checked.

        Raises `LisaError` where it was altered.
        """
        ...

    def close(self) -> None: ...
