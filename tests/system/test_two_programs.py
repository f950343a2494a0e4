"""Exchange and booth as two processes, a world and two desks in the test: whole visits, and what a crash leaves.

`lisa booth` emulates its devices in the world of this test: a citizen goes on sitting there when the booth is killed.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key
from websockets.asyncio.client import connect

from emulator.world.actor import EmulatedActor
from emulator.world.live_world import HostedWorld, serve_world
from lisa_core.access.booths.book import KeyBook, with_code, with_key, without_key
from lisa_core.access.booths.kept import FolderBook
from lisa_core.desk.client import DeskClient, open_desk
from lisa_core.domain.model.case import PaperState
from lisa_core.domain.model.ids import AgentId, FormId, OfficeId, ServiceId, SiteId
from lisa_core.domain.model.screen import ScreenScene
from lisa_core.equipment.media.call import RtcMedia
from lisa_core.wire.channel import dial
from tests.system.programs import LIMIT_S, PROFILE, Program, killed, started, wait_until

AT = ("--at", "2026-11-23T10:00")
OFFICE, SERVICE, FORM = OfficeId("wohngeldstelle"), ServiceId("mietzuschuss"), FormId("wohngeld_mietzuschuss")
TEMPLIN = SiteId("templin")
PAPER = "verdienstbescheinigung"
NAME = "Musterfrau-Probe"
Row = tuple[str, str, str]


@dataclass
class Town:
    """What a test plays with. `home` holds the profile and both programs' data."""

    home: Path
    actor: EmulatedActor
    media: RtcMedia
    exchange: Program
    address: str
    stack: contextlib.AsyncExitStack

    async def booth(self) -> Program:
        """Start the booth; it is free when this returns."""
        arguments = ("--profile", "probe.toml", "--exchange", f"http://{self.address}", "--key", "k.pem")
        booth = self.stack.enter_context(started(self.home, "booth", *arguments, "--data", "kabine", *AT))
        await asyncio.to_thread(booth.until, "Bürgerbüro bereit")
        return booth

    async def desk(self, agent: str) -> DeskClient:
        """An agent sits down; she is not ready yet."""
        door = partial(dial, f"ws://{self.address}/ws/desk")
        return await self.stack.enter_async_context(open_desk(AgentId(agent), self.media, door, f"probe-{agent}"))

    def book(self, change: Callable[[KeyBook], KeyBook]) -> None:
        """What somebody does with the keys at the command line beside the exchange."""
        kept = FolderBook(self.home / "vermittlung")
        kept.change(lambda book: (change(book), None))
        kept.close()

    def enter_key(self) -> None:
        """The key that the booth has now is that of its site."""
        key = load_pem_private_key((self.home / "k.pem").read_bytes(), None).public_key()
        named, now, code = key.public_bytes(Encoding.Raw, PublicFormat.Raw).hex(), datetime.now(UTC), "KXWMZPQRABCD"
        self.book(lambda book: with_code(book, TEMPLIN, code, now, timedelta(days=1), replaces=True))
        self.book(lambda book: with_key(book, code, named, now)[0])

    def exchange_log(self) -> list[Row]:
        return entries(self.home / "vermittlung" / "exchange.sqlite")

    def booth_log(self) -> list[Row]:
        return entries(self.home / "kabine" / "booth.sqlite")

    def pages(self) -> list[Path]:
        vault = self.home / "kabine" / "vault"
        return list(vault.iterdir()) if vault.is_dir() else []


def test_a_visit_with_transfer_and_scan_ends_in_both_logs(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with town(tmp_path) as here:
            await here.booth()
            desk = await talk_about_an_application(here)
            assert here.pages()
            desk.hang_up()
            await desk.until(lambda d: d.ended, "das Gespräch ist vorbei", LIMIT_S)
            await here.actor.leave()
            await settled(lambda: endings(here.exchange_log()), "the exchange knows how the visit ended")
            assert endings(here.exchange_log()) == endings(here.booth_log())
            assert not here.pages()

    asyncio.run(scenario())


def test_a_booth_killed_in_the_middle_wipes_when_it_is_back(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with town(tmp_path) as here:
            booth = await here.booth()
            desk = await talk_about_an_application(here)
            await asyncio.to_thread(killed, booth)
            left = [path.read_bytes() for path in here.pages()]
            assert left
            assert not any(data.startswith(b"\xff\xd8") or b"JFIF" in data for data in left)
            await here.booth()
            assert not here.pages()
            await desk.until(lambda d: d.ended, "der Platz erfährt, dass die Kabine weg war", LIMIT_S)
            assert desk.ended == "booth_lost"
            await desk.until(lambda d: d.state in ("bereit", "nacharbeit"), "der Platz ist wieder frei", LIMIT_S)
            await settled(lambda: endings(here.exchange_log()), "the exchange knows how the visit ended")
            ((_, visit, outcome),) = endings(here.booth_log())
            assert outcome == "abgebrochen_technik"
            assert endings(here.exchange_log()) == [("besuch.beendet", visit, outcome)]
            told = [name for name, subject, _ in here.booth_log() if subject == visit]
            assert told.index("buero.neustart") < told.index("loeschung.bewiesen") <= told.index("besuch.beendet")

    asyncio.run(scenario())
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and NAME.encode() in path.read_bytes()]


def test_a_booth_calls_again_when_the_exchange_was_killed_while_she_waits(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with town(tmp_path) as here:
            booth = await here.booth()
            async with screen_of(booth) as scene_is:
                desk = await here.desk("brandt")
                await here.actor.enter()
                await scene_is(ScreenScene.WAITING)
                await asyncio.to_thread(killed, here.exchange)
                await desk.until(lambda d: not d.connected, "die Vermittlung ist weg", LIMIT_S)
                await scene_is(ScreenScene.FAULT)
                await open_exchange(here.stack, tmp_path, here.address)
                await desk.until(lambda d: d.connected, "die Vermittlung ist wieder da", LIMIT_S)
                desk.ready()
                await desk.until(lambda d: d.offer, "es klingelt wieder", LIMIT_S)
                desk.accept()
                await desk.until(lambda d: d.leg, "das Gespräch steht", LIMIT_S)
                await scene_is(ScreenScene.TALK)

    asyncio.run(scenario())


def test_a_booth_whose_key_is_revoked_says_so_and_goes_on_with_another_one(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with town(tmp_path) as here:
            booth, desk = await here.booth(), await here.desk("brandt")
            here.enter_key()
            desk.ready()
            await here.actor.enter()
            await desk.until(lambda d: d.offer, "es klingelt", LIMIT_S)
            desk.accept()
            await desk.until(lambda d: d.leg, "das Gespräch steht", LIMIT_S)
            async with screen_of(booth) as scene_is:
                here.book(lambda book: without_key(book, TEMPLIN, datetime.now(UTC)))
                await desk.until(lambda d: d.ended, "das Gespräch ist vorbei", LIMIT_S)
                assert desk.ended == "booth_barred"
                await scene_is(ScreenScene.FAULT)
            await settled(lambda: endings(here.booth_log()), "the visit is over")
            await here.actor.leave()
            await asyncio.to_thread(booth.end)
            (tmp_path / "k.pem").unlink()
            async with screen_of(await here.booth()) as scene_is:
                await scene_is(ScreenScene.FAULT)  # that its new key is not entered yet is no promise either
                here.enter_key()
                await scene_is(ScreenScene.FREE)
            await settled(lambda: endings(here.exchange_log()), "the exchange knows how the visit ended")
            assert endings(here.exchange_log()) == endings(here.booth_log())
            assert endings(here.booth_log())[0][2] == "abgebrochen_technik"

    asyncio.run(scenario())


# --- what tests play --------------------------------------------------------------------------------------------------


@contextlib.asynccontextmanager
async def town(home: Path) -> AsyncIterator[Town]:
    """A world, and an exchange that listens somewhere."""
    world = HostedWorld()
    async with serve_world(world) as joined, contextlib.AsyncExitStack() as stack:
        (home / "probe.toml").write_text(f'{PROFILE}[world]\njoin = "{joined}"\n', encoding="utf-8")
        exchange, address = await open_exchange(stack, home, "127.0.0.1:0")
        yield Town(home, EmulatedActor(world), RtcMedia(), exchange, address, stack)


async def open_exchange(stack: contextlib.AsyncExitStack, home: Path, listen: str) -> tuple[Program, str]:
    arguments = ("--listen", listen, "--data", "vermittlung", *AT)
    exchange = stack.enter_context(started(home, "exchange", *arguments))
    line = await asyncio.to_thread(exchange.until, "Vermittlung bereit")
    return exchange, line.rpartition("http://")[2].strip().rstrip("/")


async def talk_about_an_application(here: Town) -> DeskClient:
    """She comes in, is forwarded, a draft is begun and a page scanned; returns the specialist's desk."""
    front, desk = await here.desk("brandt"), await here.desk("vogt")
    front.ready()
    desk.ready()
    await desk.until(lambda d: d.state == "bereit", "bereit", LIMIT_S)
    await here.actor.enter()
    await here.actor.sit()
    await front.until(lambda d: d.offer, "es klingelt beim Empfang", LIMIT_S)
    front.accept()
    await front.until(lambda d: d.leg, "das Gespräch steht", LIMIT_S)
    front.choose_service(SERVICE)
    front.forward(OFFICE, SERVICE)
    await desk.until(lambda d: d.offer, "es klingelt bei der Fachstelle", LIMIT_S)
    desk.accept()
    await desk.until(lambda d: d.leg, "das Gespräch steht", LIMIT_S)
    desk.open_form(FORM)
    await desk.until(lambda d: d.case.form, "der Antrag ist offen", LIMIT_S)
    desk.set_field("name", NAME)
    await here.actor.feed_papers(PAPER)
    desk.scan("Verdienstbescheinigung")
    await desk.until(lambda d: d.case.papers and d.case.papers[0].state is PaperState.CAPTURED, "gescannt", LIMIT_S)
    return desk


@contextlib.asynccontextmanager
async def screen_of(booth: Program) -> AsyncIterator[Callable[[ScreenScene], Awaitable[None]]]:
    """Look at the citizen's screen; yields a function that waits until it shows this scene."""
    line = next(line for line in booth.lines if "Bildschirm:" in line)
    address = line.rpartition("http://")[2].strip()
    async with connect(f"ws://{address}ws", proxy=None, max_size=4_000_000) as socket:

        async def scene_is(wanted: ScreenScene) -> None:
            async with asyncio.timeout(LIMIT_S):
                async for message in socket:
                    view = json.loads(message).get("view", {}) if isinstance(message, str) else {}
                    if view.get("scene") == wanted.value:
                        return

        yield scene_is


def entries(path: Path) -> list[Row]:
    """Name, subject and detail of everything in an event log."""
    with contextlib.closing(sqlite3.connect(path)) as log:
        return list(log.execute("select name, subject, detail from journal order by rowid"))


def endings(log: list[Row]) -> list[Row]:
    return [entry for entry in log if entry[0] == "besuch.beendet"]


async def settled(condition: Callable[[], object], what: str) -> None:
    """Wait for what another program writes."""
    await asyncio.to_thread(wait_until, condition, what)
