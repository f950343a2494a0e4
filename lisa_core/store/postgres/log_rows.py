"""The logs of an exchange in a database, read beside it (`exchange.journal.lines`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from psycopg import errors, sql

from lisa_core.store.postgres.database import Bounded, Database
from lisa_core.store.postgres.place import DatabaseAddress

TABLES: Mapping[str, str] = {"vermittlung": "journal", "anmeldungen": "access_journal"}
_HIGHEST: Final = "select coalesce(max(number), 0) from {}"
_AFTER: Final = "select number, at, name, subject, detail from {} where number > %s order by number"
Row = tuple[int, str, str, str, str]


class DatabaseLogs:
    """Fulfils `exchange.journal.lines.LogSource`. Opening raises `LisaError`."""

    def __init__(self, place: DatabaseAddress) -> None:
        self._database = Database(place, "lesen")

    def after(self, log: str, number: int) -> list[Row]:
        table = sql.Identifier(TABLES[log])

        def read(db: Bounded) -> list[Row]:
            ((most,),) = db.execute(sql.SQL(_HIGHEST).format(table)).fetchall()
            known = number if number <= most else 0
            return db.execute(sql.SQL(_AFTER).format(table), (known,)).fetchall()

        try:
            return self._database.run(read)
        except errors.UndefinedTable:  # no exchange has been at work there yet
            return []
