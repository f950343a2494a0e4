"""Packages of strangers that only these tests use, of Python and of node: pinned, each apart from all others.

`requirements/peers/NAME.txt` names them as pip reads them, with hashes; its first line is a comment that says what is
not tested without them. They are installed once into `.tox/pypi/NAME`, without what they depend on: the set-up does it
(`python -m tests.peers.pypi`), and a test that comes first does it too. Without a network the test says so.

    def test_a_stranger(pypi: Callable[[str], Path]) -> None:
        pypi("umodbus")                                   # from here on importable, in this test
        client = importlib.import_module("umodbus.client.tcp")

`requirements/peers/NAME.npm` does the same for node, with all that they depend on; the fixture `npm` returns the folder
in which `node` finds them (`cwd`, or NODE_PATH with `/node_modules` behind it).
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LISTS, FOLDER = ROOT / "requirements" / "peers", ROOT / ".tox" / "pypi"
NPM_FOLDER = ROOT / ".tox" / "npm"
PIP = (sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--retries=1")
NPM = (
    "npm",
    "install",
    "--fetch-retries=1",
    "--silent",
    "--no-save",
    "--no-audit",
    "--no-fund",
    "--ignore-scripts",
    "--omit=optional",
)
STAMP = ".installed"


class Missing(Exception):
    """Something of a stranger is not here; the sentence says what is not tested, and why."""


def installed(name: str) -> Path:
    """The folder with the packages of `requirements/peers/NAME.txt`; installs them first. Raises `Missing`."""
    listed = LISTS / f"{name}.txt"
    wanted = _digest(listed, platform.python_version())
    pip = (sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps")
    return kept(
        FOLDER / name, wanted, _told(listed), lambda to: (*pip, "--retries", "1", "--target", to, "-r", str(listed))
    )


def installed_npm(name: str) -> Path:
    """The folder with the packages of `requirements/peers/NAME.npm`; installs them first. Raises `Missing`."""
    listed = LISTS / f"{name}.npm"
    if not shutil.which("npm"):
        raise Missing(f"npm fehlt, und darum {_told(listed)}")
    packages = [line for line in listed.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return kept(NPM_FOLDER / name, _digest(listed, "npm"), _told(listed), lambda to: (*NPM, "--prefix", to, *packages))


def kept(folder: Path, wanted: str, told: str, command: Callable[[str], Sequence[str]]) -> Path:
    """`folder`, filled by `command(folder)` unless its stamp says `wanted`; several callers wait for each other."""
    if _stamp(folder) != wanted:
        with _turn(folder.parent):
            if _stamp(folder) != wanted:
                _fill(folder, wanted, told, command)
    return folder


def _fill(folder: Path, wanted: str, told: str, command: Callable[[str], Sequence[str]]) -> None:
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".") as within:
        made = f"{within}/{folder.name}"
        done = subprocess.run(command(made), capture_output=True, text=True, check=False, cwd=within)
        if done.returncode:
            why = (done.stderr or done.stdout).strip().splitlines()[-1:] or [f"Ende mit {done.returncode}"]
            raise Missing(f"{told} fehlt und lässt sich nicht installieren: {why[0]}")
        (Path(made) / STAMP).write_text(wanted, encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        Path(made).rename(folder)


def _stamp(folder: Path) -> str:
    with contextlib.suppress(OSError):
        return (folder / STAMP).read_text(encoding="utf-8")
    return ""


def _told(listed: Path) -> str:
    return f"{listed.stem} ({listed.read_text(encoding='utf-8').splitlines()[0].lstrip('# ')})"


def _digest(listed: Path, also: str) -> str:
    return f"{also} {hashlib.sha256(listed.read_bytes()).hexdigest()}"


@contextlib.contextmanager
def _turn(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".installing").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield


def main() -> None:
    """Install all that are missing. What cannot be is named: its tests will be skipped, or fail where CI=true."""
    for listed in sorted(LISTS.iterdir()):
        try:
            installed(listed.stem) if listed.suffix == ".txt" else installed_npm(listed.stem)
        except Missing as missing:
            print(f"setup: {missing}", file=sys.stderr)


if __name__ == "__main__":
    main()
