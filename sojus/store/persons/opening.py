"""Where persons are kept: in the data folder beside the log, in its database, or, for a scenario, in memory."""

from __future__ import annotations

from pathlib import Path

from lisa_core.store.folder import private_folder
from lisa_core.store.postgres.place import is_database, place_of
from sojus.store.persons.database import PersonDatabase
from sojus.store.persons.persons import Persons
from sojus.store.persons.sqlite import SqlitePersons

FILE = "personen.sqlite"


def open_persons(where: str | Path | None) -> Persons:
    """Take up what is kept at a URL or in a folder, or begin it; None: in memory, gone with the process.

    Raises `LisaError` for what another version wrote.
    """
    return Persons(_database(where))


def _database(where: str | Path | None) -> PersonDatabase:
    if where is None:
        return SqlitePersons(None)
    if isinstance(where, str) and is_database(where):
        place = place_of(where)  # says so if the driver is missing
        from sojus.store.persons.postgres import PostgresPersons

        return PostgresPersons(place)
    folder = Path(where)
    private_folder(folder)
    return SqlitePersons(folder / FILE)
