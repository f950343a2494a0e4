"""The exchange as a program: opened from a directory, served on one address."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

from lisa_core.access.booths.kept import BookStore, FolderBook, MemoryBook
from lisa_core.access.entrance import Access
from lisa_core.access.hashing import Hasher
from lisa_core.access.keeping.memory import MemoryAccess
from lisa_core.access.openid.issuers import Issuer
from lisa_core.access.opening import check_demanded
from lisa_core.domain.model.directory import Directory, Rules
from lisa_core.domain.model.errors import MachineError
from lisa_core.exchange.executor import Exchange
from lisa_core.exchange.inbox.stock import take_stock
from lisa_core.exchange.peers.booth_keys import LOOK_S, Keyring
from lisa_core.exchange.seldom import Seldom
from lisa_core.exchange.turn import turn, watch
from lisa_core.exchange.ways import Ways
from lisa_core.host.clock import Clock
from lisa_core.host.machine import tell
from lisa_core.host.program import beside
from lisa_core.host.space import spaces
from lisa_core.store.folder import INBOX, LOG, open_folder
from lisa_core.store.inbox import FolderInbox, Inbox, MemoryInbox
from lisa_core.store.journal import Entry, Journal, MemoryJournal
from lisa_core.store.postgres.place import DatabaseAddress
from lisa_core.store.received import StoredInbox
from lisa_core.web.tls import ServedCertificate, renewals

if TYPE_CHECKING:
    from lisa_core.store.postgres.tenure import Tenure

CERTIFICATE = "zertifikat.geaendert"
"""Entry: a certificate was renewed, could not be, or is about to expire; which of them stands on the console."""
PAGE_FAILED = "seite.fehler"
"""Entry: an answer ended in a fault of ours; which one stands on the console."""
FOREIGN_PAGE = "seite.fremd"
"""Entry: a page of somebody else, or under a foreign name, wanted to reach this exchange from a browser."""


@contextlib.asynccontextmanager
async def open_exchange(
    directory: Directory,
    rules: Rules,
    clock: Clock,
    data: Path | DatabaseAddress | None = None,
    *,
    shown: ServedCertificate | None = None,
    strict: bool = False,
    apart: bool = False,
) -> AsyncIterator[Exchange]:
    """Run an exchange; `data` is the folder or the database for its event log and inbox, None keeps both in memory.

    On a store that an exchange worked in before, it goes on where that one was stopped, or killed. `apart`: there are
    threads, and a large application is checked in one. `shown`: what it shows to whoever connects; `strict`: no booth
    comes in without a key, even as long as none is entered.
    """
    ways = Ways(directory.media) if directory.media.stun or directory.media.turn else None
    with contextlib.ExitStack() as stack:
        tenure = await turn(data, stack) if isinstance(data, DatabaseAddress) else None
        kept = _stores(data, clock, stack, tenure)
        ring = Keyring(kept.book, _digests(shown), strict)
        exchange = Exchange(
            *(directory, rules, kept.journal, kept.inbox, clock),
            ring=ring,
            apart=apart,
            ways=ways,
            unaware_s=tenure.unaware_s if tenure else 0.0,
        )
        async with (
            beside(exchange.run()),
            beside(_look_through(exchange)),
            beside(_watch_space(exchange, data)),
            beside(watch(tenure)),
        ):
            yield exchange


async def _look_through(exchange: Exchange) -> None:
    """Beside the work, once: every package, byte by byte."""
    if isinstance(exchange.inbox, StoredInbox):
        async for text in exchange.inbox.look_through():
            exchange.report(text)


async def _watch_space(exchange: Exchange, data: Path | DatabaseAddress | None) -> None:
    if isinstance(data, Path):  # of a database its administrator knows
        async for found in spaces(data):
            exchange.report(found)


@dataclass(frozen=True, slots=True)
class _Kept:
    """What an exchange keeps."""

    journal: Journal
    inbox: Inbox
    book: BookStore


def _stores(
    data: Path | DatabaseAddress | None, clock: Clock, stack: contextlib.ExitStack, tenure: Tenure | None
) -> _Kept:
    if data is None:
        return _Kept(MemoryJournal(), MemoryInbox(), MemoryBook())
    at = clock.instant().civil.isoformat(timespec="milliseconds")
    opened = _folder(data, at, stack) if isinstance(data, Path) else _database(data, at, stack, tenure)
    journal, inbox, book, told = opened
    found = take_stock(inbox, journal)
    journal.append([Entry(at, name, number, text) for name, number, text in found])
    for text in (*told, *(text for _, _, text in found)):
        tell(text)
    return _Kept(journal, inbox, book)


def _digests(shown: ServedCertificate | None) -> Callable[[], frozenset[str]]:
    """What booths may have been shown: without TLS nothing."""
    return (lambda: shown.digests) if shown else (lambda: frozenset({""}))


async def _watch_keys(exchange: Exchange) -> None:
    """Whoever revokes a key does it in the folder; here it is noticed. What cannot be read is told once."""
    told = ""
    while True:
        try:
            exchange.look_at_keys()
            told = ""
        except MachineError as error:
            if told != str(error):
                tell(told := str(error))
        await asyncio.sleep(LOOK_S)


Opened = tuple[Journal, StoredInbox, BookStore, tuple[str, ...]]
"""What is kept, and what is to be said of the state in which it was found."""


def _folder(folder: Path, at: str, stack: contextlib.ExitStack) -> Opened:
    from lisa_core.store.sqlite import open_journal  # locks its files as POSIX does

    told = open_folder(folder)
    journal = open_journal(folder / LOG, at)
    stack.callback(journal.close)
    inbox = FolderInbox(folder / INBOX)
    stack.callback(inbox.close)
    book = FolderBook(folder)
    stack.callback(book.close)
    return journal, inbox, book, (*told, *journal.told)


def _database(place: DatabaseAddress, at: str, stack: contextlib.ExitStack, tenure: Tenure | None) -> Opened:
    from lisa_core.access.booths.in_database import DatabaseBook
    from lisa_core.store.postgres.inbox import PostgresInbox  # for who has its driver
    from lisa_core.store.postgres.journal import open_journal

    journal = open_journal(place, at, tenure)
    stack.callback(journal.close)
    inbox = PostgresInbox(place, journal.generation)
    stack.callback(inbox.close)
    book = DatabaseBook(place)
    stack.callback(book.close)
    return journal, inbox, book, journal.told


async def _watch_certificate(exchange: Exchange, shown: ServedCertificate | None) -> None:
    async for text in renewals(shown):
        tell(text)
        exchange.note(CERTIFICATE)


@contextlib.asynccontextmanager
async def serve_exchange(
    exchange: Exchange,
    directory: Directory,
    listening: socket.socket,
    access: Access | None = None,
    shown: ServedCertificate | None = None,
    issuers: Sequence[Issuer] = (),
) -> AsyncIterator[str]:
    """Serve desks and booths on a listening socket, over TLS with what is `shown`; yields its `host:port`.

    `access` None: nobody has an account; `issuers`: of other houses. Raises `LisaError` as `check_demanded`.
    """
    from lisa_core.access.web.gate import Gate  # the web server is for who serves
    from lisa_core.exchange.desk_door import DeskDoor, home_in
    from lisa_core.exchange.portals import desks_at, tell_of
    from lisa_core.exchange.web import build_app
    from lisa_core.web.asgi import serve

    host, port = listening.getsockname()[:2]
    access = access or Access(MemoryAccess(), Clock(UTC), Hasher())
    check_demanded(host, demanded=access.demanded)
    seldom = Seldom(exchange.note)
    gate = Gate(access, home_in(directory), f"LISA {directory.name}".strip(), issuers)
    door = DeskDoor(gate, directory, exchange.attend_desk, exchange.is_talking)
    app = build_app(
        *(exchange.attend_booth, exchange.attend_desk, directory, exchange.is_taken),
        told=lambda: seldom.tell(FOREIGN_PAGE),
        failed=lambda: seldom.tell(PAGE_FAILED),
        desk_door=door,
        names=(lambda: shown.shown.names) if shown else None,
    )
    async with (
        serve(app, listening, tls=shown.context if shown else None) as address,
        beside(_watch_keys(exchange)),
        beside(_watch_certificate(exchange, shown)),
        beside(tell_of(directory, desks_at(host, port, shown.shown.names if shown else None))),
    ):
        yield address
