"""Backup and restore: whole or not at all, never over something, while others write; between folders and databases."""

from __future__ import annotations

import contextlib
import hashlib
import json
import multiprocessing
import os
import random
import signal
import sqlite3
import threading
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from lisa_core.access.keeping.in_database import open_database
from lisa_core.access.keeping.port import AccessChange
from lisa_core.access.keeping.sqlite import open_sqlite
from lisa_core.access.sessions import LoginSession
from lisa_core.cli.commands import lisa
from lisa_core.config.directory import load_directory
from lisa_core.domain.model.directory import Rules
from lisa_core.domain.model.ids import OfficeId, SiteId
from lisa_core.exchange.journal.record import PEER, SEEN
from lisa_core.exchange.journal.recovery import recover
from lisa_core.store.backup import archive
from lisa_core.store.backup.archive import BESIDE, KEPT, LIST, LOG, MANIFEST, PACKAGES, open_archive
from lisa_core.store.inbox import FolderInbox, InboxEntry
from lisa_core.store.journal import RESTORED, Entry
from lisa_core.store.key_book import FILE, image_of
from lisa_core.store.listing import InboxRow, columns_of
from lisa_core.store.postgres.copying import DatabaseSource
from lisa_core.store.postgres.inbox import PostgresInbox
from lisa_core.store.postgres.journal import open_journal
from lisa_core.store.postgres.place import place_of
from lisa_core.store.received import StoredInbox
from lisa_core.store.sqlite import open_journal as open_file
from tests.access.house import account
from tests.store.inbox_to_kill import ENTRY, PACKAGE, dies_at
from tests.store.server import EMPTY, Server
from tests.store.stores import AT, Log, PostgresStore, kept_in
from tests.store.test_journal import entry

LONG = bool(os.environ.get("LISA_LONG"))
RECEIVED = replace(ENTRY, digest=hashlib.sha256(PACKAGE).hexdigest())
OPEN = {"seen/a": "7", "router": "{}"}
Where = tuple[str, ...]
SESSION = LoginSession("id-1", "e.muster", 100, 100, ())
LOGGED = Entry("2026-11-23T12:00", "konto.angelegt", "e.muster", "agent\u2028\x85agent")


@contextlib.contextmanager
def opened(where: Where) -> Iterator[tuple[Log, StoredInbox]]:
    """As an exchange opens it."""
    with contextlib.ExitStack() as stack:
        if where[0] == "--data":
            folder = kept_in(Path(where[1]))
            log: Log = stack.enter_context(contextlib.closing(open_file(folder / "exchange.sqlite", AT)))
            inbox: StoredInbox = stack.enter_context(contextlib.closing(FolderInbox(folder / "inbox")))
        else:
            place = PostgresStore.address(where[1])
            found = stack.enter_context(contextlib.closing(open_journal(place, AT)))
            log, inbox = found, stack.enter_context(contextlib.closing(PostgresInbox(place, found.generation)))
        yield log, inbox


@pytest.fixture(params=["folder", "postgres"])
def source(request: pytest.FixtureRequest, tmp_path: Path) -> Where:
    """A store in which something lies."""
    where = ("--data", str(tmp_path / "quelle"))
    if request.param == "postgres":
        store: PostgresStore = request.getfixturevalue("database")
        where = ("--store", store.server.socket_url(store.name))
    with opened(where) as (log, inbox):
        if request.param == "folder":
            open_sqlite(Path(where[1]) / "access.sqlite").close()  # as each exchange does
        log.append([entry(number) for number in range(1, 9)], OPEN)
        inbox.store(RECEIVED, PACKAGE)
        inbox.note_copy(RECEIVED.number, handed_out=False)
    return where


@pytest.fixture(params=["folder", "postgres"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Where]:
    """A store that is not there yet."""
    if request.param == "folder":
        yield ("--data", str(tmp_path / "neu"))
        return
    server: Server = request.getfixturevalue("server")
    with server.database(EMPTY) as name:
        yield ("--store", server.socket_url(name))


def call(*arguments: str | Path) -> int:
    found = lisa.main([str(one) for one in arguments], standalone_mode=False)
    assert isinstance(found, int)
    return found


def test_what_was_there_is_there_again_wherever_it_goes(
    source: Where, target: Where, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "sicherung.zip"
    assert call("backup", file, *source) == 0
    assert file.stat().st_mode & 0o777 == 0o600
    assert call("restore", file, *target) == 0
    assert capsys.readouterr().err == "", "nobody has an account that could not come along"
    with opened(target) as (log, inbox):
        *entries, last = log.read()
        assert entries == [entry(number) for number in range(1, 9)]
        assert last.name == RESTORED
        assert (log.kept(), log.told) == (dict(sorted(OPEN.items())), ())
        assert (inbox.packages(), inbox.owed(), inbox.told) == ({RECEIVED.number: PACKAGE}, [RECEIVED], [])
        log.append([entry(10)])
    with opened(target) as (log, _):
        assert (log.count, log.told) == (10, ())


def test_nothing_that_is_there_is_written_over(
    source: Where, target: Where, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "sicherung.zip"
    assert call("backup", file, *source) == 0
    before = file.read_bytes()
    assert call("backup", file, *source) == 4
    assert file.read_bytes() == before
    assert call("restore", file, *target) == 0
    for where in (source, target):
        assert call("restore", file, *where) == 4
        assert "überschrieben wird nichts" in capsys.readouterr().err
    with opened(source) as (log, _):
        assert log.count == 8


def test_what_is_missing_in_it_is_said_and_not_counted(
    tmp_path: Path, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "heil" / "inbox" / RECEIVED.office / f"{RECEIVED.number}.lisa.zip").unlink()
    assert call("backup", tmp_path / "b.zip", "--data", tmp_path / "heil") == 5
    said = capsys.readouterr()
    assert f"{RECEIVED.number} fehlt in der Sicherung" in said.err
    assert "8 Einträge und 0 Einreichungen" in said.out
    assert call("restore", tmp_path / "b.zip", "--data", tmp_path / "neu") == 0


@pytest.mark.parametrize(
    "command",
    [
        "backup sicherung.zip",
        "restore sicherung.zip",
        "user list",
        "site add templin",
        "booth list",
        "booth revoke templin",
        "exchange --listen 127.0.0.1:0",
    ],
)
def test_a_folder_beside_a_database_that_the_environment_names_is_refused_with_that_reason(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LISA_STORE", "postgresql://lisa@db.example/lisa?sslmode=verify-full")
    monkeypatch.chdir(tmp_path)
    assert call(*command.split(), "--data", tmp_path) == 4
    assert "--data und LISA_STORE: Entweder ein Ordner oder eine Datenbank" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["backup sicherung.zip", "restore sicherung.zip", "user list"])
def test_who_names_neither_is_told_what_is_missing(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(*command.split()) == 4
    assert "--data (Ordner) oder --store (Datenbank) der Vermittlung fehlt." in capsys.readouterr().err


# --- while others write ---------------------------------------------------------------------------------------------


def test_it_is_whole_while_others_write(source: Where, tmp_path: Path) -> None:
    """Whatever was durable when it began is in it; the log in it says nothing that the inbox in it has not."""
    acknowledged, enough, going = [8], threading.Event(), threading.Event()

    def write() -> None:
        with opened(source) as (log, inbox):
            for number in range(9, 100_000):
                if number % 5 == 0:
                    package = PACKAGE + str(number).encode()
                    digest = hashlib.sha256(package).hexdigest()
                    inbox.store(InboxEntry(f"n-{number}", RECEIVED.office, AT, digest), package)
                log.append([Entry(AT, "antrag", f"n-{number}" if number % 5 == 0 else "")], {f"k/{number % 7}": "x"})
                acknowledged[0] = number
                going.set()
                if enough.is_set():
                    return

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert going.wait(30)
        for number in range(20 if LONG else 4):
            least = acknowledged[0]
            file = tmp_path / f"{number}.zip"
            assert call("backup", file, *source) == 0
            with open_archive(file) as found:
                entries = list(found.entries())
                assert len(entries) >= least
                named = {row[3] for row in entries if row[3].startswith("n-")}
                assert named <= {package.number for package in found.packages()}
                assert found.manifest.head.count == len(entries)
    finally:
        enough.set()
        writer.join()
    assert acknowledged[0] > least


def test_two_at_once_do_not_disturb_each_other(
    database: PostgresStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    plain = archive._fill

    def overtaken(*arguments: Any) -> archive.BackupDone:
        monkeypatch.setattr(archive, "_fill", plain)
        assert call("backup", tmp_path / "c.zip", *where) == 0
        return plain(*arguments)

    where = ("--store", database.server.socket_url(database.name))
    with DatabaseSource(database.place).snapshot() as found:
        assert call("backup", tmp_path / "a.zip", *where) == 0
        assert archive.write(tmp_path / "b.zip", found, AT).told == ()
    monkeypatch.setattr(archive, "_fill", overtaken)
    assert call("backup", tmp_path / "c.zip", *where) == 4
    assert "überschreibt nichts" in capsys.readouterr().err
    assert call("restore", tmp_path / "c.zip", "--data", tmp_path / "neu") == 0
    assert not list(tmp_path.glob(".*"))


# --- damaged, interrupted -------------------------------------------------------------------------------------------


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A backup of a folder."""
    where = ("--data", str(tmp_path / "heil"))
    with opened(where) as (log, inbox):
        log.append([entry(number) for number in range(1, 9)], OPEN)
        inbox.store(RECEIVED, PACKAGE)
    assert call("backup", tmp_path / "heil.zip", *where) == 0
    return tmp_path / "heil.zip"


def rewritten(file: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    """As somebody who knows how it is made, and makes its manifest anew."""
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    if MANIFEST in parts:
        told = json.loads(parts.pop(MANIFEST))
        told.pop("check")
        told["sha256"] = {name: hashlib.sha256(data).hexdigest() for name, data in parts.items()}
        check = hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
        parts[MANIFEST] = json.dumps({**told, "check": check}).encode()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def _replace(name: str, old: bytes, new: bytes) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        assert old in parts[name]
        parts[name] = parts[name].replace(old, new, 1)

    return change


def _listed_as(number: str = RECEIVED.number, office: str = RECEIVED.office) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        row = InboxRow(replace(RECEIVED, number=number, office=OfficeId(office)), len(PACKAGE))
        parts[LIST] = json.dumps(columns_of(row)).encode() + b"\n"
        parts[PACKAGES + number] = parts.pop(PACKAGES + RECEIVED.number)

    return change


def _beside(name: str, data: bytes = b"") -> Callable[[dict[str, bytes]], None]:
    return lambda parts: parts.update({BESIDE + name: data})


HARM: dict[str, tuple[Callable[[dict[str, bytes]], object], str]] = {
    "an entry changed": (_replace(LOG, b"v-3/1", b"v-4/1"), "Eintrag 3 wurde verändert"),
    "an entry missing": (lambda parts: parts.update({LOG: parts[LOG].split(b"\n", 1)[1]}), "auf Eintrag 0 folgt 2"),
    "the end missing": (
        lambda parts: parts.update({LOG: parts[LOG][: parts[LOG].rindex(b"\n[") + 1]}),
        "fehlt das Ende",
    ),
    "no text": (_replace(LOG, b'"v-3/1"', b"7"), "Eintrag 3 wurde verändert"),
    "what is kept changed": (_replace(KEPT, b'"7"', b'"8"'), "Beigelegtes ist verändert"),
    "the list changed": (_replace(LIST, b"wohngeld", b"sozialam"), "Liste des Posteingangs"),
    "a package changed": (_replace(f"einreichungen/{RECEIVED.number}", b"PK", b"KP"), "ist verändert"),
    "an office elsewhere": (_listed_as(office="../../woanders"), "führt woanders hin"),
    "an office that is a root": (_listed_as(office="/"), "führt woanders hin"),
    "a number elsewhere": (_listed_as(number="../../../woanders"), "führt woanders hin"),
    "a file elsewhere": (_beside("../woanders.sqlite"), "was da nicht hingehört"),
    "another log": (_beside("exchange.sqlite"), "was da nicht hingehört"),
    "keys that are none": (_beside(FILE, b"Einkaufszettel"), "Buch der Schlüssel"),
    "keys changed": (_beside(FILE, image_of((1, "{}", 0))), "Buch der Schlüssel"),
    "keys that would not count": (_beside(FILE, image_of((0, "", 0))), "Buch der Schlüssel"),
    "no JSON": (_replace(LOG, b"[", b"{"), "beschädigt"),
    "no log": (lambda parts: parts.pop(LOG), "beschädigt"),
    "no manifest": (lambda parts: parts.pop(MANIFEST), "keine Sicherung von LISA"),
    "a newer version's": (_replace(MANIFEST, b'"form": 1', b'"form": 2'), "neuere Version"),
}


@pytest.mark.parametrize("how", HARM)
def test_what_was_changed_is_found_and_nothing_is_written(
    file: Path, tmp_path: Path, how: str, capsys: pytest.CaptureFixture[str]
) -> None:
    change, told = HARM[how]
    rewritten(file, change)
    assert call("restore", file, "--data", tmp_path / "neu") == 4
    assert told in capsys.readouterr().err
    assert not (tmp_path / "neu").exists()


def test_no_flipped_bit_and_no_missing_end_gets_through(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, chance = file.read_bytes(), random.Random(7)
    target = tmp_path / "neu"
    for number in range(400 if LONG else 40):
        harmed = bytearray(data)
        if number % 4 == 0:
            del harmed[chance.randrange(len(data)) :]
        else:
            harmed[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        file.write_bytes(harmed)
        if call("restore", file, "--data", target) == 0:  # a field of the zip that says nothing
            with opened(("--data", str(target))) as (log, inbox):
                assert log.read()[:8] == [entry(each) for each in range(1, 9)]
                assert inbox.packages() == {RECEIVED.number: PACKAGE}
            target.rename(tmp_path / f"doch-{number}")
        assert not target.exists()
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("step", ["lisa_core.store.packages.FolderPackages.lay", "os.link"])
def test_who_is_killed_in_the_middle_leaves_nothing(file: Path, tmp_path: Path, step: str) -> None:
    arguments = ("restore", file, "--data", tmp_path / "neu")
    if step == "os.link":
        arguments = ("backup", tmp_path / "zweite.zip", "--data", tmp_path / "heil")
    process = multiprocessing.get_context("forkserver").Process(target=dies_at, args=(step, arguments))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    assert not (tmp_path / "neu").exists()
    assert not (tmp_path / "zweite.zip").exists()
    assert call(*arguments) == 0


def test_a_database_that_was_half_filled_is_empty(file: Path, server: Server) -> None:
    with server.database(EMPTY) as name:
        where = ("--store", server.socket_url(name))
        step = "lisa_core.store.postgres.copying.whole.note"
        process = multiprocessing.get_context("forkserver").Process(
            target=dies_at, args=(step, ("restore", file, *where))
        )
        process.start()
        process.join(60)
        assert process.exitcode == -signal.SIGKILL
        assert call("restore", file, *where) == 0


# --- what follows ---------------------------------------------------------------------------------------------------


def test_who_was_connected_begins_anew(tmp_path: Path) -> None:
    """Numbers that were given out after the backup would be taken for old ones."""
    directory = load_directory("uckermark")[0]
    hello = {"site": "templin", "session": "s"}
    where, file = ("--data", str(tmp_path / "a")), tmp_path / "a.zip"
    with opened(where) as (log, _):
        kept = {f"{PEER}booth/templin": json.dumps({"line": "l", "hello": hello}), f"{SEEN}l": "5"}
        log.append([Entry(AT, "vermittlung.gestartet", "")], kept)
        assert recover(log, directory, Rules()).booths()[SiteId("templin")].line == "l"
    assert call("backup", file, *where) == 0
    assert call("restore", file, "--data", tmp_path / "b") == 0
    with opened(("--data", str(tmp_path / "b"))) as (log, _):
        found = recover(log, directory, Rules())
        assert found.damaged
        assert found.booths()[SiteId("templin")].line != "l"


def test_nobody_is_logged_in_by_a_backup(tmp_path: Path) -> None:
    where, file = ("--data", str(tmp_path / "a")), tmp_path / "a.zip"
    with opened(where), contextlib.closing(sqlite3.connect(tmp_path / "a" / "access.sqlite")) as db:
        db.execute("create table account(name text)")
        db.execute("create table session(id text)")
        db.execute("insert into account values ('vogt')")
        db.execute("insert into session values ('geheim')")
        db.commit()
        assert call("backup", file, *where) == 0
    assert call("restore", file, "--data", tmp_path / "b") == 0
    with contextlib.closing(sqlite3.connect(tmp_path / "b" / "access.sqlite")) as db:
        assert db.execute("select name from account").fetchall() == [("vogt",)]
        assert db.execute("select id from session").fetchall() == []


def test_who_may_log_in_goes_along_from_database_to_database(
    database: PostgresStore, server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where, file = ("--store", server.socket_url(database.name)), tmp_path / "a.zip"
    with contextlib.closing(open_database(database.place)) as access:
        access.write(AccessChange(accounts=(account("e.muster", "hash"),), began=(SESSION,), entries=(LOGGED,)))
        before = (access.accounts(), access.entries(), access.secret())
    assert call("backup", file, *where) == 0
    with server.database(EMPTY) as name:
        assert call("restore", file, "--store", server.socket_url(name)) == 0
        with contextlib.closing(open_database(place_of(server.socket_url(name)))) as access:
            assert (access.accounts(), access.entries(), access.secret()) == before
            assert access.session(SESSION.id) is None
    assert call("restore", file, "--data", tmp_path / "b") == 0
    assert "kommen nicht mit" in capsys.readouterr().err


def test_what_is_wrong_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "leer").mkdir()
    (tmp_path / "text.zip").write_text("Einkaufszettel")
    for arguments, code, told in (
        (("backup", tmp_path / "a.zip", "--data", tmp_path / "leer"), 4, "liegt nichts von einer Vermittlung"),
        (("backup", tmp_path / "a.zip", "--store", "postgresql://l:zwiebel@127.0.0.1/l"), 4, "sieht jeder"),
        (("restore", tmp_path / "fehlt.zip", "--data", tmp_path / "b"), 4, "das gibt es nicht"),
        (("restore", tmp_path / "text.zip", "--data", tmp_path / "b"), 4, "keine Sicherung von LISA"),
        (("restore", tmp_path / "text.zip", "--store", "postgresql://l@127.0.0.1:1/l"), 5, "nimmt keine Datenbank"),
    ):
        assert call(*arguments) == code, arguments
        said = capsys.readouterr().err
        assert told in said
        assert "zwiebel" not in said
    assert sorted(path.name for path in tmp_path.iterdir()) == ["leer", "text.zip"]
