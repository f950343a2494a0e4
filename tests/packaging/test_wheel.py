"""The wheel holds what a run outside the checkout needs, and runs there."""

from __future__ import annotations

import os
import subprocess
import time
import zipfile
from pathlib import Path

import pytest

from lisa_core.harness.plugin.turns import turn
from lisa_core.harness.report.messages_read import read
from lisa_core.harness.report.record import ExitCode, Verdict, counts
from tests.packaging.environments import LONG, ROOT, add_locked, developers, new_environment, pip, runtime
from tests.packaging.sentences import AS_MEASURED, LASTING, places, said_in, spoken, wanted
from tests.system.programs import MEASURED

DATA_FOLDERS = ("features", "hardware_profiles", "fixtures")
PACKAGES = ("lisa_core", "emulator", "sojus")
BUSY = 0.1
"""With less idle time than this share, others compute on every processor."""
IN_MEMORY_ONLY = 16
"""Sentences that @dauert alone says."""
OF_DESKS_ONLY = 104
"""Sentences that reach no booth and are said in memory only."""


def test_wheel_holds_every_file_of_the_packages(wheel: Path) -> None:
    beside = {name for package in PACKAGES for name in shipped(package)}
    assert not beside - set(zipfile.ZipFile(wheel).namelist())
    assert {"lisa_core/py.typed", "emulator/py.typed", "sojus/py.typed"} <= beside


@pytest.mark.parametrize("folder", DATA_FOLDERS)
def test_wheel_holds_the_data(wheel: Path, folder: str) -> None:
    wanted = {f"lisa_core/_data/{name}" for name in shipped(folder)}
    assert wanted
    assert not wanted - set(zipfile.ZipFile(wheel).namelist())


def test_wheel_says_its_licence_and_entry_points(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    (info,) = {name.split("/")[0] for name in archive.namelist() if ".dist-info/" in name}
    assert "License-Expression: EUPL-1.2" in archive.read(f"{info}/METADATA").decode()
    assert archive.read(f"{info}/licenses/LICENSE") == (ROOT / "LICENSE").read_bytes()
    entry_points = archive.read(f"{info}/entry_points.txt").decode()
    assert {"[console_scripts]", "[pytest11]", "[lisa.booths]"} <= set(entry_points.splitlines())


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bin folder with the runtime's lock alone: a tool of the developers needed by mistake is missing here."""
    return clean_environment(tmp_path_factory.mktemp("wheel") / "venv", wheel)


@pytest.mark.timeout(600)
def test_what_is_measured_holds_on_the_wire(installed: Path, turns: Path, tmp_path: Path) -> None:
    """Beside other tests, which make a value worse and never better (docs/adr/0051-waiting-is-not-work.md); what is
    undecided there is measured alone, since all others stand still meanwhile. Where other programs left the processors
    hardly a moment, it may be undecided then, too; what is decided is decided each time."""
    for alone in (False, True):
        with turn(turns, alone=alone):
            before, out = processors(), tmp_path / f"out-{alone}"
            code, said = called([str(installed / "lisa"), "run", "--out", str(out), "-t", MEASURED], tmp_path)
        run = read((out / "messages.ndjson").read_text(encoding="utf-8"))
        assert set(counts(run)) <= {Verdict.PASSED, *([Verdict.UNDECIDED] if code == ExitCode.UNDECIDED else [])}, said
        if code != ExitCode.UNDECIDED:
            break
    idle, whole = (now - then for now, then in zip(processors(), before, strict=True))
    assert code == 0 or (code == ExitCode.UNDECIDED and idle < BUSY * whole), said


def processors() -> tuple[float, float]:
    """For how long they have been idle since the start, and how long that is for all of them. Source: proc(5), stat."""
    ticks = [float(word) for word in Path("/proc/stat").read_text(encoding="ascii").splitlines()[0].split()[1:9]]
    return ticks[3] + ticks[4], sum(ticks)


def test_new_folder_is_green_red_with_a_typo_and_green_again_at_once(installed: Path, tmp_path: Path) -> None:
    lisa = str(installed / "lisa")
    call([lisa, "new", "folder", "mein"], tmp_path)
    call(run := [lisa, "run", "mein", "--clock", "virtual"], tmp_path)
    feature = tmp_path / "mein" / "erster-besuch.feature"
    right = feature.read_text(encoding="utf-8")
    feature.write_text(right.replace("Wenn der Bürger", "Wen der Bürger"), encoding="utf-8")
    refused = subprocess.run(run, cwd=tmp_path, check=False, capture_output=True, text=True)
    assert (refused.returncode, "Meinten Sie „Wenn“?" in refused.stdout) == (4, True)
    feature.write_text(right, encoding="utf-8")
    began_s = time.monotonic()
    call(run, tmp_path)
    print(f"green again after {time.monotonic() - began_s:.2f} s (wanted: 2 s)")


def test_what_runs_on_the_wire_says_every_sentence() -> None:
    """That reaches a booth, but for what devices do for minutes. What is measured runs there too, above; what a tester
    answers adds none."""
    folder = ROOT / "features"
    whole, chosen = said_in(folder, elsewhere=()), places(folder)
    measured, lasting = (whole.keys() - said_in(folder, elsewhere).keys() for elsewhere in (AS_MEASURED, LASTING))
    missing = spoken(whole, whole) - spoken(whole, {*chosen, *measured})
    assert wanted(missing) <= spoken(whole, lasting)
    assert len(wanted(missing)) == IN_MEMORY_ONLY
    assert len(missing - wanted(missing)) == OF_DESKS_ONLY
    assert len(chosen) < len(said_in(folder))


@pytest.mark.timeout(600)
def test_wheel_runs_outside_the_checkout(installed: Path, tmp_path: Path) -> None:
    """Last, with what its user installs for several workers. LISA_LONG=1: every scenario."""
    add_locked(installed, developers("pytest-xdist", "execnet"), call)
    (features,) = installed.parent.glob("lib/python*/site-packages/lisa_core/_data/features")
    wanted = said_in(features) if LONG else places(features)
    what = ("-t", f"not ({MEASURED})") if LONG else wanted
    call([str(installed / "lisa"), "run", "--out", "out", "-n", "3", *what], tmp_path)
    run = read((tmp_path / "out" / "messages.ndjson").read_text(encoding="utf-8"))
    assert counts(run)[Verdict.PASSED] >= len(wanted)
    assert (tmp_path / "out" / "report.html").stat().st_size > 0


def clean_environment(folder: Path, wheel: Path) -> Path:
    """A new virtual environment with the locked runtime and the wheel; returns its bin folder."""
    found = new_environment(folder)
    add_locked(found, runtime(), call)
    call(pip(found, "install", "--quiet", "--no-compile", "--no-deps", "--no-index", str(wheel)), folder)
    call(pip(found, "check"), folder)
    return found


def call(command: list[str], where: Path) -> None:
    """Runs a program as `called` does, and it has to succeed."""
    code, said = called(command, where)
    assert code == 0, said


def called(command: list[str], where: Path) -> tuple[int, str]:
    """Runs a program outside the checkout, with nothing of the checkout on Python's path."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(command, cwd=where, env=environment, check=False, capture_output=True, text=True)
    return done.returncode, f"{command}\n{done.stdout}\n{done.stderr}"


def shipped(folder: str) -> list[str]:
    """Each file in a folder of the checkout that the wheel should hold."""
    found = (path for path in (ROOT / folder).rglob("*") if path.is_file() and path.suffix != ".pyc")
    return [path.relative_to(ROOT).as_posix() for path in found]
