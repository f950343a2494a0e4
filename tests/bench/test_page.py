"""docs/leistung.md holds a table that `make bench` has printed, and says why a goal in it is missed."""

from __future__ import annotations

from importlib import import_module

from tests.bench.__main__ import BENCHMARKS, PAGE, TABLE, table, written
from tests.bench.pair import HEAD, Row


def test_every_goal_that_is_missed_is_explained_and_no_other() -> None:
    text = PAGE.read_text(encoding="utf-8")
    [printed] = TABLE.findall(text)
    rows = [line.split(" | ") for line in printed.splitlines() if line.endswith((" | erreicht |", " | verfehlt |"))]
    missed = [row[0].removeprefix("| ") for row in rows if row[-1] == "verfehlt |"]
    explained = [line[4:] for line in text.splitlines() if line.startswith("### ")]
    assert len(rows) > len(BENCHMARKS)
    assert HEAD in printed
    assert explained == missed


def test_every_benchmark_gives_rows_and_the_table_is_found_again() -> None:
    assert all(callable(import_module(f"tests.bench.bench_{name}").rows) for name in BENCHMARKS)
    printed = table([Row("a", "1 s", "vorher", "2 s", 0.5, 0.5), Row("b", "3 s", "vorher", "2 s", 1.5, 0.5)])
    assert "| a | 1 s | vorher | 2 s | 0,5 | höchstens 0,5 | erreicht |" in printed
    assert "| b | 3 s | vorher | 2 s | 1,5 | höchstens 0,5 | verfehlt |" in printed


def test_what_was_measured_alone_leaves_the_other_rows() -> None:
    old, new, more = (Row(name, "1 s", "vorher", "2 s", 0.5, 0.5) for name in "aba")
    page = "<!-- Tabelle: make bench -->\n<!-- Ende der Tabelle -->"
    page = written(page, table([old, new]), [])
    both = written(
        written(page, table([Row("b", "9 s", "vorher", "2 s", 4.5, 0.5)]), ["ring"]), table([more]), ["ring"]
    )
    assert [line[:9] for line in both.splitlines() if line.startswith("| ")] == ["| Was | h", "| a | 1 s", "| b | 9 s"]
    assert both.count("gemessen am") == 2
    assert both.count("ring: ") == 1
