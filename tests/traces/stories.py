"""What is done with each device, once at the emulated one while it is recorded, and again with the recording alone."""

from __future__ import annotations

import asyncio
import contextlib
import io
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image

from emulator.booth import opened
from emulator.paper.paper import pages_of
from emulator.world.live_world import HostedWorld
from lisa_core.config.drivers import driver
from lisa_core.domain.model.readings import DeviceIdentity, HeadPosition, HeadPreset, LampColour, ScanSettings
from lisa_core.equipment.lines.tapped.tap import tapped
from lisa_core.equipment.slots.driver import Given, chosen
from lisa_core.equipment.slots.origin import Origin
from lisa_core.equipment.traces.exercise import TEST_PAGE
from lisa_core.equipment.traces.keepers import Ring, whole_text
from lisa_core.equipment.traces.session import TapSession
from lisa_core.harness.loop.virtual_loop import VirtualLoop

Act = Callable[..., Awaitable[None]]
Told = list[object]
CANARY = "Erika Muster"


@dataclass(frozen=True, slots=True)
class Story:
    """One device: how it is opened, and what is done with it; the story returns what its driver told."""

    device: str
    driver: str
    tell: Callable[[Any, Act], Awaitable[Told]]
    slots: Mapping[str, Given]
    listen: str = ""
    options: Given = field(default_factory=dict)


async def _presence(radar: Any, act: Act) -> Told:
    told: Told = [await radar.identify()]
    async with aclosing(radar.reports()) as reports:
        told.append((await anext(reports)).present)
        await act("enter")
        while not (await anext(reports)).present:
            pass
        await act("leave")
        while (await anext(reports)).present:
            pass
    return told


async def _door(unit: Any, act: Act) -> Told:
    door = unit.contact(1, inverted=True)
    lamp, glass = unit.lamp(2, 3, 4), unit.switch(1)
    told: Told = [await unit.identify()]
    async with aclosing(door.states()) as states:
        told.append(await anext(states))
        await lamp.show(LampColour.GREEN)
        await act("open_door")
        told.append(await anext(states))
        await glass.set(True)
        await lamp.show(LampColour.RED)
        await act("close_door")
        told.append(await anext(states))
    return told


async def _scanner(scanner: Any, act: Act) -> Told:
    told: Told = [await scanner.identify(), await scanner.check()]
    await act("feed", pages=pages_of("mietvertrag"))
    told.append(await scanner.check())
    async with aclosing(scanner.scan(ScanSettings(resolution_dpi=75))) as pages:
        async for page in pages:
            told.append((page.media_type, size_of(page.data)))
    return told


def size_of(picture: bytes) -> tuple[int, int]:
    """The size of a picture that can be decoded whole."""
    image = Image.open(io.BytesIO(picture))
    image.load()
    return image.size


async def _pad(pad: Any, act: Act) -> Told:
    told: Told = [await pad.info(), await pad.identify()]

    async def person() -> None:
        await pad.armed.wait()
        await act("sign", recording="kreuz")

    signing = asyncio.create_task(person())
    downs = 0
    async with aclosing(pad.capture()) as capture:
        async for seen in capture:
            downs += seen.down
            if downs > 20 and not seen.near:
                break
    await signing
    await pad.clear()
    return [*told, downs > 20]


async def _printer(printer: Any, act: Act) -> Told:
    await printer.check()
    await printer.hand_out(TEST_PAGE + CANARY.encode() + b"\n%%EOF\n", f"Antrag {CANARY}")
    return ["gedruckt"]


async def _head(head: Any, act: Act) -> Told:
    told: Told = [await head.identify(), await head.recall(HeadPreset.HOME)]
    return [*told, await head.aim(HeadPosition(200, -100, 300))]


async def _cards(reader: Any, act: Act) -> Told:
    async with aclosing(reader.cards()) as cards:
        told: Told = [await anext(cards)]
        await act("lay_card", card="ausweis")
        told.append(await anext(cards))
        await act("take_cards")
        told.append(await anext(cards))
    return told


BUS: Mapping[str, Given] = {
    "door": {"channel": 1, "inverted": True},
    "privacy_glass": {"channel": 1},
    "lamp": {"red": 2, "yellow": 3, "green": 4},
}
STORIES: Mapping[str, Story] = {
    "radar": Story("presence", "hlk-ld2410", _presence, {"presence": {}}),
    "tracking radar": Story("tracking-radar", "hlk-ld2450", _presence, {"presence": {}}),
    "door": Story("door", "modbus-io", _door, BUS),
    "door on a network": Story("door", "modbus-io", _door, BUS, listen="tcp://127.0.0.1:0"),
    "scanner": Story("scanner", "escl", _scanner, {"scanner": {}}),
    "pad": Story("signature-pad", "wacom-stu", _pad, {"signature_pad": {}}),
    "pad on USB": Story("signature-pad", "wacom-stu", _pad, {"signature_pad": {}}, listen="usbip://127.0.0.1:0"),
    "printer": Story("printer", "raw-print", _printer, {"printer": {}}, options={"answer_s": 60.0}),
    "printer by IPP": Story("ipp-printer", "ipp", _printer, {"printer": {}}),
    "head": Story("camera-head", "visca", _head, {"camera_head": {}}),
    "head on a network": Story("camera-head", "visca", _head, {"camera_head": {}}, listen="udp://127.0.0.1:0"),
    "cards": Story("card-reader", "pcsc", _cards, {"card_reader": {}}),
}


def record(story: Story, path: Path) -> Told:
    """Tell the story at the emulated device; its recording is written to `path`."""
    told, text = asyncio.run(asyncio.wait_for(recorded(story), 60))
    path.write_text(text, encoding="utf-8")
    return told


def replay(story: Story, binding: str, *, acts: bool = True) -> Told:
    """Tell it again with the recording in the place of the device; in virtual time, so that no second is waited."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(asyncio.wait_for(replayed(story, binding, acts=acts), 300))


async def recorded(story: Story) -> tuple[Told, str]:
    """What the story told, and its recording as text."""
    world, session = HostedWorld(), TapSession(Ring)

    async def act(name: str, **args: Any) -> None:
        session.act(name)
        await world.act(name, **args)

    async with opened(story.device, world, listen=story.listen) as address:
        recorder = session.listens(story.slots, story.driver, address, emulated=True)
        with tapped(recorder):
            opening = opened_driver(story, address)
            device = await opening.__aenter__()
        try:
            told = await story.tell(device, act)
        finally:
            await opening.__aexit__(None, None, None)
    [kept] = session.recorded
    head = kept.head(Origin.EMULATED.value, DeviceIdentity("LISA", story.device))
    return told, whole_text(head, kept.ring.entries)


async def replayed(story: Story, binding: str, *, acts: bool = True) -> Told:
    session = TapSession(acts=acts)

    async def act(name: str, **args: Any) -> None:
        session.act(name)

    async with played(story, session, binding) as device:
        told = await story.tell(device, act)
    return [*told, *session.shortfalls]


@contextlib.asynccontextmanager
async def played(story: Story, session: TapSession, binding: str) -> AsyncIterator[Any]:
    found = session.plays(binding)
    opening = opened_driver(story, found.address(driver(story.driver).binding))
    with tapped(found.player):
        device = await opening.__aenter__()
    try:
        yield device
    finally:
        await opening.__aexit__(None, None, None)


def opened_driver(story: Story, address: str) -> contextlib.AbstractAsyncContextManager[Any]:
    declared = driver(story.driver)
    assert declared.opened is not None
    return declared.opened(address, chosen(declared.options, story.options))
