"""Every sentence of the suites for devices carries its English line; what others have written carries none."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import lisa_core.harness.steps
from lisa_core.config.classes import known_classes, load_class
from lisa_core.harness.steps.devices.measures import MEASURES as TAKEN
from lisa_core.harness.text.document import read
from lisa_core.harness.text.english.rooms.scenarios import NAMES
from lisa_core.harness.text.english.rooms.steps import MEASURES, STEPS
from lisa_core.harness.text.naming import named
from lisa_core.harness.text.translation import gloss, in_english, step_gloss
from lisa_core.host.data import data_dir
from tests.english.words import german_words

SUITES = sorted(data_dir("features/geraete").glob("*.feature"))


@pytest.mark.parametrize("path", SUITES, ids=lambda path: path.stem)
def test_every_sentence_has_its_english_line(path: Path) -> None:
    written = read(path)
    lines = {written.name: gloss(written.name)}
    for name, pickle in named(written):
        lines |= {name: gloss(name)} | {one["text"]: step_gloss("Wenn", one["text"]) for one in pickle["steps"]}
    assert {german for german, line in lines.items() if not line or german_words(line)} == set()


def test_no_english_line_is_left_over() -> None:
    texts = [path.read_text(encoding="utf-8") for path in SUITES]
    assert {name for name in NAMES if not any(name in text for text in texts)} == set()
    assert STEPS.keys() <= set(_patterns())


def test_every_measure_has_an_english_name() -> None:
    assert TAKEN.keys() == MEASURES.keys()


@pytest.mark.parametrize("name", known_classes())
def test_every_class_says_in_english_where_it_is_from(name: str) -> None:
    assert german_words(in_english(load_class(name).source)) == set()


def test_what_a_tester_has_written_carries_no_english_line() -> None:
    assert gloss("Wer winkt, wird gegrüßt") == ""
    assert step_gloss("Wenn", "die Bürgerin winkt") == ""


def _patterns() -> Iterator[str]:
    for path in Path(lisa_core.harness.steps.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id="step"), args=[ast.Constant(value=str(text))]):
                    yield text
