"""Whether what is named as a proof is one: the test exists, its row exists, something in it can fail."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from tests.tidy.sources import ROOT, nodes, tree

NODE = re.compile(r"(tests/[\w/]+\.py)::(test_\w+)(?:\[(.+)\])?")
FAILS = ("raises", "warns", "fail", "expect")
DEEP = 4
"""Calls within each other in which an assertion is looked for."""
Function = ast.FunctionDef | ast.AsyncFunctionDef


def lack_of(test: str) -> str:
    """Why this node id proves nothing; "" if it does, as far as its text says."""
    if not (found := NODE.fullmatch(test)):
        return "is no tests/file.py::test_name[row]"
    path, name, row = ROOT / found[1], found[2], found[3]
    if not path.is_file():
        return "the file does not exist"
    function = next((one for one in tree(path).body if isinstance(one, Function) and one.name == name), None)
    if function is None:
        return "the test does not exist"
    if why := _skipped(function):
        return why
    beginnings: list[ast.AST] = [function]
    if row is not None:
        rows = list(_rows(path.parent, row))
        if not rows:
            return "the row does not exist"
        beginnings += rows
    return "" if any(_can_fail(path.parent, one, DEEP) for one in beginnings) else "nothing in it can fail"


def _skipped(function: Function) -> str:
    """Whether a plain `make test` leaves it out."""
    said = [ast.unparse(one) for one in function.decorator_list]
    if any(".skipif(" in one and "LONG" in one for one in said):
        return "it runs in make test-long only"
    return "it is skipped" if any(re.search(r"mark\.(skip|xfail)\b", one) for one in said) else ""


def _rows(folder: Path, row: str) -> list[ast.AST]:
    """What stands behind a row of a table: its value, or the function that it is called after."""
    known, end = _tables(folder), row.partition("-")[2] or row
    return [*_functions(folder).get(row, ()), *known.get(row, ()), *known.get(end, ())]


@cache
def _tables(folder: Path) -> Mapping[str, list[ast.AST]]:
    """Texts that are keys of tables, or entries of lists, in this folder, and what stands behind them."""
    found: dict[str, list[ast.AST]] = {}
    for path in folder.glob("*.py"):
        for node in nodes(path):
            pairs: Iterable[tuple[ast.AST | None, ast.AST]] = ()
            if isinstance(node, ast.Dict):
                pairs = zip(node.keys, node.values, strict=True)
            elif isinstance(node, ast.List | ast.Tuple):
                pairs = ((one, one) for one in node.elts)
            for key, value in pairs:
                if isinstance(key, ast.Constant) and isinstance(key.value, str):
                    found.setdefault(key.value, []).append(value)
    return found


@cache
def _can_fail(folder: Path, node: ast.AST, deep: int) -> bool:
    """Whether it asserts something, or calls what does."""
    within = list(ast.walk(node))
    if any(isinstance(one, ast.Assert | ast.Raise) for one in within):
        return True
    names = {one.id for one in within if isinstance(one, ast.Name)}
    names |= {one.attr for one in within if isinstance(one, ast.Attribute)}
    if names & set(FAILS):
        return True
    return deep > 0 and any(
        _can_fail(folder, one, deep - 1) for name in names for one in _functions(folder).get(name, ())
    )


@cache
def _functions(folder: Path) -> Mapping[str, list[Function]]:
    """Those of this folder, by name."""
    found: dict[str, list[Function]] = {}
    for path in folder.glob("*.py"):
        for node in nodes(path):
            if isinstance(node, Function):
                found.setdefault(node.name, []).append(node)
    return found
