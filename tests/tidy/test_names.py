"""What tests and tools take out of this project's modules is there: a name that was moved is noticed before they run.

mypy reads the product. Of the tests many run now and then only (`tests/long`, `tests/bench`, `tests/fuzz`), and pytest
imports none of them before.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from tests.tidy.sources import PRODUCT, ROOT, is_test, nodes, place, python_files, tree

OURS = (*PRODUCT, "tests", "tools")
READ = ("tests", "tools", "docs", "findings")
FORMER = ("tests/compat/", "tests/tidy/test_names.py")
"""Where names stand in texts that there are not any more, or never were."""
_IMPORTED = re.compile(rf"^\s*from ((?:{'|'.join(OURS)})[\w.]*) import ([\w, ]+)$", re.MULTILINE)
MODULES: Mapping[str, Path] = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in python_files()
    if path.relative_to(ROOT).parts[0] in OURS
}
"""By its dotted name the file of each module; a folder without `__init__.py` is a package as well."""
PACKAGES = {name.rpartition(".")[0] for name in MODULES} | {"tests", "tools"}


def test_names_that_are_imported_or_asked_of_a_module_are_there() -> None:
    files = [path for path in python_files() if path.relative_to(ROOT).parts[0] in READ]
    assert not [f"{place(path, line)} {name}" for path in files for line, name in missing(tree(path))]


def test_programs_in_texts_take_names_that_are_there() -> None:
    """What a test hands to another Python, or writes into a conftest.py."""
    texts = [
        (path, node.lineno, node.value)
        for path in python_files()
        if is_test(path) and not place(path).startswith(FORMER)
        for node in nodes(path)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " import " in node.value
    ]
    assert len(texts) > 50
    found = [(path, line, one) for path, line, text in texts for one in _IMPORTED.finditer(text)]
    assert not [
        f"{place(path, line)} {one[1]}.{name}"
        for path, line, one in found
        for name in (word.split(" as ")[0].strip() for word in one[2].split(","))
        if not _is_module(f"{one[1]}.{name}") and name not in names_of(one[1])
    ]


def test_a_name_that_was_moved_is_found() -> None:
    text = """
from lisa_core.domain.visit import events as e, talks
from lisa_core.domain.visit.machine import step, stepp
import tests.tidy.source
import lisa_core.harness.scene
print(e.Left, e.Gone, lisa_core.harness.scene)
def test(e):
    return e.anything
"""
    told = [name for _, name in missing(ast.parse(text.partition("def")[0]))]
    assert told == [
        "lisa_core.domain.visit.talks",
        "lisa_core.domain.visit.machine.stepp",
        "tests.tidy.source",
        "lisa_core.domain.visit.events.Gone",
    ]
    assert len(list(missing(ast.parse(text)))) == 3, "what is another thing elsewhere in the file is not judged"


def missing(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Each name of ours that is used and that there is not, with the line of its use."""
    nodes = list(ast.walk(module))
    aliases: dict[str, str] = {}
    for node in nodes:
        if isinstance(node, ast.Import):
            for name in node.names:
                if not _is_ours(name.name):
                    continue
                if not _is_module(name.name):
                    yield node.lineno, name.name
                elif name.asname:
                    aliases[name.asname] = name.name
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level and _is_ours(node.module):
            for name in node.names:
                whole = f"{node.module}.{name.name}"
                if name.name != "*" and not _is_module(whole) and name.name not in names_of(node.module):
                    yield node.lineno, whole
                elif _is_module(whole) and name.name not in names_of(node.module):
                    aliases[name.asname or name.name] = whole
    yield from _asked_for(nodes, {name: whole for name, whole in aliases.items() if name not in _bound(nodes)})


def _asked_for(nodes: Iterable[ast.AST], aliases: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    for node in nodes:
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in aliases:
            module = aliases[node.value.id]
            known = node.attr in names_of(module) or _is_module(f"{module}.{node.attr}")
            if not known and not node.attr.startswith("__"):
                yield node.lineno, f"{module}.{node.attr}"


def _bound(nodes: Iterable[ast.AST]) -> set[str]:
    """What is bound in a file otherwise than by an import: names that may stand for something else as well."""
    found = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    found |= {node.arg for node in nodes if isinstance(node, ast.arg)}
    return found | {node.name for node in nodes if isinstance(node, ast.ExceptHandler) and node.name}


def _is_ours(name: str) -> bool:
    return name.partition(".")[0] in OURS


def _is_module(name: str) -> bool:
    return name in MODULES or name in PACKAGES


@cache
def names_of(module: str) -> frozenset[str]:
    """What a module defines or imports itself, at its top and in what stands there under a condition."""
    path = MODULES.get(module)
    return frozenset(_defined(tree(path).body)) if path else frozenset()


def _defined(body: Iterable[ast.stmt]) -> Iterator[str]:
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Import | ast.ImportFrom):
            yield from ((name.asname or name.name).partition(".")[0] for name in node.names)
        else:
            yield from _stored(node)
            for inner in ("body", "orelse", "finalbody"):
                yield from _defined(getattr(node, inner, ()))
            for handler in getattr(node, "handlers", ()):
                yield from _defined(handler.body)


def _stored(node: ast.stmt) -> Iterator[str]:
    """The names that a statement binds itself."""
    targets = [*getattr(node, "targets", ()), getattr(node, "target", None)]
    targets += [item.optional_vars for item in getattr(node, "items", ())]
    for target in filter(None, targets):
        yield from (one.id for one in ast.walk(target) if isinstance(one, ast.Name))
