"""What others' readers of Cucumber Messages make of our stream: what is no pass for us is none for them."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from lisa_core.harness.report import messages
from lisa_core.harness.report.messages_read import read
from lisa_core.harness.report.record import Verdict
from tests.gherkin.conftest import Folder
from tests.gherkin.npm import npm_packages
from tests.gherkin.test_reports import in_browser
from tests.gherkin.test_runtime_traps import LIMIT

LONG = os.environ.get("LISA_LONG") == "1"
PACKAGES = (
    *("@cucumber/html-formatter@24.2.0", "@cucumber/junit-xml-formatter@0.15.0"),
    *("@cucumber/messages@34.2.1", "@cucumber/query@16.2.0"),
)
PAGE = """
import { createWriteStream, readFileSync } from 'node:fs'
import { CucumberHtmlStream } from '@cucumber/html-formatter'
const page = new CucumberHtmlStream()
page.pipe(createWriteStream(process.argv[2]))
for (const line of readFileSync(process.argv[1], 'utf-8').trim().split('\\n')) page.write(JSON.parse(line))
page.end()
"""
READ = """
import { readFileSync } from 'node:fs'
import { JUnitXmlPrinter } from '@cucumber/junit-xml-formatter'
import { Query } from '@cucumber/query'
const lines = readFileSync(process.argv[1], 'utf-8').trim().split('\\n').map((line) => JSON.parse(line))
const query = new Query()
const xml = []
const printer = new JUnitXmlPrinter({}, (text) => xml.push(text))
for (const line of lines) { query.update(line); printer.update(line) }
const found = query.findAllTestCaseStarted().map((one) => [
  query.findPickleBy(one).name, query.findMostSevereTestStepResultBy(one).status])
console.log(JSON.stringify({ xml: xml.join(''), statuses: Object.fromEntries(found) }))
"""
CLOSING = """

@pytest.fixture(autouse=True)
def closing(request):
    yield
    if "Schluss" in request.node.name:
        raise HarnessError("Das Schließen hängt.")
"""
SCENARIO = "  {tag}\n  Szenario: {name}\n    Angenommen die Zahl ist 2\n    {step}\n    Dann ist jemand da\n\n"
# a scenario -> its step, and what others call it
SCENARIOS = {
    "Gut": ("Wenn 3 dazukommt", "PASSED"),
    "Knapp": ("Wenn es nach 1950 ms klingelt", "PENDING"),
    "Zu langsam": ("Wenn es nach 2500 ms klingelt", "FAILED"),
    "Ungemessen": ("Wenn 4 dazukommt", "SKIPPED"),
    "Am Schluss": ("Wenn 5 dazukommt", "FAILED"),
    "Versagt": ("Wenn das Prüfmittel versagt", "FAILED"),
    "Anderswo": ("Wenn 6 dazukommt", "SKIPPED"),
}
TAGS = {**dict.fromkeys(("Gut", "Am Schluss", "Versagt"), "@frei:x"), "Anderswo": "@stufe:wire"}
DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "fremde-szenarien.md"


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the readers say of a run."""
    folder = Folder(tmp_path_factory.mktemp("leser"))
    with (folder.path / "conftest.py").open("a", encoding="utf-8") as conftest:
        conftest.write(CLOSING)
    (folder.path / "anforderungen").mkdir()
    (folder.path / "anforderungen" / "eigene.toml").write_text(LIMIT, encoding="utf-8")
    folder.write(
        "alle",
        "".join(
            SCENARIO.format(name=name, step=step, tag=TAGS.get(name, "@anf:K.1"))
            for name, (step, _) in SCENARIOS.items()
        ),
    )
    assert folder.run(clock="virtual")[0] == 1
    path = folder.path / "out" / "messages.ndjson"
    ours = (folder.path / "out" / "junit.xml").read_text(encoding="utf-8")
    return {**read_by_others(path), "stream": path.read_text(encoding="utf-8"), "ours": ours}


def read_by_others(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(node(READ, path))
    return found


def node(program: str, *arguments: Path) -> str:
    command = ["node", "--input-type=module", "-e", program, *map(str, arguments)]
    return subprocess.run(command, cwd=npm_packages(*PACKAGES), check=True, capture_output=True, text=True).stdout


def test_what_is_no_pass_is_none_for_the_official_query(said: dict[str, Any]) -> None:
    assert said["statuses"] == {name: status for name, (_, status) in SCENARIOS.items()}


def test_what_is_no_pass_is_none_for_the_official_junit_formatter(said: dict[str, Any]) -> None:
    root = ElementTree.fromstring(said["xml"])
    found = {case.attrib["name"]: [child.tag for child in case if child.tag != "system-out"] for case in root}
    assert found == {
        name: {"PASSED": [], "SKIPPED": ["skipped"]}.get(status, ["failure"]) for name, (_, status) in SCENARIOS.items()
    }
    assert (root.attrib["failures"], root.attrib["skipped"]) == ("4", "2")
    assert "nicht entscheidbar: K.1: anruf.klingelt = 1,95 ± 0,1 s" in said["xml"]


def test_every_verdict_is_called_elsewhere_as_the_document_says(said: dict[str, Any]) -> None:
    """Ours and theirs of the same run, verdict by verdict: where JUnit says something else, the page does too."""
    ours = {case.attrib["name"]: _kind(case) for case in ElementTree.fromstring(said["ours"]).iter("testcase")}
    theirs = {case.attrib["name"]: _kind(case) for case in ElementTree.fromstring(said["xml"]).iter("testcase")}
    verdicts = {one.name: one.verdict for one in read(said["stream"]).scenarios}
    assert set(verdicts.values()) == set(Verdict)
    rows = {
        f"| {verdict.value} | {said['statuses'][name]} | {ours[name]} | {theirs[name]} |"
        for name, verdict in verdicts.items()
    }
    text = DOCUMENT.read_text(encoding="utf-8")
    assert len(rows) == len(Verdict)
    assert not [row for row in rows if row not in text]


def _kind(case: ElementTree.Element) -> str:
    """What a JUnit file calls it; a dash where it calls it nothing."""
    return next((child.tag for child in case if child.tag in ("failure", "error", "skipped")), "–")


def test_a_fault_beside_all_scenarios_is_a_failure_of_the_run(said: dict[str, Any], tmp_path: Path) -> None:
    run = read(said["stream"])
    path = tmp_path / "messages.ndjson"
    good = tuple(one for one in run.scenarios if one.name == "Gut")
    text = messages.lines(messages.whole(replace(run, scenarios=good, faults=("Etwas brach.",))))
    path.write_text(text, encoding="utf-8")
    root = ElementTree.fromstring(read_by_others(path)["xml"])
    assert [case.find("failure") is not None for case in root] == [True, False]
    assert read(text).faults == ("Etwas brach.",)


@pytest.mark.skipif(not LONG, reason="a browser for what the query above has shown: only with LISA_LONG=1")
def test_what_is_no_pass_is_none_on_the_official_page(said: dict[str, Any], tmp_path: Path, chromium: str) -> None:
    stream, page = tmp_path / "messages.ndjson", tmp_path / "page.html"
    stream.write_text(said["stream"], encoding="utf-8")
    node(PAGE, stream, page)

    async def look(shown: Any) -> str:
        return " ".join((await shown.inner_text("body")).split())

    text = in_browser(page, chromium, look)
    assert "(1 / 7) passed" in text
    assert "PASSED 1 SKIPPED 2 PENDING 1 FAILED 3" in text
