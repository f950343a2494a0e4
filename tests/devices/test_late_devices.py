"""Every driver whose device is not there at the start: its slot says what is missing, and works once it comes."""

from __future__ import annotations

import asyncio
import contextlib
import inspect
import re
import socket
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from emulator.booth import DEVICES
from emulator.devices.microphone import open_microphone
from emulator.devices.sound.loudspeaker import open_loudspeaker
from emulator.world.live_world import HostedWorld
from lisa_core.booth.screen.page import PageScreen
from lisa_core.config import late_devices
from lisa_core.config.binding import OpenedSlots, open_slots
from lisa_core.config.drivers import OWN, driver
from lisa_core.config.late_devices import LateDevice, stand_in
from lisa_core.config.profile import Profile, load_profile
from lisa_core.domain.model.errors import AbsentFault, DeviceFault, ProfileError
from lisa_core.domain.model.readings import LampColour
from lisa_core.equipment.media.sound import echo
from lisa_core.equipment.slots.catalogue import DEVICE_OF_SLOT, PROTOCOLS
from lisa_core.equipment.slots.devices import Slots

LIMIT_S = 60.0


async def first(values: Any) -> Any:
    async with contextlib.aclosing(values):
        return await anext(values)


USES: Mapping[str, Callable[[Slots], Awaitable[object]]] = {
    "presence": lambda slots: first(slots.presence.reports()),
    "door": lambda slots: first(slots.door.states()),
    "call_button": lambda slots: first(slots.call_button.states()),
    "privacy_glass": lambda slots: slots.privacy_glass.set(True),
    "lamp": lambda slots: slots.lamp.show(LampColour.GREEN),
    "scanner": lambda slots: slots.scanner.check(),
    "signature_pad": lambda slots: slots.signature_pad.check(),
    "citizen_camera": lambda slots: first(slots.citizen_camera.frames()),
    "document_camera": lambda slots: first(slots.document_camera.frames()),
    "microphone": lambda slots: first(slots.microphone.blocks()),
    "printer": lambda slots: slots.printer.check(),
    "loudspeaker": lambda slots: slots.loudspeaker.check(),
    "camera_head": lambda slots: slots.camera_head.check(),
    "card_reader": lambda slots: first(slots.card_reader.cards()),
}
"""One use of each slot."""


def a_free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def a_profile(home: Path) -> tuple[Profile, dict[str, str]]:
    """All slots bound to places where nothing is yet, and what the emulated devices are to listen on then."""
    listen = {device: str(home / device) for device in DEVICES}
    listen |= {device: f"127.0.0.1:{a_free_port()}" for device in ("scanner", "printer", "card-reader")}
    kinds = {"scanner": "http://{}/eSCL", "printer": "tcp://{}", "microphone": "pcm:{}", "loudspeaker": "pcm:{}"}
    kinds["card-reader"] = "vpcd://{}"
    kinds |= {"citizen-camera": "frames:{}", "document-camera": "frames:{}"}
    lines = ['[profile]\nid = "spaet"\nextends = "emulated"\n']
    for slot, device in DEVICE_OF_SLOT.items():
        lines.append(f'[slots.{slot}]\nbinding = "{kinds.get(device, "{}").format(listen[device])}"\n')
    path = home / "spaet.toml"
    path.write_text("".join(lines), encoding="utf-8")
    return load_profile(str(path)), listen


async def switch_on(stack: contextlib.AsyncExitStack, home: Path, listen: Mapping[str, str]) -> None:
    world = HostedWorld()
    for device in {*DEVICE_OF_SLOT.values()}:
        chosen = "" if device.endswith("camera") else listen[device]
        binding = await stack.enter_async_context(DEVICES[device](world, listen=chosen))
        if device.endswith("camera"):
            (home / device).symlink_to(binding.partition(":")[2])


async def answers(use: Callable[[Slots], Awaitable[object]], slots: Slots) -> None:
    """Wait until the slot works."""
    while True:
        try:
            await use(slots)
            return
        except DeviceFault:
            await asyncio.sleep(0)


def test_each_slot_says_what_is_missing_and_works_when_it_comes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(late_devices, "AGAIN_S", 0.05)
    profile, listen = a_profile(tmp_path)

    async def run() -> None:
        async with contextlib.AsyncExitStack() as stack:
            found: OpenedSlots = await stack.enter_async_context(open_slots(profile, {}, PageScreen(), patient=True))
            assert len(found.missing) == len({*DEVICE_OF_SLOT.values()})
            for slot, use in USES.items():
                with pytest.raises(AbsentFault) as caught:
                    await use(found.slots)
                assert caught.value.retryable
                assert re.match(rf"{profile.path}:\d+: slots\.", str(caught.value)), slot
            await switch_on(stack, tmp_path, listen)
            async with asyncio.timeout(LIMIT_S):
                for use in USES.values():
                    await answers(use, found.slots)
            assert not found.missing

    asyncio.run(run())


@pytest.mark.parametrize("beside", ["echt", "emuliert"])
def test_what_a_real_loudspeaker_says_is_taken_out_of_a_real_microphone(
    beside: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An emulated one is in no room with it: nothing is computed then."""
    made: list[object] = []
    processor = echo._processor
    monkeypatch.setattr(echo, "_processor", lambda: made.append(0) or processor())
    monkeypatch.setattr(late_devices, "FIRST_S", 0.0)
    profile, listen = a_profile(tmp_path)
    if beside == "emuliert":
        slots = {**profile.slots, "loudspeaker": replace(profile.slots["loudspeaker"], binding="emulator")}
        profile = replace(profile, slots=slots)

    async def run() -> None:
        world = HostedWorld()
        async with contextlib.AsyncExitStack() as stack:
            await stack.enter_async_context(open_microphone(world, listen=listen["microphone"]))
            speaker = await stack.enter_async_context(open_loudspeaker(world, listen=listen["loudspeaker"]))
            emulated = {"loudspeaker": speaker}
            found = await stack.enter_async_context(open_slots(profile, emulated, PageScreen(), patient=True))
            async with asyncio.timeout(LIMIT_S):
                await answers(USES["microphone"], found.slots)
                await answers(USES["loudspeaker"], found.slots)
            assert len((await first(found.slots.microphone.blocks())).pcm) == 1920

    asyncio.run(run())
    assert bool(made) is (beside == "echt")


def test_who_is_not_patient_is_told_at_once(tmp_path: Path) -> None:
    profile, _ = a_profile(tmp_path)

    async def run() -> None:
        async with open_slots(profile, {}, PageScreen()):
            raise AssertionError("nothing was to be opened")

    with pytest.raises(DeviceFault, match=r"slots\.presence\.binding: Serieller Anschluss .* gibt es nicht"):
        asyncio.run(run())


def test_what_can_never_be_opened_ends_it_also_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """A binding may lead to nothing at first, and then to what is no device at all."""
    tries = iter([DeviceFault("link.missing", "nichts da", retryable=True), ProfileError("das ist keiner")])

    @contextlib.asynccontextmanager
    async def opened() -> Any:
        raise next(tries)
        yield

    async def run() -> None:
        device = LateDevice("scanner", opened)
        async with asyncio.timeout(LIMIT_S):
            await device.hold()

    monkeypatch.setattr(late_devices, "AGAIN_S", 0.0)
    with pytest.raises(ProfileError, match="das ist keiner"):
        asyncio.run(run())


@pytest.mark.parametrize("slot", [slot for slot in PROTOCOLS if slot != "screen"])
def test_what_stands_in_can_all_that_the_slot_can(slot: str) -> None:
    protocol = PROTOCOLS[slot]
    stands = stand_in(protocol, lambda: None)
    for name, method in vars(protocol).items():
        if not name.startswith("_"):
            waits = inspect.iscoroutinefunction(method)
            check = inspect.iscoroutinefunction if waits else inspect.isasyncgenfunction
            assert check(getattr(stands, name)), name


def test_every_driver_says_what_it_serves_and_how_it_reads_its_address() -> None:
    for name in OWN:
        declared = driver(name)
        assert declared.name == name
        assert declared.serves
        assert declared.opened is None or declared.binding.forms
        assert all(option.text for served in declared.serves for option in declared.options_for(served.protocol))
