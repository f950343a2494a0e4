"""The acceptance document: what it says of runs, what people set about it, and what it refuses to say."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from lisa_core.cli.commands import lisa
from lisa_core.domain.model.errors import LisaError, MachineError
from lisa_core.harness.acceptance.book import SUBJECT, book_of
from lisa_core.harness.acceptance.defects import Grade
from lisa_core.harness.acceptance.document import Document
from lisa_core.harness.acceptance.make import AcceptanceOrder, Made, accept, composed
from lisa_core.harness.acceptance.told import told
from lisa_core.harness.report.record import KnownFault, State, Verdict
from tests.acceptance.kept_runs import DAY, DOOR, EVENING, FILE, REAL, RING, Way, keep
from tests.gherkin.test_first_hour import stands_in, typed
from tests.tidy.sources import ROOT

PAGE = ROOT / "docs" / "abnahme.md"
OPEN_DOOR = Way({DOOR: Verdict.FAILED})
GRADED = {
    "klasse": "betriebsbehindernd",
    "begruendung": "Wer hereinkommt, ist von draußen zu hören.",
    "eingeordnet_von": "Jutta Beispiel, Landkreis Musterland",
    "eingeordnet_am": "3.11.2026",
}


def made(path: Path, *ways: Way) -> Made:
    """All of it, with its files."""
    return accept(order(path, *ways))


def told_by(path: Path, *ways: Way, requirements: tuple[Path, ...] = ()) -> Document:
    """What the document would say; nothing is written."""
    return composed(order(path, *ways, requirements=requirements))[0]


def order(path: Path, *ways: Way, requirements: tuple[Path, ...] = ()) -> AcceptanceOrder:
    before = len(list(path.iterdir()))
    runs = tuple(str(keep(path / f"lauf{number}", way)) for number, way in enumerate(ways, before))
    return AcceptanceOrder(runs, path / "abnahme", requirements=requirements)


def fill(book: Path, **values: str) -> str:
    """As a person does in an editor: the first empty place of each key."""
    text = book.read_text(encoding="utf-8")
    for key, value in values.items():
        text = text.replace(f'{key} = ""', f'{key} = "{value}"', 1)
    book.write_text(text, encoding="utf-8")
    return text


def text_of(path: Path) -> list[str]:
    """The words of each page, with what breaks lines taken out."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(path.read_bytes())).pages]


def test_a_run_becomes_a_document_that_says_what_it_saw_and_what_it_did_not(tmp_path: Path) -> None:
    one = made(tmp_path, OPEN_DOOR)
    assert one.document.summary == (
        "3 Anforderungen: 1 gezeigt, 1 nicht erfüllt, 1 nicht gezeigt.",
        "1 offener Mangel: 1 noch nicht eingeordnet.",
        "Kein Lauf dieser Fassung lief an echten Geräten: Geprüft sind Programme, keine Geräte.",
    )
    data = json.loads((tmp_path / "abnahme/abnahme.json").read_text(encoding="utf-8"))
    digest = one.document.runs[0].digest
    assert data["runs"][0]["messages_sha256"] == digest
    ring, door, coffee = data["requirements"]
    assert (ring["verdict"], door["verdict"], coffee["why_not"]) == (
        "bestanden",
        "nicht bestanden",
        ["Noch nicht da."],
    )
    assert [(one["value"], one["uncertainty"], one["limit"]) for one in ring["measurements"]] == [("1.4", "0.1", "2")]
    assert ring["seen_on"] == ["emulierte Geräte (2 Szenarien)"]
    pages = text_of(tmp_path / "abnahme/abnahme.pdf")
    whole = " ".join(pages)
    assert all("ENTWURF" in page for page in pages)
    assert "Unterschrift: " not in whole
    for words in (
        "Lastenheft 3.1",
        "Zeit bis zum Klingeln = 1,4 ± 0,1 s, höchstens 2 s",
        "die Programme, nicht die Geräte",
    ):
        assert words in whole
    assert digest in whole.replace(" ", "")


def test_the_same_runs_and_the_same_book_give_the_same_bytes(tmp_path: Path) -> None:
    run = str(keep(tmp_path / "lauf", OPEN_DOOR))
    files = accept(AcceptanceOrder((run,), tmp_path / "abnahme")).files
    before = [file.read_bytes() for file in files]
    assert [file.read_bytes() for file in accept(AcceptanceOrder((run, run), tmp_path / "abnahme")).files] == before


def test_with_every_defect_classed_it_may_be_signed_and_what_a_person_wrote_stays(tmp_path: Path) -> None:
    made(tmp_path, OPEN_DOOR)
    book = tmp_path / "abnahme/abnahme.toml"
    text = fill(book, auftraggeber="Landkreis Musterland", **GRADED) + "# Notiz: mit der Hausmeisterin sprechen\r\n"
    book.write_bytes(text.encode())
    later = made(tmp_path, OPEN_DOOR, Way({DOOR: Verdict.FAILED, RING: Verdict.FAILED}, day=1))
    assert book.read_bytes().startswith(text.encode())
    assert later.document.draft == ("Mangel 2: noch nicht eingeordnet.",)
    assert [one.weight for one in told_by(tmp_path, OPEN_DOOR).defects] == [
        "betriebsbehindernd",
        "noch nicht eingeordnet",
    ]
    fill(book, **GRADED)
    assert made(tmp_path, OPEN_DOOR).document.draft == ()
    pages = text_of(tmp_path / "abnahme/abnahme.pdf")
    assert not any("ENTWURF" in page for page in pages)
    assert f"Seite {len(pages)} von {len(pages)}" in pages[-1]
    for words in ("§ 640 Abs. 3 BGB", "Für den Auftragnehmer: Name, Funktion", "Ort, Datum", "Unterschrift"):
        assert words in pages[-1]
    assert "Jutta Beispiel" in " ".join(pages)


def test_a_class_without_a_reason_or_a_name_does_not_count(tmp_path: Path) -> None:
    made(tmp_path, OPEN_DOOR)
    fill(tmp_path / "abnahme/abnahme.toml", klasse="leicht", eingeordnet_am="2026-11-03")
    lines = list(told(made(tmp_path, OPEN_DOOR)))
    assert "  Noch einzutragen: begruendung, eingeordnet_von" in lines
    assert any(":12: Mangel 1 „Die Tür geht zu“, Dann ist die Tür zu" in line for line in lines)


MENDED = Way(day=1, commit="bbbbbbbbbbbb")


@pytest.mark.parametrize(
    ("later", "why"),
    [
        (MENDED, ""),
        (replace(MENDED, commit=OPEN_DOOR.commit), "Ohne neue Fassung bestanden."),
        (replace(MENDED, booth="Modell"), "Später nur in anderer Umgebung bestanden."),
        (replace(MENDED, profile="andere"), "Später nur in anderer Umgebung bestanden."),
        (replace(MENDED, landkreis="musterland"), "Später nur in anderer Umgebung bestanden."),
        (replace(MENDED, unselected=(DOOR,)), "Seither nicht noch einmal ausgeführt."),
        (replace(MENDED, verdicts={DOOR: Verdict.NOT_CHECKED}), "Später nicht geprüft."),
        (replace(MENDED, verdicts={DOOR: Verdict.FAILED}), "Seither nicht noch einmal ausgeführt."),
    ],
)
def test_what_mends_a_defect_and_what_does_not(tmp_path: Path, later: Way, why: str) -> None:
    defect = told_by(tmp_path, OPEN_DOOR, later).defects[0]
    assert (bool(defect.retest), defect.why_open[: len(why)]) == (not why, why)


def test_what_is_known_of_a_defect_stands_beside_it_and_changes_nothing(tmp_path: Path) -> None:
    fault = KnownFault(f"{FILE}::{DOOR}", "Der Türkontakt prellt.", "Frau Beispiel", "2026-12-31", "KAB-17")
    first = made(tmp_path, replace(OPEN_DOOR, known=(fault,)))
    said = "Bekannter Fehler: Der Türkontakt prellt. (Frau Beispiel, bis 31.12.2026, KAB-17)"
    assert f"  {said}" in list(told(first))
    assert said.replace(": ", " ", 1) in " ".join(text_of(tmp_path / "abnahme/abnahme.pdf"))
    (data,) = json.loads((tmp_path / "abnahme/abnahme.json").read_text(encoding="utf-8"))["defects"]
    assert (data["known"]["owner"], data["class"], data["open"]) == ("Frau Beispiel", "noch nicht eingeordnet", True)
    assert told_by(tmp_path, replace(OPEN_DOOR, known=(fault,)), replace(OPEN_DOOR, day=1)).defects[0].known is None


def test_another_wording_of_the_scenario_mends_nothing(tmp_path: Path) -> None:
    defect = told_by(tmp_path, Way({RING: Verdict.FAILED}), replace(MENDED, how="irgendwann")).defects[0]
    assert "lautet inzwischen anders" in defect.why_open


def test_a_defect_that_is_gone_stays_with_its_re_test_and_is_open_again_when_it_comes_back(tmp_path: Path) -> None:
    made(tmp_path, OPEN_DOOR, MENDED)
    for runs in ((replace(MENDED, day=2),), (OPEN_DOOR,)):
        kept = told_by(tmp_path, *runs).defects[0]
        assert kept.retest.startswith("Lauf vom 03.11.2026, 10:00 Uhr (")
    again = told_by(tmp_path, OPEN_DOOR, MENDED, replace(OPEN_DOOR, day=3, commit="cccccccccccc")).defects[0]
    assert again.open
    assert again.why_open.startswith("War behoben und ist wieder aufgetreten (05.11.2026")


def test_one_repetition_that_is_red_is_the_defect_of_all(tmp_path: Path) -> None:
    often = Way({f"{DOOR} (Wiederholung 2 von 3)": Verdict.FAILED}, times=3)
    whole = told_by(tmp_path, often, replace(often, day=1, commit=MENDED.commit))
    assert [one.entry.key for one in whole.defects] == [(f"{FILE}::{DOOR}", "Dann ist die Tür zu")]
    assert whole.defects[0].open
    assert whole.requirements[1].record.verdict is Verdict.FAILED
    door = next(one for one in whole.scenarios if one.name == DOOR)
    assert [(run, record.verdict is Verdict.PASSED) for run, record in door.records] == [
        (2, True),
        (2, False),
        (2, True),
    ]
    assert told_by(tmp_path, often, replace(MENDED, times=3)).defects[0].retest


def test_a_red_sentence_that_is_green_without_a_change_shows_nothing(tmp_path: Path) -> None:
    whole = told_by(tmp_path, OPEN_DOOR, replace(MENDED, commit=OPEN_DOOR.commit))
    assert whole.requirements[1].record.verdict is Verdict.FAILED
    assert whole.requirements[1].why_not == ("Mangel 1 ist offen.",)


def test_what_somebody_did_about_it_lets_the_same_version_answer(tmp_path: Path) -> None:
    same = replace(MENDED, commit=OPEN_DOOR.commit)
    made(tmp_path, OPEN_DOOR, same)
    fill(tmp_path / "abnahme/abnahme.toml", abhilfe="Türband getauscht")
    assert told_by(tmp_path, OPEN_DOOR, same).defects[0].retest


def test_leaving_out_what_is_red_shows_nothing(tmp_path: Path) -> None:
    whole = told_by(tmp_path, Way(unselected=(EVENING,)))
    assert whole.requirements[0].record.verdict is Verdict.NOT_CHECKED
    assert whole.requirements[0].why_not == (
        "„Abends“ steht in der Feature-Datei und wurde in keinem Lauf ausgewählt.",
    )
    assert "1 Szenario der Feature-Dateien hat kein Lauf ausgewählt; sie gelten als nicht geprüft." in whole.notes


def test_runs_that_are_not_alike_or_not_whole_are_named_apart(tmp_path: Path) -> None:
    older = Way(profile="andere", landkreis="musterland", booth="Modell")
    whole = told_by(tmp_path, older, replace(MENDED, ended_after=1))
    notes = "\n".join(whole.notes)
    for words in (
        "Fassungen",
        "Profile",
        "Landkreise",
        "Lauf 2: nicht vollständig (abgebrochen), 1 von 3 Szenarien ausgeführt",
        "Lauf 1: im Modell",
    ):
        assert words in notes
    assert "Kein Lauf der abzunehmenden Fassung ist vollständig." in whole.draft
    door = whole.requirements[1]
    assert door.record.verdict is Verdict.NOT_CHECKED
    assert (
        "in der abzunehmenden Fassung nicht ausgeführt (bestanden in lisa-booth 0.1.0, Stand aaaaaaaaaaaa)"
        in door.why_not[0]
    )


def test_the_worst_of_the_settings_holds_and_real_devices_are_named(tmp_path: Path) -> None:
    model = Way({DOOR: Verdict.FAILED}, booth="Modell")
    whole = told_by(tmp_path, model, Way(day=1, slots=REAL, booth="Präsenzsensor: echt"))
    assert [one.record.verdict for one in whole.requirements[:2]] == [Verdict.PASSED, Verdict.FAILED]
    assert whole.summary[2] == "An echten Geräten lief Lauf 2."
    assert whole.requirements[0].seen_on == ("Modell (2 Szenarien)", "Präsenzsensor echt (2 Szenarien)")


def test_a_run_that_was_killed_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    whole = told_by(tmp_path, Way(state=State.RUNNING))
    assert "Lauf 1: nicht vollständig (läuft noch / unvollständig), 0 von 3 Szenarien ausgeführt." in whole.notes
    assert "Es sind keine Anforderungen bekannt; --requirements nennt sie." in whole.draft


OWN = """\
[[anforderung]]
id = "K.1"
text = "Es klingelt sehr bald."
text_en = "It rings very soon."
quelle = "Vertrag, Anlage 2"

[anforderung.grenze]
messung = "anruf.klingelt"
hoechstens = 1
einheit = "s"
unsicherheit = 0.1

[[anforderung]]
id = "V.7"
text = "Es gibt eine Schulung."
text_en = "There is a training."
quelle = "Vertrag, Anlage 2"
"""


def test_the_landkreis_may_bring_its_own_requirements_and_limits(tmp_path: Path) -> None:
    own = tmp_path / "vertrag/anforderungen/anlage2.toml"
    own.parent.mkdir(parents=True)
    own.write_text(OWN, encoding="utf-8")
    whole = told_by(tmp_path, Way(), requirements=(tmp_path / "vertrag",))
    ring, training = whole.requirements
    assert (ring.record.verdict, ring.record.limit) == (Verdict.FAILED, "anruf.klingelt höchstens 1 s (U = 0,1 s)")
    assert training.why_not == ("Kein Szenario der Läufe nennt sie.",)
    assert "Die Anforderung K.1 lautete im Lauf anders als in der genannten Datei; es gilt die Datei." in whole.notes


BOOK = '[abnahme]\nort = "Templin"\n[[mangel]]\nnr = 1\nbeschreibung = "Der Stuhl ist zu hoch."\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[abnahme]\nOrt = "x"\n', "abnahme.toml:2: Den Schlüssel „Ort“ gibt es nicht. Meinten Sie „ort“?"),
        ("[mangl]\n", "abnahme.toml:1: Die Tabelle „mangl“ gibt es nicht. Meinten Sie „mangel“?"),
        (
            f'{BOOK}klasse = "behindernd"\n',
            ":6: Die Klasse „behindernd“ gibt es nicht. Meinten Sie „betriebsbehindernd“?",
        ),
        (f"{BOOK}klasse = 2\n", ":6: Die Klasse „2“ gibt es nicht. Es gibt: betriebsverhindernd, betriebsbehindernd"),
        (f'{BOOK}frist = "31.2.2027"\n', ":6: „31.2.2027“ ist kein Datum."),
        (f"{BOOK}frist = 3\n", ":6: „3“ ist kein Datum."),
        (f"{BOOK}abhilfe = true\n", ":6: „abhilfe“ ist kein Text."),
        (f"{BOOK}[[mangel]]\nnr = 1\nbeschreibung = 'x'\n", ":7: Den Mangel Nr. 1 gibt es zweimal."),
        ("[[mangel]]\nnr = 1\n", ":1: Der Mangel sagt nicht, was er ist."),
        ('[[mangel]]\nnr = "1"\nbeschreibung = "x"\n', ":2: „nr“ ist keine Nummer."),
        (f"[[nachpruefung]]\nmangel = 4\nbegonnen = '{DAY.isoformat()}'\n", ":2: Den Mangel Nr. 4 gibt es nicht."),
        (f'{BOOK}[[nachpruefung]]\nmangel = 1\nbegonnen = "x"\n', ":8: „x“ ist kein Zeitpunkt."),
        ("[mangel]\nnr = 1\n", ":1: Das sind keine Tabellen. Jede mit [[mangel]] beginnen."),
        ("abnahme = 1\n", ":1: Das ist keine Tabelle."),
        ('klasse = "leicht\n', ":1: Das ist kein gültiges TOML."),
        ("\udcff", ": Die Datei ist kein UTF-8."),
    ],
)
def test_a_mistake_in_the_book_is_told_with_its_line_and_changes_nothing(tmp_path: Path, text: str, said: str) -> None:
    run, book = str(keep(tmp_path / "lauf", OPEN_DOOR)), tmp_path / "abnahme/abnahme.toml"
    book.parent.mkdir()
    book.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(LisaError) as caught:
        accept(AcceptanceOrder((run,), book.parent))
    assert said in str(caught.value)
    assert [one.name for one in book.parent.iterdir()] == [book.name]
    assert book.read_bytes() == text.encode("utf-8", "surrogateescape")


def test_a_defect_found_by_hand_weighs_like_any_other(tmp_path: Path) -> None:
    book = tmp_path / "abnahme/abnahme.toml"
    book.parent.mkdir()
    book.write_text("\ufeff" + BOOK.replace("\n", "\r\n"), encoding="utf-8", newline="")
    whole = made(tmp_path, OPEN_DOOR).document
    assert whole.draft == ("Mängel 1, 2: noch nicht eingeordnet.",)
    assert b"\r\n[[mangel]]\r\nnr = 2\r\n" in book.read_bytes()
    book.write_bytes(
        book.read_bytes().replace(
            b'hoch."', b'hoch."\r\nnachgeprueft_von = "A. Muster"\r\nnachgeprueft_am = 2026-11-09', 1
        )
    )
    assert told_by(tmp_path, OPEN_DOOR).defects[0].retest == "von A. Muster am 09.11.2026"


def test_what_is_no_run_is_told_with_its_path(tmp_path: Path) -> None:
    foreign, into = tmp_path / "fremd", tmp_path / "abnahme"
    foreign.mkdir()
    for text, said in (
        ('{"meta": {}}\n', "enthalten keinen Lauf von LISA"),
        ('{"testCaseStarted": {"testCaseId": "x"}}\n', "nicht die eines Laufs von LISA"),
        ("kein JSON\n{}", "Zeile 1 ist keine Nachricht"),
    ):
        (foreign / "messages.ndjson").write_text(text, encoding="utf-8")
        with pytest.raises(LisaError, match=rf"fremd/messages\.ndjson: .*{said}"):
            accept(AcceptanceOrder((str(foreign),), into))
    with pytest.raises(LisaError, match="Hier ist kein Lauf aufgehoben"):
        accept(AcceptanceOrder(("latest",), into, tmp_path))
    run = str(keep(tmp_path / "lauf", Way()))
    with pytest.raises((LisaError, MachineError), match=r"lässt sich nicht lesen .*kein Ordner"):
        accept(AcceptanceOrder((run,), foreign / "messages.ndjson"))
    assert not into.exists()


def test_the_folder_holds_its_runs_and_makes_the_same_of_them_again(tmp_path: Path) -> None:
    kept = tmp_path / "out/runs/2026-11-02_10-00-00"
    keep(kept, OPEN_DOOR)
    before = accept(AcceptanceOrder((), tmp_path / "abnahme", tmp_path / "out"))
    shutil.rmtree(tmp_path / "out")
    again = [str(one) for one in (tmp_path / "abnahme/laeufe").iterdir()]
    files = [file.read_bytes() for file in before.files]
    assert [file.read_bytes() for file in accept(AcceptanceOrder(tuple(again), tmp_path / "abnahme")).files] == files


def test_the_command_says_what_is_to_be_entered_where_and_ends_with_its_code(tmp_path: Path) -> None:
    run, out = str(keep(tmp_path / "lauf", OPEN_DOOR)), str(tmp_path / "abnahme")
    draft = CliRunner().invoke(lisa, ["abnahme", run, "--into", out], standalone_mode=False)
    assert draft.return_value == 2
    for words in (
        "3 Anforderungen: 1 gezeigt",
        ":12: Mangel 1 „Die Tür geht zu“",
        "Noch einzutragen: klasse",
        "abnahme.pdf",
    ):
        assert words in draft.output
    fill(tmp_path / "abnahme/abnahme.toml", **GRADED)
    signed = CliRunner().invoke(lisa, ["abnahme", run, "--into", out], standalone_mode=False)
    assert (signed.return_value, "fertig zur Unterschrift" in signed.output) == (0, True)
    assert "noch leer: gegenstand, auftraggeber, " in signed.output
    wrong = CliRunner().invoke(lisa, ["abnahme", str(tmp_path / "nichts")], standalone_mode=False)
    assert wrong.return_value == 4


def test_what_the_page_shows_may_stand_in_the_book() -> None:
    """Every TOML of docs/abnahme.md, as one book; its classes and keys are those that there are."""
    page = PAGE.read_text(encoding="utf-8")
    shown = re.findall(r"^```toml\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    book = book_of(Path("abnahme.toml"), "\n".join(shown))
    assert [one.lacks for one in book.entries] == [(), ()]
    assert all(f"`{word}`" in page for word in (*SUBJECT, *(grade.value for grade in Grade)))


@pytest.mark.long
@pytest.mark.skipif(os.environ.get("LISA_LONG") != "1", reason="startet neun Programme: nur mit LISA_LONG=1")
def test_every_command_of_the_page_shows_what_the_page_says(tmp_path: Path) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PYTHONIOENCODING": "utf-8"}
    commands = list(typed(PAGE.read_text(encoding="utf-8")))
    assert len(commands) > 8
    for one in commands:
        shell = ["bash", "-c", one.command]
        done = subprocess.run(shell, cwd=tmp_path, env=environment, check=False, capture_output=True, text=True)
        said = done.stdout + done.stderr
        assert done.returncode == one.code, f"$ {one.command}\n{said}"
        missing = [line for line in one.shown if not stands_in(line, said)]
        assert not missing, f"$ {one.command}\n{said}\nmissing: {missing}"
