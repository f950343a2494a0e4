"""Where placements are kept, looked at before a portal takes it up: what it would refuse is refused, and nothing
is changed."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from lisa_core.domain.model.errors import LisaError, MachineError
from lisa_core.store.chain import Columns
from lisa_core.store.folder import reading
from lisa_core.store.postgres.place import DatabaseAddress
from sojus.store.entries import Rules
from sojus.store.log import AT_ONCE, FORM, ReadLog, Snapshot, check_form
from sojus.store.opening import FILE
from sojus.store.snapshots import newest
from sojus.store.sqlite import FAILED, FOREIGN, OURS, ROWS, SNAPSHOTS

if TYPE_CHECKING:
    from sojus.store.postgres import PostgresActs

NOTHING = "{}: noch keine"
FOUND = "{}: Fassung {}"


def look_at_placements(place: Path | DatabaseAddress, rules: Rules | None = None) -> Iterator[str]:
    """What is found there, in sentences; `rules`: which it is to follow, where they are known.

    Raises `LisaError` for what no portal of this version takes, a damaged log, and rules that do not fit.
    """
    name = str(place / FILE) if isinstance(place, Path) else place.name
    form = _in_file(place / FILE) if isinstance(place, Path) else _in_database(place)
    if form is None:
        yield NOTHING.format(name)
        return
    check_form(name, form)
    with contextlib.closing(_FileRead(place / FILE) if isinstance(place, Path) else _opened(place)) as log:
        _take_up(log, rules)
    yield FOUND.format(name, FORM)


def _take_up(log: ReadLog, rules: Rules | None) -> None:
    """As the start does, from the newest snapshot on."""
    replica = newest(log)
    while rows := log.rows(replica.head.count):
        replica.take_in(rows)
    if rules is not None:
        replica.follow_rules(rules)


class _FileRead:
    """The log in a file, of which nothing is changed."""

    def __init__(self, path: Path) -> None:
        self.name = str(path)
        with self._told():
            self._db = reading(path)

    def rows(self, after: int) -> list[Columns]:
        with self._told():
            return self._db.execute(ROWS, (after, AT_ONCE)).fetchall()

    def snapshots(self) -> list[Snapshot]:
        with self._told():
            return list(map(Snapshot._make, self._db.execute(SNAPSHOTS)))

    def close(self) -> None:
        self._db.close()

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise MachineError(FAILED.format(self.name, error)) from error


def _in_file(path: Path) -> int | None:
    if not path.is_file():
        return None
    try:
        with contextlib.closing(reading(path)) as db:
            (ours,), (form,) = (db.execute(f"pragma {what}").fetchone() for what in ("application_id", "user_version"))
    except sqlite3.Error as error:
        raise MachineError(FAILED.format(path, error)) from error
    if ours != OURS:
        raise LisaError(FOREIGN.format(path))
    return int(form)


def _in_database(place: DatabaseAddress) -> int | None:
    from sojus.store.postgres import form_in  # for who has its driver

    return form_in(place)


def _opened(place: DatabaseAddress) -> PostgresActs:
    """Its tables are there, and of our form: nothing is made by opening it."""
    from sojus.store.postgres import PostgresActs  # for who has its driver

    return PostgresActs(place)
