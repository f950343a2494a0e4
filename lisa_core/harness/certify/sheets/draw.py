"""Papers as one PDF: A4, black on white, the same bytes for the same papers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from lisa_core.domain.model.errors import LisaError
from lisa_core.harness.certify.make import written
from lisa_core.harness.certify.sheets.chart import chart
from lisa_core.harness.certify.sheets.counted import counted
from lisa_core.harness.certify.sheets.floor import floor
from lisa_core.harness.certify.sheets.needed import PaperKind, PrintedPaper, papers_for
from lisa_core.harness.certify.sheets.ruler import ruler
from lisa_core.harness.report.record import ScenarioRecord
from lisa_core.harness.text.findings import shown
from lisa_core.harness.text.language import say
from lisa_core.papers.placed import PlacedSheet

_DRAWERS: Mapping[PaperKind, Callable[[PlacedSheet, PrintedPaper], None]] = {
    PaperKind.CHART: chart,
    PaperKind.COUNTED: counted,
    PaperKind.RULER: ruler,
    PaperKind.FLOOR: floor,
}


def printed(scenarios: Iterable[ScenarioRecord], path: Path) -> str:
    """Write what these scenarios ask for; a sentence about it. Raises `LisaError` where they ask for none, and where
    the file cannot be written."""
    papers = papers_for(scenarios)
    if not papers:
        raise LisaError(say("--papers: Kein Szenario dieses Plans braucht ein Papier."))
    written(path, as_pdf(papers))
    what = "; ".join(one.told for one in papers)
    return say("{path}: {what}. In Originalgröße (100 %) drucken.", path=shown(path), what=what)


def as_pdf(papers: Sequence[PrintedPaper]) -> bytes:
    """All of them, one after the other. At least one."""
    sheet = PlacedSheet(say("Prüfblätter"), "LISA", "")
    for paper in papers:
        _DRAWERS[paper.kind](sheet, paper)
    return sheet.pdf()
