"""The exchange as a program: opened from a directory, served on one address."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import AsyncIterator
from pathlib import Path

from lisa_core.domain.model.directory import Directory, Rules
from lisa_core.exchange.executor import Exchange
from lisa_core.exchange.inbox.stock import take_stock
from lisa_core.exchange.ways import Ways
from lisa_core.host.clock import Clock
from lisa_core.host.machine import tell
from lisa_core.host.program import beside
from lisa_core.host.space import spaces
from lisa_core.store.folder import open_folder
from lisa_core.store.inbox import FolderInbox, Inbox, MemoryInbox
from lisa_core.store.journal import Entry, Journal, MemoryJournal


@contextlib.asynccontextmanager
async def open_exchange(
    directory: Directory, rules: Rules, clock: Clock, data: Path | None = None, *, apart: bool = False
) -> AsyncIterator[Exchange]:
    """Run an exchange; `data` is the folder for its event log and inbox, None keeps both in memory.

    On a folder that an exchange worked in before, it goes on where that one was stopped, or killed. `apart`: there are
    threads, and a large application is checked in one.
    """
    ways = Ways(directory.media) if directory.media.stun or directory.media.turn else None
    with contextlib.ExitStack() as stack:
        journal, inbox = _stores(data, clock, stack)
        exchange = Exchange(directory, rules, journal, inbox, clock, apart=apart, ways=ways)
        async with beside(exchange.run()), beside(_look_through(exchange)), beside(_watch_space(exchange, data)):
            yield exchange


async def _look_through(exchange: Exchange) -> None:
    """Beside the work, once: every package, byte by byte."""
    if isinstance(exchange.inbox, FolderInbox):
        async for text in exchange.inbox.look_through():
            exchange.report(text)


async def _watch_space(exchange: Exchange, data: Path | None) -> None:
    if data is not None:
        async for found in spaces(data):
            exchange.report(found)


def _stores(data: Path | None, clock: Clock, stack: contextlib.ExitStack) -> tuple[Journal, Inbox]:
    if data is None:
        return MemoryJournal(), MemoryInbox()
    from lisa_core.store.sqlite import open_journal  # locks its files as POSIX does

    at = clock.instant().civil.isoformat(timespec="milliseconds")
    told = open_folder(data)
    journal = open_journal(data / "exchange.sqlite", at)
    stack.callback(journal.close)
    inbox = FolderInbox(data / "inbox")
    stack.callback(inbox.close)
    found = take_stock(inbox, journal)
    journal.append([Entry(at, name, number, text) for name, number, text in found])
    for text in (*told, *journal.told, *(text for _, _, text in found)):
        tell(text)
    return journal, inbox


@contextlib.asynccontextmanager
async def serve_exchange(exchange: Exchange, directory: Directory, listening: socket.socket) -> AsyncIterator[str]:
    """Serve desks and booths on a listening socket; yields the address as `host:port`."""
    from lisa_core.exchange.web import build_app  # the web server is for who serves
    from lisa_core.web.asgi import serve

    app = build_app(exchange.attend_booth, exchange.attend_desk, directory, exchange.is_taken)
    async with serve(app, listening) as address:
        yield address
