"""The reports of one run: Cucumber Messages by the official schema, and everything else made of them alone."""

from __future__ import annotations

import asyncio
import json
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from playwright.async_api import async_playwright

from lisa_core.domain.model.errors import HarnessError
from lisa_core.harness.report import messages
from lisa_core.harness.report.junit import junit_xml
from lisa_core.harness.report.messages_read import read
from lisa_core.harness.report.record import RunRecord, State, Verdict, exit_code
from lisa_core.harness.report.report import render
from tests.gherkin.conftest import HEAD, Folder
from tests.gherkin.npm import npm_file
from tests.gherkin.test_runtime_traps import LIMIT

MESSAGES, AXE = ("@cucumber/messages", "34.2.1"), ("axe-core", "4.14.1")
MANY = """\
# language: de
@frei:alles
Funktionalität: Vielerlei & <Zeichen>

  Eine Beschreibung.

  Hintergrund:
    Angenommen die Zahl ist 2

  Szenario: Gut „Ümläut“ & >
    Wenn alle dazukommen
      | 1 | 2 |
    Dann ist die Summe 5

  @anf:K.1
  Szenariogrundriss: Es klingelt nach <n> <e>
    Wenn es nach <n> <e> klingelt
    Dann ist jemand da

    Beispiele: schnell
      | n   | e  |
      | 1   | s  |
      | 800 | ms |

    @frei:langsam
    Beispiele: langsam
      | n    | e  |
      | 2500 | ms |
      | 2    | s  |

  Regel: Anderes

    Hintergrund:
      Angenommen die Zahl ist 3

    Szenario: Falsch
      Dann ist die Summe 6
      Und ist die Summe 5

    Szenario: Versagt
      Wenn das Prüfmittel versagt
      Dann ist jemand da

    @stufe:hardware @braucht:presence
    Szenario: Abseits
      Dann ist jemand da
"""


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = Folder(tmp_path_factory.mktemp("reports"))
    (folder.path / "anforderungen").mkdir()
    (folder.path / "anforderungen" / "eigene.toml").write_text(LIMIT, encoding="utf-8")
    folder.write("vielerlei", MANY)
    folder.write(
        "noch",
        HEAD.format(name="Noch eine") + "  Szenario: Auch\n    Angenommen die Zahl ist 1\n    Dann ist jemand da\n",
    )
    code, output = folder.run()
    assert code == 1, output
    return folder.path / "out"


@pytest.fixture(scope="module")
def text(out: Path) -> str:
    return (out / "messages.ndjson").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def run(text: str) -> RunRecord:
    return read(text)


def test_every_envelope_is_valid_by_the_official_schema(text: str) -> None:
    schema = json.loads(npm_file(*MESSAGES, "messages.schema.json").read_text(encoding="utf-8"))
    validator = Draft202012Validator(schema)
    wrong = [
        f"{error.json_path} {error.message}"
        for line in text.splitlines()
        for error in validator.iter_errors(json.loads(line))
    ]
    assert not wrong
    kinds = Counter(kind for line in text.splitlines() for kind in json.loads(line))
    assert kinds["source"] == kinds["gherkinDocument"] == 2
    assert kinds["pickle"] == kinds["testCase"] == kinds["testCaseStarted"] == kinds["testCaseFinished"] == 9
    assert kinds["meta"] == kinds["testRunStarted"] == kinds["testRunFinished"] == 1
    assert kinds["stepDefinition"] > 3


def test_references_between_envelopes_hold(text: str) -> None:
    bodies = [(kind, body) for line in text.splitlines() for kind, body in json.loads(line).items()]
    ids = {
        kind: {body["id"] for name, body in bodies if name == kind}
        for kind in ("pickle", "testCase", "stepDefinition", "hook")
    }
    pickle_steps = {step["id"] for kind, body in bodies if kind == "pickle" for step in body["steps"]}
    for kind, body in bodies:
        if kind == "testCase":
            assert body["pickleId"] in ids["pickle"]
            *steps, verdict = body["testSteps"]
            assert {step["pickleStepId"] for step in steps} <= pickle_steps
            assert {one for step in steps for one in step["stepDefinitionIds"]} <= ids["stepDefinition"]
            assert verdict["hookId"] in ids["hook"]
        elif kind == "testCaseStarted":
            assert body["testCaseId"] in ids["testCase"]


def test_record_comes_back_from_its_messages(run: RunRecord) -> None:
    assert read(messages.lines(messages.whole(run))) == run
    verdicts = Counter(scenario.verdict for scenario in run.scenarios)
    assert verdicts == {
        Verdict.PASSED: 4,
        Verdict.FAILED: 2,
        Verdict.UNDECIDED: 1,
        Verdict.HARNESS: 1,
        Verdict.NOT_APPLICABLE: 1,
    }
    (limit,) = (one for one in run.requirements if one.id == "K.1")
    assert (limit.verdict, len(limit.scenarios)) == (Verdict.FAILED, 4)


def test_page_and_junit_xml_are_made_of_the_messages_alone(
    out: Path, run: RunRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(out.parent)
    again = read((out / "messages.ndjson").read_text(encoding="utf-8"))
    assert (out / "report.html").read_text(encoding="utf-8") == render(again)
    assert (out / "junit.xml").read_text(encoding="utf-8") == junit_xml(again)
    assert len(again.scenarios) == len(run.scenarios)


def test_junit_xml_is_red_for_whatever_is_no_pass(out: Path) -> None:
    root = ElementTree.parse(out / "junit.xml").getroot()
    suites = {suite.attrib["name"]: suite.attrib for suite in root.iter("testsuite")}
    many = suites["Vielerlei & <Zeichen>"]
    assert [many[name] for name in ("tests", "failures", "errors", "skipped")] == ["8", "3", "1", "1"]
    case = next(one for one in root.iter("testcase") if one.attrib["name"] == "Es klingelt nach 2500 ms")
    properties = {one.attrib["name"]: one.attrib["value"] for one in case.iter("property")}
    assert properties["lisa.anforderung"] == "K.1"
    assert properties["lisa.messung"].startswith("K.1: anruf.klingelt = 2,5 ± 0,1 s")


def test_stream_that_breaks_off_anywhere_never_reads_as_passed(text: str) -> None:
    whole = text.splitlines(keepends=True)
    assert read(text).state is State.FINISHED
    for count in range(len(whole)):
        for broken in ("".join(whole[:count]), "".join(whole[:count]) + whole[count][:20]):
            try:
                half = read(broken)
            except HarnessError:
                continue  # nothing of a run is there yet
            assert half.state is State.RUNNING
            assert exit_code(half) != 0
            assert "<error" in junit_xml(half)
            if count % 10 == 0:
                assert 'class="headline good"' not in render(half)


def in_browser(path: Path, chromium: str, look: Callable[[Any], Any]) -> Any:
    async def open_it() -> Any:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            try:
                page = await browser.new_page(viewport={"width": 1280, "height": 900})
                fetched: list[str] = []
                page.on("request", lambda request: fetched.append(request.url))
                await page.goto(path.as_uri())
                found = await look(page)
                assert all(url.startswith(("file:", "data:")) for url in fetched)
                return found
            finally:
                await browser.close()

    return asyncio.run(open_it())


def test_page_has_no_violations_for_axe_core_and_opens_offline(out: Path, chromium: str) -> None:
    axe = npm_file(*AXE, "axe.min.js").read_text(encoding="utf-8")

    async def look(page: Any) -> list[str]:
        await page.evaluate(axe)
        found = await page.evaluate("axe.run({resultTypes: ['violations']})")
        return [f"{one['id']}: {node['html']}" for one in found["violations"] for node in one["nodes"]]

    assert in_browser(out / "report.html", chromium, look) == []


def test_page_shows_verdicts_first_then_measurements_and_requirements(out: Path, chromium: str) -> None:
    async def look(page: Any) -> Any:
        headings = await page.locator("h2").all_inner_texts()
        wide = await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        tally = await page.locator(".tally").first.inner_text()
        return headings, wide, " ".join(tally.split()), await page.locator(".plots svg").count()

    headings, fits, tally, drawn = in_browser(out / "report.html", chromium, look)
    assert tally == "bestanden 4 nicht bestanden 2 nicht entscheidbar 1 Prüffehler 1 nicht anwendbar 1"
    assert headings[0] == "Nicht bestanden oder nicht geprüft"
    assert headings[-3:] == ["Messungen gegen Grenzen", "Anforderungen", "Umgebung"]
    assert (fits, drawn) == (True, 1)
