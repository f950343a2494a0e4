"""The data folder: a newer version's is left as it is, an older one's is taken up, and only its owner may read it."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from lisa_core.domain.model.errors import LisaError, MachineError
from lisa_core.domain.model.ids import OfficeId
from lisa_core.store.folder import FORM, MARK, open_folder, write_private
from lisa_core.store.folder import _mark as mark
from lisa_core.store.inbox import FolderInbox, InboxEntry
from lisa_core.store.journal import Entry
from lisa_core.store.sqlite import open_journal

AT = "2026-11-23T10:00:00.000+01:00"
ENTRY = Entry(AT, "anruf.begonnen", "v/1")
RECEIVED = InboxEntry("20261123-100000-templin-0001", OfficeId("wohngeldstelle"), AT, "ab" * 32)


@pytest.fixture
def careless() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def lived_in(folder: Path) -> None:
    """A folder as a program leaves it, and one that it has open."""
    open_folder(folder)
    with contextlib.closing(open_journal(folder / "exchange.sqlite", AT)) as journal:
        journal.append([ENTRY], {"seen/a": "7"})
    inbox = FolderInbox(folder / "inbox")
    inbox.store(RECEIVED, b"PK")
    inbox.close()


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_folder_of_a_newer_version_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    lived_in(tmp_path)
    (tmp_path / MARK).write_bytes(mark(FORM + 1))
    before = contents(tmp_path)
    with pytest.raises(LisaError, match=r"neuere Version .* anderen Ordner nennen") as refused:
        open_folder(tmp_path)
    assert not isinstance(refused.value, MachineError), "the machine lacks nothing: exit code 4"
    assert contents(tmp_path) == before


@pytest.mark.parametrize(
    "data", [b"", b"lisa-daten", mark(FORM + 1)[:-2], mark(FORM).replace(b"1", b"9"), b"\xff" * 90]
)
def test_a_mark_that_was_altered_is_none(tmp_path: Path, data: bytes) -> None:
    lived_in(tmp_path)
    (tmp_path / MARK).write_bytes(data)
    (told,) = open_folder(tmp_path)
    assert "war verändert" in told
    assert (tmp_path / MARK).read_bytes() == mark(FORM)


def test_a_folder_without_a_mark_is_of_an_older_version_and_taken_up(tmp_path: Path) -> None:
    lived_in(tmp_path)
    (tmp_path / MARK).unlink()
    with contextlib.closing(sqlite3.connect(tmp_path / "exchange.sqlite")) as db:
        db.execute("alter table kept drop column crc")
    with contextlib.closing(sqlite3.connect(tmp_path / "inbox" / "eingang.sqlite")) as db:
        for column in ("size", "fault", "visit", "copy", "crc"):
            db.execute(f"alter table received drop column {column}")
    open_folder(tmp_path)
    for _ in range(2):
        with contextlib.closing(open_journal(tmp_path / "exchange.sqlite", AT)) as journal:
            assert (journal.read(), journal.kept(), journal.told) == ([ENTRY], {"seen/a": "7"}, ())
        inbox = FolderInbox(tmp_path / "inbox")
        assert (inbox.find(RECEIVED.digest), inbox.told, inbox.unlisted()) == (RECEIVED, [], ())
        inbox.close()


def test_only_its_owner_may_read_it_whatever_the_umask(careless: None, tmp_path: Path) -> None:
    folder = tmp_path / "daten"
    lived_in(folder)
    journal, inbox = open_journal(folder / "exchange.sqlite", AT), FolderInbox(folder / "inbox")
    journal.append([ENTRY])
    try:
        found = {path.name: path.stat().st_mode & 0o777 for path in (folder, *folder.rglob("*"))}
        assert {"exchange.sqlite-wal", "exchange.sqlite-shm", "exchange.sqlite.stand", MARK} <= found.keys()
        assert {name: mode for name, mode in found.items() if mode & 0o077} == {}
    finally:
        journal.close()
        inbox.close()


def test_what_others_could_read_is_mended_and_said(careless: None, tmp_path: Path) -> None:
    folder = tmp_path / "daten"
    lived_in(folder)
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    assert "Jetzt darf es nur noch der Besitzer" in "".join(open_folder(folder))
    assert not [path for path in (folder, *folder.rglob("*")) if path.stat().st_mode & 0o077]
    assert open_folder(folder) == ()


def test_a_folder_that_holds_other_things_keeps_its_rights(tmp_path: Path) -> None:
    folder = tmp_path / "daten"
    lived_in(folder)
    folder.chmod(0o755)
    (folder / "einkaufszettel.txt").write_text("Milch", encoding="utf-8")
    assert "darf nur der Besitzer lesen" in "".join(open_folder(folder))
    assert folder.stat().st_mode & 0o777 == 0o755
    assert (folder / "exchange.sqlite").stat().st_mode & 0o077 == 0


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    write_private(tmp_path / "a", b"alt")
    (tmp_path / ".a.neu").mkdir()
    with pytest.raises(IsADirectoryError):
        write_private(tmp_path / "a", b"neu")
    assert (tmp_path / "a").read_bytes() == b"alt"


def test_a_link_that_somebody_left_is_not_written_through(tmp_path: Path) -> None:
    strange = tmp_path / "strange"
    strange.write_bytes(b"as it was")
    (tmp_path / ".key.neu").symlink_to(strange)

    write_private(tmp_path / "key", b"secret")

    assert strange.read_bytes() == b"as it was"
    assert (tmp_path / "key").read_bytes() == b"secret"
    assert not (tmp_path / "key").is_symlink()
