"""Storing a submission, and commands, killed with SIGKILL at a chosen step; in a process of their own."""

from __future__ import annotations

import contextlib
import os
import pkgutil
import signal
from pathlib import Path
from unittest import mock

from lisa_core.cli.commands import lisa
from lisa_core.domain.model.ids import OfficeId
from lisa_core.store.inbox import FolderInbox, InboxEntry
from lisa_core.store.postgres.inbox import PostgresInbox
from lisa_core.store.postgres.place import DatabaseAddress

PACKAGE = b"PK" + bytes(range(256)) * 1000
ENTRY = InboxEntry("20261123-100000-templin-0001", OfficeId("wohngeldstelle"), "2026-11-23T10:00:00+01:00", "ab" * 32)


def stores(folder: Path, step: str, number: int) -> None:
    """Store, and be killed before the `number`th time of one step."""
    inbox = FolderInbox(folder)
    with _mortal(step, number):
        inbox.store(ENTRY, PACKAGE)


def stores_there(place: DatabaseAddress, generation: int, number: int) -> None:
    """Store in a database, and be killed before the `number`th time that something is asked of it."""
    inbox = PostgresInbox(place, generation)
    with _mortal("lisa_core.store.postgres.database.Database.run", number):
        inbox.store(ENTRY, PACKAGE)


def _mortal(step: str, number: int) -> contextlib.AbstractContextManager[object]:
    module, _, name = step.rpartition(".")
    owner = pkgutil.resolve_name(module)
    whole, count = getattr(owner, name), 0

    def mortal(*arguments: object) -> object:
        nonlocal count
        count += 1
        if count == number:
            os.kill(os.getpid(), signal.SIGKILL)
        return whole(*arguments)

    return mock.patch.object(owner, name, mortal)


def dies_at(step: str, arguments: tuple[str | Path, ...]) -> None:
    """A command that is killed at the first time of one step."""
    with mock.patch(step, side_effect=lambda *_: os.kill(os.getpid(), signal.SIGKILL)):
        lisa.main([str(one) for one in arguments], standalone_mode=False)
