"""Files of npm packages of strangers, which our reports are measured with: fetched at test time, kept in a cache."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

CACHE = Path(__file__).resolve().parents[2] / ".tox" / "npm"


def npm_file(package: str, version: str, name: str) -> Path:
    """One file of a package; where it cannot be had the test is skipped by name, and on CI that is a failure."""
    kept = CACHE / f"{package.replace('/', '+')}-{version}" / name
    if not kept.is_file():
        _fetch(f"{package}@{version}", name, kept)
    return kept


def npm_packages(*wanted: str) -> Path:
    """A folder in which these packages ("name@version") and what they need are installed: node's programs run there."""
    kept = CACHE / hashlib.sha256(" ".join(wanted).encode()).hexdigest()[:16]
    if not (kept / "whole").is_file():
        npm = shutil.which("npm")
        if npm is None or shutil.which("node") is None:
            _missing("npm")
        kept.mkdir(parents=True, exist_ok=True)
        command = [str(npm), "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", *wanted]
        if subprocess.run(command, cwd=kept, check=False, capture_output=True).returncode != 0:
            _missing(" ".join(wanted))
        (kept / "whole").touch()
    return kept


def _fetch(wanted: str, name: str, kept: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        _missing("npm")
    kept.parent.mkdir(parents=True, exist_ok=True)
    command = [str(npm), "pack", "--silent", wanted]
    done = subprocess.run(command, cwd=kept.parent, check=False, capture_output=True, text=True)
    archives = list(kept.parent.glob("*.tgz"))
    if done.returncode != 0 or not archives:
        _missing(wanted)
    with tarfile.open(archives[0]) as archive:
        file = archive.extractfile(f"package/{name}")
        assert file is not None, f"{wanted} holds no {name}"
        kept.write_bytes(file.read())
    for archive_file in archives:
        archive_file.unlink()


def _missing(what: str) -> None:
    text = f"{what} fehlt: nicht geprüft"
    if os.environ.get("CI") == "true":
        pytest.fail(text)
    pytest.skip(text)
