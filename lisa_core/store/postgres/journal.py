"""The event log in PostgreSQL: one statement per burst, chained, and refused to whoever was succeeded.

Appending is one statement, so one way to the server and back: it moves `head` from where this writer left it to where
the new entries end, if generation and place are still ours, and only then writes entries and kept rows.

    head moved                    durable
    head elsewhere, ours          an earlier append whose answer was lost had been written after all: taken as written
    another generation            somebody else opened the store: `TakenOver`
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from functools import partial

import psycopg
from psycopg.types.numeric import Int8

from lisa_core.domain.model.errors import LisaError
from lisa_core.store.chain import Checkpoint, Columns, chain_rows
from lisa_core.store.checked_rows import Sifted, kept_row
from lisa_core.store.journal import SPOILT, UNPROVEN, Entry, Kept, TakenOver
from lisa_core.store.postgres import whole
from lisa_core.store.postgres.database import LONG_S, Bounded, Database
from lisa_core.store.postgres.errors import is_machine, sentence
from lisa_core.store.postgres.fence import SUCCEEDED, Fence
from lisa_core.store.postgres.place import DatabaseAddress
from lisa_core.store.postgres.tenure import Tenure, take

_APPEND = """
with mine as (
    update head set count = %(count)s, tip = %(tip)s
    where generation = %(generation)s and count = %(before)s returning 1
), written as (
    insert into journal(number, at, name, subject, detail, data, hash)
    select %(before)s + place, at, name, subject, detail, data, hash
    from unnest(%(at)s::text[], %(name)s::text[], %(subject)s::text[], %(detail)s::text[], %(data)s::text[],
        %(hash)s::bytea[]) with ordinality as new(at, name, subject, detail, data, hash, place)
    where exists (select from mine)
), gone as (
    delete from kept where key = any(%(gone)s::text[]) and exists (select from mine)
), put as (
    insert into kept(key, text, crc)
    select key, text, crc from unnest(%(key)s::text[], %(text)s::text[], %(crc)s::bigint[]) as new(key, text, crc)
    where exists (select from mine)
    on conflict (key) do update set text = excluded.text, crc = excluded.crc
)
select count(*) from mine"""
_READ = "select at, name, subject, detail, data from journal where number > %s order by number"
_KEPT = "select key, text from kept where key >= %s and key < %s order by key"
TAKEN = "{}: In diese Datenbank schreibt schon eine Vermittlung. Sie beenden oder eine andere Datenbank nennen."


class PostgresJournal:
    """Opened by `open_journal`. `told` are sentences about the state in which it was found."""

    def __init__(self, database: Database, generation: int, head: Checkpoint, sifted: Sifted) -> None:
        self.generation, self.told = generation, tuple[str, ...]()
        self.tenure: Tenure | None = None
        self._database, self._head = database, head
        self._tried: list[tuple[list[Entry], Checkpoint]] = []
        self._sifted: Sifted | None = sifted
        self._keys = sorted(sifted.good)

    @property
    def count(self) -> int:
        return self._head.count

    def append(self, entries: Iterable[Entry], kept: Kept | None = None) -> None:
        given, kept = list(entries), kept or {}
        while given or kept:
            rows, head = chain_rows(self._head, given)
            if self._database.run(partial(self._append, given, rows, head, kept)):
                self._head, self._sifted = head, None
                self._tried.clear()
                return
            given = self._unwritten(given)

    def _append(self, given: list[Entry], rows: list[Columns], head: Checkpoint, kept: Kept, db: Bounded) -> bool:
        """Whether it was written; False if the log does not end where we left it."""
        self._tried.append((given, head))
        try:
            return db.execute(_APPEND, self._values(rows, head, kept), prepare=True).fetchone() == (1,)
        except psycopg.Error as error:
            if error.sqlstate and not db.broken:
                self._tried.pop()  # the server said no: that much is sure
            raise

    def _values(self, rows: list[Columns], head: Checkpoint, kept: Kept) -> dict[str, object]:
        put = [kept_row(key, text) for key, text in kept.items() if text is not None]
        columns = [list(column) for column in zip(*rows, strict=True)] or [[]] * 7
        return {
            **dict(zip(("number", "at", "name", "subject", "detail", "data", "hash"), columns, strict=True)),
            "before": Int8(self._head.count),
            "count": Int8(head.count),
            "tip": head.tip,
            "generation": Int8(self.generation),
            "gone": [key for key, text in kept.items() if text is None],
            "key": [key for key, _, _ in put],
            "text": [text for _, text, _ in put],
            "crc": [Int8(crc) for _, _, crc in put],
        }

    def _unwritten(self, given: list[Entry]) -> list[Entry]:
        """An append whose answer was lost had been written: go on behind it. What of `given` is not written yet.

        Raises `TakenOver` if the log ends where none of ours could.
        """
        noted, generation = self._database.run(whole.head_of)
        written = [entries for entries, head in self._tried if head == noted and head != self._head]
        if generation != self.generation or noted is None or not written:
            raise TakenOver(SUCCEEDED.format(self._database.place.name))
        self._head, self._sifted = noted, None
        self._tried.clear()
        begun = written[0]
        return given[len(begun) :] if given[: len(begun)] == begun else given

    def set_apart(self, at: str) -> None:
        """Move altered kept rows out of the way, with an entry about it."""
        found = self._sifted
        if found is None or not found.spoilt:
            return
        self._database.run(partial(_apart, Fence(self._database.place.name, self.generation), found, at))
        detail = f"{len(found.spoilt)} von {len(found.spoilt) + len(found.good)} Angaben neben dem Protokoll"
        entry = Entry(at, SPOILT, "", f"{detail} sind verändert; sie liegen jetzt in kept_aside")
        self.append([entry])
        self.told = (*self.told, f"{self._database.place.name}: {entry.detail}.")

    def read(self, after: int = 0) -> list[Entry]:
        rows = self._database.run(lambda db: db.execute(_READ, (after,)).fetchall(), LONG_S)
        return list(map(Entry._make, rows))

    def kept(self, prefix: str = "") -> dict[str, str]:
        end = f"{prefix}\U0010ffff"
        if self._sifted is not None:  # what was read on opening, until something is written
            keys, good = self._keys, self._sifted.good
            return {key: good[key] for key in keys[bisect_left(keys, prefix) : bisect_left(keys, end)]}
        return dict(self._database.run(lambda db: db.execute(_KEPT, (prefix, end)).fetchall(), LONG_S))

    def close(self) -> None:
        _let_go(self._database, self.tenure)


def open_journal(place: DatabaseAddress, at: str, tenure: Tenure | None = None) -> PostgresJournal:
    """Open the log of a database, or begin one; `at` is the civil time for what has to be entered about its state.

    Without a `tenure` one is taken, if nobody else has it, and given back on closing. A log that is cut short or
    altered is no error, as in SQLite. Raises `LisaError`.
    """
    held = tenure or take(place)
    if held is None:
        raise LisaError(TAKEN.format(place.name))
    database = None
    try:
        database = Database(place, "protokoll")
        journal = database.run(partial(_opened, database, at, held), LONG_S)
        journal.tenure = None if tenure else held
        return journal
    except psycopg.Error as error:
        _let_go(database, None if tenure else held)
        if not is_machine(error):
            raise
        raise sentence(place, error) from None
    except BaseException:
        _let_go(database, None if tenure else held)
        raise


def _let_go(database: Database | None, tenure: Tenure | None) -> None:
    if database is not None:
        database.close()
    if tenure is not None:
        tenure.close()


def _opened(database: Database, at: str, tenure: Tenure, db: Bounded) -> PostgresJournal:
    place, noted, fence = database.place, tenure.noted, Fence(database.place.name, tenure.generation)
    good, told = whole.examine(db, noted, tenure.known), list[str]()
    head = good.head
    if good.why:
        head = whole.set_aside(db, fence, good, at, noted)
        ((detail,),) = db.execute("select detail from journal where number = %s", (head.count,)).fetchall()
        told.append(f"{place.name}: Das Protokoll war beschädigt: {detail}.")
    elif noted is None:
        with fence.transaction(db):
            whole.note(db, head)
    if db.execute("show fsync").fetchone() != ("on",):
        told.append(f"{place.name}: Diese Datenbank schreibt nicht bis auf die Platte (fsync = off). Einschalten.")
    journal = PostgresJournal(database, tenure.generation, head, whole.sift(db, fence))
    journal.told = tuple(told)
    journal.set_apart(at)
    if noted is None and journal.count:
        entry = Entry(at, UNPROVEN, "", f"die Kette ist heil bis Eintrag {journal.count}")
        journal.append([entry])
        if not good.why:
            journal.told = (*journal.told, f"{place.name}: Der vermerkte Stand fehlt: {entry.detail}.")
    return journal


def _apart(fence: Fence, found: Sifted, at: str, db: Bounded) -> None:
    with fence.transaction(db):
        whole.set_apart(db, found, at)
