"""The contract of a leg, kept by WebRTC and by memory alike."""

from __future__ import annotations

import asyncio
import contextlib
import io
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest
from aiortc import RTCPeerConnection
from numpy.typing import NDArray
from PIL import Image

from lisa_core.domain.model.errors import DeviceFault, ProtocolError
from lisa_core.equipment.media import peer
from lisa_core.equipment.media.call import RtcMedia
from lisa_core.equipment.media.memory_call import MemoryMedia
from lisa_core.equipment.slots.call import BoothLeg, DeskLeg, MediaFactory
from lisa_core.harness.loop.virtual_loop import VirtualLoop
from tests.media.booths import LIMIT_S, ChartCamera, HummingMicrophone, chart, pixels, plain, until

GREEN = (40, 160, 60)
FACTORIES: dict[str, Callable[[], MediaFactory]] = {"webrtc": RtcMedia, "memory": MemoryMedia}


@dataclass
class Booth:
    media: MediaFactory
    citizen: ChartCamera = field(default_factory=lambda: ChartCamera(plain(320, 240, GREEN)))
    table: ChartCamera = field(default_factory=lambda: ChartCamera(chart()))
    microphone: HummingMicrophone = field(default_factory=HummingMicrophone)

    async def ends(self, agent: str = "Petra Beispiel") -> tuple[BoothLeg, DeskLeg]:
        booth = await self.media.booth_leg(self.citizen, self.table, self.microphone)
        return booth, await self.media.desk_leg(agent)

    @contextlib.asynccontextmanager
    async def leg(self, agent: str = "Petra Beispiel") -> AsyncIterator[tuple[BoothLeg, DeskLeg]]:
        """A connected leg."""
        booth, desk = await self.ends(agent)
        try:
            await booth.accept(await desk.answer(await booth.offer()))
            await booth.connected(LIMIT_S)
            yield booth, desk
        finally:
            await asyncio.gather(booth.aclose(), desk.aclose())


def run(scenario: Callable[[Booth], Awaitable[None]], kind: str) -> None:
    """Play a scenario; afterwards no task is left and nothing was said to the loop's exception handler."""

    async def play() -> None:
        said: list[dict[str, Any]] = []
        asyncio.get_running_loop().set_exception_handler(lambda _, context: said.append(context))
        before = asyncio.all_tasks()
        await scenario(Booth(FACTORIES[kind]()))
        assert asyncio.all_tasks() == before
        assert not said

    with asyncio.Runner(loop_factory=VirtualLoop if kind == "memory" else None) as runner:
        runner.run(play())


@pytest.fixture(params=FACTORIES)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_pictures_and_voices_reach_the_other_end(kind: str) -> None:
    async def scenario(room: Booth) -> None:
        async with room.leg() as (booth, desk):
            seen = await desk.first_citizen_frame(LIMIT_S)
            assert (seen.width, seen.height) == (320, 240)
            assert difference(pixels(seen), room.citizen.picture) < 6

            async for jpeg in booth.faces():
                assert max(Image.open(io.BytesIO(jpeg)).size) <= 960
                break
            age_us = booth.last_frame_age_us()
            assert age_us is not None
            assert age_us < LIMIT_S * 1_000_000

            assert desk.voice_level() < 0.01
            room.microphone.speaking = True
            await until(lambda: desk.voice_level() > 0.03)
            room.microphone.speaking = False
            await until(lambda: desk.voice_level() < 0.01)
            desk.speak(LIMIT_S)
            await until(lambda: booth.voice_level() > 0.03)
            assert booth.fault is None

    run(scenario, kind)


def test_papers_are_legible_at_the_desk(kind: str) -> None:
    async def scenario(room: Booth) -> None:
        async with room.leg() as (_, desk):
            await desk.first_document_frame(LIMIT_S)
            await until(lambda: agreement(desk, room.table.picture) > 0.999)

    run(scenario, kind)


def test_a_guarded_booth_lets_nothing_of_table_and_voice_out(kind: str) -> None:
    async def scenario(room: Booth) -> None:
        room.microphone.speaking = True
        async with room.leg() as (booth, desk):
            await until(lambda: desk.document_frame() is not None and desk.voice_level() > 0.03)
            booth.mute(True)
            booth.document_shown = False
            await until(lambda: desk.document_frame() is None and desk.voice_level() < 0.01)
            with pytest.raises(DeviceFault, match="Kein Bild der Unterlagen"):
                await desk.first_document_frame(0.2)
            booth.mute(False)
            booth.document_shown = True
            await until(lambda: agreement(desk, room.table.picture) > 0.9 and desk.voice_level() > 0.03)

    run(scenario, kind)


def test_after_a_transfer_only_the_second_desk_sees(kind: str) -> None:
    async def scenario(room: Booth) -> None:
        async with room.leg() as (_, first):
            await first.first_citizen_frame(LIMIT_S)
        assert first.citizen_frame() is None
        until_then = first.frames()
        async with room.leg("Jana Muster") as (_, second):
            await second.first_citizen_frame(LIMIT_S)
            await second.first_document_frame(LIMIT_S)
            assert first.frames() == until_then

    run(scenario, kind)


def test_a_desk_that_hangs_up_is_noticed(kind: str) -> None:
    async def scenario(room: Booth) -> None:
        async with room.leg() as (booth, desk):
            await until(lambda: booth.last_frame_age_us() is not None)
            await desk.aclose()
            if kind == "webrtc":
                await until(lambda: booth.fault is not None)
                assert str(booth.fault and booth.fault.code) == "call.lost"
                async with asyncio.timeout(LIMIT_S):
                    async for _ in booth.faces():
                        pass  # its last picture at most: whoever shows them learns that no more will come
            else:
                assert [jpeg async for jpeg in booth.faces()] == []

    run(scenario, kind)


@pytest.mark.parametrize("stage", ["made", "offered", "answered", "accepted", "connecting", "cancelled"])
def test_an_end_may_be_closed_at_any_moment(kind: str, stage: str) -> None:
    async def scenario(room: Booth) -> None:
        booth, desk = await room.ends()
        await advance(booth, desk, stage)
        await booth.aclose()
        await desk.aclose()
        await booth.aclose()

    run(scenario, kind)


def test_a_connection_that_does_not_close_keeps_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    stuck: list[RTCPeerConnection] = []

    async def never(connection: RTCPeerConnection) -> None:
        stuck.append(connection)
        await asyncio.get_running_loop().create_future()

    async def scenario(room: Booth) -> None:
        booth, desk = await room.ends()
        await advance(booth, desk, "accepted")
        await booth.connected(LIMIT_S)
        with monkeypatch.context() as patched:
            patched.setattr(peer, "CLOSE_S", 0.1)
            patched.setattr(RTCPeerConnection, "close", never)
            async with asyncio.timeout(LIMIT_S):
                await asyncio.gather(booth.aclose(), desk.aclose())
        await asyncio.gather(*(connection.close() for connection in stuck))
        assert len(stuck) == 2

    run(scenario, "webrtc")


async def advance(booth: BoothLeg, desk: DeskLeg, stage: str) -> None:
    if stage == "made":
        return
    offer = await booth.offer()
    if stage == "offered":
        return
    answer = await desk.answer(offer)
    if stage == "answered":
        return
    await booth.accept(answer)
    if stage == "connecting":
        with contextlib.suppress(DeviceFault):
            await booth.connected(0.02)
    if stage == "cancelled":
        await booth.connected(LIMIT_S)
        closing = asyncio.create_task(booth.aclose())
        await asyncio.sleep(0)
        closing.cancel()
        await asyncio.gather(closing, return_exceptions=True)


def test_a_leg_that_nobody_answers_is_unreachable(kind: str) -> None:
    async def scenario(room: Booth) -> None:
        booth, desk = await room.ends()
        await booth.offer()
        with pytest.raises(DeviceFault) as raised:
            await booth.connected(0.1)
        assert raised.value.code == "call.unreachable"
        await asyncio.gather(booth.aclose(), desk.aclose())

    run(scenario, kind)


@pytest.mark.parametrize("text", ["", "memory:99", "v=0\r\n", "v=0\r\nm=video 9 RTP/AVP x\r\n", "\0" * 20])
def test_what_is_no_description_is_refused(kind: str, text: str) -> None:
    async def scenario(room: Booth) -> None:
        booth, desk = await room.ends()
        await booth.offer()
        with pytest.raises(ProtocolError):
            await desk.answer(text)
        with pytest.raises(ProtocolError):
            await booth.accept(text)
        await asyncio.gather(booth.aclose(), desk.aclose())

    run(scenario, kind)


def test_a_broken_camera_is_told_and_the_call_goes_on(kind: str) -> None:
    async def scenario(room: Booth) -> None:
        room.table = BrokenCamera(room.table.picture)
        async with room.leg() as (booth, desk):
            await desk.first_citizen_frame(LIMIT_S)
            await until(lambda: booth.fault is not None)
            assert str(booth.fault and booth.fault.code) == "camera.frozen"

    run(scenario, kind)


class BrokenCamera(ChartCamera):
    async def frames(self) -> AsyncIterator[Any]:
        for fault in (DeviceFault("camera.frozen", "no new picture", retryable=True),):
            raise fault
        yield


def difference(a: NDArray[np.uint8], b: NDArray[np.uint8]) -> float:
    return float(np.abs(a.astype(np.int16) - b).mean())


def agreement(desk: DeskLeg, source: NDArray[np.uint8]) -> float:
    """The share of pixels that are on the same side of grey as in the source."""
    frame = desk.document_frame()
    if frame is None or pixels(frame).shape != source.shape:
        return 0.0
    return float(((pixels(frame) > 127) == (source > 127)).mean())
