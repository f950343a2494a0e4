"""A booth, a relay and a desk, each in its own network; booth and desk reach the relay and nobody else."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from aioice.stun import TransactionFailed
from aioice.turn import create_turn_endpoint
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from emulator.network.weather import Weather
from lisa_core.booth.executor import Booth
from lisa_core.booth.program import BoothSettings, open_booth_runtime
from lisa_core.booth.wishes import MEMORY, booth_factory
from lisa_core.config.directory import load_directory
from lisa_core.desk.client import DeskClient, open_desk
from lisa_core.domain.model.directory import Directory
from lisa_core.domain.model.ids import AgentId, SiteId
from lisa_core.domain.model.media.media_ways import MediaPlan
from lisa_core.equipment.media.call import RtcMedia
from lisa_core.equipment.slots.actor import Actor
from lisa_core.exchange.executor import Exchange
from lisa_core.exchange.ways import Ways
from lisa_core.harness.rig.line import BreakableLine
from lisa_core.harness.rig.screen_history import WatchedScreen
from lisa_core.host.clock import Clock
from lisa_core.host.program import beside
from lisa_core.store.inbox import MemoryInbox
from lisa_core.store.journal import Entry, Kept, MemoryJournal
from lisa_core.wire.uplink import Dial
from tests.media.booths import ChartCamera, HummingMicrophone, chart, plain
from tests.nets.coturn import PORT, Relay, relay
from tests.nets.namespaces import Net, bad_network, joined, network
from tests.nets.places import Place, dialled_from, living

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))
SITE, AGENT = SiteId("templin"), AgentId("brandt")
RELAY = "10.77.0.1"
BOOTH, DESK = "10.77.1.2", "10.77.2.2"


@dataclass(frozen=True, slots=True)
class Nets:
    """`middle` is where the relay stands."""

    booth: Net
    middle: Net
    desk: Net
    relay: Relay


@contextlib.contextmanager
def three_networks(folder: Path, *, most: int = 0, weather: Weather | None = None) -> Iterator[Nets]:
    """Joined only through the middle one, which passes nothing on by itself. `most`: of the relay; `weather`: on the
    booth's line."""
    with ExitStack() as stack:
        booth, middle, desk = (stack.enter_context(network()) for _ in range(3))
        joined(desk, f"{DESK}/24", middle, "10.77.2.1/24", "platz")
        desk.ip("route", "add", "default", "via", "10.77.2.1")
        if weather is None:
            joined(booth, f"{BOOTH}/24", middle, "10.77.1.1/24", "kabine")
        else:
            stack.enter_context(bad_network(booth, f"{BOOTH}/24", middle, "10.77.1.1/24", weather))
        booth.ip("route", "add", "default", "via", "10.77.1.1")
        middle.ip("address", "add", f"{RELAY}/32", "dev", "lo")
        yield Nets(booth, middle, desk, stack.enter_context(relay(middle, RELAY, folder, most=most)))


def moves(net: Net, before: str, after: str, name: str) -> None:
    """On this cable the address is gone, and another one is there; the way out is as it was."""
    net.ip("address", "del", f"{before}/24", "dev", name)
    net.ip("address", "add", f"{after}/24", "dev", name)
    net.ip("route", "add", "default", "via", f"{before.rpartition('.')[0]}.1")


@dataclass(frozen=True, slots=True)
class Cabin:
    """A booth in memory whose picture and sound are real; `hums`: who speaks in it."""

    booth: Booth
    actor: Actor
    citizen: ChartCamera
    hums: HummingMicrophone
    screen: WatchedScreen
    line: BreakableLine
    """Between it and the exchange."""


class NotedJournal(MemoryJournal):
    """Remembers all that was ever written, also beside the log."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[str] = []

    def append(self, entries: Iterable[Entry], kept: Kept | None = None) -> None:
        noted = list(entries)
        self.written += (*map(str, noted), *(f"{key} {text}" for key, text in (kept or {}).items()))
        super().append(noted, kept)


@dataclass(frozen=True, slots=True)
class Town:
    """Everything that runs."""

    exchange: Exchange
    journal: NotedJournal
    cabin: Place[Cabin]
    desk: Place[DeskClient]

    async def talk(self) -> None:
        """A citizen comes in and is answered."""

        async def comes(cabin: Cabin) -> None:
            await cabin.actor.enter()
            await cabin.actor.sit()

        async def answers(desk: DeskClient) -> None:
            desk.ready()
            await desk.rings()
            desk.accept()

        await asyncio.gather(self.desk.do(answers), self.cabin.do(comes))

    def logged(self, name: str) -> list[tuple[str, str]]:
        """Subject and detail of each such entry of the exchange's log."""
        return [(entry.subject, entry.detail) for entry in self.journal.read() if entry.name == name]


@contextlib.asynccontextmanager
async def cabin(
    directory: Directory, dial: Dial, key: Ed25519PrivateKey, interval_s: float = 0.05
) -> AsyncIterator[Cabin]:
    """One that dials this way, with this key. `interval_s`: between two pictures of the citizen."""
    citizen, hums = ChartCamera(plain(320, 240, (40, 160, 60)), interval_s), HummingMicrophone()
    async with booth_factory(MEMORY)(frozenset()) as opened:
        assert opened.slots is not None
        screen, line = WatchedScreen(opened.slots.screen), BreakableLine(dial)
        slots = replace(
            opened.slots,
            screen=screen,
            citizen_camera=citizen,
            document_camera=ChartCamera(chart(320, 400), 4 * interval_s),
            microphone=hums,
        )
        settings = BoothSettings(
            *(directory, directory.sites[SITE], RtcMedia(addresses=()), line.dial, Clock(MONDAY), key, "sitzung-1")
        )
        async with open_booth_runtime(settings, slots) as booth:
            yield Cabin(booth, opened.actor, citizen, hums, screen, line)


@contextlib.asynccontextmanager
async def town(nets: Nets, ways: Ways) -> AsyncIterator[Town]:
    """The exchange is here; what is said with it goes over lines that do not fail."""
    directory, _ = load_directory("uckermark")
    clock, journal = Clock(MONDAY), NotedJournal()
    loop = asyncio.get_running_loop()
    exchange = Exchange(directory, directory.rules, journal, MemoryInbox(), clock, ways=ways)
    dial_booth, dial_desk = dialled_from(loop, exchange.attend_booth), dialled_from(loop, exchange.attend_desk)
    async with (
        beside(exchange.run()),
        living(nets.booth, lambda: cabin(directory, dial_booth, Ed25519PrivateKey.generate())) as booth,
        living(nets.desk, lambda: open_desk(AGENT, RtcMedia(addresses=()), dial_desk, "sitzung-2")) as desk,
    ):
        yield Town(exchange, journal, booth, desk)


def plan(nets: Nets, **more: object) -> MediaPlan:
    """What the Landkreis says: this relay, and as `more` says."""
    return replace(MediaPlan((), (nets.relay.url,), str(nets.relay.secret_file)), **more)  # type: ignore[arg-type]  # fields of it


def other_secret(folder: Path) -> Path:
    """A file with a secret that the relay does not share."""
    path = folder / "anderes.geheim"
    path.write_text("ein-anderes-fiktives-geheimnis", encoding="utf-8")
    path.chmod(0o600)
    return path


@contextlib.asynccontextmanager
async def all_held(nets: Nets) -> AsyncIterator[None]:
    """All ways that the relay gives are taken by others."""

    @contextlib.asynccontextmanager
    async def taken() -> AsyncIterator[None]:
        one, held = Ways(plan(nets)).fresh().relays[0], []
        with contextlib.suppress(TransactionFailed):
            while True:
                word = (one.username, one.credential)
                held.append(await create_turn_endpoint(asyncio.DatagramProtocol, (RELAY, PORT), *word))
        yield
        for transport, _ in held:
            await transport._close()

    async with living(nets.middle, taken):
        yield
