"""The comparison of two runs of the tests gives figures, for the tests that ran in both."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.bench_tests import main

REPORT = '<testsuites><testsuite name="pytest" time="{wall}">{cases}</testsuite></testsuites>'
CASE = '<testcase classname="tests.a" name="{name}" time="{time}">{part}</testcase>'


def report(path: Path, wall: float, **cases: float | str) -> str:
    """`cases`: the seconds of each test, or what it was instead of passed."""
    parts = [
        CASE.format(name=name, time=0 if isinstance(took, str) else took, part=f"<{took}/>" if took in PARTS else "")
        for name, took in cases.items()
    ]
    path.write_text(REPORT.format(wall=wall, cases="".join(parts)), encoding="utf-8")
    return str(path)


PARTS = ("skipped", "failure")


@pytest.mark.bench
def test_figures_come_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = report(tmp_path / "old.xml", 10.0, x=4.0, y=2.0, gone=3.0, z=1.0)
    assert main([old, report(tmp_path / "new.xml", 6.0, x=1.0, y=2.5, added=9.0, z="skipped")]) == 0
    said = capsys.readouterr().out
    assert "2 tests ran in both, 2 only in the old run, 1 only in the new one" in said
    assert "6.0 s ->      3.5 s   0.58x" in said
    assert "10.0 s ->      6.0 s   0.60x" in said
    assert said.index("tests.a::x") < said.index("tests.a::y")
    assert main([old, report(tmp_path / "slow.xml", 9.0, x=1.0, y=1.0)]) == 1
    assert main([old, report(tmp_path / "red.xml", 1.0, x=1.0, y="failure")]) == 1
    with pytest.raises(SystemExit):
        main([old, report(tmp_path / "other.xml", 1.0, other=1.0)])
