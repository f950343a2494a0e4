"""Exchanges on one database, each a process of its own that kills itself at a chosen event; told by lines of JSON.

    in:   {"n": 3, "url": "postgresql://...", "spot": {...}, "kind": "anruf.angenommen", "after": true, "how": "KILL"}
    out:  {"n": 3, "pid": 99, "waits": true}  {..., "ready": 12.3}  {..., "killed": 14.5}  {..., "ended": "..."}

Instead of a kind "+0.73": so many seconds after it is ready, whatever it does then. Times are of the machine's
monotonic clock. `how` is the signal: STOP leaves it there, standing still, until somebody lets it go on; or CUT: the
cable of its network is pulled, and it goes on alone, until the cable is back. Both come about only when SIGUSR1 has
said that another one waits; then it ends by itself, and says why.

What all of them need is imported once, before they are forked.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
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
from lisa_core.web.tls import ServedCertificate
from tests.nets.namespaces import Net
from tests.routing.office import S, directory
from tests.standby.takeovers import Spot

MONDAY = datetime.fromisoformat("2026-11-23T10:00+01:00")
RULES = Rules(ring_us=600 * S, desk_grace_us=120 * S, booth_grace_us=120 * S)
LOADED = (psycopg, PostgresInbox, build_app, serve)
"""What they import when they need it, imported here for all of them."""


class Sealed:
    office = OfficeId("wohngeldstelle")
    handed_in_at = MONDAY.isoformat()
    papers_only = False


@dataclass
class Fate:
    """What becomes of this process, and when."""

    n: int
    kind: str
    after: bool
    how: str
    spot: Spot
    due: bool

    def told(self, **words: Any) -> None:
        os.write(1, json.dumps({"n": self.n, "pid": os.getpid(), **words}).encode() + b"\n")

    def come(self) -> None:
        self.due = False
        self.told(killed=time.monotonic())
        if self.how == "CUT":
            subprocess.run(["ip", "link", "set", self.spot.cable, "down"], check=True)
        else:
            os.kill(os.getpid(), signal.Signals[f"SIG{self.how}"])

    def append(self) -> Any:
        """Appending to which it comes at the next entry of this kind, before or after that is durable."""
        plain = PostgresJournal.append

        def append(journal: PostgresJournal, entries: Iterable[Entry], kept: Kept | None = None) -> None:
            entries = list(entries)
            here = self.due and any(entry.name == self.kind for entry in entries)
            if here and not self.after:
                self.come()
            plain(journal, entries, kept)
            if here and self.after:
                self.come()

        return append

    def now_due(self, *_: object) -> None:
        self.due = True


async def run(url: str, fate: Fate) -> None:
    known, clock, spot = directory(), Clock(MONDAY), fate.spot
    async with AsyncExitStack() as stack:
        exchange = await stack.enter_async_context(open_exchange(known, RULES, clock, place_of(url), apart=True))
        listening = listening_socket(spot.address, spot.port, outside=bool(spot.net))
        if spot.files:  # without accounts, which nobody gets outside of a test
            shown = ServedCertificate(*map(Path, spot.files), datetime.now(tz=UTC))
            app = build_app(exchange.attend_booth, exchange.attend_desk, known, names=lambda: shown.shown.names)
            await stack.enter_async_context(serve(app, listening, tls=shown.context))
        else:
            await stack.enter_async_context(serve_exchange(exchange, known, listening))
        fate.told(ready=time.monotonic())
        if fate.kind.startswith("+"):
            threading.Timer(float(fate.kind), fate.come).start()
        await asyncio.Event().wait()


def child(n: int, url: str, kind: str, after: bool, how: str, spot: dict[str, Any]) -> None:
    fate = Fate(n, kind, after, how, Spot(**spot), due=how == "KILL")
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGUSR1, fate.now_due)
    if fate.spot.net:
        Net(os.open(fate.spot.net, os.O_RDONLY)).enter()
    with (
        mock.patch.object(PostgresJournal, "append", fate.append()),
        mock.patch("lisa_core.exchange.inbox.intake.verify", return_value=Sealed()),
        mock.patch("lisa_core.exchange.turn.tell", lambda text: fate.told(waits=text)),
    ):
        try:
            asyncio.run(run(url, fate))
        except* LisaError as errors:
            fate.told(ended=str(errors.exceptions[0]))


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
