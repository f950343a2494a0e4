"""What testers wished to say: each sentence of the page is a step, and their scenarios run as they stand."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from lisa_core.harness.match.catalogue import import_steps, registered
from lisa_core.harness.match.known import known_in
from lisa_core.harness.match.values import words_of, wrong_words
from lisa_core.harness.report.record import ExitCode
from lisa_core.harness.text.keywords import KEYWORD_OF_TYPE
from tests.gherkin.copies import lisa
from tests.tidy.sources import ROOT

PAGE = ROOT / "docs" / "wuensche.md"
SCENARIOS = ROOT / "docs" / "beispiele" / "wuensche"
SENTENCES = re.findall(r"`((?:Angenommen|Wenn|Dann) [^`]+)`", PAGE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("written", SENTENCES)
def test_each_sentence_of_the_page_is_a_step(written: str) -> None:
    import_steps()
    known = known_in("emulated")
    assert known is not None
    keyword, _, text = written.partition(" ")
    found = [one for one in registered() if one.parser.is_matching(text) and KEYWORD_OF_TYPE[one.type or ""] == keyword]
    assert len(found) == 1, text
    assert list(wrong_words(words_of(found[0].parser, text), known)) == []


def test_the_scenarios_of_three_testers_pass(tmp_path: Path) -> None:
    clock = "real" if os.environ.get("LISA_LONG") == "1" else "virtual"
    code, output = lisa("run", str(SCENARIOS), "--clock", clock, "--out", str(tmp_path / "out"), where=ROOT)
    assert code == ExitCode.PASSED, output
    assert len(list(SCENARIOS.glob("*.feature"))) == 3
