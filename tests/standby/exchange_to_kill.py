"""Exchanges on one database, each a process of its own that kills itself at a chosen event; told by lines of JSON.

    in:   {"n": 3, "url": "postgresql://...", "port": 8410, "kind": "anruf.angenommen", "after": true, "how": "KILL"}
    out:  {"n": 3, "ready": 12.3}  {"n": 3, "killed": 14.5, "pid": 99}  {"n": 3, "ended": "..."}

Instead of a kind "+0.73": so many seconds after it is ready, whatever it does then. Times are of the machine's
monotonic clock; `how` is the signal: STOP leaves it there, cut off from everybody, until somebody lets it go on; then
it ends by itself, and says why.

What all of them need is imported once, before they are forked.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Iterable
from contextlib import AsyncExitStack
from datetime import datetime
from typing import Any
from unittest import mock

import psycopg

from lisa_core.domain.model.directory import Rules
from lisa_core.domain.model.errors import LisaError
from lisa_core.domain.model.ids import OfficeId
from lisa_core.exchange.program import open_exchange, serve_exchange
from lisa_core.exchange.web import build_app
from lisa_core.host.clock import Clock
from lisa_core.store.journal import Entry, Kept
from lisa_core.store.postgres.inbox import PostgresInbox
from lisa_core.store.postgres.journal import PostgresJournal
from lisa_core.store.postgres.place import place_of
from lisa_core.web.asgi import listening_socket, serve
from tests.routing.office import S, directory

MONDAY = datetime.fromisoformat("2026-11-23T10:00+01:00")
RULES = Rules(ring_us=600 * S, desk_grace_us=120 * S, booth_grace_us=120 * S)
LOADED = (psycopg, PostgresInbox, build_app, serve)
"""What they import when they need it, imported here for all of them."""


class Sealed:
    office = OfficeId("wohngeldstelle")
    handed_in_at = MONDAY.isoformat()
    papers_only = False


def told(**words: Any) -> None:
    os.write(1, json.dumps(words).encode() + b"\n")


def mortal(kind: str, after: bool, n: int, how: str) -> Any:
    """Appending that ends this process at the next entry of this kind, before or after it is durable."""
    plain = PostgresJournal.append

    def append(self: PostgresJournal, entries: Iterable[Entry], kept: Kept | None = None) -> None:
        entries = list(entries)
        here = any(entry.name == kind for entry in entries)
        if here and not after:
            stop(n, how)
        plain(self, entries, kept)
        if here and after:
            stop(n, how)

    return append


def stop(n: int, how: str) -> None:
    told(n=n, killed=time.monotonic(), pid=os.getpid())
    os.kill(os.getpid(), signal.Signals[f"SIG{how}"])


async def run(n: int, url: str, port: int, kind: str, how: str) -> None:
    known, clock = directory(), Clock(MONDAY)
    async with AsyncExitStack() as stack:
        exchange = await stack.enter_async_context(open_exchange(known, RULES, clock, place_of(url), apart=True))
        await stack.enter_async_context(serve_exchange(exchange, known, listening_socket("127.0.0.1", port)))
        told(n=n, ready=time.monotonic())
        if kind.startswith("+"):
            threading.Timer(float(kind), stop, (n, how)).start()
        await asyncio.Event().wait()


def child(n: int, url: str, port: int, kind: str, after: bool, how: str) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with (
        mock.patch.object(PostgresJournal, "append", mortal(kind, after, n, how)),
        mock.patch("lisa_core.exchange.inbox.intake.verify", return_value=Sealed()),
    ):
        try:
            asyncio.run(run(n, url, port, kind, how))
        except* LisaError as errors:
            told(n=n, ended=str(errors.exceptions[0]))


def main() -> None:
    running = set()
    for line in sys.stdin:
        if (pid := os.fork()) == 0:
            os.close(0)
            child(**json.loads(line))
            os._exit(0)
        running.add(pid)
    for pid in running:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    for pid in running:
        os.waitpid(pid, 0)


if __name__ == "__main__":
    main()
