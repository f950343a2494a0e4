"""The checkers of others, each over the whole project: ruff, mypy, import-linter."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.tidy.sources import ROOT

CHECKERS = {
    "ruff check": ("ruff", "check", "--quiet"),
    "ruff format": ("ruff", "format", "--check", "--quiet"),
    "mypy --strict": ("mypy",),
    "import-linter": ("lint-imports",),
}


# mypy from its start: 40 s of one core, several times that where other tests want the cores, too.
@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", CHECKERS)
def test_checker_is_content(name: str) -> None:
    program, *arguments = CHECKERS[name]
    command = [str(Path(sys.executable).with_name(program)), *arguments]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, f"\n{done.stdout}\n{done.stderr}"
