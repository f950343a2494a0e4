"""docs/regeln.md is true: each rule stands there with its sentence, and its example breaks it and no other rule."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from lisa_core.harness.lint.rules import RULES
from lisa_core.harness.text.findings import Rule
from tests.gherkin.copies import lisa
from tests.tidy.sources import ROOT

PAGE = ROOT / "docs" / "regeln.md"
SECTION = re.compile(r"^## ([\w-]+)\n\n([^\n]+)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
QUOTE = re.compile(r"^> (.+)$", re.MULTILINE)
FILES = {
    "feature": "x.feature",
    "conftest": "conftest.py",
    "toml": "anforderungen/eigene.toml",
    "klasse": "klassen/eigene-2026.1.toml",
    "satz": "eigene.satz",
}
FEATURE = "# language: de\nFunktionalität: Zur Regel {rule}\n\n"
SCENARIO = "  Szenario: Beispiel\n    Angenommen das Bürgerbüro Templin ist geöffnet\n"
END = "    Dann endet der Besuch als „erledigt_beratung“\n"
ELSEWHERE = {"datei-zweimal", "eingabe"}
"""Only plain pytest meets the one (tests/gherkin/test_folder.py); the other is of files that lint leaves alone."""


@dataclass(frozen=True)
class Section:
    """What the page says of a rule."""

    rule: str
    meaning: str
    files: Mapping[str, str]
    said: str

    def write(self, folder: Path) -> None:
        """The example as files: what is indented stands in a feature, or in a scenario of it."""
        for name, text in {"feature": "", **self.files}.items():
            path = folder / FILES[name]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(self._feature(text) if name == "feature" else text, encoding="utf-8")

    def _feature(self, text: str) -> str:
        head = FEATURE.format(rule=self.rule)
        if not text or text.startswith("    "):
            return f"{head}{SCENARIO}{text}{END}"
        return f"{head}{text}" if text.startswith("  ") else text


def sections() -> Iterator[Section]:
    for rule, meaning, rest in SECTION.findall(PAGE.read_text(encoding="utf-8")):
        yield Section(rule, meaning, dict(FENCE.findall(rest)), (QUOTE.findall(rest) or [""])[0])


def test_the_page_has_every_rule_with_its_sentence() -> None:
    assert [(one.rule, one.meaning) for one in sections()] == list(RULES.items())
    assert set(get_args(Rule)) == RULES.keys()


def test_each_example_breaks_its_rule_and_no_other(tmp_path: Path) -> None:
    asked = []
    for one in sections():
        if one.rule not in ELSEWHERE:
            one.write(tmp_path / one.rule)
            asked.append(SPECIAL.get(one.rule, _as_it_is)(tmp_path / one.rule))
    code, output = lisa("lint", "--format", "json", *asked, where=tmp_path)
    assert code == 4, output
    found: dict[str, list[dict[str, Any]]] = {}
    for finding in json.loads(output)["findings"]:
        found.setdefault(finding["file"].partition("/")[0], []).append(finding)
    wrong = {one.rule: told for one in sections() if (told := _otherwise(one, found.get(one.rule, [])))}
    assert wrong.keys() == ELSEWHERE, wrong


def _otherwise(section: Section, told: list[dict[str, Any]]) -> str:
    """What is told otherwise than the page says."""
    if {one["rule"] for one in told} == {section.rule}:
        sentence = f"{told[0]['message']} {told[0]['advice']}"
        return "" if section.said and section.said in sentence else sentence
    return f"{[one['rule'] for one in told]}"


def _as_it_is(folder: Path) -> str:
    return folder.name


def _not_there(folder: Path) -> str:
    return f"{folder.name}/y"


def _txt(folder: Path) -> str:
    (folder / "x.feature").rename(folder / "y.feature.txt")
    return folder.name


def _latin_1(folder: Path) -> str:
    text = (folder / "x.feature").read_text(encoding="utf-8")
    (folder / "x.feature").write_bytes(text.replace("„", '"').replace("“", '"').encode("latin-1"))
    return folder.name


def _line_2(folder: Path) -> str:
    return f"{folder.name}/x.feature:2"


SPECIAL: Mapping[str, Callable[[Path], str]] = {
    "datei-fehlt": _not_there,
    "datei-name": _txt,
    "datei-unlesbar": _latin_1,
    "zeile-ohne-szenario": _line_2,
}
"""What no text of a feature can show: prepared here, and the path to ask for."""
