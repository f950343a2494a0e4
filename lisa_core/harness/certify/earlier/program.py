"""This program in parts, from its files as they lie here.

A file reaches every scenario, but for two kinds: functions behind sentences that nobody calls by name, which reach who
says them (`choice.step_change`), and files that only drivers use. In doubt a file belongs to the rest.
"""

from __future__ import annotations

import hashlib
import platform
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path

from lisa_core.config.drivers import OURS, OWN, installed
from lisa_core.harness.certify.earlier.parts import ProgramParts
from lisa_core.harness.choice.step_change import calls_when_imported, sentences_in
from lisa_core.host.data import data_dir
from lisa_core.host.paths import files_below

_ROOT = Path(__file__).resolve().parents[4]
_PACKAGES = ("lisa_core", "emulator")
_SENTENCES = "lisa_core/harness/steps/"
_DRIVERS = ("lisa_core/equipment/drivers/", "lisa_core/equipment/media/")
_TABLES = frozenset({"lisa_core/config/drivers.py", "lisa_core/moved.py"})
"""They name every driver and use none."""
_APART = ("fixtures/devices/", "lisa_core/_data/")
"""Recordings, which only tests play; and where an installed program has the data that are read by their own names."""
_MODULE = re.compile(rb"\b(?:lisa_core|emulator)(?:\.\w+)+")
_WORD = re.compile(rb"[A-Za-z_]\w*")
_NAME = re.compile(r"[A-Za-z0-9._-]+")


@cache
def program_parts() -> ProgramParts:
    """What this program is now; reads each of its files once."""
    texts = {name: path.read_bytes() for name, path in _files()}
    cut = {
        name: _sentences(data) for name, data in texts.items() if name.startswith(_SENTENCES) and name.endswith(".py")
    }
    called = _called([one for found in cut.values() for one in found], texts)
    own = _only_drivers(texts)
    rest, sentences = hashlib.sha256(), {}
    for name, data in sorted(texts.items()):
        if name in own:
            continue
        lines = data.splitlines(keepends=True)
        for function in reversed(cut.get(name, ())):
            if function.name not in called:
                begin, end = function.first - 1, function.last
                sentences[f"{name}:{function.first}"] = _digest(b"".join(lines[begin:end]))
                lines[begin:end] = []
        rest.update(f"{name}\0{_digest(b''.join(lines))}\n".encode())
    return ProgramParts(rest.hexdigest(), _drivers(own, texts), sentences, _libraries(), platform.platform())


def _files() -> Iterator[tuple[str, Path]]:
    """All that is read of this program, by its name: its packages with their pages, and the data that come with it."""
    for place in (*(_ROOT / package for package in _PACKAGES), data_dir("fixtures")):
        for path in files_below(place):
            name = f"{place.name}/{path.relative_to(place).as_posix()}"
            if "__pycache__" not in path.parts and not name.startswith(_APART):
                yield name, path


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


# --- sentences --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A function behind a sentence: its name, its first line and its last."""

    name: str
    first: int
    last: int


def _sentences(data: bytes) -> list[_Sentence]:
    found = [one for one in sentences_in(data) if not calls_when_imported(one)]
    lines = [(min(one.lineno, *(each.lineno for each in one.decorator_list)), one) for one in found]
    return [_Sentence(one.name, line, one.end_lineno or line) for line, one in lines]


def _called(found: Iterable[_Sentence], texts: Mapping[str, bytes]) -> set[str]:
    """The names of those functions that stand anywhere beside where they are defined."""
    names = {one.name.encode() for one in found}
    seen = Counter(word for data in texts.values() for word in _WORD.findall(data) if word in names)
    return {word.decode() for word, count in seen.items() if count > 1}


# --- drivers ----------------------------------------------------------------------------------------------------------


def _only_drivers(texts: Mapping[str, bytes]) -> dict[str, frozenset[str]]:
    """By file that nothing but drivers uses the names of these drivers."""
    uses = {name: _used(data, texts) - {name} if name.endswith(".py") else set() for name, data in texts.items()}
    own = {name for name in texts if name.startswith(_DRIVERS) and not name.endswith("/__init__.py")}
    while outside := {used for name in texts.keys() - own - _TABLES for used in uses[name] & own}:
        own -= outside
    named: dict[str, set[str]] = {name: set() for name in own}
    for driver, module in OWN.items():
        left = {f"{module.replace('.', '/')}.py"} & own
        while left:
            for name in left:
                named[name].add(driver)
            left = {used for name in left for used in uses[name] & own if driver not in named[used]}
    return {name: frozenset(drivers) for name, drivers in named.items() if drivers}


def _used(data: bytes, texts: Mapping[str, bytes]) -> set[str]:
    """The files that the modules named in this text stand for; of a package all that lies in it."""
    found: set[str] = set()
    for module in {one.decode() for one in _MODULE.findall(data)}:
        parts = module.split(".")
        for end in range(2, len(parts) + 1):
            path = "/".join(parts[:end])
            found |= {f"{path}.py", f"{path}/__init__.py"} & texts.keys()
        if f"{'/'.join(parts)}/__init__.py" in texts:
            found |= {name for name in texts if name.startswith(f"{'/'.join(parts)}/")}
    return found


def _drivers(own: Mapping[str, frozenset[str]], texts: Mapping[str, bytes]) -> dict[str, str]:
    found = {}
    for name in OWN:
        files = sorted(one for one, drivers in own.items() if name in drivers)
        found[name] = _digest("".join(f"{one}\0{_digest(texts[one])}\n" for one in files).encode())
    others = {name: _package(one.module) for name, one in installed().items() if name not in OWN}
    return {**found, **others}


def _package(module: str) -> str:
    """A driver of others: all files of its package."""
    spec = find_spec(module)
    places = [Path(one) for one in (spec.submodule_search_locations or [])] if spec else []
    files = [path for place in places for path in files_below(place) if "__pycache__" not in path.parts]
    if spec and spec.origin and not places:
        files = [Path(spec.origin)]
    return _digest("".join(f"{path.name}\0{_digest(path.read_bytes())}\n" for path in sorted(files)).encode())


# --- what it runs on --------------------------------------------------------------------------------------------------


def _libraries() -> str:
    """SHA-256 over the versions of all that this program needs, as far as it is installed."""
    left, seen = [OURS], dict[str, str]()
    while left:
        name = left.pop()
        if name in seen:
            continue
        try:
            found = distribution(name)
        except PackageNotFoundError:
            continue
        seen[name] = found.version
        left += [one[0].lower() for one in map(_NAME.match, found.requires or ()) if one]
    seen.pop(OURS, None)
    versions = "".join(f"{name} {version}\n" for name, version in sorted(seen.items()))
    return _digest(f"{platform.python_implementation()} {platform.python_version()}\n{versions}".encode())
