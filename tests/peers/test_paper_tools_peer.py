"""Scanner and printers with the plain tools of whoever looks after them: curl, socat, two programs of cups-filters."""

from __future__ import annotations

import asyncio
import hashlib
import io
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from emulator.devices.ipp.server import open_ipp_printer
from emulator.devices.printer import open_printer
from emulator.devices.scanner import open_scanner
from emulator.world.live_world import HostedWorld
from lisa_core.equipment.codecs import escl
from lisa_core.equipment.codecs.escl import ColourMode, Source
from lisa_core.equipment.drivers.ipp.form import PrintForm, as_form
from tests.devices.drawn_paper import paper
from tests.peers.clients import Client
from tests.peers.conftest import missing

pytestmark = pytest.mark.peer

ACCEPTED = (
    Client(
        "scanner",
        "curl",
        "7.88.1",
        "Debian",
        "client",
        "test_curl_takes_a_page_from_the_feeder",
        "a job whose body comes in chunks, a page, its end, taken back",
    ),
    Client(
        "printer",
        "socat",
        "1.7.4.4",
        "Debian",
        "client",
        "test_socat_prints_on_the_raw_port",
        "a PDF; who it is and how, by PJL",
    ),
    Client(
        "ipp-printer",
        "driverless (cups-filters)",
        "1.28.17",
        "Debian",
        "client",
        "test_cups_filters_describes_the_printer",
        "model, formats and paper, as a description for CUPS",
    ),
    Client(
        "ipp-printer",
        "rastertopdf (cups-filters)",
        "1.28.17",
        "Debian",
        "codec",
        "test_cups_filters_reads_the_raster_of_a_paper",
        "the pages of a paper, upright and across",
    ),
    Client(
        "ipp-printer",
        "ippevepcl",
        "2.4.2",
        "Debian",
        "codec",
        "test_ippevepcl_makes_its_pages_of_ours",
        "two pages of PWG raster, black",
    ),
)
INK = 200
"""Darker is ink: of rastertopdf white comes back as 250 of 255."""
FILTER = Path("/usr/lib/cups/filter/rastertopdf")


async def said(*command: str, asked: bytes = b"", **environment: str) -> bytes:
    """What a program says that has to end well."""
    process = await asyncio.create_subprocess_exec(
        *command,
        env={**os.environ, "LC_ALL": "C", **environment},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    told, wrong = await asyncio.wait_for(process.communicate(asked), 60)
    assert process.returncode == 0, wrong.decode(errors="replace")
    return told


def test_curl_takes_a_page_from_the_feeder(need: Callable[[str], str], tmp_path: Path) -> None:
    curl, page = need("curl"), tmp_path / "page.jpg"
    request = escl.write_request(escl.ScanRequest(Source.FEEDER, ColourMode.GREY, "image/jpeg", 75))
    chunks = ("-H", "Transfer-Encoding: chunked", "-H", "Expect: 100-continue", "-H", "Content-Type: text/xml")

    async def run() -> None:
        world = HostedWorld()
        await world.act("feed", pages=["mietvertrag:1"])
        async with open_scanner(world) as binding:
            made = await said(curl, "-sSi", *chunks, "--data-binary", "@-", f"{binding}/ScanJobs", asked=request)
            job = made.decode().partition("Location: ")[2].split()[0]
            taken = ("-sS", "-o", str(page), "-w", "%{http_code} %{content_type}", f"{job}/NextDocument")
            assert await said(curl, *taken) == b"200 image/jpeg"
            assert Image.open(page).size == (620, 877)
            assert await said(curl, *taken) == b"404 "
            assert await said(curl, "-sS", "-X", "DELETE", "-w", "%{http_code}", job) == b"200"
        assert world.state.feeder == ()

    asyncio.run(run())


def test_socat_prints_on_the_raw_port(need: Callable[[str], str], tmp_path: Path) -> None:
    socat, file = need("socat"), tmp_path / "kopie.pdf"
    file.write_bytes(b"%PDF-1.7\nEine Kopie\n%%EOF\n")
    asks = b"\x1b%-12345X@PJL INFO ID\r\n@PJL INFO STATUS\r\n\x1b%-12345X"

    async def run() -> None:
        world = HostedWorld()
        async with open_printer(world) as binding:
            there = binding.replace("socket://", "TCP:")
            await said(socat, "-u", f"FILE:{file}", there)
            while not world.state.tray:
                await world.changed(world.state.revision)
            await world.act("fail", fault="printer.papier")
            told = await said(socat, "-t", "30", "-", there, asked=asks)
        assert b'"LISA emulierter Drucker"' in told
        assert b"CODE=41213" in told
        assert world.state.tray == (f"Dokument {hashlib.sha256(file.read_bytes()).hexdigest()}",)

    asyncio.run(run())


def test_cups_filters_describes_the_printer(need: Callable[[str], str]) -> None:
    driverless = need("driverless")

    async def run() -> None:
        async with open_ipp_printer(HostedWorld(), personality="brother-mfc-j5320dw") as binding:
            told = (await said(driverless, binding)).decode()
        assert '*NickName: "Brother MFC-J5320DW' in told
        assert "*DefaultPageSize: A4" in told
        assert '"image/urf image/urf 0 -"' in told

    asyncio.run(run())


def test_cups_filters_reads_the_raster_of_a_paper() -> None:
    if not FILTER.exists():
        missing("rastertopdf fehlt (Debian: cups-filters-core-drivers): Raster sind mit ihm nicht gelesen")

    async def run() -> bytes:
        raster = await as_form(paper(), PrintForm("image/pwg-raster", "sgray_8", 100))
        types = {"CONTENT_TYPE": "image/pwg-raster", "FINAL_CONTENT_TYPE": "application/pdf"}
        return await said(str(FILTER), "1", "jemand", "Kopie", "1", "", asked=raster, **types)

    again = asyncio.run(run())
    pages, read = ([seen(document, number) for number in (1, 2)] for document in (paper(), again))
    assert [picture.size for picture in pages] == [picture.size for picture in read]
    assert [differs(*pair) < 3 for pair in zip(pages, read, strict=True)] == [True, True]
    assert differs(pages[0], read[1]) > 50, "as different as two pages are"


def test_ippevepcl_makes_its_pages_of_ours(need: Callable[[str], str], tmp_path: Path) -> None:
    tool, file = need("ippevepcl"), tmp_path / "kopie.pwg"

    async def run() -> bytes:
        file.write_bytes(await as_form(paper(), PrintForm("image/pwg-raster", "black_1", 300)))
        return await said(tool, str(file), CONTENT_TYPE="image/pwg-raster")

    told = asyncio.run(run())
    assert (told.count(b"\x1b*t300R"), told.count(b"\x1b*r0B\x0c")) == (2, 2), "two heads of pages, two ends"


def differs(one: Image.Image, other: Image.Image) -> float:
    """The mean difference of their points, of 255."""
    return float(ImageStat.Stat(ImageChops.difference(one, other)).mean[0])


def seen(document: bytes, number: int) -> Image.Image:
    """Where ink is on a page as pdftoppm draws it, upright."""
    command = ("pdftoppm", "-r", "50", "-gray", "-f", str(number), "-l", str(number), "-")
    drawn = subprocess.run(command, input=document, capture_output=True, check=True).stdout
    picture = Image.open(io.BytesIO(drawn))
    upright = picture.rotate(90, expand=True) if picture.width > picture.height else picture
    return upright.crop((0, 0, 413, 584)).point([255 * (grey < INK) for grey in range(256)])
