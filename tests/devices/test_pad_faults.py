"""Each fault of the signature pad, on both of its lines: what the driver says of it, and that nothing of half a
signature is used."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager

import pytest

from emulator.devices.signature_pad import open_signature_pad
from emulator.devices.stu.ailing import felt, middle_us
from emulator.devices.stu.model import PLAIN, pad_model
from emulator.devices.stu.pad import StuPad
from emulator.memory import open_booth
from emulator.paper.strokes import load
from emulator.world.live_world import HostedWorld
from emulator.world.world import Pen
from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.readings import WRITE_NOW, PenSample
from lisa_core.equipment.codecs.stu import reports as stu
from lisa_core.equipment.drivers import wacom_stu
from lisa_core.equipment.drivers.stu import vigil
from lisa_core.equipment.drivers.wacom_stu import WacomStu, open_wacom_stu
from lisa_core.equipment.slots import pad_faults as faults
from lisa_core.equipment.slots.catalogue import FAULTS
from lisa_core.equipment.slots.devices import SignaturePad
from lisa_core.equipment.slots.driver import Value
from lisa_core.harness.loop.virtual_loop import VirtualLoop

LINES = {"serial": "", "usb": "usbip://127.0.0.1:0"}
SPOILING = {
    faults.RESTARTS: {"serial": "pad.restarted", "usb": "pad.lost"},
    faults.LOSES: {"serial": "pad.gap", "usb": "pad.gap"},
    faults.HANGS: {"serial": "pad.stuck", "usb": "pad.stuck"},
    faults.REFUSES: {"serial": "pad.wrong_state", "usb": "pad.wrong_state"},
}


def run(story: Coroutine[object, object, None]) -> None:
    """Every story ends, or fails, within ten seconds."""
    asyncio.run(asyncio.wait_for(story, 60))


@pytest.fixture(params=sorted(LINES))
def line(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@asynccontextmanager
async def pads(line: str, options: Mapping[str, Value] = {}) -> AsyncIterator[tuple[HostedWorld, StuPad, WacomStu]]:
    world = HostedWorld()
    now_us = round(asyncio.get_running_loop().time() * 1e6)
    device = StuPad(now_us, model=pad_model("stu-430") if LINES[line] else PLAIN)
    async with (
        open_signature_pad(world, listen=LINES[line], pad=device) as address,
        open_wacom_stu(address, options) as pad,
    ):
        yield world, device, pad


async def signed(
    pad: SignaturePad, world: HostedWorld, armed: Callable[[], Coroutine[object, object, object]], recording: str
) -> list[PenSample]:
    """What came until the pen was gone. Raises what the pad does."""

    async def person() -> None:
        await armed()
        await world.act("sign", recording=recording)

    signing, samples = asyncio.create_task(person()), list[PenSample]()
    capture = pad.capture()
    try:
        assert await anext(capture) == WRITE_NOW
        async for seen in capture:
            samples.append(seen)
            if not seen.near:
                return samples
        return samples
    finally:
        await capture.aclose()
        signing.cancel()
        await asyncio.gather(signing, return_exceptions=True)


@pytest.mark.parametrize("fault", sorted(SPOILING))
def test_what_spoils_a_signature_has_a_name_and_the_next_one_is_whole(
    fault: str, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vigil, "STUCK_MS", 200)
    monkeypatch.setattr("lisa_core.equipment.drivers.stu.usbip_hid.AGAIN_S", 0.01)

    async def story() -> None:
        async with pads(line) as (world, device, pad):
            await world.act("fail", fault=fault)
            with pytest.raises(DeviceFault) as spoiled:
                await signed(pad, world, pad.armed.wait, "kreuz")
            assert spoiled.value.code == SPOILING[fault][line]
            assert FAULTS[fault].code in SPOILING[fault].values()
            await world.act("heal", fault=fault)
            if world.state.pen:
                await world.act("pen_away")
            await _until_clear(pad)
            assert device.blank
            samples = await signed(pad, world, pad.armed.wait, "punkt")
            assert any(seen.down for seen in samples)
            assert pad.gaps == 0

    run(story())


async def _until_clear(pad: WacomStu) -> None:
    """On USB it may be gone for a moment."""
    cleared = False
    while not cleared:
        with contextlib.suppress(DeviceFault):
            await pad.clear()
            cleared = True
        await asyncio.sleep(0)


@pytest.mark.parametrize("before", ["while it was made ready", "on its way"])
def test_who_writes_before_the_pad_is_ready_has_not_signed(before: str) -> None:
    """The beginning is missing, whether the pen touches or hovers when the capture begins."""
    watch = vigil.Vigil("hier", begun=before == "while it was made ready")
    if before == "on its way":
        assert watch.see(stu.PenData(0x91F4, 1, 2), 0) is None
    with pytest.raises(DeviceFault, match="bevor es bereit war") as early:
        watch.see(stu.PenDataTimeCountSequence(0x8000, 1, 2, 5, 5), 0)
    assert early.value.code == "pad.early"


def test_an_lcd_that_shows_on_keeps_the_pad_busy_until_it_is_empty(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wacom_stu, "POLLS", 5)

    async def story() -> None:
        async with pads(line) as (world, device, pad):
            await signed(pad, world, pad.armed.wait, "punkt")
            await world.act("fail", fault=faults.SHOWS)
            with pytest.raises(DeviceFault, match="bleibt im Zustand 1") as busy:
                await pad.clear()
            assert busy.value.code == FAULTS[faults.SHOWS].code
            assert world.state.pad_ink, "and the world sees it"
            await world.act("heal", fault=faults.SHOWS)
            await pad.clear()
            assert device.blank

    run(story())


def test_a_pad_that_sleeps_is_asked_twice(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wacom_stu, "TIMEOUT_S", 0.4)

    async def story() -> None:
        async with pads(line) as (world, device, pad):
            await world.act("fail", fault=faults.SLEEPS)
            while faults.SLEEPS not in device.faults:
                await asyncio.sleep(0)
            device.hears(0)
            await pad.check()
            assert (await pad.info()).max_pressure == 1023

    run(story())


def test_counters_that_wrap_harm_nothing_and_a_pen_that_only_hovers_writes_nothing() -> None:
    async def story() -> None:
        async with pads("usb") as (world, _, pad):
            await world.act("fail", fault=faults.WRAPS)
            samples = await signed(pad, world, pad.armed.wait, "kreuz")
            lasted_ms = load("kreuz").points[-1][0]
            assert abs(samples[-1].at_us / 1000 - lasted_ms) < 300
            assert pad.gaps == 0
            await world.act("heal", fault=faults.WRAPS)
            await world.act("fail", fault=faults.HOVERS)
            samples = await signed(pad, world, pad.armed.wait, "punkt")
            assert len(samples) > 20
            assert not any(seen.down or seen.pressure for seen in samples)
            assert not world.state.pad_ink

    run(story())


def test_half_a_picture_is_wiped_and_nobody_signs_under_it(line: str) -> None:
    async def story() -> None:
        async with pads(line, {"prompt": "Antrag auf Wohngeld"}) as (world, device, pad):
            await world.act("fail", fault=faults.TEARS)
            with pytest.raises(DeviceFault, match="Das Bild kam nicht ganz an") as torn:
                await signed(pad, world, pad.armed.wait, "punkt")
            assert torn.value.code == FAULTS[faults.TEARS].code
            assert device.blank
            await world.act("heal", fault=faults.TEARS)
            await signed(pad, world, pad.armed.wait, "punkt")
            assert len(device.picture) == 320 * 200 // 8
            assert 0 < device.picture.count(0xFF) < len(device.picture), "words and a line on white"

    run(story())


def test_a_profile_that_wants_encryption_takes_nothing_in_the_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    async def story() -> None:
        async with pads("usb", {"encrypted": True}) as (world, device, pad):
            samples = await signed(pad, world, pad.armed.wait, "punkt")
            assert any(seen.down for seen in samples)
            assert pad.gaps == 0
            await world.act("fail", fault=faults.PLAIN)
            monkeypatch.setattr(vigil, "EARLY", 5)
            with pytest.raises(DeviceFault, match="unverschlüsselt") as plain:
                await signed(pad, world, pad.armed.wait, "punkt")
            assert plain.value.code == FAULTS[faults.PLAIN].code
            await pad.clear()
            assert device.read(3, 10**15) == stu.Status(0, 0), "the session has ended"

    run(story())


def test_a_pad_that_encrypts_otherwise_than_the_profile_says_is_not_understood() -> None:
    async def story() -> None:
        ways = {"encrypted": True, "rsa_padding": "pkcs1", "aes_mode": "cbc"}
        async with pads("usb", ways) as (world, _, pad):
            with pytest.raises(DeviceFault, match="verschlüsselt anders als abgemacht") as other:
                await signed(pad, world, pad.armed.wait, "punkt")
            assert other.value.code == "pad.encryption"

    run(story())


@pytest.mark.parametrize("fault", [*sorted(SPOILING), faults.HOVERS, faults.SHOWS])
def test_the_memory_booth_knows_the_same_faults(fault: str) -> None:
    async def story() -> None:
        async with open_booth(frozenset()) as booth:
            assert booth.slots is not None
            assert booth.disturb is not None
            pad = booth.slots.signature_pad
            await booth.disturb("fail", fault=fault)
            capture = pad.capture()
            await booth.disturb("sign", recording="kreuz")
            seen, code = list[PenSample](), ""
            try:
                async with asyncio.timeout(30):
                    await _into(seen, capture)
            except DeviceFault as spoiled:
                code = spoiled.code
            except TimeoutError:
                await capture.aclose()
            if fault == faults.SHOWS:
                with pytest.raises(DeviceFault) as busy:
                    await pad.clear()
                code = busy.value.code
            assert code == FAULTS[fault].code
            assert any(one.down for one in seen) == (fault not in (faults.HOVERS, faults.REFUSES))
            await booth.disturb("heal", fault=fault)
            await pad.clear()
            assert booth.room is not None
            assert not booth.room()["pad_ink"]

    loop = VirtualLoop()
    try:
        loop.run_until_complete(story())
    finally:
        loop.close()


async def _into(seen: list[PenSample], capture: AsyncIterator[PenSample]) -> None:
    async for sample in capture:
        seen += [sample]


@pytest.mark.parametrize("encrypted", [False, True])
def test_a_report_of_before_is_dropped_and_a_pad_that_goes_on_so_is_a_fault(encrypted: bool) -> None:
    """Without counters it has started anew; in the clear, where it should encrypt, it does not."""
    plain, timed = stu.PenData(0x8000, 1, 2), stu.PenDataTimeCountSequence(0x8000, 1, 2, 5, 5)
    before = timed if encrypted else plain
    watch = vigil.Vigil("hier", encrypted=encrypted)
    assert [watch.see(before, 0) for _ in range(3)] == [None] * 3
    assert watch.see(timed, 0, opened=encrypted) is not None
    with pytest.raises(DeviceFault) as then:
        watch.see(before, 0)
    endless = vigil.Vigil("hier", encrypted=encrypted)
    for _ in range(vigil.EARLY):
        endless.see(before, 0)
    with pytest.raises(DeviceFault) as never:
        endless.see(before, 0)
    assert {then.value.code, never.value.code} == {"pad.unencrypted" if encrypted else "pad.restarted"}


@pytest.mark.parametrize(
    ("before", "after", "missing", "gap"),
    [
        ("touches", "hovers", 1, True),
        ("hovers", "touches", 1, True),
        ("hovers", "hovers", vigil.UNSEEN, False),
        ("hovers", "hovers", vigil.UNSEEN + 1, True),
        ("away", "hovers", 9000, False),
        ("away", "touches", 1, True),
    ],
)
def test_what_is_missing_spoils_a_signature_where_a_stroke_may_have_been(
    before: str, after: str, missing: int, gap: bool
) -> None:
    heads = {"touches": 0x91F4, "hovers": 0x8000, "away": 0}
    watch = vigil.Vigil("hier")
    watch.see(stu.PenDataTimeCountSequence(heads[before], 1, 2, 5, 65_535), 0)
    later = stu.PenDataTimeCountSequence(heads[after], 1, 2, 10 + 5 * missing & 0xFFFF, missing)
    if gap:
        with pytest.raises(DeviceFault) as fault:
            watch.see(later, 5000 * (missing + 1))
        assert fault.value.code == "pad.gap"
    else:
        assert watch.see(later, 5000 * (missing + 1)) is not None
    assert watch.gaps == missing


def test_what_a_pad_feels() -> None:
    touch = PenSample(0, 5, 6, 700, near=True, down=True)
    assert felt((), touch, None) == touch
    assert felt((faults.HANGS,), None, touch) == touch
    assert felt((faults.HANGS,), None, None) is None
    assert felt((), None, touch) is None
    pen = Pen("kreuz", 1_000)
    assert pen.since_us < middle_us(pen) < pen.since_us + load("kreuz").duration_us
