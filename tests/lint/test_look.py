"""What would run is told without running it: scenarios, devices, times; and which sentences nobody uses or finds."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from lisa_core.harness.match.catalogue import registered, steps
from lisa_core.harness.start.touched import touched
from lisa_core.harness.start.wanted import FILE, MOST, anonymous, note, wanted
from tests.gherkin.conftest import GOOD, Folder

TINY = '"--lisa-steps=", "--lisa-scene=conftest:open_scene"'
PLAN = f"""
import sys
from lisa_core.harness.start.plan import dry_run
from lisa_core.harness.start.run import Order
right, told = dry_run(Order(["."], options=[{TINY}]))
print(told)
sys.exit(0 if right else 4)
"""


def dry_run(folder: Folder) -> tuple[int, str]:
    done = subprocess.run([sys.executable, "-c", PLAN], cwd=folder.path, check=False, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def test_a_dry_run_tells_what_would_run_and_runs_nothing(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    only_by_hand = GOOD.format(name="Von Hand", total=5)
    folder.write("gut", f"{GOOD.format(name='Gut', total=5)}\n  @manuell\n{only_by_hand}")
    folder.write("knapp", GOOD.format(name="Rechnet falsch", total=6))
    code, told = dry_run(folder)
    assert code == 0, told
    assert "2 Szenarien würden laufen. Sie nennen keine Anforderung." in told
    assert "Von Hand – @manuell: nur mit einer Prüferin an echten Geräten" in told
    assert "So gab es in diesem Ordner noch keinen Lauf." in told
    assert not (tmp_path / "out").exists()

    assert folder.run()[0] == 1
    (tmp_path / "neu.feature").write_text(
        (tmp_path / "knapp.feature").read_text(encoding="utf-8").replace("knapp", "neu")
    )
    code, told = dry_run(folder)
    assert code == 0, told
    assert "3 Szenarien würden laufen" in told
    assert "Voraussichtliche Dauer: 0,0" in told
    assert "Bekannt von 2 aus früheren Läufen." in told

    folder.write("knapp", GOOD.format(name="Falsch", total=6).replace("dazukommt", "dazukomt"))
    code, told = dry_run(folder)
    assert (code, "[schritt-unbekannt]" in told) == (4, True), told


def test_what_was_tried_and_not_found_is_kept_without_what_is_somebodys(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    sentence = 'Frau Lehmann "Erika Muster" unter 0395 1234567 anruft'
    folder.write("gesucht", GOOD.format(name="A", total=5).replace("3 dazukommt", sentence))
    assert folder.run()[0] == 4
    assert not (tmp_path / "out").exists()  # what was refused leaves no folder
    (tmp_path / "out").mkdir()
    for _ in range(2):
        assert folder.run()[0] == 4
    (found,) = wanted(tmp_path / "out")
    assert (found.kind, found.text, found.times) == ("when", "Frau N „…“ unter 0395 00000 anruft", 2)


def test_many_wishes_and_a_damaged_file_do_no_harm(tmp_path: Path) -> None:
    note(tmp_path, (("when", f"{'x' * 500} {number % 7} {'abc'[number % 3]}{number}") for number in range(MOST + 20)))
    assert len(wanted(tmp_path)) <= MOST
    assert max(len(one.text) for one in wanted(tmp_path)) == len(anonymous("x" * 500))
    for damaged in ("", "[1]", '{"saetze": [{"kind": 1}]}', '{"saetze": 3}', "\0"):
        (tmp_path / FILE).write_text(damaged, encoding="utf-8")
        assert wanted(tmp_path) == ()
        note(tmp_path, [("then", "etwas zu sehen ist")])
        assert [one.text for one in wanted(tmp_path)] == ["etwas zu sehen ist"]


@pytest.mark.parametrize(
    ("sentence", "slots"),
    [
        ("sie ihren Mietvertrag in den Scanner legt", {"scanner"}),
        ("das Unterschriftenpad ausfällt", {"signature_pad"}),
        ("der Drucker kein Papier mehr hat", {"printer"}),
        ("ist das Sichtschutzglas trüb", {"privacy_glass"}),
        ("die Bürgerin das Bürgerbüro betritt", {"presence", "door"}),
        ("melden beide Bildschirme den Papierstau", {"screen"}),
        ("zeigt der Bildschirm „Bitte gehen Sie zum Drucker“", {"screen"}),
        ("Frau Brandt das Gespräch annimmt", set()),
    ],
)
def test_the_devices_of_a_sentence_are_those_that_it_names_or_acts_on(sentence: str, slots: set[str]) -> None:
    steps()
    found = next(one for one in registered() if one.parser.is_matching(sentence))
    assert touched(found.parser, found.step_func, sentence) == slots
