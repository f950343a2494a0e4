"""`lisa run` itself: verdicts, exit codes, the summary, the report, selection, both clocks, every early end."""

from __future__ import annotations

import re
import signal
import subprocess
import time

import pytest

from lisa_core.harness.history.still_open import still_open
from lisa_core.harness.report.judgement import measured_text
from lisa_core.harness.report.messages_read import read
from lisa_core.harness.report.record import Verdict
from tests.gherkin.conftest import GOOD, HEAD, Folder
from tests.gherkin.copies import Copy
from tests.gherkin.test_runtime_traps import LIMIT
from tests.system.slowed import slowed

BAD = GOOD.replace("{name}", "Falsch").format(total=6)


def with_step(step: str) -> str:
    return f"  Szenario: A\n    Angenommen die Zahl ist 2\n    {step}\n    Dann ist die Summe 2\n"


def test_good_folder_is_green_without_any_python_beside_the_steps(folder: Folder) -> None:
    folder.write("gut", GOOD.format(name="Eins", total=5))
    windows = HEAD.format(name="Mit BOM") + GOOD.format(name="Eins", total=5)
    (folder.path / "windows.feature").write_text(windows, encoding="utf-8-sig", newline="\r\n")
    code, output = folder.run()
    assert code == 0, output
    assert "2 Szenarien: 2 bestanden" in output.splitlines()
    assert "✓ Wenn 3 dazukommt" in output
    assert "Bericht: out/report.html" in output
    assert folder.report.count('<li class="passed">') == 6
    code, output = folder.pytest()
    assert code == 0
    assert "2 passed" in output


def test_failed_step_says_expected_and_found_and_leaves_the_rest_unchecked(folder: Folder) -> None:
    folder.write("rot", BAD + "    Und ist die Summe 5\n\n" + GOOD.format(name="Gut", total=5))
    code, output = folder.run()
    assert code == 1
    assert "2 Szenarien: 1 bestanden, 1 nicht bestanden" in output.splitlines()
    block = re.search(r"┌ rot\.feature:7\n.*│ Dann ist die Summe 6\n.*│   gefunden: 5\n.*│   erwartet: 6\n", output)
    assert block, output
    assert re.search(r"– Und ist die Summe 5\s+nicht geprüft", output)
    assert "Traceback" not in output
    assert "_pytest" not in output
    assert "gefunden: 5" in folder.report
    assert "Traceback" in folder.run(verbose=True)[1]


def test_what_is_not_a_pass_never_counts_as_one(folder: Folder) -> None:
    steps = {
        "Wenn das Prüfmittel versagt": "Das Messgerät antwortet nicht.",
        "Wenn niemand wartet": "„async def“ und „await“ schreiben",
        "Wenn jemand das Warten vergisst": "was never awaited",
        "Wenn etwas übersprungen wird": "Übersprungen: heute nicht",
    }
    texts = [with_step(step).replace("Szenario: A", f"Szenario: {step}") for step in steps]
    folder.write("rot", "\n".join(texts))
    code, output = folder.run()
    assert (code, "4 Szenarien: 1 nicht geprüft, 3 Prüffehler" in output.splitlines()) == (3, True), output
    for words in steps.values():
        assert words in output + folder.report
    assert folder.run("rot.feature:22")[0] == 2


def test_async_steps_and_outlines_run_on_both_clocks(folder: Folder) -> None:
    rows = "    Beispiele:\n      | n | s |\n      | 1 | 3 |\n      | 2 | 9 |\n"
    outline = "  Szenariogrundriss: Viele\n    Angenommen die Zahl ist 2\n    Wenn <n> dazukommt\n"
    folder.write("viele", outline + "    Dann ist die Summe <s>\n" + rows)
    folder.write("lang", with_step("Wenn 28800 s vergehen"))
    for clock, path in (("real", "viele.feature"), ("virtual", ".")):
        code, output = folder.run(path, clock=clock)
        assert code == 1
        assert "Viele (2, 9)  viele.feature:11" in output
    assert re.search(r"✓ Wenn 28800 s vergehen\s+8 h 00 min", output)


def test_what_cannot_apply_is_named(folder: Folder) -> None:
    folder.write("gut", "  @stufe:wire\n" + GOOD.format(name="Draht", total=5))
    folder.write("auch", GOOD.format(name="Modell", total=5))
    code, output = folder.run(clock="virtual")
    assert code == 0
    assert "2 Szenarien: 1 bestanden, 1 nicht anwendbar" in output
    assert "Draht – @stufe:wire: nicht mit virtueller Uhr" in output
    assert folder.run("gut.feature", clock="virtual")[0] == 2


def test_line_selects_one_scenario_or_one_row(folder: Folder) -> None:
    folder.write("gut", GOOD.format(name="Eins", total=5) + "\n" + BAD)
    assert "1 Szenario: 1 nicht bestanden" in folder.run("gut.feature:10")[1]
    rows = "    Beispiele:\n      | n |\n      | 3 |\n      | 4 |\n"
    outline = GOOD.replace("Szenario:", "Szenariogrundriss:").replace("3 dazu", "<n> dazu")
    folder.write("viele", outline.format(name="V", total=5) + rows)
    assert "1 Szenario: 1 nicht bestanden" in folder.run("viele.feature:11")[1]
    assert "2 Szenarien: 1 bestanden, 1 nicht bestanden" in folder.run("viele.feature:5")[1]


def test_line_of_a_rule_selects_its_scenarios_and_the_blank_above_it_none(folder: Folder) -> None:
    background = "\n    Hintergrund:\n      Angenommen die Zahl ist 0\n\n"
    rule = f"\n  @frei:x\n  Regel: R\n{background}" + GOOD.format(name="Zwei", total=5) + "\n" + BAD
    path = folder.write("gut", GOOD.format(name="Eins", total=5) + rule)
    for line in (9, 10, 12, 14):
        assert "2 Szenarien: 1 bestanden, 1 nicht bestanden" in folder.run(f"gut.feature:{line}")[1]
    assert "In dieser Zeile steht kein Szenario." in folder.run("gut.feature:8")[1]
    assert "3 Szenarien" in folder.run(str(path), "gut.feature:4")[1]


def test_tags_of_features_and_rows_select_and_break_no_strict_project(folder: Folder) -> None:
    rows = "    @frei:x\n    Beispiele:\n      | n |\n      | 3 |\n"
    outline = GOOD.format(name="V", total=5).replace("Szenario:", "Szenariogrundriss:").replace("3 dazu", "<n> dazu")
    folder.write("gut", "  @anf:S0.10\n" + GOOD.format(name="E", total=5) + "\n" + outline + rows)
    assert "1 passed, 1 deselected" in folder.pytest(".", "--strict-markers", "-m", "frei:x")[1]


def test_a_booth_that_dies_between_the_steps_is_a_fault_of_the_harness(folder: Folder) -> None:
    folder.write("rot", "  @frei:absturz\n" + with_step("Wenn 5 s vergehen"))
    code, output = folder.run()
    assert code == 3
    assert "Die Kabine fiel mitten im Szenario aus: RuntimeError: Kurzschluss" in output


@pytest.mark.parametrize("clock", ["real", "virtual"])
def test_step_that_never_ends_is_ended_with_the_stacks(folder: Folder, clock: str) -> None:
    folder.write("rot", with_step("Wenn alle auf nichts warten") + "\n" + GOOD.format(name="Danach", total=5))
    code, output = folder.run(clock=clock, options=("--lisa-limit=0.3",))
    assert code == 3
    assert "2 Szenarien: 1 bestanden, 1 Prüffehler" in output
    assert "await asyncio.Event().wait()" not in output  # the stacks are for developers: with -v, and in the report
    assert "await asyncio.Event().wait()" in folder.report
    assert ("deadlock" if clock == "virtual" else "nach 0.3 s der echten Uhr") in output


@pytest.mark.parametrize(
    ("how", "clock"),
    [("alles blockiert", "virtual"), ("alles wartend blockiert", "virtual"), ("alles wartend blockiert", "real")],
)
def test_step_that_blocks_is_ended_and_the_run_leaves_its_report(folder: Folder, clock: str, how: str) -> None:
    with (folder.path / "conftest.py").open("a", encoding="utf-8") as conftest:
        conftest.write(BLOCKING)
    folder.write("rot", with_step(f"Wenn {how}") + "\n" + GOOD.format(name="Danach", total=5))
    code, output = folder.run(clock=clock, options=("--lisa-limit=0.3",))
    assert code == 3, output
    assert "nicht geendet" in folder.report or "zu keinem Ende" in folder.report
    assert "Traceback" not in output


def test_step_may_take_as_long_as_it_says(folder: Folder) -> None:
    with (folder.path / "conftest.py").open("a", encoding="utf-8") as conftest:
        conftest.write(BLOCKING)
    folder.write("gut", with_step("Wenn 0,8 s Ruhe ist"))
    code, output = folder.run(clock="real", options=("--lisa-limit=0.2",))
    assert (code, "1 Szenario: 1 bestanden" in output) == (0, True), output


def test_undecided_measurement_is_taken_again_and_all_values_are_told(folder: Folder) -> None:
    with (folder.path / "conftest.py").open("a", encoding="utf-8") as conftest:
        conftest.write(MEASURING)
    (folder.path / "anforderungen").mkdir()
    (folder.path / "anforderungen" / "eigene.toml").write_text(LIMIT, encoding="utf-8")
    for number, values in enumerate(VALUES):
        scenario = with_step(f"Wenn gemessen wird: {values}").replace("Szenario: A", f"Szenario: {values}")
        folder.write(f"messung{number}", HEAD.format(name=f"F{number}") + "  @anf:K.1\n" + scenario)
    code, output = folder.run(clock="virtual")
    assert code == 1, output
    run = read((folder.path / "out" / "messages.ndjson").read_text(encoding="utf-8"))
    junit = (folder.path / "out" / "junit.xml").read_text(encoding="utf-8")
    for one in run.scenarios:
        verdict, count = VALUES[one.name]
        assert (one.verdict, len(one.measurements)) == (verdict, count), one
        told = [measured_text(value) for value in one.measurements]
        assert [value.take for value in one.measurements] == list(range(1, count + 1))
        for text in told:
            assert text in output
            assert text in junit
    _, plain = folder.pytest()
    assert "2 failed, 1 passed" in plain or "3 failed, 1 passed" in plain, plain


def test_control_characters_of_a_name_are_shown_and_not_obeyed(folder: Folder) -> None:
    name = "Ende \x1b[2J\x07\x9b31m \u202egnuten"
    folder.write("rot", GOOD.format(name=name, total=6).replace("Szenario: ", "Szenario: "))
    _, output = folder.run()
    assert "Ende \\x1b[2J\\x07\\x9b31m \\u202egnuten" in output
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(output)


def test_booth_that_was_never_there_is_bad_input(folder: Folder) -> None:
    folder.write(
        "gut", "  @frei:fehlt\n" + GOOD.format(name="Eins", total=5) + "\n" + GOOD.format(name="Zwei", total=5)
    )
    code, output = folder.run()
    assert code == 4
    assert output.count("/dev/fehlt: Diesen Anschluss gibt es nicht.") == 1
    assert "Nicht gelaufen" in folder.report


def test_machine_without_room_is_no_bad_input(folder: Folder) -> None:
    folder.write("gut", "  @frei:voll\n" + GOOD.format(name="Eins", total=5))
    code, output = folder.run()
    assert code == 5, output
    assert output.count("/srv/daten: Der Speicherplatz ist voll.") == 1
    assert "Traceback" not in output


@pytest.mark.parametrize(
    ("clock", "stop"),
    [("real", signal.SIGINT), ("virtual", signal.SIGINT), ("real", signal.SIGTERM), ("virtual", signal.SIGHUP)],
)
def test_ctrl_c_ends_within_two_seconds_and_never_reads_as_passed(
    folder: Folder, clock: str, stop: signal.Signals
) -> None:
    busy = "Wenn 60 s vergehen" if clock == "real" else "Wenn 1000000 mal 1 s vergeht"
    folder.write("lang", GOOD.format(name="Gut", total=5) + "\n" + with_step(busy))
    process = folder.start(clock=clock)
    wait_for(process, "Szenario: A")
    assert "läuft noch / unvollständig" in folder.report
    with slowed(process.pid) as machine:
        began = time.monotonic()
        for _ in range(3):  # as a terminal, make and tox pass on one Ctrl-C
            process.send_signal(stop)
        output, _ = process.communicate(timeout=100)
        took_s = time.monotonic() - began
    assert took_s < 2 * machine.factor
    assert process.returncode == 130, output
    assert "2 Szenarien: 1 bestanden, 1 nicht geprüft" in output
    assert "abgebrochen" in folder.report
    assert 'class="headline bad"' in folder.report


def test_killed_run_leaves_a_report_that_says_so_and_what_was_open(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.write("lang", with_step("Wenn 60 s vergehen"))
    process = folder.start()
    wait_for(process, "Szenario: A")
    process.kill()
    process.communicate(timeout=60)
    assert "läuft noch / unvollständig" in folder.report
    assert 'class="headline good"' not in folder.report
    monkeypatch.chdir(folder.path)
    assert still_open(folder.path / "out").places == ("lang.feature:4",), "it is kept as it is"


def test_settings_of_other_projects_do_not_reach_in(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder.path / "pytest.ini").write_text("[pytest]\naddopts = --maxfail=0 --no-such\n", encoding="utf-8")
    (folder.path / "test_foreign.py").write_text("def test_red():\n    assert False\n", encoding="utf-8")
    folder.write("gut", GOOD.format(name="Eins", total=5))
    monkeypatch.setenv("PYTEST_ADDOPTS", "--no-such-option")
    assert folder.run()[0] == 0


def test_features_in_a_python_project_are_left_alone(folder: Folder) -> None:
    folder.write("gut", GOOD.format(name="Eins", total=5))
    (folder.path / "test_own.py").write_text("def test_green():\n    pass\n", encoding="utf-8")
    code, output = folder.pytest(".", "-o", "lisa=false")
    assert (code, "1 passed" in output) == (0, True)
    assert "2 passed" in folder.pytest(".")[1]


BLOCKING = """

import time
from lisa_core.harness.text.words import step


@when("alles blockiert")
def blocks():
    time.sleep(1000)


@when("alles wartend blockiert")
async def blocks_the_loop():
    time.sleep(1000)


@when(step("{dauer:Dauer} Ruhe ist"))
async def quiet(dauer):
    await asyncio.sleep(dauer)
"""
MEASURING = """

TAKEN = []


@when(parsers.parse("gemessen wird: {values}"))
async def measured(measure, values):
    measure("anruf.klingelt", float(values.split()[TAKEN.count(values)]), "ms")
    TAKEN.append(values)
"""
# values in ms, one for each attempt -> what follows, after how many
VALUES = {
    "1950 1500": (Verdict.PASSED, 2),
    "1950 2500 1500": (Verdict.FAILED, 2),
    "1950 1960 1970 1980 1000": (Verdict.UNDECIDED, 4),
    "2500 1500": (Verdict.FAILED, 1),
}


def wait_for(process: Copy | subprocess.Popen[str], words: str) -> None:
    """Read what a run prints until it says so."""
    assert process.stdout
    lines = iter(process.stdout.readline, "")
    assert any(words in line for line in lines)
