"""The emulated scanner under scanimage, through two backends written independently of each other and of us."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Coroutine, Mapping
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageStat

from emulator.devices.scanner import open_scanner
from emulator.devices.scanning.values import offered_by
from emulator.paper.paper import pages_of, render_page
from emulator.world.live_world import HostedWorld
from lisa_core.equipment.slots.scanner_faults import SCANNER_FAULTS
from tests.peers.clients import Client

pytestmark = pytest.mark.peer

ACCEPTED = (
    Client(
        "scanner",
        "scanimage (airscan)",
        "0.99.27",
        "Debian",
        "client",
        "test_scanimage_is_told_of_a_jam_and_keeps_the_page_before_it",
        "glass, feeder, a jam, values of a real scanner",
    ),
    Client(
        "scanner",
        "scanimage (airscan)",
        "0.99.27",
        "Debian",
        "client",
        "test_scanimage_takes_both_sides_of_each_sheet_over_tls",
        "both sides of sheets, over TLS; a part of the glass",
    ),
    Client(
        "scanner",
        "scanimage (escl)",
        "1.2.1",
        "Debian",
        "client",
        "test_scanimage_takes_both_sides_of_each_sheet_over_tls",
        "both sides of sheets, over TLS",
    ),
    Client(
        "scanner",
        "scanimage (escl)",
        "1.2.1",
        "Debian",
        "client",
        "test_scanimage_empties_the_feeder",
        "glass, feeder",
    ),
)

BACKENDS = {
    "airscan": {
        "dll.conf": "airscan\n",
        "airscan.conf": "[options]\ndiscovery = disable\nws-discovery = off\n",
    },
    "escl": {"dll.conf": "escl\n", "escl.conf": "# libsane-escl 1.2.1 crashes where this file is missing\n"},
}

FROM_FEEDER = ("--source", "ADF", "--mode", "Gray", "--resolution", "75", "--batch=adf%d.png")

ScanImage = Callable[..., Coroutine[Any, Any, tuple[int | None, str]]]


def device_of(backend: str, binding: str) -> str:
    names = {"airscan": f"airscan:escl:LISA:{binding}", "escl": f"escl:{binding.removesuffix('/eSCL')}"}
    return names[backend]


@pytest.fixture
def scanimage(need: Callable[[str], str], tmp_path: Path) -> ScanImage:
    """Return `await scanimage(backend, binding, *options)` -> (exit code, what it said); files go to tmp_path."""
    tool = need("scanimage")
    need("airscan-discover")  # comes with sane-airscan
    for backend, files in BACKENDS.items():
        (tmp_path / backend).mkdir()
        for name, text in files.items():
            (tmp_path / backend / name).write_text(text, encoding="utf-8")

    async def run(backend: str, binding: str, *options: str) -> tuple[int | None, str]:
        config = {**os.environ, "SANE_CONFIG_DIR": str(tmp_path / backend), "LC_ALL": "C"}
        command = [tool, "-d", device_of(backend, binding), "--format=png", *options]
        process = await asyncio.create_subprocess_exec(
            *command,
            cwd=tmp_path,
            env=config,
            stderr=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
        )
        try:
            _, said = await asyncio.wait_for(process.communicate(), 30)
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        return process.returncode, said.decode(errors="replace")

    return run


def resembles(path: Path, document: str, page: int, dpi: int) -> bool:
    """Whether the file shows this page; the clients round the size of a page by a few pixels."""
    picture, expected = Image.open(path).convert("L"), render_page(document, page, dpi).convert("L")
    assert max(abs(a - b) for a, b in zip(picture.size, expected.size, strict=True)) <= 3, picture.size
    size = (min(picture.width, expected.width), min(picture.height, expected.height))
    area = (0, 0, *size)
    return ImageStat.Stat(ImageChops.difference(picture.crop(area), expected.crop(area))).mean[0] < 2.0


@pytest.mark.parametrize("backend", BACKENDS)
def test_scanimage_gets_the_page_on_the_glass(backend: str, scanimage: ScanImage, tmp_path: Path) -> None:
    async def run() -> None:
        world = HostedWorld()
        await world.act("lay_on_glass", page="verdienstbescheinigung:1")
        async with open_scanner(world) as binding:
            options = ("--resolution", "150", "--mode", "Color", "-o", "glass.png")
            assert (await scanimage(backend, binding, *options))[0] == 0
        assert resembles(tmp_path / "glass.png", "verdienstbescheinigung", 1, 150)

    asyncio.run(run())


@pytest.mark.parametrize("backend", BACKENDS)
def test_scanimage_empties_the_feeder(backend: str, scanimage: ScanImage, tmp_path: Path) -> None:
    async def run() -> None:
        world = HostedWorld()
        await world.act("feed", pages=pages_of("mietvertrag"))
        async with open_scanner(world) as binding:
            assert (await scanimage(backend, binding, *FROM_FEEDER))[0] == 0
        assert world.state.feeder == ()
        assert [resembles(tmp_path / f"adf{n}.png", "mietvertrag", n, 75) for n in (1, 2, 3)] == [True] * 3

    asyncio.run(run())


def test_scanimage_takes_what_a_real_scanner_offers(scanimage: ScanImage, tmp_path: Path) -> None:
    """The values of a Kyocera: no 150 dpi, no DocumentFormatExt, a feeder that takes nothing small."""

    async def run() -> None:
        world = HostedWorld()
        await world.act("feed", pages=pages_of("mietvertrag")[:1])
        async with open_scanner(world, offered=offered_by("kyocera-ecosys-m2040dn")) as binding:
            sheet = ("--resolution", "200", "-x", "210", "-y", "297", "--batch=adf%d.png")
            options = ("--source", "ADF", "--mode", "Gray", *sheet)
            assert (await scanimage("airscan", binding, *options))[0] == 0
        assert resembles(tmp_path / "adf1.png", "mietvertrag", 1, 200)

    asyncio.run(run())


@pytest.mark.parametrize("backend", BACKENDS)
def test_scanimage_takes_both_sides_of_each_sheet_over_tls(backend: str, scanimage: ScanImage, tmp_path: Path) -> None:
    async def run() -> None:
        world = HostedWorld()
        await world.act("feed", pages=["mietvertrag:1/mietvertrag:2", "mietvertrag:3"])
        async with open_scanner(world, listen="https://127.0.0.1:0") as binding:
            code, said = await scanimage(backend, binding, *FROM_FEEDER, "--source", "ADF Duplex")
            assert (code, world.state.feeder) == (0, ()), said
        assert [resembles(tmp_path / f"adf{n}.png", "mietvertrag", n, 75) for n in (1, 2, 3)] == [True] * 3
        assert Image.open(tmp_path / "adf4.png").convert("L").getextrema()[0] == 255, "nothing stands on that back"

    asyncio.run(run())


# Of a part of 60 by 40 mm, 30 mm from the left and 50 from the top, what each backend asks for: libsane's escl 1.2.1
# leaves the corner out, and asks for all that lies between the corner of the glass and the far end of the part.
PARTS = {"airscan": (30, 50, 90, 90), "escl": (0, 0, 90, 90)}


@pytest.mark.parametrize("backend", PARTS)
def test_scanimage_gets_the_part_that_it_asks_for(backend: str, scanimage: ScanImage, tmp_path: Path) -> None:
    left, top, right, bottom = (round(length / 25.4 * 75) for length in PARTS[backend])

    async def run() -> None:
        world = HostedWorld()
        await world.act("lay_on_glass", page="mietvertrag:1")
        async with open_scanner(world) as binding:
            part = ("-l", "30", "-t", "50", "-x", "60", "-y", "40", "--resolution", "75", "--mode", "Gray")
            assert (await scanimage(backend, binding, *part, "-o", "part.png"))[0] == 0
        picture, expected = Image.open(tmp_path / "part.png").convert("L"), render_page("mietvertrag", 1, 75)
        size = (right - left, bottom - top)
        assert max(abs(a - b) for a, b in zip(picture.size, size, strict=True)) <= 1, "rounded to whole points"
        near = [(left + x, top + y, right + x, bottom + y) for x in (-1, 0, 1) for y in (-1, 0, 1)]
        wanted = [expected.convert("L").crop(area) for area in near]
        differences = [ImageStat.Stat(ImageChops.difference(picture.resize(size), one)).mean[0] for one in wanted]
        assert min(differences) < 4.0, differences

    asyncio.run(run())


# What scanimage makes of each declared fault with two sheets in the feeder: its exit code and how many pages it wrote,
# through airscan and through libsane's escl. Code 6 is a jam, 7 an empty feeder, 9 "I/O", 3 busy, 1 not supported.
# Neither notices that a page breaks off in its middle.
FAULTS: Mapping[str, tuple[tuple[int, int], tuple[int, int]]] = {
    "scanner.stau": ((6, 0), (7, 0)),
    "scanner.doppeleinzug": ((9, 0), (7, 0)),
    "scanner.fehleinzug": ((9, 0), (7, 0)),
    "scanner.klappe": ((9, 0), (1, 0)),
    "scanner.auftragsverlust": ((9, 0), (7, 0)),
    "scanner.seitenabbruch": ((0, 2), (0, 2)),
    "scanner.leerdatei": ((9, 0), (7, 0)),
    "scanner.falschformat": ((0, 2), (0, 2)),
    "scanner.leerseite": ((0, 2), (0, 2)),
    "scanner.schief": ((0, 2), (0, 2)),
    "scanner.kopfueber": ((0, 2), (0, 2)),
    "scanner.ruhezustand": ((3, 0), (3, 0)),
    "scanner.fremdauftrag": ((7, 0), (3, 0)),
}


@pytest.mark.long
@pytest.mark.skipif(os.environ.get("LISA_LONG") != "1", reason="what others make of each fault: LISA_LONG=1")
@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("fault", FAULTS)
def test_scanimage_ends_after_every_fault(fault: str, backend: str, scanimage: ScanImage, tmp_path: Path) -> None:
    assert FAULTS.keys() == {one.name for one in SCANNER_FAULTS}

    async def run() -> int | None:
        world = HostedWorld()
        await world.act("feed", pages=["mietvertrag:1", "mietvertrag:1"])
        await world.act("fail", fault=fault)
        async with open_scanner(world) as binding:
            return (await scanimage(backend, binding, *FROM_FEEDER))[0]

    code = asyncio.run(run())
    assert (code, len(list(tmp_path.glob("adf*.png")))) == FAULTS[fault][list(BACKENDS).index(backend)]


def test_scanimage_is_told_of_a_jam_and_keeps_the_page_before_it(scanimage: ScanImage, tmp_path: Path) -> None:
    async def run() -> None:
        world = HostedWorld()
        await world.act("feed", pages=pages_of("mietvertrag"))
        await world.act("set_jam", page=2)
        async with open_scanner(world) as binding:
            code, said = await scanimage("airscan", binding, *FROM_FEEDER)
            assert (code, "Document feeder jammed" in said) == (6, True), said
            assert resembles(tmp_path / "adf1.png", "mietvertrag", 1, 75)
            await world.act("clear_jam")
            assert (await scanimage("airscan", binding, *FROM_FEEDER))[0] == 0
            assert resembles(tmp_path / "adf2.png", "mietvertrag", 3, 75)
            _, said = await scanimage("airscan", binding, *FROM_FEEDER)
            assert "Document feeder out of documents" in said

    asyncio.run(run())
