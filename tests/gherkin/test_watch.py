"""`lisa run --watch`: after each save what it reaches, in a pipe and in a terminal, until Ctrl-C."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from lisa_core.harness.choice.change import ChangedFile, Effect
from lisa_core.harness.choice.effects import Reads
from lisa_core.harness.start.again import order_as_text, order_from
from lisa_core.harness.start.run import Order
from lisa_core.harness.start.watch import changes_between, snapshot
from tests.gherkin.conftest import GOOD, Folder

LONG = os.environ.get("LISA_LONG") == "1"
WAITS = "Wartet auf gespeicherte Dateien"
CODE = """\
import sys
from lisa_core.harness.start.run import Order
from lisa_core.harness.start.watch import changes_between, snapshot
from lisa_core.harness.start.watch import watch
sys.exit(watch(Order(["."], options=["--lisa-steps=", "--lisa-scene=conftest:open_scene"])))
"""


class Watched:
    """A run that goes on, and what it has said."""

    def __init__(self, process: subprocess.Popen[bytes], reader: int) -> None:
        self.process, self._reader, self.said = process, reader, ""

    def until(self, text: str) -> str:
        """Read until it says this; returns what it said meanwhile."""
        begun = len(self.said)
        while text not in self.said[begun:]:
            piece = os.read(self._reader, 65536)
            assert piece, self.said
            self.said += piece.decode("utf-8", "replace")
        return self.said[begun:]


@contextmanager
def watching(folder: Folder, *, terminal: bool) -> Iterator[Watched]:
    reader, writer = pty.openpty() if terminal else os.pipe()
    command = [sys.executable, "-c", CODE]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "TERM": "xterm"}
    with subprocess.Popen(
        command, cwd=folder.path, stdin=subprocess.DEVNULL, stdout=writer, stderr=writer, env=environment
    ) as process:
        os.close(writer)
        try:
            yield Watched(process, reader)
        finally:
            process.kill()
            os.close(reader)


@pytest.mark.skipif(not LONG, reason="fünf Läufe hintereinander: nur mit LISA_LONG=1")
@pytest.mark.parametrize("terminal", [False, True])
def test_what_was_saved_is_run_again_and_ctrl_c_ends_it(folder: Folder, *, terminal: bool) -> None:
    folder.write("a", GOOD.format(name="Eins", total=5) + "\n" + GOOD.format(name="Zwei", total=6))
    with watching(folder, terminal=terminal) as run:
        assert "2 Szenarien: 1 bestanden, 1 nicht bestanden" in run.until(WAITS)
        folder.write("a", GOOD.format(name="Eins", total=5) + "\n" + GOOD.format(name="Zwei", total=5))
        again = run.until(WAITS)
        assert "Gespeichert: a.feature" in again
        assert "Nur was eine Änderung seit dem letzten Lauf berühren kann: 1 von 2 Szenarien." in again
        assert "1 Szenario: 1 bestanden" in again
        assert len(list(folder.path.glob("out/runs/*/nachlauf.txt"))) == 1, "what was asked for is counted apart"
        assert ("\x1b[2J" in again) == terminal
        (folder.path / "README.md").write_text("# Nur Text\n", encoding="utf-8")
        assert "Das kann kein Szenario berühren." in run.until(WAITS)
        run.process.send_signal(signal.SIGINT)
        assert run.process.wait(timeout=60) == 130


@pytest.mark.skipif(not LONG, reason="zwei Läufe: nur mit LISA_LONG=1")
def test_ctrl_c_in_the_middle_of_a_run_ends_both(folder: Folder) -> None:
    folder.write("a", GOOD.format(name="Eins", total=5).replace("3 dazukommt", "alle auf nichts warten"))
    with watching(folder, terminal=False) as run:
        run.until("Szenario: Eins")
        run.process.send_signal(signal.SIGTERM)
        run.until("abgebrochen")
        assert run.process.wait(timeout=60) == 130
        assert "unvollständig" in folder.report


def test_an_order_travels_as_it_is(tmp_path: Path) -> None:
    effects = (Effect("so", lines=(3, 4), file="a"), Effect("anders", words=("Wohngeld",)))
    order = Order(
        ["a", "b.feature:3"],
        out="x",
        seed=7,
        options=("-x",),
        affected="HEAD",
        shard="1/2",
        durations="d",
        effects=effects,
        saved=True,
    )
    file = tmp_path / "order.json"
    file.write_text(order_as_text(order), encoding="utf-8")
    back = order_from(file)
    assert (back.affected, back.shard, back.durations, back.effects) == ("HEAD", "1/2", "d", effects)
    assert (list(back.paths), back.seed, back.out, list(back.options)) == (["a", "b.feature:3"], 7, "x", ["-x"])
    assert back.saved


def test_a_look_sees_what_was_saved_and_nothing_else(tmp_path: Path) -> None:
    for name in ("a.feature", "daten.csv", ".git/index", "out/report.html", "venv/pyvenv.cfg", "venv/x.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("eins", encoding="utf-8")
    reads = Reads(tmp_path, frozenset(), frozenset(), aside=(tmp_path / "out",))
    then = snapshot([tmp_path], reads)
    assert {Path(path).name for path in then.stamps} == {"a.feature", "daten.csv"}
    (tmp_path / "a.feature").touch()
    (tmp_path / "b.py").write_text("zwei", encoding="utf-8")
    (tmp_path / "daten.csv").write_text("zwei Worte", encoding="utf-8")
    now = snapshot([tmp_path], reads, then)
    new = ChangedFile(tmp_path / "b.py", None, b"zwei")
    assert changes_between(then, now) == (new, ChangedFile(tmp_path / "daten.csv"))
    (tmp_path / "b.py").unlink()
    assert changes_between(now, snapshot([tmp_path], reads, now)) == (ChangedFile(tmp_path / "b.py", b"zwei", None),)
