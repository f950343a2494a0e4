"""The catalogue of steps comes from the live registry."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys

from lisa_core.harness.match.catalogue import steps
from lisa_core.harness.steps.library import STEP_LIBRARY
from tests.gherkin.conftest import Folder

_CODE = """\
import json
from lisa_core.harness.match.catalogue import STYLES, formatted, steps
entries = steps(["conftest"])
print(json.dumps({style: formatted(entries, style) for style in STYLES}))
"""


def test_catalogue_has_every_step_with_an_example_sentence(folder: Folder) -> None:
    command = [sys.executable, "-c", _CODE]
    done = subprocess.run(command, cwd=folder.path, check=True, capture_output=True, text=True)
    styles = json.loads(done.stdout)
    entries = json.loads(styles["json"])
    assert entries[0] == {
        "group": "conftest",
        "keyword": "Angenommen",
        "pattern": "die Zahl ist {n}",
        "summary": "Legt die erste Zahl fest.",
        "example": "Angenommen die Zahl ist 2",
        "source": entries[0]["source"],
        "fields": [[24, 25]],
        "kinds": [["n", "d"]],
        "expression": "die Zahl ist {int}",
    }
    assert [entry["keyword"] for entry in entries[-2:]] == ["Wenn", "Dann"]
    assert "trace" not in {entry["pattern"] for entry in entries}
    assert "z. B. Angenommen die Zahl ist 2" in styles["text"]
    assert "| **Dann** ist die Summe {n} |" in styles["md"]


def test_areas_come_in_the_order_of_a_visit_and_not_of_file_names() -> None:
    ours = [importlib.import_module(module).TITLE for module in STEP_LIBRARY]
    areas = dict.fromkeys(entry.group for entry in steps() if entry.group in ours)
    assert list(areas) == ours
    visit = ["Ausgangslage", "Bürgerin und Bürgerbüro", "Gespräch", "Unterlagen", "Anträge", "Termine", "Störungen"]
    assert sorted(visit, key=ours.index) == visit
