"""A booth whose key is over, on the memory booth in virtual time: nobody is told an untruth, and nobody waits for ever.

The exchange has a folder, so that its book of keys can be changed beside it as the commands do it.
"""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from lisa_core.access.booths.book import KeyBook, with_code, with_key, without_key
from lisa_core.access.booths.kept import FolderBook
from lisa_core.booth.screen import texts
from lisa_core.config.profile import load_profile
from lisa_core.desk.client import DeskClient
from lisa_core.domain.model.directory import Deadlines
from lisa_core.domain.model.outcome import Outcome
from lisa_core.domain.model.screen import ScreenScene
from lisa_core.domain.visit import states as s
from lisa_core.harness.loop.virtual_loop import VirtualLoop
from lisa_core.harness.rig.rig import MEMORY, Wishes, open_rig
from lisa_core.store.key_book import FILE
from tests.booth.test_visits import FRONT, MONDAY, Stage
from tests.store.killing import passes

CODE = "KXWMZPQRABCD"
GONE = {"wartet": None, "klingelt": "withdrawn", "spricht": "ended"}
"""How far a call has come -> where its desk is told."""


@dataclass
class House(Stage):
    """A stage whose booth is entered with its key."""

    folder: Path

    @contextlib.contextmanager
    def _kept(self) -> Any:
        kept = FolderBook(self.folder)
        yield kept
        kept.close()

    def book(self, change: Callable[[KeyBook], KeyBook]) -> None:
        """What somebody does at the command line, and the exchange looks."""
        with self._kept() as kept:
            kept.change(lambda book: (change(book), None))
        self.rig.exchange.look_at_keys()

    def enter_key(self) -> None:
        key = self.rig.seal_key.public_bytes(Encoding.Raw, PublicFormat.Raw).hex()
        site = self.rig.profile.site
        entered = with_code(KeyBook(), site, CODE, MONDAY, timedelta(days=1), replaces=False)
        self.book(lambda _: with_key(entered, CODE, key, MONDAY)[0])

    def revoke(self) -> None:
        self.book(lambda book: without_key(book, self.rig.profile.site, MONDAY))

    async def comes_to(self, mode: str) -> DeskClient:
        """Somebody comes in, and her call comes so far."""
        desk = await self.desk(FRONT)
        if mode == "wartet":
            desk.pause()
            await desk.until(lambda d: d.state == "pause", "pause")
        await self.rig.opened.actor.enter()
        if mode == "spricht":
            await self.answer(desk)
        elif mode == "klingelt":
            await desk.until(lambda d: d.offer, "klingelt", 60)
        else:
            await self.shows(ScreenScene.WAITING)
        return desk

    async def is_out_of_service(self) -> None:
        await self.rig.screen.until(lambda screen: screen.view.title == texts.OUT_OF_SERVICE, "außer Betrieb", 60)

    def calls(self) -> int:
        return len(self.rig.exchange.router.calls())


@contextlib.asynccontextmanager
async def house(folder: Path) -> AsyncIterator[House]:
    profile = replace(load_profile("emulated"), deadlines=Deadlines())
    async with AsyncExitStack() as stack:
        rig = await stack.enter_async_context(open_rig(profile, Wishes(kind=MEMORY, civil=MONDAY, data=folder)))
        here = House(rig, stack, folder / "exchange")
        await rig.screen.until(lambda _: rig.booth.linked, "verbunden")
        here.enter_key()
        yield here


def play(folder: Path, scenario: Callable[[House], Awaitable[None]]) -> None:
    async def run() -> None:
        async with house(folder) as here:
            await scenario(here)

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(run())


@pytest.mark.parametrize("mode", list(GONE))
def test_a_booth_whose_key_is_revoked_ends_its_visit_and_is_out_of_service(mode: str, tmp_path: Path) -> None:
    async def scenario(on: House) -> None:
        desk = await on.comes_to(mode)
        on.revoke()
        if where := GONE[mode]:
            await desk.until(lambda d: getattr(d, where), "vorbei")
            assert getattr(desk, where) == "booth_barred"
        assert await on.outcome() == Outcome.TECHNICAL.value
        await on.is_out_of_service()
        assert on.rig.booth.erased
        assert on.calls() == 0
        view, actor = on.rig.screen.view, on.rig.opened.actor
        assert (view.scene, view.buttons) == (ScreenScene.FAULT, ())
        assert "Landkreis" in view.text
        assert "von selbst" not in view.text
        await actor.press_call_button()
        await actor.leave()
        await actor.enter()  # whoever comes next reads it, too, and nobody is called
        await passes(3600)
        assert isinstance(on.rig.booth.state, s.OutOfService)
        assert (len(on.rig.booth.outcomes), on.calls()) == (1, 0)

    play(tmp_path, scenario)


def test_it_goes_on_by_itself_once_it_is_let_in_again(tmp_path: Path) -> None:
    """As when the book is restored, or a key that was missing is entered: what it says counts again."""

    async def scenario(on: House) -> None:
        desk = await on.comes_to("spricht")
        on.revoke()
        await on.is_out_of_service()
        await on.rig.opened.actor.leave()
        await passes(60)
        on.enter_key()
        await on.shows(ScreenScene.FREE)
        desk.ready()
        await on.rig.opened.actor.enter()
        await on.answer(desk)
        names = [entry.name for entry in on.rig.booth.journal()]
        assert names.count("vermittlung.weist_ab") == 1

    play(tmp_path, scenario)


def test_a_call_that_never_came_to_the_exchange_rings_nowhere_when_it_does(tmp_path: Path) -> None:
    """She came in while the line was cut, and the visit was over before it was mended."""

    async def scenario(on: House) -> None:
        desk = await on.desk(FRONT)
        await on.rig.line.cut()
        await on.rig.screen.until(lambda _: not on.rig.booth.linked, "getrennt", 60)
        await on.rig.opened.actor.enter()
        await on.rig.screen.until(lambda _: isinstance(on.rig.booth.state, s.Connecting | s.Disturbed), "ruft", 60)
        on.revoke()
        on.rig.line.mend()
        await on.is_out_of_service()
        await on.rig.opened.actor.leave()
        await passes(60)
        assert on.calls() == 0
        on.enter_key()
        await on.shows(ScreenScene.FREE)
        await passes(1)
        assert (on.calls(), desk.offer) == (0, None)

    play(tmp_path, scenario)


def test_a_book_that_cannot_be_read_for_a_moment_ends_no_talk(tmp_path: Path) -> None:
    async def scenario(on: House) -> None:
        desk = await on.comes_to("spricht")
        with contextlib.closing(sqlite3.connect(on.folder / FILE)) as db, db:
            ((sound,),) = db.execute("select crc from book")
            db.execute("update book set version = version + 1, crc = crc + 1")
        await on.rig.line.cut()
        on.rig.line.mend()
        await passes(10)
        assert not on.rig.booth.linked
        assert s.talk_of(on.rig.booth.state)
        with contextlib.closing(sqlite3.connect(on.folder / FILE)) as db, db:
            db.execute("update book set version = version + 1, crc = ?", (sound,))
        await on.rig.screen.until(lambda _: on.rig.booth.linked, "wieder verbunden", 60)
        assert s.talk_of(on.rig.booth.state)
        assert desk.ended is None

    play(tmp_path, scenario)
