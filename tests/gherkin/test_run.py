"""`lisa run` itself: verdicts, exit codes, the summary, the report, selection, both clocks, every early end."""

from __future__ import annotations

import re
import signal
import subprocess
import time

import pytest

from tests.gherkin.conftest import GOOD, HEAD, Folder

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
    assert "await asyncio.Event().wait()" in output
    assert ("deadlock" if clock == "virtual" else "nach 0.3 s der echten Uhr") in output


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
    [("real", signal.SIGINT), ("virtual", signal.SIGINT), ("real", signal.SIGTERM)],
)
def test_ctrl_c_ends_within_two_seconds_and_never_reads_as_passed(
    folder: Folder, clock: str, stop: signal.Signals
) -> None:
    busy = "Wenn 60 s vergehen" if clock == "real" else "Wenn 999999999 s vergehen"
    folder.write("lang", GOOD.format(name="Gut", total=5) + "\n" + with_step(busy))
    process = folder.start(clock=clock)
    wait_for(process, "Szenario: A")
    assert "läuft noch / unvollständig" in folder.report
    began = time.monotonic()
    process.send_signal(stop)
    output, _ = process.communicate(timeout=10)
    assert time.monotonic() - began < 2
    assert process.returncode == 130, output
    assert "2 Szenarien: 1 bestanden, 1 nicht geprüft" in output
    assert "abgebrochen" in folder.report
    assert 'class="headline bad"' in folder.report


def test_killed_run_leaves_a_report_that_says_so(folder: Folder) -> None:
    folder.write("lang", with_step("Wenn 60 s vergehen"))
    process = folder.start()
    wait_for(process, "Szenario: A")
    process.kill()
    process.communicate(timeout=10)
    assert "läuft noch / unvollständig" in folder.report
    assert 'class="headline good"' not in folder.report


def test_settings_of_other_projects_do_not_reach_in(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder.path / "pytest.ini").write_text("[pytest]\naddopts = --maxfail=0 --no-such\n", encoding="utf-8")
    (folder.path / "test_foreign.py").write_text("def test_red():\n    assert False\n", encoding="utf-8")
    folder.write("gut", GOOD.format(name="Eins", total=5))
    monkeypatch.setenv("PYTEST_ADDOPTS", "--no-such-option")
    assert folder.run()[0] == 0


def test_features_in_a_python_project_are_left_alone(folder: Folder) -> None:
    folder.write("gut", GOOD.format(name="Eins", total=5))
    (folder.path / "test_own.py").write_text("def test_green():\n    pass\n", encoding="utf-8")
    code, output = folder.pytest(".")
    assert (code, "1 passed" in output) == (0, True)
    assert "2 passed" in folder.pytest(".", "gut.feature")[1]


def wait_for(process: subprocess.Popen[str], words: str) -> None:
    """Read what a run prints until it says so."""
    assert process.stdout
    lines = iter(process.stdout.readline, "")
    assert any(words in line for line in lines)
