"""The camera over the table: the newest wish counts, a refusal is told once, and it comes home when it can."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.memory import MemoryHead
from emulator.world.live_world import HostedWorld
from lisa_core.booth.sensors import Watch
from lisa_core.booth.table_camera import AGAIN_S, SLOT, TableCamera, aimed
from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.readings import HEAD_MOST, Aim, HeadPosition
from lisa_core.equipment.slots.head_faults import HEAD_FAULTS
from lisa_core.harness.loop.virtual_loop import VirtualLoop

NEAR, NEARER = HeadPosition(zoom=250), HeadPosition(zoom=500)


class _Booth:
    """A camera with what it has told, and whether it is missed."""

    def __init__(self) -> None:
        self.world = HostedWorld()
        self.told: asyncio.Queue[HeadPosition | DeviceFault] = asyncio.Queue()
        self.heard: list[tuple[str, bool]] = []
        watch = Watch(lambda slot, answers: self.heard.append((slot, answers)))
        self.camera = TableCamera(MemoryHead(self.world), watch, self.told.put_nowait)

    async def tells_nothing(self, within_s: float) -> None:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(within_s):
                await self.told.get()

    async def __aenter__(self) -> _Booth:
        self.running = asyncio.create_task(self.camera.run())
        return self

    async def __aexit__(self, *exc: object) -> None:
        self.running.cancel()
        await asyncio.gather(self.running, return_exceptions=True)


def test_the_newest_wish_counts() -> None:
    async def scenario() -> None:
        async with _Booth() as booth:
            for aim in (Aim.NEARER, Aim.NEARER, Aim.FURTHER, Aim.NEARER):
                booth.camera.aim(aim)
            assert await booth.told.get() == NEARER == booth.camera.at
            booth.camera.aim(Aim.RIGHT)
            booth.camera.home()
            assert await booth.told.get() == HeadPosition()

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(scenario())


def test_a_refusal_is_told_once_and_it_comes_home_when_it_can() -> None:
    async def scenario(fault: str, code: str) -> None:
        async with _Booth() as booth:
            booth.camera.aim(Aim.NEARER)
            assert await booth.told.get() == NEAR
            await booth.world.act("fail", fault=fault)
            booth.camera.home()
            refusal = await booth.told.get()
            assert isinstance(refusal, DeviceFault)
            assert refusal.code == code
            await booth.tells_nothing(5 * AGAIN_S)
            assert not booth.heard, "it answers: it is not gone"
            await booth.world.act("heal", fault=fault)
            assert await booth.told.get() == HeadPosition()

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        for fault in HEAD_FAULTS:
            runner.run(scenario(fault.name, fault.code))


def test_one_that_was_gone_comes_home_as_soon_as_it_is_back() -> None:
    async def scenario() -> None:
        async with _Booth() as booth:
            booth.camera.aim(Aim.NEARER)
            assert await booth.told.get() == NEAR
            await booth.world.act("silence", device="camera-head")
            booth.camera.home()
            await booth.tells_nothing(2 * AGAIN_S)
            assert booth.heard == [(SLOT, False)]
            await booth.world.act("wake", device="camera-head")
            assert await booth.told.get() == HeadPosition()
            assert booth.heard == [(SLOT, False), (SLOT, True)]
            booth.camera.anew()  # it has had no power, and is where its maker sends it then
            assert await booth.told.get() == HeadPosition()

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(scenario())


def test_nothing_turns_a_camera_that_stands_fast() -> None:
    async def scenario() -> None:
        told: list[object] = []
        camera = TableCamera(None, Watch(lambda slot, answers: None), told.append)
        camera.aim(Aim.NEARER)
        camera.home()
        assert (camera.at, told) == (None, [])

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(scenario())


@given(st.lists(st.sampled_from([aim for aim in Aim if aim is not Aim.PAPERS])))
def test_it_never_leaves_what_it_can_do(aims: list[Aim]) -> None:
    at = HeadPosition()
    for aim in aims:
        at = aimed(at, aim)
        assert max(abs(at.pan), abs(at.tilt)) <= HEAD_MOST
        assert 0 <= at.zoom <= HEAD_MOST
        assert at.zoom or at == HeadPosition()
