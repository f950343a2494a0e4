"""`lisa run` keeps each run, runs again what is open, and says what the runs before say."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lisa_core.harness.history.known import FILE
from lisa_core.harness.history.place import LATEST, RUNS, kept
from lisa_core.harness.report.messages_read import read
from lisa_core.harness.report.record import JUNIT, MESSAGES, PAGE, RunRecord
from tests.gherkin.conftest import GOOD, Folder
from tests.history.test_past import ENTRY

LONG = os.environ.get("LISA_LONG") == "1"
ONCE = """

@then("ist es beim ersten Mal nicht gut")
def not_at_once():
    try:
        os.mkdir("schon")
    except FileExistsError:
        return
    assert False, "zum ersten Mal"
"""
SOMETIMES = "  Szenario: Manchmal\n    Angenommen die Zahl ist 2\n    Dann ist es beim ersten Mal nicht gut\n"


def run_in(folder: Path) -> RunRecord:
    return read((folder / MESSAGES).read_text(encoding="utf-8"))


@pytest.mark.parametrize("workers", [1, *([2] if LONG else [])])
def test_a_run_is_kept_repeated_and_run_again_where_it_is_open(tmp_path: Path, workers: int) -> None:
    folder = Folder(tmp_path)
    with (tmp_path / "conftest.py").open("a", encoding="utf-8") as steps:
        steps.write(ONCE)
    folder.write("tuer", GOOD.format(name="Immer", total=5) + SOMETIMES + GOOD.format(name="Nie", total=6))
    (tmp_path / FILE).write_text(ENTRY.format(name="Nie", day="2999-12-31"), encoding="utf-8")
    code, output = folder.run(repeat=3, workers=workers)
    assert code == 1, output
    for words in (
        "9 Szenarien: 5 bestanden, 4 nicht bestanden, davon 3 bekannt",
        "Instabil: Manchmal: 2 von 3 bestanden",
    ):
        assert words in output, output
    assert "Bericht: out/report.html" in output
    (first,) = kept(tmp_path / "out" / RUNS)
    before = {path.name: path.read_bytes() for path in first.iterdir()}
    assert set(before) == {MESSAGES, PAGE, JUNIT}
    assert before[JUNIT].count(b"<testcase ") == 9
    code, output = folder.run(failed=True)
    assert (code, f"nicht geprüft: 2 aus dem Lauf {first.name}." in output) == (1, True), output
    assert "2 Szenarien: 1 bestanden, 1 nicht bestanden" in output
    assert "wieder bestanden: Manchmal" in output
    _, second = kept(tmp_path / "out" / RUNS)
    assert {path.name: path.read_bytes() for path in first.iterdir()} == before
    assert (tmp_path / "out" / LATEST).resolve() == second
    assert [one.name for one in run_in(tmp_path / "out").scenarios] == ["Manchmal", "Nie"]
    past = run_in(second).past
    assert (past.before, [row for _, row in past.rows]) == (first.name, ["~✓", "✗✗"])
