"""Scans beside the usual ones: sheets without end, and sheets that may be there already."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncGenerator
from dataclasses import dataclass, replace

from PIL import Image

from lisa_core.booth.case.casework import Casework
from lisa_core.booth.screen import texts
from lisa_core.booth.wishes import MEMORY
from lisa_core.config.profile import load_profile
from lisa_core.domain.case.paper_rules import MAX_PAGES
from lisa_core.domain.model import case_events as ops
from lisa_core.domain.model.case import Case, Page, Paper, PaperSource, PaperState
from lisa_core.domain.model.ids import BlobId, CallId, PaperId
from lisa_core.domain.model.readings import DeviceIdentity, ScannedPage, ScanSettings
from lisa_core.harness.loop.virtual_loop import VirtualLoop
from lisa_core.harness.rig.rig import Wishes, open_rig
from lisa_core.wire.messages import Notice
from tests.booth.test_workshop import png

WRITTEN = io.BytesIO()
Image.frombytes("L", (9, 9), bytes([0, 255, 255] * 27)).save(WRITTEN, "PNG")
SHEET = ScannedPage(WRITTEN.getvalue(), "image/png", 75)
EMPTY = ScannedPage(png("L", 9, 9), "image/png", 75)


@dataclass
class Sheets:
    """A scanner with so many sheets, by default for ever."""

    left: int = -1
    empty: tuple[int, ...] = ()
    asked: int = 0
    closed: bool = False

    async def identify(self) -> DeviceIdentity:
        return DeviceIdentity()

    async def check(self) -> bool:
        return True

    async def scan(self, settings: ScanSettings) -> AsyncGenerator[ScannedPage, None]:
        try:
            while self.left:
                self.left -= 1
                self.asked += 1
                yield EMPTY if self.asked in self.empty else SHEET
        finally:
            self.closed = True


def test_the_scan_ends_one_page_after_the_last_that_fits() -> None:
    async def run() -> None:
        scanner = Sheets()
        async with open_rig(load_profile("emulated"), Wishes(kind=MEMORY)) as rig:
            kit = rig.booth._kit  # what a booth in memory is given
            work = Casework(replace(kit, slots=replace(kit.slots, scanner=scanner)))
            effect = ops.StartScan(PaperId("1"), ScanSettings())
            results = [result async for result in work.perform(effect, Case(), CallId("1"))]
            captured = [result for result in results if isinstance(result, ops.PageCaptured)]
            assert len(captured) == MAX_PAGES + 1 == len(results) - 1
            assert (scanner.asked, scanner.closed) == (MAX_PAGES + 1, True)
            assert all(work.preview(result.page).jpeg for result in captured)
            work.erase()

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(run())


def test_the_agent_is_told_on_which_pages_nothing_is_to_be_seen() -> None:
    page = Page(BlobId("1"), "ab", "image/jpeg")
    papers = (Paper(PaperId("1"), "Mietvertrag", PaperSource.SCAN, PaperState.CAPTURING, (page,)),)

    async def run() -> None:
        async with open_rig(load_profile("emulated"), Wishes(kind=MEMORY)) as rig:
            kit = rig.booth._kit
            work = Casework(replace(kit, slots=replace(kit.slots, scanner=Sheets(4, empty=(2, 4)))))
            effect = ops.StartScan(PaperId("1"), ScanSettings())
            results = [one async for one in work.perform(effect, Case(papers=papers), CallId("1"))]
            assert sum(isinstance(one, ops.PageCaptured) for one in results) == 4, "they are kept"
            [told] = [one for one in results if isinstance(one, Notice) and one.code == "scan.blank"]
            assert texts.notice(told.code, told.text).startswith("Nichts zu sehen ist auf Seiten 3, 5. ")
            work.erase()

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(run())


def test_a_scan_that_goes_on_tells_that_pages_may_be_double() -> None:
    page = Page(BlobId("1"), "ab", "image/jpeg")
    papers = {
        pages: Paper(PaperId("1"), "Mietvertrag", PaperSource.SCAN, PaperState.CAPTURING, pages)
        for pages in ((), (page,))
    }

    async def run() -> None:
        async with open_rig(load_profile("emulated"), Wishes(kind=MEMORY)) as rig:
            kit = rig.booth._kit
            for pages, paper in papers.items():
                work = Casework(replace(kit, slots=replace(kit.slots, scanner=Sheets(1))))
                effect = ops.StartScan(PaperId("1"), ScanSettings())
                results = [one async for one in work.perform(effect, Case(papers=(paper,)), CallId("1"))]
                told = [texts.notice(one.code) for one in results if isinstance(one, Notice)]
                assert [("doppelt" in one) for one in told] == [True] * len(pages)
                work.erase()

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(run())
