"""Storing a submission, killed with SIGKILL at a chosen step; in a process of its own."""

from __future__ import annotations

import os
import pkgutil
import signal
from pathlib import Path
from unittest import mock

from lisa_core.domain.model.ids import OfficeId
from lisa_core.store.inbox import FolderInbox, InboxEntry

PACKAGE = b"PK" + bytes(range(256)) * 1000
ENTRY = InboxEntry("20261123-100000-templin-0001", OfficeId("wohngeldstelle"), "2026-11-23T10:00:00+01:00", "ab" * 32)


def stores(folder: Path, step: str, number: int) -> None:
    """Store, and be killed before the `number`th time of one step."""
    module, _, name = step.rpartition(".")
    owner = pkgutil.resolve_name(module)
    whole, count = getattr(owner, name), 0

    def mortal(*arguments: object) -> object:
        nonlocal count
        count += 1
        if count == number:
            os.kill(os.getpid(), signal.SIGKILL)
        return whole(*arguments)

    inbox = FolderInbox(folder)
    with mock.patch.object(owner, name, mortal):
        inbox.store(ENTRY, PACKAGE)
