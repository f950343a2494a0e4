"""What `lisa lint` prints, read by others: SARIF by its schema, lines of text by a matcher as an editor has it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import pytest
from jsonschema import Draft7Validator

from lisa_core.harness.start.editor_files import TASK, TASKS
from lisa_core.harness.start.folder import new_folder
from tests.gherkin.npm import npm_file
from tests.lint.test_formats import NAME, findings, formats

pytestmark = pytest.mark.peer

SCHEMA = ("@microsoft/sarif-matcher-utils", "1.0.0-beta.0", "lib/schemas/sarif-2.1.0-rtm.5.json")
MATCH = """
const { parseProblemMatchersJson } = require("@rushstack/problem-matcher");
const matchers = parseProblemMatchersJson(JSON.parse(process.argv[1]));
const lines = require("fs").readFileSync(0, "utf-8").split("\\n").filter(Boolean);
console.log(JSON.stringify(lines.map((line) => matchers.map((one) => one.exec(line + "\\n")).find(Boolean) ?? false)));
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return formats(tmp_path_factory.mktemp("formats"))["de"]


def test_sarif_is_valid_and_says_what_json_says(told: dict[str, str]) -> None:
    schema = json.loads(npm_file(*SCHEMA).read_text(encoding="utf-8"))
    log = json.loads(told["sarif"])
    assert list(Draft7Validator(schema).iter_errors(log)) == []
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    said = []
    for result in run["results"]:
        place = result["locations"][0]["physicalLocation"]
        region = place["region"]
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert unquote(place["artifactLocation"]["uri"]) == NAME
        said.append((result["ruleId"], region["startLine"], region["startColumn"], region["endColumn"]))
    assert said == [(one["rule"], one["line"], one["column"], one["end_column"]) for one in findings(told)]


def test_the_task_of_the_editor_finds_every_mistake(
    need: Callable[[str], str], npm: Callable[[str], Path], told: dict[str, str], tmp_path: Path
) -> None:
    node, modules = need("node"), npm("problem-matcher") / "node_modules"
    new_folder(tmp_path / "mein")
    (task,) = json.loads((tmp_path / "mein" / TASKS).read_text(encoding="utf-8"))["tasks"]
    assert task == TASK
    matchers = [{"name": "lisa", **one} for one in task["problemMatcher"]]
    command = [node, "-e", MATCH, json.dumps(matchers)]
    environment = {"NODE_PATH": str(modules)}
    done = subprocess.run(command, input=told["text"], env=environment, check=True, capture_output=True, text=True)
    *problems, summary = json.loads(done.stdout)
    assert summary is False
    ours, theirs = ("line", "column", "end_column", "rule"), ("line", "column", "endColumn", "code")
    levels = {"error": "error", "note": "info"}
    wanted = [(NAME, *(one[key] for key in ours), levels[one["severity"]]) for one in findings(told)]
    assert [(one["file"], *(one[key] for key in theirs), one["severity"]) for one in problems] == wanted
