"""The signature pad on USB, both ends over USB/IP: what the contract of the slot promises, on the real bytes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import AsyncExitStack, aclosing, asynccontextmanager
from typing import Any

import pytest
from PIL import Image

from emulator.booth import opened
from emulator.devices.signature_pad import open_signature_pad
from emulator.devices.stu.model import pad_model
from emulator.devices.stu.pad import StuPad
from emulator.paper.strokes import load
from emulator.personalities import personalities_of
from emulator.world.live_world import HostedWorld
from emulator.world.world import World
from lisa_core.domain.model.errors import DeviceFault, HarnessError, LisaError
from lisa_core.domain.model.readings import WRITE_NOW, DeviceIdentity, PadInfo, PenSample
from lisa_core.equipment.codecs.stu import reports as stu
from lisa_core.equipment.codecs.stu.table import encode
from lisa_core.equipment.drivers.stu.usbip_hid import open_usbip
from lisa_core.equipment.drivers.wacom_stu import WacomStu, open_wacom_stu
from lisa_core.equipment.lines import hid
from lisa_core.host.address import PAD, read_address

ANYWHERE = "usbip://127.0.0.1:0"
KNOWN = {
    "stu-430": PadInfo("STU-430", 9600, 6000, 1023, 200, says_when_armed=True),
    "stu-430v": PadInfo("STU-430V", 9600, 6000, 1023, 200, says_when_armed=True),
    "stu-530": PadInfo("STU-530", 10800, 6480, 1023, 200, says_when_armed=True),
    "stu-540": PadInfo("STU-540", 10800, 6480, 1023, 200, says_when_armed=True),
}


def run(story: Coroutine[Any, Any, None]) -> None:
    """Every story ends, or fails, within ten seconds."""
    asyncio.run(asyncio.wait_for(story, 60))


@asynccontextmanager
async def pads(device: StuPad, world: HostedWorld | None = None) -> AsyncIterator[tuple[HostedWorld, WacomStu]]:
    """An emulated pad, and its driver."""
    world = world or HostedWorld()
    async with open_signature_pad(world, listen=ANYWHERE, pad=device) as address, open_wacom_stu(address, {}) as pad:
        yield world, pad


def booted(name: str = "stu-540", **where: int) -> StuPad:
    return StuPad(round(asyncio.get_running_loop().time() * 1e6), model=pad_model(name), **where)


async def sign(pad: WacomStu, world: HostedWorld, recording: str) -> list[PenSample]:
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


@pytest.mark.parametrize("name", personalities_of("signature-pad"))
def test_each_model_says_who_it_is_on_usb(name: str) -> None:
    async def story() -> None:
        async with opened("signature-pad", HostedWorld(), listen=ANYWHERE, personality=name) as address:
            assert address.endswith("/1-1")
            async with open_wacom_stu(address, {"model": KNOWN[name].model}) as pad:
                assert await pad.info() == KNOWN[name]
                who = await pad.identify()
                assert (who.vendor, who.model, who.serial) == ("Wacom", KNOWN[name].model, "LISA000001")
            async with open_wacom_stu(address.removesuffix("/1-1"), {}) as pad:
                await pad.check()

    assert set(KNOWN) == set(personalities_of("signature-pad"))
    run(story())


def test_a_pad_without_a_serial_line_says_so_and_one_with_it_has_its_firmware() -> None:
    async def story() -> None:
        with pytest.raises(HarnessError, match="STU-530 hat keine serielle Leitung: --listen usbip://"):
            async with opened("signature-pad", HostedWorld(), listen="/tmp/pad", personality="stu-530"):
                pass
        with pytest.raises(LisaError, match="und nicht bei 'hid:056A:00A4'"):
            async with opened("signature-pad", HostedWorld(), listen="hid:056A:00A4", personality="stu-540"):
                pass
        async with (
            opened("signature-pad", HostedWorld(), personality="stu-530") as address,
            open_wacom_stu(address, {"model": "STU-530"}) as pad,
        ):
            assert (await pad.info()).max_x == 10800, "without an address it goes to USB by itself"
        async with (
            opened("signature-pad", HostedWorld(), personality="stu-430v") as path,
            open_wacom_stu(path, {}) as pad,
        ):
            assert await pad.identify() == DeviceIdentity("Wacom", "STU-430V", "LISA000001", "1.4")

    run(story())


def test_a_signature_arrives_whole_and_leaves_nothing() -> None:
    """200 reports a second: every point, no gap, both counters wrap on the way."""

    async def story() -> None:
        device, points = booted(time_count=64_500, sequence=65_300), load("musterfrau").points
        async with pads(device, HostedWorld(World(pad_ink=True))) as (world, pad):
            samples = await sign(pad, world, "musterfrau")
            assert [(seen.x, seen.y, seen.pressure) for seen in samples[: len(points)]] == [one[1:] for one in points]
            for seen, point in zip(samples, points, strict=False):
                assert abs(seen.at_us - point[0] * 1000) <= 1000
            assert [seen.near for seen in samples[-2:]] == [True, False]
            assert (pad.gaps, pad.damaged) == (0, 0)
            assert world.state.pad_ink, "what she wrote stays visible until it is wiped"
            await pad.clear()
            assert device.blank
            while world.state.pad_ink:
                await world.changed(world.state.revision)

    run(story())


def test_a_server_that_takes_nothing_any_more_is_let_go() -> None:
    async def story() -> None:
        held, ends = asyncio.Event(), asyncio.Event()

        async def between(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            answers, requests = await asyncio.open_connection(pad.host, pad.port)
            back = asyncio.create_task(_pass_on(answers, writer, asyncio.Event()))
            await _pass_on(reader, requests, held)
            await ends.wait()
            back.cancel()
            requests.close()
            writer.close()

        async with open_signature_pad(HostedWorld(), listen=ANYWHERE, pad=booted()) as address:
            pad = read_address(address, PAD)
            server = await asyncio.start_server(between, "127.0.0.1", 0)
            async with server:
                port = server.sockets[0].getsockname()[1]
                line = await open_usbip(read_address(f"usbip://127.0.0.1:{port}/1-1", PAD))
                held.set()
                with pytest.raises(TimeoutError):
                    async with asyncio.timeout(0.1):
                        await line.set_features([bytes(60_000)] * 300)
                async with asyncio.timeout(60):
                    await line.aclose()
                ends.set()

    run(story())


async def _pass_on(near: asyncio.StreamReader, far: asyncio.StreamWriter, held: asyncio.Event) -> None:
    while not held.is_set() and (data := await near.read(65_536)):
        far.write(data)


def test_unplugged_in_the_middle_of_a_signature_and_plugged_in_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """The signature is lost; the pad comes back wiped, without ink, and takes the next one."""
    monkeypatch.setattr("lisa_core.equipment.drivers.stu.usbip_hid.AGAIN_S", 0.01)

    async def story() -> None:
        device = booted()
        async with pads(device) as (world, pad):
            writing = asyncio.create_task(_when_armed(pad, world))
            with pytest.raises(DeviceFault) as lost:
                await _until_unplugged(pad, world)
            await writing
            assert lost.value.code == "pad.lost"
            with pytest.raises(DeviceFault) as still:
                await pad.clear()
            assert still.value.code == "pad.lost"
            await world.act("wake", device="signature-pad")
            while world.state.pen:
                await world.changed(world.state.revision)
            assert device.blank, "it was wiped as soon as it was back, and the rest of the signature left no ink"
            assert len(await sign(pad, world, "punkt")) > 20

    run(story())


async def _until_unplugged(pad: WacomStu, world: HostedWorld) -> None:
    seen = 0
    async for _ in pad.capture():
        seen += 1
        if seen == 20:
            await world.act("silence", device="signature-pad")


async def _when_armed(pad: WacomStu, world: HostedWorld) -> None:
    await pad.armed.wait()
    await world.act("sign", recording="kreuz")


def test_another_pad_than_the_profile_means_is_refused_and_a_second_program_too() -> None:
    async def story() -> None:
        async with opened("signature-pad", HostedWorld(), listen=ANYWHERE, personality="stu-430") as address:
            with pytest.raises(DeviceFault, match="Dort hängt STU-430, nicht STU-540") as other:
                async with open_wacom_stu(address, {"model": "STU-540"}):
                    pass
            assert (other.value.code, other.value.retryable) == ("pad.other_model", False)
            async with open_wacom_stu(address, {}):
                with pytest.raises(DeviceFault, match="ein anderer hat es") as busy:
                    async with open_wacom_stu(address, {}):
                        pass
                assert busy.value.code == "link.busy"
        with pytest.raises(DeviceFault, match="Dort antwortet kein USB/IP-Server") as missing:
            async with open_wacom_stu(address, {}):
                pass
        assert missing.value.code == "link.missing"

    run(story())


def test_what_the_pad_refuses_and_what_it_does_not_know() -> None:
    async def story() -> None:
        device = booted("stu-430")
        async with open_signature_pad(HostedWorld(), listen=ANYWHERE, pad=device) as address:
            line = await open_usbip(read_address(address, PAD))
            assert (line.product, line.serial) == (0xA4, "LISA000001")
            await line.set_features([encode(stu.EndCapture())])
            assert (await line.get_feature(3, 5))[2] == 2, "a wrong state stands in the status"
            for unknown in (0x0F, 0xEE):
                with pytest.raises(DeviceFault) as stalled:
                    await line.get_feature(unknown, 14)
                assert stalled.value.code == hid.STALL
            await line.aclose()
            with pytest.raises(DeviceFault, match="selbst geschlossen"):
                await line.read()

    run(story())


def test_what_is_to_be_signed_stands_on_the_pad_in_its_colours_and_goes_with_the_ink() -> None:
    async def story() -> None:
        device, wishes = booted(), {"prompt": "Anmeldung zur Pflegeberatung", "ink_on": 40}
        async with (
            open_signature_pad(HostedWorld(), listen=ANYWHERE, pad=device) as address,
            open_wacom_stu(address, wishes) as pad,
        ):
            capture = pad.capture()
            assert await anext(capture) == WRITE_NOW
            shown = Image.frombytes("RGB", (800, 480), device.picture, "raw", "BGR")
            colours = sorted(shown.getcolors(1000) or (), reverse=True)
            assert [colour for _, colour in colours[:2]] == [(255, 255, 255), (0, 0, 0)]
            line_y = max(range(480), key=lambda y: shown.crop((0, y, 800, y + 1)).tobytes().count(0))
            assert 350 < line_y < 400, "a line to write on, below the sentence"
            assert device.read(0x22, 0) == stu.InkThreshold(40, 16)
            await capture.aclose()
            await pad.clear()
            assert device.blank

    run(story())


def test_nothing_stays_open() -> None:
    async def story() -> None:
        before = asyncio.all_tasks()
        async with AsyncExitStack() as stack:
            address = await stack.enter_async_context(open_signature_pad(HostedWorld(), listen=ANYWHERE))
            pad = await stack.enter_async_context(open_wacom_stu(address, {}))
            capture = pad.capture()
            assert await anext(capture) == WRITE_NOW
            waiting = asyncio.create_task(anext(capture))
            await asyncio.sleep(0)
            waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        while asyncio.all_tasks() != before:
            await asyncio.sleep(0)

    run(story())
