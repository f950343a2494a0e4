"""What the offices have received, in PostgreSQL: the list, and the packages beside it, each as it was sealed.

A package is laid first and received by the statement that lists it. If the answer to that was lost, nobody was told
that it was received: so it is not, and its row goes before the next write.

What the exchange waits for is answered in `ANSWER_S`, or refused. A large package is laid in a thread, and so are all
of them looked through: that may take long, and has a connection of its own.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Container, Iterable, Sequence
from functools import partial
from typing import LiteralString

from psycopg.types.numeric import Int8

from lisa_core.domain.model.errors import MachineError
from lisa_core.domain.model.ids import OfficeId
from lisa_core.store.chain import Columns
from lisa_core.store.packages import ASIDE, LARGE, PAUSE_S, Lying, Named
from lisa_core.store.postgres.database import LONG_S, Bounded, Database
from lisa_core.store.postgres.fence import Fence
from lisa_core.store.postgres.place import DatabaseAddress
from lisa_core.store.received import StoredInbox

_NAMES = ("number", "office", "received_at", "digest", "size", "fault", "visit", "copy", "crc")
_INTEGERS = ("size", "copy", "crc")
_READ = "select number, office, received_at, digest, size, fault, visit, copy, crc from received order by number"
_WRITE = """
insert into received(number, office, received_at, digest, size, fault, visit, copy, crc)
select * from unnest(%(number)s::text[], %(office)s::text[], %(received_at)s::text[], %(digest)s::text[],
    %(size)s::bigint[], %(fault)s::text[], %(visit)s::text[], %(copy)s::bigint[], %(crc)s::bigint[])
on conflict (number) do update set office = excluded.office, received_at = excluded.received_at,
    digest = excluded.digest, size = excluded.size, fault = excluded.fault, visit = excluded.visit,
    copy = excluded.copy, crc = excluded.crc"""
_RECEIVED = "update packages set state = 'received' where state = 'laid' and number = any(%s::text[])"
_LAY: LiteralString = """insert into packages(number, office, state, package) values (%s, %s, 'laid', %s)
    on conflict (number) do update set office = excluded.office, state = 'laid', package = excluded.package
    where packages.state <> 'received'"""


class PostgresTable:
    """Fulfils `listing.InboxTable`; every write is of one generation."""

    def __init__(self, database: Database, generation: int) -> None:
        self.told: list[str] = []
        self.where = database.place.name
        self._database, self._fence = database, Fence(database.place.name, generation)
        self._known: set[str] = set()
        self._unsure: set[str] = set()

    def read(self) -> list[Columns]:
        rows = self._database.run(lambda db: db.execute(_READ).fetchall(), LONG_S)
        self._known = {row[0] for row in rows}
        return list(rows)

    def write(self, rows: Sequence[Columns]) -> None:
        numbers = [row[0] for row in rows]
        try:
            self._database.run(partial(self._write, rows, numbers))
        except MachineError:
            self._unsure |= set(numbers) - self._known
            raise
        self._known |= set(numbers)
        self._unsure.clear()

    def _write(self, rows: Sequence[Columns], numbers: list[str], db: Bounded) -> None:
        with self._fence.transaction(db):
            if self._unsure:
                db.execute("delete from received where number = any(%s::text[])", (list(self._unsure),))
                gone = "delete from packages where number = any(%s::text[]) and not number = any(%s::text[])"
                db.execute(gone, (list(self._unsure), numbers))
            db.execute(_WRITE, _arrays(rows))
            db.execute(_RECEIVED, (numbers,))

    def rewrite(self, rows: Sequence[Columns]) -> None:
        self._database.run(partial(self._rewrite, rows), LONG_S)
        self._known = {row[0] for row in rows}

    def _rewrite(self, rows: Sequence[Columns], db: Bounded) -> None:
        with self._fence.transaction(db):
            db.execute("delete from received")
            db.execute(_WRITE, _arrays(rows))

    def close(self) -> None:
        self._database.close()


def _arrays(rows: Sequence[Columns]) -> dict[str, list[object]]:
    columns = zip(*rows, strict=True) if rows else ([] for _ in _NAMES)
    named = dict(zip(_NAMES, map(list, columns), strict=True))
    return {name: [Int8(each) for each in column] if name in _INTEGERS else column for name, column in named.items()}


class PostgresPackages:
    """Fulfils `packages.Packages`. Rows are laid, received or aside. `long`: the connection for what takes long."""

    def __init__(self, database: Database, long: Database, generation: int) -> None:
        self._database, self._long, self._fence = database, long, Fence(database.place.name, generation)

    def lay(self, what: Named, package: bytes) -> None:
        laying = partial(self._write, _LAY, (what.number, what.office, package))
        if len(package) > LARGE:
            self._long.run(laying, LONG_S)
        else:
            self._database.run(laying)

    def name(self, what: Named) -> None:
        """The statement that lists it has done so."""

    def drop(self, what: Named) -> None:
        self._change("delete from packages where number = %s and state = 'laid'", what.number)

    def settle(self, listed: Container[str]) -> None:
        laid = self._database.run(lambda db: db.execute("select number from packages where state = 'laid'").fetchall())
        for (number,) in laid:
            received = number in listed
            how = "update packages set state = 'received' where number = %s" if received else (
                "delete from packages where number = %s")  # fmt: skip
            self._change(how, number)

    def lying(self) -> Iterable[tuple[Lying, int]]:
        found = "select number, office, octet_length(package) from packages where state = 'received' order by number"
        rows = self._database.run(lambda db: db.execute(found).fetchall(), LONG_S)
        return [(Lying(number, OfficeId(office)), size) for number, office, size in rows]

    def read(self, what: Named) -> bytes:
        asked = "select package from packages where number = %s"
        row = self._database.run(lambda db: db.execute(asked, (what.number,), binary=True).fetchone(), LONG_S)
        if row is None:
            raise FileNotFoundError(self.where(what))
        return bytes(row[0])

    def set_aside(self, what: Named) -> str:
        base, number = f"{what.number}{ASIDE}", 0
        there = self._database.run(lambda db: db.execute("select number from packages").fetchall())
        while ((name := f"{base}-{number}" if number else base),) in there:
            number += 1
        self._change("update packages set number = %s, state = 'aside' where number = %s", name, what.number)
        return name

    async def digest(self, what: Named) -> str:
        await asyncio.sleep(PAUSE_S)
        return await asyncio.to_thread(self._digest, what)

    def _digest(self, what: Named) -> str:
        asked = "select encode(sha256(package), 'hex') from packages where number = %s"
        row = self._long.run(lambda db: db.execute(asked, (what.number,)).fetchone(), LONG_S)
        if row is None:
            raise FileNotFoundError(self.where(what))
        return str(row[0])

    def where(self, what: Named) -> str:
        return f"{self._database.place.name}: {what.number}"

    def close(self) -> None:
        self._database.close()
        self._long.close()

    def _change(self, statement: LiteralString, *values: object) -> None:
        self._database.run(partial(self._write, statement, values))

    def _write(self, statement: LiteralString, values: Sequence[object], db: Bounded) -> None:
        with self._fence.transaction(db):
            db.execute(statement, values)


class PostgresInbox(StoredInbox):
    """The inbox of a database, for the writer of this generation. Raises `LisaError`."""

    def __init__(self, place: DatabaseAddress, generation: int) -> None:
        with contextlib.ExitStack() as stack:
            names = ("posteingang", "einreichungen", "langes")
            table, packages, long = (stack.enter_context(contextlib.closing(Database(place, name))) for name in names)
            super().__init__(PostgresPackages(packages, long, generation), PostgresTable(table, generation))
            stack.pop_all()
