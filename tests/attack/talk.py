"""A house at work as real programs: an exchange, two booths, three desks; and the proof that it goes on.

At Templin a citizen talks with Frau Brandt: nobody touches these two, they are who has to go on. At Lychen another one
talks with Herr Seidel; that booth's devices are played by the test. Whoever attacks may take any other name.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from emulator.world.actor import EmulatedActor
from emulator.world.live_world import HostedWorld, serve_world
from lisa_core.desk.client import DeskClient, open_desk
from lisa_core.domain.model.ids import AgentId, CallId, FormId, ServiceId, SiteId, VisitId
from lisa_core.host.data import data_dir
from lisa_core.wire import messages as m
from lisa_core.wire.channel import Channel, dial
from lisa_core.wire.envelope import NO_CALL, Envelope, encode
from tests.attack.devices import SITTING, Devices
from tests.attack.few_pictures import SLOW_CAMERAS, FewPictures
from tests.store.test_exchange_process import Caller
from tests.system.programs import LIMIT_S, Program, started

AT = ("--at", "2026-11-23T10:00")
SERVICE, FORM = ServiceId("mietzuschuss"), FormId("wohngeld_mietzuschuss")
GOOD, HOSTILE, CALLING, ATTACKING = map(SiteId, ("templin", "lychen", "gramzow", "gartz"))
MARK = "@an dieser Stelle@"
MOST_MB = 150
"""No attack may make the exchange or the other booth larger by more."""
_MORE_AGENTS = '\n[agents.probe]\nname = "Frau Probe"\noffice = "lisa-team"\n'
_PROFILE = '[profile]\nid = "{site}"\nextends = "emulated"\nlandkreis = "landkreis.toml"\nsite = "{site}"\n'
_JOIN = '\n[world]\njoin = "{world}"\n'


class Line:
    """A desk's way to the exchange. Once, `instead` takes the place of the mark in what is sent over it."""

    def __init__(self, url: str) -> None:
        self._url = url
        self.instead = ""
        self.done = asyncio.Event()

    async def dial(self) -> Channel:
        return _Meddling(await dial(self._url), self)


class _Meddling:
    def __init__(self, channel: Channel, line: Line) -> None:
        self.receive, self.aclose = channel.receive, channel.aclose
        self._channel, self._line = channel, line

    async def send(self, text: str) -> None:
        line = self._line
        if line.instead and MARK in text:
            text, line.instead = text.replace(MARK, line.instead), ""
            line.done.set()
            line.done = asyncio.Event()
        await self._channel.send(text)


@dataclass
class Pair:
    """A booth and the desk that its citizen talks with."""

    program: Program
    desk: DeskClient
    line: Line
    actor: EmulatedActor
    typed: int = 0

    async def talks(self) -> None:
        """What is typed at the desk goes to the booth, and comes back from its case."""
        self.typed += 1
        text = f"Probe-{self.typed}"
        self.desk.set_field("name", text)
        await self.desk.until(lambda desk: _field(desk, "name") == text, f"„{text}“ kommt zurück", LIMIT_S)


@dataclass
class Talk:
    """What a row of the table plays with."""

    home: Path
    address: str
    exchange: Program
    good: Pair
    hostile: Pair
    devices: Devices
    booth: Caller
    desk: Caller
    calls: int = 0
    at_first_mb: dict[int, float] = field(default_factory=dict)

    async def goes_on(self) -> None:
        """The other booth and desk talk, a new call gets through, and both programs are whole."""
        self.whole()
        await self.good.talks()
        await self.new_call()
        self.whole()

    def whole(self) -> None:
        """Exchange and other booth run, have nothing to complain of, and are not much larger than at first."""
        for program in (self.exchange, self.good.program):
            said = "".join(program.lines)
            assert program.runs, f"it ended:\n{said}"
            assert "Traceback" not in said, said
            grown = memory_mb(program.pid) - self.at_first_mb[program.pid]
            assert grown < MOST_MB, f"memory grew by {grown:.0f} MB"

    async def new_call(self) -> None:
        """Somebody calls, Frau Probe answers, and it is over."""
        self.calls += 1
        call = CallId(f"ruf/{self.calls}")
        self.desk.link.send(m.Ready(headset=True))
        self.booth.link.send(m.PlaceCall(VisitId(f"ruf-{self.calls}")), call)
        await self.desk.until(m.Offer, self.calls)
        self.desk.link.send(m.Accept(), call)
        await self.booth.until(m.Answered, self.calls)
        self.desk.link.send(m.HangUp(), call)
        await self.booth.until(m.CallEnded, self.calls)

    @contextlib.asynccontextmanager
    async def socket(self, door: str) -> AsyncIterator[ClientConnection]:
        """Somebody's connection to a door of the exchange; nothing has been said."""
        async with connect(
            f"ws://{self.address}/ws/{door}", proxy=None, max_size=4_000_000, max_queue=None, close_timeout=1
        ) as opened:
            yield opened

    @contextlib.asynccontextmanager
    async def stranger(self, hello: m.BoothHello | m.DeskHello) -> AsyncIterator[Stranger]:
        """Somebody who was let in and may now say anything."""
        async with self.socket("booth" if isinstance(hello, m.BoothHello) else "desk") as opened:
            await opened.send(encode(Envelope(0, 0, NO_CALL, hello)))
            await opened.recv()
            yield Stranger(opened)


@dataclass
class Stranger:
    """A peer of the link that says what it likes, numbered as it should be."""

    socket: ClientConnection
    last: int = 0

    async def say(self, kind: str, body: Any, call: str = "x/1", **more: Any) -> None:
        """One message; texts travel in ASCII, so that half an emoji can."""
        self.last += 1
        said = {"v": 1, "id": self.last, "ack": 0, "type": kind, "call": call, "body": body, **more}
        await self.raw(json.dumps(said))

    async def raw(self, text: str) -> None:
        """Any text, as long as somebody is there to hear it."""
        with contextlib.suppress(OSError, EOFError, ConnectionClosed):
            await self.socket.send(text)

    async def answered(self) -> dict[str, Any]:
        """The next message; empty when the connection was ended instead."""
        try:
            async with asyncio.timeout(LIMIT_S):
                heard: dict[str, Any] = json.loads(await self.socket.recv())
                return heard
        except ConnectionClosed:
            return {}


@contextlib.asynccontextmanager
async def open_talk(home: Path) -> AsyncIterator[Talk]:
    """Start all of it. Both talks stand when this yields, with a form open in each."""
    (home / "landkreis.toml").write_text(
        (data_dir("fixtures") / "landkreise" / "uckermark.toml").read_text("utf-8") + _MORE_AGENTS, "utf-8"
    )
    async with contextlib.AsyncExitStack() as stack:
        exchange = stack.enter_context(
            started(home, "exchange", "--config", "landkreis.toml", "--listen", "127.0.0.1:0", "--data", "x", *AT)
        )
        ready = await asyncio.to_thread(exchange.until, "Vermittlung bereit")
        address = ready.rpartition("http://")[2].strip().rstrip("/")
        devices = Devices()
        good, hostile = await _booths(stack, home, address, devices)
        booth = Caller(address, m.BoothHello(CALLING, "calling1"))
        desk = Caller(address, m.DeskHello(AgentId("probe"), "calling2"))
        for caller in (booth, desk):
            task = asyncio.create_task(caller.link.run())
            stack.callback(task.cancel)
        talk = Talk(home, address, exchange, good, hostile, devices, booth, desk)
        await talk.new_call()
        talk.at_first_mb = {program.pid: memory_mb(program.pid) for program in (exchange, good.program)}
        yield talk


async def _booths(stack: contextlib.AsyncExitStack, home: Path, address: str, devices: Devices) -> tuple[Pair, Pair]:
    bindings = {GOOD: "", HOSTILE: await stack.enter_async_context(devices.bound())}
    worlds = {site: HostedWorld() for site in bindings}
    programs = {}
    for site, world in worlds.items():
        for fault in SLOW_CAMERAS:
            await world.act("fail", fault=fault)
        joined = await stack.enter_async_context(serve_world(world))
        profile = _PROFILE.format(site=site) + bindings[site] + _JOIN.format(world=joined)
        (home / f"{site}.toml").write_text(profile, encoding="utf-8")
        arguments = ("--profile", f"{site}.toml", "--exchange", f"http://{address}", "--key", f"{site}.pem")
        programs[site] = stack.enter_context(started(home, "booth", *arguments, "--data", site, *AT))
    pairs = []
    for site, agent in ((GOOD, "brandt"), (HOSTILE, "seidel")):
        await asyncio.to_thread(programs[site].until, "Bürgerbüro bereit")
        line = Line(f"ws://{address}/ws/desk")
        desk = await stack.enter_async_context(open_desk(AgentId(agent), FewPictures(), line.dial, f"{agent}-1"))
        pairs.append(Pair(programs[site], desk, line, EmulatedActor(worlds[site])))
        await begin_talk(pairs[-1], devices if site == HOSTILE else None)
    return pairs[0], pairs[1]


async def begin_talk(pair: Pair, devices: Devices | None) -> None:
    """Somebody comes in and is answered; a form is opened."""
    pair.desk.ready()
    await pair.desk.until(lambda desk: desk.state == "bereit", "bereit", LIMIT_S)
    if devices is None:
        await pair.actor.enter()
        await pair.actor.sit()
    else:
        devices.radar.sees = SITTING
    await pair.desk.until(lambda desk: desk.offer, "es klingelt", LIMIT_S)
    pair.desk.accept()
    await pair.desk.until(lambda desk: desk.leg, "das Gespräch steht", LIMIT_S)
    pair.desk.choose_service(SERVICE)
    pair.desk.open_form(FORM)
    await pair.desk.until(lambda desk: desk.case.form, "der Antrag ist offen", LIMIT_S)


def memory_mb(pid: int) -> float:
    """What a process has in memory now."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def _field(desk: DeskClient, name: str) -> str:
    fields = desk.case.form.fields if desk.case.form else ()
    return next((one.value for one in fields if one.id == name), "")
