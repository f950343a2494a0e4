"""An office's inbox: what was received is there whole, also when the program was killed in the middle of it."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import multiprocessing
import os
import signal
from dataclasses import replace
from pathlib import Path

import pytest

from lisa_core.config.directory import load_directory
from lisa_core.domain.model.directory import Rules
from lisa_core.domain.model.errors import LisaError, MachineError
from lisa_core.domain.model.ids import VisitId
from lisa_core.exchange.executor import Exchange
from lisa_core.exchange.journal.record import OWED
from lisa_core.harness.loop.virtual_loop import VirtualLoop
from lisa_core.host.clock import Clock
from lisa_core.store.inbox import FolderInbox, Inbox, InboxEntry, MemoryInbox
from lisa_core.store.journal import MemoryJournal
from tests.routing.test_exchange import MONDAY
from tests.store.inbox_to_kill import ENTRY, PACKAGE, stores

PROCESSES = multiprocessing.get_context("forkserver")
STEPS = (("os.fsync", 1), ("os.fsync", 2), ("pathlib.Path.rename", 1))
"""Where storing is killed: before the file is durable, before its name is, before it gets its own."""


def received(folder: Path) -> dict[str, bytes]:
    inbox = FolderInbox(folder)
    try:
        assert not list(folder.rglob("*.part")), "nothing half is left"
        return inbox.packages()
    finally:
        inbox.close()


@pytest.mark.parametrize("kind", ["memory", "folder"])
def test_what_was_stored_is_found(kind: str, tmp_path: Path) -> None:
    inbox: Inbox = MemoryInbox() if kind == "memory" else FolderInbox(tmp_path)
    assert (inbox.find(ENTRY.digest), inbox.count()) == (None, 0)
    inbox.store(ENTRY, PACKAGE)
    assert (inbox.find(ENTRY.digest), inbox.count()) == (ENTRY, 1)
    assert inbox.packages() == {ENTRY.number: PACKAGE}
    inbox.close()


@pytest.mark.parametrize("kind", ["memory", "folder"])
def test_it_is_known_in_whose_visit_it_came_and_whether_she_has_her_copy(kind: str, tmp_path: Path) -> None:
    inbox: Inbox = MemoryInbox() if kind == "memory" else FolderInbox(tmp_path)
    hers, other = VisitId("templin-s-1"), replace(ENTRY, number="andere", digest="ef" * 32)
    inbox.store(ENTRY, PACKAGE, hers)
    inbox.store(other, PACKAGE)
    assert (inbox.of_visit(hers), inbox.of_visit(VisitId("templin-s-2")), inbox.of_visit(VisitId(""))) == (
        (ENTRY, None, None)
    )
    assert inbox.owed() == [], "as long as nobody has said how it ended"
    inbox.note_copy(ENTRY.number, handed_out=False)
    assert inbox.owed() == [ENTRY]
    if isinstance(inbox, FolderInbox):
        inbox.close()
        inbox = FolderInbox(tmp_path)
        assert (inbox.of_visit(hers), inbox.owed()) == (ENTRY, [ENTRY])
    inbox.note_copy(ENTRY.number, handed_out=True)
    assert inbox.owed() == []
    inbox.close()


def test_what_the_log_alone_knows_to_go_by_post_goes_by_post(tmp_path: Path) -> None:
    with contextlib.closing(FolderInbox(tmp_path)) as inbox:
        inbox.store(ENTRY, PACKAGE)
    journal, directory = MemoryJournal(), load_directory("uckermark")[0]
    journal.append([], {OWED + ENTRY.number: "[]", OWED + "nirgends": "[]"})

    async def start(inbox: FolderInbox) -> None:
        Exchange(directory, Rules(), journal, inbox, Clock(MONDAY))._begin().cancel()

    with contextlib.closing(FolderInbox(tmp_path)) as inbox:
        asyncio.run(start(inbox))
        assert [*journal.kept(OWED)] == [OWED + ENTRY.number]
    with contextlib.closing(FolderInbox(tmp_path)) as inbox:
        assert inbox.owed() == [ENTRY]
        inbox.note_copy(ENTRY.number, handed_out=True)
        inbox.goes_by_post(ENTRY.number)
        inbox.goes_by_post("nirgends")
        assert inbox.owed() == [], "what was said since counts"


def test_it_is_still_there_after_a_restart(tmp_path: Path) -> None:
    inbox = FolderInbox(tmp_path)
    inbox.store(ENTRY, PACKAGE)
    inbox.close()
    again = FolderInbox(tmp_path)
    assert again.find(ENTRY.digest) == ENTRY
    assert again.packages() == {ENTRY.number: PACKAGE}
    again.close()


def test_nothing_received_is_ever_written_over(tmp_path: Path) -> None:
    inbox = FolderInbox(tmp_path)
    inbox.store(ENTRY, PACKAGE)
    for number, digest in ((ENTRY.number, "cd" * 32), (ENTRY.number, ENTRY.digest), ("andere", ENTRY.digest)):
        with pytest.raises(LisaError, match=r"schon vergeben|lässt sich nicht ablegen"):
            inbox.store(InboxEntry(number, ENTRY.office, ENTRY.received_at, digest), b"anderes")
    inbox.close()
    assert received(tmp_path) == {ENTRY.number: PACKAGE}


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


def reopened(folder: Path) -> tuple[FolderInbox, str]:
    inbox = FolderInbox(folder)
    return inbox, " ".join(inbox.told)


@pytest.mark.parametrize("how", ["cut", "gone"])
def test_a_package_that_is_not_what_was_received_is_said_once_and_comes_back_under_its_number(
    tmp_path: Path, how: str
) -> None:
    inbox = FolderInbox(tmp_path)
    inbox.store(ENTRY, PACKAGE)
    inbox.close()
    (package,) = tmp_path.rglob("*.lisa.zip")
    package.unlink() if how == "gone" else os.truncate(package, 100)
    inbox, told = reopened(tmp_path)
    assert ("seine Datei fehlt" if how == "gone" else "nicht mehr die, die angenommen wurde") in told
    assert inbox.find(ENTRY.digest) is None, "its office does not have it: she may hand it in again"
    inbox.close()
    inbox, told = reopened(tmp_path)
    assert told == ""
    assert inbox.store(InboxEntry("neu", ENTRY.office, "später", ENTRY.digest), PACKAGE) == ENTRY
    assert inbox.count() == 1
    inbox.close()
    assert received(tmp_path) == {ENTRY.number: PACKAGE}


def test_a_package_that_is_put_back_counts_again(tmp_path: Path) -> None:
    inbox = FolderInbox(tmp_path)
    inbox.store(ENTRY, PACKAGE)
    inbox.close()
    (package,) = tmp_path.rglob("*.lisa.zip")
    package.rename(tmp_path / "sicherung")
    reopened(tmp_path)[0].close()
    (tmp_path / "sicherung").rename(package)
    inbox, told = reopened(tmp_path)
    assert (inbox.find(ENTRY.digest), told) == (ENTRY, "")
    inbox.close()


def test_a_byte_changed_inside_is_found_while_the_program_works(tmp_path: Path) -> None:
    entry = replace(ENTRY, digest=hashlib.sha256(PACKAGE).hexdigest())
    inbox = FolderInbox(tmp_path)
    inbox.store(entry, PACKAGE)

    async def look() -> list[str]:
        return [text async for text in inbox.look_through()]

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        assert runner.run(look()) == []
        (package,) = tmp_path.rglob("*.lisa.zip")
        package.write_bytes(PACKAGE[:-1] + b"x")
        (told,) = runner.run(look())
    assert "nicht mehr die, die angenommen wurde" in told
    assert inbox.find(entry.digest) is None
    inbox.close()


def test_little_room_is_left_to_the_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inbox = FolderInbox(tmp_path)
    monkeypatch.setattr("lisa_core.store.inbox.RESERVE", 2**60)
    with pytest.raises(MachineError, match="Platz schaffen"):
        inbox.store(ENTRY, PACKAGE)
    inbox.close()
    assert received(tmp_path) == {}
