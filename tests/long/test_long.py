"""`make test-long` in parts: a pretended table, really stopped and really killed, goes on where it was."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.long import mutants
from tests.long.parts import MOST_S, PARTS, Part, chosen, left_out
from tests.long.record import WELL, opened, say, state, whole
from tests.long.run import GREEN, IS_BUSY, IS_MISSING, IS_RED, ROOT, STOPPED, Long, commit, told
from tests.system.programs import LIMIT_S, children, wait_until

TABLE = """\
import sys
from pathlib import Path
from tests.long.parts import Part, chosen
from tests.long.run import Long, run

PARTS = (Part("rest", "R", 1), Part("first", "F", 1, ("tests/test_first.py",), spread=True))
words = sys.argv[1:]
most_s = float(words.pop(0))
sys.exit(run(Long(PARTS, Path.cwd(), Path.cwd() / "out" / "record.jsonl", most_s), chosen(words, PARTS)))
"""
WAITS = """\
import signal
import time
from pathlib import Path
import pytest

signal.signal(signal.SIGINT, signal.default_int_handler)

@pytest.mark.parametrize("number", range(6))
def test_it(number):
    with Path("ran").open("a") as ran:
        ran.write(f"{number}\\n")
    if number == 3:
        Path("reached").touch()
        while not Path("go").exists():
            time.sleep(0.01)
    if number == 4:
        assert Path("mended").exists()
"""


class Pretended:
    """A folder with two parts of its own; the second one stands still in the middle until the file `go` is there."""

    def __init__(self, home: Path) -> None:
        self.home, self.record = home, home / "out" / "record.jsonl"
        (home / "tests").mkdir()
        (home / "table.py").write_text(TABLE, encoding="utf-8")
        (home / "pytest.ini").write_text(
            "[pytest]\naddopts = --import-mode=importlib -p no:hypothesispytest\n", encoding="utf-8"
        )
        (home / "tests" / "test_first.py").write_text(WAITS, encoding="utf-8")
        (home / "tests" / "test_other.py").write_text("def test_well():\n    pass\n", encoding="utf-8")

    def start(self, *words: str, most_s: float = MOST_S) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "table.py", str(most_s), *words],
            cwd=self.home,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, *words: str, most_s: float = MOST_S) -> tuple[int, str]:
        going = self.start(*words, most_s=most_s)
        said, _ = going.communicate(timeout=LIMIT_S)
        return going.returncode, said

    def reached(self) -> None:
        wait_until((self.home / "reached").exists, "the test that waits is reached")
        (self.home / "reached").unlink()

    def passed(self) -> set[str]:
        return {name.rpartition("::")[2] for name in state(whole(self.record), "first").of(WELL)}

    def times(self, number: int) -> int:
        return (self.home / "ran").read_text(encoding="ascii").split().count(str(number))


@pytest.mark.timeout(4 * LIMIT_S)
def test_what_is_stopped_or_killed_goes_on_where_it_was(tmp_path: Path) -> None:
    pretended = Pretended(tmp_path)
    stopped = pretended.start("first")
    pretended.reached()
    stopped.send_signal(signal.SIGINT)
    said, _ = stopped.communicate(timeout=LIMIT_S)
    assert stopped.returncode == STOPPED, said
    assert "goes on here" in said
    assert "test_it[3]" not in pretended.passed()

    killed = pretended.start("2")
    pretended.reached()
    (orphan,) = [pid for pid in children(killed.pid) if os.getpgid(pid) == pid]
    killed.kill()
    assert pretended.run()[0] == IS_BUSY
    os.killpg(orphan, signal.SIGKILL)
    killed.communicate(timeout=LIMIT_S)

    (tmp_path / "go").touch()
    code, said = pretended.run()
    assert code == IS_RED, said
    assert "failed: tests/test_first.py::test_it[4]" in said
    assert (pretended.times(3), pretended.passed()) == (3, {f"test_it[{number}]" for number in (0, 1, 2, 3, 5)})
    assert min(pretended.times(number) for number in range(6)) == 1

    (tmp_path / "mended").touch()
    assert pretended.run("first")[0] == GREEN
    assert (pretended.times(3), pretended.times(4) > 1) == (3, True)


def test_a_part_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    code, said = Pretended(tmp_path).run("rest", most_s=0.0)
    assert (code, "minutes are over" in said) == (IS_MISSING, True), said


def test_another_commit_begins_anew_and_a_torn_line_is_dropped(tmp_path: Path) -> None:
    path = tmp_path / "out" / "record.jsonl"
    with opened(path, "a") as (_, is_new):
        assert is_new
        say(path, part="p", planned=["x", "y"])
        say(path, part="p", test="x", outcome=WELL)
    with path.open("a", encoding="utf-8") as file:
        file.write('{"part": "p", "test": "y", "outc')
    with opened(path, "a") as (_, is_new):
        assert not is_new
        say(path, part="p", took_s=2.0)
    found = state(whole(path), "p")
    assert (found.missing, found.took_s, found.finished) == (["y"], 2.0, False)
    with opened(path, "b") as (_, is_new):
        assert is_new
    assert not state(whole(path), "p").begun


def test_a_change_makes_another_commit(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    before = commit(tmp_path)
    (tmp_path / "new").touch()
    assert len({before, commit(tmp_path), commit(ROOT)}) == 3


def test_what_mutmut_has_not_decided_is_missing(tmp_path: Path) -> None:
    folder = tmp_path / "mutants" / "house"
    folder.mkdir(parents=True)
    codes = {
        "house.a__1": 1,
        "house.a__2": 0,
        "house.a__3": None,
        "house.a__4": 2,
        "house.a__5": -15,
        "other.a__1": None,
    }
    (folder / "a.py.meta").write_text(json.dumps({"exit_code_by_key": codes}), encoding="utf-8")
    found = mutants.state_of(tmp_path, "house.*")
    assert found.missing == ["house.a__3", "house.a__4", "house.a__5"]
    assert (found.of(WELL), found.of(mutants.SURVIVED)) == (["house.a__1"], ["house.a__2"])
    long = Long((Part("m", "M", 1, mutants="house.*"),), tmp_path, tmp_path / "record.jsonl")
    assert long.command(long.parts[0])[-1] == "house.*"
    say(long.record, part="m", planned=["house.*"])
    assert long.command(long.parts[0])[2:] == found.missing
    assert any("survived: house.a__2" in line for line in told(long, long.parts))


def test_the_parts_are_short_enough_and_each_test_is_in_one() -> None:
    assert all(0 < part.minutes * 60 <= MOST_S for part in PARTS)
    (rest,) = (part for part in PARTS if not part.takes and not part.mutants)
    taken = left_out(rest, PARTS)
    assert all((ROOT / one).exists() for one in taken)
    assert not [(one, two) for one in taken for two in taken if one != two and f"{one}/".startswith(f"{two}/")]
    assert chosen([], PARTS) == [*PARTS]
    assert chosen(["fuzz", "1"], PARTS)[1] is PARTS[0]
    with pytest.raises(KeyError):
        chosen(["fuz"], PARTS)
