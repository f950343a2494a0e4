"""The build before, set up beside this one, so that both can be measured in the same minute.

Its files come out of git into .tox/older/, where its own `make setup` installs what it needs; done once per commit.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parents[2]
BEFORE = "017d1fb8b9be"
"""The commit before issue 12: what docs/leistung.md compares with."""
OLDER = HERE / ".tox" / "older"


@dataclass(frozen=True)
class Build:
    """A checkout that is set up."""

    place: Path
    commit: str

    @property
    def python(self) -> str:
        return str(self.place / ".tox" / "lisa" / "bin" / "python")

    @property
    def lisa(self) -> str:
        return str(self.place / ".tox" / "lisa" / "bin" / "lisa")


def this() -> Build:
    """The one that measures."""
    return Build(HERE, _git("describe", "--always", "--dirty"))


def older(commit: str = BEFORE) -> Build:
    """That commit, set up; at first it takes a minute or two.

    Raises:
        SystemExit: the history at hand does not hold it (a shallow clone), or its set-up failed.
    """
    try:
        name = _git("rev-parse", "--short=12", f"{commit}^{{commit}}")
    except subprocess.CalledProcessError:
        raise SystemExit(
            f"Der Stand {commit} fehlt in dieser Kopie; verglichen wird mit ihm. Zuerst: git fetch --unshallow"
        ) from None
    place = OLDER / name
    with _alone(OLDER):
        if not (place / ".ready").exists():
            shutil.rmtree(place, ignore_errors=True)
            _unpack(name, place)
            if subprocess.run(["make", "setup"], cwd=place, env=_environment(), check=False).returncode:
                raise SystemExit(f"Der Stand {name} ließ sich nicht einrichten (make setup in {place})")
            (place / ".ready").touch()
    return Build(place, name)


def _unpack(commit: str, place: Path) -> None:
    place.mkdir(parents=True)
    files = subprocess.run(["git", "archive", commit], cwd=HERE, check=True, capture_output=True).stdout
    subprocess.run(["tar", "-x"], cwd=place, input=files, check=True)


def _git(*words: str) -> str:
    return subprocess.run(["git", *words], cwd=HERE, check=True, capture_output=True, text=True).stdout.strip()


def _environment() -> dict[str, str]:
    """Without what this build's tox and make have put there."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("TOX_", "MAKE", "VIRTUAL_ENV"))}


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
