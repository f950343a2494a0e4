"""What pyproject.toml allows works: the lowest versions, as locked, and the newest, on each Python 3.11 to 3.13.

Only with LISA_LONG=1 (`make test-long PART=versions`): it fetches two environments for each Python. In `make test`,
tests/tidy holds each bound to `requirements/lowest.lock`.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.packaging.environments import LOCKS, LONG
from tests.packaging.test_foreign_project import FEATURE, STEPS
from tests.packaging.test_wheel import call

pytestmark = [
    pytest.mark.long,
    pytest.mark.timeout(1200),
    pytest.mark.skipif(not LONG, reason="lädt Umgebungen, dauert Minuten: nur mit LISA_LONG=1"),
]

PYTHONS = ("3.11", "3.12", "3.13")
WIRE = "anf:S3.8 or anf:S1.3"
"""A whole visit, and being forwarded: every device, every page of paper, a call, a seal."""
LOWEST = ("--require-hashes", "--requirement", str(LOCKS / "lowest.lock"))


@pytest.mark.parametrize("version", PYTHONS)
@pytest.mark.parametrize("end", ["lowest", "newest"])
def test_it_runs(version: str, end: str, wheel: Path, tmp_path: Path) -> None:
    found = environment(version, tmp_path / "venv")
    extras = f"{wheel}[emulator,harness]"
    if end == "lowest":
        pip(found, *LOWEST)
        pip(found, "--no-deps", str(wheel))
    else:
        pip(found, "--upgrade", "--upgrade-strategy", "eager", extras)
    call([str(found / "python"), "-m", "pip", "check"], tmp_path)

    lisa = str(found / "lisa")
    call([lisa, "--help"], tmp_path)
    call([lisa, "run", "--clock", "virtual", "--out", "model"], tmp_path)
    call([lisa, "run", "--out", "wire", "-t", WIRE], tmp_path)
    plugin_leaves_others_alone(found, tmp_path)


def plugin_leaves_others_alone(found: Path, folder: Path) -> None:
    """A project of others: the scenario that is right passes, the one that is wrong fails, with us installed."""
    (folder / "sums.feature").write_text(FEATURE, encoding="utf-8")
    (folder / "test_sums.py").write_text(STEPS, encoding="utf-8")
    command = [str(found / "python"), "-m", "pytest", "-q", "test_sums.py"]
    done = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)
    assert "1 failed, 1 passed" in done.stdout, done.stdout + done.stderr


def environment(version: str, folder: Path) -> Path:
    """A virtual environment of this Python with its pip alone; returns its bin folder."""
    python = next(filter(starts, pythons(version)), None)
    if python is None:
        pytest.skip(f"python{version} fehlt: nicht geprüft")
    call([python, "-m", "venv", str(folder)], folder.parent)
    return folder / "bin"


def pythons(version: str) -> Iterator[str]:
    """On the path, and where pyenv keeps those that are not."""
    yield f"python{version}"
    kept = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    yield from map(str, sorted(kept.glob(f"{version}.*/bin/python")))


def starts(python: str) -> bool:
    try:
        return subprocess.run([python, "-c", ""], check=False, capture_output=True).returncode == 0
    except FileNotFoundError:
        return False


def pip(found: Path, *wanted: str) -> None:
    command = [str(found / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *wanted]
    call(command, found.parent)
