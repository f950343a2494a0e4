"""Opening access: on a folder of a program, or in memory, where nobody has an account and nothing is demanded."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from lisa_core.access import texts
from lisa_core.access.entrance import Access
from lisa_core.access.hashing import HashCost, Hasher
from lisa_core.access.keeping.memory import MemoryAccess
from lisa_core.access.keeping.port import AccessStore
from lisa_core.domain.model.errors import LisaError
from lisa_core.host.clock import Clock
from lisa_core.store.folder import ACCOUNTS
from lisa_core.store.postgres.place import DatabaseAddress


@contextlib.contextmanager
def open_store(folder: Path | DatabaseAddress | None) -> Iterator[AccessStore]:
    """Accounts and sessions of this folder or database. Raises `LisaError` when they cannot be opened."""
    store = _store(folder)
    try:
        yield store
    finally:
        store.close()


def _store(folder: Path | DatabaseAddress | None) -> AccessStore:
    if folder is None:
        return MemoryAccess()
    if isinstance(folder, DatabaseAddress):
        from lisa_core.access.keeping.in_database import open_database  # for who has its driver

        return open_database(folder)
    from lisa_core.access.keeping.sqlite import open_sqlite

    return open_sqlite(folder / ACCOUNTS)


@contextlib.contextmanager
def open_access(
    folder: Path | DatabaseAddress | None, clock: Clock, cost: HashCost | None = None, *, two_factors: bool = True
) -> Iterator[Access]:
    """For a program that serves pages on a real loop. `two_factors`: a password alone is not enough."""
    with open_store(folder) as store:
        yield Access(store, clock, Hasher(cost), two_factors=two_factors)


def check_demanded(host: str, *, demanded: bool, how: str = "lisa user add") -> None:
    """Raises `LisaError` for an address that can be reached from outside as long as nobody has to log in.

    `how`: the command that makes an account there.
    """
    from lisa_core.web.asgi import LOOPBACK

    if host not in LOOPBACK and not demanded:
        raise LisaError(texts.NOT_OUTSIDE.format(host, how))
