"""Which devices there is evidence of, on a given day: from accepted bundles and recordings in fixtures/devices.

`python -m tests.tidy.supported [JJJJ-MM-TT]` writes SUPPORTED.md for that day; without one, for the day it has.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from lisa_core.domain.model.errors import LisaError
from lisa_core.equipment.traces.reading import read_head
from lisa_core.harness.certify.comparison import House
from lisa_core.harness.certify.headline import Headline
from lisa_core.harness.certify.house import house
from lisa_core.harness.certify.make import standing_of
from lisa_core.harness.certify.since.union import leaned
from lisa_core.harness.certify.trusted.listed import Trust, read_trust
from lisa_core.harness.certify.verify import Verified, verified
from tests.tidy.sources import ROOT

PAGE = ROOT / "SUPPORTED.md"
FOLDER = ROOT / "fixtures" / "devices"
LIST, AUTHORITY = "vertrauen.dsse.json", "stelle.pub"
"""In the folder of devices: whose bundles are accepted, and the key of whoever says so."""
_DAY = re.compile(r"^Stand: (\d{4}-\d{2}-\d{2})\.", re.M)
_HEAD = """\
# Geräte, für die es Belege gibt

Stand: {day}. Aus `fixtures/devices`, geschrieben von `python -m tests.tidy.supported`. Ein Prüfpaket, das eine Stelle
angenommen hat, sagt etwas über das eine Gerät, das darin steht, in der Fassung der Klasse, die dabeisteht; eine
Aufzeichnung sagt nur, dass der Treiber dieses Gerät versteht.

"""
_NOTHING = "Noch hat niemand ein Prüfpaket angenommen."


@dataclass(frozen=True, slots=True)
class Accepted:
    """One device of one bundle: what it said it was, for which class it was certified and when, how that stands."""

    device: str
    slot: str
    driver: str
    wanted: str
    ran: date
    stands: str


def page(day: date, folder: Path = FOLDER, here: House | None = None) -> str:
    """The whole page on this day."""
    rows = [*accepted(day, folder, here or house())]
    lines = [_HEAD.format(day=day.isoformat()), "## Zertifiziert\n\n"]
    if rows:
        lines += ["| Gerät | Steckplatz | Treiber | Klasse | geprüft am | gilt |\n", "|---|---|---|---|---|---|\n"]
        lines += [f"| {_cells(row)} |\n" for row in rows]
    else:
        lines.append(f"{_NOTHING}\n")
    lines += ["\n## Aufgezeichnet\n\n", "| Gerät | Steckplätze | Treiber | woran | am |\n", "|---|---|---|---|---|\n"]
    return "".join([*lines, *recorded(folder)])


def accepted(day: date, folder: Path, here: House) -> Iterator[Accepted]:
    """Each device of each bundle in this folder and below, by device; what leans on another is given all of them."""
    trust = _trust(folder)
    found = [_checked(path, here) for path in sorted(folder.glob("*/*.zip"))]
    rows = [row for one in found for row in _of(one, found, trust, day, here)]
    yield from sorted(rows, key=lambda row: (row.device, row.wanted, row.ran))


def _of(one: Verified, all_: Sequence[Verified], trust: Trust | None, day: date, here: House) -> Iterator[Accepted]:
    whole = leaned(one, [other for other in all_ if other is not one], here)
    follows = whole.whole or whole.predicate["folgt"]
    ran = datetime.fromisoformat(follows["lauf"]["beginn"]).date()
    for slot, _, identity, driver, _ in follows["geraete"]:
        yield Accepted(identity or "ohne Kennung", slot, driver, follows["klasse"], ran, how(whole, all_, trust, day))


def how(one: Verified, all_: Sequence[Verified], trust: Trust | None, day: date) -> str:
    """How a bundle stands on this day: until when it counts, or why it does not."""
    if one.faults:
        return f"nein: {one.faults[0]}"
    stands = standing_of(one, [other for other in all_ if other is not one], trust, day)
    own = one.term[1] if one.term else date.max
    until = min(own, trust.classes.get(one.predicate["folgt"]["klasse"], own) if trust else own)
    reasons = (*stands.refused, *stands.open, *one.unofficial)
    if day < (begun := datetime.fromisoformat(one.predicate["folgt"]["lauf"]["beginn"]).date()):
        return f"noch nicht: geprüft wird am {begun:%d.%m.%Y}"
    if gone := next((why for why in stands.refused if "zurückgezogen" in why), ""):
        return f"zurückgezogen: {gone.partition('zurückgezogen: ')[2].rstrip('.')}"
    if one.headline != Headline.CERTIFIABLE.value or reasons:
        return f"nein: {reasons[0] if reasons else one.headline}"
    if not stands.is_countersigned:
        return "nein: Niemand hat es angenommen."
    return f"abgelaufen am {until:%d.%m.%Y}" if day > until else f"bis {until:%d.%m.%Y}"


def recorded(folder: Path) -> Iterator[str]:
    """One row for each recording."""
    for path in sorted(folder.glob("*/*.trace")):
        head = read_head(path)
        said = " ".join(filter(None, (head.identity.vendor, head.identity.model)))
        name = said or path.parent.name.replace("_", " ")
        cells = (name, ", ".join(head.slots), head.driver, head.origin, head.begun.date().isoformat())
        yield f"| {' | '.join(cells)} |\n"


def day_of(text: str) -> date:
    """The day for which a page was written."""
    found = _DAY.search(text)
    assert found, "SUPPORTED.md says no day: run python -m tests.tidy.supported JJJJ-MM-TT"
    return date.fromisoformat(found[1])


def _checked(path: Path, here: House) -> Verified:
    try:
        return verified(path.read_bytes(), here)
    except LisaError as error:
        raise LisaError(f"{path}: {error}") from error


def _trust(folder: Path) -> Trust | None:
    there = folder / LIST
    return read_trust(there, folder / AUTHORITY) if there.exists() else None


def _cells(row: Accepted) -> str:
    return " | ".join((row.device, row.slot, row.driver, row.wanted or "–", row.ran.isoformat(), row.stands))


if __name__ == "__main__":
    on = date.fromisoformat(sys.argv[1]) if len(sys.argv) > 1 else day_of(PAGE.read_text(encoding="utf-8"))
    PAGE.write_text(page(on), encoding="utf-8")
