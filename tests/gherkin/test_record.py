"""The record: summary line, exit code, and which verdict wins."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from lisa_core.harness.report.record import (
    Evidence,
    ExitCode,
    RunRecord,
    ScenarioRecord,
    State,
    StepRecord,
    Verdict,
    duration_text,
    exit_code,
    summary_line,
)
from lisa_core.harness.report.report import data_uri, render
from lisa_core.harness.report.writer import write_whole

P, F, N, H, A = (
    Verdict.PASSED,
    Verdict.FAILED,
    Verdict.NOT_CHECKED,
    Verdict.HARNESS,
    Verdict.NOT_APPLICABLE,
)


def run_of(*verdicts: Verdict, state: State = State.FINISHED, evidence: tuple[Evidence, ...] = ()) -> RunRecord:
    scenarios = tuple(
        ScenarioRecord(
            id=f"s{number}",
            name=f"Szenario <{number}>",
            feature="Fähigkeit & Können",
            file=Path("a.feature"),
            line=number,
            tags=frozenset({"anf:S0.10"}),
            steps=(StepRecord("Dann", "ist <b>alles</b> gut", 3, verdict),),
            verdict=verdict,
            evidence=evidence,
        )
        for number, verdict in enumerate(verdicts, start=1)
    )
    return RunRecord("emulated", "real", 0, datetime(2026, 11, 22, tzinfo=UTC), state, scenarios)


@pytest.mark.parametrize(
    ("run", "line", "code"),
    [
        (run_of(*[P] * 8), "8 Szenarien: 8 bestanden", ExitCode.PASSED),
        (run_of(P, P, F), "3 Szenarien: 2 bestanden, 1 nicht bestanden", ExitCode.FAILED),
        (run_of(P, H, F), "3 Szenarien: 1 bestanden, 1 nicht bestanden, 1 Prüffehler", ExitCode.FAILED),
        (run_of(P, H, N), "3 Szenarien: 1 bestanden, 1 nicht geprüft, 1 Prüffehler", ExitCode.HARNESS),
        (run_of(P, N), "2 Szenarien: 1 bestanden, 1 nicht geprüft", ExitCode.UNDECIDED),
        (run_of(P, A), "2 Szenarien: 1 bestanden, 1 nicht anwendbar", ExitCode.PASSED),
        (run_of(A), "1 Szenario: 1 nicht anwendbar", ExitCode.UNDECIDED),
        (run_of(), "0 Szenarien: nichts geprüft", ExitCode.UNDECIDED),
        (run_of(P, state=State.RUNNING), "1 Szenario: 1 bestanden", ExitCode.UNDECIDED),
        (run_of(P, state=State.INTERRUPTED), "1 Szenario: 1 bestanden", ExitCode.INTERRUPTED),
        (run_of(P, state=State.REFUSED), "1 Szenario: 1 bestanden", ExitCode.BAD_INPUT),
    ],
)
def test_summary_and_exit_code(run: RunRecord, line: str, code: ExitCode) -> None:
    assert (summary_line(run), exit_code(run)) == (line, code)


@pytest.mark.parametrize("state", [State.RUNNING, State.INTERRUPTED, State.REFUSED])
def test_only_a_finished_run_reads_as_passed(state: State) -> None:
    assert 'class="headline good"' in render(run_of(P, A))
    page = render(run_of(P, state=state))
    assert 'class="headline good"' not in page
    assert 'class="incomplete"' in page


def test_report_escapes_what_it_is_given_and_loads_nothing() -> None:
    svg = Evidence("u.svg", "image/svg+xml", b"<svg onload='alert(1)'/>", 'Unterschrift "A"')
    page = render(run_of(P, evidence=(svg, Evidence("t", "text/plain", b"<script>", "Text"))))
    assert "ist &lt;b&gt;alles&lt;/b&gt; gut" in page
    assert page.count("<script") == 1, "our own, whose digest the page's policy names"
    assert "&lt;script&gt;" in page
    assert "onload" not in page
    assert f'<img src="{data_uri(svg)}" alt="Unterschrift &#34;A&#34;">' in page
    assert "http" not in page.replace("http-equiv", "")
    strange = Evidence("x", 'text/html"><script>', b"", "")
    assert data_uri(strange) == "data:text/html;base64,"


def test_report_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "neu" / "report.html"
    write_whole(path, "eins")
    with pytest.raises(UnicodeEncodeError):
        write_whole(path, "zwei\udc80")
    assert path.read_text(encoding="utf-8") == "eins"
    assert [found.name for found in path.parent.iterdir()] == ["report.html"]


def test_durations_are_german() -> None:
    assert [duration_text(us) for us in (5_000, 2_500_000, 123_000_000, 28_800_000_000)] == [
        "0,00 s",
        "2,50 s",
        "2 min 03 s",
        "8 h 00 min",
    ]
