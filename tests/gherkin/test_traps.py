"""Each mistake is red for its own reason, with file, line and what to do; pytest-bdd alone lets most of them pass."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lisa_core.harness.report.record import ExitCode
from lisa_core.harness.start.run import Order, run
from tests.gherkin.conftest import GOOD, HEAD, Folder

STEPS = "    Angenommen die Zahl ist 2\n    Dann ist die Summe 2\n"
OUTLINE = f"  Szenariogrundriss: A\n    Wenn <n> dazukommt\n{STEPS}"
# name -> (what stands below "Funktionalität: ...", line, words of the sentence)
TRAPS = {
    # a mistyped keyword
    "wen_statt_wenn": (f"  Szenario: A\n    Wen die Tür aufgeht\n{STEPS}", 5, "Meinten Sie „Wenn“?"),
    "wen_nach_einem_schritt": (f"  Szenario: A\n{STEPS}    Wen die Tür aufgeht\n", 7, "Meinten Sie „Wenn“?"),
    "falls_statt_wenn": (f"  Szenario: A\n    Falls die Tür aufgeht\n{STEPS}", 5, "sieht aus wie ein Schritt"),
    "englisches_wort": (f"  Szenario: A\n    When die Tür aufgeht\n{STEPS}", 5, "Meinten Sie „Wenn“?"),
    "szenaro": (f"  Szenaro: Weg\n{STEPS}\n  Szenario: B\n{STEPS}", 4, "Meinten Sie „Szenario:“?"),
    "szenaro_danach": (f"  Szenario: B\n{STEPS}\n  Szenaro: Weg\n{STEPS}", 8, "Meinten Sie „Szenario:“?"),
    "ohne_doppelpunkt": (f"  Szenario Weg\n{STEPS}\n  Szenario: B\n{STEPS}", 4, "Meinten Sie „Szenario:“?"),
    "beispeile": (f"{OUTLINE}    Beispeile:\n      | n |\n      | 3 |\n", 8, "Meinten Sie „Beispiele:“?"),
    "zwei_funktionen": (f"  Szenario: A\n{STEPS}Funktionalität: Y\n", 7, "nur eine je Datei"),
    # steps that would only be description
    "ohne_szenariozeile": (f"    Wenn die Tür aufgeht\n\n  Szenario: B\n{STEPS}", 4, "sieht aus wie ein Schritt"),
    "testfall": (f"  Testfall: Weg\n    Wenn die Tür aufgeht\n\n  Szenario: B\n{STEPS}", 5, "unter einem Szenario"),
    "scenario_1": (f"  Scenario 1: Weg\n{STEPS}\n  Szenario: B\n{STEPS}", 4, "Meinten Sie „Szenario:“?"),
    "in_der_regel": (f"  Regel: R\n    Wenn die Tür aufgeht\n\n  Szenario: B\n{STEPS}", 5, "sieht aus wie ein Schritt"),
    "hintergrund_ohne_doppelpunkt": (f"  Hintergrund\n\n  Szenario: B\n{STEPS}", 4, "Meinten Sie „Hintergrund:“?"),
    "mit_strich": (f"  Szenario: A\n    - Wenn die Tür aufgeht\n{STEPS}", 5, "Meinten Sie „Wenn“?"),
    "mit_schraegstrichen": (f"  Szenario: A\n    // Wenn die Tür aufgeht\n{STEPS}", 5, "Meinten Sie „Wenn“?"),
    "falls_im_hintergrund": (
        f"  Hintergrund:\n    Falls die Tür aufgeht\n    Angenommen die Zahl ist 1\n  Szenario: A\n{STEPS}",
        5,
        "sieht aus wie ein Schritt",
    ),
    "zeilentrenner": (f"  Wort\u2028tafel\n  Szenario: A\n    Wen die Tür aufgeht\n{STEPS}", 6, "Meinten Sie „Wenn“?"),
    "gegeben_sei_im_text": (f"  Gegeben sei die Zahl ist 2\n  Szenario: A\n{STEPS}", 4, "sieht aus wie ein Schritt"),
    "strich_und_unbekannt": (f"  Szenario: A\n    - Wenn die Tür zugeht\n{STEPS}", 5, "Meinten Sie „Wenn“?"),
    "zerlegter_umlaut": (f"  Szenario: A\n    Wenn die Tu\u0308r aufgeht\n{STEPS}", 5, "nicht sieht (U+0308)"),
    "festes_leerzeichen": (f"  Szenario: A\n    Wenn die\u00a0Tür aufgeht\n{STEPS}", 5, "nicht sieht (U+00A0)"),
    # nothing there
    "leer": ("  Szenario: A\n\n  Szenario: B\n" + STEPS, 4, "hat keine Schritte"),
    "auskommentiert": ("  Szenario: A\n    # Wenn die Tür aufgeht\n", 4, "auskommentiert"),
    "ohne_dann": ("  Szenario: A\n    Wenn die Tür aufgeht\n", 4, "hat keinen Schritt mit „Dann“"),
    "und_zuerst": (f"  Szenario: A\n    Und die Tür aufgeht\n{STEPS}", 5, "beginnt mit „Und“"),
    "ohne_szenario": ("  Nur Text.\n", 2, "hat kein Szenario"),
    "leere_regel": (f"  Szenario: A\n{STEPS}  Regel: R\n", 7, "Die Regel „R“ hat kein Szenario"),
    "leerer_hintergrund": (f"  Hintergrund:\n  Szenario: A\n{STEPS}", 4, "„Hintergrund“ hat keine Schritte"),
    # names
    "gleicher_name": (
        f"  Regel: R\n  Szenario: A\n{STEPS}  Regel: S\n  Szenario: A\n{STEPS}",
        9,
        "steht schon in Zeile 5",
    ),
    "gleich_bis_auf_leerzeichen": (f"  Szenario: A b\n{STEPS}  Szenario: A  b\n{STEPS}", 7, "steht schon in Zeile 4"),
    "namenlos": (f"  Szenario:\n{STEPS}", 4, "Das Szenario hat keinen Namen"),
    # steps
    "unbekannt": (f"  Szenario: A\n    Wenn die Tür zugeht\n{STEPS}", 5, "Meinten Sie „die Tür aufgeht“?"),
    "auch_das_zweite": (
        f"  Szenario: Z\n    Wenn die Tür aufgeht\n\n  Szenario: A\n    Wenn die Tür zugeht\n{STEPS}",
        8,
        "Meinten Sie „die Tür aufgeht“?",
    ),
    "falsches_wort": ("  Szenario: A\n    Dann die Tür aufgeht\n", 5, "nur mit „Wenn“"),
    "falsches_wort_mit_zahl": ("  Szenario: A\n    Dann 3 s vergehen\n", 5, "nur mit „Wenn“"),
    "mehrdeutig": (f"  Szenario: A\n    Wenn die Tür\n{STEPS}", 5, "passen mehrere Schritte"),
    "generator": (f"  Szenario: A\n    Wenn ein Generator läuft\n{STEPS}", 5, "asynchroner Generator"),
    "einheit_fehlt": (f"  Szenario: A\n    Wenn 3 vergehen\n{STEPS}", 5, "Hinter „3“ fehlt die Einheit."),
    "einheit_vertippt": (f"  Szenario: A\n    Wenn 3 Skunden vergehen\n{STEPS}", 5, "Meinten Sie „Sekunden“?"),
    "einheit_fremd": (f"  Szenario: A\n    Wenn 3 Kilo vergehen\n{STEPS}", 5, "Die Einheit „Kilo“ gibt es nicht."),
    # tables and texts
    "tabelle_unbeachtet": (f"  Szenario: A\n    Wenn 3 dazukommt\n      | x |\n{STEPS}", 5, "keine Tabelle an"),
    "tabelle_fehlt": (f"  Szenario: A\n    Wenn alle dazukommen\n{STEPS}", 5, "fehlt eine Tabelle"),
    "text_unbeachtet": (
        f'  Szenario: A\n    Wenn 3 dazukommt\n      """\n      x\n      """\n{STEPS}',
        5,
        "keinen Text an",
    ),
    "text_offen": (f'  Szenario: A\n    Wenn 3 dazukommt\n      """\n{STEPS}', 8, "endet mitten im Text"),
    "schiefe_tabelle": (
        f"  Szenario: A\n    Wenn 3 dazukommt\n      | a | b |\n      | c |\n{STEPS}",
        7,
        "verschieden viele",
    ),
    # outlines
    "ohne_beispiele": (f"  Szenariogrundriss: A\n{STEPS}", 4, "hat keine Beispiele"),
    "nur_platzhalter": (f"  Szenario: A\n    Wenn <n> dazukommt\n{STEPS}", 4, "ist ein Platzhalter"),
    "beispiele_leer": (f"{OUTLINE}    Beispiele:\n      | n |\n", 8, "haben keine Zeilen"),
    "beispiele_schief": (f"{OUTLINE}    Beispiele:\n      | n |\n      | 1 | 2 |\n", 10, "verschieden viele"),
    "spalte_fehlt": (
        f"{OUTLINE}    Beispiele:\n      | nn |\n      | 1 |\n",
        8,
        "keine Spalte „n“. Meinten Sie „nn“?",
    ),
    "spalte_unbenutzt": (
        f"{OUTLINE}    Beispiele:\n      | n | m |\n      | 1 | 2 |\n",
        8,
        "Die Spalte „m“ wird nicht verwendet",
    ),
    "spalte_doppelt": (
        f"{OUTLINE}    Beispiele:\n      | n | n |\n      | 1 | 2 |\n",
        8,
        "Die Spalte „n“ gibt es zweimal",
    ),
    "zeile_doppelt": (f"{OUTLINE}    Beispiele:\n      | n |\n      | 1 |\n      | 1 |\n", 8, "Die Zeile „1“ gibt es"),
    "zeile_in_zwei_tabellen": (
        f"{OUTLINE}    Beispiele:\n      | n |\n      | 1 |\n    Beispiele: mehr\n      | n |\n      | 1 |\n",
        11,
        "Die Zeile „1“ gibt es zweimal",
    ),
    "zeile_unbekannt": (
        f"{OUTLINE}    Beispiele:\n      | n |\n      | x |\n",
        5,
        "Den Schritt „x dazukommt“ gibt es nicht",
    ),
    # what a merge left behind
    "merge_rest": (f"  Szenario: A\n{STEPS}<<<<<<< HEAD\n", 7, "Merge-Konflikt"),
    "merge_mitte": (f"  Szenario: A\n    =======\n{STEPS}", 5, "Merge-Konflikt"),
    "merge_eingerueckt": (f"  Szenario: A\n  <<<<<<< HEAD\n{STEPS}", 5, "Merge-Konflikt"),
    "merge_im_text": (f"  Text.\n>>>>>>> main\n  Szenario: A\n{STEPS}", 5, "Merge-Konflikt"),
    # tags
    "tag_vertippt": (f"  @stuffe:ci\n  Szenario: A\n{STEPS}", 4, "Meinten Sie „stufe“?"),
    "stufe_unbekannt": (f"  @stufe:hadware\n  Szenario: A\n{STEPS}", 4, "Meinten Sie „hardware“?"),
    "geraet_deutsch": (f"  @braucht:Drucker\n  Szenario: A\n{STEPS}", 4, "Meinten Sie „printer“?"),
    "geraet_unbekannt": (f"  @braucht:scaner.duplex\n  Szenario: A\n{STEPS}", 4, "Meinten Sie „scanner“?"),
    "faehigkeit_unbekannt": (f"  @braucht:scanner.glass\n  Szenario: A\n{STEPS}", 4, "Meinten Sie „glas“?"),
    "faehigkeit_von_nichts": (f"  @braucht:door.offen\n  Szenario: A\n{STEPS}", 4, "@braucht:door genügt"),
    "hardware_ohne_geraet": (f"  @stufe:hardware\n  Szenario: A\n{STEPS}", 5, "welches Gerät echt sein muss"),
    "tag_mit_leerzeichen": (f"  @frei:a b\n  Szenario: A\n{STEPS}", 4, "enthält ein Leerzeichen"),
    "anforderung_unbekannt": (f"  @anf:S0.10x\n  Szenario: A\n{STEPS}", 4, "Meinten Sie „S0.10“?"),
    "anforderung_im_beispiel": (
        f"{OUTLINE}    @anf:S99.1\n    Beispiele:\n      | n |\n      | 1 |\n",
        8,
        "Die Anforderung „S99.1“ gibt es nicht",
    ),
}
WHOLE_FILES = {
    "ohne_sprache": ("Funktionalität: X\n", 1, "# language: de"),
    "englisch_gesagt": ("# language: en\nFunktionalität: X\n", 1, "nennt „en“, aber so beginnt die Datei nicht"),
    "englisch_begonnen": (f"Feature: X\n\n  Szenario: A\n{STEPS}", 1, "# language: de"),
    "sprache_unbekannt": ("# language: dee\nFunktionalität: X\n", 1, "Meinten Sie „# language: de“?"),
    "sprache_vertippt": ("# langauge: de\nFunktionalität: X\n", 1, "# language: de"),
    "leere_datei": ("\n", 0, "Die Datei ist leer"),
    "nur_sprache": ("# language: de\n", 0, "enthält keine Funktionalität"),
    "namenlos_ganz": (f"# language: de\nFunktionalität:\n\n  Szenario: A\n{STEPS}", 2, "Die Funktionalität hat keinen"),
}


@pytest.fixture(scope="module")
def traps(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    folder = Folder(tmp_path_factory.mktemp("traps"))
    for name, (body, _, _) in TRAPS.items():
        folder.write(name, body)
    for name, (text, _, _) in WHOLE_FILES.items():
        (folder.path / f"{name}.feature").write_text(text, encoding="utf-8")
    (folder.path / "latin1.feature").write_bytes((HEAD.format(name="Tür") + GOOD).encode("latin-1"))
    return folder


@pytest.fixture(scope="module")
def lisa_output(traps: Folder) -> str:
    code, output = traps.run()
    assert code == 4
    return output


@pytest.fixture(scope="module")
def pytest_output(traps: Folder) -> str:
    code, output = traps.pytest()
    assert code == 2
    return output


@pytest.mark.parametrize("name", [*TRAPS, *WHOLE_FILES])
def test_trap_is_red_for_its_own_reason(name: str, lisa_output: str, pytest_output: str) -> None:
    _, line, words = {**TRAPS, **WHOLE_FILES}[name]
    place = f"{name}.feature:{line}: " if line else f"{name}.feature: "
    for output in (lisa_output, pytest_output):
        sentences = [text for text in output.splitlines() if text.startswith(place)]
        assert any(words in text for text in sentences), sentences or output


def test_every_trap_is_named_and_nothing_else_is_said(lisa_output: str) -> None:
    named = set(re.findall(r"^(\w+)\.feature", lisa_output, re.M))
    assert named == {*TRAPS, *WHOLE_FILES, "latin1"}
    assert all(".feature" in line for line in lisa_output.splitlines())
    assert "latin1.feature:2: Die Datei ist nicht in UTF-8 gespeichert." in lisa_output


def test_refused_run_writes_nothing(traps: Folder, lisa_output: str) -> None:
    assert lisa_output
    assert not (traps.path / "out").exists()


def test_refused_run_does_not_leave_an_older_report_that_says_passed(folder: Folder) -> None:
    path = folder.write("gut", GOOD.format(name="A", total=5))
    assert folder.run()[0] == 0
    path.write_text(path.read_text(encoding="utf-8").replace("Wenn", "Wen"), encoding="utf-8")
    assert folder.run()[0] == 4
    assert "Nicht gelaufen" in folder.report
    assert "Meinten Sie „Wenn“?" in folder.report
    assert "<error" in (folder.path / "out" / "junit.xml").read_text(encoding="utf-8")


def test_mistakes_between_files_are_told_together(folder: Folder) -> None:
    text = HEAD.format(name="Gleich") + GOOD.format(name="A", total=5)
    folder.write("eins", text)
    folder.write("zwei", text)
    (folder.path / "vendor").mkdir()
    conftest = "import pytest\n\n@pytest.fixture\ndef scene():\n    return None\n"
    (folder.path / "vendor" / "conftest.py").write_text(conftest, encoding="utf-8")
    (folder.path / "vendor" / "drei.feature").write_text(text.replace("Gleich", "Anders"), encoding="utf-8")
    for code, output in (folder.run(), folder.pytest()):
        assert code in {2, 4}
        assert "zwei.feature:2: Die Funktionalität „Gleich“ gibt es schon in eins.feature." in output
        assert "vendor/conftest.py:3: Hier wird „scene“ ersetzt, womit alle Szenarien arbeiten." in output


def test_vendor_cannot_replace_a_step(folder: Folder) -> None:
    steps = "from pytest_bdd import parsers, then\n\n"
    steps += "@then(parsers.parse('ist die Summe {n:d}'))\ndef always(n):\n    pass\n"
    (folder.path / "vendor").mkdir()
    (folder.path / "vendor" / "conftest.py").write_text(steps, encoding="utf-8")
    folder.write("vendor/leicht", HEAD.format(name="Leicht") + GOOD.format(name="A", total=99))
    for code, output in (folder.run(), folder.pytest()):
        assert code in {2, 4}
        assert "vendor/leicht.feature:7: Der Schritt „ist die Summe {n}“ ist mehrfach definiert: conftest.py:" in output
        assert "vendor/conftest.py:3." in output


def test_feature_that_a_module_runs_as_well_is_refused(folder: Folder) -> None:
    folder.write("gut", GOOD.format(name="A", total=5))
    text = "from pytest_bdd import scenarios\nscenarios('gut.feature')\n"
    (folder.path / "test_gut.py").write_text(text, encoding="utf-8")
    code, output = folder.pytest("-o", "lisa=true")
    assert code == 2
    assert "gut.feature: Die Datei liefe zweimal: auch test_gut.py führt sie aus." in output


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("gutt.feature", "Diesen Pfad gibt es nicht. Meinten Sie „gut.feature“?"),
        ("leer", "In diesem Ordner liegt keine Feature-Datei"),
        ("conftest.py", "Das ist keine Feature-Datei"),
    ],
)
def test_path_that_cannot_be_run(
    folder: Folder, path: str, words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder.write("gut", GOOD.format(name="A", total=5))
    (folder.path / "leer").mkdir()
    monkeypatch.chdir(folder.path)
    assert run(Order([path])) == ExitCode.BAD_INPUT
    assert words in capsys.readouterr().err


def test_line_without_a_scenario_is_refused(folder: Folder) -> None:
    folder.write("gut", GOOD.format(name="A", total=5))
    code, output = folder.run("gut.feature:1")
    assert code == 4
    assert "gut.feature:1: In dieser Zeile steht kein Szenario. Szenarien stehen in Zeile 4." in output.splitlines()


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"profile": "prenzlau"}, "Das Profil „prenzlau“ gibt es nicht."),
        ({"clock": "virtual", "profile": "kabine.toml"}, "Virtuelle Zeit gibt es nur in der Modell-Kabine"),
        ({"workers": 2, "profile": "kabine.toml"}, "Mit echten Geräten läuft ein Szenario nach dem anderen"),
        ({"clock": "virtuell"}, "Es gibt: real, virtual."),
    ],
)
def test_order_that_does_not_fit_is_bad_input_before_anything_is_written(
    folder: Folder,
    settings: dict[str, str],
    words: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder.write("gut", GOOD.format(name="A", total=5))
    profile = 'schema = 1\n[profile]\nid = "k"\nextends = "emulated"\n[slots.presence]\nbinding = "/dev/ttyUSB9"\n'
    (folder.path / "kabine.toml").write_text(profile, encoding="utf-8")
    monkeypatch.chdir(folder.path)
    assert run(Order(["."], **settings)) == ExitCode.BAD_INPUT
    assert words in capsys.readouterr().err
    assert not Path("out").exists()


def test_scenario_that_a_conftest_takes_out_is_missed(folder: Folder) -> None:
    conftest = folder.path / "conftest.py"
    before = conftest.read_text(encoding="utf-8")
    conftest.write_text(f"{before}\n\ndef pytest_collection_modifyitems(items):\n    items[:] = items[:1]\n", "utf-8")
    folder.write("gut", GOOD.format(name="A", total=5) + "\n" + GOOD.format(name="Rot", total=6))
    for code, output in (folder.run(), folder.pytest()):
        assert code in {2, 4}
        assert "Das Szenario „Rot“ ist verschwunden, ohne dass es jemand abgewählt hat." in output


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("collect_ignore = ['zwei.feature']", "zwei.feature: Die Datei ist verschwunden"),
        (
            "def pytest_collection_modifyitems(config, items):\n    config.hook.pytest_deselected(items=[items.pop()])",
            "Das Szenario „B“ ist verschwunden",
        ),
    ],
)
def test_file_that_a_conftest_keeps_out_is_missed(folder: Folder, text: str, words: str) -> None:
    conftest = folder.path / "conftest.py"
    conftest.write_text(f"{conftest.read_text(encoding='utf-8')}\n\n{text}\n", encoding="utf-8")
    folder.write("eins", GOOD.format(name="A", total=5))
    folder.write("zwei", GOOD.format(name="B", total=5))
    code, output = folder.run()
    assert (code, words in output) == (4, True), output


def test_file_that_was_meant_as_a_feature_is_refused(folder: Folder) -> None:
    folder.write("gut", GOOD.format(name="A", total=5))
    for name in ("zwei.Feature", "drei.feature.txt"):
        (folder.path / name).write_text("x", encoding="utf-8")
        assert f"{name}: LISA führt nur Dateien aus" in folder.run()[1]
        (folder.path / name).unlink()
    (folder.path / "vier.feature").symlink_to("vier.feature")
    assert "vier.feature: Diese Verknüpfung führt nirgendwohin." in folder.run()[1]


def test_settings_of_plain_pytest_that_do_not_fit_are_told(folder: Folder) -> None:
    folder.write("gut", GOOD.format(name="A", total=5))
    for option, words in (("--lisa-clock=virtuell", "Es gibt: real, virtual."), ("--lisa-seed=abc", "keine Zahl")):
        code, output = folder.pytest(".", option)
        assert (code, words in output) == (4, True), output
    assert folder.pytest(".", "--collect-only")[0] == 0


@pytest.mark.parametrize(
    ("tags", "words"), [("a und b", "ist kein Ausdruck aus Tags"), ("frei:x", "Kein Szenario hat Tags")]
)
def test_tags_that_select_nothing_say_so(folder: Folder, tags: str, words: str) -> None:
    folder.write("gut", GOOD.format(name="A", total=5))
    code, output = folder.run(tags=tags)
    assert (code, words in output, (folder.path / "out").exists()) == (4, True, False), output
