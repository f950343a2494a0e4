"""The cameras and the microphone of the booth: from the world through pyvirtualcam to our driver."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from emulator.devices.camera import (
    DOCUMENT,
    citizen_picture,
    document_picture,
    open_citizen_camera,
    open_document_camera,
    open_view,
)
from emulator.devices.microphone import open_microphone
from emulator.devices.scenery import DocumentKey, Picture, citizen_key, draw_citizen, draw_document
from emulator.devices.virtualcam import load_pyvirtualcam, writer_at
from emulator.world.live_world import HostedWorld
from emulator.world.world import Person, World
from lisa_core.domain.model.errors import DeviceFault, HarnessError, ProfileError
from lisa_core.domain.model.frames import AudioBlock, Frame
from lisa_core.equipment.lines.frames import FrameReader, FrameWriter
from lisa_core.equipment.media import camera as driver
from lisa_core.equipment.media.camera import open_camera
from lisa_core.equipment.media.microphone import open_microphone as open_microphone_driver

LIMIT_S = 60.0
BELOW_MARK = 60
"""The rows above hold the running number."""


def test_the_camera_sees_who_comes_in() -> None:
    async def look() -> None:
        world = HostedWorld()
        async with filming(open_citizen_camera(world)) as frames:
            empty = await frame_like(frames, draw_citizen(citizen_key(world.state, 0)))
            await world.act("open_door")
            await world.act("enter")
            key = citizen_key(world.state, 0)
            entered = await frame_like(frames, draw_citizen(key))
            assert entered.at_us > empty.at_us
            following = await anext(frames)
            assert following.rgb != entered.rgb

    asyncio.run(look())


def test_the_camera_over_the_table_sees_each_pixel_of_a_page() -> None:
    async def look() -> None:
        world = HostedWorld()
        async with filming(open_document_camera(world)) as frames:
            await frame_like(frames, draw_document(DocumentKey("")))
            await world.act("show", document="mietvertrag")
            await frame_like(frames, draw_document(DocumentKey("mietvertrag")))
            await world.act("take_papers")
            await frame_like(frames, draw_document(DocumentKey("")))

    asyncio.run(look())


def test_a_camera_at_which_nobody_looks_makes_no_picture() -> None:
    drawn: list[Any] = []

    def draw(key: DocumentKey) -> Picture:
        drawn.append(key)
        return draw_document(key)

    async def look() -> None:
        world = HostedWorld()
        async with open_view(world, replace(DOCUMENT, draw=draw)) as binding:
            file = writer_at(binding.removeprefix("frames:"))
            assert file is not None
            await world.act("show", document="mietvertrag")
            async with open_camera(binding, {}) as opened, contextlib.aclosing(opened.frames()) as frames:
                first = await anext(frames)
                assert drawn == [DocumentKey("mietvertrag")], "nothing was drawn before, and nothing else is seen"
            async with asyncio.timeout(LIMIT_S):
                while file.offers:
                    await asyncio.sleep(0)
            await world.act("take_papers")
            async with open_camera(binding, {}) as opened, contextlib.aclosing(opened.frames()) as frames:
                later = await anext(frames)
            assert drawn[1:] == [DocumentKey("")]
            assert later.rgb != first.rgb, "the page of before is not seen again"

    asyncio.run(look())


def test_nothing_is_left_of_a_camera_and_its_reader_is_told(tmp_path: Path) -> None:
    async def look() -> None:
        async with contextlib.AsyncExitStack() as filmed:
            binding = await filmed.enter_async_context(open_citizen_camera(HostedWorld()))
            path = Path(binding.removeprefix("frames:"))
            async with open_camera(binding, {}) as camera:
                frames = camera.frames()
                await anext(frames)
                await filmed.aclose()
                with pytest.raises(DeviceFault) as raised:
                    await exhausted(frames)
        assert raised.value.code == "camera.lost"
        assert not await asyncio.to_thread(path.parent.exists)

    asyncio.run(look())


def test_a_camera_that_is_plugged_in_again_films_on(tmp_path: Path) -> None:
    async def look() -> None:
        path = str(tmp_path / "camera")
        writer = FrameWriter(path, 8, 8)
        writer.write(bytes(8 * 8 * 3), 1)
        async with open_camera(f"frames:{path}", {}) as camera:
            frames = camera.frames()
            await anext(frames)
            writer.close()
            with pytest.raises(DeviceFault, match="Sie wieder anschließen"):
                await exhausted(frames)
            with pytest.raises(DeviceFault) as raised:
                await exhausted(camera.frames())
            assert raised.value.code == "camera.missing"
            with closing(FrameWriter(path, 16, 8)) as back:
                back.write(bytes(16 * 8 * 3), 2)
                async with contextlib.aclosing(camera.frames()) as again:
                    assert (await anext(again)).width == 16

    asyncio.run(look())


def test_a_video_source_that_has_ended_is_opened_anew() -> None:
    async def look() -> None:
        async with open_camera("video:testsrc=size=32x16:rate=30:duration=0.1", {"format": "lavfi"}) as camera:
            for _ in range(2):
                with pytest.raises(DeviceFault) as raised:
                    await exhausted(camera.frames())
                assert raised.value.code == "camera.lost"

    asyncio.run(look())


def test_a_camera_that_stands_still_is_frozen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver, "FROZEN_S", 0.05)
    monkeypatch.setattr(driver, "LEAST_LOOKS", 3)

    async def look() -> None:
        path = str(tmp_path / "camera")
        with closing(FrameWriter(path, 8, 8)) as writer:
            writer.write(bytes(8 * 8 * 3), 1)
            async with open_camera(f"frames:{path}", {}) as camera:
                with pytest.raises(DeviceFault) as raised:
                    assert [frame.at_us async for frame in camera.frames()] == [1]
        assert raised.value.code == "camera.frozen"

    asyncio.run(look())


@pytest.mark.parametrize(
    ("binding", "code"),
    [
        ("frames:/nowhere/camera", "camera.missing"),
        ("video:/nowhere/video0", "camera.missing"),
        ("frames:/dev", "camera.format"),
        ("frames:/dev/null", "camera.format"),
    ],
)
def test_a_camera_that_is_not_there_is_told(binding: str, code: str) -> None:
    async def look() -> None:
        async with open_camera(binding, {}):
            raise AssertionError("nothing was to be opened")

    with pytest.raises(DeviceFault) as raised:
        asyncio.run(look())
    assert raised.value.code == code


@pytest.mark.parametrize("binding", ["usb:1", "frames:", "/dev/video0"])
def test_what_can_be_no_camera_is_told(binding: str) -> None:
    async def look() -> None:
        async with open_camera(binding, {}):
            raise AssertionError("nothing was to be opened")

    with pytest.raises(ProfileError, match="video:/dev/video0"):
        asyncio.run(look())


def test_a_video_source_is_read_in_its_own_thread() -> None:
    """libavfilter's test picture stands for /dev/videoN: the same reading, another format."""

    async def look() -> Frame:
        options = {"format": "lavfi"}
        async with open_camera("video:testsrc=size=320x240:rate=30", options) as camera:
            frames = camera.frames()
            first = await anext(frames)
            async with asyncio.timeout(LIMIT_S):
                second = await anext(frames)
        assert first.rgb != second.rgb
        return second

    frame = asyncio.run(look())
    assert (frame.width, frame.height, len(frame.rgb)) == (320, 240, 320 * 240 * 3)


def test_any_program_may_film_with_pyvirtualcam(tmp_path: Path) -> None:
    path = str(tmp_path / "camera")
    pyvirtualcam = load_pyvirtualcam()
    picture = np.arange(32 * 16 * 3, dtype=np.uint8).reshape(16, 32, 3)
    with (
        pyvirtualcam.Camera(32, 16, 15, backend="lisa", device=path) as camera,
        closing(FrameReader(path)) as reader,
    ):
        camera.send(picture)
        frame = reader.read()
        assert frame is not None
        assert (frame.width, frame.height, frame.rgb) == (32, 16, picture.tobytes())
        assert (camera.device, camera.native_fmt) == (path, pyvirtualcam.PixelFormat.RGB)


@pytest.mark.parametrize(
    ("wish", "said"), [({"device": "x", "fmt": "BGR"}, "PixelFormat.RGB"), ({}, "path of the frame file")]
)
def test_the_backend_refuses_what_it_cannot(wish: dict[str, Any], said: str) -> None:
    pyvirtualcam = load_pyvirtualcam()
    if "fmt" in wish:
        wish = {**wish, "fmt": pyvirtualcam.PixelFormat[wish["fmt"]]}
    with pytest.raises(RuntimeError, match=said):
        pyvirtualcam.Camera(32, 16, 15, backend="lisa", **wish)


def test_a_missing_loopback_device_is_told() -> None:
    async def look() -> None:
        async with open_citizen_camera(HostedWorld(), listen="/dev/video99"):
            raise AssertionError("there is no such device")

    with pytest.raises(HarnessError, match="/dev/video99"):
        asyncio.run(look())


def test_pictures_depend_on_the_world_alone() -> None:
    world = World(people=(Person(80, seated=True),), table="mietvertrag", voice_until_us=10)
    assert citizen_picture(world, 5) == citizen_picture(world, 5)
    assert citizen_picture(world, 5).rgb != citizen_picture(World(), 5).rgb
    assert document_picture(world, 5).rgb != document_picture(World(), 5).rgb


def quiet(block: AudioBlock) -> bool:
    """No more than the last bit stirs."""
    return int(np.abs(np.frombuffer(block.pcm, "<i2")).max()) <= 1


def test_the_microphone_hears_a_voice_only_while_somebody_speaks() -> None:
    async def listen() -> None:
        world = HostedWorld()
        async with open_microphone(world) as binding, open_microphone_driver(binding, {}) as microphone:
            blocks = microphone.blocks()
            assert quiet(await anext(blocks))
            await world.act("speak", duration_us=100_000)
            async with asyncio.timeout(LIMIT_S):
                while quiet(await anext(blocks)):
                    """Blocks that were on their way."""
                while not quiet(await anext(blocks)):
                    """She speaks for a tenth of a second."""
        with pytest.raises(DeviceFault) as raised:
            await exhausted(blocks)
        assert raised.value.code == "microphone.lost"

    asyncio.run(listen())


@contextlib.asynccontextmanager
async def filming(opened: AbstractAsyncContextManager[str]) -> AsyncIterator[AsyncIterator[Frame]]:
    async with opened as binding, open_camera(binding, {}) as camera:
        yield camera.frames()


async def frame_like(frames: AsyncIterator[Frame], wanted: np.ndarray[Any, np.dtype[np.uint8]]) -> Frame:
    """Wait for a picture that is `wanted` to the pixel, but for the running number."""
    async with asyncio.timeout(LIMIT_S):
        async for frame in frames:
            seen = np.frombuffer(frame.rgb, np.uint8).reshape(frame.height, frame.width, 3)
            if np.array_equal(seen[BELOW_MARK:], wanted[BELOW_MARK:]):
                return frame
    raise AssertionError("the camera ended")


async def exhausted(device: AsyncIterator[Any]) -> None:
    """Read on until the device says that it is over."""
    async with asyncio.timeout(LIMIT_S):
        async for _ in device:
            """What was still on its way."""
