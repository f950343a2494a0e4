"""Keeps .tox/lisa: one environment with the locked dependencies and this project, brought up to date once per change.

The lock goes first, with every hash checked; then the project, editable and without dependencies, since pip's hash mode
refuses local projects. A stamp inside the environment remembers what was installed, so a second call takes no time.

Then our own modules are compiled, as pip does with those of wheels: where nobody may write beside the sources, or
Python is told not to (PYTHONDONTWRITEBYTECODE, usual in containers), each start of `lisa` would compile them anew. And
what strangers wrote and only tests use comes into folders of its own (`tests.peers.pypi`).
"""

from __future__ import annotations

import fcntl
import hashlib
import platform
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".tox" / "lisa"
LOCK = ROOT / "requirements" / "dev.lock"
OWN = (ROOT / "lisa_core", ROOT / "emulator", ROOT / "sojus")
INPUTS = (LOCK, ROOT / "pyproject.toml", Path(__file__).resolve())


def wanted() -> tuple[str, str]:
    """What the environment should hold: Python's version, and one hexadecimal SHA-256 over the inputs."""
    total = hashlib.sha256()
    for path in INPUTS:
        total.update(path.read_bytes())
    return platform.python_version(), total.hexdigest()


def present(stamp: Path) -> tuple[str, str]:
    """What the stamp says of the last finished installation; empty where there was none."""
    words = stamp.read_text(encoding="utf-8").split() if stamp.exists() else []
    return (words[0], words[1]) if len(words) == 2 else ("", "")


def run(*command: str) -> None:
    """Runs a command in the project's root; a failure ends the program with the command's exit code."""
    done = subprocess.run(command, cwd=ROOT, check=False)
    if done.returncode != 0:
        sys.exit(done.returncode)


def pip(*arguments: str) -> None:
    """Installs something into the environment with its own pip."""
    python = str(ENVIRONMENT / "bin" / "python")
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *arguments)


def install() -> None:
    """What is locked, unless it is there already."""
    stamp = ENVIRONMENT / ".installed"
    version, digest = wanted()
    old_version, old_digest = present(stamp)
    if (version, digest) == (old_version, old_digest):
        return
    print("install_locked: installing the locked dependencies (minutes the first time) ...", flush=True)
    if version != old_version:
        run(sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT))
    pip("--require-hashes", "--requirement", str(LOCK))
    pip("--no-deps", "--no-build-isolation", "--editable", ".")
    stamp.write_text(f"{version} {digest}\n", encoding="utf-8")


def main() -> None:
    """Brings the environment up to date; two callers at once wait for each other."""
    ENVIRONMENT.parent.mkdir(exist_ok=True)
    with (ENVIRONMENT.parent / ".installing").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        install()
        python = str(ENVIRONMENT / "bin" / "python")
        run(python, "-m", "compileall", "-q", *map(str, OWN))
        run(python, "-m", "tests.peers.pypi")


if __name__ == "__main__":
    main()
