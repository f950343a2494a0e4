"""The book of keys in PostgreSQL: as in a folder, and what counts while the database is away."""

from __future__ import annotations

import contextlib
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from lisa_core.access.booths import in_database
from lisa_core.access.booths.book import with_code, with_key, without_key
from lisa_core.access.booths.in_database import DatabaseBook
from lisa_core.access.booths.kept import FolderBook
from lisa_core.domain.model.errors import LisaError, MachineError
from tests.access.test_book import CODES, DAY, KEYS, START, TEMPLIN
from tests.store.conftest import database, server
from tests.store.server import EMPTY
from tests.store.stores import PostgresStore
from tests.store.test_backup import call

__all__ = ["database", "server"]


def test_it_is_changed_at_once_and_by_one_only(database: PostgresStore) -> None:
    with (
        contextlib.closing(DatabaseBook(database.place)) as book,
        contextlib.closing(DatabaseBook(database.place)) as other,
    ):
        assert not book.read().begun
        book.change(lambda was: (with_code(was, TEMPLIN, CODES[0], START, DAY, replaces=False), None))
        ready, entered = threading.Barrier(2), list[str]()

        def enter(mine: DatabaseBook, key: str) -> None:
            ready.wait()
            with contextlib.suppress(LisaError):
                mine.change(lambda was: with_key(was, CODES[0], key, START))
                entered.append(key)

        threads = [threading.Thread(target=enter, args=pair) for pair in ((book, KEYS[0]), (other, KEYS[1]))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [key.key for key in book.read().keys] == [key.key for key in other.read().keys] == entered
        assert len(entered) == 1
        other.change(lambda was: (without_key(was, TEMPLIN, START + timedelta(hours=1)), None))
        assert book.read().valid(TEMPLIN) is None


def test_nobody_is_let_in_by_a_row_that_was_altered(database: PostgresStore) -> None:
    with contextlib.closing(DatabaseBook(database.place)) as book:
        book.change(lambda was: (with_code(was, TEMPLIN, CODES[0], START, DAY, replaces=False), None))
        database.edit("update key_book set version = version + 1, text = replace(text, 'templin', 'lychen')")
        with pytest.raises(MachineError, match="verändert oder beschädigt"):
            book.read()


def test_what_was_read_last_counts_for_a_while(database: PostgresStore, monkeypatch: pytest.MonkeyPatch) -> None:
    with contextlib.closing(DatabaseBook(database.place)) as book:
        book.change(lambda was: (with_code(was, TEMPLIN, CODES[0], START, DAY, replaces=False), None))
        assert book.read().begun

        def away(*_: object) -> None:
            raise MachineError("Die Datenbank ist nicht zu erreichen.")

        monkeypatch.setattr(book._db, "run", away)
        assert book.read().begun
        with pytest.raises(MachineError):
            book.change(lambda was: (was, None))
        monkeypatch.setattr(in_database, "STALE_S", -1.0)
        with pytest.raises(MachineError):
            book.read()


def test_a_backup_takes_the_keys_from_database_to_folder_and_back(database: PostgresStore, tmp_path: Path) -> None:
    with contextlib.closing(DatabaseBook(database.place)) as book:
        book.change(lambda was: (with_code(was, TEMPLIN, CODES[0], START, DAY, replaces=False), None))
        book.change(lambda was: (with_key(was, CODES[0], KEYS[0], START)[0], None))
        kept = book.read()
    database.log().close()
    there, folder = database.server.socket_url(database.name), str(tmp_path / "neu")
    assert call("backup", tmp_path / "1.zip", "--store", there) == 0
    assert call("restore", tmp_path / "1.zip", "--data", folder) == 0
    with contextlib.closing(FolderBook(tmp_path / "neu")) as moved:
        assert moved.read() == kept
    assert call("backup", tmp_path / "2.zip", "--data", folder) == 0
    with database.server.database(EMPTY) as name:
        back = database.server.socket_url(name)
        assert call("restore", tmp_path / "2.zip", "--store", back) == 0
        with contextlib.closing(DatabaseBook(PostgresStore(database.server, name).place)) as moved_back:
            assert moved_back.read() == kept
