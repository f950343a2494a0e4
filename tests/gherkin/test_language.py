"""German and English: every sentence has its twin, with the same values in it."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

import lisa_core.harness
from lisa_core.config.drivers import OWN, driver
from lisa_core.equipment.slots.catalogue import SLOTS
from lisa_core.equipment.slots.driver import Tried
from lisa_core.equipment.slots.origin import Origin
from lisa_core.harness.report.failure import EXPECTED
from lisa_core.harness.report.record import ChangeKind, State, Verdict
from lisa_core.harness.settings import CLOCK_TITLES
from lisa_core.harness.text.english import ENGLISH
from lisa_core.harness.text.english.declared import DECLARED
from tests.gherkin.conftest import HEAD, Folder

ROOM = Path(lisa_core.harness.__file__).parent


def test_every_german_sentence_has_an_english_twin_and_no_twin_is_left_over() -> None:
    modules = (path.read_text(encoding="utf-8") for path in ROOM.rglob("*.py"))
    said = {text for module in modules if "say(" in module for text in sentences(ast.parse(module))}
    said |= {text for path in ROOM.rglob("*.jinja") for text in written(path)}
    said |= {one.value for kind in (Verdict, State, Origin, ChangeKind) for one in kind}
    said |= {*CLOCK_TITLES.values(), *EXPECTED.values()}
    assert said == ENGLISH.keys()


def test_what_slots_and_our_drivers_declare_has_an_english_twin_and_no_twin_is_left_over() -> None:
    said = {slot.noun for slot in SLOTS.values()} | {one.value for one in Tried}
    for found in map(driver, OWN):
        options = (*found.options, *(option for served in found.serves for option in served.options))
        evidence = found.evidence
        said |= {evidence.about, evidence.source, *evidence.unverified, *(option.text for option in options)}
    assert said == DECLARED.keys()


@pytest.mark.parametrize("german", ENGLISH)
def test_twins_carry_the_same_values(german: str) -> None:
    assert fields(german) == fields(ENGLISH[german])


def test_messages_are_english_when_asked_for(folder: Folder) -> None:
    folder.write("rot", "  Szenario: A\n    Wen die Tür aufgeht\n    Dann ist die Summe 2\n")
    for code, output in (folder.run(language="en"), folder.pytest(".", "--lisa-lang=en")):
        assert code in {2, 4}
        assert "rot.feature:5: “Wen die Tür aufgeht” is no step but a mere description" in output
        assert "Did you mean “Wenn”?" in output


def test_summary_is_english_when_asked_for(folder: Folder) -> None:
    text = HEAD.format(name="X") + "  Szenario: A\n    Angenommen die Zahl ist 2\n    Dann ist die Summe 3\n"
    text += "  @manuell\n  Szenario: B\n    Angenommen die Zahl ist 2\n    Dann ist die Summe 2\n"
    folder.write("rot", text)
    code, output = folder.run(language="en")
    assert code == 1
    assert "2 scenarios: 1 failed, 1 not applicable" in output
    assert "B – @manuell: only with a tester at real devices" in output
    assert "Booth: emulated devices" in output
    assert re.search(r"Duration: \d+\.\d\d s", output)
    assert "found: 2" in output
    assert "expected: 3" in output


def sentences(tree: ast.AST) -> Iterator[str]:
    """What is given to `say`: texts, and names to which a text was given before."""
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Module | ast.Lambda):
            continue
        calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
        calls = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "say"]
        if not calls:
            continue
        given = {
            target.id: node.value.value
            for node in ast.walk(function)
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for call in calls:
            match call.args[0]:
                case ast.Constant(value=str(text)):
                    yield text
                case ast.Name(id=name) if isinstance(given.get(name), str):
                    yield given[name]


def written(template: Path) -> Iterator[str]:
    """What a template gives to `say`; names that it hands on were given there in Python."""
    source = Environment().parse(template.read_text(encoding="utf-8"))
    for call in source.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "say" and isinstance(call.args[0], nodes.Const):
            yield call.args[0].value


def fields(text: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(text)}
