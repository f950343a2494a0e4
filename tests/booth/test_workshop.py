"""The process for foreign pictures: good ones are quick, others cost a sentence, and it never outlives the booth."""

from __future__ import annotations

import asyncio
import io
import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

import pytest
from PIL import Image

from emulator.paper.scan_image import scanned_page
from lisa_core.booth.imaging.pictures import MAX_PIXELS, Look, Still, do
from lisa_core.booth.imaging.workshop import Apart, Workshop, open_workshop
from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.frames import Frame
from lisa_core.domain.model.readings import ScanSettings, ScanSource

PAGE = scanned_page("mietvertrag:1", ScanSettings(ScanSource.PLATEN, 75, colour=True)).data
GREY = scanned_page("mietvertrag:1", ScanSettings(ScanSource.PLATEN, 75)).data
LONG = os.environ.get("LISA_LONG") == "1"


def png(mode: str, width: int, height: int) -> bytes:
    buffer = io.BytesIO()
    Image.new(mode, (width, height)).save(buffer, "PNG")
    return buffer.getvalue()


def half(page: bytes) -> bytes:
    """A JPEG whose scanner gave up and ended it in good order: readers fill up what is missing, and say nothing."""
    return page[: len(page) // 2] + b"\xff\xd9"


def play(scenario: Callable[[Workshop], Awaitable[None]]) -> None:
    async def run() -> None:
        async with asyncio.timeout(60), open_workshop(apart=True) as workshop:
            await scenario(workshop)

    asyncio.run(run())


async def fault(workshop: Workshop, page: bytes) -> str:
    try:
        preview, _ = await workshop.perform(Look(page))
    except DeviceFault as error:
        return error.code
    assert Image.open(io.BytesIO(preview)).size
    return ""


def test_it_makes_what_would_be_made_in_place() -> None:
    frame = Frame(64, 48, random.Random(1).randbytes(64 * 48 * 3), 0)

    async def scenario(workshop: Workshop) -> None:
        for job in (Look(PAGE), Look(png("1", 3000, 4000)), Still(frame)):
            assert await workshop.perform(job) == do(job)

    play(scenario)


@pytest.mark.parametrize(
    ("page", "code"),
    [
        (b"", "picture.damaged"),
        (b"\xff\xd8\xff" + b"no picture at all" * 50 + b"\xff\xd9", "picture.damaged"),
        (PAGE[:200], "picture.damaged"),
        (PAGE[: len(PAGE) // 2], "picture.damaged"),
        (half(PAGE), "picture.damaged"),
        (half(GREY), "picture.damaged"),
        (png("L", 9, 9).replace(b"IDAT", b"IDOT"), "picture.damaged"),
        (partial(png, "1", 20_000, 20_000), "picture.large"),  # made when it is tested, not when it is found
        (partial(png, "1", 13_000, 13_000), "picture.large"),
        (partial(png, "1", MAX_PIXELS // 5000 + 1, 5000), "picture.large"),
    ],
    ids=[
        *("nothing", "text between the right ends", "its head", "half", "half, with an end", "half of a grey one"),
        *("broken chunk", "400 MP", "169 MP", "just too large"),
    ],
)
def test_what_is_no_usable_picture_is_said_at_once_and_in_place_too(
    page: bytes | Callable[[], bytes], code: str
) -> None:
    page = page if isinstance(page, bytes) else page()
    with pytest.raises(DeviceFault) as caught:
        do(Look(page))
    assert caught.value.code == code

    async def scenario(workshop: Workshop) -> None:
        assert await fault(workshop, page) == code
        assert await fault(workshop, PAGE) == ""

    play(scenario)


def test_whatever_a_device_makes_of_a_page_ends_in_a_preview_or_a_sentence() -> None:
    chance = random.Random(12)

    async def scenario(workshop: Workshop) -> None:
        for page in (PAGE, png("RGB", 40, 30), png("P", 40, 30)):
            for _ in range(2000 if LONG else 60):
                damaged = bytearray(page)
                for _ in range(chance.randint(1, 8)):
                    damaged[chance.randrange(len(damaged))] = chance.randrange(256)
                assert await fault(workshop, bytes(damaged)) in ("", "picture.damaged", "picture.large")
        assert await fault(workshop, PAGE) == ""

    play(scenario)


def test_the_loop_goes_on_while_a_large_picture_is_decoded() -> None:
    page = png("1", 7000, 7000)

    async def scenario(workshop: Workshop) -> None:
        await workshop.perform(Look(PAGE))
        turns, looking = 0, asyncio.create_task(workshop.perform(Look(page)))
        while not looking.done():
            await asyncio.sleep(0)
            turns += 1
        assert turns > 100

    play(scenario)


def test_one_that_was_killed_or_cancelled_is_followed_by_another() -> None:
    async def scenario(workshop: Workshop) -> None:
        assert isinstance(workshop, Apart)
        await workshop.perform(Look(PAGE))
        (first,) = children()
        os.kill(first, signal.SIGKILL)
        assert await fault(workshop, PAGE) in ("", "picture.damaged")  # it may die before or after it was asked
        assert await fault(workshop, PAGE) == ""
        looking = asyncio.create_task(workshop.perform(Look(png("1", 7000, 7000))))
        await asyncio.sleep(0)
        looking.cancel()
        await asyncio.gather(looking, return_exceptions=True)
        assert await fault(workshop, PAGE) == ""

    play(scenario)
    assert not children()


def test_nothing_of_a_visit_stays_in_it() -> None:
    async def scenario(workshop: Workshop) -> None:
        await workshop.perform(Look(PAGE))
        (first,) = children()
        workshop.forget()
        await workshop.perform(Look(PAGE))
        assert first not in children()

    play(scenario)


def test_our_own_work_ends_before_its_visit_is_wiped() -> None:
    async def scenario(workshop: Workshop) -> None:
        begun, may_end, ended = threading.Event(), threading.Event(), threading.Event()

        def work() -> None:
            begun.set()
            may_end.wait(30)
            ended.set()

        working = asyncio.create_task(workshop.beside(work))
        await asyncio.to_thread(begun.wait, 30)
        working.cancel()
        asyncio.get_running_loop().call_later(0.05, may_end.set)
        await asyncio.gather(working, return_exceptions=True)
        assert working.cancelled()
        assert ended.is_set()

    play(scenario)


BOOTH = """
import asyncio, io, sys
from PIL import Image
from lisa_core.booth.imaging.pictures import Look
from lisa_core.booth.imaging.workshop import Apart
async def run():
    workshop, page = Apart(), io.BytesIO()
    Image.new("L", (7000, 7000)).save(page, "PNG")
    await workshop.perform(Look(page.getvalue()))
    print(workshop.pid, flush=True)
    while True:
        await workshop.perform(Look(page.getvalue()))
asyncio.run(run())
"""


def test_it_ends_with_a_booth_that_is_killed_also_in_the_middle_of_a_picture() -> None:
    with subprocess.Popen([sys.executable, "-c", BOOTH], stdout=subprocess.PIPE) as booth:
        assert booth.stdout is not None
        pid = int(booth.stdout.readline())
        watching = os.pidfd_open(pid)
        booth.kill()
    ended = asyncio.run(_ended(watching))
    os.close(watching)
    assert ended


async def _ended(watching: int) -> bool:
    loop, gone = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(watching, gone.set)
    async with asyncio.timeout(60):
        await gone.wait()
    loop.remove_reader(watching)
    return True


def children() -> list[int]:
    """The processes that decode pictures for this one and are alive."""
    mine = Path(f"/proc/self/task/{threading.get_native_id()}/children").read_text().split()
    return [int(pid) for pid in mine if b"picture_process" in _command(int(pid))]


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()  # empty for one that is dead and not yet reaped
    except OSError:
        return b""
