"""A virtual environment that holds what a lock names and nothing else, linked from the one that runs the tests.

Pip has filled that one from `dev.lock`, hash by hash, and both locks agree (tests/tidy): to fetch and unpack the same
files anew shows nothing. LISA_LONG=1 does so nevertheless.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Callable, Iterable, Set
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ROOT / "requirements"
LONG = os.environ.get("LISA_LONG") == "1"
PIP = (sys.executable, "-m", "pip")
LISA = ("-c", "import sys; from lisa_core.cli.main import main; sys.exit(main())")
"""`lisa`, behind the Python of an environment."""

Call = Callable[[list[str], Path], None]


def new_environment(folder: Path) -> Path:
    """A virtual environment without any package, not even pip; returns its bin folder."""
    venv.create(folder, symlinks=True)
    return folder / "bin"


def beside_ours(folder: Path) -> Path:
    """An environment that has what this one has, and takes packages of its own; returns its bin folder."""
    venv.create(folder, with_pip=False)
    (site,) = folder.glob("lib/python*/site-packages")
    (site / "ours.pth").write_text(f"import site; site.addsitedir({sysconfig.get_path('purelib')!r})\n", "utf-8")
    return folder / "bin"


def called(*command: str, where: Path | None = None, code: int = 0) -> str:
    """What a program says, which has to end with this code."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        command, cwd=where, env={**environment, "COLUMNS": "200"}, check=False, capture_output=True, text=True
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def pip(found: Path, *arguments: str) -> list[str]:
    """The tests' own pip, at work in the environment with this bin folder."""
    return [*PIP, "--python", str(found / "python"), *arguments]


def add_locked(found: Path, lines: str, call: Call) -> None:
    """Add the distributions that these lines of a lock name; what they say is not for this machine is left out."""
    folder = found.parent
    if LONG:
        (wanted := folder / "wanted.lock").write_text(lines, encoding="utf-8")
        call(pip(found, "install", "--quiet", "--no-compile", "--require-hashes", "-r", str(wanted)), folder)
        return
    (site,) = folder.glob("lib/python*/site-packages")
    for one in installed(names(lines)):
        link_files(one, site)


def names(lines: str) -> Set[str]:
    """What these lines of a lock pin."""
    return set(re.findall(r"^([A-Za-z0-9._-]+)==", lines, re.M))


def installed(wanted: Iterable[str]) -> Iterable[Distribution]:
    """Those that are here. One that is missing unjustly is found by `pip check`."""
    for name in sorted(wanted):
        try:
            yield distribution(name)
        except PackageNotFoundError:
            continue


def link_files(one: Distribution, site: Path) -> None:
    """Each file that it has brought, but for programs beside Python's own."""
    for file in one.files or ():
        if ".." not in file.parts:
            (link := site / file).parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to(one.locate_file(file))


def runtime() -> str:
    return (LOCKS / "runtime.lock").read_text(encoding="utf-8")


def developers(*wanted: str) -> str:
    """What the developers' lock says of these packages."""
    lines = (LOCKS / "dev.lock").read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    return "\n".join(line for line in lines if line.partition("==")[0] in wanted)
