"""Classes of certification: those that we bring along are sound, and what is written wrong is named with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from math import isclose, sqrt
from pathlib import Path
from random import Random
from statistics import stdev

import pytest

from lisa_core.config.classes import CertificationClass, Obligation, Showing, class_path, known_classes, load_class
from lisa_core.config.classes.budget import Contribution, expanded
from lisa_core.config.classes.places import line_of, places
from lisa_core.domain.model.errors import ProfileError
from lisa_core.equipment.slots.catalogue import FAILS, SLOTS
from lisa_core.harness.report.classes.class_files import classes_beside, unknown_abilities
from lisa_core.harness.report.requirements import shipped_folder
from lisa_core.harness.tester.actor import ACTS
from lisa_core.host.data import data_dir

HEAD = """[klasse]
name = "eigene"
version = "2026.1"
titel = "T"
titel_en = "T"
gueltig_ab = 2026-12-01
gueltig_bis = 2028-12-31
quelle = "Q"
steckplatz = "presence"
"""
ONE = '[[anforderung]]\nid = "a"\ntext = "T"\ntext_en = "T"\nquelle = "Q"\n'
LIMIT = '[anforderung.grenze]\nmessung = "m"\nhoechstens = 2\neinheit = "s"\nunsicherheit = 0.1\n'
BY = '[anforderung.bezug]\nwomit = "uhr"\n'
PART = '[[anforderung.bezug.anteil]]\ntext = "T"\nhalbbreite = 0.05\n'
GOOD = HEAD + ONE + LIMIT + BY + PART
# what stands in the file -> line and words of the mistake
WRONG: dict[str, tuple[int, str]] = {
    GOOD.replace("titel_en", "titel_enn"): (5, "Meinten Sie „titel_en“?"),
    GOOD.replace('"eigene"', '"Eigene"'): (2, "„Eigene“ ist kein Name"),
    GOOD.replace('"eigene"', '"andere"'): (2, "zu Name und Fassung gehört „andere-2026.1.toml“"),
    GOOD.replace('"2026.1"', '"neu"'): (3, "„neu“ ist keine Fassung"),
    GOOD.replace("2028", "2020"): (7, "endet, bevor sie beginnt"),
    GOOD.replace("2028-12-31", '"bald"'): (7, "muss ein Datum sein"),
    GOOD.replace('"presence"', '"presense"'): (9, "Meinten Sie „presence“?"),
    HEAD: (1, "Die Klasse verlangt nichts"),
    GOOD.replace('id = "a"', 'id = "a.b"'): (11, "„a.b“ ist keine Kennung"),
    GOOD + ONE: (26, "Die Anforderung „a“ gibt es zweimal"),
    GOOD.replace('quelle = "Q"\n[', "["): (10, "Der Schlüssel „anforderung.0.quelle“ fehlt"),
    GOOD.replace(ONE, ONE + 'verbindlich = "immer"\n'): (15, "muss 'pflicht', 'bedingt' oder 'wahlfrei' sein"),
    GOOD.replace(ONE, ONE + 'verbindlich = "bedingt"\n'): (15, "gehört faehigkeit"),
    GOOD.replace(ONE, ONE + 'faehigkeit = "entfernung"\n'): (10, "und nur dazu"),
    HEAD + ONE + 'nachweis = "pruefer"\n': (15, "braucht eine Grenze"),
    HEAD + ONE + LIMIT: (15, "Der Grenze fehlt, wogegen gemessen wird"),
    GOOD.replace("hoechstens = 2", "hoechstens = 2\nmindestens = 1"): (15, "Genau eines von hoechstens und mindestens"),
    GOOD.replace("hoechstens = 2", 'hoechstens = "zwei"'): (17, "muss eine ganze Zahl sein"),
    GOOD.replace("hoechstens = 2", "hoechstens = nan"): (15, "Zahlen ab null"),
    GOOD.replace("hoechstens = 2", "hoechstens = -2"): (15, "Zahlen ab null"),
    GOOD.replace("hoechstens = 2", "hoechstens = 0.05"): (19, "Bestehen kann das nichts"),
    GOOD.replace('"s"', '"sek"'): (18, "Die Einheit „sek“ gibt es nicht"),
    GOOD.replace('"m"\n', '"m"\nregel = "würfeln"\n'): (17, "muss 'schutzband' sein"),
    GOOD.replace('"uhr"', '"uhren"'): (21, "Meinten Sie „uhr“?"),
    GOOD.replace('"uhr"', '"pruefbericht"'): (21, 'Zu nachweis = "labor" gehört'),
    GOOD.replace('"uhr"', '"zuruf"').replace("hoechstens = 2", "hoechstens = 0.9"): (
        21,
        "taugt nicht für Zeiten unter 1 s",
    ),
    GOOD.replace('"uhr"', '"zuruf"').replace("2\n", "900\n", 1).replace('"s"', '"ms"'): (21, "taugt nicht für Zeiten"),
    GOOD.replace("0.05", "0.1"): (21, "Die Anteile ergeben U = 0.115 s"),
    GOOD.replace("0.05", "-0.1"): (24, "Eine halbbreite ist eine Zahl ab null"),
    GOOD.replace("\n[[", '\nklassen = ["eigene-2026.1"]\n[[', 1): (10, "Klassen enthält nur ein ganzes Bürgerbüro"),
    GOOD.replace('steckplatz = "presence"\n', 'klassen = ["eigen-2026.1"]\n'): (9, "Meinten Sie „eigene-2026.1“?"),
    GOOD.replace('steckplatz = "presence"\n', 'klassen = ["eigene-2026.1"]\n'): (9, "hat keinen Steckplatz"),
    GOOD.replace("[klasse]", "[klase]"): (1, "Meinten Sie „klasse“?"),
    GOOD.replace("[klasse]", "[klasse"): (1, "kein gültiges TOML"),
}


@pytest.mark.parametrize("text", WRONG, ids=range(len(WRONG)))
def test_what_is_written_wrong_is_named_with_file_and_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "eigene-2026.1.toml"
    path.write_text(GOOD, encoding="utf-8")
    assert load_class(str(path)).id == "eigene-2026.1"
    path.write_text(text, encoding="utf-8")
    line, words = WRONG[text]
    with pytest.raises(ProfileError) as refused:
        load_class(str(path))
    said = str(refused.value).splitlines()
    assert any(one.startswith(f"{path}:{line}: ") and words in one for one in said), said


def test_a_class_that_there_is_not_is_named_with_the_nearest_one() -> None:
    for name, words in (
        ("praesenzsensor", "Die Fassung dazuschreiben: „praesenzsensor-2026.1“."),
        ("praesenzsenor-2026.1", "Meinten Sie „praesenzsensor-2026.1“?"),
        ("", "gibt es nicht"),
        ("/nirgends/x-2026.1.toml", "Diese Datei gibt es nicht"),
    ):
        with pytest.raises(ProfileError) as refused:
            load_class(name)
        assert words in str(refused.value)


def shipped() -> list[CertificationClass]:
    return [load_class(name) for name in known_classes()]


def test_what_we_bring_along_is_sound() -> None:
    folder = shipped_folder()
    assert folder is not None
    found, findings = classes_beside(folder)
    assert not findings
    assert [one.id for one in found] == sorted(known_classes())
    assert {one.slot for one in found if one.slot} == SLOTS.keys()
    assert "" in {one.slot for one in found}
    for one in found:
        assert one.valid_on(one.valid_from)
        assert one.valid_on(one.valid_until)
        assert not one.valid_on(one.valid_until + timedelta(days=1))


def test_what_a_class_that_we_bring_along_calls_able_some_driver_can() -> None:
    """Not looked at in each run, which would load every driver."""
    assert [found for name in known_classes() for found in unknown_abilities(load_class(name))] == []


def test_each_limit_has_a_reference_and_one_that_is_only_told_by_hand_decides_no_short_time() -> None:
    seconds = {"s": Decimal(1), "ms": Decimal("0.001"), "min": Decimal(60)}
    for one in (demand for each in shipped() for demand in each.demands if demand.limit):
        assert one.limit is not None
        assert one.reference is not None
        if one.reference.word == "zuruf" and one.limit.unit in seconds:
            assert one.limit.value * seconds[one.limit.unit] >= 1


def test_a_booth_names_the_class_of_each_of_its_slots() -> None:
    booth = load_class("buergerbuero-2026.1")
    assert sorted(load_class(name).slot for name in booth.parts) == sorted(SLOTS)


def test_two_classes_for_one_slot_are_one_too_many(tmp_path: Path) -> None:
    for name in ("eine", "zweite"):
        text = GOOD.replace('"eigene"', f'"{name}"')
        (tmp_path / f"{name}-2026.1.toml").write_text(text, encoding="utf-8")
    path = tmp_path / "haus-2026.1.toml"
    both = 'klassen = ["eine-2026.1", "zweite-2026.1"]'
    path.write_text(GOOD.replace('"eigene"', '"haus"').replace('steckplatz = "presence"', both), encoding="utf-8")
    with pytest.raises(ProfileError, match="für denselben Steckplatz"):
        load_class(str(path))


def test_only_a_laboratory_speaks_of_how_well_a_booth_keeps_sound_in() -> None:
    found = load_class("buergerbuero-2026.1").demand("buergerbuero.schallschutz")
    assert found is not None
    assert found.showing is Showing.LABORATORY
    assert found.obligation is Obligation.MANDATORY


def test_what_is_due_depends_on_what_the_device_can_and_on_nothing_that_its_maker_leaves_out() -> None:
    radar = load_class("praesenzsensor-2026.1")
    without, with_it = radar.mandatory(frozenset()), radar.mandatory(frozenset({"entfernung", "personen"}))
    assert {one.id for one in with_it} - {one.id for one in without} == {"praesenzsensor.entfernung"}
    assert {one.id for one in without} >= {"praesenzsensor.meldung", "praesenzsensor.still"}


def test_every_key_of_a_class_file_is_found_in_its_line() -> None:
    """Against the parser: what it reads at a path is what stands in the line that is told for it."""
    for name in known_classes():
        text = class_path(name).read_text(encoding="utf-8")
        found, lines = places(text), text.splitlines()
        for way in _leaves(tomllib.loads(text), ()):
            written = lines[line_of(found, way) - 1]
            assert written.startswith(f"{way[-1]} = "), (name, way, written)


def _leaves(value: object, way: tuple[int | str, ...]) -> Iterator[tuple[int | str, ...]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, (*way, key))
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for number, inner in enumerate(value):
            yield from _leaves(inner, (*way, number))
    else:
        yield way


def test_a_budget_is_what_many_throws_of_its_contributions_spread() -> None:
    """Against an oracle that knows no formula: the deviations themselves, drawn."""
    chance = Random(1)
    parts = (
        Contribution("r", Decimal(3)),
        Contribution("d", Decimal(2), "dreieck"),
        Contribution("n", Decimal(1), "normal"),
    )
    sums = [chance.uniform(-3, 3) + chance.triangular(-2, 2, 0) + chance.gauss(0, 0.5) for _ in range(20_000)]
    assert isclose(float(expanded(parts)), 2 * stdev(sums), rel_tol=0.03)
    assert isclose(float(expanded(parts[:1])), 2 * 3 / sqrt(3))
    assert expanded(()) == 0


def test_what_has_to_be_shown_can_be_brought_about_by_hand() -> None:
    """Else no real device could ever be certified: what runs and is not checked leaves its class open."""
    names = {one.name for one in shipped()}
    without = []
    for path in sorted((data_dir("features") / "geraete").glob("*.feature")):
        for scenario in path.read_text(encoding="utf-8").split("\n\n"):
            tags = re.findall(r"@anf:([\w-]+)\.", scenario)
            said = [line.split(" ", 1)[1] for line in map(str.strip, scenario.splitlines()) if " " in line]
            faults = [FAILS[line][1] for line in said if line in FAILS]
            if names.intersection(tags):
                without += [(path.stem, one.name) for one in faults if not ACTS[f"fail {one.name}"][1]]
    assert not without
