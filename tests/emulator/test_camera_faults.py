"""Cameras that show nothing, and a screen that is dark: the model and the device on its wire are missed alike."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import AsyncExitStack, aclosing, asynccontextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator import memory
from emulator.devices.camera import open_citizen_camera
from emulator.devices.kiosk import open_kiosk
from emulator.world.live_world import HostedWorld
from lisa_core.booth.screen import page
from lisa_core.booth.screen.page import PageScreen
from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.frames import Frame
from lisa_core.domain.model.screen import NOTHING_TOUCHED, ScreenScene, ScreenView, Touch
from lisa_core.equipment.media import camera as driver
from lisa_core.equipment.media.camera import Seeing, is_plain, open_camera
from lisa_core.equipment.slots.catalogue import FAULTS
from lisa_core.equipment.slots.devices import Camera
from lisa_core.web.asgi import listening_socket, serve

DEVICE = "citizen-camera"
TOLD = sorted(name for name, fault in FAULTS.items() if name.startswith(f"{DEVICE}.") and fault.code)
SOON_S = 0.1
SIZE = (120, 100)


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name in ((driver, "BLANK_S"), (driver, "STILL_S"), (memory, "SILENT_S"), (page, "DARK_S")):
        monkeypatch.setattr(module, name, SOON_S)
    monkeypatch.setattr(driver, "GONE_LOOKS", 2)
    monkeypatch.setattr(driver, "FROZEN_S", 3 * SOON_S)
    monkeypatch.setattr(driver, "LEAST_LOOKS", 10)


@asynccontextmanager
async def _on_the_wire(world: HostedWorld) -> AsyncIterator[Camera]:
    async with open_citizen_camera(world) as address, open_camera(address, {}) as camera:
        yield camera


@asynccontextmanager
async def _in_memory(world: HostedWorld) -> AsyncIterator[Camera]:
    yield memory.MemoryCamera(world, table=False)


@pytest.mark.parametrize("opened", [_on_the_wire, _in_memory])
@pytest.mark.parametrize("name", TOLD)
def test_a_camera_that_shows_nothing_is_told_and_shows_again_when_it_is_well(name: str, opened: object) -> None:
    async def look() -> None:
        world = HostedWorld()
        async with AsyncExitStack() as stack, asyncio.timeout(60):
            camera = await stack.enter_async_context(opened(world))  # type: ignore[operator]  # one of the two above
            async with aclosing(camera.frames()) as frames:
                assert (await anext(frames)).width == 960
                await world.act("fail", fault=name)
                with pytest.raises(DeviceFault) as raised:
                    await _exhausted(frames)
            assert raised.value.code == FAULTS[name].code
            with pytest.raises(DeviceFault):
                await _exhausted(camera.frames())
            await world.act("heal", fault=name)
            assert (await _seen(camera, 960)).height == 540

    asyncio.run(look())


@pytest.mark.parametrize("opened", [_on_the_wire, _in_memory])
def test_pictures_of_another_size_go_on_as_they_are(opened: object) -> None:
    async def look() -> None:
        world = HostedWorld()
        async with AsyncExitStack() as stack, asyncio.timeout(60):
            camera = await stack.enter_async_context(opened(world))  # type: ignore[operator]  # one of the two above
            for act, width in (("fail", 480), ("heal", 960)):
                await world.act(act, fault=f"{DEVICE}.groesse")
                frame = await _seen(camera, width)
                assert len(frame.rgb) == frame.width * frame.height * 3

    asyncio.run(look())


async def _exhausted(frames: AsyncGenerator[Frame, None]) -> None:
    async for _ in frames:
        pass


async def _seen(camera: Camera, width: int) -> Frame:
    """A picture so wide, by then; one that is opened anew may not be there at once."""
    while True:
        try:
            async with aclosing(camera.frames()) as frames:
                async for frame in frames:
                    if frame.width == width:
                        return frame
        except DeviceFault:
            await asyncio.sleep(0)


class _Reel:
    def __init__(self, pictures: list[bytes]) -> None:
        self._pictures = pictures

    async def frames(self) -> AsyncGenerator[Frame, None]:
        for rgb in self._pictures:
            yield Frame(*SIZE, rgb, 0)


@settings(max_examples=20)
@given(st.binary(min_size=3, max_size=3), st.integers(0, SIZE[0] * SIZE[1] - 1))
def test_one_colour_is_no_picture_and_whatever_differs_is_one(colour: bytes, at: int) -> None:
    plain = colour * SIZE[0] * SIZE[1]
    other = bytearray(plain)
    other[at * 3] ^= 1
    noisy = bytes((value + number * 7 % 5) % 256 for number, value in enumerate(plain))

    async def shown() -> list[bytes]:
        return [frame.rgb async for frame in Seeing(_Reel([plain, noisy, plain, bytes(other)]), "x").frames()]

    assert is_plain(plain)
    assert not is_plain(noisy)
    seen = asyncio.run(shown())
    assert noisy in seen
    assert plain not in seen


def test_a_screen_that_is_dark_is_told_and_what_it_shows_then_is_what_is_true_then() -> None:
    async def look() -> None:
        world, screen = HostedWorld(), PageScreen()
        async with (
            asyncio.timeout(60),
            serve(screen.app, listening_socket("127.0.0.1", 0)) as address,
            open_kiosk(world, f"http://{address}/") as shown,
        ):
            touches = screen.touches()
            await world.act("fail", fault="screen.stumm")
            with pytest.raises(DeviceFault) as raised:
                await anext(touches)
            assert raised.value.code == FAULTS["screen.stumm"].code
            assert shown() == {}
            await screen.show(ScreenView(ScreenScene.TALK, "Willkommen", "Neu"))
            await world.act("heal", fault="screen.stumm")
            assert await _touched(screen) is NOTHING_TOUCHED
            while not shown():
                await asyncio.sleep(0)
            assert shown()["title"] == "Willkommen"

    asyncio.run(look())


async def _touched(screen: PageScreen) -> Touch:
    while True:
        try:
            return await anext(screen.touches())
        except DeviceFault:
            await asyncio.sleep(0)
