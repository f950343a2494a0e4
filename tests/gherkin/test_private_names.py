"""The names of pytest, pytest-bdd and pytest-xdist that are not public: each is told of in `harness.plugin`, and is
still there."""

from __future__ import annotations

import ast
import importlib
import inspect
from collections.abc import Iterator

import pytest
from _pytest.fixtures import TopRequest

from lisa_core.harness import plugin
from tests.tidy.sources import ROOT, place, tree

SOURCES = sorted((ROOT / "lisa_core" / "harness").rglob("*.py"))
OF_OTHERS = ("_setupstate", "_fixturemanager", "_fillfixtures", "_rinfo", "_ispytest")
"""Private attributes and arguments of theirs; other names that begin with an underscore are Python's or ours."""


def imported() -> Iterator[tuple[str, str, str]]:
    for path in SOURCES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(("_pytest", "pytest_bdd.")):
                yield from ((place(path), node.module, name.name) for name in node.names)


def test_each_private_import_is_told_of_and_there() -> None:
    told = inspect.getdoc(plugin) or ""
    found = list(imported())
    assert found
    for where, module, name in found:
        here = f"{module}.{name}" if module.startswith("_pytest") else f".{module.partition('.')[2]}"
        assert here in told or f"pytest_bdd{here}" in told, f"{where}: {module}.{name}"
        assert hasattr(importlib.import_module(module), name), f"{where}: {module}.{name}"


def test_each_private_attribute_is_told_of_and_used() -> None:
    told = inspect.getdoc(plugin) or ""
    used = {node.attr for path in SOURCES for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute)}
    used |= {node.arg or "" for path in SOURCES for node in ast.walk(tree(path)) if isinstance(node, ast.keyword)}
    for name in OF_OTHERS:
        assert name in told
        assert name in used, f"{name} is used nowhere any more: take it out"


def test_what_pytest_keeps_with_its_objects_is_there(request: pytest.FixtureRequest) -> None:
    assert hasattr(request.session, "_setupstate")
    assert hasattr(request.session, "_fixturemanager")
    assert hasattr(request, "_fillfixtures")
    assert "_ispytest" in inspect.signature(TopRequest.__init__).parameters
    assert "_ispytest" in inspect.signature(pytest.Mark.__init__).parameters


def test_what_pytest_xdist_keeps_is_there() -> None:
    execnet, nodes = map(importlib.import_module, ("execnet.gateway", "xdist.workermanage"))
    assert hasattr(execnet.Gateway, "_rinfo")
    assert hasattr(nodes.NodeManager, "EXIT_TIMEOUT")
