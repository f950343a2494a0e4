"""Rows 18, 22, 23 and 25 to 27 of the table: damaged stores, a full disk, hostile names, beside a house at work.

A store is damaged while nobody uses it, so these rows are about a start: the running exchange's own store, copied as a
crash would leave it, is harmed, and a second exchange starts on it. It comes up and says what it found, or says in one
sentence why not; the house beside it goes on.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable, Mapping
from functools import partial
from pathlib import Path

import pytest

from lisa_core.domain.model.ids import AgentId, CallId, VisitId
from lisa_core.store.checked_rows import KEEP, kept_row
from lisa_core.store.folder import FORM, MARK
from lisa_core.store.folder import _mark as mark
from lisa_core.store.inbox import FolderInbox
from lisa_core.wire import messages as m
from tests.attack.messages import LONG, Attack
from tests.attack.talk import AT, CALLING, Talk
from tests.store.small_disk import fill, small_disk
from tests.store.test_exchange_process import Caller
from tests.store.test_stock import application, entry
from tests.system.programs import Program, refused, started

Harm = Callable[[Path], None]
START = ("exchange", "--config", "landkreis.toml", "--listen", "127.0.0.1:0", "--data")
HOSTILE = "Ende \x1b[2J\x07\x9b31m \u202egnuten"
FEATURE = f"# language: de\nFunktionalität: {HOSTILE}\n\n  Szenario: {HOSTILE}\n    Angenommen es ist Samstag, 25 Uhr\n"


async def starts(talk: Talk, harm: Harm, words: tuple[str, ...]) -> None:
    """An exchange on the harmed store is ready, and has said so."""
    folder = copied(talk, harm)
    async with running(talk, folder) as (program, _):
        said = "".join(program.lines)
        assert "Traceback" not in said, said
        for one in words:
            assert one in said, said


def copied(talk: Talk, harm: Harm) -> Path:
    folder = talk.home / f"kopie-{sum(path.name.startswith('kopie-') for path in talk.home.iterdir())}"
    shutil.copytree(talk.home / "x", folder)
    harm(folder)
    return folder


@contextlib.asynccontextmanager
async def running(talk: Talk, folder: Path) -> AsyncIterator[tuple[Program, str]]:
    """The program, and where it is to be reached: whatever else it may have said since it was ready."""
    with started(talk.home, *START, str(folder), *AT) as program:
        ready = await asyncio.to_thread(program.until, "Vermittlung bereit")
        yield program, ready.rpartition("http://")[2].strip().rstrip("/")


def alter(folder: Path, *, rightly: bool) -> None:
    """Other texts under the keys that are kept: as a flipped bit leaves them, or as another version writes them."""
    with contextlib.closing(sqlite3.connect(folder / "exchange.sqlite")) as db:
        if rightly:
            keys = [key for (key,) in db.execute("select key from kept")]
            db.executemany(KEEP, [kept_row(key, '{"anders": 1}') for key in keys])
        else:
            db.execute("update kept set text = substr(text, 1, length(text) - 1) || 'x'")
        db.commit()


def packages_gone(folder: Path) -> None:
    """One package cut short, and the list without its row."""
    with contextlib.closing(FolderInbox(folder / "inbox")) as inbox:
        inbox.store(entry(), application().package)
    (package,) = (folder / "inbox").rglob("*.lisa.zip")
    os.truncate(package, package.stat().st_size // 2)


def end_damaged(folder: Path) -> None:
    """The log as written, with a hole towards its end."""
    log = folder / "exchange.sqlite"
    with contextlib.closing(sqlite3.connect(log)) as db:
        db.execute("pragma wal_checkpoint(truncate)")
    os.truncate(log, log.stat().st_size * 2 // 3)


def newer(folder: Path) -> None:
    (folder / MARK).write_bytes(mark(FORM + 1))


async def of_a_newer_version(talk: Talk) -> None:
    """Row 25: one sentence, and nothing of the store is touched."""
    folder = copied(talk, newer)
    code, _, complaint = await asyncio.to_thread(refused, talk.home, *START, str(folder), *AT)
    assert (code, "Traceback" in complaint) == (4, False), complaint
    assert "Die neuere Version starten" in complaint


async def full_disk(talk: Talk) -> None:
    """Row 22: the disk of a second exchange fills in the middle of its work. What waits then is told once it is not."""
    folder = talk.home / "klein"
    try:
        disk = small_disk(folder)
        with disk:
            await _filled(talk, folder)
    except pytest.skip.Exception as skipped:
        raise AssertionError(str(skipped)) from None if os.geteuid() == 0 else skipped
    finally:
        with contextlib.suppress(OSError):
            folder.rmdir()


async def _filled(talk: Talk, folder: Path) -> None:
    async with running(talk, folder / "daten") as (program, address), contextlib.AsyncExitStack() as stack:
        booth = Caller(address, m.BoothHello(CALLING, "voll-1"))
        desk = Caller(address, m.DeskHello(AgentId("probe"), "voll-2"))
        for caller in (booth, desk):
            stack.callback(asyncio.create_task(caller.link.run()).cancel)
        desk.link.send(m.Ready(headset=True))
        await desk.until(m.DeskState)
        ballast = fill(folder)
        said = asyncio.create_task(asyncio.to_thread(program.until, "Gespräche laufen weiter"))
        while not said.done():  # the log has some room of its own left
            desk.link.send(m.Pause())
            desk.link.send(m.Ready(headset=True))
            await asyncio.wait({said}, timeout=0.1)
        await said
        booth.link.send(m.PlaceCall(VisitId("voll-1")), CallId("voll/1"))
        await talk.goes_on()
        ballast.unlink()
        await asyncio.to_thread(program.until, "wird wieder geschrieben")
        await desk.until(m.Offer)
        assert program.runs
        assert "Traceback" not in "".join(program.lines)


async def names_that_command_a_terminal(talk: Talk) -> None:
    """Row 23: whoever runs a feature file that somebody else wrote reads it, and nothing more happens."""
    (talk.home / "fremd.feature").write_text(FEATURE, encoding="utf-8")
    arguments = ("run", "fremd.feature", "--clock", "virtual", "--out", "ergebnis")
    code, said, complaint = await asyncio.to_thread(refused, talk.home, *arguments)
    assert code == 4, said + complaint
    assert "Ende \\x1b[2J" in said + complaint
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(said + complaint)


ROWS: Mapping[str, Attack] = {
    "18-kept-rows": partial(starts, harm=partial(alter, rightly=False), words=("neben dem Protokoll sind verändert",)),
    "22-full-disk": full_disk,
    "23-names": names_that_command_a_terminal,
    "25-another-form": partial(starts, harm=partial(alter, rightly=True), words=()),
    **({"25-newer-version": of_a_newer_version} if LONG else {}),
    "26-packages": partial(starts, harm=packages_gone, words=("nicht mehr die, die angenommen wurde",)),
    "27-damaged-end": partial(starts, harm=end_damaged, words=("Das Protokoll war beschädigt",)),
}
