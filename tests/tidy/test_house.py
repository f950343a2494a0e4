"""The house as a whole: no circle, no crowd in a folder, one name for one thing, the product by itself."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from functools import cache
from pathlib import Path

import pytest

from lisa_core.access.audit import OPENID_REFUSED
from lisa_core.equipment.slots.catalogue import FAULTS
from lisa_core.equipment.slots.devices import Slots
from lisa_core.wire.message_names import NAMES
from tests.tidy.sources import ROOT, files, nodes, place, product_files, tree
from tests.tidy.test_documents import INLINE, documents, in_the_code, present, read

AT_MOST = 16
"""Modules side by side in one folder; `__init__` is none of them."""
HARNESS = "lisa_core.harness"
DOORS = ("lisa_core", HARNESS, f"{HARNESS}.simulation")
"""Whoever opens one of these looks for a way on: each folder in it says in its `__init__` how it works."""
SHORT_DOORS: frozenset[str] = frozenset()
"""Rooms that still wait for more than a sentence. Only ever fewer."""
DOUBLES: Mapping[str, frozenset[str]] = {"product": frozenset(), "harness": frozenset(), "sojus": frozenset()}
"""Public classes of one name in several files that still wait for a name of their own. Only ever fewer."""
KEYS = {
    *NAMES.values(),
    *(f"slots.{field.name}" for field in fields(Slots)),
    *FAULTS,
    *(one.code for one in FAULTS.values()),
    OPENID_REFUSED,
}
"""Names with a dot that are no module's: of messages, faults and entries, and keys of a profile."""
SUFFIXES = "py|js|css|html|jinja|toml|feature|md|sh|ini|lock"


# --- imports ----------------------------------------------------------------------------------------------------------


def test_no_module_imports_itself_over_others() -> None:
    assert not circle(imported())


def test_no_folder_imports_itself_over_others() -> None:
    """Folders of one folder side by side: an arrow and one back are a circle, whichever files carry them."""
    found = {folder: circle(between(folder)) for folder in folders()}
    assert not {folder: names for folder, names in found.items() if names}


def test_the_product_stands_without_the_harness() -> None:
    found = [
        f"{name} imports {other}"
        for name, others in imported().items()
        for other in sorted(others)
        if part(name) == "product" and part(other) == "harness"
    ]
    assert not [one for one in found if not one.startswith("lisa_core.cli.")]


# --- folders ----------------------------------------------------------------------------------------------------------


def test_no_folder_is_a_crowd() -> None:
    counted: dict[Path, int] = defaultdict(int)
    for path in product_files():
        counted[path.parent] += path.name != "__init__.py"
    print({place(folder): count for folder, count in sorted(counted.items(), key=lambda one: -one[1])[:5]})
    assert not {place(folder): count for folder, count in counted.items() if count > AT_MOST}


def test_every_room_has_a_front_door() -> None:
    lines = {room: len((ast.get_docstring(tree(path)) or "").splitlines()) for room, path in rooms().items()}
    assert not [room for room, count in lines.items() if count < 3 and room not in SHORT_DOORS]
    assert not [room for room in SHORT_DOORS if lines.get(room, 3) >= 3], "they are done: take them out of SHORT_DOORS"


# --- names ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("side", DOUBLES)
def test_one_class_has_one_name(side: str) -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for name, path in modules().items():
        if part(name) == side:
            for node in tree(path).body:
                if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                    places[node.name].append(place(path, node.lineno))
    found = {name: where for name, where in places.items() if len(where) > 1}
    print("\n".join(f"{name}: {', '.join(where)}" for name, where in sorted(found.items())))
    assert not {name: where for name, where in found.items() if name not in DOUBLES[side]}
    assert not DOUBLES[side] - set(found), "they are done: take them out of DOUBLES"


# --- documents --------------------------------------------------------------------------------------------------------


def test_documents_name_no_file_that_does_not_exist() -> None:
    """In every spelling: from the root, from a room (`booth/log.py`), by the name alone (`steps_case.py`)."""
    assert not [f"{place(path)}: {name}" for path, name in named_files() if not exists(name)]


def test_documents_name_nothing_that_is_not_in_the_code() -> None:
    """`machine.step` and `Booth.run` as well as `domain.visit.machine.step`: the last two parts lead somewhere."""
    known = attributes()
    wrong = [
        f"{place(path)}: {name}"
        for path, name in dotted_names()
        if (owner := name.split(".")[-2]) in known and name.split(".")[-1] not in known[owner]
    ]
    assert not wrong


def test_documents_name_no_module_that_does_not_exist() -> None:
    """Also without the folders above it: `routing.router.Router` is as good as `domain.routing.router.Router`."""
    folded: dict[str, list[str]] = defaultdict(list)
    for folder in folders():
        folded[folder.rpartition(".")[2]].append(folder.removeprefix("lisa_core."))
    wrong = [
        f"{place(path)}: {name}"
        for path, name in dotted_names()
        if (known := folded.get(name.split(".")[0]))
        and name not in KEYS
        and not any(in_the_code(f"{folder}.{name.partition('.')[2]}") for folder in known)
    ]
    assert not wrong


@pytest.mark.parametrize("name", ["lisa_core/domain/nothing.py", "nothing_at_all.py", "harness/report/nothing.jinja"])
def test_a_file_that_is_missing_is_noticed(name: str) -> None:
    assert not exists(name)


# --- reading ----------------------------------------------------------------------------------------------------------


@cache
def modules() -> Mapping[str, Path]:
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
        for path in product_files()
    }


@cache
def rooms() -> Mapping[str, Path]:
    """The folders behind each of the doors."""
    return {
        name: path
        for name, path in modules().items()
        if path.name == "__init__.py" and name.rpartition(".")[0] in (*DOORS, "emulator", "sojus", "sojus.domain")
    }


def part(module: str) -> str:
    if not module.startswith("lisa_core"):
        return module.split(".")[0]
    return "harness" if module == HARNESS or module.startswith(f"{HARNESS}.") else "product"


@cache
def imported() -> Mapping[str, frozenset[str]]:
    """Module -> the modules it imports, also inside functions. A package is its `__init__` and no way to the rest."""
    known = modules()
    found: dict[str, frozenset[str]] = {}
    for name, path in known.items():
        others = {other if other in known else other.rpartition(".")[0] for other in _names(path)}
        found[name] = frozenset(others & known.keys()) - {name}
    return found


def _names(path: Path) -> Iterator[str]:
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{name.name}" for name in node.names)


@cache
def folders() -> tuple[str, ...]:
    return tuple(name for name, path in modules().items() if path.name == "__init__.py")


def between(folder: str) -> dict[str, set[str]]:
    """The children of this folder (modules and folders), and which of them imports which."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, others in imported().items():
        if not name.startswith(f"{folder}."):
            continue
        child = name.removeprefix(f"{folder}.").split(".")[0]
        inside = {other.removeprefix(f"{folder}.").split(".")[0] for other in others if other.startswith(f"{folder}.")}
        found[child] |= inside - {child}
    return found


def circle(arrows: Mapping[str, Iterable[str]]) -> list[str]:
    """One circle as the names along it, [] where there is none."""
    done: set[str] = set()
    for start in sorted(arrows):
        way: list[tuple[str, Iterator[str]]] = (
            [(start, iter(sorted(arrows.get(start, ()))))] if start not in done else []
        )
        while way:
            here, left = way[-1]
            following = next(left, None)
            if following is None:
                done.add(here)
                way.pop()
            elif following in (names := [name for name, _ in way]):
                return [*names[names.index(following) :], following]
            elif following not in done:
                way.append((following, iter(sorted(arrows.get(following, ())))))
    return []


def named_files() -> Iterator[tuple[Path, str]]:
    wanted = re.compile(rf"[\w./-]*\w\.(?:{SUFFIXES})")
    for path in present():
        for name in INLINE.findall(read(path)):
            if wanted.fullmatch(name):
                yield path, name


@cache
def _known_files() -> frozenset[str]:
    """Every file in every spelling: each of its tails."""
    names = [path.relative_to(ROOT).parts for path in files()]
    return frozenset("/".join(parts[start:]) for parts in names for start in range(len(parts)))


def exists(name: str) -> bool:
    return name in _known_files() or name in EXAMPLES


EXAMPLES = frozenset(
    {
        "abnahme.toml",
        "bekannte-fehler.toml",
        "erster-besuch.feature",
        "gate.toml",
        "kabinentest/anforderungen/eigene.toml",
        "out/report.html",
    }
)
"""Files that a reader makes, or gets from a run."""


def dotted_names() -> Iterator[tuple[Path, str]]:
    for path in documents():
        if "\nReplaced by [" in read(path) or path.name == "CHANGELOG.md":
            continue
        for name in INLINE.findall(read(path)):
            if re.fullmatch(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+", name):
                yield path, name.removeprefix("lisa_core.")


@cache
def attributes() -> Mapping[str, frozenset[str]]:
    """Class -> all that its body names: of classes whose name stands once, and of no other language's."""
    found: dict[str, list[frozenset[str]]] = defaultdict(list)
    for path in product_files():
        for node in tree(path).body:
            if isinstance(node, ast.ClassDef) and not node.bases:
                found[node.name].append(frozenset(_members(node)))
    return {name: members[0] for name, members in found.items() if len(members) == 1}


def _members(node: ast.ClassDef) -> Iterator[str]:
    for inner in ast.walk(node):
        if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef):
            yield inner.name
        elif isinstance(inner, ast.AnnAssign | ast.Assign):
            for target in inner.targets if isinstance(inner, ast.Assign) else [inner.target]:
                names = target.elts if isinstance(target, ast.Tuple) else [target]
                yield from (one.id for one in names if isinstance(one, ast.Name))
                yield from (one.attr for one in names if isinstance(one, ast.Attribute))
