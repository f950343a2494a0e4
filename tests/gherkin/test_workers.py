"""Several scenarios at once with pytest-xdist: the report is as complete as that of one process."""

from __future__ import annotations

import json
from datetime import timedelta

from lisa_core.harness.report.messages_read import read
from lisa_core.harness.report.record import RunRecord, State, Verdict
from tests.gherkin.conftest import GOOD, HEAD, Folder

CRASH = """\
import os

from pytest_bdd import when


@when("der Prozess stirbt")
def dies():
    os._exit(9)
"""


def several(folder: Folder) -> None:
    for number in range(4):
        folder.write(f"f{number}", HEAD.format(name=f"F{number}") + GOOD.format(name="Gut", total=5))
    folder.write("rot", HEAD.format(name="Rot") + GOOD.format(name="Falsch", total=6))
    folder.write(
        "aside",
        HEAD.format(name="Abseits") + "  @stufe:hardware @braucht:presence\n" + GOOD.format(name="Draht", total=5),
    )


def test_report_is_complete_with_two_workers(folder: Folder) -> None:
    several(folder)
    records = []
    for workers in (1, 2):
        code, output = folder.run(workers=workers)
        assert code == 1
        assert "6 Szenarien: 4 bestanden, 1 nicht bestanden, 1 nicht anwendbar" in output, output
        assert "│   gefunden: 5" in output
        records.append(read((folder.path / "out" / "messages.ndjson").read_text(encoding="utf-8")))
    one, two = ({scenario.id: scenario for scenario in run.scenarios} for run in records)
    assert one.keys() == two.keys()
    for name, scenario in one.items():
        assert (scenario.verdict, scenario.steps[-1].error) == (two[name].verdict, two[name].steps[-1].error)
        assert [evidence.data for evidence in scenario.evidence] == [evidence.data for evidence in two[name].evidence]
    assert folder.report.count("<article") == 6


def test_plain_pytest_with_workers_is_as_strict(folder: Folder) -> None:
    several(folder)
    code, output = folder.pytest(".", "-n", "2")
    assert (code, "1 failed, 4 passed" in output) == (1, True), output


def test_mistakes_are_told_once_and_nothing_runs(folder: Folder) -> None:
    several(folder)
    folder.write("falle", "  Szenario: A\n    Wen die Tür aufgeht\n")
    code, output = folder.run(workers=2)
    assert code == 4
    assert output.count("Meinten Sie „Wenn“?") == 1
    assert not (folder.path / "out").exists()
    code, output = folder.pytest(".", "-n", "1")
    assert (code, "passed" in output) == (2, False), output


def test_worker_that_dies_leaves_a_fault_and_no_pass(folder: Folder) -> None:
    with (folder.path / "conftest.py").open("a", encoding="utf-8") as conftest:
        conftest.write(CRASH)
    several(folder)
    scenario = GOOD.format(name="Stirbt", total=5).replace("3 dazukommt", "der Prozess stirbt")
    folder.write("stirbt", HEAD.format(name="Stirbt") + scenario)
    code, output = folder.run(workers=2)
    assert code == 1
    assert "Der Prozess, in dem das Szenario lief, ist abgestürzt." in output
    run = read((folder.path / "out" / "messages.ndjson").read_text(encoding="utf-8"))
    dead = next(scenario for scenario in run.scenarios if scenario.name == "Stirbt")
    assert (dead.verdict, run.state) == (Verdict.HARNESS, State.FINISHED)
    last = json.loads((folder.path / "out" / "messages.ndjson").read_text(encoding="utf-8").splitlines()[-1])
    assert last["testRunFinished"]["success"] is False


MEASURED = """\
  @anf:K.1
  Szenario: {name}
    Angenommen die Zahl ist 2
    Wenn es nach {value} s klingelt
    Und 1 s vergehen
    Dann ist die Summe 2
"""
LIMIT = """\
[[anforderung]]
id = "K.1"
text = "T"
text_en = "T"
quelle = "Q"

[anforderung.grenze]
messung = "anruf.klingelt"
hoechstens = 2
einheit = "s"
unsicherheit = 0.1
"""


def beside(run: RunRecord, measured: str) -> list[str]:
    """What ran while this did, when it ran last."""
    spans = {}
    for one in run.scenarios:
        assert one.started is not None
        spans[one.name] = one.started, one.started + timedelta(microseconds=one.duration_us)
    begin, end = spans.pop(measured)
    return [name for name, (since, until) in spans.items() if since < end and begin < until]


def test_nothing_runs_beside_what_is_measured_against_a_limit_and_not_kept(folder: Folder) -> None:
    """Beside others it says nothing that a limit is not kept; alone it does. What is kept beside others is kept."""
    (folder.path / "anforderungen").mkdir()
    (folder.path / "anforderungen" / "eigene.toml").write_text(LIMIT, encoding="utf-8")
    for name, value in (("Langsam", 3), ("Schnell", 1)):
        folder.write(f"a-{name}", MEASURED.format(name=name, value=value))
    for number in range(6):
        scenario = GOOD.format(name=f"Länger {number}", total=5)
        folder.write(f"b{number}", scenario.replace("    Dann", "    Und 1 s vergehen\n    Dann"))
    code, output = folder.run(workers=2, clock="real")
    run = read((folder.path / "out" / "messages.ndjson").read_text(encoding="utf-8"))
    assert (code, len(run.scenarios)) == (1, 8), output
    taken = {one.name: [value.verdict for value in one.measurements] for one in run.scenarios if one.measurements}
    assert taken == {"Langsam": [Verdict.UNDECIDED, Verdict.FAILED], "Schnell": [Verdict.PASSED]}
    assert beside(run, "Langsam") == []
    assert beside(run, "Schnell")
