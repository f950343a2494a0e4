"""Our messages beside those of the Cucumber Compatibility Kit: the same documents, pickles, statuses, attachments."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from lisa_core.harness.report.record import ExitCode
from lisa_core.harness.text.syntax import parse_text
from tests.peers.kit.page import PAGE, page
from tests.peers.kit.samples import HEAD, SAMPLES, SCENE
from tests.peers.kit.streams import Case, below, cases, plain, read, unmatched

RUN = """\
import sys
from lisa_core.harness.start.run import Order, run
options = ("--lisa-steps=", "--lisa-scene=kit_scene:open_scene")
sys.exit(run(Order(["."], clock="virtual", rules="gherkin", options=options)))
"""
FINDING = re.compile(r"^([\w-]+)/\S+?\.feature:(\d+): (?:Den Schritt|Auf „|Der Schritt)", re.MULTILINE)
Streams = Mapping[str, list[dict[str, Any]]]


@pytest.fixture
def kit(pypi: Callable[[str], Path]) -> Path:
    return pypi("cucumber-compatibility-kit") / "cucumber_compatibility_kit" / "features"


@pytest.fixture
def theirs(kit: Path) -> Streams:
    """What each sample must give, by its name."""
    return {name: read(kit / name / f"{name}.ndjson") for name in SAMPLES}


def test_the_table_has_every_sample_and_stands_in_the_page(kit: Path) -> None:
    assert sorted(one.name for one in kit.iterdir() if one.is_dir()) == sorted(SAMPLES)
    assert PAGE.read_text(encoding="utf-8") == page(), "python -m tests.peers.kit"


def test_documents_and_pickles_are_the_kit_s(theirs: Streams) -> None:
    different = []
    for name, stream in theirs.items():
        wanted = {one["uri"]: [plain(one)] for one in below(stream, "gherkinDocument")}
        for one in below(stream, "pickle"):
            wanted[one["uri"]].append(plain(one))
        for source in below(stream, "source") if name != "markdown" else ():
            syntax = parse_text(source["data"], source["uri"])
            if [plain(syntax.tree), *map(plain, syntax.pickles)] != wanted[source["uri"]]:
                different.append(source["uri"])
    assert not different


def test_what_runs_gives_the_kit_s_statuses_and_attachments(kit: Path, theirs: Streams, tmp_path: Path) -> None:
    wanted = [name for name, one in SAMPLES.items() if not (one.refused or one.why_not)]
    code, said = run(kit, wanted, tmp_path)
    assert code == ExitCode.FAILED, said
    stream = read(tmp_path / "out" / "messages.ndjson")
    for name in wanted:
        assert cases(of_sample(stream, name)) == list(map(as_ours, cases(theirs[name]))), name
    assert len(wanted) >= 25


def test_what_cannot_run_is_refused_for_the_steps_that_the_kit_calls_unmatched(
    kit: Path, theirs: Streams, tmp_path: Path
) -> None:
    wanted = [name for name, one in SAMPLES.items() if one.refused]
    code, said = run(kit, wanted, tmp_path)
    assert code == ExitCode.BAD_INPUT, said
    found: dict[str, set[int]] = {name: set() for name in wanted}
    for name, line in FINDING.findall(said):
        found[name].add(int(line))
    assert found == {name: unmatched(theirs[name]) for name in wanted}


def run(kit: Path, names: list[str], folder: Path) -> tuple[int, str]:
    """Exit code and output of `lisa run` over these samples, each with its own steps."""
    for name in names:
        shutil.copytree(kit / name, folder / name)
        (folder / name / "conftest.py").write_text(HEAD + SAMPLES[name].steps, encoding="utf-8")
    (folder / "kit_scene.py").write_text(SCENE, encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", RUN], cwd=folder, check=False, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def of_sample(stream: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    """The envelopes that belong to the files of one sample."""
    pickles = [one for one in below(stream, "pickle") if one["uri"].startswith(f"{name}/")]
    tests = {one["id"] for one in pickles}  # a test case of ours has the id of its pickle
    started = {one["id"] for one in below(stream, "testCaseStarted") if one["testCaseId"] in tests}
    mine = ("testCaseStarted", "testCaseFinished", "testStepFinished", "attachment")
    return [
        envelope
        for envelope in stream
        for kind, one in envelope.items()
        if (kind in ("pickle", "testCase") and one["id"] in tests)
        or (kind in mine and (one.get("testCaseStartedId") or one.get("id")) in started)
    ]


def as_ours(case: Case) -> Case:
    """What LISA says on purpose in another way: a scenario that has no steps has shown nothing."""
    return case if case.steps else replace(case, worst="SKIPPED")
