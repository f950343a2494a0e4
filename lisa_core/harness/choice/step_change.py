"""What a changed Python file can reach: everything, unless only functions behind sentences have changed in it.

Then it reaches the scenarios that say these sentences. Compared are the trees of the two files, so blanks, comments and
the order of such functions are no change.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from lisa_core.harness.choice.change import ChangedFile, Effect
from lisa_core.harness.text.findings import shown
from lisa_core.harness.text.language import say

_SENTENCES = frozenset({"given", "when", "then", "step"})
_Function = ast.FunctionDef | ast.AsyncFunctionDef


def step_effects(change: ChangedFile, others: Iterable[Path]) -> tuple[Effect, ...] | None:
    """None: it can reach everything. `others`: the Python files that may use a function of this one by its name.

    A sentence whose words have changed, or that is gone, reaches everything: which scenarios said it is not known.
    """
    then, now = _tree(change.before), _tree(change.after)
    if then is None or now is None:
        return None
    was, is_ = _functions(then), _functions(now)
    if was is None or is_ is None or _rest(then) != _rest(now) or was.keys() - is_.keys():
        return None
    changed = [one for key, one in is_.items() if key not in was or _dump(was[key]) != _dump(one)]
    if not changed:
        return ()
    if any(map(calls_when_imported, changed)) or _named_elsewhere(changed, change, others):
        return None
    return tuple(_effect(change.path, one) for one in changed)


def sentences_in(data: bytes) -> tuple[_Function, ...]:
    """The functions behind sentences in this text of a Python file, in order; none where it cannot be read."""
    tree = _tree(data)
    found = () if tree is None else (one for one in tree.body if _is_step(one, set(_imported(tree))))
    return tuple(one for one in found if isinstance(one, _Function))


def _tree(data: bytes | None) -> ast.Module | None:
    try:
        return None if data is None else ast.parse(data)
    except (SyntaxError, ValueError):
        return None


def _functions(tree: ast.Module) -> dict[tuple[str, str], _Function] | None:
    """The functions behind sentences, by their decorators and their name; None where two of them are alike in both."""
    ours = set(_imported(tree))
    found = [one for one in tree.body if _is_step(one, ours)]
    keyed = {("".join(map(_dump, one.decorator_list)), one.name): one for one in found if isinstance(one, _Function)}
    return keyed if len(keyed) == len(found) else None


def _rest(tree: ast.Module) -> list[str]:
    ours = set(_imported(tree))
    return [_dump(one) for one in tree.body if not _is_step(one, ours)]


def _imported(tree: ast.Module) -> Iterator[str]:
    """The names by which this module calls pytest-bdd's decorators."""
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module == "pytest_bdd":
            yield from (one.asname or one.name for one in node.names if one.name in _SENTENCES)


def _is_step(node: ast.stmt, ours: set[str]) -> bool:
    if not isinstance(node, _Function) or not node.decorator_list:
        return False
    calls = [one.func for one in node.decorator_list if isinstance(one, ast.Call)]
    names = [one.id for one in calls if isinstance(one, ast.Name)]
    return len(names) == len(node.decorator_list) and ours.issuperset(names)


def _dump(node: ast.AST) -> str:
    return ast.dump(node)  # without lines and columns


def calls_when_imported(function: _Function) -> bool:
    """Whether a default of its parameters is more than a constant: it may do anything, to anybody."""
    defaults = [*function.args.defaults, *function.args.kw_defaults]
    return any(not isinstance(one, ast.Constant) for one in defaults if one is not None)


def _named_elsewhere(changed: list[_Function], change: ChangedFile, others: Iterable[Path]) -> bool:
    """Whether one of them may be called by another name than its sentence: its name stands somewhere else."""
    names = {one.name for one in changed if one.name != "_"}
    if not names:
        return False
    word = re.compile(rb"\b(?:%s)\b" % b"|".join(re.escape(name.encode()) for name in sorted(names)))
    texts = (_bytes(path) for path in others if path != change.path)
    return any(_names(text, names) for text in (change.after or b"", *filter(word.search, texts)))


def _names(text: bytes, names: set[str]) -> bool:
    """Whether this file may call one of them: also one that cannot be read, or has the name as a text."""
    tree = _tree(text)
    return tree is None or any(name in names for node in ast.walk(tree) for name in _spoken(node))


def _spoken(node: ast.AST) -> tuple[object, ...]:
    """The names that stand in a node, but for that of a function which it defines."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.Constant(value=name):
            return (name,)
        case ast.alias(name=name):
            return (name.rpartition(".")[2],)
        case _:
            return ()


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _effect(path: Path, function: _Function) -> Effect:
    line = min(function.lineno, *(one.lineno for one in function.decorator_list))
    place = f"{shown(path)}:{line}"
    return Effect(say("Satz geändert ({place})", place=place), steps=(f"{path.resolve()}:{line}",))
