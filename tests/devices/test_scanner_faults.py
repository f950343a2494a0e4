"""Every fault that the scanner declares, met by the driver on the wire and by the model: the same comes of it."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Mapping

import pytest
from PIL import Image, ImageChops, ImageStat

from emulator.devices.scanner import open_scanner
from emulator.memory import MemoryScanner
from emulator.paper.paper import render_page
from emulator.world.live_world import HostedWorld
from lisa_core.booth.screen import texts as screen_texts
from lisa_core.domain.case import texts as case_texts
from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.readings import ScannedPage, ScanSettings, ScanSource
from lisa_core.equipment.drivers.escl import open_escl
from lisa_core.equipment.slots.catalogue import FAULTS
from lisa_core.equipment.slots.devices import Scanner
from lisa_core.equipment.slots.scanner_faults import SCANNER_FAULTS
from lisa_core.harness.loop.virtual_loop import VirtualLoop

FEEDER = ScanSettings(ScanSource.FEEDER, 75)
SHEETS = ["mietvertrag:1", "mietvertrag:1"]
# How many pages come of two sheets while it lasts, and of what is left once it is mended.
PAGES: Mapping[str, tuple[int, int]] = {
    "scanner.stau": (0, 2),
    "scanner.doppeleinzug": (0, 2),
    "scanner.fehleinzug": (0, 2),
    "scanner.klappe": (0, 2),
    "scanner.auftragsverlust": (0, 2),
    "scanner.seitenabbruch": (0, 1),
    "scanner.leerdatei": (0, 1),
    "scanner.falschformat": (2, 0),
    "scanner.leerseite": (2, 0),
    "scanner.schief": (2, 0),
    "scanner.kopfueber": (2, 0),
    "scanner.ruhezustand": (0, 2),
    "scanner.fremdauftrag": (0, 2),
}


async def scanned(scanner: Scanner) -> tuple[list[ScannedPage], str]:
    """The pages of a job, and the code of what ended it."""
    pages: list[ScannedPage] = []
    try:
        async for page in scanner.scan(FEEDER):
            pages.append(page)  # noqa: PERF401 - those before the fault count
    except DeviceFault as fault:
        return pages, fault.code if fault.retryable else f"{fault.code}, for ever"
    return pages, ""


async def met(scanner: Scanner, world: HostedWorld, fault: str) -> list[ScannedPage]:
    """Two sheets, one fault, and the same again when it is mended; the pages that came while it lasted."""
    while_it_lasts, afterwards = PAGES[fault]
    await world.act("feed", pages=SHEETS)
    await world.act("fail", fault=fault)
    pages, code = await scanned(scanner)
    assert (len(pages), code) == (while_it_lasts, FAULTS[fault].code)
    await world.act("heal", fault=fault)
    again, code = await scanned(scanner)
    assert (len(again), code) == (afterwards, "" if afterwards else "scanner.empty")
    return pages


@pytest.mark.parametrize("fault", PAGES)
def test_the_driver_tells_what_the_declaration_says_and_goes_on_when_it_is_mended(fault: str) -> None:
    async def run() -> None:
        world = HostedWorld()
        async with open_scanner(world) as binding, open_escl(binding, {"tries": 2, "pause_s": 0.0}) as scanner:
            pages = await met(scanner, world, fault)
        if pages:
            _shown_as(fault, pages[0])

    asyncio.run(run())


def _shown_as(fault: str, page: ScannedPage) -> None:
    picture, whole = Image.open(io.BytesIO(page.data)).convert("L"), render_page("mietvertrag", 1, 75).convert("L")
    assert picture.size == whole.size
    expected = {
        "scanner.falschformat": whole,
        "scanner.leerseite": Image.new("L", whole.size, 255),
        "scanner.kopfueber": whole.transpose(Image.Transpose.ROTATE_180),
        "scanner.schief": whole.rotate(4, fillcolor=255),
    }[fault]
    assert ImageStat.Stat(ImageChops.difference(picture, expected)).mean[0] < 3.0
    if fault != "scanner.falschformat":
        assert ImageStat.Stat(ImageChops.difference(picture, whole)).mean[0] > 5.0


@pytest.mark.parametrize("fault", PAGES)
def test_the_model_does_the_same(fault: str) -> None:
    async def run() -> None:
        world = HostedWorld()
        await met(MemoryScanner(world, ""), world, fault)

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(run())


def test_a_scanner_that_is_free_in_time_scans_by_itself() -> None:
    async def run() -> None:
        world = HostedWorld()
        await world.act("feed", pages=SHEETS)
        await world.act("fail", fault="scanner.ruhezustand")
        async with open_scanner(world) as binding, open_escl(binding, {"tries": 400, "pause_s": 0.01}) as scanner:
            waiting = asyncio.create_task(scanned(scanner))
            assert not await scanner.check(), "it answers while it wakes up"
            await world.act("heal", fault="scanner.ruhezustand")
            pages, code = await waiting
            assert (len(pages), code) == (2, "")

    asyncio.run(run())


def test_every_fault_is_met_here_and_each_code_has_its_words() -> None:
    assert PAGES.keys() == {fault.name for fault in SCANNER_FAULTS}
    assert all(fault.reaction.endswith(".") for fault in SCANNER_FAULTS)
    for code in {fault.code for fault in SCANNER_FAULTS} - {""}:
        assert code in case_texts._FAULTS, "the agent is told what to do"
    for code in ("scanner.jam", "scanner.double", "scanner.mispick", "scanner.cover"):
        assert "Mietvertrag" in screen_texts.stopped(code, "Mietvertrag", 1) or code == "scanner.cover"
