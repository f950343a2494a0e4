"""A booth and an exchange as programs of their own, their devices in the test, and whole visits played at both."""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from emulator.booth import DEVICES, Opener
from emulator.world.actor import EmulatedActor
from emulator.world.live_world import HostedWorld
from lisa_core.desk.client import DeskClient, open_desk
from lisa_core.domain.model.case import FormStage
from lisa_core.domain.model.ids import AgentId, FormId
from lisa_core.equipment.media.call import RtcMedia
from lisa_core.equipment.slots.catalogue import DEVICE_OF_SLOT
from lisa_core.wire.channel import dial
from tests.media.booths import beat
from tests.system.programs import LIMIT_S, PROFILE, Program, started

AT = ("--at", "2026-11-23T10:00")
FORM = FormId("wohngeld_mietzuschuss")
QUICK = "absence_debounce_ms = 200\naway_grace_ms = 300\npen_lifted_ms = 300\n"
"""She who has left is not waited for long."""
MORE: Mapping[str, Opener] = {}
View = dict[str, Any]

AGAIN_S = 2.0
"""After so long a citizen presses a button again that has not gone."""
SIGNINGS = 3
"""A pad in a process that a busy machine does not serve says nothing for a while, as if its line were gone: the agent
is told that nothing of this signature counts, and has the citizen sign again."""


@dataclass
class Screen:
    """The citizen's screen, looked at and touched over its own wire."""

    socket: ClientConnection
    view: View = field(default_factory=dict)
    _change: asyncio.Event = field(default_factory=asyncio.Event)

    async def look(self) -> None:
        async for message in self.socket:
            if isinstance(message, str) and "view" in (said := json.loads(message)):
                self.view = said["view"]
                self._change.set()
                self._change = asyncio.Event()

    async def until(self, condition: Callable[[View], Any]) -> Any:
        async with asyncio.timeout(LIMIT_S):
            while not self.view or not (value := condition(self.view)):
                await self._change.wait()
        return value

    async def touch(self, wanted: str) -> None:
        """As soon as there is such a button."""

        def button(view: View) -> str:
            found = [b["id"] for b in view["buttons"] if b["active"] and f"{b['id']}:".startswith(f"{wanted}:")]
            return found[0] if found else ""

        while found := await self.until(button):
            await beat(self.view["deaf_ms"] / 1_000)  # a finger that is quicker meant the button before
            await self.socket.send(json.dumps({"touch": found}))
            with contextlib.suppress(TimeoutError):  # what changed meanwhile has made the touch count for nothing
                async with asyncio.timeout(AGAIN_S):
                    await self.until(lambda view: button(view) != found)
                return


@dataclass
class Place:
    """Everything that runs; `data` holds the folders of both programs."""

    data: Path
    world: HostedWorld
    actor: EmulatedActor
    exchange: Program
    booth: Program
    address: str
    screen_address: str
    stack: contextlib.AsyncExitStack

    async def desk(self, agent: str) -> DeskClient:
        """A scripted agent, ready."""
        door = partial(dial, f"ws://{self.address}/ws/desk")
        desk = await self.stack.enter_async_context(open_desk(AgentId(agent), RtcMedia(), door, "probe"))
        desk.ready()
        return desk

    async def screen(self) -> Screen:
        socket = await self.stack.enter_async_context(
            connect(f"ws://{self.screen_address}/ws", proxy=None, max_size=4_000_000)
        )
        screen = Screen(socket)
        looking = asyncio.create_task(screen.look())
        self.stack.callback(looking.cancel)
        return screen


@contextlib.asynccontextmanager
async def open_place(home: Path, deadlines: str = QUICK, more: Mapping[str, Opener] = MORE) -> AsyncIterator[Place]:
    """Both programs with every device of the booth at an address in this process: in theirs is nothing emulated.

    They are started as people do, since their memory is looked at. `more`: devices that are opened otherwise.
    """
    world = HostedWorld()
    async with contextlib.AsyncExitStack() as stack:
        addresses = {
            name: await stack.enter_async_context(opened(world)) for name, opened in {**DEVICES, **more}.items()
        }
        slots = "".join(f'[slots.{s}]\nbinding = "{addresses[d]}"\n' for s, d in DEVICE_OF_SLOT.items())
        (home / "probe.toml").write_text(f"{PROFILE}{slots}[deadlines]\n{deadlines}", encoding="utf-8")
        both = ("--profile", "probe.toml", *AT)
        exchange = stack.enter_context(
            started(home, "exchange", "--listen", "127.0.0.1:0", "--data", "vermittlung", *both, anew=True)
        )
        address = await _said(exchange, "Vermittlung bereit")
        url = f"http://{address}"
        booth = stack.enter_context(
            started(home, "booth", "--exchange", url, "--key", "k.pem", "--data", "kabine", *both, anew=True)
        )
        screen = await _said(booth, "Bürgerbüro bereit")
        yield Place(home, world, EmulatedActor(world), exchange, booth, address, screen, stack)


async def _said(program: Program, words: str) -> str:
    line = await asyncio.to_thread(program.until, words)
    return line.rpartition("http://")[2].strip().rstrip("/")


def answers() -> dict[str, str]:
    """What she says: every field that must be filled in, and in each of them nobody ever said the same."""
    return {
        "name": f"Kanarie-{secrets.token_hex(6)}",
        "vorname": f"Vorname-{secrets.token_hex(6)}",
        "geburtsdatum": "12.08.1949",
        "anschrift": f"Freitextweg {secrets.token_hex(8)}",
        "familienstand": "verwitwet",
        "haushaltsmitglieder": "1",
        "gesamtmiete": "412,50",
        "einkommen": "1.020,00",
        "iban": _iban(),
    }


def _iban() -> str:
    number = "".join(secrets.choice("0123456789") for _ in range(18))
    return f"DE{98 - int(f'{number}131400') % 97:02}{number}"


def scribble() -> str:
    """A signature that nobody ever wrote, as a recording."""
    points = [[5 * i, 500 + secrets.randbelow(8000), 500 + secrets.randbelow(5000), 500] for i in range(1, 60)]
    ends = [0, *points[0][1:3], 0], [300, *points[-1][1:3], 0]
    return json.dumps({"title": "Gekritzel", "origin": "test", "points": [ends[0], *points, ends[1]]})


async def talk(place: Place, desk: DeskClient) -> None:
    """She comes in and is answered."""
    await desk.until(lambda d: d.state == "bereit", "bereit", LIMIT_S)
    await place.actor.enter()
    await place.actor.sit()
    await desk.until(lambda d: d.offer, "es klingelt", LIMIT_S)
    desk.accept()
    await desk.until(lambda d: d.leg, "das Gespräch steht", LIMIT_S)


async def apply(place: Place, desk: DeskClient, screen: Screen, said: dict[str, str]) -> None:
    """Papers, form, declaration, signature, handing in: until she has her receipt."""
    await place.actor.feed_papers("mietvertrag")
    desk.scan("Mietvertrag")
    await desk.until(lambda d: d.case.papers and len(d.previews) == 3, "gescannt", LIMIT_S)
    desk.accept_paper(desk.case.papers[0].id)
    desk.open_form(FORM)
    await desk.until(lambda d: d.form, "der Antrag ist offen", LIMIT_S)
    for name, value in said.items():
        desk.set_field(name, value)
        await screen.touch(f"feld:{name}")
        await desk.until(partial(_confirmed, name), name, LIMIT_S)
    desk.ask_check()
    await screen.touch("gelesen")
    await screen.touch("erklaerung")
    await screen.until(lambda view: not view["declaration"])
    for _ in range(SIGNINGS):
        if await _signed(place, desk, screen):
            break
    desk.hand_in()
    await desk.until(lambda d: d.case.form and d.case.form.receipt, "die Eingangsbestätigung", LIMIT_S)


async def _signed(place: Place, desk: DeskClient, screen: Screen) -> bool:
    """False when the pad lost something of it."""
    desk.ask_signature()
    await desk.until(partial(_stands, FormStage.SIGNING), "das Pad ist gefragt", LIMIT_S)
    await screen.until(lambda view: view["signing"])
    await place.actor.sign(scribble())
    await desk.until(lambda d: not _stands(FormStage.SIGNING, d), "unterschrieben", LIMIT_S)
    return _stands(FormStage.SIGNED, desk)


def _stands(stage: FormStage, desk: DeskClient) -> bool:
    return desk.case.form is not None and desk.case.form.stage is stage


def _confirmed(name: str, desk: DeskClient) -> bool:
    form = desk.case.form
    return form is not None and any(entry.id == name and entry.confirmed for entry in form.fields)


async def leave(place: Place, desk: DeskClient, screen: Screen) -> None:
    """The talk ends, she goes, and the booth is free for the next one."""
    desk.hang_up()
    await desk.until(lambda d: d.ended, "das Gespräch ist vorbei", LIMIT_S)
    await place.actor.leave()
    await screen.until(lambda view: view["scene"] == "frei")
    await desk.until(lambda d: d.state == "bereit", "wieder bereit", LIMIT_S)
