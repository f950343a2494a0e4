"""Presence radar: emulated module and driver over a real pty, and the driver against what goes wrong."""

from __future__ import annotations

import asyncio
import contextlib
import selectors
from contextlib import AsyncExitStack, aclosing
from pathlib import Path

import pytest

from emulator.devices.presence import Radar, answer, open_presence, report, sample, serve
from emulator.devices.uart import LineSettings
from emulator.world.live_world import HostedWorld
from emulator.world.world import Person, World
from lisa_core.domain.model.directory import Deadlines
from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.readings import DeviceIdentity, PresenceReport
from lisa_core.domain.visit import perception
from lisa_core.equipment.codecs.ld2410 import (
    Acknowledgement,
    Code,
    Command,
    Parser,
    Report,
    TargetState,
    encode,
    parameters,
)
from lisa_core.equipment.drivers.ld2410 import Ld2410, open_ld2410
from lisa_core.equipment.lines.null_modem import memory_pair
from lisa_core.equipment.slots.devices import Presence


async def _until(radar: Presence, moving_cm: int | None, still_cm: int | None) -> PresenceReport:
    async with asyncio.timeout(60):
        async for seen in radar.reports():
            if (seen.moving_cm, seen.still_cm) == (moving_cm, still_cm):
                return seen
    raise AssertionError("reports ended")


def test_the_driver_sees_what_is_in_the_world() -> None:
    async def scenario() -> None:
        world = HostedWorld()
        async with open_presence(world) as path, open_ld2410(path, {}) as radar:
            assert not (await _until(radar, None, None)).present
            await world.act("enter", distance_cm=140)
            standing = await _until(radar, 140, None)
            assert standing.moving_energy > 50
            assert standing.still_energy == 0
            await world.act("sit")
            assert (await _until(radar, None, 80)).still_energy > 50
            assert await radar.identify() == DeviceIdentity(
                "Hi-Link", "HLK-LD2410", "02:00:4c:49:53:41", "V1.07.22062416"
            )
            await world.act("leave")
            await _until(radar, None, None)

    asyncio.run(scenario())


class _NoWaiting(selectors.DefaultSelector):
    """Time passes only by waiting, and all at once."""

    now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        self.now += timeout or 0.0
        return super().select(0)


class _VirtualLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self.clock = _NoWaiting()
        super().__init__(self.clock)

    def time(self) -> float:
        return self.clock.now


class _SlowLine:
    """Takes 30 ms for each report, and three and a half seconds for the hundredth."""

    settings: LineSettings | None = None

    def __init__(self, loop: _VirtualLoop) -> None:
        self.loop = loop
        self.sent_at: list[float] = []

    def write(self, data: bytes) -> None:
        self.sent_at.append(self.loop.clock.now)
        self.loop.clock.now += 3.5 if len(self.sent_at) == 100 else 0.03

    async def read(self) -> bytes:
        return await asyncio.get_running_loop().create_future()


def test_ten_reports_a_second_without_drift_or_burst() -> None:
    async def scenario() -> list[float]:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, _VirtualLoop)
        line = _SlowLine(loop)
        serving = asyncio.create_task(serve(HostedWorld(), line))
        await asyncio.wait((serving,), timeout=20.05)
        serving.cancel()
        return line.sent_at

    with asyncio.Runner(loop_factory=_VirtualLoop) as runner:
        sent_at = runner.run(scenario())
    assert sent_at == pytest.approx([n / 10 for n in range(201) if not 100 <= n < 135], abs=0.011)


def test_one_client_after_the_other() -> None:
    async def scenario() -> None:
        async with open_presence(HostedWorld()) as path:
            for _ in range(2):
                async with open_ld2410(path, {}) as radar, aclosing(radar.reports()) as reports:
                    for _ in range(3):
                        await anext(reports)

    asyncio.run(scenario())


def test_a_radar_left_in_configuration_mode_reports_again() -> None:
    async def scenario() -> None:
        async with open_presence(HostedWorld()) as path:
            async with open_ld2410(path, {}) as radar:
                await radar._line.ask(Code.CONFIG_ENABLE, b"\1\0")
            async with open_ld2410(path, {}) as radar:
                await _until(radar, None, None)

    asyncio.run(scenario())


def test_silence_is_a_fault_and_may_end() -> None:
    async def scenario() -> None:
        near, far = memory_pair()
        radar = Ld2410(near, "somewhere")
        following = asyncio.create_task(radar.follow())
        with pytest.raises(DeviceFault, match="somewhere") as caught:
            await anext(radar.reports())
        assert caught.value.code == "presence.silent"
        assert caught.value.retryable
        await far.write(b"noise" + encode(Report(TargetState.BOTH, 100, 60, 90, 50, 90)))
        assert await anext(radar.reports()) == PresenceReport(100, 90, 60, 50)
        await far.write(encode(Report(TargetState.CALIBRATING)))
        with pytest.raises(DeviceFault, match="Grundrauschen"):
            await anext(radar.reports())
        await far.aclose()
        with pytest.raises(DeviceFault) as caught:
            await anext(radar.reports())
        assert caught.value.code == "link.lost"
        following.cancel()

    asyncio.run(scenario())


# Real modules: the distance of a still person stands in the detection field or in that of a moving one, hers is 0.
@pytest.mark.parametrize(
    ("report_", "still_cm"),
    [
        (Report(TargetState.STILL, 0, 0, 0, 60, 150), 150),
        (Report(TargetState.STILL, 150, 0, 0, 60, 0), 150),
        (Report(TargetState.STILL, 80, 0, 0, 60, 0), 80),
        (Report(TargetState.BOTH, 160, 60, 0, 60, 150), 150),
        (Report(TargetState.STILL, 0, 0, 80, 60, 150), 80),
        (Report(TargetState.STILL, 0, 0, 0, 60, 0), 0),
    ],
)
def test_still_at_0_is_no_distance_and_nobody_sits_there(report_: Report, still_cm: int) -> None:
    async def scenario() -> None:
        near, far = memory_pair()
        radar = Ld2410(near, "somewhere")
        following = asyncio.create_task(radar.follow())
        await far.write(encode(report_))
        async with aclosing(radar.reports()) as reports:
            seen = await anext(reports)
        following.cancel()
        assert seen.present
        assert seen.still_cm == still_cm
        room, _ = perception.step(perception.Room(), seen, 0, Deadlines())
        assert (room.seated_since_us is not None) == (still_cm == 80)

    asyncio.run(scenario())


def test_a_radar_that_is_unplugged_is_heard_again_when_it_is_back(tmp_path: Path) -> None:
    async def scenario() -> None:
        world, name, plug = HostedWorld(), str(tmp_path / "radar"), AsyncExitStack()
        await plug.enter_async_context(open_presence(world, listen=name))
        async with open_ld2410(name, {}) as radar:
            await _until(radar, None, None)
            await plug.aclose()
            with pytest.raises(DeviceFault) as caught:
                await _until(radar, 140, None)
            assert caught.value.code == "link.lost"
            await world.act("enter", distance_cm=140)
            async with open_presence(world, listen=name):
                await _heard(radar, 140)

    asyncio.run(scenario())


async def _heard(radar: Presence, moving_cm: int) -> None:
    """What a booth does: ask again after each fault."""
    async with asyncio.timeout(60):
        while True:
            with contextlib.suppress(DeviceFault):
                await _until(radar, moving_cm, None)
                return
            await asyncio.sleep(0)


def test_a_program_that_was_held_up_does_not_take_the_radar_for_silent() -> None:
    async def scenario() -> PresenceReport:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, _VirtualLoop)
        near, far = memory_pair()
        radar = Ld2410(near, "somewhere")
        following = asyncio.create_task(radar.follow())
        hearing = asyncio.create_task(anext(radar.reports()))
        await asyncio.wait((hearing,), timeout=0.1)
        loop.clock.now += 5  # nothing of this program ran; what the radar said meanwhile is waiting
        await far.write(encode(Report(TargetState.MOVING, 140, 60, 0, 0, 140)))
        seen = await hearing
        following.cancel()
        return seen

    with asyncio.Runner(loop_factory=_VirtualLoop) as runner:
        assert runner.run(scenario()).moving_cm == 140


def test_every_command_is_answered_and_parameters_are_kept() -> None:
    radar, refused = answer(Radar(), Command(Code.FIRMWARE))
    assert not refused.ok
    radar, _ = answer(radar, Command(Code.CONFIG_ENABLE, b"\1\0"))
    written = bytes.fromhex("0000 06000000 0100 05000000 0200 0A000000")
    sensitivity = bytes.fromhex("0000 03000000 0100 28000000 0200 1E000000")
    arguments = {
        Code.CONFIG_ENABLE: b"\1\0",
        Code.WRITE_PARAMETERS: written,
        Code.WRITE_SENSITIVITY: sensitivity,
        Code.BAUDRATE: b"\7\0",
        Code.BLUETOOTH: b"\1\0",
        Code.BLUETOOTH_PASSWORD: b"123456",
        Code.MAC: b"\1\0",
        Code.WRITE_RESOLUTION: b"\1\0",
        Code.WRITE_LIGHT: b"\1\x60\0\0",
        Code.CALIBRATE: b"\x0a\0",
    }
    for code in sorted(set(Code) - {Code.CONFIG_DISABLE, Code.FACTORY_RESET, Code.RESTART}):
        radar, said = answer(radar, Command(code, arguments.get(code, b"")))
        assert said.ok, code.name
        assert Parser().feed(encode(said)) == [said]
    limits = parameters(answer(radar, Command(Code.READ_PARAMETERS))[1].data)
    assert (limits.max_moving_gate, limits.max_still_gate, limits.timeout_s) == (6, 5, 10)
    assert (limits.moving[3], limits.still[3], limits.moving[4]) == (40, 30, 20)
    assert answer(radar, Command(Code.READ_RESOLUTION))[1] == Acknowledgement(Code.READ_RESOLUTION, data=b"\1\0")
    for word, args in [
        (Code.WRITE_PARAMETERS, b"\0"),
        (Code.WRITE_RESOLUTION, b"\2\0"),
        (Code.BLUETOOTH_PASSWORD, b"short"),
        (0x77, b""),
    ]:
        assert answer(radar, Command(word, args)) == (radar, Acknowledgement(word, ok=False))
    assert (
        parameters(answer(answer(radar, Command(Code.FACTORY_RESET))[0], Command(Code.READ_PARAMETERS))[1].data)
        == Radar().parameters
    )


def test_engineering_reports_peak_where_the_person_is() -> None:
    world = World(people=(Person(140), Person(80, seated=True)))
    gates = report(Radar(engineering=True), sample(world, 0)).engineering
    assert gates is not None
    assert gates.moving.index(max(gates.moving)) == 1  # 75..150 cm
    assert gates.out == 1
    assert all(0 < sample(world, at_us).still_energy <= 100 for at_us in range(0, 5_000_000, 100_000))
