"""The recipes of docs/ci: actions that there are, commands that LISA has, and both work from end to end."""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from lisa_core.harness.report.messages_read import read
from tests.packaging.environments import LONG, ROOT
from tests.tidy.test_documents import misused

FOLDER = ROOT / "docs" / "ci"
yaml = importlib.import_module("yaml" if importlib.util.find_spec("yaml") else "yaml_ft")  # Python 3.13's lock
ACTIONS = {
    "actions/checkout@v7": set[str](),
    "actions/setup-python@v7": {"python-version", "cache", "cache-dependency-path"},
    "actions/upload-artifact@v7": {"name", "path"},
    "actions/download-artifact@v8": {"pattern", "path"},
}
"""Which of them, and what of what they take; looked up in their own action.yml (July 2026)."""
PARTS = 4
GIVEN = {
    "${{ matrix.teil }}": "{part}",
    "$CI_NODE_INDEX": "{part}",
    "$CI_NODE_TOTAL": str(PARTS),
}
FEATURE = """\
# language: de
Funktionalität: {name}

  Szenario: {name} klingelt
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Dann klingelt es bei Frau Brandt
"""
LISA = "from lisa_core.cli.main import main; main()"


def recipe(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    return found


def commands() -> dict[str, list[str]]:
    """The commands of each recipe, in order, without those that install; each part is one of its own."""
    github = [step["run"] for job in recipe("github.yml")["jobs"].values() for step in job["steps"] if "run" in step]
    jobs = {name: job for name, job in recipe("gitlab.yml").items() if isinstance(job, dict) and "script" in job}
    gitlab = [line for job in jobs.values() for line in job["script"]]
    return {
        name: [one for line in lines if not line.startswith("pip ") for one in parts(line)]
        for name, lines in (("github", github), ("gitlab", gitlab))
    }


def parts(line: str) -> Iterator[str]:
    for old, new in GIVEN.items():
        line = line.replace(old, new)
    yield from dict.fromkeys(line.replace("{part}", str(number)) for number in range(1, PARTS + 1))


def test_its_actions_are_known_with_all_that_they_are_given() -> None:
    steps = [step for job in recipe("github.yml")["jobs"].values() for step in job["steps"] if "uses" in step]
    assert {step["uses"] for step in steps} == set(ACTIONS)
    assert [step for step in steps if not set(step.get("with", {})) <= ACTIONS[step["uses"]]] == []


def test_its_jobs_follow_each_other_and_have_as_many_parts_as_they_say() -> None:
    github, gitlab = recipe("github.yml")["jobs"], recipe("gitlab.yml")
    assert [job["needs"] for job in github.values() if "needs" in job] == list(github)[:-1]
    assert github["szenarien"]["strategy"]["matrix"]["teil"] == list(range(1, PARTS + 1))
    assert gitlab["szenarien"]["parallel"] == PARTS
    assert [gitlab[stage]["stage"] for stage in gitlab["stages"]] == gitlab["stages"]


def test_every_command_is_one_of_lisa_s() -> None:
    for name, lines in commands().items():
        assert [words[0] for words in map(shlex.split, lines)] == ["lisa"] * len(lines), name
        assert [why for line in lines if (why := misused(shlex.split(line)[1:]))] == [], name
        assert len(lines) == PARTS + 2


@pytest.mark.long
@pytest.mark.parametrize("name", ["github", "gitlab"])
@pytest.mark.skipif(not LONG, reason="sechs Läufe an emulierten Geräten: nur mit LISA_LONG=1")
def test_it_works_from_end_to_end(name: str, tmp_path: Path) -> None:
    (tmp_path / "features").mkdir()
    for feature in ("Eins", "Zwei", "Drei", "Vier", "Fünf"):
        (tmp_path / "features" / f"{feature.lower()}.feature").write_text(
            FEATURE.format(name=feature), encoding="utf-8"
        )
    (tmp_path / "dauern.json").write_text("{}", encoding="utf-8")
    for line in commands()[name]:
        shell(line, tmp_path)
    run = read((tmp_path / "out" / "messages.ndjson").read_text(encoding="utf-8"))
    assert sorted(one.name for one in run.scenarios) == sorted(
        f"{one} klingelt" for one in ("Eins", "Zwei", "Drei", "Vier", "Fünf")
    )
    (path,) = tmp_path.glob(recipe("gitlab.yml")["bericht"]["artifacts"]["reports"]["junit"])
    assert not path.is_symlink(), "what GitLab reads of a report is a file"
    junit = ElementTree.parse(path)
    assert len([*junit.iter("testcase")]) == 5
    assert len(json.loads((tmp_path / "dauern.json").read_text(encoding="utf-8"))) == 5


def shell(line: str, where: Path) -> str:
    """What a line says in a shell in which `lisa` is ours; it has to end well."""
    (bin_ := where / "bin").mkdir(exist_ok=True)
    (bin_ / "lisa").write_text(f'#!/bin/sh\nexec {sys.executable} -c "{LISA}" "$@"\n', encoding="utf-8")
    (bin_ / "lisa").chmod(0o755)
    environment = {**os.environ, "PATH": f"{bin_}:{os.environ['PATH']}"}
    done = subprocess.run(["sh", "-c", line], cwd=where, env=environment, check=False, capture_output=True, text=True)
    assert done.returncode == 0, f"$ {line}\n{done.stdout}{done.stderr}"
    return re.sub(r"\x1b\[[0-9;]*m", "", done.stdout)
