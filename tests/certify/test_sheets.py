"""The papers of a certification, drawn by a stranger's program: the product measures on them what they say."""

from __future__ import annotations

import io
import os
import re
import subprocess
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from emulator.paper.paper import render_page
from lisa_core.cli.commands import lisa
from lisa_core.config.classes import load_class
from lisa_core.domain.model.frames import Frame
from lisa_core.harness.certify.sheets import floor, ruler, scale
from lisa_core.harness.certify.sheets.draw import as_pdf
from lisa_core.harness.certify.sheets.needed import PaperKind, PrintedPaper, papers_for
from lisa_core.harness.steps.devices import chart
from lisa_core.harness.steps.devices.sight import page_seen
from tests.certify.made import run

LONG = os.environ.get("LISA_LONG") == "1"
CHART, RULER = PrintedPaper(PaperKind.CHART), PrintedPaper(PaperKind.RULER)
FLOOR = PrintedPaper(PaperKind.FLOOR, 2, reach_cm=40)
PAPERS = (CHART, PrintedPaper(PaperKind.COUNTED, 3, "Mietvertrag"), RULER, FLOOR)
DARK = 128
DPI, SHARP_DPI = 150, 300


@cache
def all_drawn(pdf: Path) -> tuple[bytes, ...]:
    """Every page as pdftoppm draws it."""
    subprocess.run(["pdftoppm", "-r", str(DPI), "-gray", str(pdf), str(pdf.with_suffix(""))], check=True)
    return tuple(path.read_bytes() for path in sorted(pdf.parent.glob("*.pgm")))


@cache
def drawn(pdf: Path, page: int = 1, dpi: float = DPI) -> bytes:
    """One page, as a picture in grey."""
    if dpi == DPI:
        return all_drawn(pdf)[page - 1]
    command = ["pdftoppm", "-r", str(dpi), "-gray", "-f", str(page), "-l", str(page), str(pdf)]
    return subprocess.run(command, check=True, capture_output=True).stdout


def ink(drawing: bytes) -> NDArray[np.bool_]:
    with Image.open(io.BytesIO(drawing)) as picture:
        return np.asarray(picture.convert("L")) < DARK


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("papers") / "papers.pdf"
    path.write_bytes(as_pdf(PAPERS))
    return path


def uncertainty(measurement: str, wanted: str = "scanner-2026.1") -> float:
    """What the class says of it."""
    limits = (demand.limit for demand in load_class(wanted).demands)
    return next(float(limit.uncertainty) for limit in limits if limit and limit.measurement == measurement)


@pytest.mark.parametrize("dpi", [150, 300, 600] if LONG else [150])
@pytest.mark.parametrize("printed_at", [1.0, 0.97, 1.03] if LONG else [1.0, 0.97])
def test_the_chart_has_the_scale_that_it_says(printed: Path, dpi: int, printed_at: float) -> None:
    """Also where a printer has made it smaller, the known error is found within the uncertainty of the class."""
    found = chart.scale_error(drawn(printed, dpi=dpi * printed_at), dpi)
    assert found is not None
    assert abs(found - abs(printed_at - 1) * 100) < uncertainty("scan.massstab")


def test_the_chart_has_the_strokes_that_it_says(printed: Path) -> None:
    """Black on white, as on the chart of the emulated scanner; out of focus they are not told from one another."""
    sharp = chart.contrast(drawn(printed, dpi=SHARP_DPI))
    assert sharp is not None
    assert sharp > 100 - uncertainty("scan.kontrast")
    coarse = chart.contrast(drawn(printed, dpi=25))
    assert coarse is not None
    assert coarse < 40
    emulated = io.BytesIO()
    render_page("strichtafel", 1, SHARP_DPI).save(emulated, "PNG")
    assert abs((chart.contrast(emulated.getvalue()) or 0) - sharp) < uncertainty("scan.kontrast")


def test_the_document_camera_sees_the_chart_as_finely_as_it_lies_there(printed: Path) -> None:
    """The printed page on a dark table, a little blurred and dim."""
    with Image.open(io.BytesIO(drawn(printed))) as page:
        dim = page.convert("RGB").filter(ImageFilter.GaussianBlur(0.6)).point(lambda level: 30 + level * 3 // 4)
    table = Image.new("RGB", (dim.width + 300, dim.height + 120), (40, 36, 32))
    table.paste(dim, (170, 50))
    seen = page_seen.page_in(Frame(table.width, table.height, table.tobytes(), 0))
    assert seen is not None
    fineness = page_seen.fineness_dpi(seen)
    assert fineness == pytest.approx(DPI, abs=uncertainty("tisch.aufloesung", "dokumentenkamera-2026.1"))
    assert page_seen.contrast(seen) > 40 + uncertainty("tisch.kontrast", "dokumentenkamera-2026.1")


def test_the_wedge_goes_from_white_to_black(printed: Path) -> None:
    with Image.open(io.BytesIO(drawn(printed))) as picture:
        row = np.asarray(picture.convert("L"))[round(161 / 25.4 * DPI)]
    found = [int(row[round((20 + 15 * (n + 0.5)) / 25.4 * DPI)]) for n in range(11)]
    assert found == pytest.approx([255 - 25.5 * n for n in range(11)], abs=2)


def test_each_page_has_its_line_of_known_length(printed: Path) -> None:
    assert len(all_drawn(printed)) == 7
    for page in range(1, 8):
        line = ink(drawn(printed, page))[round((scale.LINE_Y_MM - 2) / 25.4 * DPI)].nonzero()[0]  # its ticks
        assert (line[-1] - line[0]) * 25.4 / DPI == pytest.approx(scale.LINE_MM, abs=0.5), page


def test_ruler_and_strip_are_as_long_as_they_say(printed: Path) -> None:
    row = ink(drawn(printed, 5))[round((ruler.EDGE_Y + 12) / 25.4 * DPI)]
    starts = np.flatnonzero(row[1:] & ~row[:-1])  # of the two thick marks
    assert len(starts) == 2
    assert (starts[1] - starts[0]) * 25.4 / DPI == pytest.approx(ruler.STROKE_MM, abs=0.3)
    for page, reach_mm in ((6, 250), (7, 150)):
        rows = ink(drawn(printed, page))[round(15 / 25.4 * DPI) : round(269 / 25.4 * DPI)]
        column = rows[:, round((floor.TAPE_X + 1.5) / 25.4 * DPI)].nonzero()[0]  # through all its marks
        assert (column[-1] - column[0]) * 25.4 / DPI == pytest.approx(reach_mm, abs=1)


def test_the_same_papers_give_the_same_bytes_and_can_be_read(printed: Path) -> None:
    assert as_pdf(PAPERS) == printed.read_bytes()
    told = subprocess.run(
        ["pdftotext", "-layout", str(printed), "-"], check=True, capture_output=True, text=True
    ).stdout
    assert told.count("\f") == 7
    for words in ("Strichtafel", "Mietvertrag: Blatt 2 von 3", "Lineal für das", "Blatt 2 von 2", "40 cm: Fußspitzen"):
        assert words in told
    assert told.count("Von Strich zu Strich 150 mm") == 7


def test_sentences_ask_for_papers() -> None:
    texts = (
        "die Bürgerin den Mietvertrag in den Scanner legt",
        "jemand 120 cm vor dem Präsenzsensor stehen bleibt",
        "die Bürgerin die Strichtafel unter die Kamera legt",
        "jemand 250 cm vor dem Präsenzsensor stehen bleibt",
        "die Bürgerin den Mietvertrag in den Scanner legt",
        "auf dem Unterschriftenpad ein Strich am Lineal gezogen wird",
    )
    step = run().scenarios[0].steps[0]
    scenario = replace(run().scenarios[0], steps=tuple(replace(step, text=text) for text in texts))
    found = [one.told for one in papers_for([scenario])]
    assert found == [
        "Mietvertrag in gezählten Blättern, 3 Seiten",
        "Strichtafel, eine Seite",
        "Lineal für das Unterschriftenpad, eine Seite",
        "Bodenmarken bis 250 cm, 10 Seiten",
    ]
    assert papers_for([run().scenarios[0]]) == ()
    for far in ("9" * 4, "9" * 9, "9" * 5_000):
        text = f"jemand {far} cm vor dem Präsenzsensor stehen bleibt"
        assert papers_for([replace(scenario, steps=(replace(step, text=text),))]) == (), "no strip of kilometres"


def test_papers_are_those_of_a_plan() -> None:
    words = ["certify", "--profile", "emulated", "--class", "drucker-2026.1", "--papers", "blaetter.pdf"]
    done = CliRunner().invoke(lisa, words, standalone_mode=False)
    assert (done.return_value, "--plan dazuschreiben" in done.output) == (4, True)


@pytest.mark.skipif(not LONG, reason="liest alle Szenarien: nur mit LISA_LONG=1")
def test_a_plan_that_needs_no_paper_writes_none() -> None:
    words = ["certify", "--profile", "emulated", "--class", "drucker-2026.1", "--plan", "--papers", "blaetter.pdf"]
    done = CliRunner().invoke(lisa, words, standalone_mode=False)
    assert (done.return_value, "braucht ein Papier" in done.output) == (4, True)


NEEDED = {
    "scanner-2026.1": (4, ("Strichtafel, eine Seite", "Mietvertrag in gezählten Blättern, 3 Seiten")),
    "praesenzsensor-2026.1": (10, ("Bodenmarken bis 250 cm, 10 Seiten",)),
    "dokumentenkamera-2026.1": (1, ("Strichtafel, eine Seite",)),
    "unterschriftenpad-2026.1": (1, ("Lineal für das Unterschriftenpad, eine Seite",)),
}


BINDINGS = {
    "scanner": "http://192.0.2.9/eSCL",
    "presence": "/dev/ttyUSB7",
    "document_camera": "video:/dev/video7",
    "signature_pad": "/dev/ttyUSB8",
}


@pytest.mark.skipif(not LONG, reason="liest alle Szenarien: nur mit LISA_LONG=1")
@pytest.mark.parametrize("wanted", NEEDED)
def test_a_plan_names_its_papers_and_writes_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wanted: str) -> None:
    monkeypatch.chdir(tmp_path)
    pages, named = NEEDED[wanted]
    slot = load_class(wanted).slot
    bound = BINDINGS[slot]
    profile = f'[profile]\nid = "p"\nextends = "emulated"\n[slots.{slot}]\nbinding = "{bound}"\n'
    (tmp_path / "meins.toml").write_text(profile, encoding="utf-8")
    words = ["certify", "--profile", "meins.toml", "--class", wanted, "--plan", "--papers", "blaetter.pdf"]
    done = CliRunner().invoke(lisa, words, standalone_mode=False)
    assert done.exception is None
    assert "Zu drucken (--plan --papers DATEI.pdf): " in done.output
    assert all(each in done.output for each in named)
    told = subprocess.run(["pdfinfo", "blaetter.pdf"], check=True, capture_output=True, text=True).stdout
    assert re.search(rf"Pages: +{pages}$", told, re.MULTILINE)
    assert "A4" in told
