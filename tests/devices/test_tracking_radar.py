"""Tracking radar: emulated module and driver over a real pty, what is within the booth, and its commands."""

from __future__ import annotations

import asyncio
import contextlib

import pytest

from emulator.booth import open_booth, opened
from emulator.devices.radars.tracking import Tracker, answer, open_tracking_radar, report, sample
from emulator.personalities import personalities_of
from emulator.world.live_world import HostedWorld
from emulator.world.world import Person, World
from lisa_core.config.drivers import driver_faults
from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.readings import DeviceIdentity, PresenceReport
from lisa_core.equipment.codecs.ld2450 import (
    Acknowledgement,
    Command,
    Target,
    TrackingParser,
    TrackingReport,
    Zones,
    encode,
)
from lisa_core.equipment.codecs.ld2450 import TrackingCode as Code
from lisa_core.equipment.drivers.radars.ld2450 import OPTIONS, Ld2450, open_ld2450
from lisa_core.equipment.lines.null_modem import memory_pair
from lisa_core.equipment.slots.driver import chosen


async def _until(radar: Ld2450, moving_cm: int | None, still_cm: int | None, people: int) -> None:
    async with asyncio.timeout(60), contextlib.aclosing(radar.reports()) as reports:
        async for seen in reports:
            if seen == PresenceReport(moving_cm, still_cm, people=people):
                return


def test_the_driver_counts_who_is_in_the_world() -> None:
    async def scenario() -> None:
        world = HostedWorld()
        async with open_tracking_radar(world) as path, open_ld2450(path, {}) as radar:
            await _until(radar, None, None, 0)
            await world.act("enter", distance_cm=140)
            await _until(radar, 140, None, 1)
            await world.act("enter", distance_cm=200)
            await _until(radar, 140, None, 2)
            await world.act("sit")
            await _until(radar, 200, 80, 2)
            assert await radar.identify() == DeviceIdentity(
                "Hi-Link", "HLK-LD2450", "02:00:4c:49:53:41", "V2.04.23101915"
            )
            await world.act("silence", device="presence")
            with pytest.raises(DeviceFault) as caught:
                await _until(radar, None, None, 9)
            assert caught.value.code == "presence.silent"

    asyncio.run(scenario())


def test_who_stands_beyond_the_booth_is_not_inside() -> None:
    async def scenario() -> PresenceReport:
        near, far = memory_pair()
        radar = Ld2450(near, "somewhere", chosen(OPTIONS, {"reach_cm": 200, "side_cm": 100}))
        following = asyncio.create_task(radar.follow())
        beyond, beside, inside = Target(0, 2100, 9), Target(-1001, 500, 9), Target(300, 400)
        await far.write(encode(TrackingReport((beyond, beside, inside))))
        seen = await anext(radar.reports())
        following.cancel()
        return seen

    assert asyncio.run(scenario()) == PresenceReport(None, 50, people=1)


@pytest.mark.parametrize("personality", ["", *personalities_of("tracking-radar")])
def test_the_driver_reads_each_known_model(personality: str) -> None:
    async def scenario() -> DeviceIdentity:
        world = HostedWorld(World(people=(Person(140), Person(80, seated=True))))
        async with opened("tracking-radar", world, personality=personality) as path, open_ld2450(path, {}) as radar:
            await _until(radar, 140, 80, 2)
            return await radar.identify()

    said = asyncio.run(scenario())
    assert bool(said.firmware) is (personality != "ai-thinker-rd-03d")


def test_a_profile_with_this_driver_gets_this_device() -> None:
    async def scenario() -> None:
        plays = {"presence": "tracking-radar"}
        async with contextlib.AsyncExitStack() as stack:
            booth = await stack.enter_async_context(open_booth(frozenset({"presence"}), devices_of=plays))
            radar = await stack.enter_async_context(open_ld2450(booth.bindings["presence"], {}))
            await booth.actor.enter()
            await _until(radar, 140, None, 1)

    assert not list(driver_faults("presence", "hlk-ld2450", "emulator", {}))
    asyncio.run(scenario())


def test_every_command_is_answered_and_zones_and_tracking_hold() -> None:
    tracker, refused = answer(Tracker(), Command(Code.FIRMWARE))
    assert not refused.ok
    tracker, _ = answer(tracker, Command(Code.CONFIG_ENABLE, b"\1\0"))
    inside = Zones(1, (-1000, 0, 1000, 1000, *(0,) * 8))
    arguments = {
        Code.CONFIG_ENABLE: b"\1\0",
        Code.BAUDRATE: b"\5\0",
        Code.BLUETOOTH: b"\0\0",
        Code.MAC: b"\1\0",
        Code.WRITE_ZONES: inside.encode(),
    }
    for code in sorted(set(Code) - {Code.CONFIG_DISABLE, Code.FACTORY_RESET, Code.RESTART}):
        tracker, said = answer(tracker, Command(code, arguments.get(code, b"")))
        assert said.ok, code.name
        assert TrackingParser().feed(encode(said)) == [said]
    assert tracker.line.baudrate == 115_200
    seen = sample(World(people=(Person(140), Person(80, seated=True), Person(220), Person(60))), 0)
    assert [target.distance_cm for target in seen] == [60, 80, 140]
    assert [target and target.distance_cm for target in report(tracker, seen).targets] == [60, 80, None]
    outside = answer(tracker, Command(Code.WRITE_ZONES, Zones(2, inside.corners).encode()))[0]
    assert [target and target.distance_cm for target in report(outside, seen).targets] == [140, None, None]
    one = answer(tracker, Command(Code.ONE_TARGET))[0]
    assert answer(one, Command(Code.TRACKING))[1] == Acknowledgement(Code.TRACKING, data=b"\1\0")
    assert [target and target.distance_cm for target in report(one, seen).targets] == [60, None, None]
    for word, args in [
        (Code.WRITE_ZONES, b"\3\0" + bytes(24)),
        (Code.BAUDRATE, b"\x09\0"),
        (0x77, b""),
    ]:
        assert answer(tracker, Command(word, args)) == (tracker, Acknowledgement(word, ok=False))
    assert report(answer(tracker, Command(Code.FACTORY_RESET))[0], seen).targets[2] is not None
