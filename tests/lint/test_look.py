"""What would run is told without running it: scenarios, devices, times; and which sentences nobody uses or finds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from lisa_core.harness.match.catalogue import import_steps, registered
from lisa_core.harness.start.touched import touched
from lisa_core.harness.start.wanted import FILE, MOST, anonymous, note, wanted
from tests.gherkin.conftest import GOOD, HEAD, Folder
from tests.gherkin.copies import python

DO = """
import json, sys
from pathlib import Path
from lisa_core.harness.start.plan import dry_run
from lisa_core.harness.start.run import Order, run
order = Order(["."], options=["--lisa-steps=", "--lisa-scene=conftest:open_scene"])
said = []
for files in json.loads({acts!r}):
    for name, text in files.items():
        Path(name).write_text(text, encoding="utf-8")
    said.append(run(order) if not files else dry_run(order))
print(json.dumps(said))
"""


def done(folder: Folder, *acts: dict[str, str]) -> list[Any]:
    """In one process: a dry run after files were written, a run where none were."""
    code, output = python(DO.format(acts=json.dumps(acts)), folder.path)
    assert code == 0, output
    found: list[Any] = json.loads(output.splitlines()[-1])
    return found


def feature(name: str, text: str) -> dict[str, str]:
    return {f"{name}.feature": HEAD.format(name=name) + text}


def test_a_dry_run_tells_what_would_run_and_runs_nothing(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    wrong = GOOD.format(name="Rechnet falsch", total=6)
    by_hand = f"\n  @manuell\n{GOOD.format(name='Von Hand', total=5)}"
    first = feature("gut", GOOD.format(name="Gut", total=5) + by_hand) | feature("knapp", wrong)
    ((right, told),) = done(folder, first)
    assert right, told
    assert "2 Szenarien würden laufen. Sie nennen keine Anforderung." in told
    assert "Von Hand – @manuell: nur mit einer Prüferin an echten Geräten" in told
    assert "So gab es in diesem Ordner noch keinen Lauf." in told
    assert not (tmp_path / "out").exists()

    typo = feature("knapp", wrong.replace("dazukommt", "dazukomt"))
    code, (again, told), (refused, why) = done(folder, {}, feature("neu", wrong), typo)
    assert (code, again) == (1, True), told
    assert "3 Szenarien würden laufen" in told
    assert "Voraussichtliche Dauer: 0," in told
    assert "Bekannt von 2 aus früheren Läufen." in told
    assert (refused, "[schritt-unbekannt]" in why) == (False, True), why


def test_what_was_tried_and_not_found_is_kept_without_what_is_somebodys(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    sentence = 'Frau Lehmann "Erika Muster" unter 0395 1234567 anruft'
    folder.write("gesucht", GOOD.format(name="A", total=5).replace("3 dazukommt", sentence))
    assert done(folder, {}) == [4]
    assert not (tmp_path / "out").exists()  # what was refused leaves no folder
    (tmp_path / "out").mkdir()
    assert done(folder, {}, {}) == [4, 4]
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
    import_steps()
    found = next(one for one in registered() if one.parser.is_matching(sentence))
    assert touched(found.parser, found.step_func, sentence) == slots
