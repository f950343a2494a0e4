"""The scanner: our driver against the emulated one over real HTTP, and against transcripts of awkward ones."""

from __future__ import annotations

import asyncio
import contextlib
import io
from collections.abc import AsyncIterator, Callable

import httpx
import pytest
from PIL import Image, ImageChops, ImageStat

from emulator.devices.scanner import CAPABILITIES, open_scanner
from emulator.paper.paper import blank_page, pages_of, render_page
from emulator.paper.scan_image import scanned_page
from emulator.world.live_world import HostedWorld
from lisa_core.domain.model.errors import DeviceFault, LisaError, ProfileError
from lisa_core.domain.model.readings import ScannedPage, ScanSettings, ScanSource
from lisa_core.equipment.codecs import escl
from lisa_core.equipment.codecs.escl_capabilities import write_capabilities
from lisa_core.equipment.drivers.escl import EsclScanner, Patience, connect_escl, open_escl
from lisa_core.equipment.lines.http import open_http

GLASS = ScanSettings(ScanSource.PLATEN, 75, colour=True)
FEEDER = ScanSettings(ScanSource.FEEDER, 75)


@contextlib.asynccontextmanager
async def emulated() -> AsyncIterator[tuple[HostedWorld, EsclScanner, str]]:
    world = HostedWorld()
    async with open_scanner(world) as binding, open_http(binding) as http:
        patience = Patience(tries=3, pause_s=0.01, longest_pause_s=0.01)
        yield world, await connect_escl(http, binding, patience), binding


async def scan(scanner: EsclScanner, settings: ScanSettings, pages: list[ScannedPage]) -> str:
    """Scan into `pages`; return the code of the fault that ended it, or nothing."""
    job = scanner.scan(settings)
    try:
        while page := await anext(job, None):
            pages.append(page)
    except DeviceFault as fault:
        return fault.code
    return ""


def shows(page: ScannedPage, expected: Image.Image) -> bool:
    """Whether it is that picture, apart from what JPEG changes."""
    picture = Image.open(io.BytesIO(page.data)).convert("L")
    difference = ImageChops.difference(picture, expected.convert("L"))
    return picture.size == expected.size and ImageStat.Stat(difference).mean[0] < 2.0


def test_the_page_on_the_glass_arrives() -> None:
    async def run() -> None:
        async with emulated() as (world, scanner, _):
            empty: list[ScannedPage] = []
            assert await scan(scanner, GLASS, empty) == ""
            await world.act("lay_on_glass", page="personalausweis:1")
            [page] = [page async for page in scanner.scan(GLASS)]
            assert shows(empty[0], blank_page(75))
            assert shows(page, render_page("personalausweis", 1, 75))
            assert not shows(page, blank_page(75))
            assert (page.media_type, page.resolution_dpi) == ("image/jpeg", 75)
            assert page.data == scanned_page("personalausweis:1", GLASS).data

    asyncio.run(run())


def test_a_jam_keeps_the_pages_before_it_and_the_next_scan_brings_the_rest() -> None:
    async def run() -> None:
        async with emulated() as (world, scanner, _):
            await world.act("feed", pages=pages_of("mietvertrag"))
            await world.act("set_jam", page=2)
            pages: list[ScannedPage] = []
            assert await scan(scanner, FEEDER, pages) == "scanner.jam"
            assert (len(pages), world.state.jammed) == (1, "mietvertrag:2")
            assert await scan(scanner, FEEDER, pages) == "scanner.jam"
            await world.act("clear_jam")
            assert await scan(scanner, FEEDER, pages) == ""
            assert [shows(page, render_page("mietvertrag", n, 75)) for n, page in enumerate(pages, 1)] == [True] * 3
            assert world.state.feeder == ()

    asyncio.run(run())


def test_an_empty_feeder_and_an_unknown_resolution_are_said() -> None:
    async def run() -> None:
        async with emulated() as (_, scanner, binding):
            assert await scan(scanner, FEEDER, []) == "scanner.empty"
            async with open_escl(binding, {"resolution_dpi": 1200}) as finest:
                assert (await anext(finest.scan(GLASS))).resolution_dpi == 300
            with pytest.raises(DeviceFault, match="75, 100, 150, 200, 300"):
                async with open_escl(binding, {"max_dpi": 50}):
                    pass
            identity = await scanner.identify()
            assert (identity.vendor, identity.serial) == ("LISA", "LISA-0001")

    asyncio.run(run())


def test_a_second_job_waits_and_a_cancelled_one_gives_the_scanner_back() -> None:
    async def run() -> None:
        async with emulated() as (world, scanner, _):
            await world.act("feed", pages=pages_of("mietvertrag"))
            async with contextlib.aclosing(scanner.scan(FEEDER)) as first:
                await anext(first)
                assert await scan(scanner, FEEDER, []) == "scanner.busy"
            assert world.state.feeder == ("mietvertrag:2", "mietvertrag:3")
            rest: list[ScannedPage] = []
            assert (await scan(scanner, FEEDER, rest), len(rest)) == ("", 2)

            await world.act("feed", pages=pages_of("mietvertrag"))
            begun = asyncio.Event()
            task = asyncio.create_task(_scan_and_say(scanner, begun))
            await begun.wait()
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            assert await scan(scanner, GLASS, []) == ""

    asyncio.run(run())


async def _scan_and_say(scanner: EsclScanner, begun: asyncio.Event) -> None:
    async with contextlib.aclosing(scanner.scan(FEEDER)) as pages:
        async for _ in pages:
            begun.set()


def test_a_scanner_that_is_gone_is_offline_and_leaves_nothing_behind() -> None:
    async def run() -> None:
        server = contextlib.AsyncExitStack()
        binding = await server.enter_async_context(open_scanner(HostedWorld()))
        async with open_escl(binding, {}) as scanner:
            with pytest.raises(LisaError, match="schon belegt"):
                await server.enter_async_context(open_scanner(HostedWorld(), listen=binding[7:-5]))
            await server.aclose()
            assert await scan(scanner, GLASS, []) == "scanner.offline"
        with pytest.raises(DeviceFault, match="eingeschaltet") as caught:
            await server.enter_async_context(open_escl(binding, {}))
        assert caught.value.code == "scanner.offline"
        assert len(asyncio.all_tasks()) == 1

    asyncio.run(run())


def test_an_unknown_option_is_said() -> None:
    async def run() -> None:
        async with open_escl("http://127.0.0.1:1/eSCL", {"tiemout": 1}):
            pass

    with pytest.raises(ProfileError, match="tiemout"):
        asyncio.run(run())


Answer = tuple[int, bytes, dict[str, str]]
PAGE: Answer = (200, scanned_page("", FEEDER).data, {"Content-Type": "application/octet-stream"})
MADE: Answer = (201, b"", {"Location": "http://scanner.invalid:80/eSCL/ScanJobs/7"})
NO_MORE: Answer = (404, b"", {})


def status(state: escl.State, feeder: escl.FeederState) -> Answer:
    return (200, escl.write_status(escl.ScannerStatus(state, feeder)), {})


IDLE = status(escl.State.IDLE, escl.FeederState.EMPTY)
LOADED = status(escl.State.IDLE, escl.FeederState.LOADED)
WORKING = status(escl.State.PROCESSING, escl.FeederState.PROCESSING)


@pytest.mark.parametrize(
    ("answers", "code", "pages"),
    [
        pytest.param([MADE, PAGE, PAGE, NO_MORE, IDLE], "", 2, id="Location with a wrong host, wrong Content-Type"),
        pytest.param([(503, b"", {"Retry-After": "0"}), MADE, PAGE, NO_MORE, IDLE], "", 1, id="warming up"),
        pytest.param([MADE, (503, b"", {}), PAGE, NO_MORE, IDLE], "", 1, id="503 between pages"),
        pytest.param([(503, b"", {})] * 3, "scanner.busy", 0, id="503 for ever"),
        pytest.param([MADE, NO_MORE, WORKING, PAGE, NO_MORE, IDLE], "", 1, id="404 asked too fast"),
        pytest.param(
            [MADE, PAGE, NO_MORE, status(escl.State.IDLE, escl.FeederState.JAM)],
            "scanner.jam",
            1,
            id="404 for a jam",
        ),
        pytest.param(
            [(409, b"", {}), status(escl.State.STOPPED, escl.FeederState.HATCH_OPEN)],
            "scanner.cover",
            0,
            id="hatch",
        ),
        pytest.param([MADE, PAGE, (410, b"", {}), LOADED], "scanner.io", 1, id="job gone"),
        pytest.param([MADE, (200, PAGE[1][:-500], {})], "scanner.io", 0, id="page cut off"),
        pytest.param([MADE, (200, b"", {})], "scanner.io", 0, id="empty page"),
        pytest.param([(201, b"", {}), IDLE], "scanner.io", 0, id="no Location"),
        pytest.param([(409, b"", {}), (200, b"<html>", {})], "scanner.io", 0, id="status is no status"),
        pytest.param([MADE, PAGE, httpx.ReadError("cut")], "scanner.io", 1, id="connection cut"),
    ],
)
def test_awkward_scanners(answers: list[Answer | httpx.ReadError], code: str, pages: int) -> None:
    async def run() -> None:
        asked: list[str] = []
        wire = httpx.MockTransport(transcript(answers, asked))
        async with open_http("http://scanner.test/eSCL", wire=wire) as http:
            scanner = await connect_escl(http, "http://scanner.test/eSCL", Patience(tries=3, pause_s=0.0))
            got: list[ScannedPage] = []
            assert (await scan(scanner, FEEDER, got), len(got)) == (code, pages)
        assert not answers, "asked less than expected"
        assert ("DELETE http://scanner.test/eSCL/ScanJobs/7" in asked) == (MADE in sent)

    sent = list(answers)
    asyncio.run(run())


def transcript(answers: list[Answer | httpx.ReadError], asked: list[str]) -> Callable[[httpx.Request], httpx.Response]:
    """A scanner that answers in this order, whatever the question; capabilities, the look before and DELETE aside."""

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(f"{request.method} {request.url}")
        if request.url.path.endswith("ScannerStatus") and not any(one.startswith("POST") for one in asked):
            return httpx.Response(200, content=LOADED[1])
        if request.url.path.endswith("ScannerCapabilities"):
            return httpx.Response(200, content=write_capabilities(CAPABILITIES))
        if request.method == "DELETE":
            return httpx.Response(200)
        next_ = answers.pop(0)
        if isinstance(next_, httpx.ReadError):
            raise next_
        return httpx.Response(next_[0], content=next_[1], headers=next_[2])

    return answer
