"""Places as a table: read as people make it, told before it is taken in, and taken in whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from sojus.domain.model.actors import Actor, Role
from sojus.domain.model.days import Span
from sojus.domain.model.ids import CaseId, OfficeId, PlaceId, ReservationId, TenantId
from sojus.domain.placement.events import Act, Admit, Confirm, Reserve
from sojus.domain.placement.machine import handle
from sojus.domain.placement.records import Part
from sojus.domain.placement.state import Placements
from sojus.domain.placement.terms import PlacementTerms
from sojus.domain.register.book import PlaceBook
from sojus.domain.register.entries import Confirmation
from sojus.domain.register.ledger import most_taken
from sojus.domain.register.offering import offers
from sojus.sheets.columns import Column
from sojus.sheets.files.written import SheetWritten, workbook
from sojus.sheets.mistakes import MOST_NOTED, MOST_TOLD
from sojus.sheets.preview import Preview, batch
from sojus.sheets.template import OwnStock, template_csv, template_xlsx
from tests.sojus.tables import (
    BEDS,
    BY,
    HOURS,
    NOON,
    NORTH,
    OAK,
    ROWS,
    TODAY,
    Row,
    by_the_machine,
    csv_text,
    look,
    register,
    take,
    told,
    vocabulary,
)
from tests.tidy.sources import ROOT
from tests.tidy.test_documents import read, rows

TEXT = csv_text(ROWS)
WRITTEN: dict[str, bytes] = {
    "Excel, Germany": TEXT.replace("\n", "\r\n").encode("cp1252"),
    "Excel, UTF-8": TEXT.replace("\n", "\r\n").encode("utf-8-sig"),
    "Excel, Unicode text": csv_text(ROWS, "\t").encode("utf-16"),
    "English": csv_text(ROWS, ",").encode(),
    "with a hint": b"sep=,\r\n" + csv_text(ROWS, ",", "\r\n").encode(),
    "Mac": csv_text(ROWS, ";", "\r").encode(),
    "what nobody sees": TEXT.replace("Einrichtung", "Ein\u00adrichtung\u200b").replace("Haus ", "Haus\u00a0").encode(),
    "small headings": TEXT.replace("Einrichtung", " einrichtung ").replace("gültig ab", "GÜLTIG  AB").encode(),
    "all quoted": "".join(
        ";".join(f'"{cell}"' for cell in line.split(";")) + "\n"
        for line in csv_text([{k: v.replace(";", ",") for k, v in row.items()} for row in ROWS]).splitlines()
    ).encode(),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_however_it_is_written_it_says_the_same(name: str) -> None:
    seen = look(WRITTEN[name], register())
    assert not seen.mistakes
    assert entries(seen) == entries(look(ROWS, register()))


def test_rows_are_those_that_the_spreadsheet_shows() -> None:
    above = f"Plätze der Eiche gGmbH;;\n;;\n{TEXT}".replace("Zimmer 2;", '"Zimmer\n2";').replace("216,88 €", "-1", 1)
    assert told(above.encode())[0].startswith("Zeile 4, Spalte Tagessatz: -1 ist negativ.")
    assert told(f"sep=;\n{above}".encode())[0].startswith("Zeile 4,"), "Excel shows its hint as no row"
    later = f"\n\n{TEXT}".replace(";Team;", ";;")
    assert told(later.encode()) == [
        "Zeile 7, Spalte Gruppe: Hier fehlt der Name. Einen Namen eintragen, oder die ganze Zeile löschen."
    ]


def entries(seen: Preview) -> list[object]:
    return [given.entry for given in seen.batch]


# --- what comes of it -------------------------------------------------------------------------------------------------


def test_what_is_taken_in_is_found_and_the_same_again_changes_nothing() -> None:
    state = Placements(register(), PlacementTerms())
    seen = look(ROWS, state.register)
    assert [one.name for one in seen.new] == [
        "Haus Eiche",
        "Haus Eiche, Gruppe Nord",
        "Haus Eiche, Gruppe Nord, Zimmer 1",
        "Haus Eiche, Gruppe Nord, Zimmer 2",
        "Haus Eiche, Gruppe Nord, Zimmer 3",
        "Haus Eiche, Team",
        "Haus Eiche, Team, Wochenstunden",
    ]
    by_the_machine(ROWS, state)
    books = {book.place.name: book for book in state.register.books.values()}
    assert most_taken(books["Wochenstunden"].taken, Span(TODAY)) == 12
    assert [free(books["Zimmer 2"], day) for day in (TODAY, date(2026, 12, 24), date(2026, 12, 25))] == [0, 0, 1]
    assert [free(books["Zimmer 3"], day) for day in (TODAY, date(2027, 3, 1), date(2027, 3, 31), date(2027, 4, 1))] == [
        *(1, 0, 0, 1)
    ]
    assert all(free(books["Zimmer 1"], TODAY + timedelta(days=ahead)) for ahead in range(400))
    for later in (0, 1, 10):
        again = look(ROWS, state.register, NOON + timedelta(days=later))
        assert (again.new, again.changed, again.same, again.gone) == ((), (), 4, ())
        assert {type(given.entry) for given in again.batch} == {Confirmation}


def free(book: PlaceBook, day: date) -> bool:
    return book.hindrance(Span(day, day + timedelta(days=1))) is None


def test_what_changes_is_told_as_it_was_and_as_it_will_be() -> None:
    made = register()
    take(ROWS, made)
    rows = [dict(row) for row in ROWS[1:]]
    rows[0] |= {"Barrierefreiheit": "ja", "Belegt": "nein", "Belegt bis": ""}
    rows[1] |= {"Geschlossen ab": "nein", "Geschlossen bis": ""}
    rows[2] |= {"Umfang": "35", "Platz": "WOCHENSTUNDEN", "Belegt": "10"}
    for row in rows[:2]:
        row |= {"Tagessatz": "230", "gültig ab": "01.01.2027", "Alter von": "8"}
    seen = look(rows, made)
    assert not seen.mistakes
    assert not seen.new
    assert seen.gone == ("Haus Eiche, Gruppe Nord, Zimmer 1",)
    assert [(one.row, one.column, one.old, one.new) for one in seen.changed] == [
        (2, "Alter von", "6", "8"),
        (2, "Belegt", "belegt vom 30.11.2026 bis zum 24.12.2026", "nichts"),
        (2, "Entgelt", "nichts", "230,00 € je Tag, vom 01.01.2027 an"),
        (
            2,
            "Entgelt",
            "216,88 € je Tag, vom 01.01.2026 an",
            "216,88 € je Tag, vom 01.01.2026 bis zum 31.12.2026",
        ),
        (2, "Barrierefreiheit", "nicht barrierefrei", "barrierefrei"),
        (3, "Geschlossen", "vom 01.03.2027 bis zum 31.03.2027", "nichts"),
        (4, "Umfang", "40", "35"),
        (4, "Belegt", "belegt vom 30.11.2026 an (12)", "belegt vom 30.11.2026 an (10)"),
    ]
    before = sorted(book.place.name for book in made.books.values())
    take(rows, made)
    assert sorted(book.place.name for book in made.books.values()) == before, "what is gone stays"


def test_places_that_a_table_does_not_name_say_what_they_said() -> None:
    made = register()
    take([{**BEDS, "Platz": f"Zimmer {number}", "Barrierefreiheit": "ja"} for number in (1, 2, 3)], made)
    seen = look([{**BEDS, "Platz": "Zimmer 2", "Barrierefreiheit": "nein"}], made)
    assert [(one.name[-1], one.column) for one in seen.changed] == [("2", "Barrierefreiheit")]
    take([{**BEDS, "Platz": "Zimmer 2", "Barrierefreiheit": "nein"}], made)
    said = {made.books[one.place].place.name[-1]: dict(one.traits) for one in offers(made, TODAY)}
    assert said == {"1": {"barrierefrei": True}, "2": {"barrierefrei": False}, "3": {"barrierefrei": True}}
    take([{**BEDS, "Platz": "Zimmer 2", "Barrierefreiheit": "-"}], made)
    assert {len(one.traits) for one in offers(made, TODAY)} == {0, 1}


def test_a_house_is_called_by_the_number_that_was_typed_and_by_none_that_a_spreadsheet_has_cut() -> None:
    made, number = register(), {"Telefon": "+49 30 23125 001", "Adresse": "Beispielweg 1, Neustrelitz"}
    take([*ROWS[1:], {**ROWS[0], **number}], made)
    (house,) = made.facilities.values()
    assert (house.phone, house.address) == ("+49 30 23125 001", "Beispielweg 1, Neustrelitz"), "one row is enough"
    other = look([{**ROWS[0], "Tel.": "030 23125 002", "Anschrift": "-"}], made)
    assert [(one.column, one.old, one.new) for one in other.changed] == [
        ("Anschrift", "Beispielweg 1, Neustrelitz", "nichts"),
        ("Telefon", "+49 30 23125 001", "030 23125 002"),
    ]
    asked = SheetWritten("Plätze", [["Einrichtung", "Gruppe", "Platz", "Telefon"], [*NAMED, 3023125001]])
    assert told(workbook([asked]), made) == [
        (
            "Zeile 2, Spalte Telefon: Hier steht 3023125001, und keine Telefonnummer mit ihrer 0. "
            "Die Zelle als Text formatieren und den Wert neu eintragen."
        )
    ]
    take([{**ROWS[0], "Telefon": "-"}], made)
    assert [(one.phone, one.address) for one in made.facilities.values()] == [("", "Beispielweg 1, Neustrelitz")]


def test_an_empty_cell_leaves_all_as_it_is() -> None:
    made = register()
    take(ROWS, made)
    seen = look([{"Einrichtung": "haus  eiche", "Gruppe": "GRUPPE NORD", "Platz": "zimmer 2"}], made)
    assert (seen.mistakes, seen.changed, seen.same, len(seen.gone), seen.batch) == ((), (), 1, 3, ())


def test_a_place_is_renamed_by_its_kennung_and_comes_back_by_its_name() -> None:
    made = register()
    take(ROWS, made)
    (name,) = [place for place, book in made.books.items() if book.place.name == "Zimmer 2"]
    renamed: list[Row] = [{"Kennung": name, "Platz": "Zimmer Linde", "Einrichtung": "", "Gruppe": ""}]
    seen = look(renamed, made)
    assert [(one.old, one.new) for one in seen.changed] == [("Zimmer 2", "Zimmer Linde")]
    take(renamed, made)
    again = look(ROWS, made)
    assert [(one.old, one.new) for one in again.changed] == [("Zimmer Linde", "Zimmer 2")], "and is no new place"
    both = [*renamed, {**BEDS, "Kennung": "", "Platz": "Zimmer 2"}]
    assert [one.name[-8:] for one in look(both, made).new] == ["Zimmer 2"]
    take(both, made)
    assert not look(both, made).new


def test_a_new_place_beside_one_that_is_gone_may_be_the_same() -> None:
    made = register()
    take(ROWS, made)
    (hint,) = look([*ROWS[:2], {**BEDS, "Platz": "Zimmer Linde"}], made).hints
    assert hint.startswith("Haus Eiche, Gruppe Nord: „Zimmer Linde“ wäre neu, und „Zimmer 3“ steht nicht in der Datei.")
    without = {name: value for name, value in HOURS.items() if name not in ("Tagessatz", "gültig ab", "Entgelt je")}
    assert look([without], register()).hints == (
        "Haus Eiche, Team: Ohne Entgelt erscheinen die Plätze in keiner Suche.",
    )


def test_what_is_reserved_is_in_the_way_of_what_is_reported() -> None:
    state = Placements(register(), PlacementTerms())
    by_the_machine(ROWS, state)
    (name,) = [place for place, book in state.register.books.items() if book.place.name == "Zimmer 1"]
    office, later = Actor(Role.YOUTH_OFFICE, OfficeId("jugendamt"), NORTH), Span(date(2026, 12, 10))
    handle(state, Act(office, NOON, Reserve(ReservationId("r"), CaseId("f"), (Part(PlaceId(name), 1),), later)))
    rows = [{**ROWS[0], "Belegt": "ja"}, *ROWS[1:]]
    (mistake,) = told(rows, state.register)
    assert mistake.startswith("Zeile 2, Spalte Belegt: Der Platz ist vom 10.12.2026 an schon reserviert")
    rows[0] |= {"Belegt bis": "09.12.2026"}
    assert told(rows, state.register) == []


def test_who_came_through_the_portal_is_counted_and_stays() -> None:
    state = Placements(register(), PlacementTerms())
    by_the_machine(ROWS, state)
    (name,) = [place for place, book in state.register.books.items() if book.place.name == "Zimmer 1"]
    office, one = Actor(Role.YOUTH_OFFICE, OfficeId("jugendamt"), NORTH), ReservationId("r")
    handle(state, Act(office, NOON, Reserve(one, CaseId("f"), (Part(PlaceId(name), 1),), Span(TODAY))))
    handle(state, Act(BY, NOON, Confirm(one)))
    handle(state, Act(BY, NOON, Admit(one, TODAY)))
    assert told(ROWS, state.register) == [
        (
            "Zeile 2, Spalte Belegt: Über das Portal aufgenommen oder einzeln gemeldet: 1. "
            "Die Entlassung im Portal eintragen, oder die Zahl ändern."
        )
    ]
    rows = [{**ROWS[0], "Belegt": "ja"}, *ROWS[1:]]
    assert look(rows, state.register).changed == ()
    for form in (template_csv, template_xlsx):
        assert look(form(vocabulary(), OwnStock(state.register, OAK.id, TODAY, stays=True)), state.register).same == 4


# --- what is wrong with it --------------------------------------------------------------------------------------------

NAMED = ("Haus Eiche", "Gruppe Nord", "Zimmer 1")
Change = Callable[[list[dict[str, str]]], object]


def cell(number: int, heading: str, value: str) -> Change:
    """`number`: the row as a spreadsheet counts."""
    return lambda rows: rows[number - 2].__setitem__(heading, value)


WRONG: dict[str, tuple[Change, str]] = {
    "negative": (cell(2, "Tagessatz", "-216,88"), "Zeile 2, Spalte Tagessatz: -216,88 ist negativ."),
    "unclear": (cell(2, "Tagessatz", "1.216"), "Zeile 2, Spalte Tagessatz: „1.216“ ist nicht eindeutig."),
    "half a cent": (cell(5, "Tagessatz", "64,8051"), "Zeile 5, Spalte Tagessatz: 64,8051 € hat mehr als zwei Stellen."),
    "no such day": (cell(3, "Belegt bis", "31.02.2027"), "Zeile 3, Spalte Belegt bis: Den 31.02.2027 gibt es nicht."),
    "a slip": (cell(3, "Belegt bis", "24.12.2206"), "Zeile 3, Spalte Belegt bis: Den 24.12.2206 kann niemand meinen."),
    "backwards": (cell(4, "Geschlossen bis", "1.1.2027"), "Zeile 4, Spalte Geschlossen bis: Das Ende liegt vor"),
    "twice": (cell(4, "Platz", "zimmer  2"), "Zeile 4, Spalte Platz: „zimmer 2“ steht schon in Zeile 3."),
    "of others": (
        cell(3, "Träger", "Ulme e. V."),
        "Zeile 3, Spalte Träger: Hier steht der Träger „Ulme e. V.“; angemeldet ist „Eiche gGmbH“.",
    ),
    "no kind": (cell(2, "Hilfeart", "Heimerziehunk"), "Zeile 2, Spalte Hilfeart: Die Hilfeart „Heimerziehunk“ gibt"),
    "like no kind": (
        cell(2, "Hilfeart", "Wohnheim"),
        "Zeile 2, Spalte Hilfeart: Die Hilfeart „Wohnheim“ gibt es nicht. Ähnlich heißen: ",
    ),
    "two kinds": (
        cell(3, "Hilfeart", "Vollzeitpflege"),
        "Zeile 3, Spalte Hilfeart: In Zeile 2 steht dazu etwas",
    ),
    "too old": (cell(5, "Alter bis", "27"), "Zeile 5, Spalte Alter bis: „Sozialpädagogische Familienhilfe“ gibt es ni"),
    "nobody": (cell(5, "Geschlecht", ""), "Zeile 5, Spalte Geschlecht: Bei einer neuen Gruppe muss hier etwas stehen."),
    "nowhere": (cell(2, "Breite", "538655"), "Zeile 2, Spalte Breite: 538655 Grad gibt es nicht."),
    "two in a bed": (cell(3, "Umfang", "2"), "Zeile 3, Spalte Umfang: Ein Bett ist genau ein Platz, nicht 2."),
    "how many": (
        cell(5, "Umfang", ""),
        "Zeile 5, Spalte Umfang: Bei einem neuen Platz dieser Hilfeart fehlt d",
    ),
    "too many": (cell(5, "Belegt", "41"), "Zeile 5, Spalte Belegt: 41 ist mehr, als der Platz hat (40)."),
    "how much of it": (cell(5, "Belegt", "ja"), "Zeile 5, Spalte Belegt: Hier fehlt, wie viel davon belegt ist."),
    "by the day": (
        cell(5, "Entgelt je", "Tag"),
        "Zeile 5, Spalte Entgelt je: „Sozialpädagogische Familienhilfe“ wird",
    ),
    "since when": (cell(5, "gültig ab", ""), "Zeile 5, Spalte gültig ab: Hier fehlt, ab wann das Entgelt gilt."),
    "no language": (cell(2, "Sprachen", "Deutsch; Klingon"), "Zeile 2, Spalte Sprachen: „Klingon“ ist hier nicht bek"),
    "neither": (cell(2, "Barrierefreiheit", "vielleicht"), "Zeile 2, Spalte Barrierefreiheit: „vielleicht“ ist weder"),
    "no Kennung": (cell(2, "Kennung", "4711"), "Zeile 2, Spalte Kennung: Die Kennung „4711“ hat keiner Ihrer Plätze."),
    "no heading": (
        cell(3, "Tagesatz", "3"),
        "Zeile 1, Spalte Tagesatz: Diese Spalte ist nicht bekannt.",
    ),
    "no trait": (cell(3, "Wand", "3"), "Zeile 1, Spalte Wand: Diese Spalte ist nicht bekannt."),
    "double heading": (cell(3, "Stundensatz", "3"), "Zeile 1, Spalte Stundensatz: Die Spalte steht schon in"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_mistake_names_its_cell_and_nothing_is_taken_in(name: str) -> None:
    change, sentence = WRONG[name]
    rows = [dict(row) for row in ROWS]
    change(rows)
    seen = look(rows, register())
    assert [str(one)[: len(sentence)] for one in seen.mistakes] == [sentence]
    assert batch(seen) is None


def test_all_mistakes_are_told_at_once_in_the_order_of_the_table() -> None:
    rows = [dict(row) for row in ROWS]
    for name in ("negative", "no such day", "twice", "nobody", "too many", "no language"):
        WRONG[name][0](rows)
    assert [line.partition(":")[0] for line in told(rows)] == [
        "Zeile 2, Spalte Tagessatz",
        "Zeile 2, Spalte Sprachen",
        "Zeile 3, Spalte Belegt bis",
        "Zeile 4, Spalte Platz",
        "Zeile 5, Spalte Geschlecht",
        "Zeile 5, Spalte Belegt",
    ]
    many = look([{**BEDS, "Platz": f"Z {number}", "Alter von": "x"} for number in range(500)], register())
    assert (len(many.mistakes), many.more, many.cut) == (200, 300, False)


def test_what_only_the_register_knows_has_its_cell_as_well() -> None:
    made = register()
    take(ROWS, made)
    assert told([{**ROWS[1], "Belegt ab": "01.12.2026"}], made) == []
    (hours,) = [place for place, book in made.books.items() if book.place.capacity == 40]
    take([HOURS, *ROWS[:3]], made)
    assert told([{**HOURS, "Umfang": "5", "Belegt": ""}], made) == [
        "Zeile 2, Spalte Umfang: 12 sind vergeben, mehr als 5. Die Angaben zum Platz prüfen."
    ]
    old = {**BEDS, "Platz": "Zimmer 1", "Tagessatz": "200", "gültig ab": "01.01.2025"}
    assert told([old], made)[0].startswith("Zeile 2, Spalte Tagessatz: Für diese Gruppe gilt vom 01.01.2026 an schon")
    assert told([{**BEDS, "Platz": "Zimmer 1", "Hilfeart": "Vollzeitpflege"}], made)[0].startswith(
        "Zeile 2, Spalte Hilfeart: Die Gruppe „Gruppe Nord“ hat schon Plätze"
    )
    assert hours in made.books


FILES: dict[str, tuple[bytes, str]] = {
    "empty": (b" \r\n", "Die Datei ist leer."),
    "PDF": (b"%PDF-1.7 ...", "Das ist eine PDF-Datei und keine Tabelle."),
    "page": (b"<!doctype html><table>", "Das ist eine Webseite"),
    "old Excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Das ist eine alte Excel-Datei (.xls)."),
    "locked": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "Die Excel-Datei ist mit einem Kennwort geschützt.",
    ),
    "torn": (b"PK\x03\x04torn", "Die Excel-Datei ist beschädigt"),
    "bytes": (b"\x00\x01\x02\x81\x8d", "Die Datei ist weder eine Excel-Datei"),
    "headings alone": (TEXT.splitlines()[0].encode(), "Unter den Überschriften steht nichts."),
    "another table": (b"Name;Ort\nErika;Prenzlau\n", "Zeile 1: Hier stehen keine bekannten Überschriften."),
    "no place": (b"Einrichtung;Gruppe\nHaus;Nord\n", "Zeile 1, Spalte Platz: Diese Spalte fehlt."),
    "quotes": (TEXT.replace("Zimmer 2", '"Zimmer 2').encode(), "In Zeile 3 stimmen die Anführungszeichen nicht, oder"),
    "no end": (b"x" * 140_000, "In Zeile 1 stimmen die Anführungszeichen nicht, oder eine Zelle ist viel zu lang."),
    "too wide": (b"Einrichtung;Gruppe;Platz\n" + b";" * 300 + b"x", "In Zeile 2 steht etwas in Spalte KO; mehr als"),
    "too much": (b"x" * 9_000_000, "Die Datei hat mehr als 8 MB."),
}


@pytest.mark.parametrize("name", FILES)
def test_what_is_no_table_gets_one_sentence(name: str) -> None:
    data, sentence = FILES[name]
    assert [line[: len(sentence)] for line in told(data)] == [sentence]


def test_a_provider_that_is_not_there_hears_so() -> None:
    made = register()
    made.providers[OAK.id] = replace(OAK, tenant=TenantId("süd"))
    assert told(ROWS, made) == ["Ihr Träger steht noch nicht im Portal. Den Betreiber bitten, ihn anzulegen."]


def test_fields_of_work_stand_in_one_table() -> None:
    made = register(vocabulary(), vocabulary("altenpflege"))
    care = {
        **BEDS,
        "Gruppe": "Kurzzeit",
        "Hilfeart": "Kurzzeitpflege",
        "Alter von": "60",
        "Alter bis": "100",
        "Geschlecht": "alle",
        "Platz": "Bett 1",
    }
    rows = [*ROWS, {**care, "Pflegegrad": "2 bis 5", "Barrierefreiheit": ""}]
    take(rows, made)
    assert {group.area for group in made.groups.values()} == {"jugendhilfe", "altenpflege"}
    rows[0] = {**rows[0], "Pflegegrad": "3"}
    assert told(rows, made)[0].startswith("Zeile 2, Spalte Pflegegrad: Dieses Merkmal gibt es in „Jugendhilfe“ nicht.")


def test_a_table_of_mistakes_is_read_no_further_than_anybody_would() -> None:
    rows = [{**BEDS, "Platz": f"Zimmer {number}", "Sprachen": f"Klingonisch {number}"} for number in range(1_500)]
    seen = look(rows, register())
    assert (len(seen.mistakes), seen.more, seen.batch) == (MOST_TOLD, MOST_NOTED - MOST_TOLD, ())
    assert seen.cut, "there may be more"


def test_the_page_for_providers_tells_columns_that_there_are() -> None:
    told_there = rows(read(ROOT / "docs" / "einlesen.md").split("\n## Spalten")[1].split("\n## ")[0])[1:-1]
    headings = [heading for cells in told_there for heading in cells[0].split(", ")]
    assert headings == [column.heading for column in Column]
    others = {other for cells in told_there for other in cells[1].split(", ") if other}
    assert others <= {other for column in Column for other in column.others}
