"""Clients that say nonsense to the emulated pad: they are refused as a good device refuses, and it goes on."""

from __future__ import annotations

import asyncio
import contextlib
import zlib
from collections.abc import AsyncIterator, Iterator
from random import Random

import pytest

from emulator.devices.signature_pad import open_signature_pad
from emulator.devices.stu.model import pad_model
from emulator.devices.stu.pad import CLEAR_US, StuPad
from emulator.devices.stu.usbip_server import MOST_WAITING
from emulator.world.live_world import HostedWorld
from lisa_core.domain.model.readings import PenSample
from lisa_core.equipment.codecs import usb, usbip
from lisa_core.equipment.codecs.stu import reports as stu
from lisa_core.equipment.codecs.stu import settings
from lisa_core.equipment.codecs.stu.framing import frame
from lisa_core.equipment.codecs.stu.reports import Report, Result
from lisa_core.equipment.codecs.stu.settings import PIECE, Block, EncryptionCommand, Order
from lisa_core.equipment.codecs.stu.table import encode
from lisa_core.equipment.drivers.wacom_stu import open_wacom_stu
from lisa_core.equipment.lines.serial import open_serial

ANYWHERE = "usbip://127.0.0.1:0"
LATER_US = 10**6
DEVID = 1 << 16 | 1
PEN = PenSample(0, 100, 200, 500, near=True, down=True)
STATUS = usb.get_report(3, 5).encode()
ISOCHRONOUS = usbip.encode(usbip.Submit(1, DEVID, usbip.IN, 1, 64)).replace(bytes(8), bytes(3) + b"\x09" + bytes(4), 1)
TAKEN = usbip.encode(usbip.Import("1-1"))
NONSENSE = {
    "no version": b"GET / HTTP/1.1\r\nHost: pad\r\n\r\n",
    "no such request": bytes.fromhex("0111 8077 00000000"),
    "a transfer of nobody": usbip.encode(usbip.Submit(1, DEVID, usbip.IN, 0, 5, STATUS)),
    "no such command": TAKEN + bytes.fromhex("00000009") + bytes(44),
    "too long": TAKEN + usbip.encode(usbip.Submit(1, DEVID, usbip.IN, 1, usbip.MAX_TRANSFER + 1)),
    "another device": TAKEN + usbip.encode(usbip.Submit(1, DEVID + 1, usbip.IN, 0, 5, STATUS)),
    "too much at once": TAKEN
    + b"".join(usbip.encode(usbip.Submit(at, DEVID, usbip.IN, 1, 64)) for at in range(1, MOST_WAITING + 2)),
    "noise": TAKEN + Random(14).randbytes(4096),
}


@contextlib.asynccontextmanager
async def connected(address: str) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    host, _, port = address.removeprefix(ANYWHERE[:8]).partition("/")[0].rpartition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    try:
        yield reader, writer
    finally:
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()


def test_who_talks_nonsense_over_usbip_is_sent_away_and_the_pad_is_there_for_the_next() -> None:
    async def story() -> None:
        async with open_signature_pad(HostedWorld(), listen=ANYWHERE) as address:
            for name, said in NONSENSE.items():
                async with connected(address) as (reader, writer):
                    writer.write(said)
                    async with asyncio.timeout(60):
                        with contextlib.suppress(ConnectionError):
                            while await reader.read(65_536):
                                pass
                async with open_wacom_stu(address, {}) as pad:
                    assert (await pad.info()).model == "STU-540", name

    asyncio.run(asyncio.wait_for(story(), 60))


def test_a_report_that_is_longer_than_its_room_is_refused_and_the_stream_stays_in_step() -> None:
    async def story() -> None:
        world = HostedWorld()
        async with open_signature_pad(world, listen=ANYWHERE) as address, connected(address) as (reader, writer):
            asked = usbip.Submit(1, DEVID, usbip.IN, 1, 3), usbip.Submit(2, DEVID, usbip.IN, 1, 64)
            answers = usbip.AnswerReader()
            writer.write(TAKEN + b"".join(map(usbip.encode, asked)))
            for one in asked:
                answers.expect(one)
            await world.act("sign", recording="punkt")
            said = list[usbip.Answer]()
            while len(said) < 3:
                said += answers.feed(await reader.read(4096))
            assert said[1] == usbip.Submitted(1, usbip.OVERFLOW, length=0)
            assert isinstance(said[2], usbip.Submitted)
            assert len(said[2].data) == len(encode(stu.PenData(0, 0, 0)))

    asyncio.run(asyncio.wait_for(story(), 60))


def test_rubbish_on_the_serial_line_is_answered_where_a_pad_would_and_harms_nobody() -> None:
    """Half a frame, a wrong checksum, frames that hold nothing that is known; then somebody who knows how."""

    async def story() -> None:
        async with open_signature_pad(HostedWorld()) as path:
            chance = Random(14)
            line = await open_serial(path, baudrate=128_000)
            await line.write(frame(encode(stu.InkingMode(1)), 0x0000)[:-3])
            for size in (1, 2, 70, 300):
                await line.write(frame(chance.randbytes(size), 0x0000))
            await line.write(chance.randbytes(2000))
            await line.aclose()
            async with open_wacom_stu(path, {}) as pad:
                assert (await pad.info()).model == "STU-430V"

    asyncio.run(asyncio.wait_for(story(), 60))


def refused(pad: StuPad, *reports: Report, since_us: int = 0) -> Iterator[int]:
    """What the pad says to each, with time enough in between."""
    for at, report in enumerate(reports, 1):
        answer = pad.answer(encode(report), since_us + at * CLEAR_US)
        assert isinstance(answer, stu.SetResult)
        yield answer.result


@pytest.mark.parametrize("kinds", [(2, 0x3F), (200, 0x82), (2, 0xC2)])
def test_a_key_that_cannot_be_made_is_refused_and_nothing_is_sealed_with_it(kinds: tuple[int, int]) -> None:
    """Unknown kinds, too much of a number, numbers that are no key."""
    number = EncryptionCommand(Order.SET_BLOCK, Block.MODULUS, PIECE, b"\xff" * PIECE)
    even = EncryptionCommand(Order.SET_BLOCK, Block.EXPONENT, 4, b"\0\0\0\2".ljust(PIECE, b"\0"))
    pad, no, ok = StuPad(model=pad_model("stu-430")), Result.BAD_PARAMETER, Result.OK
    order = EncryptionCommand(Order.GENERATE)
    assert list(refused(pad, EncryptionCommand(Order.SET_TYPE, *kinds), order)) == [no, no]
    right = EncryptionCommand(Order.SET_TYPE, 2, 0x82)
    assert list(refused(pad, right, *[number] * 5, even, order, since_us=LATER_US)) == [ok] * 5 + [no, ok, no]
    assert list(refused(pad, stu.StartCapture(7), stu.PenDataOptionMode(3), since_us=2 * LATER_US)) == [ok, ok]
    assert isinstance(pad.write(PEN, 10**9), stu.PenDataTimeCountSequence)


@pytest.mark.parametrize("corners", [(5, 0, 4, 9), (0, 0, 321, 9), (0, 0, 9, 65_535)])
def test_an_area_beside_the_screen_is_refused_whatever_would_be_drawn_there(corners: tuple[int, ...]) -> None:
    pad, no = StuPad(), Result.WRONG_AREA
    areas = settings.StartImageDataArea(1, 1, *corners), settings.ClearScreenArea(0, 1, *corners)
    assert list(refused(pad, *areas, stu.HandwritingDisplayArea(*corners))) == [no] * 3
    drawn = zlib.compress(bytes(10**6))
    blocks = [stu.ImageDataBlock(len(drawn[at : at + 253]), drawn[at : at + 253]) for at in range(0, len(drawn), 253)]
    whole = settings.StartImageDataArea(1, 1, 0, 0, 7, 7)
    assert set(refused(pad, whole, *blocks[:1], stu.EndImageData(0), since_us=LATER_US)) <= {
        Result.OK,
        Result.ZLIB_ERROR,
    }
    assert len(pad.picture) <= 8, "however much is packed into it"


def test_a_part_that_is_wiped_leaves_the_rest() -> None:
    pad = StuPad()
    pad.write(PEN, 0)
    assert list(refused(pad, settings.ClearScreenArea(0, 1, 0, 0, 9, 9))) == [Result.OK]
    assert not pad.blank
    assert list(refused(pad, settings.ClearScreenArea(0, 1, 0, 0, 319, 199), since_us=LATER_US)) == [Result.OK]
    assert pad.blank
