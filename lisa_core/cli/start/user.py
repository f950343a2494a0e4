"""`lisa user`, started: the accounts in the folder of an exchange, whether it runs or not."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

import click

from lisa_core.access import texts
from lisa_core.access.accounts import Account, AccountRole
from lisa_core.access.administration import AccountWish, Administration
from lisa_core.access.credentials import login_name
from lisa_core.access.hashing import Hasher
from lisa_core.access.keeping.port import AccessStore
from lisa_core.access.opening import open_store
from lisa_core.config.directory import load_directory
from lisa_core.domain.model.errors import LisaError
from lisa_core.host.clock import Clock, shown_time
from lisa_core.host.machine import tell
from lisa_core.host.printable import printable
from lisa_core.store.folder import ACCOUNTS, begin_folder, open_folder
from lisa_core.store.postgres.place import DatabaseAddress

NOBODY = "Noch kein Konto. Anlegen: lisa user add"
FIRST = "Das erste Konto: Ab jetzt verlangt die Vermittlung eine Anmeldung, auch auf diesem Rechner."
NO_STORE = "{}: Hier liegen keine Konten. Den Ordner der Vermittlung nennen (lisa exchange --data)."
NO_TEXT = "Was von der Standardeingabe kam, ist nicht als Text zu lesen. Ist es UTF-8?"
NOTHING_READ = "Von der Standardeingabe kam kein Kennwort."
INITIAL = (
    "Anfangskennwort: {}\n"
    "Es gilt sieben Tage und für die erste Anmeldung; danach wird ein eigenes verlangt. Hier steht es nur dieses Mal."
)
ONCE = "Hier steht er nur dieses Mal."
REPLACED = "Die App und die Ersatzcodes von bisher gelten nicht mehr. Bei einem Menschen: lisa user reset, von vorn."
DONE = {"disable": "Konto {}: gesperrt.", "enable": "Konto {}: freigegeben."}


@dataclass(frozen=True, slots=True)
class WishedAccount:
    """As typed."""

    name: str
    roles: tuple[str, ...]
    agent: str
    tenant: str
    config: str
    openid: str = ""

    def wish(self) -> AccountWish:
        roles = tuple(AccountRole(role) for role in self.roles)
        return AccountWish(self.name, roles, self.agent, self.tenant, self.openid)


async def add_account(wished: WishedAccount, data: Path | DatabaseAddress, given: bool) -> None:
    """`given`: its password comes from standard input."""
    password = typed_in() if given else ""
    directory, _ = load_directory(wished.config)
    if isinstance(data, Path):
        for sentence in begin_folder(data):
            tell(sentence)
    with open_store(data) as store:
        first = not store.accounts()
        initial = await _administration(store).add(wished.wish(), directory, password)
    click.echo(f"Konto {printable(wished.name)}: angelegt.")
    if initial:
        click.echo(INITIAL.format(initial))
    if first:
        click.echo(FIRST)


async def reset_account(name: str, data: Path | DatabaseAddress) -> None:
    with _accounts(data) as store:
        initial = await _administration(store).reset(name)
    click.echo(f"Konto {printable(name)}: zurückgesetzt.")
    if initial:
        click.echo(INITIAL.format(initial))


async def give_second(name: str, data: Path | DatabaseAddress) -> None:
    with _accounts(data) as store:
        had = {account.name for account in store.accounts() if account.totp}
        secret = _administration(store).give_second(name)
    click.echo(f"Konto {printable(name)}: zweiter Faktor (Base32): {secret}\n{ONCE}")
    if login_name(name) in had:
        click.echo(REPLACED)


async def change_account(what: str, name: str, data: Path | DatabaseAddress) -> None:
    with _accounts(data) as store:
        administration = _administration(store)
        (administration.disable if what == "disable" else administration.enable)(name)
    click.echo(DONE[what].format(printable(name)))


async def give_roles(wished: WishedAccount, data: Path | DatabaseAddress) -> None:
    directory, _ = load_directory(wished.config)
    with _accounts(data) as store:
        _administration(store).give(wished.wish(), directory)
    click.echo(f"Konto {printable(wished.name)}: geändert.")


async def list_accounts(data: Path | DatabaseAddress) -> None:
    with _accounts(data) as store:
        accounts = store.accounts()
    rows = [_row(account) for account in accounts]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        click.echo("  ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True)).rstrip())
    if not accounts:
        click.echo(NOBODY)


async def show_log(data: Path | DatabaseAddress, last: int) -> None:
    with _accounts(data) as store:
        entries = store.entries()
    for entry in entries[-last:]:
        click.echo(printable("  ".join(filter(None, (shown_time(entry.at), *entry[1:4])))))


def typed_in() -> str:
    """The password on standard input. Raises `LisaError`."""
    try:
        typed = sys.stdin.readline().rstrip("\r\n")
    except UnicodeDecodeError:
        raise LisaError(NO_TEXT) from None
    if not typed:
        raise LisaError(NOTHING_READ)
    return typed


def _row(account: Account) -> tuple[str, ...]:
    """Its columns, "" where there is nothing to say."""
    roles = ", ".join(texts.ROLES[role] for role in account.roles)
    second = "" if account.totp else "ohne zweiten Faktor"
    state = "gesperrt" if account.disabled else "Anfangskennwort" if account.initial else ""
    return tuple(map(printable, (account.name, roles, account.agent or "", account.tenant, second, state)))


def _administration(store: AccessStore) -> Administration:
    return Administration(store, Clock(UTC), Hasher())


@contextlib.contextmanager
def _accounts(data: Path | DatabaseAddress) -> Iterator[AccessStore]:
    """Raises `LisaError` where there are none: a folder that was mistyped is not made."""
    if isinstance(data, Path):
        if not (data / ACCOUNTS).is_file():
            raise LisaError(NO_STORE.format(printable(str(data))))
        for sentence in open_folder(data):
            tell(sentence)
    with open_store(data) as store:
        yield store
