"""What lies in the repository: nothing built, no addresses of registries, no paths of one machine."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from packaging.requirements import Requirement
from packaging.version import Version

from tests.tidy.sources import ROOT, files, git, place

# The brackets keep this file from finding itself.
REGISTRIES = re.compile(r"[p]ypi\.org|[p]ythonhosted|[r]egistry\.npmjs|[d]eb\.debian")
MACHINE_PATHS = re.compile(r"(?<![\w.}~-])/(?:[w]ork|[r]oot)/\w")
LOCKS = sorted((ROOT / "requirements").glob("*.lock"))


def test_nothing_is_tracked_that_gitignore_names() -> None:
    tracked = git("ls-files", "--cached", "--ignored", "--exclude-standard")
    assert not tracked, f"{len(tracked)} files, {tracked[0]} among them"


def test_no_registry_is_named() -> None:
    assert not list(naming(REGISTRIES))


def test_no_path_of_one_machine_is_named() -> None:
    assert not list(naming(MACHINE_PATHS))


def test_locks_carry_hashes_and_no_addresses() -> None:
    assert LOCKS
    for lock in LOCKS:
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text
        assert not re.search(r"^\s*-(?!-hash=)|--(index-url|extra-index-url|find-links|trusted-host)|\s@\s", text, re.M)
        blocks = re.split(r"\n(?=[a-z0-9])", text.strip())
        assert not [block.split()[0] for block in blocks if "--hash=sha256:" not in block]


def test_locks_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    product, extras = project["project"]["dependencies"], project["project"]["optional-dependencies"]
    runtime = [*product, *extras["emulator"], *extras["harness"]]
    groups = project["dependency-groups"]
    dev = [*runtime, *groups["dev"]]
    wishes = {"product": product, "runtime": runtime, "lowest": runtime, "dev": dev, "tox": groups["tox"]}
    absent = {name: unlocked(name, wanted) for name, wanted in wishes.items()}
    assert not any(absent.values()), f"run `make lock`: {absent}"


def test_both_locks_agree() -> None:
    assert locked("product").items() <= locked("runtime").items() <= locked("dev").items()


def test_a_plain_installation_brings_nothing_of_the_harness() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    harness = {re.split(r"[^a-z-]", wish)[0] for wish in project["project"]["optional-dependencies"]["harness"]}
    assert {"pytest", "pytest-bdd"} <= harness
    assert not harness & set(locked("product"))


def test_each_lower_bound_is_the_version_that_is_tried() -> None:
    """Else a bound is a guess: tests/packaging/test_versions.py runs what requirements/lowest.lock holds."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    wishes = [Requirement(wish) for wish in (*project["dependencies"], *extras["emulator"], *extras["harness"])]
    tried = locked("lowest")
    bounds = {wish.name: [one.version for one in wish.specifier if one.operator == ">="] for wish in wishes}
    wrong = {
        name: (bound, tried.get(name))
        for name, bound in bounds.items()
        if [Version(version) for version in bound] != [Version(tried.get(name, "0"))]
    }
    assert not wrong, f"raise the bound or run `make lock ARGS=--upgrade`: {wrong}"


def locked(name: str) -> dict[str, str]:
    """What requirements/NAME.lock pins, as {project: version}."""
    text = (ROOT / "requirements" / f"{name}.lock").read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", text, re.M))


def unlocked(name: str, wanted: list[str]) -> set[str]:
    return {re.split(r"[^A-Za-z0-9._-]", wish)[0] for wish in wanted} - set(locked(name))


def naming(what: re.Pattern[str]) -> Iterator[str]:
    """Each place in a text file where such a thing stands; what is not UTF-8 is no text."""
    for path in files():
        text = text_of(path)
        yield from (place(path, text.count("\n", 0, found.start()) + 1) for found in what.finditer(text))


@cache
def text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""
