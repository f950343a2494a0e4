"""Tables of places that providers hand in: CSV, whole workbooks, and what stands inside of them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from random import Random

from sojus.sheets.preview import batch
from tests.fuzz.edge import Edge
from tests.fuzz.mutation import damaged
from tests.fuzz.shapes import either, lines
from tests.sojus.tables import ROWS, csv_text, look, register, take

STRANGERS = Path(__file__).parents[1] / "sojus" / "strangers"
_CELLS = (
    "Kennung;Träger;Einrichtung;Gruppe;Platz;Zimmer",
    "Haus Eiche;;;Gruppe Nord;;;;;Zimmer 1;-1;31.2.2026",
    ";" * 300,
    '"',
    '""""',
    "sep=|",
    "\ufeffEinrichtung",
    "=1+1;@x;'-1;\u2028",
    "1.216;1,216;1 216;9" + "9" * 400,
    "31.12.9999;29.02.2027;1.1.1;0000-00-00;45.45.4545",
    "ja;JA;ＪＡ;𝟙;١٢;²",
)
_INSIDE = (
    '<c r="ZZZ9999999" t="s"><v>99999999999</v></c>',
    '<c t="d"><v>9999-99-99</v></c><c s="99"><v>1e308</v></c>',
    '<row r="1"/><row r="0"/><row r="99999999"/>',
    '<mergeCell ref="A1:A1048576"/><mergeCell ref="B9:B1"/><mergeCell ref=":"/>',
    '<c t="inlineStr"><is><rPh><t>x</t></rPh></is></c>',
    "<!DOCTYPE a [<!ENTITY b 'c'>]>",
    "&b;&#0;&#xD800;_xD800_",
)


def tables() -> Sequence[bytes]:
    """As `tests.sojus.test_sheets` writes them."""
    text = csv_text(ROWS)
    return [text.encode(), text.encode("cp1252"), text.encode("utf-16"), csv_text(ROWS, ",", "\r\n").encode()]


@cache
def workbooks() -> Sequence[bytes]:
    return [path.read_bytes() for path in sorted(STRANGERS.glob("*.xlsx"))]


def inside(chance: Random, seeds: Sequence[bytes]) -> bytes:
    """A workbook of which one part is damaged before it is packed: a damaged zip is refused by its sums alone."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(chance.choice(seeds))) as whole, zipfile.ZipFile(out, "w") as made:
        names = [name for name in whole.namelist() if name.endswith((".xml", ".rels"))]
        wrong = chance.choice([name for name in names if "sheet" in name or "shared" in name or "book" in name])
        for name in names:
            part = whole.read(name)
            made.writestr(name, either(lines(_INSIDE), damaged)(chance, [part]) if name == wrong else part)
    return out.getvalue()


def take_table(data: bytes, chance: Random) -> None:
    """Into an empty register and into one with these places: nothing is raised, and what is said right is taken in."""
    made = register()
    if chance.random() < 0.5:
        take(ROWS, made)
    seen = look(data, made)
    if seen.mistakes:
        assert batch(seen) is None
        assert all(one.why for one in seen.mistakes)
        return
    take(data, made)
    again = look(data, made)
    assert (again.mistakes, again.new, again.changed) == ((), (), ()), "the same again changes nothing"


EDGES: tuple[Edge, ...] = (
    Edge("places-csv", tables, either(lines(_CELLS), damaged), take_table, 8_000, (), start_s=0.5),
    Edge("places-xlsx", workbooks, either(inside, inside, inside, damaged), take_table, 8_000, (), start_s=0.5),
)
