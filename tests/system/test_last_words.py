"""Ctrl-C where the run does not come to its end by itself: the report says so all the same, and no folder is left."""

from __future__ import annotations

import multiprocessing
import os
import select
import signal
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

import pytest

from lisa_core.harness.plugin.workers import _kill
from lisa_core.host.temporary import _making, locked, sweep_again, temporary
from tests.gherkin.copies import python

RUN = """\
import threading
import pytest
from lisa_core.harness.start.run import Order, run
from lisa_core.host import interruption

interruption.BREAK_IN_S, interruption.AT_LAST_S = 0.1, 0.5

class Slow:
    @pytest.hookimpl(wrapper=True)
    def pytest_lisa_run_ended(self, run):
        {before}
        yield
        {after}

def pause(seconds):
    threading.Event().wait(seconds)

raise SystemExit(run(Order(["."], clock="{clock}"), [Slow()]))
"""
STEPS = '''\
import os, signal, threading
from contextlib import ExitStack
from pytest_bdd import then, when
from lisa_core.host.temporary import temporary_folder

def interrupted():
    temporary_folder(ExitStack(), "probe")
    os.kill(os.getpid(), signal.SIGINT)

@when("der Schritt nichts mehr hört")
def deaf():
    """Wenn der Schritt nichts mehr hört"""
    interrupted()
    while True:
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            pass

@when("die Schleife stillsteht")
async def stands(scene):
    """Wenn die Schleife stillsteht"""
    interrupted()
    threading.Event().wait()

@when("unterbrochen wird")
def ends(scene):
    """Wenn unterbrochen wird"""
    interrupted()

@then("ist es zu Ende")
def over(scene):
    """Dann ist es zu Ende"""
'''
FEATURE = """\
# language: de
Funktionalität: Ende

  Szenario: Es endet nicht von selbst
    Wenn {sentence}
    Dann ist es zu Ende
"""
ENDS = {
    "a step swallows every interrupt": ("der Schritt nichts mehr hört", "virtual", "", ""),
    "the loop stands still": ("die Schleife stillsteht", "real", "", ""),
    "it is slow to write its report": ("unterbrochen wird", "virtual", "pause(1.5)", ""),
    "nobody reads what it says at the end": ("unterbrochen wird", "virtual", "", "pause(30)"),
}


@pytest.mark.parametrize("name", ENDS)
def test_the_run_is_ended_and_nothing_is_left(name: str, tmp_path: Path) -> None:
    sentence, clock, before, after = ENDS[name]
    tmp_path.joinpath("conftest.py").write_text(STEPS, encoding="utf-8")
    tmp_path.joinpath("a.feature").write_text(FEATURE.format(sentence=sentence), encoding="utf-8")
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    code_of_run = RUN.format(clock=clock, before=before or "pass", after=after or "pass")
    code, output = python(code_of_run, tmp_path, TMPDIR=str(temporary))
    assert code == 130, output
    assert "Traceback" not in output
    report = tmp_path.joinpath("out", "report.html").read_text(encoding="utf-8")
    assert "abgebrochen" in report, output
    assert "läuft noch" not in report
    assert tmp_path.joinpath("out", "junit.xml").is_file()
    assert not list(temporary.iterdir())


def test_a_folder_is_swept_whose_program_was_killed_before_it_had_its_lock(tmp_path: Path) -> None:
    killed = """\
import os, sys
sys.addaudithook(lambda event, args: os.kill(os.getpid(), 9) if event == "fcntl.flock" else None)
from contextlib import ExitStack
from lisa_core.host.temporary import temporary_folder
temporary_folder(ExitStack(), "probe")
"""
    done = subprocess.run([sys.executable, "-c", killed], env={**os.environ, "TMPDIR": str(tmp_path)}, check=False)
    assert done.returncode == -9
    assert list(tmp_path.iterdir())
    sweep_again(str(tmp_path))
    assert not list(tmp_path.iterdir())


def test_a_folder_that_others_begin_to_sweep_as_often_as_it_is_made_is_locked_at_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make, sweeping = tempfile.mkdtemp, list[int]()

    def made(prefix: str, dir: str) -> str:
        folder = make(prefix=prefix, dir=dir)
        if len(sweeping) < 5 and (lock := locked(Path(folder))) is not None:
            sweeping.append(lock)
        return folder

    monkeypatch.setattr(tempfile, "mkdtemp", made)
    with temporary("probe", str(tmp_path)) as folder:
        for lock in sweeping:
            os.close(lock)
        sweep_again(str(tmp_path))
        assert list(tmp_path.iterdir()) == [folder]


def test_nobody_is_killed_who_has_the_number_of_a_worker_that_died() -> None:
    orphan = "import subprocess as s; print(s.Popen(['sleep', '60'], stdout=s.DEVNULL, stderr=s.DEVNULL).pid)"
    stranger = int(subprocess.run([sys.executable, "-c", orphan], capture_output=True, check=True).stdout)
    with ExitStack() as kept:
        handle = os.pidfd_open(stranger)
        kept.callback(os.close, handle)
        kept.callback(signal.pidfd_send_signal, handle, signal.SIGKILL)
        _kill([stranger])
        assert not select.select([handle], [], [], 0.2)[0]


def test_a_child_makes_folders_of_its_own_whatever_its_parent_was_making(tmp_path: Path) -> None:
    """A simulation forks its workers, while other threads of the program may be making one."""
    with _making[0]:
        child = multiprocessing.get_context("fork").Process(target=_makes_one, args=(tmp_path,))
        child.start()
        child.join(60)
        if child.is_alive():
            child.kill()
    assert child.exitcode == 0
    assert list(tmp_path.iterdir()) == []


def _makes_one(place: Path) -> None:
    with temporary("kind", str(place)) as folder:
        assert folder.is_dir()
