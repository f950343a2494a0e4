"""The table of OWASP ASVS tells the truth: every item once, every test exists and can fail, the pages follow."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.tidy import proofs
from tests.tidy.asvs import FOLDER, PAGES, SETTINGS, AsvsError, State, faults, items, levels, pages
from tests.tidy.sources import ROOT


def test_the_pages_are_what_the_answers_say() -> None:
    for path, text in pages():
        assert path.read_text(encoding="utf-8") == text, f"{path.name}: run python -m tests.tidy.asvs"


def test_every_item_of_the_standard_has_its_answer() -> None:
    assert len(levels()) == 253
    assert [list(levels().values()).count(level) for level in (1, 2)] == [70, 183]
    found = items()
    assert [item.id for item in found] == list(levels())
    rows = list(csv.DictReader(io.StringIO(PAGES["csv"].read_text(encoding="utf-8-sig")), delimiter=";"))
    assert [row["Nummer"] for row in rows] == [item.name for item in found]
    assert {row["Stand"] for row in rows} == {state.value for state in State}
    assert {key for item in found for key in item.open_if} == set(SETTINGS)


def test_a_setting_that_makes_an_item_open_says_how_it_is_set() -> None:
    """As it is written on the command line, or where it is read."""
    for how, why in SETTINGS.values():
        assert why.endswith(".")
        for option in re.findall(r"--[\w-]+", how):
            holders = (ROOT / "lisa_core" / "cli").rglob("*.py")
            assert any(f'"{option}"' in path.read_text(encoding="utf-8") for path in holders), option


BROKEN = {
    ("v06.toml", 'id = "6.3.3"', 'id = "6.3.2"'): "6.3.3: missing\n6.3.2: 2 times",
    ("v06.toml", 'id = "6.3.3"', 'id = "6.3.9"'): "6.3.9: no item of level 1 or 2",
    ("v06.toml", 'id = "6.3.3"', 'id = "7.3.1"'): "7.3.1: another chapter",
    ("v05.toml", 'who = "Betrieb"\n', ""): "5.4.3: a check has somebody who does it",
    (
        "v04.toml",
        'not_applicable = "Kein GraphQL."',
        'note = "Kein GraphQL."',
    ): "4.3.1: it is met, not applicable, or open",
    ("v04.toml", 'not_applicable = "Kein GraphQL."', 'because = "Kein GraphQL."'): "unknown keys: because",
    ("v06.toml", '"one-factor"', '"no-factor"'): "a setting that is none of SETTINGS",
}


@pytest.mark.parametrize("change", BROKEN, ids=lambda change: f"{change[0]}:{change[2][:20]}")
def test_what_is_wrong_with_an_answer_is_said(change: tuple[str, str, str], tmp_path: Path) -> None:
    name, before, after = change
    for path in FOLDER.glob("v*.toml"):
        text = path.read_text(encoding="utf-8")
        assert before in text or path.name != name
        (tmp_path / path.name).write_text(
            text.replace(before, after, 1) if path.name == name else text, encoding="utf-8"
        )
    with pytest.raises(AsvsError, match=re.escape(BROKEN[change]).replace(r"\ ", " ")):
        items(tmp_path)


DOOR = "tests/access/test_attacks.py::test_an_attack_is_refused_and_the_others_go_on"
NO_PROOF = {
    "tests/access/test_attack.py::test_x": "the file does not exist",
    "tests/access/test_door.py::test_nobody_wrote_this": "the test does not exist",
    f"{DOOR}[a_page_in_no_frame]": "the row does not exist",
    "tests/fuzz/test_fuzz.py::test_its_share_of_a_million": "it runs in make test-long only",
    "tests/nets/test_relay.py": "is no tests/file.py::test_name[row]",
}


@pytest.mark.parametrize("test", NO_PROOF)
def test_a_test_that_proves_nothing_is_noticed(test: str) -> None:
    assert proofs.lack_of(test) == NO_PROOF[test]


def test_a_test_that_cannot_fail_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "tests"
    folder.mkdir()
    monkeypatch.setattr(proofs, "ROOT", tmp_path)
    (folder / "test_x.py").write_text(
        "import pytest\n\ndef test_shows_nothing():\n    print(seen())\n\ndef seen():\n    return 1\n\n"
        "def test_asks_another():\n    looked()\n\ndef looked():\n    assert seen()\n\n"
        "@pytest.mark.skip\ndef test_left_out():\n    assert False\n",
        encoding="utf-8",
    )
    assert proofs.lack_of("tests/test_x.py::test_shows_nothing") == "nothing in it can fail"
    assert proofs.lack_of("tests/test_x.py::test_asks_another") == ""
    assert proofs.lack_of("tests/test_x.py::test_left_out") == "it is skipped"


def test_a_heading_that_is_gone_is_noticed() -> None:
    (one, *_) = (item for item in items() if item.reads)
    assert not list(faults([one]))
    moved = replace(one, reads=("docs/anmelden.md#Gibt es nicht",))
    assert list(faults([moved])) == [f"{one.id}: docs/anmelden.md#Gibt es nicht: no such heading"]


def test_the_page_needs_nothing_from_elsewhere_and_no_script() -> None:
    page = PAGES["html"].read_text(encoding="utf-8")
    assert "<script" not in page
    assert not re.findall(r"(?:src|href)=\"(?:https?:)?//", page)
    targets = set(re.findall(r'id="([^"]+)"', page))
    assert not {one for one in re.findall(r'href="#([^"]+)"', page) if one not in targets}
