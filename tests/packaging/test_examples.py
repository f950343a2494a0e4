"""The examples of docs/beispiele: each says what its page shows, and needs nothing of ours but what is promised.

The latter holds for what `lisa new driver` writes as well.
"""

from __future__ import annotations

import ast
import importlib
import os
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from lisa_core.equipment.drivers import contract
from lisa_core.moved import CLASSES
from tests.gherkin.test_first_hour import stands_in, typed

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "docs" / "beispiele"
TEMPLATES = ROOT / "fixtures" / "new_driver"
PAGE = (EXAMPLES / "README.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\|[^|]*\| `([\w.]+)` \| (.+) \|$", re.MULTILINE)
KEPT = 50
"""So many names have been promised; a promise is taken back only with a new version of its own."""


def promised() -> Mapping[str, set[str]]:
    """Door -> the names in it, as the page lists them."""
    return {door: set(re.findall(r"`(\w+)`", names)) for door, names in ROW.findall(PAGE)}


def test_each_example_says_what_its_page_shows(tmp_path: Path) -> None:
    shutil.copytree(EXAMPLES, tmp_path / "docs" / "beispiele", ignore=shutil.ignore_patterns("__pycache__"))
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PYTHONIOENCODING": "utf-8"}
    shown = list(typed(PAGE))
    assert len(shown) == 8
    for one in shown:
        command = ["bash", "-c", one.command]
        done = subprocess.run(command, cwd=tmp_path, env=environment, check=False, capture_output=True, text=True)
        said = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
        assert done.returncode == one.code, f"$ {one.command}\n{done.stdout}{done.stderr}"
        assert len(said) == len(one.shown), f"$ {one.command}\n{done.stdout}{done.stderr}"
        for wanted, line in zip(one.shown, said, strict=True):
            assert stands_in(wanted, line), f"$ {one.command}\nshown: {wanted}\nsaid:  {line}"


def test_every_name_that_is_promised_exists() -> None:
    missing = [
        f"{door}.{name}"
        for door, names in promised().items()
        for name in names
        if not hasattr(importlib.import_module(door), name) or name in CLASSES.get(door, ())
    ]
    assert not missing
    assert sum(map(len, promised().values())) >= KEPT
    assert set(contract.__all__) == promised()[contract.__name__]


def test_the_examples_need_nothing_else_of_ours() -> None:
    used: dict[str, set[str]] = defaultdict(set)
    for path in (*EXAMPLES.rglob("*.py"), *TEMPLATES.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                used[node.module] |= {name.name for name in node.names}
            elif isinstance(node, ast.Import):
                used.update({name.name: set() for name in node.names})
    ours = {door: names for door, names in used.items() if door.split(".")[0] in {"lisa_core", "emulator"}}
    doors = promised()
    other = {
        door: names
        for door, names in ours.items()
        if not names <= doors.get(door, {name for name in names if f"{door}.{name}" in doors})
    }
    assert ours
    assert not other
