"""The countable form: lengths, annotations, docstrings, names, ignores."""

from __future__ import annotations

import ast
import io
import re
import statistics
import tokenize
from collections.abc import Iterator
from pathlib import Path

from tests.tidy.sources import PRODUCT, ROOT, functions, is_test, nodes, place, product_files, python_files, tree

BANNED_NAMES = {"utils", "util", "helpers", "helper", "manager", "managers", "common", "misc"}
MOST_ANY = 100
"""Lines of the product and the emulator that hold the word, imports included; the number only ever falls."""
BOOLEAN = re.compile(r"bool$|Type(Guard|Is)\b")
IGNORE = re.compile(r"#\s*(noqa|type:\s*ignore|mypy:\s*ignore|ruff:\s*noqa|pragma:\s*no (cover|mutate))")
DIRECTIVE = re.compile(
    r"#\s*(noqa(:\s*[A-Z]+\d+(,\s*[A-Z]+\d+)*)?|type:\s*ignore(\[[\w, -]+\])?"
    r"|mypy:\s*ignore[\w-]*|ruff:\s*noqa(:\s*\w+)?|pragma:\s*no (cover|mutate))"
)


def test_no_file_is_longer_than_600_lines() -> None:
    long = [f"{place(path)}: {lines}" for path, lines in file_lengths().items() if lines > 600]
    assert not long


def test_half_of_the_files_have_at_most_120_lines() -> None:
    lengths = [lines for path, lines in file_lengths().items() if not is_test(path)]
    assert statistics.median(lengths) <= 120


def test_no_name_of_a_module_is_given_twice() -> None:
    """The second would take the place of the first wherever it is read; one that is made of the first may."""
    found: list[str] = []
    for path in python_files():
        given: set[str] = set()
        for node in tree(path).body:
            if isinstance(node, ast.Assign):
                names = set(_names(ast.Store, *node.targets))
                used = set(_names(ast.Load, node.value))
                found += [f"{place(path, node.lineno)}: {name}" for name in sorted(names & given - used)]
                given |= names
    assert not found


def _names(use: type[ast.expr_context], *within: ast.AST) -> Iterator[str]:
    return (
        one.id for part in within for one in ast.walk(part) if isinstance(one, ast.Name) and isinstance(one.ctx, use)
    )


def test_functions_are_short() -> None:
    lengths = {
        place(path, node.lineno) + " " + node.name: (node.end_lineno or 0) - node.lineno + 1
        for path in python_files()
        for node in functions(path)
    }
    assert not {name: lines for name, lines in lengths.items() if lines > 70}
    longer = {name: lines for name, lines in lengths.items() if lines > 32}
    assert len(longer) <= 0.05 * len(lengths), longer


def test_every_function_is_annotated() -> None:
    bare = [
        f"{place(path, node.lineno)} {node.name}({missing})"
        for path in python_files()
        for node in functions(path)
        if (missing := ", ".join(unannotated(node)))
    ]
    assert not bare


def test_a_name_that_asks_is_answered_with_yes_or_no() -> None:
    """Whoever reads `has_copy(...)` expects a bool."""
    asks = re.compile(r"_?(is|has|may|can|was|are)_")
    wrong = [
        f"{place(path, node.lineno)} {node.name} -> {ast.unparse(node.returns)}"
        for path in product_files()
        for node in functions(path)
        if asks.match(node.name) and node.returns is not None and not BOOLEAN.match(ast.unparse(node.returns))
    ]
    assert not wrong


def test_every_module_opens_with_a_docstring() -> None:
    silent = [place(path) for path in python_files() if not (ast.get_docstring(tree(path)) or "").strip()]
    assert not silent


def test_hardly_anything_is_just_anything() -> None:
    """`domain.model.json_types` names what JSON and TOML hold before anybody has looked; elsewhere a type can be
    said."""
    lines = [
        place(path, number)
        for path in python_files()
        if path.relative_to(ROOT).parts[0] in PRODUCT
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if re.search(r"\bAny\b", line)
    ]
    assert len(lines) <= MOST_ANY, lines


def test_names_of_modules_say_something() -> None:
    vague = [place(path) for path in python_files() if BANNED_NAMES & {path.stem, *path.parent.parts}]
    assert not vague


def test_ignores_are_rare_and_each_has_its_reason() -> None:
    found = [(where, text) for path in python_files() for where, text in ignores(path)]
    groundless = [where for where, text in found if len(re.findall(r"\w+", DIRECTIVE.sub("", text))) < 3]
    assert not groundless, "say on the same line why the ignore is needed"
    lines = sum(file_lengths().values())
    assert len(found) <= max(1, lines // 2000), [where for where, _ in found]


def test_no_exception_is_swallowed() -> None:
    swallowed = [
        place(path, node.lineno)
        for path in python_files()
        for node in nodes(path)
        if isinstance(node, ast.ExceptHandler) and catches_all(node) and does_nothing(node)
    ]
    assert not swallowed


def file_lengths() -> dict[Path, int]:
    return {path: len(path.read_text(encoding="utf-8").splitlines()) for path in python_files()}


def unannotated(node: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    given = node.args
    named = [*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg]
    bare = [arg.arg for arg in named if arg and not arg.annotation and arg.arg not in {"self", "cls"}]
    return bare if node.returns else [*bare, "return"]


def ignores(path: Path) -> list[tuple[str, str]]:
    """Each comment that silences a checker, as (place, comment)."""
    text = path.read_text(encoding="utf-8")
    if not IGNORE.search(text):  # most have none, and to read a file as tokens takes long
        return []
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    comments = [token for token in tokens if token.type == tokenize.COMMENT]
    return [(place(path, token.start[0]), token.string) for token in comments if IGNORE.search(token.string)]


def catches_all(node: ast.ExceptHandler) -> bool:
    return node.type is None or (isinstance(node.type, ast.Name) and node.type.id.endswith("Exception"))


def does_nothing(node: ast.ExceptHandler) -> bool:
    return all(
        isinstance(step, ast.Pass | ast.Continue)
        or (isinstance(step, ast.Expr) and isinstance(step.value, ast.Constant))
        for step in node.body
    )
