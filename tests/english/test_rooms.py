"""The rooms of a vendor's day speak German, and every sentence of theirs has its English twin (ADR 94)."""

from __future__ import annotations

import ast
import itertools
import random
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import lisa_core
from lisa_core.harness.text.english.rooms import SAID_IN_ROOMS
from lisa_core.harness.text.language import speaking
from lisa_core.harness.text.lexicon import Lexicon, _between
from lisa_core.harness.text.translation import in_english, said
from tests.english.words import german_words

ROOT = Path(lisa_core.__file__).parents[1]
ROOMS = (
    "lisa_core/harness/certify",
    "lisa_core/harness/steps/devices",
    "lisa_core/harness/tester",
    "lisa_core/harness/start/own_limits.py",
    "lisa_core/cli/certification",
    "lisa_core/cli/devices",
    "lisa_core/cli/vendor",
    "lisa_core/cli/extra.py",
    "lisa_core/cli/start/imported.py",
    "lisa_core/cli/start/record.py",
    "lisa_core/harness/start/vendor/check.py",
    "lisa_core/config/classes",
    "lisa_core/config/hardware",
    "lisa_core/config/vendor",
    *(f"lisa_core/config/{name}.py" for name in ("binding", "drivers", "foreign_device", "late_devices", "profile")),
    *(f"lisa_core/config/{name}.py" for name in ("renamed", "toml", "toml_doubles", "toml_lines")),
    "lisa_core/equipment/drivers",
    "lisa_core/equipment/lines",
    "lisa_core/equipment/slots/driver.py",
    "lisa_core/equipment/slots/origin.py",
    "lisa_core/equipment/slots/plans",
    "lisa_core/equipment/traces",
    "lisa_core/host",
    "emulator/alone.py",
    "emulator/booth.py",
    "emulator/cli.py",
    "emulator/world",
)
"""Whatever a vendor may read of them."""
_VALUE = "X7"
_STEPS = ("Angenommen ", "Wenn ", "Dann ", "Und ")
"""How a text begins that a tester would write; it stays as he has to write it."""
_PRINTED = ("Diese Zeile ist X7 Punkt groß: äöüß", "(\\d+) cm vor")
"""What stands on paper for a printer to show, and what a step is searched for."""


@pytest.mark.parametrize("room", ROOMS)
def test_every_german_sentence_of_a_room_has_an_english_twin(room: str) -> None:
    path = ROOT / room
    files = sorted(path.rglob("*.py")) if path.is_dir() else [path]
    told = {text: file for file in files for text in sentences(ast.parse(file.read_text(encoding="utf-8")))}
    assert {text: file.name for text, file in told.items() if german_words(in_english(text))} == {}


def test_twins_carry_the_same_values() -> None:
    assert {german for german, english in SAID_IN_ROOMS.items() if _holes(german) != _holes(english)} == set()


def test_values_are_kept_and_may_be_sentences_again() -> None:
    line = "x.toml:3: Das Profil des Laufs fehlt: Der Lauf ist nicht zu Ende (abgebrochen). Mit --profile sagen, wo es"
    assert in_english("z.zip: Das ist schon gegengezeichnet.") == "z.zip: This is countersigned already."
    assert in_english(f"{line} jetzt liegt.").startswith("x.toml:3: The profile of the run is missing: The run has not")
    held = "5 Szenarien gelten weiter aus dem Paket ae20…: Nichts, was sie benutzen, ist anders."
    assert in_english(held) == "5 scenarios still hold from the bundle ae20…: nothing that they use differs."
    way = "  Weg hin und zurück: Median 0,22 ms, 95 % in 0,30 ms (20-mal gefragt)"
    assert in_english(way) == "  Way there and back: median 0.22 ms, 95 % within 0.30 ms (asked 20 times)"
    assert in_english("„Wer winkt“: nicht bestanden.") == "“Wer winkt”: failed."
    assert in_english("Die Klasse a gilt von 01.12.2026 bis 31.12.2028; der Lauf war am 29.11.2026.") == (
        "The class a counts from 2026-12-01 to 2028-12-31; the run was on 2026-11-29."
    )


def test_what_nobody_knows_stays_as_it_is() -> None:
    text = "Acme PX-2: beep 7 ({3}) {} \\d+ \x00"
    assert in_english(text) == text


def test_data_is_no_sentence() -> None:
    assert in_english(text := "nicht, " * 2_000) == text


@pytest.mark.parametrize(
    "line",
    [
        "; ".join(f"Im Profil steht {number} und der Lauf {number + 1}" for number in range(110)),
        f"a b c d e f, g. h, i, j{' ' * 4_900}a, b, c, d, e, f, g",
        "von " * 197,
        " aus " * 158,
    ],
    ids=["viele Sätze", "viele Lücken", "sehr tief", "sehr tief, mit Lücken"],
)
def test_no_line_takes_long_to_be_read_and_none_goes_too_deep(line: str) -> None:
    """Names of devices, reasons of testers, what others have written: whoever wants to may write such a line."""
    before = time.process_time()
    in_english(line)
    assert time.process_time() - before < 8.0, "a minute, or a traceback, where all ways to read it are tried"


def test_what_is_read_depends_on_the_line_alone() -> None:
    """A page is drawn where a bundle is made, and again where it is checked: by another process, after other lines."""
    words = [f"{one}{two}" for one in "Bdfgkm" for two in ("ein", "orn", "aus")]
    for one, two in itertools.permutations(words, 2):
        lexicon = Lexicon({f"{one} {{}}": f"{one} of {{}}", f"{{}} {two}": f"{{}} by {two}"})
        assert lexicon.text(f"{one} {two}") == f"{one} of {two}"
        read = Lexicon({f"{{}} {two}": "1 {}", f"{one} {{}}": "2 {}"}).text(f"{one} {two}")
        assert read == f"2 {two}", "what stands first in the line, whatever stands first in the lexicon"


def test_a_twin_is_found_as_a_regular_expression_would() -> None:
    chance = random.Random(94)
    for _ in range(3_000):
        parts = ["".join(chance.choices("ab ", k=chance.randrange(3))) for _ in range(chance.randrange(2, 5))]
        text = "".join(chance.choices("ab ", k=chance.randrange(9)))
        found = re.fullmatch("(.*?)".join(map(re.escape, parts)), text)
        assert _between(parts, text) == (found.groups() if found else None)


def test_german_is_said_where_nobody_asked_for_english() -> None:
    with speaking("de"):
        assert said("Es ist nichts anders.") == "Es ist nichts anders."
    with speaking("en"):
        assert said("Es ist nichts anders.") == "Nothing is different."


def sentences(tree: ast.AST) -> Iterator[str]:
    """Texts of several words that are German; what `say` gets has its own test, helps and docstrings none."""
    apart = {id(one) for one in _told_elsewhere(tree)}
    for node in ast.walk(tree):
        text = _text(node)
        if id(node) not in apart and " " in text.strip() and not text.startswith((*_STEPS, *_PRINTED)):
            yield text


def _text(node: ast.AST) -> str:
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=values):
            return "".join(_text(one) if isinstance(one, ast.Constant) else _VALUE for one in values)
    return ""


def _told_elsewhere(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Constant() as docstring):
                yield docstring
            case ast.JoinedStr(values=values):
                yield from (part for one in values for part in ast.walk(one))
            case ast.Call(func=ast.Name(id="say" | "step" | "declared"), args=args):
                yield from args
            case ast.keyword(arg="help", value=value):
                yield from ast.walk(value)
            case ast.Assign(targets=[ast.Name(id="TITLE")], value=heading):  # of the catalogue of steps
                yield heading


def _holes(text: str) -> int:
    return len(re.findall(r"\{[^{}]*\}", text))
