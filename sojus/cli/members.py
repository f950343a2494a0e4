"""`lisa portal member`, started: the accounts at a portal's place, and for which office each acts."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from lisa_core.access.administration import AccountWish, Administration
from lisa_core.access.credentials import login_name
from lisa_core.access.hashing import Hasher
from lisa_core.access.opening import open_store
from lisa_core.cli.start.user import INITIAL, typed_in
from lisa_core.domain.model.errors import LisaError
from lisa_core.domain.model.nearest import nearest
from lisa_core.host.clock import Clock
from lisa_core.host.machine import tell
from lisa_core.host.printable import printable
from lisa_core.store.folder import MARK, open_folder
from lisa_core.store.postgres.place import DatabaseAddress
from sojus.cli.told import WishedMember
from sojus.config.offices_file import read_offices
from sojus.domain.model.actors import Actor, Role
from sojus.domain.rights.members import Membership
from sojus.store.persons.opening import open_persons
from sojus.store.persons.persons import Persons

ADDED = "{} handelt jetzt für {}."
AS_IT_WAS = "{} handelt schon für {}. Es wurde nichts geändert."
ENDED = "{} handelt nicht mehr für {}; das Konto selbst bleibt."
NOT_A_MEMBER = "{} handelt nicht für {}. Wer für wen handelt: lisa portal member list"
NOBODY = "Noch handelt niemand für eine Stelle. Eintragen: lisa portal member add"
NO_OFFICE = "{}: Eine Stelle „{}“ mit der Rolle {} gibt es in „{}“ nicht.{}"
NEW = "{}: Dieser Ordner ist neu. Arbeitet das Portal in einem anderen (lisa portal --data), gilt es dort nicht."
NO_STORE = "{}: Hier ist kein Portal. Den Ordner des Portals nennen (lisa portal --data)."
NO_NAME = "„{}“ geht nicht als Name eines Kontos: a bis z, Ziffern, Punkt, „-“ und „_“."


async def add_member(wished: WishedMember, data: Path | DatabaseAddress, given: bool) -> None:
    """`given`: the password of a new account comes from standard input."""
    _check_known(wished)
    name = login_name(wished.name)
    if not name:
        raise LisaError(NO_NAME.format(printable(wished.name)))
    password, initial = typed_in() if given else "", ""
    with _persons(data, begins=True) as persons:
        with open_store(data) as accounts:
            if accounts.account(name) is None:
                wish = AccountWish(name, (), tenant=wished.tenant, openid=wished.openid)
                initial = await Administration(accounts, Clock(UTC), Hasher()).add(wish, None, password)
        joined = persons.join(Membership(name, wished.actor), _now())
    click.echo((ADDED if joined else AS_IT_WAS).format(name, _said(wished.actor)))
    if initial:
        click.echo(INITIAL.format(initial))


async def list_members(data: Path | DatabaseAddress) -> None:
    """Each in a line."""
    with _persons(data) as persons:
        found = persons.all_memberships()
    for one in sorted(found, key=lambda one: (one.account, one.actor.tenant, one.actor.office)):
        click.echo(printable(f"{one.account}  {one.actor.role}  {one.actor.office}  {one.actor.tenant}"))
    if not found:
        click.echo(NOBODY)


async def end_member(wished: WishedMember, data: Path | DatabaseAddress) -> None:
    name = login_name(wished.name) or wished.name
    with _persons(data) as persons:
        if not persons.end(Membership(name, wished.actor), _now()):
            raise LisaError(NOT_A_MEMBER.format(printable(name), _said(wished.actor)))
    click.echo(ENDED.format(printable(name), _said(wished.actor)))


def _check_known(wished: WishedMember) -> None:
    """An office that stands in no file is mistyped; what providers there are, they say themselves."""
    if wished.offices is None:
        return
    file, actor = read_offices(wished.offices), wished.actor
    known = {(one.role, one.id, one.tenant) for one in file.offices}
    known |= {(Role.PROVIDER, actor.office, one.id) for one in file.tenants}
    if (actor.role, actor.office, actor.tenant) not in known:
        others = [str(one.id) for one in file.offices if (one.role, one.tenant) == (actor.role, actor.tenant)]
        hint = nearest(actor.office, others)
        raise LisaError(NO_OFFICE.format(wished.offices, actor.office, actor.role, actor.tenant, hint))


def _said(actor: Actor) -> str:
    return printable(f"{actor.office} ({actor.role}, {actor.tenant})")


def _now() -> datetime:
    return datetime.now(UTC).astimezone()


@contextlib.contextmanager
def _persons(data: Path | DatabaseAddress, *, begins: bool = False) -> Iterator[Persons]:
    """Raises `LisaError` where there is no portal: a folder that was mistyped is not made, unless it is to begin."""
    if isinstance(data, Path):
        new = not (data / MARK).is_file()
        if new and not begins:
            raise LisaError(NO_STORE.format(printable(str(data))))
        for sentence in (*open_folder(data), *([NEW.format(data)] if new else [])):
            tell(sentence)
    with contextlib.closing(open_persons(data if isinstance(data, Path) else data.conninfo)) as persons:
        yield persons
