"""What a report costs whoever reads it: `python -m tests.bench report`.

Reports of 90 and of 1,000 scenarios, two of them failed, in Chromium, from asking for the file until the page is drawn,
beside a page of the same size that shows nothing. Printed as well: size, time to make it, pages of A4.
"""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from pypdf import PdfReader

from lisa_core.harness.report.report import render
from tests.bench.pair import REPEATS, Pair, Row, interleaved, seconds
from tests.gherkin.green import run_of

SIZES = (90, 1_000)
LIMITS = {90: 3.0, 1_000: 4.0}
DRAWN = (
    """() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))"""
)


@dataclass(frozen=True)
class Figures:
    """Of one report: bytes, seconds to make it, pages printed, and milliseconds to load it beside the empty page."""

    count: int
    size: int
    made_s: float
    pages: int
    load: Pair

    def __str__(self) -> str:
        told = (
            f"{self.count} Szenarien: {self.size / 1e6:.2f} MB, gemacht in {self.made_s:.2f} s, {self.pages} Seiten A4"
        )
        return f"{told}, geladen in {self.load.our_median:.0f} ms, eine leere in {self.load.their_median:.0f} ms"


def rows(repeats: int = REPEATS) -> list[Row]:
    """For `make bench`."""
    found = [measure(count, repeats) for count in SIZES]
    print("\n".join(map(str, found)))
    return [_row(one) for one in found]


def _row(one: Figures) -> Row:
    ours, theirs = (seconds(figure / 1000) for figure in (one.load.our_median, one.load.their_median))
    what = f"Bericht von {one.count} Szenarien ({one.size / 1e6:.1f} MB, {one.pages} Seiten A4) in Chromium öffnen"
    return Row(what.replace(".", ","), ours, "leere Seite derselben Größe", theirs, one.load.ratio, LIMITS[one.count])


def measure(count: int, repeats: int = REPEATS) -> Figures:
    """Make it and load it, in turn with the empty one."""
    run = run_of(count, failed=2)
    began = time.perf_counter()
    page = render(run)
    made_s = time.perf_counter() - began
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        ours, theirs = Path(place) / "report.html", Path(place) / "empty.html"
        ours.write_text(page, encoding="utf-8")
        head = "<!doctype html><html lang=de><title>leer</title><!--"
        theirs.write_text(f"{head}{' ' * (ours.stat().st_size - len(head) - 3)}-->", encoding="utf-8")
        path = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"])
        try:
            _load(browser, ours), _load(browser, theirs)
            load = interleaved(lambda: _load(browser, ours), lambda: _load(browser, theirs), repeats)
            return Figures(count, ours.stat().st_size, made_s, _pages(browser, ours), load)
        finally:
            browser.close()


def _load(browser: Browser, path: Path) -> float:
    """Milliseconds until it is drawn; each time by a user who has nothing of it yet."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(path.as_uri())
    took = float(page.evaluate(DRAWN))
    context.close()
    return took


def _pages(browser: Browser, path: Path) -> int:
    page = browser.new_page()
    page.goto(path.as_uri())
    count = len(PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages)
    page.close()
    return count


def main() -> int:
    found = rows()
    print("\n".join(map(str, found)))
    return 0 if all(row.held for row in found) else 1


if __name__ == "__main__":
    sys.exit(main())
