"""The table of the kit in docs/fremde-szenarien.md."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.peers.kit.samples import SAMPLES, Sample
from tests.tidy.sources import ROOT

PAGE = ROOT / "docs" / "fremde-szenarien.md"
MARKED = re.compile(r"(<!-- from tests/peers/kit -->\n).*?(<!-- end -->)", re.DOTALL)


def page() -> str:
    """The page as it should be."""
    text = PAGE.read_text(encoding="utf-8")
    return MARKED.sub(lambda found: found[1] + "".join(f"{line}\n" for line in table()) + found[2], text)


def table() -> Iterator[str]:
    """One row for each sample."""
    yield "| Beispiel | Verglichen | Nicht verglichen, und warum |"
    yield "|---|---|---|"
    for name, sample in SAMPLES.items():
        yield f"| `{name}` | {_compared(name, sample)} | {sample.why_not or sample.without} |"


def _compared(name: str, sample: Sample) -> str:
    if name == "markdown":
        return "nichts"
    if sample.why_not:
        return "Dokument, Pickles"
    if sample.refused:
        return "Dokument, Pickles, welche Schritte fehlen oder mehrdeutig sind"
    return "Dokument, Pickles, Schritte, Ergebnis, Belege"
