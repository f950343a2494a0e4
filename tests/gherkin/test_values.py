"""What stands in a sentence is looked at when its file is read: all that is wrong at once, and nothing runs."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path

import pytest

from lisa_core.booth.screen import texts
from lisa_core.harness.match.catalogue import readable, registered, steps
from lisa_core.harness.match.known import known_in
from lisa_core.harness.match.legend import whole
from lisa_core.harness.match.value_check import LOOKED_AT
from lisa_core.harness.match.values import ADDS, KINDS, wrong_value
from lisa_core.harness.text.words import TYPES
from lisa_core.host.data import data_dir
from tests.gherkin.copies import lisa

HEAD = "# language: de\nFunktionalität: {name}\n\n  Szenario: {name}\n"
TALK = (
    "Angenommen Frau Brandt vom LISA-Team ist bereit",
    "Wenn die Bürgerin das Bürgerbüro betritt",
    "Und Frau Brandt das Gespräch annimmt",
)
FORM = "Und Frau Brandt den „Anmeldung zur Pflegeberatung“ öffnet"
ENTERED = "Und Frau Brandt einträgt, was die Bürgerin sagt, und sie jede Antwort bestätigt"
# a name -> the steps, the last of which is wrong, and what is said of it
WRONG: dict[str, tuple[tuple[str, ...], str]] = {
    "wer": (("Angenommen Frau Brand vom LISA-Team ist bereit",), "namens „Frau Brand“. Meinten Sie „Frau Brandt“?"),
    "Stelle": (("Angenommen Frau Vogt von der Wohngelstelle ist bereit",), "Meinten Sie „Wohngeldstelle“?"),
    "nicht ihre": (
        ("Angenommen Frau Vogt vom LISA-Team ist bereit",),
        "gehört zu „Wohngeldstelle Uckermark“. Die Stelle berichtigen, oder den Namen. Dort ist: Frau Brandt, ",
    ),
    "wohin": (
        (*TALK, "Und Frau Brandt an das Finanzamt weiterleitet"),
        "„Finanzamt“ gibt es nicht. Es gibt: LISA-Team",
    ),
    "Ort": (("Angenommen das Bürgerbüro Tempelin ist geöffnet",), "„Tempelin“ gibt es nicht. Meinten Sie „Templin“?"),
    "Gerät": ((*TALK, "Und der Duschkopf ausfällt"), "„Duschkopf“ kann hier nicht ausfallen. Es gibt: "),
    "Störung": (
        ("Angenommen der Scanner antwortet nicht mer",),
        "Meinten Sie „der Scanner antwortet nicht ",
    ),
    "Störung, Und": (
        ("Angenommen Frau Brandt vom LISA-Team ist bereit", "Und der Scanner antwortet nicht mer"),
        "Meinten Sie „der Scanner antwortet nicht mehr“?",
    ),
    "Störung fremd": (
        ("Angenommen der Scanner hat kein Papier mehr",),
        "„der Scanner …“ gibt es mit: antwortet nicht mehr · staut das nächste Blatt · ",
    ),
    "Störung genannt": (
        ("Angenommen der Kamerakopf klemmt",),
        "Meinten Sie „der Kamerakopf bewegt sich nicht mehr“?",
    ),
    "Störung im Plan": (("Angenommen printer.papier",), "Meinten Sie „der Drucker hat kein Papier mehr“?"),
    "Störung am Ende": (
        (*TALK, "Und der Drucker kein Papier mehr hat"),
        "Meinten Sie „Angenommen der Drucker hat kein Papier mehr“?",
    ),
    "Störung, Gerät vertippt": (
        ("Angenommen der Skanner staut das nächste Blatt",),
        "Meinten Sie „der Scanner staut das nächste Blatt“?",
    ),
    "Störung, anderer Name": (
        ("Angenommen das Radar hält den Vorhang für jemanden",),
        "Meinten Sie „der Präsenzsensor hält den Vorhang für jemanden“?",
    ),
    "Störung, Artikel": (
        ("Angenommen das Drucker hat kein Papier mehr",),
        "Meinten Sie „der Drucker hat kein Papier mehr“?",
    ),
    "behoben": (
        ("Angenommen der Drucker hat kein Papier mehr", "Wenn der Drucker wieder Papier hat"),
        "Meinten Sie „der Drucker wieder in Ordnung ist“?",
    ),
    "behoben, was anderes": (
        ("Angenommen der Drucker hat kein Papier mehr", "Wenn der Scanner wieder in Ordnung ist"),
        "Bis hierher fehlt „der Scanner“ nichts. Gestört ist: der Drucker.",
    ),
    "behoben, was heil war": (
        (*TALK, "Und der Scanner wieder antwortet"),
        "Bis hierher fehlt „der Scanner“ nichts. Davor „Angenommen der Scanner …“ schreiben",
    ),
    "ohne Tabelle": (
        (*TALK, FORM, "Und Frau Brandt einträgt, was die Bürgerin sagt, und sie jede Antwort bestätigt "),
        "fehlt eine Tabelle. Darunter ergänzen. Die Tabelle nennt in jeder Zeile ein Feld des Antrags und seine ",
    ),
    "Frist": (("Angenommen die Frist „Geduld“ beträgt 2 s",), "„Geduld“ gibt es nicht. Es gibt: Klingeln, "),
    "Leistung": ((*TALK, "Und Frau Brandt als Anliegen „Wohngeld“ vermerkt"), "Mietzuschuss“? Es gibt: Wohngeld: M"),
    "Antrag": ((*TALK, "Und Frau Brandt den „Antrag“ öffnet"), "Den Antrag „Antrag“ gibt es nicht."),
    "Feld": (
        (*TALK, FORM, ENTERED, "  | Nahme | Otto |"),
        "Das Feld „Nahme“ gibt es im „Anmeldung zur Pflegeberatung“ nicht",
    ),
    "Feld allein": (
        (*TALK, FORM, "Und Frau Brandt bei „Nahme“ „Otto“ einträgt"),
        "Das Feld „Nahme“ gibt es im „Anmeldung zur Pflegeberatung“ nicht. Meinten Sie „Name“?",
    ),
    "übernommen": (
        (*TALK, "Und Frau Brandt die Vollmacht übernimmt"),
        "Von einer Unterlage „Vollmacht“ ist davor nicht die Rede. Davor muss sie jemand einscannen.",
    ),
    "Kopfzeile": ((*TALK, FORM, ENTERED, "  | Feld | Antwort |"), "Das Feld „Feld“ gibt es"),
    "Ergebnis": (
        (*TALK, "Dann endet der Besuch als „abgebrochen“"),
        "Es gibt: erledigt_beratung, antrag_eingereicht, ",
    ),
    "Ton": ((*TALK, "Dann hört die Bürgerin den Ton „piep“"), "Es gibt: freizeichen, wartezeichen, hinweis."),
    "Zustand": ((*TALK, "Dann steht Frau Brandt auf „redend“"), "Es gibt: abgemeldet, bereit, "),
    "Papier": (
        (*TALK, "Und sie ihren Rentenbescheid in den Scanner legt"),
        "hat hier niemand dabei.",
    ),
    "Uhr": (("Angenommen es ist Samstag, 25 Uhr",), "Die Uhrzeit 25 Uhr gibt es nicht."),
    "Tag": (("Angenommen es ist der 31.02.2028, 10 Uhr",), "Den Tag 31.02.2028 gibt es nicht."),
    "Seite": (
        ("Wenn sie den Mietvertrag in den Scanner legt", "Angenommen im Scanner staut sich Seite 7"),
        "Seite 7 gibt es nicht: In den Scanner kommen 3 Seiten.",
    ),
    "Seite 0": (("Angenommen im Scanner staut sich Seite 0",), "Seiten zählen ab 1."),
    "Anfang": ((*TALK, "Und Frau Brandt den „Antrag auf Wohngeld“ öffnet"), "Meinten Sie „Antrag auf Wohngeld ("),
    "Taste": (
        (*TALK, "Und die Bürgerin „Kammera aus“ berührt"),
        "gibt es auf dem Bildschirm nicht. Meinten Sie „Kamera ",
    ),
    "zeigen": (
        (*TALK, "Und die Bürgerin „Unterlagn zeigen“ berührt"),
        "Die Taste „Unterlagn zeigen“ gibt es auf dem Bildschirm nicht. Meinten Sie „Unterlagen auch ",
    ),
    "verwerfen": ((*TALK, "Und die Bürgerin „Mietvertag verwerfen“ berührt"), "Meinten Sie „Mietvertrag verwerfen“?"),
    "Bildschirm": (
        (*TALK, "Dann zeigt der Bildschirm „Einen Momment bitte“"),
        "Auf dem Bildschirm steht nie „Einen Momment bitte“. Meinten Sie „Einen Moment bitte“?",
    ),
    "nie zu lesen": (
        (*TALK, "Dann zeigt der Bildschirm „Alle sprechen grade“ nicht"),
        "Meinten Sie „Alle sprechen gerade“",
    ),
    "Hinweis": ((*TALK, "Dann erfährt Frau Brandt: „ihre Kammera ausgeschaltet“"), "Meinten Sie „ihre Kamera ausge"),
    "Hinweis vor Doppelpunkt": (
        (*TALK, "Dann erfährt Frau Brandt: „Im Drucker ist kein Toner mehr“"),
        "Am Arbeitsplatz steht nie „Im Drucker ist kein Toner mehr“. Meinten Sie „Im Drucker ist kein Papier mehr“?",
    ),
    # no value, but a sentence: what is told carries the words that were written, each of them set right
    "ohne Zeichen": ((*TALK, "Dann steht Frau Brand auf bereit"), "Meinten Sie „steht Frau Brandt auf „bereit““?"),
    "halbe Zeichen": (
        (*TALK, "Dann zeigt der Bildschirm „Guten Tag"),
        "Meinten Sie „zeigt der Bildschirm „Guten Tag““?",
    ),
    "ohne Zeichen mehr": (
        (*TALK, "Dann zeigt der Bildschirm Guten Tag nicht mehr"),
        "Meinten Sie „zeigt der Bildschirm „Guten Tag“ nicht mehr“?",
    ),
    "Leistung ohne": (
        (*TALK, "Und Frau Brandt als Anliegen Pflege- und Sozialberatung vermerkt"),
        "Meinten Sie „Frau Brandt als Anliegen „Pflege- und Sozialberatung“ vermerkt“?",
    ),
    "klein": (("Angenommen frau brandt vom lisa-team ist bereit",), "„Frau Brandt vom LISA-Team ist bereit“?"),
    "Fr.": (("Angenommen Fr. Brandt von LISA-Team ist bereit",), "„Frau Brandt vom LISA-Team ist bereit“?"),
    "Ort klein": (("Angenommen das Bürgerbüro templin ist geöffnet",), "Meinten Sie „das Bürgerbüro Templin ist"),
    "Gerät ohne": ((*TALK, "Und Scaner ausfällt"), "Meinten Sie „der Scanner ausfällt“?"),
    "Papier klein": (
        (*TALK, "Und sie ihren mietvertag in den Scanner legt"),
        "Meinten Sie „sie ihren Mietvertrag in den Scanner legt“?",
    ),
    "Sonnabend": (("Angenommen es ist Sonnabend, 10 Uhr",), "Meinten Sie „es ist Samstag, 10 Uhr“?"),
    "direkt": ((*TALK, "Dann klingelt es direkt bei Frau Vogt"), "Meinten Sie „klingelt es bei Frau Vogt“?"),
    "Freitg": (("Angenommen es ist Freitg, 10 Uhr",), "Meinten Sie „es ist Freitag, 10 Uhr“?"),
    "ohne Tag": (("Angenommen es ist 9:55 Uhr",), "9:55 Uhr“"),
    "anderer Text": ((*TALK, 'Dann zeigt der Bildschirm deutlich "Guten Tag"'), "„zeigt der Bildschirm „Guten Tag““"),
}
RIGHT = """# language: de
Funktionalität: Geschrieben, wie man schreibt

  Szenario: Gerade Anführungszeichen, Punkte und Sterne
    * das Bürgerbüro Templin ist geöffnet.
    * Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Dann zeigt der Bildschirm "Bitte haben Sie etwas Geduld".
    Und zeigt der Bildschirm „Sie sind auf Platz 3“ nicht
    Und zeigt der Bildschirm „Meldung eines Treibers“ nicht
    Und steht Frau Brandt auf “abwesend”

  Szenario: Wer dazukommt, ist bekannt
    Angenommen zum Landkreis gehört das Bürgerbüro Prenzlau
    Und zum Landkreis gehört die Stelle „Jobcenter Uckermark“ mit Frau Zander
    Und das Bürgerbüro Prenzlau ist geöffnet
    Und Frau Zander vom Jobcenter ist bereit
    Dann steht Frau Zander auf „bereit“

  Szenario: Was Schritte von anderen tun, ist nicht bekannt
    Angenommen Frau Brandt vom LISA-Team ist bereit
    Und etwas anderes geschieht
    Wenn Frau Brandt die Vollmacht kopiert
    Dann steht Frau Brandt auf „bereit“

  @stufe:hardware @braucht:presence
  Szenario: Was hier nicht gilt, darf anderes nennen
    Angenommen Frau Anderswo vom LISA-Team ist bereit
    Dann klingelt es bei Frau Anderswo
"""
OTHERS = """
from pytest_bdd import given


@given("etwas anderes geschieht")
def something():
    pass
"""
ROWS = "".join(f"      | {number} |\n" for number in range(20))
OUTLINE = f"""# language: de
Funktionalität: G

  Szenariogrundriss: A
    Wenn etwas <n> Mal passiert
    Dann klingelt es bei niemandem

    Beispiele:
      | n |
{ROWS}"""
INPUTS = {
    "kopf": "# Copyright 2026 Landkreis Muster\n#\n\n# language: de\nFunktionalität: Kopf\n\n  Szenario: K\n{steps}",
    "prosa": (
        "# language: de\nFunktionalität: Prosa\n\n  Szenario: P\n    Rechtsgrundlage: § 36a SGB I\n"
        "    Kann die Bürgerin nicht lesen, liest Frau Brandt vor,\n    und über die Tür wird erkannt, wer kommt:\n"
        "    Voraussetzung: keine\n    wenn sie will. Denn so ist es.\n{steps}"
    ),
}
STEPS = "    Angenommen Frau Brandt vom LISA-Team ist bereit\n    Dann steht Frau Brandt auf „bereit“\n"


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What `lisa run` says of all of them; nothing runs."""
    where = tmp_path_factory.mktemp("werte")
    for number, (name, (lines, _)) in enumerate(WRONG.items()):
        body = "".join(f"    {line}\n" for line in (*lines, "Dann klingelt es bei niemandem"))
        (where / f"f{number:02}.feature").write_text(HEAD.format(name=name) + body, encoding="utf-8")
    (where / "grundriss.feature").write_text(OUTLINE, encoding="utf-8")
    code, output = lisa("run", ".", "--clock", "virtual", "--pictures", "none", where=where)
    assert (code, (where / "out").exists()) == (4, False), output
    return output


@pytest.mark.parametrize("name", WRONG)
def test_wrong_word_is_wrong_input_with_file_and_line(name: str, refused: str) -> None:
    lines, words = WRONG[name]
    number, last = list(WRONG).index(name), len([line for line in lines if not line.startswith("  |")])
    place = f"f{number:02}.feature:{last + 4}: "
    told = [line for line in refused.splitlines() if line.startswith(place)]
    assert len(told) == 1, refused
    assert words in told[0]


def test_all_is_told_at_once_and_of_an_outline_one_sentence(refused: str) -> None:
    (told,) = [line for line in refused.splitlines() if line.startswith("grundriss.feature")]
    assert told.startswith(
        "grundriss.feature:5: Den Schritt „etwas 0 Mal passiert“ gibt es nicht. Ebenso in 19 weiteren"
    )
    assert len(refused.splitlines()) == len(WRONG) + 1


def test_what_people_write_is_read(tmp_path: Path) -> None:
    (tmp_path / "recht.feature").write_text(RIGHT, encoding="utf-8")
    (tmp_path / "conftest.py").write_text(OTHERS, encoding="utf-8")
    for name, text in INPUTS.items():
        (tmp_path / f"{name}.feature").write_text(text.format(steps=STEPS), encoding="utf-8")
    code, output = lisa("run", ".", "--clock", "virtual", "--pictures", "none", where=tmp_path)
    assert (code, "6 Szenarien: 4 bestanden, 1 Prüffehler, 1 nicht anwendbar" in output) == (3, True), output
    assert "Eine Unterlage „Vollmacht“ ist nicht erfasst." in output


def test_another_landkreis_has_other_values(tmp_path: Path) -> None:
    profile = 'schema = 1\n[profile]\nid = "b"\nextends = "emulated"\nlandkreis = "bautzen"\nsite = "radeberg"\n'
    (tmp_path / "b.toml").write_text(profile, encoding="utf-8")
    known = known_in(str(tmp_path / "b.toml"))
    assert known is not None
    assert wrong_value("Standort", "Radeberg", known) is None
    wrong = wrong_value("Standort", "Templin", known)
    assert wrong is not None
    assert wrong == ("Das Bürgerbüro „Templin“ gibt es nicht.", "Es gibt: Radeberg, Wilthen.")
    assert known_in(str(tmp_path / "nichts.toml")) is None  # told elsewhere


def test_every_type_of_word_is_told_and_every_sentence_that_is_looked_at_is_a_step() -> None:
    entries = steps()
    assert TYPES.keys() == KINDS.keys()
    assert ADDS.keys() <= KINDS.keys()
    assert {*LOOKED_AT} <= {readable(context.parser.name) for context in registered()}
    for style in ("text", "md"):
        told = whole(entries, style)
        assert all(one in told for one in ("Frau Brandt", "Wohngeldstelle Uckermark", "Templin", "antrag_eingereicht"))
    assert "wem: Mitarbeiterin · zustand: Rückfragezustand" in whole(entries, "text")


def test_every_label_of_a_button_is_known() -> None:
    """Where a view makes a button, its label is one of the list, or made for a paper or an office."""
    made = "discard", "share", "unshare"
    folder = Path(texts.__file__).parent
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in folder.glob("*view.py")]
    calls = [one for tree in trees for one in ast.walk(tree) if isinstance(one, ast.Call)]
    named = [ast.unparse(one.func) for one in calls]
    used = {
        node.attr
        for call, name in zip(calls, named, strict=True)
        if name in ("Button", "confirm")
        for node in ast.walk(call)
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "texts" and node.attr not in made
    }
    assert len(used) > 8
    assert {getattr(texts, name) for name in used} <= {*texts.BUTTONS}


def test_a_copy_of_the_shipped_features_runs(tmp_path: Path) -> None:
    shutil.copytree(data_dir("features"), tmp_path / "meine")
    code, output = lisa("run", "meine/kabine", "--clock", "virtual", where=tmp_path)
    assert (code, "bestanden" in output) == (0, True), output
