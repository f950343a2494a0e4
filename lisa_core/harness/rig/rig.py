"""Booth and exchange in one process, on emulated or bound devices (wire) or wholly in memory."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from lisa_core.booth.executor import Booth
from lisa_core.booth.fault_plan import followed, plan_of
from lisa_core.booth.program import open_booth_runtime
from lisa_core.booth.wishes import EMULATED, MEMORY, BoothWishes, booth_factory, load_site, settings_of
from lisa_core.config.landkreis.office_portal import Beside, with_portals
from lisa_core.config.profile import Profile, in_trial
from lisa_core.domain.model.directory import Directory, Trigger
from lisa_core.domain.model.ids import AgentId, SiteId
from lisa_core.equipment.drivers.identity import Said
from lisa_core.equipment.media.memory_call import MemoryMedia
from lisa_core.equipment.slots.actor import Actor
from lisa_core.equipment.slots.booths import OpenedBooth
from lisa_core.equipment.slots.call import MediaFactory
from lisa_core.equipment.slots.devices import Slots
from lisa_core.equipment.slots.plans.fault_plan import Happening
from lisa_core.exchange.executor import Exchange
from lisa_core.exchange.program import open_exchange, serve_exchange
from lisa_core.harness.rig.acts import told
from lisa_core.harness.rig.line import BreakableLine
from lisa_core.harness.rig.overheard import Overheard
from lisa_core.harness.rig.reported import Reported
from lisa_core.harness.rig.screen_history import WatchedScreen
from lisa_core.host.clock import Clock
from lisa_core.wire.channel import Channel, dial, memory_channels
from lisa_core.wire.uplink import Dial

if TYPE_CHECKING:  # a booth in memory has no lines
    from lisa_core.equipment.traces.session import TapSession

Attend = Callable[[Channel], Coroutine[object, object, None]]


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a run asks for. None means: `civil`, `trigger`, `site` as machine, site and profile say; `socket` any."""

    kind: str = EMULATED
    civil: datetime | None = None
    trigger: Trigger | None = None
    site: SiteId | None = None
    data: Path | None = None
    socket: socket.socket | None = None
    seed: int = 0
    faults: str | None = None
    """A plan of faults (`equipment.slots.plans.fault_plan`); None: that of the profile."""
    views: int = 5_000
    """Maximum number of views of the citizen's screen that are remembered, for steps that ask what was shown."""
    overheard: Overheard = field(default_factory=Overheard)
    """Keeps what is said on the lines."""
    identify: bool = False
    """Whether devices at real addresses are asked who they are."""
    beside: Sequence[Beside] = ()
    """Portals that run already: desks open them in a talk."""
    recorded: str = ""
    """How much of the devices' traffic is kept: "", "newest" or "all". Recordings that play follow what is done here.
    """


@dataclass(frozen=True, slots=True)
class Rig:
    """Everything that runs. Addresses are "" on the memory booth."""

    profile: Profile
    directory: Directory
    clock: Clock
    exchange: Exchange
    opened: OpenedBooth
    booth: Booth
    slots: Slots
    """As the booth has them: whoever measures a device asks it while the booth does not."""
    reported: Reported
    screen: WatchedScreen
    media: MediaFactory
    dial_desk: Dial
    seal_key: Ed25519PublicKey
    line: BreakableLine
    exchange_address: str = ""
    screen_address: str = ""
    said: Mapping[str, Said] = field(default_factory=dict)
    """Who the devices at real addresses are, by slot."""
    happened: Sequence[Happening] = ()
    """What of the plan of faults has come so far; it grows."""
    delays: Callable[[], Mapping[str, float]] = dict
    """By slot the seconds that lines to devices take at most, where that is measured."""
    session: TapSession | None = None
    """What of the devices' traffic is recorded and played."""

    @property
    def actor(self) -> Actor:
        """The citizen's body; what it does is told to recordings."""
        return told(self.opened.actor, self.act) if self.session else self.opened.actor

    def act(self, name: str) -> None:
        """This is done at the devices now."""
        if self.session:
            self.session.act(name)

    def agent_of(self, office: str, number: int = 0) -> AgentId:
        """An agent of this office, in the order of the directory."""
        agents = [agent.id for agent in self.directory.agents.values() if agent.office == office]
        return agents[number]


@contextlib.asynccontextmanager
async def open_rig(profile: Profile, wishes: Wishes) -> AsyncIterator[Rig]:
    """Start everything. Raises `LisaError` with a sentence for what cannot be started."""
    profile = replace(profile, site=wishes.site or profile.site)
    shared, zone = load_site(profile)
    directory = with_portals(in_trial(shared, profile), wishes.beside)
    civil = wishes.civil
    clock = Clock(zone if civil is None else civil if civil.tzinfo else civil.replace(tzinfo=zone))
    data = wishes.data / "exchange" if wishes.data else None
    async with AsyncExitStack() as stack:
        exchange = await stack.enter_async_context(
            open_exchange(directory, directory.rules, clock, data, apart=wishes.kind != MEMORY)
        )
        doors = await (_doors_in_memory if wishes.kind == MEMORY else _doors_on_wire)(
            stack, exchange, directory, wishes
        )
        booth = BoothWishes(
            profile,
            directory,
            clock,
            doors.line.dial,
            Ed25519PrivateKey.generate(),
            wishes.data / "booth" if wishes.data and wishes.kind != MEMORY else None,
            trigger=wishes.trigger,
            seed=wishes.seed,
            faults=plan_of(profile, wishes.faults, wishes.seed, memory=wishes.kind == MEMORY),
            identify=wishes.identify,
        )
        open_here = _in_memory if wishes.kind == MEMORY else _on_wire
        yield await open_here(stack, booth, exchange, doors, wishes)


@dataclass(frozen=True, slots=True)
class _Doors:
    """How booth and desks reach the exchange; `address` is "" in memory."""

    line: BreakableLine
    dial_desk: Dial
    address: str = ""


async def _doors_on_wire(stack: AsyncExitStack, exchange: Exchange, directory: Directory, run: Wishes) -> _Doors:
    from lisa_core.web.asgi import listening_socket

    listening = run.socket or listening_socket("127.0.0.1", 0)
    address = await stack.enter_async_context(serve_exchange(exchange, directory, listening))
    return _Doors(
        BreakableLine(run.overheard.on(partial(dial, f"ws://{address}/ws/booth"))),
        run.overheard.on(partial(dial, f"ws://{address}/ws/desk")),
        address,
    )


async def _doors_in_memory(stack: AsyncExitStack, exchange: Exchange, directory: Directory, run: Wishes) -> _Doors:
    connections: set[asyncio.Task[None]] = set()
    stack.push_async_callback(_cancel, connections)

    async def dial_memory(attend: Attend) -> Channel:
        here, there = memory_channels()
        connections.add(asyncio.create_task(attend(there)))
        return here

    return _Doors(
        BreakableLine(run.overheard.on(partial(dial_memory, exchange.attend_booth))),
        run.overheard.on(partial(dial_memory, exchange.attend_desk)),
    )


async def _on_wire(stack: AsyncExitStack, wishes: BoothWishes, exchange: Exchange, doors: _Doors, run: Wishes) -> Rig:
    # What speaks with devices, browsers and peers is imported here: a memory booth runs where none of it is installed.
    from lisa_core.booth.wire_booth import open_booth_on_wire

    watched: list[WatchedScreen] = []
    reported = Reported()

    def watch(slots: Slots) -> Slots:
        watched.append(WatchedScreen(slots.screen, run.views))
        return reported.watched(replace(slots, screen=watched[-1]))

    from lisa_core.equipment.traces.keepers import ALL_BYTES, ALL_US, Ring
    from lisa_core.equipment.traces.session import TapSession

    ring = partial(Ring, ALL_BYTES, ALL_US) if run.recorded == "all" else Ring
    session = TapSession(ring, acts=True) if run.recorded else None
    wire = await stack.enter_async_context(open_booth_on_wire(replace(wishes, session=session), watch))
    watched[0].on_page = wire.on_page
    return Rig(
        wishes.profile,
        wishes.directory,
        wishes.clock,
        exchange,
        wire.opened,
        wire.booth,
        wire.slots,
        reported,
        watched[0],
        wire.media,
        doors.dial_desk,
        wishes.seal_key.public_key(),
        doors.line,
        doors.address,
        wire.screen_address,
        wire.said,
        wire.happened,
        wire.delays,
        session,
    )


async def _in_memory(stack: AsyncExitStack, wishes: BoothWishes, exchange: Exchange, doors: _Doors, run: Wishes) -> Rig:
    factory = booth_factory(MEMORY)
    given = wishes.profile
    memory = factory(given.emulated, seed=run.seed, personalities=given.personalities or None, wishes=given.wishes)
    opened = await stack.enter_async_context(memory)
    if opened.slots is None:
        raise TypeError("a memory booth brings its slots")
    media = MemoryMedia()
    screen = WatchedScreen(opened.slots.screen, run.views)
    settings = settings_of(wishes, media, f"{run.seed:x}")
    reported = Reported()
    slots = reported.watched(replace(opened.slots, screen=screen))
    booth = await stack.enter_async_context(open_booth_runtime(settings, slots))
    return Rig(
        wishes.profile,
        wishes.directory,
        wishes.clock,
        exchange,
        opened,
        booth,
        slots,
        reported,
        screen,
        media,
        doors.dial_desk,
        wishes.seal_key.public_key(),
        doors.line,
        happened=await stack.enter_async_context(followed(wishes.faults, opened.disturb)),
    )


async def _cancel(tasks: set[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
