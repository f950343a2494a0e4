"""The signature pad, both ends: rules of the pad alone, and driver against pad over a pty."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import AsyncGenerator, Coroutine
from contextlib import AsyncExitStack, aclosing
from pathlib import Path
from typing import Any

import pytest

from emulator.devices.pty import open_pty
from emulator.devices.signature_pad import due, open_signature_pad
from emulator.devices.stu.model import pad_model
from emulator.devices.stu.pad import CLEAR_US, StuPad
from emulator.paper.strokes import LINGER_US, load, parse, sample
from emulator.world.live_world import HostedWorld
from emulator.world.world import Pen, World, act, as_json, from_json
from lisa_core.domain.model.errors import DeviceFault, HarnessError, ProfileError
from lisa_core.domain.model.readings import WRITE_NOW, DeviceIdentity, PadInfo, PenSample
from lisa_core.equipment.codecs.stu import reports as stu
from lisa_core.equipment.codecs.stu.framing import Damaged
from lisa_core.equipment.codecs.stu.reports import PadState, Report, Result, image_reports
from lisa_core.equipment.codecs.stu.table import encode
from lisa_core.equipment.drivers import wacom_stu
from lisa_core.equipment.drivers.stu.vigil import elapsed_ms
from lisa_core.equipment.drivers.wacom_stu import WacomStu, open_wacom_stu

TOUCH = PenSample(0, 100, 200, 500, near=True, down=True)


def run(story: Coroutine[Any, Any, None]) -> None:
    """Every story ends, or fails, within ten seconds."""
    asyncio.run(asyncio.wait_for(story, 60))


def say(pad: StuPad, *reports: Report, now_us: int = 0) -> list[Report | None]:
    return [pad.answer(encode(report), now_us) for report in reports]


def test_rules_of_the_states() -> None:
    pad = StuPad()
    ok, wrong = stu.SetResult(Result.OK), stu.SetResult(Result.WRONG_STATE)
    assert say(pad, stu.EndCapture(), stu.ImageDataBlock(1, b"x")) == [wrong, wrong]
    assert say(pad, stu.StartCapture(7), stu.ClearScreen(), stu.InkingMode(0)) == [ok, wrong, ok]
    assert say(pad, stu.GetReport(3)) == [stu.Status(PadState.CAPTURE, Result.OK)]
    assert say(pad, stu.EndCapture(), stu.ClearScreen(), stu.ClearScreen()) == [ok, ok, wrong], "still wiping"
    assert say(pad, stu.GetReport(3), now_us=CLEAR_US) == [stu.Status(PadState.READY, Result.WRONG_STATE)]
    assert pad.answer(b"\xee\x00", 0) == stu.SetResult(Result.WRONG_REPORT_ID)
    assert pad.answer(b"\x21", 0) == stu.SetResult(Result.BAD_PARAMETER)
    assert say(pad, stu.InkingMode(2), stu.GetReport(0x20)) == [stu.SetResult(4), stu.SetResult(1)]
    assert pad.answer(Damaged(crc=True), 0) == stu.SetResult(Result.CRC)
    assert pad.answer(Damaged(crc=False), 0) is None


def test_what_the_lcd_shows() -> None:
    pad = StuPad()
    pad.write(TOUCH, 0)
    assert pad.ink, "a pad inks as soon as it has power"
    say(pad, stu.ClearScreen(), stu.InkingMode(0))
    assert pad.blank
    assert pad.write(TOUCH, CLEAR_US - 1) is None, "no pen data while it wipes"
    assert pad.write(TOUCH, CLEAR_US) == stu.PenData(0x9000 | 500, 100, 200)
    assert pad.blank
    picture = zlib.compress(bytes(8000))
    assert {type(answer) for answer in say(pad, *image_reports(1, picture), now_us=CLEAR_US)} == {stu.SetResult}
    assert pad.picture == bytes(8000)
    say(pad, stu.StartImageData(0), *[stu.ImageDataBlock(253, bytes(253))] * 32, now_us=CLEAR_US)
    assert say(pad, stu.ImageDataBlock(253, bytes(253)), now_us=CLEAR_US) == [stu.SetResult(Result.IMAGE_TOO_LONG)]
    say(pad, stu.Reset())
    assert pad.blank


def test_counters_wrap() -> None:
    pad = StuPad(time_count=0xFFFE, sequence=0xFFFE)
    say(pad, stu.PenDataOptionMode(3))
    seen = [pad.write(TOUCH, at_us) for at_us in (0, 5000)]
    assert seen == [
        stu.PenDataTimeCountSequence(0x91F4, 100, 200, 0xFFFE, 0xFFFF),
        stu.PenDataTimeCountSequence(0x91F4, 100, 200, 3, 0),
    ]
    assert elapsed_ms(0xFFFE, 3, 5.2) == 5
    assert elapsed_ms(100, 105, 4.0) == 5
    assert elapsed_ms(100, 105, 65_500.0) == 65_541, "the count wrapped while no pen was near"


def test_strokes_are_played_by_the_clock() -> None:
    kreuz = load("kreuz")
    pen = Pen("kreuz", 1_000)
    whole = list(due(pen, 0, 10_000_000, 200))
    assert [(seen.at_us // 1000, seen.x, seen.y, seen.pressure) for _, seen in whole if seen][
        : len(kreuz.points)
    ] == list(kreuz.points)
    assert whole[-1][1] is None
    middle = list(due(pen, 0, 500_000, 200)) + list(due(pen, 500_000, 10_000_000, 200))
    assert middle == whole, "it does not matter when one looks"
    between = sample(kreuz, 602_500)
    assert between
    assert between.down
    assert sample(kreuz, kreuz.duration_us) == PenSample(
        kreuz.duration_us, *kreuz.points[-1][1:3], 0, near=True, down=False
    )
    assert sample(kreuz, kreuz.points[-1][0] * 1000 + LINGER_US + 1) is None
    assert load('{"points": [[0, 1, 2, 3]]}').points == ((0, 1, 2, 3),)
    with pytest.raises(HarnessError, match="Bekannt: kreuz, lineal, musterfrau, punkt"):
        load("krikelkrakel")
    with pytest.raises(HarnessError, match="steigen nicht"):
        parse('{"points": [[0, 1, 2, 3], [0, 1, 2, 3]]}', "here")


def test_the_world_remembers_ink() -> None:
    world = act(World(), "ink", {"visible": True}, 0)
    assert from_json(as_json(world)).pad_ink


async def _sign(pad: WacomStu, world: HostedWorld, recording: str) -> list[PenSample]:
    """Capture until the pen has gone."""
    samples = []

    async def person() -> None:
        await pad.armed.wait()
        await world.act("sign", recording=recording)

    signing = asyncio.create_task(person())
    async with aclosing(pad.capture()) as capture:
        assert await anext(capture) == WRITE_NOW
        async for seen in capture:
            samples.append(seen)
            if not seen.near:
                break
    await signing
    return samples


def test_a_signature_arrives_whole() -> None:
    """2.7 s at 200 reports a second over a pty: every point, no gap, both counters wrap on the way."""

    async def story() -> None:
        world, points = HostedWorld(World(pad_ink=True)), load("musterfrau").points
        device = StuPad(round(asyncio.get_running_loop().time() * 1e6), time_count=64_500, sequence=65_300)
        async with (
            open_signature_pad(world, pad=device) as path,
            open_wacom_stu(path, {"model": "STU-430V"}) as pad,
        ):
            assert not world.state.pad_ink
            samples = await _sign(pad, world, "musterfrau")
            assert [(seen.x, seen.y, seen.pressure) for seen in samples[: len(points)]] == [
                point[1:] for point in points
            ]
            assert all(seen.down == (seen.pressure > 0) for seen in samples)
            for seen, point in zip(samples, points, strict=False):
                assert abs(seen.at_us - point[0] * 1000) <= 1000
            assert [seen.near for seen in samples[-2:]] == [True, False]
            assert (pad.gaps, pad.damaged) == (0, 0)
            assert world.state.pad_ink, "what she wrote stays visible until it is wiped"
            while world.state.pen:
                await world.changed(world.state.revision)
            await pad.clear()
            assert device.blank
            assert not world.state.pad_ink

    run(story())


def test_a_pen_that_hovered_before_it_was_asked_for_spoils_nothing() -> None:
    async def story() -> None:
        world = HostedWorld()
        async with open_signature_pad(world) as path, open_wacom_stu(path, {"model": "STU-430V"}) as pad:
            await world.act("sign", recording="kreuz")
            async with aclosing(pad.capture()) as capture:
                assert await anext(capture) == WRITE_NOW
                samples = [seen async for seen in _until_gone(capture)]
            assert samples[-1].near is False
            assert pad.gaps == 0

    run(story())


async def _until_gone(capture: AsyncGenerator[PenSample, None]) -> AsyncGenerator[PenSample, None]:
    async for seen in capture:
        yield seen
        if not seen.near:
            return


@pytest.mark.parametrize("crc", ["0000", "ffff", "none"])
def test_who_it_is_with_each_kind_of_frame(crc: str) -> None:
    async def story() -> None:
        async with (
            open_signature_pad(HostedWorld(), crc=crc) as path,
            open_wacom_stu(path, {"crc": crc}) as pad,
        ):
            assert await pad.info() == PadInfo("STU-430V", 9600, 6000, 1023, 200, says_when_armed=True)
            assert await pad.identify() == DeviceIdentity("Wacom", "STU-430V", "LISA000001", "1.2")

    run(story())


@pytest.mark.parametrize("touching", [True, False])
def test_reports_missing_while_the_pen_touches_spoil_the_signature(touching: bool) -> None:
    """Those of a pen in the air are counted, and harm nobody."""

    class Stutters(StuPad):
        def write(self, pen: PenSample | None, at_us: int) -> Report | None:
            report = super().write(pen, at_us)
            swallowed = pen is not None and pen.down == touching and self._sequence % (30 if touching else 8) == 0
            return None if swallowed else report

    async def story() -> None:
        world = HostedWorld()
        device = Stutters(round(asyncio.get_running_loop().time() * 1e6))
        async with open_signature_pad(world, pad=device) as path, open_wacom_stu(path, {}) as pad:
            if not touching:
                await _sign(pad, world, "punkt")
                assert pad.gaps > 0
                return
            with pytest.raises(DeviceFault, match="Meldungen verloren") as lost:
                await _sign(pad, world, "kreuz")
            assert lost.value.code == "pad.gap"

    run(story())


def test_nothing_stays_on_the_pad_when_the_program_ends() -> None:
    async def story() -> None:
        world = HostedWorld()
        async with open_signature_pad(world) as path:
            async with open_wacom_stu(path, {}) as pad:
                await _sign(pad, world, "punkt")
                assert world.state.pad_ink
            while world.state.pad_ink:
                await world.changed(world.state.revision)
            await world.act("sign", recording="punkt")
            while world.state.pen:
                await world.changed(world.state.revision)
            assert not world.state.pad_ink, "without a capture the pad does not ink"

    run(story())


def test_the_pad_is_torn_off_in_the_middle_of_a_signature() -> None:
    async def story() -> None:
        world = HostedWorld()
        switched_off = asyncio.Event()

        async def device(path: asyncio.Future[str]) -> None:
            async with open_signature_pad(world) as where:
                path.set_result(where)
                await switched_off.wait()

        path: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        device_runs = asyncio.create_task(device(path))
        async with open_wacom_stu(await path, {}) as pad:
            seen: list[PenSample] = []
            signing = asyncio.create_task(_when_armed(pad, world))
            with pytest.raises(DeviceFault) as lost:
                await _tear_off(pad, seen, switched_off)
            assert lost.value.code == "pad.lost"
            assert len(seen) >= 20
            with pytest.raises(DeviceFault) as still:
                await pad.clear()
            assert still.value.code == "pad.lost"
            await signing
        await device_runs

    run(story())


def test_a_pad_that_is_plugged_in_again_is_wiped_and_takes_a_signature(tmp_path: Path) -> None:
    """The capture that was cut off ends, however soon the pad is back: it has forgotten that it was to write."""

    async def story(name: str) -> None:
        world, plug, back = HostedWorld(), AsyncExitStack(), StuPad()
        await plug.enter_async_context(open_signature_pad(world, listen=name))
        async with open_wacom_stu(name, {}) as pad:
            capture = pad.capture()
            assert await anext(capture) == WRITE_NOW
            cut_off = asyncio.create_task(anext(capture))
            await plug.aclose()
            back.write(TOUCH, 0)
            assert back.ink, "a pad inks as soon as it has power"
            async with open_signature_pad(world, listen=name, pad=back):
                with pytest.raises(DeviceFault) as lost:
                    await cut_off
                assert lost.value.code == "pad.lost"
                while back.ink:
                    await asyncio.sleep(0)
                assert len(await _sign(pad, world, "kreuz")) > 20

    run(story(str(tmp_path / "pad")))


def test_another_pad_at_the_same_plug_shows_what_is_signed_in_its_own_size(tmp_path: Path) -> None:
    async def story(name: str) -> None:
        world, plug, other = HostedWorld(), AsyncExitStack(), StuPad()
        large = StuPad(model=pad_model("stu-540"))
        await plug.enter_async_context(open_signature_pad(world, listen=name, pad=large))
        async with open_wacom_stu(name, {"prompt": "Antrag"}) as pad:
            async with aclosing(pad.capture()) as capture:
                assert await anext(capture) == WRITE_NOW
                assert len(large.picture) == 800 * 480 // 8, "in colours it would take minutes on a line"
            await plug.aclose()
            async with open_signature_pad(world, listen=name, pad=other):
                while await _lost(pad):
                    pass
                async with aclosing(pad.capture()) as capture:
                    assert await anext(capture) == WRITE_NOW
                    assert len(other.picture) == 320 * 200 // 8

    run(story(str(tmp_path / "pad")))


async def _lost(pad: WacomStu) -> bool:
    await asyncio.sleep(0)
    try:
        await pad.clear()
    except DeviceFault:
        return True
    return False


async def _tear_off(pad: WacomStu, seen: list[PenSample], switched_off: asyncio.Event) -> None:
    async for one in pad.capture():
        seen.append(one)
        if len(seen) == 20:
            switched_off.set()


async def _when_armed(pad: WacomStu, world: HostedWorld) -> None:
    await pad.armed.wait()
    await world.act("sign", recording="kreuz")


def test_a_silent_pad_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wacom_stu, "TIMEOUT_S", 0.05)
    monkeypatch.setattr(wacom_stu, "LEAVING_S", 0.05)

    async def story() -> None:
        async with open_pty() as pty:
            with pytest.raises(DeviceFault) as silent:
                async with open_wacom_stu(pty.path, {}):
                    pytest.fail("a pad that says nothing was opened")
        assert silent.value.code == "pad.silent"
        assert silent.value.retryable

    run(story())


def test_a_session_of_another_program_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wacom_stu, "POLLS", 10)

    async def story() -> None:
        device = StuPad()
        async with open_signature_pad(HostedWorld(), pad=device) as path, open_wacom_stu(path, {}) as pad:
            device.answer(encode(stu.StartCapture(1)), 10**15)
            device.write(TOUCH, 10**15)
            await pad.clear()
            assert device.blank

    run(story())


def test_a_refusal_names_the_result() -> None:
    class Stubborn(StuPad):
        def answer(self, data: bytes | Damaged, now_us: int) -> Report | None:
            refused = data == encode(stu.InkingMode(1))
            return stu.SetResult(Result.WRONG_STATE) if refused else super().answer(data, now_us)

    async def story() -> None:
        async with open_signature_pad(HostedWorld(), pad=Stubborn()) as path, open_wacom_stu(path, {}) as pad:
            with pytest.raises(DeviceFault, match="lehnt InkingMode ab") as refused:
                await anext(pad.capture())
            assert refused.value.code == "pad.wrong_state"

    run(story())


def test_an_unknown_recording_is_an_error_of_the_harness() -> None:
    async def story() -> None:
        world = HostedWorld()
        async with open_signature_pad(world):
            await world.act("sign", recording="krikelkrakel")
            for _ in range(10):  # turns of the loop, not time
                await asyncio.sleep(0)
            raise DeviceFault("pad.silent", "what the driver would see", retryable=True)

    with pytest.raises(HarnessError, match="ist ausgefallen: Die Unterschrift „krikelkrakel“ gibt es nicht"):
        run(story())


@pytest.mark.parametrize(
    ("options", "text"),
    [
        (
            {"model": "STU-541"},
            "„model“ muss STU-430 oder STU-530 oder STU-430V oder STU-540 sein; hier steht 'STU-541'",
        ),
        ({"model": "STU-530"}, "Ein STU-530 hat keinen seriellen Anschluss; den haben STU-430V und STU-540"),
        ({"crc": "maybe"}, "„crc“ muss 0000 oder ffff oder none sein; hier steht 'maybe'"),
        ({"modell": "STU-430V"}, "„modell“ gibt es nicht. Meinten Sie „model“"),
    ],
)
def test_options_are_checked(options: dict[str, str], text: str) -> None:
    async def story() -> None:
        async with open_wacom_stu("/dev/nowhere", options):
            pass

    with pytest.raises(ProfileError, match=text):
        run(story())
