"""Tables at random: what is written is what is read, a spoiled cell is told there, twice the rows cost twice."""

from __future__ import annotations

import csv
import io
import os
import sys
import time
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sojus.domain.field.vocabulary import Trait, TraitKind
from sojus.domain.model.ids import TraitId
from sojus.domain.model.units import Unit
from sojus.domain.register.entries import Confirmation
from sojus.sheets.preview import Preview, batch
from sojus.sheets.template import OwnStock, template_csv, template_xlsx
from tests.sojus.tables import BEDS, NOON, OAK, TODAY, Row, look, register, take, vocabulary

LONG = os.environ.get("LISA_LONG") == "1"
FIELDS = ("jugendhilfe", "altenpflege", "asyl-integration")
SPOILED = ("quatsch", "-5", "99999999", "31.02.2026", "#NV", "1.216", "ja/nein", "0,001", "?", "12.12.1212", "x" * 300)
"""None of these is right in more than the columns for names and reasons, or where a number may be that large."""
EXAMPLES = 300 if LONG else 10


@st.composite
def tables(draw: st.DrawFn, area: str | None = None, least: int = 1) -> tuple[str, list[Row]]:
    """A field of work, and rows as its template has them; `least`: so many places in each group."""
    name = area or draw(st.sampled_from(FIELDS))
    words = vocabulary(name)
    rows: list[Row] = []
    for house in range(draw(st.integers(1, 2))):
        point = {"Breite": f"{draw(st.integers(50, 54))},{house}5", "Länge": f"{draw(st.integers(9, 14))},25"}
        point |= draw(st.sampled_from([{}, {"Anschrift": "-Muster- 1, Ort", "Telefon": "+49 30 23125001"}]))
        for group in range(draw(st.integers(1, 2))):
            kind = draw(st.sampled_from(list(words.kinds.values())))
            youngest = draw(st.integers(*kind.ages))
            genders = draw(st.lists(st.sampled_from(list(words.genders.values())), min_size=1, unique=True))
            shared = {
                **point,
                "Einrichtung": f"Haus {house}",
                "Gruppe": f"Gruppe {group}",
                "Hilfeart": kind.name,
                "Alter von": str(youngest),
                "Alter bis": str(draw(st.integers(youngest, kind.ages.oldest))),
                "Geschlecht": "; ".join(genders),
                **draw(st.sampled_from([{}, {"Entgelt": "216,88", "Entgelt ab": "01.01.2026"}])),
            }
            count = draw(st.integers(least, least + 2))
            rows += [{**shared, "Platz": f"Platz {at}", **draw(places(name, kind.unit))} for at in range(count)]
    return name, rows


@st.composite
def places(draw: st.DrawFn, name: str, unit: Unit) -> Row:
    row: dict[str, str] = {}
    capacity = 1 if unit is Unit.BED else draw(st.integers(1, 40))
    row["Umfang"] = str(capacity)
    amount = draw(st.integers(0, capacity))
    row["Belegt"] = ("ja" if amount else "nein") if unit is Unit.BED else str(amount)
    if amount:
        begin = draw(st.sampled_from([None, TODAY - timedelta(days=40), TODAY + timedelta(days=3)]))
        row["Belegt ab"] = f"{begin:%d.%m.%Y}" if begin else ""
        row["Belegt bis"] = draw(st.sampled_from(["", "offen", "31.12.2026"]))
    if draw(st.booleans()):
        row |= {"Geschlossen ab": "01.03.2027", "Geschlossen bis": draw(st.sampled_from(["", "31.03.2027"]))}
    for trait in vocabulary(name).traits.values():
        row[trait.name] = draw(st.sampled_from([""]) | told(trait))
    return row


def told(trait: Trait) -> st.SearchStrategy[str]:
    words = list((trait.values or {}).values())
    if trait.kind is TraitKind.YES_NO:
        return st.sampled_from(["ja", "nein"])
    if trait.kind is TraitKind.ONE_OF:
        return st.sampled_from(words)
    if trait.kind is TraitKind.SEVERAL_OF:
        return st.lists(st.sampled_from(words), min_size=1, unique=True).map("; ".join)
    numbers = st.tuples(*[st.integers(*trait.range)] * 2).map(sorted)
    return numbers.map(lambda both: str(both[0]) if both[0] == both[1] else f"{both[0]} bis {both[1]}")


# --- the same ---------------------------------------------------------------------------------------------------------


@settings(max_examples=EXAMPLES, deadline=None)
@given(tables(), st.sampled_from((template_csv, template_xlsx)), st.booleans())
def test_what_a_template_writes_is_what_stands_in_the_portal(
    table: tuple[str, list[Row]], form: Callable[..., bytes], stays: bool
) -> None:
    name, rows = table
    made = register(vocabulary(name))
    take(rows, made)
    again = look(form(vocabulary(name), OwnStock(made, OAK.id, TODAY, stays)), made)
    assert (again.mistakes, again.new, again.changed, again.gone) == ((), (), (), ())
    assert again.same == len(rows)
    assert {type(one.entry) for one in again.batch} <= {Confirmation}
    other = register(vocabulary(name))
    without = [{**row, "Kennung": ""} for row in read_back(form(vocabulary(name), OwnStock(made, OAK.id, TODAY, True)))]
    take(without, other)
    assert other == made, "ids come from names, and a register that was empty becomes the same"


def read_back(data: bytes) -> list[Row]:
    """By the reader of the standard library; a workbook by ours."""
    if data.startswith(b"PK"):
        from sojus.sheets.files.reading import read_table

        first, *lines = read_table(data, "Plätze", frozenset()).lines
        names = {column: str(cell) for column, cell in first.cells.items()}
        return [{names[at]: shown(cell) for at, cell in line.cells.items()} for line in lines]
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))


def shown(cell: object) -> str:
    if isinstance(cell, date):
        return f"{cell:%d.%m.%Y}"
    return f"{cell:.6f}".rstrip("0").rstrip(".").replace(".", ",") if isinstance(cell, float) else str(cell)


# --- spoiled ----------------------------------------------------------------------------------------------------------


def full(number: int) -> Row:
    """A row in which every column says something."""
    traits = {
        TraitKind.YES_NO: "ja",
        TraitKind.NUMBER: "6 bis 8",
    }
    said = {one.name: traits.get(one.kind) or next(iter((one.values or {}).values())) for one in words().values()}
    return {**BEDS, **said, "Platz": f"Zimmer {number}", "Umfang": "1", "Arbeitsfeld": "Jugendhilfe"} | {
        "Träger": "Eiche gGmbH",
        "Kennung": "",
        "Anschrift": "Beispielweg 1, Neustrelitz",
        "Telefon": "+49 30 23125-001",
        "Entgelt je": "Tag",
        "gültig bis": "31.12.2027",
        "Belegt": "ja",
        "Belegt ab": "01.10.2026",
        "Belegt bis": "31.12.2026",
        "Geschlossen ab": "01.03.2027",
        "Geschlossen bis": "31.03.2027",
        "Grund der Schließung": "Umbau",
    }


def words() -> Mapping[TraitId, Trait]:
    return vocabulary().traits


@pytest.mark.parametrize("at", (0, 1, 3) if LONG else (1,))
def test_a_spoiled_cell_is_told_at_that_cell_or_is_none(at: int) -> None:
    """Every column, spoiled in every way."""
    whole = [full(number) for number in range(4)]
    assert not look(whole, register()).mistakes
    told: dict[str, int] = {}
    for name in whole[0]:
        for spoil in SPOILED:
            rows = [dict(row) for row in whole]
            rows[at][name] = spoil
            seen = look(rows, register())
            assert {(one.row, one.column) for one in seen.mistakes} <= {(at + 2, name)}, (name, spoil)
            assert (batch(seen) is None) == bool(seen.mistakes)
            told[name] = told.get(name, 0) + len(seen.mistakes)
    names = {"Einrichtung", "Anschrift", "Gruppe", "Platz", "Grund der Schließung"}
    assert {name for name, count in told.items() if count < len(SPOILED) - 1} <= names, told


# --- many -------------------------------------------------------------------------------------------------------------


def many(count: int) -> list[Row]:
    """Groups of eight, four of them in a house."""
    return [
        {**BEDS, "Einrichtung": f"Haus {at // 32}", "Gruppe": f"Gruppe {at // 8 % 4}", "Platz": f"Zimmer {at % 8}"}
        | {"Belegt": "ja" if at % 3 else "nein", "Sprachen": "Deutsch; Arabisch", "Größe der Gruppe": "8"}
        for at in range(count)
    ]


def calls(work: Callable[[], Preview]) -> int:
    """How many functions run for it: the same on a busy machine."""
    count = 0

    def one_more(*_: object) -> None:
        nonlocal count
        count += 1

    before = sys.getprofile()
    sys.setprofile(one_more)
    try:
        assert not work().mistakes
    finally:
        sys.setprofile(before)
    return count


def test_twice_the_rows_are_twice_the_work() -> None:
    once, twice = (calls(partial(look, many(count), register())) for count in (100, 200))
    print(f"{once} calls for 100 rows, {twice} for 200: {twice / once:.2f} times")
    assert twice < 2.2 * once


@pytest.mark.alone
@pytest.mark.skipif(not LONG, reason="misst Sekunden; die kurze Form zählt Aufrufe: mit LISA_LONG=1")
def test_ten_thousand_rows_in_seconds() -> None:
    spent = {}
    for count in (10_000, 20_000):
        rows, made = many(count), register()
        begin = time.process_time()
        take(rows, made, NOON)
        spent[count] = time.process_time() - begin
    print(spent)
    assert spent[20_000] < 2.2 * spent[10_000]
    assert spent[10_000] < 30
