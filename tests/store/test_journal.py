"""The event log in a file: what is good stays, what was cut or altered is found, named and set aside."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lisa_core.domain.model.errors import LisaError
from lisa_core.store.journal import DAMAGED, SPOILT, UNPROVEN, Entry, Journal, MemoryJournal
from lisa_core.store.sqlite import SqliteJournal, open_journal
from tests.store.stores import FolderStore, PostgresStore, Store

AT = "2026-11-23T10:00:00.000+01:00"
LONG = bool(os.environ.get("LISA_LONG"))


def entry(number: int) -> Entry:
    return Entry(
        f"2026-11-23T10:00:{number % 60:02d}+01:00", "anruf.begonnen", f"v-{number}/1", "templin", f'{{"us":{number}}}'
    )


def opened(folder: Path) -> SqliteJournal:
    return open_journal(folder / "log.sqlite", AT)


def written(store: Store | Path, count: int = 20) -> list[Entry]:
    entries = [entry(number) for number in range(1, count + 1)]
    with contextlib.closing(opened(store) if isinstance(store, Path) else store.log()) as journal:
        for item in entries:
            journal.append([item], {"letzter": item.subject})
    return entries


def test_the_chain_is_what_the_head_of_its_module_says(store: Store) -> None:
    entries, before = written(store, 3), bytes(32)
    hashes = [row[0] for row in store.ask("select hash from journal order by number")]
    for number, (item, found) in enumerate(zip(entries, hashes, strict=True), start=1):
        before = hashlib.sha256(before + "\0".join((str(number), *item)).encode()).digest()
        assert found == before
    if isinstance(store, FolderStore):
        count, tip, _ = (store.folder / "log.sqlite.stand").read_text().split()
        assert (int(count), bytes.fromhex(tip)) == (3, before)
    else:
        assert store.ask("select count, tip from head") == [(3, before)]


def test_all_logs_behave_the_same(store: Store) -> None:
    logs: list[Journal] = [MemoryJournal(), store.log()]
    for log in logs:
        log.append([entry(1), entry(2)], {"a/1": "x", "a/2": "y", "b": "z"})
        log.append([entry(3)], {"a/1": None, "b": "neu"})
        log.append([])
        assert log.count == 3
        assert log.read() == [entry(1), entry(2), entry(3)]
        assert log.read(after=2) == [entry(3)]
        assert log.kept("a/") == {"a/2": "y"}
        assert log.kept() == {"a/2": "y", "b": "neu"}
        log.close()


def test_a_log_goes_on_where_it_was_closed(store: Store) -> None:
    entries = written(store)
    with contextlib.closing(store.log()) as journal:
        assert journal.read() == entries
        journal.append([entry(21)])
    with contextlib.closing(store.log()) as journal:
        assert journal.read() == [*entries, entry(21)]
        assert journal.kept() == {"letzter": "v-20/1"}
    if isinstance(store, FolderStore):
        assert sorted(path.name for path in store.folder.iterdir()) == ["log.sqlite", "log.sqlite.stand"]


def test_nobody_else_writes_it_meanwhile(store: Store) -> None:
    with contextlib.closing(store.log()), pytest.raises(LisaError, match="schreibt schon ein"):
        store.log()
    store.log().close()


def test_entries_can_only_be_added(store: Store) -> None:
    written(store)
    for statement in ("delete from journal", "update journal set detail = 'x'"):
        with pytest.raises((sqlite3.DatabaseError, psycopg.Error), match="append-only"):
            store.ask(statement)


ALTERED: dict[str, tuple[Callable[[Store], None], int, str]] = {
    "ein Eintrag verändert": (
        lambda store: store.edit("update journal set subject = 'v-9/1' where number = 8"),
        7,
        "Eintrag 8 wurde verändert",
    ),
    "eine Zahl statt eines Textes": (
        lambda store: store.edit("update journal set data = '7' where number = 8"),
        7,
        "Eintrag 8 wurde verändert",
    ),
    "die Mitte herausgenommen": (
        lambda store: store.edit("delete from journal where number = 8"),
        7,
        "auf Eintrag 7 folgt 9",
    ),
    "nachgerückt": (
        lambda store: store.edit(
            "delete from journal where number = 8", "update journal set number = number - 1 where number > 8"
        ),
        7,
        "Eintrag 8 wurde verändert",
    ),
    "der Anfang fehlt": (
        lambda store: store.edit("delete from journal where number < 3"),
        0,
        "auf Eintrag 0 folgt 3",
    ),
    "das Ende fehlt": (
        lambda store: store.edit("delete from journal where number > 15"),
        15,
        "vermerkt sind 20 Einträge",
    ),
    "alles gelöscht": (lambda store: store.edit("delete from journal"), 0, "vermerkt sind 20 Einträge"),
    "ein anderes Format": (
        lambda store: store.edit("drop table journal", "create table journal(number bigint primary key, at text)"),
        0,
        "nach Eintrag 0 ist nichts lesbar",
    ),
}


FILES: dict[str, tuple[Callable[[Path], object], str]] = {
    "die Datei fehlt": (lambda log: log.unlink(), "vermerkt sind 20 Einträge"),
    "keine Datenbank mehr": (lambda log: log.write_bytes(b"Einkaufszettel " * 2000), "kein lesbares Protokoll"),
}
COLUMNS = ("at", "name", "subject", "detail", "data", "hash")
TABLES: dict[str, tuple[str, str]] = {
    "die Tabelle fehlt": ("drop table journal", "nach Eintrag 0 ist nichts lesbar"),
    "Zahlen statt Texten": (
        f"drop table journal; create table journal as select 1 number, {', '.join(f'7 {name}' for name in COLUMNS)}",
        "Eintrag 1 wurde verändert",
    ),
}


@pytest.mark.parametrize("how", ALTERED)
def test_what_was_done_to_a_log_is_found(store: Store, how: str) -> None:
    harm, good, why = ALTERED[how]
    entries = written(store)
    harm(store)
    is_found(store, entries, good, why)
    assert len(store.asides()) == 1


@pytest.mark.parametrize("how", FILES)
def test_what_was_done_to_its_file_is_found(tmp_path: Path, how: str) -> None:
    entries, store = written(tmp_path), FolderStore(tmp_path)
    harm, why = FILES[how]
    harm(tmp_path / "log.sqlite")
    left = (tmp_path / "log.sqlite").exists()
    is_found(store, entries, 0, why)
    assert len(store.asides()) == left


@pytest.mark.parametrize("how", TABLES)
def test_what_was_done_to_its_table_is_found(database: PostgresStore, how: str) -> None:
    entries = written(database)
    harm, why = TABLES[how]
    database.edit(*harm.split("; "))
    is_found(database, entries, 0, why)
    assert len(database.asides()) == (how != "die Tabelle fehlt")


def is_found(store: Store, entries: list[Entry], good: int, why: str) -> None:
    """The good part goes on, behind it an entry that says what was lost; the rest lies under the name it tells."""
    with contextlib.closing(store.log()) as journal:
        *kept, told = journal.read()
        assert kept == entries[:good]
        assert (told.at, told.name) == (AT, DAMAGED)
        assert why in told.detail
        assert (f"gut bis Eintrag {good} vom {entries[good - 1].at}" if good else "kein Eintrag ist gut") in told.detail
        assert told.detail in journal.told[0]
        journal.append([entry(99)])
    with contextlib.closing(store.log()) as journal:
        assert journal.read() == [*entries[:good], told, entry(99)]
        assert journal.told == ()
    assert all(name in told.detail for name in store.asides())


def test_a_second_damage_gets_a_second_name(store: Store) -> None:
    written(store)
    for _ in range(2):
        store.edit("update journal set detail = 'x' where number = 5")
        store.log().close()
    assert [re.sub(r"\D*(\d)\D*", r"\1", name) for name in store.asides()] == ["1", "2"]


@settings(max_examples=200 if LONG else 25)
@given(st.floats(0, 1, exclude_max=True), st.integers(1, 400))
def test_a_file_cut_anywhere_leaves_a_good_beginning(
    tmp_path_factory: pytest.TempPathFactory, where: float, count: int
) -> None:
    folder = tmp_path_factory.mktemp("cut")
    entries = written(folder, 1) if count == 1 else []
    if not entries:
        with contextlib.closing(opened(folder)) as journal:
            entries = [entry(number) for number in range(1, count + 1)]
            journal.append(entries)
    log = folder / "log.sqlite"
    os.truncate(log, int(log.stat().st_size * where))
    with contextlib.closing(opened(folder)) as journal:
        *kept, told = journal.read()
        assert kept == entries[: len(kept)]
        assert told.name == DAMAGED
    shutil.rmtree(folder)


@settings(max_examples=300 if LONG else 40)
@example(351_956, 7)  # a letter of the schema: what SQLite says of it is no text
@given(st.integers(0), st.integers(0, 7))
def test_a_flipped_bit_is_never_read_as_an_entry(
    tmp_path_factory: pytest.TempPathFactory, where: int, bit: int
) -> None:
    """It may lie in what is kept beside, or in unused space: then the log is whole; else a good beginning is."""
    folder = tmp_path_factory.mktemp("flip")
    with contextlib.closing(opened(folder)) as journal:
        entries = [entry(number) for number in range(1, 60)]
        journal.append(entries)
    log = folder / "log.sqlite"
    data = bytearray(log.read_bytes())
    data[where % len(data)] ^= 1 << bit
    log.write_bytes(data)
    with contextlib.closing(opened(folder)) as journal:
        read = journal.read()
        assert read == entries or (read[-1].name == DAMAGED and read[:-1] == entries[: len(read) - 1])
    shutil.rmtree(folder)


def test_a_missing_checkpoint_is_said(store: Store) -> None:
    entries = written(store)
    if isinstance(store, FolderStore):
        (store.folder / "log.sqlite.stand").unlink()
    else:
        store.edit("delete from head")
    with contextlib.closing(store.log()) as journal:
        *kept, told = journal.read()
    assert kept == entries
    assert told.name == UNPROVEN


def test_a_torn_checkpoint_is_none(tmp_path: Path) -> None:
    entries = written(tmp_path)
    stand = tmp_path / "log.sqlite.stand"
    stand.write_bytes(stand.read_bytes()[:40])
    with contextlib.closing(opened(tmp_path)) as journal:
        assert [item.name for item in journal.read()] == [*(item.name for item in entries), UNPROVEN]


def test_a_log_that_is_longer_than_its_checkpoint_is_in_order(tmp_path: Path) -> None:
    """The program was killed, or the power went, between the commit and the checkpoint."""
    written(tmp_path, 5)
    old = (tmp_path / "log.sqlite.stand").read_bytes()
    with contextlib.closing(opened(tmp_path)) as journal:
        journal.append([entry(6), entry(7)])
    (tmp_path / "log.sqlite.stand").write_bytes(old)
    with contextlib.closing(opened(tmp_path)) as journal:
        assert journal.read() == [entry(number) for number in range(1, 8)]


def test_a_log_rewritten_as_a_whole_is_not_the_one_that_was_noted(tmp_path: Path) -> None:
    written(tmp_path)
    stand = (tmp_path / "log.sqlite.stand").read_bytes()
    for path in tmp_path.iterdir():
        path.unlink()
    with contextlib.closing(opened(tmp_path)) as journal:
        journal.append([entry(number + 100) for number in range(20)])
    (tmp_path / "log.sqlite.stand").write_bytes(stand)
    with contextlib.closing(opened(tmp_path)) as journal:
        (told,) = journal.read()
    assert "ein anderes" in told.detail


def test_a_disk_that_is_full_changes_nothing(tmp_path: Path) -> None:
    entries = written(tmp_path)
    with contextlib.closing(opened(tmp_path)) as journal:
        journal._db.execute("pragma max_page_count=1")
        big = Entry(AT, "gross", "", "x" * 100_000)
        with pytest.raises(LisaError, match="Speicherplatz"):
            journal.append([big], {"letzter": "gross"})
        journal._db.execute("pragma max_page_count=1000000")
        assert journal.kept() == {"letzter": "v-20/1"}
        journal.append([entry(21)])
    with contextlib.closing(opened(tmp_path)) as journal:
        assert journal.read() == [*entries, entry(21)]


def test_a_folder_that_cannot_be_written_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(LisaError, match="Anderen Ordner nennen"):
        open_journal(tmp_path / "fehlt" / "log.sqlite", AT)
    (tmp_path / "log.sqlite").mkdir()
    with pytest.raises(LisaError, match="Einen anderen Ordner nennen"):
        opened(tmp_path)


@pytest.mark.parametrize("change", ["text = 'x' || text", "key = 'seen/x'", "crc = crc + 1", "text = 7"])
def test_what_is_kept_and_was_altered_is_laid_aside_and_said(store: Store, change: str) -> None:
    with contextlib.closing(store.log()) as journal:
        journal.append([entry(1)], {"seen/a": "1", "seen/b": "2", "seen/c": "3"})
    store.edit(f"update kept set {change} where key = 'seen/b'")
    with contextlib.closing(store.log()) as journal:
        assert journal.kept() == {"seen/a": "1", "seen/c": "3"}
        assert journal.read()[1:] == [Entry(AT, SPOILT, "", "1 von 3 Angaben neben dem Protokoll sind verändert; "
                                                        "sie liegen jetzt in kept_aside")]  # fmt: skip
        assert len(journal.told) == 1
        assert "sind verändert" in journal.told[0]
        assert store.ask("select count(*) from kept_aside") == [(1,)]
    with contextlib.closing(store.log()) as journal:
        assert journal.told == ()
        assert journal.kept("seen/c") == {"seen/c": "3"}


def test_what_is_kept_and_is_no_text_any_more_is_laid_aside(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    with contextlib.closing(store.log()) as journal:
        journal.append([entry(1)], {"seen/a": "1", "seen/b": "2"})
    store.edit("update kept set text = x'ff' where key = 'seen/b'")
    with contextlib.closing(store.log()) as journal:
        assert (journal.kept(), len(journal.told)) == ({"seen/a": "1"}, 1)


def test_what_was_lost_with_the_end_is_counted(store: Store) -> None:
    written(store)
    store.edit("delete from journal where number > 15")
    with contextlib.closing(store.log()) as journal:
        assert "verloren sind 5 Einträge" in journal.told[0]
    with contextlib.closing(store.log()) as journal:
        assert journal.told == ()
