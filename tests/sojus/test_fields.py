"""Vocabularies: those that are shipped, what is wrong with one, and a made-up field that no code can know."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from lisa_core.domain.model.errors import ProfileError
from sojus.config.field_file import load_vocabulary, read_vocabulary, shipped_fields
from sojus.config.field_tables import FieldTable, KindTable, TermsTable, TraitTable
from sojus.domain.field.speech import said, wished
from sojus.domain.field.values import value_fault, wish_fault
from sojus.domain.field.vocabulary import TraitKind, TraitValue
from sojus.domain.model.ages import Ages
from sojus.domain.model.days import Span
from sojus.domain.model.ids import (
    FacilityId,
    FieldId,
    GenderId,
    GroupId,
    KindId,
    PlaceId,
    ProviderId,
    TenantId,
    TraitId,
)
from sojus.domain.model.units import RateUnit, Unit
from sojus.domain.search.fitting import answers
from sojus.domain.search.offer import Confirmed, Offer, Point, Price
from sojus.domain.search.places import Places
from sojus.domain.search.wish import Near, Person, Preference, Search, TraitWish
from sojus.domain.search.wish_faults import faults_of
from sojus.domain.search.words import FITS_NOW, why, why_not
from tests.sojus.places_at_random import MADE_UP, TODAY
from tests.tidy.sources import ROOT
from tests.tidy.test_documents import fenced, read, rows

LAW = re.compile(r"§§? \d+[a-z]?( Abs\. \d+)?( (Nr\.|Satz) \d+)? (SGB (VIII|XI)|AsylG|AufenthG)")
PLACE = Offer(
    PlaceId("nord"),
    GroupId("g"),
    FacilityId("f"),
    ProviderId("t"),
    TenantId("vg"),
    FieldId("sternwarte"),
    KindId("kuppel"),
    Ages(6, 17),
    frozenset({GenderId("katze")}),
    Point(54.09, 13.38),
    (Price(21_688, RateUnit.DAY, Span(TODAY)),),
    (Span(TODAY),),
    traits={TraitId("dunkel"): False, TraitId("sicht"): frozenset({"mars", "mond"}), TraitId("linsen"): (3, 3)},
    confirmed=Confirmed("Sternwarte Nord, Nachtdienst", datetime(2026, 11, 20, 8, 5, tzinfo=UTC)),
)


@pytest.mark.parametrize("field", shipped_fields())
def test_a_shipped_field_says_where_each_kind_of_help_stands(field: str) -> None:
    vocabulary = load_vocabulary(field)
    assert vocabulary.id == field
    assert len(vocabulary.kinds) >= 4
    assert not [kind.id for kind in vocabulary.kinds.values() if not LAW.fullmatch(kind.law)]
    assert {trait.kind for trait in vocabulary.traits.values()} == set(TraitKind)
    assert {kind.unit for kind in vocabulary.kinds.values()} >= {Unit.BED, Unit.SEAT}


def test_a_help_ends_by_reasons_of_its_own_by_the_usual_ones_or_by_all(tmp_path: Path) -> None:
    ends = {kind.id: list(kind.discharges) for kind in load_vocabulary("jugendhilfe").kinds.values()}
    of_help = ends.pop(KindId("heim"))
    assert ends.pop(KindId("inobhutnahme")) == ["uebergabe", "hilfe", "zustaendigkeit", "sonstiges"]
    assert ends.pop(KindId("vorlaeufige-inobhutnahme")) == ["uebergabe", "zuweisung", "ausschluss", "sonstiges"]
    assert {"hilfeplan", "sonstiges"} < set(of_help), "as a plan says, which nobody taken in at once has"
    assert all(one == of_help for one in ends.values())
    words = MADE_UP.read_text(encoding="utf-8") + '[discharges]\nlos = "los"\nfort = "fort"\n'
    for usual, own, expected in (
        ("", "", ["los", "fort"]),
        ('discharges = ["fort", "los"]', "", ["fort", "los"]),
        ('discharges = ["los", "fort"]', 'discharges = ["fort"]', ["fort"]),
        ('discharges = ["los", "fort"]', "discharges = []", []),
    ):
        text = words.replace("\n[kinds.kuppel]\n", f"{usual}\n[kinds.kuppel]\n{own}\n")
        (tmp_path / "feld.toml").write_text(text, encoding="utf-8")
        kind = read_vocabulary(tmp_path / "feld.toml").kinds[KindId("kuppel")]
        assert list(kind.discharges.items()) == [(one, one) for one in expected]


def test_the_reference_tells_every_key_and_its_example_loads(tmp_path: Path) -> None:
    reference = ROOT / "docs" / "felder.md"
    text = read(reference)
    for table, schema in (
        ("field", FieldTable),
        ("terms", TermsTable),
        ("kinds.name", KindTable),
        ("traits.name", TraitTable),
    ):
        told = rows(text.split(f"\n## `[{table}]`")[1].split("\n## ")[0])[1:]
        needed = {key: field.is_required() for key, field in schema.model_fields.items()}
        assert {cells[0].strip("`"): cells[-1] == "nötig" for cells in told} == needed
    (example,) = fenced(reference, "toml")
    (tmp_path / "muster.toml").write_text(example, encoding="utf-8")
    assert read_vocabulary(tmp_path / "muster.toml").name == "Musterhilfe"


def test_no_code_knows_a_word_of_a_field() -> None:
    """No text in `sojus/` is a key of a vocabulary or has one of its German words in it; docstrings give examples."""
    texts = {text for path in (ROOT / "sojus").rglob("*.py") for text in texts_in(path)}
    found: set[str] = set()
    for field in shipped_fields():
        words = load_vocabulary(field)
        keys = [*words.kinds, *words.traits, *(key for one in words.traits.values() for key in one.values or {})]
        names = [words.name, words.together, *words.genders.values(), *(kind.name for kind in words.kinds.values())]
        for trait in words.traits.values():
            names += [trait.name, trait.said, trait.denied, *(trait.values or {}).values()]
        found |= {one for one in keys if one in texts} | {one for one in names if one and any(one in t for t in texts)}
    assert not found


def texts_in(path: Path) -> Iterator[str]:
    """Of the code: what stands alone as a statement is a docstring."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone:
            yield node.value


def test_a_made_up_field_is_searched_and_told_in_its_own_words() -> None:
    words = read_vocabulary(MADE_UP)
    places = Places(words, [PLACE])
    better = (
        Preference(TraitWish(TraitId("sicht"), frozenset({"mond"}))),
        Preference(TraitWish(TraitId("dunkel"), True)),
    )
    near = Near(Point(53.9, 13.0), 100)
    found = places.search(
        Search(KindId("kuppel"), (Person(12, GenderId("katze")),), near=near, preferences=better), TODAY
    )
    assert str(why(words, found, 0)) == (
        "Rang 1 von 1. Erfüllt: sieht Mars und Mond. Nicht erfüllt: dunkel (hier: hell). "
        "216,88 € je Tag (Stand 30.11.2026). 32,7 km entfernt (Luftlinie). Sofort frei, Ende nicht abzusehen. "
        "Noch 1 Platz. Veraltet, vor 10 Tagen. Bestätigt am 20.11.2026 um 08:05 Uhr von: Sternwarte Nord, Nachtdienst. "
        "Kein anderer Treffer ist in Eignung, Preis und Entfernung zugleich besser."
    )


@pytest.mark.parametrize(
    ("search", "sentence"),
    [
        (
            Search(KindId("fernrohr")),
            "Fernrohr auf Zeit (§ 2 Sternordnung); hier: Kuppel bei Nacht (§ 1 Sternordnung).",
        ),
        (Search(KindId("kuppel"), (Person(18),)), "Alter 18; hier: 6 bis 17 Jahre."),
        (Search(KindId("kuppel"), (Person(6, GenderId("hund")),)), "Hunde; hier: Katzen."),
        (Search(KindId("kuppel"), traits=(TraitWish(TraitId("dunkel"), True),)), "dunkel (hier: hell)."),
        (
            Search(KindId("kuppel"), traits=(TraitWish(TraitId("sicht"), frozenset({"venus", "mars"})),)),
            "sieht Mars und Venus (hier: sieht Mars und Mond).",
        ),
        (
            Search(KindId("kuppel"), traits=(TraitWish(TraitId("linsen"), (1, 2)),)),
            "höchstens 2 Linsen (hier: 3 Linsen).",
        ),
        (
            Search(KindId("kuppel"), traits=(TraitWish(TraitId("lage"), frozenset({"berg", "tal"})),)),
            "liegt: auf dem Berg oder im Tal (hier: keine Angabe zu „Lage“).",
        ),
        (Search(KindId("kuppel"), amount=2), "2 Plätze; hier noch: 1."),
        (
            Search(KindId("kuppel"), most_cents=20_000),
            "höchstens 200,00 € je Tag; hier: 216,88 € je Tag (Stand 30.11.2026).",
        ),
        (Search(KindId("kuppel"), near=Near(Point(53.9, 13.0), 32)), "höchstens 32 km entfernt; hier: 32,7 km."),
        (
            Search(KindId("kuppel"), (Person(12), Person(8))),
            "Sternbild: 2 Plätze in einer Gruppe; hier ist nicht Platz für alle.",
        ),
    ],
)
def test_a_place_says_which_wish_it_fails(search: Search, sentence: str) -> None:
    words = read_vocabulary(MADE_UP)
    assert why_not(words, Places(words, [PLACE]).search(search, TODAY), PLACE) == f"Kein Treffer. Gesucht: {sentence}"


def test_a_place_says_when_it_is_free() -> None:
    words, search = read_vocabulary(MADE_UP), Search(KindId("kuppel"), days=30)
    spans = (Span(date(2026, 12, 3), date(2026, 12, 9)),)
    taken = Offer(**{**{name: getattr(PLACE, name) for name in PLACE.__slots__}, "free": spans})
    assert why_not(words, Places(words, [taken]).search(search, TODAY), taken) == (
        "Kein Treffer. Gesucht: frei sofort für 30 Tage; hier: frei ab 03.12.2026, wieder belegt ab 09.12.2026."
    )


def test_a_saved_search_whose_day_has_come_looks_from_today_on() -> None:
    words, search = read_vocabulary(MADE_UP), Search(KindId("kuppel"), start=date(2026, 11, 20), days=30)
    assert len(Places(words, [PLACE]).search(search, TODAY).hits) == 1
    taken = replace(PLACE, free=())
    found = Places(words, [taken]).search(search, TODAY)
    assert why_not(words, found, taken) == "Kein Treffer. Gesucht: frei sofort für 30 Tage; hier: nicht frei."
    assert why_not(words, found, PLACE) == FITS_NOW, "it came free since"


def test_a_wish_for_the_day_finds_who_is_there_day_and_night() -> None:
    time = load_vocabulary("altenpflege").traits[TraitId("zeit")]
    assert said(time, frozenset({"nacht", "tag"})) == "Betreuung am Tag und in der Nacht"
    assert answers(frozenset({"tag"}), frozenset({"nacht", "tag"}))


def test_help_ends_at_the_age_that_the_law_says() -> None:
    """SGB VIII: § 41 (2) refers to §§ 28 to 30 and 33 to 36, not to §§ 31 and 32; § 7 (1) ends youth at 27, § 35 begins
    at 14, §§ 42 and 42a are for minors, § 19 for parents of any age."""
    ages = {"18": Ages(18, 26), "14": Ages(14, 26), "minor": Ages(0, 17), "any": Ages(0, 120), "young": Ages(0, 26)}
    of_law = {"31": "minor", "32": "minor", "42": "minor", "42a": "minor", "41": "18", "35": "14", "19": "any"}
    for kind in load_vocabulary("jugendhilfe").kinds.values():
        assert kind.ages == ages[of_law.get(kind.law.split()[1], "young")], kind.name


# --- what is wrong ----------------------------------------------------------------------------------------------------


def test_every_mistake_in_a_file_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    text = MADE_UP.read_text(encoding="utf-8")
    for right, wrong in (
        ("stale_days = 5", "stale_days = 0"),
        ("discharge_day_free = true", "discharge_day_free = true\nkept_at_once = 21"),
        ('unit = "seat"', 'unit = "stuhl"'),
        ("ages = [0, 99]", "ages = [9, 3]"),
        ('hund = "Hunde"', 'hund = "Katzen"'),
        ('denied = "hell"', ""),
        ('said = "sieht {}"', 'said = "sieht weit"'),
        ("range = [1, 5]", "range = [5]"),
        ('name = "Linsen"', 'name = "Linsen"\nfarbe = "blau"'),
    ):
        assert right in text
        text = text.replace(right, wrong, 1)
    file = tmp_path / "krumm.toml"
    file.write_text(text, encoding="utf-8")
    lines = text.splitlines()
    with pytest.raises(ProfileError) as caught:
        read_vocabulary(file)
    told = str(caught.value).splitlines()
    places = [line.removeprefix(f"{file}:").partition(":") for line in told]
    assert [lines[int(number) - 1].partition(" ")[0] for number, _, _ in places] == [
        "stale_days",
        "kept_at_once",
        "unit",
        "ages",
        "hund",
        "[traits.dunkel]",
        "said",
        "farbe",
        "range",
    ]
    assert "muss 'bed', 'seat', 'weekly_hours' oder 'contacts' sein" in told[2]
    assert "„Katzen“ heißt schon „katze“." in told[4]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "In der Datei steht nichts."),
        ("schema = 1\n[field\n", ":2: Das ist kein gültiges TOML"),
        ("schema = 2\n", "„schema“ muss 1 sein"),
        ('[kinds]\n"Große Kuppel" = {}\n', ":2: kinds.Große Kuppel: Ein solcher Name besteht aus a bis z"),
        (
            '[kinds.kuppel]\ndischarges = ["ende"]\n[discharges]\nend = "Ende"\n',
            ":2: kinds.kuppel.discharges: „ende“ steht nicht unter [discharges]. Meinten Sie „end“?",
        ),
        (
            '[terms]\ndischarges = ["end", "end"]\n[discharges]\nend = "Ende"\n',
            ":2: terms.discharges: „end“ steht hier mehr als einmal.",
        ),
        (
            '[terms]\ndischarges = []\n[discharges]\nend = "Ende"\n',
            ":4: discharges.end: Diesen Grund hat keine Hilfeart; bei [terms] oder einer Hilfeart nennen.",
        ),
        ("[kinds]\n[genders]\n", ":1: kinds: Hier muss wenigstens ein Eintrag stehen."),
    ],
)
def test_a_file_that_is_none_says_so(tmp_path: Path, text: str, sentence: str) -> None:
    file = tmp_path / "feld.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ProfileError, match=re.escape(sentence)):
        read_vocabulary(file)


def test_a_field_that_is_not_shipped_is_not_found() -> None:
    with pytest.raises(ProfileError, match=re.escape("„jugendhife“ gibt es nicht. Meinten Sie „jugendhilfe“?")):
        load_vocabulary("jugendhife")


@pytest.mark.parametrize(
    ("trait", "value", "of_place", "of_wish"),
    [
        ("dunkel", True, "", ""),
        ("dunkel", "berg", "„Dunkelheit“ ist ja oder nein.", "„Dunkelheit“ ist ja oder nein."),
        ("lage", "berg", "", "„Lage“ braucht wenigstens einen Wert."),
        ("lage", frozenset({"berg", "tal"}), "„Lage“ hat genau einen Wert.", ""),
        ("sicht", frozenset({"mars"}), "", ""),
        ("linsen", (2, 2), "", ""),
        ("linsen", (0, 2), *2 * ("0 bis 2 geht bei „Linsen“ nicht; möglich sind 1 bis 5.",)),
        ("linsen", True, *2 * ("„Linsen“ ist eine ganze Zahl, oder von einer bis zu einer anderen.",)),
        ("sicht", frozenset({"pluto"}), *2 * ("„pluto“ gibt es bei „Sicht“ nicht. Bekannt: Mars, Venus und Mond.",)),
    ],
)
def test_a_value_that_a_trait_cannot_have(trait: str, value: TraitValue, of_place: str, of_wish: str) -> None:
    known = read_vocabulary(MADE_UP).traits[TraitId(trait)]
    assert (value_fault(known, value), wish_fault(known, value)) == (of_place, of_wish)
    if not of_place:
        assert said(known, value)
    if not of_wish:
        assert wished(known, value)


def test_every_mistake_of_a_search_is_told_at_once() -> None:
    wrong = Search(
        KindId("kuppel"),
        (Person(100), Person(3, GenderId("maus"))),
        (TraitWish(TraitId("farbe"), True), TraitWish(TraitId("linsen"), (1, 9))),
        amount=2,
        start=date(2026, 11, 29),
        days=0,
        most_cents=-1,
        near=Near(Point(91, 0), 0),
        preferences=(Preference(TraitWish(TraitId("dunkel"), True), 0),),
    )
    assert faults_of(read_vocabulary(MADE_UP), wrong, TODAY) == (
        "Kuppel bei Nacht (§ 1 Sternordnung) gibt es für 0 bis 99 Jahre, nicht mit 100.",
        "„maus“ gibt es nicht. Möglich: Katzen oder Hunde.",
        "Das Merkmal „farbe“ gibt es nicht. Bekannt: Dunkelheit, Lage, Sicht und Linsen.",
        "1 bis 9 geht bei „Linsen“ nicht; möglich sind 1 bis 5.",
        "Ein Gewicht liegt zwischen 1 und 100.",
        "Für jede Person wird genau ein Platz gesucht.",
        "Der 29.11.2026 ist vorbei.",
        "Die Dauer liegt zwischen 1 und 3660 Tagen.",
        "Ein Preis ist nicht negativ.",
        "Diesen Ort gibt es nicht: Breite -90 bis 90, Länge -180 bis 180 Grad.",
        "Der Umkreis liegt zwischen 1 und 1000 km.",
    )
    assert faults_of(read_vocabulary(MADE_UP), Search(KindId("kuppel")), TODAY) == ()
    never = Search(KindId("kuppel"), start=date(9999, 12, 31), days=30)  # its last day is none that there is
    assert faults_of(read_vocabulary(MADE_UP), never, TODAY) == (
        "Der 31.12.9999 ist zu weit weg: gesucht wird höchstens zehn Jahre voraus.",
    )
    assert (
        "Möglich: Kuppel bei Nacht oder Fernrohr auf Zeit."
        in faults_of(read_vocabulary(MADE_UP), Search(KindId("heim")), TODAY)[0]
    )
