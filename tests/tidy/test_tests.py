"""The tests themselves: they wait for events, not for time, and no coroutine step is silently never run."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.conftest import LONGEST
from tests.tidy.sources import ROOT, functions, imports, is_test, nodes, place, python_files

SLEEPERS = {"time", "asyncio", "anyio", "trio"}
STEP_DECORATORS = {"given", "when", "then", "step"}


def test_no_test_sleeps() -> None:
    asleep = [
        place(path, node.lineno)
        for path in python_files()
        if is_test(path)
        for node in nodes(path)
        if isinstance(node, ast.Call) and sleeps(node)
    ]
    assert not asleep, "wait for what should happen, with a limit"


def test_no_test_takes_sleep_out_of_its_module() -> None:
    names = {f"{module}.sleep" for module in SLEEPERS}
    assert not [
        place(path, line) for path in python_files() if is_test(path) for line, name in imports(path) if name in names
    ]


def test_no_test_registers_a_coroutine_step() -> None:
    """pytest-bdd never awaits it: the step passes and nothing has happened. The plugin does, but is inert in tests."""
    lost = [
        f"{place(path, node.lineno)} {node.name}"
        for path in python_files()
        if is_test(path) and (plain := plain_step_decorators(path))
        for node in functions(path)
        if isinstance(node, ast.AsyncFunctionDef) and plain & {decorator(call) for call in node.decorator_list}
    ]
    assert not lost


def test_the_files_that_are_run_first_are_there_and_have_one_place_each() -> None:
    assert not [name for name in LONGEST if not (ROOT / name).is_file() or LONGEST.count(name) > 1]


def sleeps(call: ast.Call) -> bool:
    """Whether this is time.sleep(...) or a sleep of a loop that is longer than one turn of it."""
    name = call.func
    if not (isinstance(name, ast.Attribute) and name.attr == "sleep" and isinstance(name.value, ast.Name)):
        return False
    one_turn = bool(call.args) and isinstance(call.args[0], ast.Constant) and call.args[0].value == 0
    return name.value.id in SLEEPERS and not (one_turn and name.value.id != "time")


def plain_step_decorators(path: Path) -> set[str]:
    """The names under which this module took step decorators directly from pytest-bdd."""
    return {
        name.asname or name.name
        for node in nodes(path)
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "pytest_bdd"
        for name in node.names
        if name.name in STEP_DECORATORS
    }


def decorator(node: ast.expr) -> str:
    target = node.func if isinstance(node, ast.Call) else node
    return target.id if isinstance(target, ast.Name) else ""
