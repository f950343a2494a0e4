"""The emulated scanner as a client finds it: jobs, sources, regions, colours and formats, over http and https."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Awaitable, Callable
from dataclasses import replace

import httpx
import pytest
from PIL import Image, ImageChops, ImageStat
from pypdf import PdfReader

from emulator.devices.scanner import CAPABILITIES, open_scanner
from emulator.paper.paper import render_page
from emulator.world.live_world import HostedWorld
from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.readings import ScanSettings, ScanSource
from lisa_core.equipment.codecs import escl
from lisa_core.equipment.codecs.escl import ColourMode, JobState, Source
from lisa_core.equipment.codecs.escl_capabilities import read_capabilities, write_capabilities
from lisa_core.equipment.codecs.escl_image_info import ImageInfo, read_image_info
from lisa_core.equipment.drivers.escl import open_escl
from lisa_core.equipment.lines.trust import fingerprint_at

SHEET = "mietvertrag:1/mietvertrag:1"
GREY = escl.ScanRequest(Source.PLATEN, ColourMode.GREY, "image/jpeg", 75, escl.Region(0, 0, 400, 400))
FEEDER = replace(GREY, source=Source.FEEDER)
Talk = Callable[[HostedWorld, httpx.AsyncClient], Awaitable[None]]


def talk(act: Talk, **world: object) -> None:
    """Speak with a scanner in whose world something lies: `feed`, `lay_on_glass`."""

    async def run() -> None:
        hosted = HostedWorld()
        for name, value in world.items():
            await hosted.act(name, **{"pages" if name == "feed" else "page": value})
        async with open_scanner(hosted) as binding, httpx.AsyncClient(base_url=f"{binding}/") as client:
            await act(hosted, client)

    asyncio.run(run())


async def begun(client: httpx.AsyncClient, request: escl.ScanRequest) -> str:
    made = await client.post("ScanJobs", content=escl.write_request(request))
    assert made.status_code == 201, made.text
    assert made.headers["Location"].startswith(str(client.base_url))
    return str(made.headers["Location"])


async def page(client: httpx.AsyncClient, job: str) -> tuple[int, bytes]:
    got = await client.get(f"{job}/NextDocument")
    return got.status_code, got.content


async def job_states(client: httpx.AsyncClient) -> list[JobState]:
    status = escl.read_status((await client.get("ScannerStatus")).content)
    return [job.state for job in status.jobs]


def test_a_job_lives_from_201_to_404_and_one_runs_at_a_time() -> None:
    async def act(world: HostedWorld, client: httpx.AsyncClient) -> None:
        job = await begun(client, FEEDER)
        second = await client.post("ScanJobs", content=escl.write_request(FEEDER))
        assert (second.status_code, second.headers["Retry-After"]) == (503, "1")
        assert (await client.get(f"{job}/ScanImageInfo")).status_code == 404
        codes = [(await page(client, job))[0] for _ in range(4)]
        assert codes == [200, 200, 404, 404]
        info = read_image_info((await client.get(f"{job}/ScanImageInfo")).content)
        assert info == ImageInfo(httpx.URL(job).path, job.rpartition("/")[2], 100, 100, 100, blank=False)
        assert await job_states(client) == [JobState.COMPLETED]
        given_up = await begun(client, GREY)
        assert (await client.delete(given_up)).status_code == 200
        assert (await page(client, given_up))[0] == 404
        assert await job_states(client) == [JobState.CANCELED, JobState.COMPLETED]
        assert (await client.delete(f"{given_up}x")).status_code == 404

    talk(act, feed=["mietvertrag:1", "mietvertrag:1"])


def test_what_cannot_be_done_is_refused_and_the_scanner_stays_free() -> None:
    refused = {
        "XResolution 77: offered are 75, 100": replace(GREY, resolution_dpi=77),
        "DocumentFormat 'image/tiff': offered are image/jpeg": replace(GREY, media_type="image/tiff"),
        "within 2480 by 3508": replace(GREY, region=escl.Region(2480, 0, 100, 100)),
        "at least 16 by 16": replace(GREY, region=escl.Region(0, 0, 15, 100)),
        "Platen does not scan both sides": replace(GREY, duplex=True),
    }

    async def act(world: HostedWorld, client: httpx.AsyncClient) -> None:
        assert (await client.post("ScanJobs", content=b"<scan:ScanSettings")).status_code == 400
        assert (await client.post("ScanJobs", content=b"x" * 70_000)).status_code == 413
        for why, request in refused.items():
            # libsane and airscan write Duplex for feeders only, so does our codec
            body = escl.write_request(request).replace(b"</scan:ScanSettings>", _duplex(request))
            refusal = await client.post("ScanJobs", content=body)
            assert (refusal.status_code, why in refusal.text) == (409, True), refusal.text
        assert await job_states(client) == []

    talk(act)


def test_who_goes_in_the_middle_of_a_request_leaves_no_traceback(caplog: pytest.LogCaptureFixture) -> None:
    async def act(world: HostedWorld, client: httpx.AsyncClient) -> None:
        _, writer = await asyncio.open_connection(client.base_url.host, client.base_url.port)
        writer.write(b"POST /eSCL/ScanJobs HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n<scan:")
        await writer.drain()
        writer.transport.abort()
        assert (await client.get("ScannerStatus")).status_code == 200
        assert await job_states(client) == []

    talk(act)
    assert not [record for record in caplog.records if record.exc_info], "a client that has gone is no fault of ours"


def _duplex(request: escl.ScanRequest) -> bytes:
    return b"<scan:Duplex>%s</scan:Duplex></scan:ScanSettings>" % str(request.duplex).lower().encode()


def test_both_sides_come_one_after_the_other_and_an_empty_back_is_told() -> None:
    async def act(world: HostedWorld, client: httpx.AsyncClient) -> None:
        job, blank = await begun(client, replace(FEEDER, duplex=True)), []
        while (await page(client, job))[0] == 200:
            blank.append(read_image_info((await client.get(f"{job}/ScanImageInfo")).content).blank)
        assert blank == [False, False, False, True]
        assert world.state.feeder == ()

    talk(act, feed=[SHEET, "mietvertrag:1"])


@pytest.mark.parametrize("mode", ColourMode)
@pytest.mark.parametrize("media_type", ["image/jpeg", "image/png", "application/pdf"])
def test_the_part_that_was_asked_for_comes_in_its_colours_and_format(mode: ColourMode, media_type: str) -> None:
    region = escl.Region(120, 240, 1200, 601)
    request = escl.ScanRequest(Source.PLATEN, mode, media_type, 75, region)
    expected = render_page("mietvertrag", 1, 75).convert("L").crop((30, 60, 330, 210))

    async def act(world: HostedWorld, client: httpx.AsyncClient) -> None:
        got = await client.get(f"{await begun(client, request)}/NextDocument")
        assert (got.status_code, got.headers["Content-Type"]) == (200, media_type)
        picture = _pictured(got.content, media_type)
        assert picture.size == expected.size
        assert (picture.mode == "RGB") == (mode is ColourMode.COLOUR)
        seen, wanted = picture.convert("L"), expected.point(lambda level: 255 * (level > 127))
        wanted = wanted if mode is ColourMode.BLACK_WHITE else expected
        assert ImageStat.Stat(ImageChops.difference(seen, wanted)).mean[0] < 3.0

    talk(act, lay_on_glass="mietvertrag:1")


def _pictured(data: bytes, media_type: str) -> Image.Image:
    if media_type != "application/pdf":
        return Image.open(io.BytesIO(data))
    [sheet] = PdfReader(io.BytesIO(data)).pages
    assert [round(float(side)) for side in sheet.mediabox[2:]] == [288, 144], "as large as the part on paper, in points"
    return sheet.images[0].image


def test_beside_the_sheet_it_is_white_as_the_lid() -> None:
    offered = replace(
        CAPABILITIES, sources={Source.PLATEN: replace(CAPABILITIES.sources[Source.PLATEN], max_width=2600)}
    )
    request = replace(GREY, region=escl.Region(2400, 0, 400, 400), media_type="image/png")

    async def run() -> None:
        world = HostedWorld()
        await world.act("lay_on_glass", page="mietvertrag:1")
        async with (
            open_scanner(world, offered=offered) as binding,
            httpx.AsyncClient(base_url=f"{binding}/") as client,
        ):
            _, data = await page(client, await begun(client, request))
        picture = Image.open(io.BytesIO(data))
        assert picture.size == (50, 100), "what lies beside the glass is cut off"
        assert picture.getextrema()[0] > 200, "a margin of the sheet, and the lid"

    asyncio.run(run())


def test_over_tls_it_shows_its_own_certificate_and_is_taken_once_that_is_pinned() -> None:
    async def run() -> None:
        async with open_scanner(HostedWorld(), listen="https://127.0.0.1:0") as binding:
            assert binding.startswith("https://127.0.0.1:")
            fingerprint = await fingerprint_at("127.0.0.1", httpx.URL(binding).port or 0)
            with pytest.raises(DeviceFault, match=fingerprint):
                async with open_escl(binding, {}):
                    pass
            async with open_escl(binding, {"fingerprint": fingerprint}) as scanner:
                assert len([one async for one in scanner.scan(ScanSettings(ScanSource.PLATEN, 75))]) == 1

    asyncio.run(run())


def test_the_driver_takes_both_sides_where_the_profile_says_so_and_the_scanner_can() -> None:
    async def scanned(offered: escl.Capabilities) -> tuple[int, tuple[str, ...]]:
        world = HostedWorld()
        await world.act("feed", pages=[SHEET, SHEET])
        async with open_scanner(world, offered=offered) as binding, open_escl(binding, {"duplex": True}) as scanner:
            pages = [one async for one in scanner.scan(ScanSettings(ScanSource.FEEDER, 75))]
            return len(pages), scanner.can

    assert read_capabilities(write_capabilities(CAPABILITIES)) == CAPABILITIES
    assert asyncio.run(scanned(CAPABILITIES)) == (4, ("einzug", "glas", "farbe", "beidseitig", "kennung"))
    with pytest.raises(DeviceFault, match="nur eine Seite der Blätter: duplex = true aus dem Profil nehmen"):
        asyncio.run(scanned(replace(CAPABILITIES, duplex=None)))
