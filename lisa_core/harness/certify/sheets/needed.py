"""Which papers the sentences of planned scenarios ask for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from lisa_core.harness.report.record import ScenarioRecord
from lisa_core.harness.text.language import say
from lisa_core.host.data import data_dir

PAGE_CM = 25
"""So much of the floor one page of the strip covers."""
MOST_CM = 2_000
"""Nobody lays a longer strip; who stands farther away is measured with a tape."""
_FLOOR = re.compile(r"(\d+) cm vor dem Präsenzsensor")
_RULER = re.compile(r"Strich am Lineal")
_PAGE = re.compile(r"^\[\[page\]\]$", re.MULTILINE)


class PaperKind(Enum):
    """What sort of paper it is; a chart is the document of that name, any other document is counted."""

    CHART = "strichtafel"
    COUNTED = "unterlage"
    RULER = "lineal"
    FLOOR = "bodenmarken"


@dataclass(frozen=True, slots=True)
class PrintedPaper:
    """`name` of a document as scenarios call it; `pages` that have to be printed; `reach_cm` of the strip."""

    kind: PaperKind
    pages: int = 1
    name: str = ""
    reach_cm: int = 0

    @property
    def title(self) -> str:
        """As a plan names it."""
        match self.kind:
            case PaperKind.CHART:
                return say("Strichtafel")
            case PaperKind.COUNTED:
                return say("{name} in gezählten Blättern", name=self.name)
            case PaperKind.RULER:
                return say("Lineal für das Unterschriftenpad")
            case PaperKind.FLOOR:
                return say("Bodenmarken bis {reach} cm", reach=self.reach_cm)

    @property
    def told(self) -> str:
        """With how many pages of it there are."""
        return f"{self.title}, {say('eine Seite') if self.pages == 1 else say('{count} Seiten', count=self.pages)}"


def papers_for(scenarios: Iterable[ScenarioRecord]) -> tuple[PrintedPaper, ...]:
    """Each once, in the order in which they are asked for first; the strip as long as its farthest mark."""
    texts = [step.text for one in scenarios for step in one.steps]
    documents = {path.stem: len(_PAGE.findall(path.read_text("utf-8"))) for path in _fixtures()}
    found: dict[str, PrintedPaper] = {}
    for text in texts:
        for name, pages in documents.items():
            if re.search(rf"\b{name}\b", text, re.IGNORECASE):
                kind = PaperKind.CHART if name == PaperKind.CHART.value else PaperKind.COUNTED
                found.setdefault(name, PrintedPaper(kind, pages, name.capitalize()))
        if _RULER.search(text):
            found.setdefault("lineal", PrintedPaper(PaperKind.RULER))
    marks = (int(cm) for text in texts for cm in _FLOOR.findall(text) if len(cm) <= len(str(MOST_CM)))
    if reach := max((cm for cm in marks if cm <= MOST_CM), default=0):
        found["bodenmarken"] = PrintedPaper(PaperKind.FLOOR, -(-reach // PAGE_CM), reach_cm=reach)
    return tuple(found.values())


def _fixtures() -> list[Path]:
    return sorted((data_dir("fixtures") / "documents").glob("*.toml"))
