"""An office's inbox: what was received is there whole, also when the program was killed in the middle of it."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import multiprocessing
import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from lisa_core.config.directory import load_directory
from lisa_core.domain.model.directory import Rules
from lisa_core.domain.model.errors import LisaError, MachineError
from lisa_core.domain.model.ids import VisitId
from lisa_core.exchange.executor import Exchange
from lisa_core.exchange.journal.record import OWED
from lisa_core.host.clock import Clock
from lisa_core.store.inbox import FolderInbox, Inbox, InboxEntry, MemoryInbox
from lisa_core.store.journal import MemoryJournal
from lisa_core.store.received import StoredInbox
from tests.routing.test_exchange import MONDAY
from tests.store.inbox_to_kill import ENTRY, PACKAGE, stores, stores_there
from tests.store.stores import FolderStore, PostgresStore, Store

PROCESSES = multiprocessing.get_context("forkserver")
STEPS = (("os.fsync", 1), ("os.fsync", 2), ("pathlib.Path.rename", 1))
"""Where storing is killed: before the file is durable, before its name is, before it gets its own."""


def received(store: Store | Path) -> dict[str, bytes]:
    with contextlib.closing(FolderInbox(store) if isinstance(store, Path) else store.inbox()) as inbox:
        if isinstance(store, PostgresStore):
            assert store.ask("select 1 from packages where state = 'laid'") == [], "nothing half is left"
        else:
            folder = store if isinstance(store, Path) else store.folder
            assert not list(folder.rglob("*.part")), "nothing half is left"
        return inbox.packages()


def check_found(inbox: Inbox) -> None:
    assert (inbox.find(ENTRY.digest), inbox.count()) == (None, 0)
    inbox.store(ENTRY, PACKAGE)
    assert (inbox.find(ENTRY.digest), inbox.count()) == (ENTRY, 1)
    assert inbox.packages() == {ENTRY.number: PACKAGE}


def test_what_was_stored_is_found(store: Store) -> None:
    check_found(MemoryInbox())
    with contextlib.closing(store.inbox()) as inbox:
        check_found(inbox)


def test_in_memory_it_is_known_in_whose_visit_it_came_and_whether_she_has_her_copy() -> None:
    inbox = MemoryInbox()
    check_visit(inbox, lambda: inbox)


def test_it_is_known_in_whose_visit_it_came_and_whether_she_has_her_copy(store: Store) -> None:
    check_visit(store.inbox(), store.inbox)


def check_visit(inbox: Inbox, again: Callable[[], Inbox]) -> None:
    hers, other = VisitId("templin-s-1"), replace(ENTRY, number="andere", digest="ef" * 32)
    inbox.store(ENTRY, PACKAGE, hers)
    inbox.store(other, PACKAGE)
    assert (inbox.of_visit(hers), inbox.of_visit(VisitId("templin-s-2")), inbox.of_visit(VisitId(""))) == (
        (ENTRY, None, None)
    )
    assert inbox.owed() == [], "as long as nobody has said how it ended"
    inbox.note_copy(ENTRY.number, handed_out=False)
    assert inbox.owed() == [ENTRY]
    inbox.close()
    inbox = again()
    assert (inbox.of_visit(hers), inbox.owed()) == (ENTRY, [ENTRY])
    inbox.note_copy(ENTRY.number, handed_out=True)
    assert inbox.owed() == []
    inbox.close()


def test_what_the_log_alone_knows_to_go_by_post_goes_by_post(store: Store) -> None:
    with contextlib.closing(store.inbox()) as inbox:
        inbox.store(ENTRY, PACKAGE)
    journal, directory = MemoryJournal(), load_directory("uckermark")[0]
    journal.append([], {OWED + ENTRY.number: "[]", OWED + "nirgends": "[]"})

    async def start(inbox: Inbox) -> None:
        Exchange(directory, Rules(), journal, inbox, Clock(MONDAY))._begin().cancel()

    with contextlib.closing(store.inbox()) as inbox:
        asyncio.run(start(inbox))
        assert [*journal.kept(OWED)] == [OWED + ENTRY.number]
    with contextlib.closing(store.inbox()) as inbox:
        assert inbox.owed() == [ENTRY]
        inbox.note_copy(ENTRY.number, handed_out=True)
        inbox.goes_by_post(ENTRY.number)
        inbox.goes_by_post("nirgends")
        assert inbox.owed() == [], "what was said since counts"


def test_it_is_still_there_after_a_restart(store: Store) -> None:
    inbox = store.inbox()
    inbox.store(ENTRY, PACKAGE)
    inbox.close()
    again = store.inbox()
    assert again.find(ENTRY.digest) == ENTRY
    assert again.packages() == {ENTRY.number: PACKAGE}
    again.close()


def test_nothing_received_is_ever_written_over(store: Store) -> None:
    inbox = store.inbox()
    inbox.store(ENTRY, PACKAGE)
    for number, digest in ((ENTRY.number, "cd" * 32), (ENTRY.number, ENTRY.digest), ("andere", ENTRY.digest)):
        with pytest.raises(LisaError, match=r"schon vergeben|lässt sich nicht ablegen"):
            inbox.store(InboxEntry(number, ENTRY.office, ENTRY.received_at, digest), b"anderes")
    inbox.close()
    assert received(store) == {ENTRY.number: PACKAGE}


def test_only_its_owner_may_read_it(tmp_path: Path) -> None:
    inbox = FolderInbox(tmp_path / "inbox")
    inbox.store(ENTRY, PACKAGE)
    inbox.close()
    (package,) = (tmp_path / "inbox").rglob("*.lisa.zip")
    assert package.stat().st_mode & 0o077 == 0
    assert (tmp_path / "inbox").stat().st_mode & 0o077 == 0


def test_a_folder_that_cannot_be_used_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(LisaError, match="Einen anderen Ordner nennen"):
        FolderInbox(tmp_path / "file")


@pytest.mark.parametrize(("step", "number"), STEPS)
def test_a_kill_in_the_middle_leaves_all_or_nothing(tmp_path: Path, step: str, number: int) -> None:
    process = PROCESSES.Process(target=stores, args=(tmp_path, step, number))
    process.start()
    process.join(30)
    assert process.exitcode == -signal.SIGKILL
    found = received(tmp_path)
    inbox = FolderInbox(tmp_path)
    if inbox.find(ENTRY.digest):
        assert found == {ENTRY.number: PACKAGE}
    else:
        assert found == {}
        inbox.store(ENTRY, PACKAGE)
    inbox.close()
    assert received(tmp_path) == {ENTRY.number: PACKAGE}


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_kill_between_two_ways_to_the_database_leaves_all_or_nothing(database: PostgresStore, number: int) -> None:
    process = PROCESSES.Process(target=stores_there, args=(database.place, 1, number))
    process.start()
    process.join(30)
    assert process.exitcode == (-signal.SIGKILL if number < 3 else 0)
    with contextlib.closing(database.inbox()) as inbox:
        assert (inbox.find(ENTRY.digest) is None) == (number < 3)
        assert inbox.packages() == ({} if number < 3 else {ENTRY.number: PACKAGE})
        if number < 3:
            inbox.store(ENTRY, PACKAGE)
    assert received(database) == {ENTRY.number: PACKAGE}


def reopened(store: Store) -> tuple[StoredInbox, str]:
    inbox = store.inbox()
    return inbox, " ".join(inbox.told)


def harm(store: Store, how: str) -> None:
    """What was received is cut short, away, or changed."""
    if isinstance(store, PostgresStore):
        row = {"gone": "delete from packages", "cut": "update packages set package = substr(package, 1, 100)"}
        store.edit(row.get(how, "update packages set package = set_byte(package, 7, 255)"))
        return
    (package,) = store.folder.rglob("*.lisa.zip")
    if how == "gone":
        package.unlink()
    else:
        package.write_bytes(package.read_bytes()[:100] if how == "cut" else PACKAGE[:-1] + b"x")


@pytest.mark.parametrize("how", ["cut", "gone"])
def test_a_package_that_is_not_what_was_received_is_said_once_and_comes_back_under_its_number(
    store: Store, how: str
) -> None:
    inbox = store.inbox()
    inbox.store(ENTRY, PACKAGE)
    inbox.close()
    harm(store, how)
    inbox, told = reopened(store)
    assert ("seine Datei fehlt" if how == "gone" else "nicht mehr die, die angenommen wurde") in told
    assert inbox.find(ENTRY.digest) is None, "its office does not have it: she may hand it in again"
    inbox.close()
    inbox, told = reopened(store)
    assert told == ""
    assert inbox.store(InboxEntry("neu", ENTRY.office, "später", ENTRY.digest), PACKAGE) == ENTRY
    assert inbox.count() == 1
    inbox.close()
    assert received(store) == {ENTRY.number: PACKAGE}


def test_a_package_that_is_put_back_counts_again(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    inbox = store.inbox()
    inbox.store(ENTRY, PACKAGE)
    inbox.close()
    (package,) = tmp_path.rglob("*.lisa.zip")
    package.rename(tmp_path / "sicherung")
    reopened(store)[0].close()
    (tmp_path / "sicherung").rename(package)
    found, told = reopened(store)
    assert (found.find(ENTRY.digest), told) == (ENTRY, "")
    found.close()


def test_a_byte_changed_inside_is_found_while_the_program_works(store: Store) -> None:
    entry = replace(ENTRY, digest=hashlib.sha256(PACKAGE).hexdigest())
    inbox = store.inbox()
    inbox.store(entry, PACKAGE)

    async def look() -> list[str]:
        return [text async for text in inbox.look_through()]

    assert asyncio.run(look()) == []
    harm(store, "changed")
    (told,) = asyncio.run(look())
    assert "nicht mehr die, die angenommen wurde" in told
    assert inbox.find(entry.digest) is None
    inbox.close()


def test_little_room_is_left_to_the_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inbox = FolderInbox(tmp_path)
    monkeypatch.setattr("lisa_core.store.packages.RESERVE", 2**60)
    with pytest.raises(MachineError, match="Platz schaffen"):
        inbox.store(ENTRY, PACKAGE)
    inbox.close()
    assert received(tmp_path) == {}
