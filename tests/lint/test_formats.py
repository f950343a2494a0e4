"""One broken file in every format: each says the same, and its columns are those of the words that are wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lisa_core.harness.lint.formats import ERROR_LINE, NOTE_LINE, formatted
from lisa_core.harness.text.findings import Finding
from lisa_core.harness.text.language import speaking
from tests.gherkin.copies import python

BROKEN = """\
# language: de
Funktionalität: Formate

  @frei:a @braucht:scaner
  Szenario: Alles auf einmal
    Angenommen das Bürgerbüro Templin ist geöffnet
    Wenn die Bürgerin das Bürgerhaus zu 100 % betritt
    Und Frau Brand das Gespräch annimmt
    Dann endet der Besuch als "verlaufen"
"""
NAME = "b, c: ä.feature"
WRONG = {
    "tag-unbekannt": "@braucht:scaner",
    "schritt-unbekannt": "die Bürgerin das Bürgerhaus zu 100 % betritt",
    "wort-unbekannt": "Frau Brand",
}
SAY = """
import json
from pathlib import Path
from lisa_core.harness.lint.formats import FORMATS, formatted
from lisa_core.harness.lint.mend import mended
from lisa_core.harness.start.look import look
from lisa_core.harness.start.run import Order
told = {}
for language in ("de", "en"):
    found = look(Order(["."], language=language)).findings
    told[language] = {style: formatted(found, style) for style in FORMATS}
    text = next(Path().glob("*.feature")).read_text(encoding="utf-8").replace("\\n", "\\r\\n")
    told[language]["mended"] = mended(text, found)[0]
print(json.dumps(told))
"""
Told = dict[str, dict[str, str]]


def formats(folder: Path) -> Told:
    """What is wrong with the broken file, by language and format: in one process, since each takes a second."""
    (folder / NAME).write_text(BROKEN, encoding="utf-8")
    code, output = python(SAY, folder)
    assert code == 0, output
    told: Told = json.loads(output.splitlines()[-1])
    return told


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Told:
    return formats(tmp_path_factory.mktemp("formats"))


@pytest.fixture
def told(both: Told) -> dict[str, str]:
    return both["de"]


def findings(told: dict[str, str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(told["json"])["findings"]
    return found


def test_each_mistake_is_underlined_where_it_stands(told: dict[str, str]) -> None:
    lines = BROKEN.splitlines()
    underlined = [
        (one["rule"], lines[one["line"] - 1][one["column"] - 1 : one["end_column"] - 1]) for one in findings(told)
    ]
    last = lines[8].strip().partition(" ")[2]
    assert sorted(underlined) == sorted([*WRONG.items(), ("wort-unbekannt", "verlaufen"), ("schreibweise", last)])
    assert [one["nearest"] for one in findings(told)[:3]] == [
        "scanner",
        "die Bürgerin das Bürgerbüro betritt",
        "Frau Brandt",
    ]


def test_a_line_of_text_and_an_annotation_say_the_same_as_json(told: dict[str, str]) -> None:
    keys = ("file", "line", "column", "end_column", "rule")
    wanted = [tuple(str(one[key]) for key in keys) for one in findings(told)]
    sentences = [f"{one['message']} {one['advice']}".strip() for one in findings(told)]
    *lines, summary = told["text"].splitlines()
    read = [re.fullmatch(ERROR_LINE, line) or re.fullmatch(NOTE_LINE, line) for line in lines]
    assert [(*one.groups()[:4], one[6]) for one in read if one] == wanted
    assert [one[5] for one in read if one] == sentences
    assert summary == "4 Fehler in einer Datei."
    annotations = list(annotated(told["github"]))
    names = ("file", "line", "col", "endColumn", "title")
    assert [tuple(one[name] for name in names) for one in annotations] == wanted
    assert [one["message"] for one in annotations] == sentences


def annotated(text: str) -> Iterator[dict[str, str]]:
    """As the runner reads its commands: properties are split at commas first, then unescaped."""
    for line in text.splitlines():
        found = re.fullmatch(r"::(?:error|notice) ([^:]*)::(.*)", line)
        assert found, line
        pairs = (one.split("=", 1) for one in found[1].split(","))
        yield {name: unescaped(value) for name, value in pairs} | {"message": unescaped(found[2])}


def unescaped(text: str) -> str:
    for code, mark in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, mark)
    return text


def test_only_the_spelling_of_what_runs_is_mended(both: Told) -> None:
    wanted = BROKEN.replace('"verlaufen"', "„verlaufen“").replace("\n", "\r\n")
    assert [told["mended"] for told in both.values()] == [wanted, wanted]


def test_english_is_underlined_as_well(both: Told) -> None:
    lines = BROKEN.splitlines()
    for one in findings(both["en"]):
        if one["rule"] in WRONG:
            underlined = lines[one["line"] - 1][one["column"] - 1 : one["end_column"] - 1]
            assert underlined in (WRONG[one["rule"]], "verlaufen")
            assert one["nearest"] or underlined == "verlaufen"
    with speaking("en"):
        one = Finding(Path("a.feature"), 1, "Etwas.", "", "datei-leer")
        assert formatted((one,), "text").endswith("1 error in one file.")
