"""Steps prove what they say: none passes where there was nothing to see, and no word ends in a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from lisa_core.domain.model.errors import HarnessError
from lisa_core.harness.scene.setting import plain_key, toml_text
from lisa_core.harness.text.words import clock_time, date, two_columns
from tests.gherkin.copies import lisa

RUN = ("run", ".", "--clock", "virtual", "--pictures", "none")
"""Most of it is red here, and nobody looks at pictures of it; `test_pictures` does."""
HEAD = """# language: de
Funktionalität: Ehrlich

  Szenario: Eins
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
"""
READY = ("Angenommen Frau Brandt vom LISA-Team ist bereit", "Wenn die Bürgerin das Bürgerbüro betritt")
TALK = (*READY, "Und Frau Brandt das Gespräch annimmt")
SHOWN = (*TALK, "Und die Bürgerin ihren Mietvertrag unter die Kamera legt")
SEEN = (*SHOWN, "Dann sieht Frau Brandt unter der Kamera den Mietvertrag")
SCANNED = (*TALK, "Und die Bürgerin den Mietvertrag in den Scanner legt", "Und Frau Brandt den Mietvertrag einscannt")
UNPRINTED = ("Und der Drucker ausfällt", "Und Frau Brandt den Mietvertrag kopiert")
FREE = "Dann ist das Bürgerbüro wieder frei"
OPENED = (*TALK, "Und Frau Brandt den „Antrag auf Wohngeld (Mietzuschuss)“ öffnet")
DOOR = ("Wenn die Tür aufgeht", "Dann sind bei Frau Brandt die Unterlagen ausgeblendet")
LATE = "Es klingelte erst nach 0,5 s, erlaubt sind 0,06 s."
STELLE = "Angenommen zum Landkreis gehört die Stelle „{}“ mit Frau Zander"
ENTERED = "Und Frau Brandt einträgt, was die Bürgerin sagt, und sie jede Antwort bestätigt"
GREEN, RED, FAULT = "✓ bestanden", "✗ nicht bestanden", "! Prüffehler"
REFUSED = "wrong input, before anything runs"
UNKNOWN = ("Wenn 2 Min vergehen", "Dann klingelt es bei Frau Brandt innerhalb von 2 S", "Wenn Zwei Minuten vergehen")
# name -> (steps, verdict, words)
CASES: dict[str, tuple[tuple[str, ...], str, str]] = {
    "zu spät": ((*READY, "Dann klingelt es bei Frau Brandt innerhalb von 60 ms"), RED, LATE),
    "zu spät, später gefragt": (
        (*READY, "Dann klingelt es bei Frau Brandt", "Und klingelt es bei Frau Brandt innerhalb von 60 ms"),
        RED,
        LATE,
    ),
    "rechtzeitig, später gefragt": (
        (*READY, "Und 3 s vergehen", "Dann klingelt es bei Frau Brandt innerhalb von 2 s"),
        GREEN,
        "anruf.klingelt = 0,5 s",
    ),
    "nie bereit": (
        ("Angenommen Frau Vogt hat kein geprüftes Headset", *READY, "Dann klingelt es bei Frau Vogt innerhalb von 2 s"),
        RED,
        "Frau Vogt: es klingelt – niemand hat diesen Platz bereit gemeldet",
    ),
    "nie bereit, annehmen": (
        (*READY, "Und Frau Vogt das Gespräch annimmt"),
        RED,
        "Frau Vogt: der Anruf klingelt – niemand hat diesen Platz bereit gemeldet; er ist „pause“",
    ),
    "kein Bild": (
        (*TALK, "Dann ist das Bild der Person bei Frau Brandt flüssig"),
        RED,
        "Es kamen 0,0 Bilder in der Sekunde, flüssig sind 20.",
    ),
    "kein Bild, aber eine Messung": (
        (*TALK, "Und die Bürgerin „Kamera aus“ berührt", "Dann ist das Bild der Person bei Frau Brandt flüssig"),
        RED,
        "bild.rate = 0 Bilder/s",
    ),
    "nichts auszublenden": ((*READY, *DOOR), FAULT, "Bei Frau Brandt war kein Bild der Unterlagen zu sehen"),
    "ausgeblendet": ((*SEEN, *DOOR), GREEN, "unterlagen.ausgeblendet = 10 ms"),
    "verdeckt": ((*SEEN, *DOOR), GREEN, "unterlagen.verdeckt = 10 ms"),
    "nie erfasst": (
        (*TALK, "Dann ist die Unterlage „Quatsch“ vernichtet"),
        FAULT,
        "Eine Unterlage „Quatsch“ war nie im Vorgang.",
    ),
    "anderes Papier": (
        (*SHOWN, "Dann sieht Frau Brandt unter der Kamera den Quatsch"),
        RED,
        "Liegt „Quatsch“ unter der Kamera?",
    ),
    "wieder ein anderes": (
        (*SEEN, "Dann sieht Frau Brandt wieder den Quatsch"),
        RED,
        "Liegt „Quatsch“ unter der Kamera?",
    ),
    "kein Entwurf": ((*TALK, "Dann ist der Entwurf vernichtet"), FAULT, "In diesem Besuch war kein Antrag offen."),
    "nichts mitzulesen": (
        (*TALK, "Dann liest die Bürgerin jede Antwort auf dem Bildschirm mit"),
        FAULT,
        "Es ist kein Antrag offen, in den etwas eingetragen wurde.",
    ),
    "nichts zu unterschreiben": (
        (*OPENED, "Und die Bürgerin zu unterschreiben versucht", "Dann erfährt Frau Brandt: „Das Pad“"),
        FAULT,
        "Die Erklärung ist noch nicht geprüft. Davor „Wenn Frau Vogt die ganze Erklärung zum Prüfen vorlegt“ und",
    ),
    "Scanner stumm, trotzdem kopiert": (
        (*TALK, "Und der Scanner ausfällt", *SCANNED[-2:], "Und Frau Brandt den Mietvertrag kopiert", FREE),
        RED,
        "Eine Unterlage „Mietvertrag“ ist nicht erfasst. Am Arbeitsplatz steht: „Der Scanner ist nicht erreichbar: ",
    ),
    "vor der Frage erfahren": (
        (*TALK, "Und der Scanner ausfällt", *SCANNED[-2:], "Dann erfährt Frau Brandt: „Drucker“"),
        RED,
        "Gekommen ist: der Platz ist „im Gespräch“, „Der Scanner meldet: Scanner: keine Antwort.“, ",
    ),
    "ohne Unterlage abgegeben": (
        (
            *TALK,
            "Und Frau Brandt den „Anmeldung zur Pflegeberatung“ öffnet",
            ENTERED,
            "  | Name       | Musterfrau |",
            "  | Vorname    | Erika      |",
            "  | Anschrift  | Am See 3   |",
            "  | Pflegegrad | 2          |",
            "Und Frau Brandt die ganze Erklärung zum Prüfen vorlegt",
            "Und die Bürgerin die ganze Erklärung geprüft hat und bestätigt",
            "Und die Bürgerin auf dem Unterschriftenpad unterschreibt",
            "Und Frau Brandt den Antrag abgibt",
            "Dann gehören Antrag, Scan und Unterschrift untrennbar zusammen",
        ),
        FAULT,
        "Zu diesem Antrag ist keine Unterlage erfasst. Davor „Wenn",
    ),
    "kein Besuch zuvor": (
        (*TALK, "Dann sieht Frau Brandt nichts vom vorigen Besuch"),
        FAULT,
        "Einen vorigen Besuch, der zu Ende ging, gab es hier nicht.",
    ),
    "keine Leistung": (
        (*TALK, "Dann kann Frau Brandt „Quatsch“ nicht wählen"),
        REFUSED,
        "Die Leistung „Quatsch“ gibt es nicht. Es gibt: Wohngeld: Mietzuschuss,",
    ),
    "Stelle mit &": (
        (STELLE.format("Sozial- & Jugendamt"), "Und Frau Zander vom Sozial- & Jugendamt ist bereit"),
        GREEN,
        "Frau Zander",
    ),
    "Stelle mit allerlei": (
        (STELLE.format('Bau/Verkehr, Ämter: "Nord\\Süd"'), "Und Frau Zander vom Bau ist bereit"),
        GREEN,
        "Frau Zander",
    ),
    "Stelle ohne Buchstaben": ((STELLE.format("&/,"),), FAULT, "Der Name „&/,“ hat weder Buchstaben noch Ziffern."),
    "zwei Stellen, ein Schlüssel": (
        (STELLE.format("Amt A"), STELLE.format("Amt-A")),
        FAULT,
        "„Amt-A“ ist von „Amt A“ kaum zu unterscheiden.",
    ),
    "gerade eingereicht": (
        (
            *SCANNED,
            "Und Frau Brandt die Unterlagen zu „Wohngeld: Mietzuschuss“ ohne Antrag vorlegt",
            "Und die Bürgerin die Unterlagen so einreicht",
            "Dann hat keine Stelle etwas davon erhalten",
        ),
        RED,
        "Eine Stelle hat etwas erhalten.",
    ),
    "anderes kopiert": (
        (*SCANNED, "Und Frau Brandt den Mietvertag kopiert"),
        REFUSED,
        "Von einer Unterlage „Mietvertag“ ist davor nicht die Rede. Meinten Sie „Mietvertrag“?",
    ),
    "nichts kopiert": (
        (*TALK, "Und Frau Brandt den Mietvertrag kopiert"),
        FAULT,
        "Eine Unterlage „Mietvertrag“ ist nicht erfasst.",
    ),
    "nicht gedruckt": (
        (*SCANNED, *UNPRINTED, "Dann liegt der Mietvertrag mit 3 Seiten als Kopie im Drucker"),
        RED,
        "– stattdessen: „Der Drucker ist nicht erreichbar",
    ),
    "liegt nicht da": (
        (*SCANNED, *UNPRINTED, "Dann liest die Bürgerin, dass die Kopie zum Mitnehmen im Drucker liegt"),
        RED,
        "Auf dem Bildschirm steht: Der Drucker druckt Ihre Kopie gerade nicht.",
    ),
    "keine Taste": (
        (*TALK, "Und die Bürgerin „Kammera aus“ berührt"),
        REFUSED,
        "Die Taste „Kammera aus“ gibt es auf dem Bildschirm nicht. Meinten Sie „Kamera aus“?",
    ),
    "diese Taste nicht": (
        (*TALK, "Und die Bürgerin „Alles richtig“ berührt"),
        RED,
        "nicht innerhalb von 30 s. Er zeigt: Sie sprechen mit Frau Brandt. Tasten: „Kamera aus“",
    ),
    "nie besucht, kein Ende": (
        (READY[0], "Dann endet der Besuch als „erledigt_beratung“"),
        FAULT,
        "betritt“ schreiben. Gesehen wurde: Ergebnis: keines;",
    ),
    "nie gesprochen": (
        (*READY, "Dann sieht Frau Brandt die Bürgerin"),
        FAULT,
        "Bis jetzt hat niemand ein Gespräch angenommen. Davor „Wenn Frau Brandt das Gespräch annimmt“ schreiben.",
    ),
    "nie gesehen": (
        (*TALK, "Dann sieht die Bürgerin Frau Vogt nicht mehr"),
        FAULT,
        "Frau Vogt war bis jetzt nicht auf dem Bildschirm zu sehen. Davor „Dann sieht die Bürgerin Frau Vogt“",
    ),
    "nie gehört": (
        (*TALK, "Dann hört die Bürgerin den Ton „wartezeichen“ nicht mehr"),
        FAULT,
        "Der Ton „wartezeichen“ war bis jetzt nicht zu hören.",
    ),
    "kein Termin": ((*TALK, "Dann erhält die Bürgerin einen Terminzettel"), FAULT, "Bis jetzt wollte niemand einen"),
    "kein Zettel": (
        (*TALK, "Dann nennt der Zettel Frau Brandt Frau Vogt als Ansprechpartnerin"),
        FAULT,
        "Frau Brandt hat keinen Zettel. Davor „Wenn Frau Brandt das Kennwort vom Terminzettel eingibt“ schreiben.",
    ),
    "an keinem Platz": (
        (*READY, "Dann klingelt es bei Frau Vogt nicht"),
        FAULT,
        "Frau Vogt sitzt an keinem Platz. Davor „Angenommen Frau Vogt … macht Pause“ schreiben.",
    ),
    "niemand da, nichts klingelt": (
        (READY[0], "Dann klingelt es bei Frau Brandt nicht"),
        FAULT,
        "Bis jetzt ist niemand hereingekommen.",
    ),
    "nie umgezogen": (
        (*TALK, "Dann ist Frau Brandt am ersten Rechner abgemeldet"),
        FAULT,
        "Frau Brandt hat den Rechner nicht gewechselt.",
    ),
    "frei, doch der Radar ist stumm": (
        ("Wenn der Präsenzsensor ausfällt", "Dann bleibt das Bürgerbüro 1 s lang frei"),
        FAULT,
        "Der Präsenzsensor meldet nichts: Dass niemand bemerkt wird, sagt dann nichts.",
    ),
    "Stoppuhr steht": ((READY[0], "Dann zeigt die Stoppuhr „A“ höchstens 3 s"), FAULT, "Die Stoppuhr „A“ läuft nicht."),
    "nie gezeigt": (
        (*TALK, "Dann hat der Bildschirm „Auf Wiedersehen“ vor „Sie sprechen mit“ gezeigt"),
        RED,
        "Der Bildschirm hat nie gezeigt: „Auf Wiedersehen“",
    ),
    "niemand Fremdes da": (
        (*TALK, "Wenn die fremde Person wieder geht", FREE),
        FAULT,
        "Es ist keine fremde Person da.",
    ),
    "im eigenen Bürgerbüro": (
        ("Angenommen im Bürgerbüro Templin wartet schon jemand", READY[1], FREE),
        FAULT,
        "Das Bürgerbüro Templin ist das, in dem geprüft wird.",
    ),
    "dort ist niemand": (
        ("Wenn im Bürgerbüro Lychen niemand mehr ist", READY[1], FREE),
        FAULT,
        "Im Bürgerbüro Lychen ist niemand.",
    ),
    "niemand am Platz": (
        ("Wenn die Bürgerin das Bürgerbüro betritt", "Dann klingelt es bei niemandem"),
        FAULT,
        "Es sitzt niemand an einem Platz, bei dem es klingeln könnte. Davor",
    ),
    "niemand sieht hin": (
        ("Wenn die Bürgerin das Bürgerbüro betritt", "Dann wird kein Bild der Person übertragen"),
        FAULT,
        "Es sitzt niemand an einem Platz, der ein Bild bekommen könnte. Davor",
    ),
    "kein Antrag, kein Feld": (
        (*TALK, "Und Frau Brandt bei „Vorname“ „Erika“ einträgt"),
        FAULT,
        "Es ist kein Antrag offen. Davor",
    ),
    "anderes Feld": (
        (*OPENED, "Und Frau Brandt bei „Geburtsdaten“ „1.1.1950“ einträgt"),
        REFUSED,
        "Das Feld „Geburtsdaten“ gibt es im „Antrag auf Wohngeld (Mietzuschuss)“ nicht. Meinten Sie „Geburtsdatum“?",
    ),
    "andere Seiten": (
        (
            *SCANNED,
            "Und Frau Brandt die Unterlagen zu „Wohngeld: Mietzuschuss“ ohne Antrag vorlegt",
            "Dann liest die Bürgerin, dass der Mietvertrag mit 2 Seiten an die Wohngeldstelle geht",
        ),
        RED,
        "Auf dem Bildschirm steht: Mietvertrag (3 Seiten)\n",
    ),
    "das Gegenteil": (
        (*TALK, "Dann klingelt es nicht bei Frau Vogt"),
        REFUSED,
        "Meinten Sie „klingelt es bei Frau Vogt nicht“?",
    ),
    "klingelt doch": ((*READY, "Dann klingelt es bei niemandem"), RED, "Es klingelt bei Frau Brandt.\n      └"),
    "25 Uhr": (("Angenommen es ist Samstag, 25 Uhr",), REFUSED, "Die Uhrzeit 25 Uhr gibt es nicht."),
    "31.02.": (("Angenommen es ist der 31.02.2028, 10 Uhr",), REFUSED, "Den Tag 31.02.2028 gibt es nicht."),
    "eine Spalte": ((*TALK, ENTERED, "  | Name |"), FAULT, "Es müssen zwei sein: | Feld | Antwort |"),
    "eine Spalte bei Stellen": (
        (*TALK, "Dann kann Frau Brandt jedes Anliegen wählen, und es führt zu seiner Stelle", "  | Wohngeld |"),
        FAULT,
        "Es müssen zwei sein: | Leistung | Stelle |",
    ),
}


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What `lisa run` says of each case; one run for all that are read, one for the others."""
    wheres = {False: tmp_path_factory.mktemp("ehrlich"), True: tmp_path_factory.mktemp("falsch")}
    for number, (name, (steps, verdict, _)) in enumerate(CASES.items()):
        write(wheres[verdict == REFUSED] / f"f{number:02}.feature", name, steps)
    code, output = lisa(*RUN, where=wheres[False])
    assert (code, "Traceback" in output) == (1, False), output
    parts = output.partition("\n\nNicht bestanden:")[0].split("Funktionalität: ")[1:]
    code, refused = lisa(*RUN, where=wheres[True])
    assert code == 4, refused
    read = (name for name, (_, verdict, _) in CASES.items() if verdict != REFUSED)
    wrong = (name for name, (_, verdict, _) in CASES.items() if verdict == REFUSED)
    return dict(zip(read, parts, strict=True)) | dict(zip(wrong, refused.splitlines(), strict=True))


def write(path: Path, name: str, steps: tuple[str, ...]) -> None:
    if not any(step.startswith("Dann") for step in steps):
        steps = (*steps, "Dann zeigt der Bildschirm „Digitales Bürgerbüro“")
    body = "".join(f"    {step}\n" for step in steps)
    path.write_text(f"# language: de\nFunktionalität: {name}\n\n  Szenario: {name}\n{body}", encoding="utf-8")


@pytest.mark.parametrize("name", CASES)
def test_says_what_is_so(name: str, said: dict[str, str]) -> None:
    _, verdict, words = CASES[name]
    assert words in said[name], said[name]
    if verdict == REFUSED:
        assert said[name].startswith(f"f{list(CASES).index(name):02}.feature:")
    else:
        assert said[name].startswith(f"{name}  ")
        assert f"\n  {verdict}  " in said[name], said[name]


def test_of_proofs_of_nothing_is_each_run_red(tmp_path: Path) -> None:
    write(tmp_path / "einer.feature", "kein Entwurf", CASES["kein Entwurf"][0])
    code, output = lisa(*RUN, where=tmp_path)
    assert (code, CASES["kein Entwurf"][2] in output) == (3, True), output


def test_large_and_small_letters_are_different_words(tmp_path: Path) -> None:
    for number, step in enumerate(UNKNOWN):
        write(tmp_path / f"f{number}.feature", "Groß und klein", (*READY, step))
    code, output = lisa(*RUN, where=tmp_path)
    unnamed = [step for step in UNKNOWN if f"Den Schritt „{step.partition(' ')[2]}“ gibt es nicht." not in output]
    assert (code, unnamed, "Traceback" in output) == (4, [], False), output


@pytest.mark.parametrize("text", ["24", "25", "10:60", "10.99"])
def test_no_clock_shows_it(text: str) -> None:
    with pytest.raises(HarnessError, match=f"Die Uhrzeit {text} Uhr gibt es nicht"):
        clock_time(text)


@pytest.mark.parametrize("text", ["31.02.2028", "1.13.2028", "29.02.2027", "01.01.0000"])
def test_no_calendar_has_it(text: str) -> None:
    with pytest.raises(HarnessError, match=f"Den Tag {text} gibt es nicht"):
        date(text)


def test_words_at_their_edges() -> None:
    assert (clock_time("23:59"), clock_time("0"), date("29.2.2028").day) == ((23, 59), (0, 0), 29)
    assert two_columns([["a", "b"]], "x", "y") == [("a", "b")]
    with pytest.raises(HarnessError, match="3 Spalten"):
        two_columns([["a", "b", "c"]], "x", "y")
    assert [plain_key(name) for name in ("Gartz (Oder)", "Sozial- & Jugendamt", "Café 3")] == [
        "gartz-oder",
        "sozial-jugendamt",
        "cafe-3",
    ]
    assert toml_text('ein "Ä" \\') == '"ein \\"Ä\\" \\\\"'


def test_what_was_meant_as_a_feature_is_not_passed_over(tmp_path: Path) -> None:
    good = HEAD + "    Dann klingelt es bei Frau Brandt\n"
    (tmp_path / "gut.feature").write_text(good, encoding="utf-8")
    (tmp_path / "build").mkdir()
    other = good.replace("Ehrlich", "Auch").replace("bei Frau Brandt", "bei niemandem")
    (tmp_path / "build" / "auch.feature").write_text(other, encoding="utf-8")
    assert run(tmp_path, ".")[0] == 1
    for name in ("x.Feature", "x.feature.txt"):
        path = tmp_path / name
        path.write_text(good, encoding="utf-8")
        code, output = run(tmp_path, ".")
        assert (code, f"{name}: LISA führt nur Dateien aus" in output) == (4, True)
        path.unlink()
    (tmp_path / "weg.feature").symlink_to("nirgends.feature")
    assert run(tmp_path, ".")[0] == 4


def test_whole_folder_is_not_cut_down_by_a_line_of_one_of_its_files(tmp_path: Path) -> None:
    second = (
        "\n  Szenario: Zwei\n    Angenommen das Bürgerbüro Templin ist geöffnet\n    Dann klingelt es bei niemandem\n"
    )
    good = HEAD + "    Dann klingelt es bei Frau Brandt\n"
    (tmp_path / "x.feature").write_text(good + second, encoding="utf-8")
    assert "1 Szenario: 1 bestanden" in run(tmp_path, "x.feature:4")[1]
    assert "2 Szenarien: 1 bestanden, 1 Prüffehler" in run(tmp_path, ".", "x.feature:4")[1]


def run(where: Path, *arguments: str) -> tuple[int, str]:
    return lisa("run", *arguments, *RUN[2:], where=where)
