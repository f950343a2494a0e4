"""How long a certification takes before anything has run: an estimate that knows each scenario, and says what it is."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from lisa_core.harness.certify.walk.countdown import Countdown
from lisa_core.harness.certify.walk.estimate import FILE, MEASURE_S, REQUEST_S, Estimate, estimated
from lisa_core.harness.certify.walk.outlook import duration_lines
from lisa_core.harness.certify.walk.selection import Selection
from lisa_core.harness.report.record import RunRecord, ScenarioRecord, State
from lisa_core.harness.text.document import read
from lisa_core.harness.text.naming import named
from lisa_core.harness.text.translation import in_english
from tests.certify.times import TIMES, table

TOLD = tomllib.loads(TIMES.read_text(encoding="utf-8"))
SEEN = "Wer eintritt, wird alsbald gemeldet"


def scenario(folder: Path, name: str, *tags: str) -> ScenarioRecord:
    return ScenarioRecord(name, name, "", folder / "tor.feature", 1, frozenset(tags), ())


def of_the_suites() -> Iterator[tuple[str, str]]:
    """Those that a program measures; for a tape a person needs as long as she needs."""
    for path in TIMES.parent.glob("*.feature"):
        for name, pickle in named(read(path)):
            if all(tag["name"] != "@manuell" for tag in pickle["tags"]):
                yield path.stem, name


def test_each_scenario_of_the_suites_has_its_time_and_no_other_has() -> None:
    rows = {(feature, name): row for feature, rows in TOLD.items() for name, row in rows.items()}
    assert rows.keys() == {*of_the_suites()}
    assert {name: row for name, row in rows.items() if not (0 < row[0] < 900 and 0 <= row[1] < 30)} == {}
    ten_minutes = {name for name, row in rows.items() if row[0] >= 600}
    assert ten_minutes == {name for name in rows if "ehn Minuten" in name[1]}


def test_hands_count_where_somebody_is_asked_and_what_is_unknown_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(f'[tor]\n"{SEEN}" = [4, 2]\n"B" = [600, 0]\n', encoding="utf-8")
    seen, other = scenario(tmp_path, SEEN), scenario(tmp_path, "B")
    again = replace(seen, id="x", name=f"{SEEN} (Wiederholung 2 von 2)")
    tape, strange = scenario(tmp_path, "C", "manuell"), scenario(tmp_path, "D")
    told = estimated((seen, again, other, tape, strange), frozenset({seen.id, other.id, tape.id}))
    assert told == Estimate(alone_s=608, requests=2, measures=1, unknown=1)
    assert told.total_s == 608 + 2 * REQUEST_S + MEASURE_S


@pytest.mark.parametrize("text", ["[tor", '[tor]\nB = ["x"]\n', "tor = 3\n", '[tor]\n"B" = 7\n'])
def test_times_that_cannot_be_read_are_unknown(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    assert estimated((scenario(tmp_path, "B"),), frozenset()).unknown == 1


def test_the_plan_says_that_it_is_an_estimate_and_of_what(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(f'[tor]\n"{SEEN}" = [100, 2]\n', encoding="utf-8")
    some = (scenario(tmp_path, SEEN), scenario(tmp_path, "C", "manuell"), scenario(tmp_path, "D"))
    lines = [*duration_lines(tmp_path, selection(some))]
    assert lines[0] == "Dauer: geschätzt etwa 6 min, da in diesem Ordner nicht jedes davon schon gelaufen ist:"
    assert [in_english(line) for line in lines] == [
        "Duration: about 6 min, an estimate, as not each of them has run in this folder yet:",
        "  the scenarios themselves run for about 2 min, measured at emulated devices",
        "  somebody is asked to do something 2 times, 20 s assumed for each",
        "  somebody measures something with a photograph 1 times, 3 min assumed for each",
        "  not in it: the scenarios of which no duration is known (1)",
    ]
    (nothing,) = duration_lines(tmp_path, selection(some[2:]))
    assert nothing == "Dauer: unbekannt; in diesem Ordner ist noch nichts gelaufen."


def test_what_is_left_is_told_by_what_is_known_of_it(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(f'[tor]\n"{SEEN}" = [4, 2]\n"B" = [600, 0]\n', encoding="utf-8")
    some = (scenario(tmp_path, SEEN), scenario(tmp_path, "B"), scenario(tmp_path, "D"))
    progress = Countdown(0, 3)
    progress.pytest_lisa_run_started(replace(selection(some).run, profile="emulated"))
    progress.pytest_lisa_scenario_ended(some[0])
    assert progress.line(5_000_000) == "  1 von 3, noch etwa 11 min", "ten minutes of B, and D as long as the first"
    progress.pytest_lisa_scenario_ended(some[1])
    assert progress.line(605_000_000) == "  2 von 3, noch etwa 6 min", "of D nothing is known but the average"


def test_times_are_taken_from_a_run_and_requests_stay(tmp_path: Path) -> None:
    ran = replace(scenario(tmp_path, SEEN), duration_us=4_200_001)
    new = replace(scenario(tmp_path, "neu"), duration_us=1_000_000)
    told = tomllib.loads(table((ran, new), f'[tor]\n"{SEEN}" = [9, 2]\n[x]\n"y" = [3, 1]\n'))
    assert told == {"tor": {SEEN: [5, 2], "neu": [1, 0]}, "x": {"y": [3, 1]}}


def selection(planned: tuple[ScenarioRecord, ...]) -> Selection:
    run = RunRecord("px2", "real", 1, datetime(2026, 12, 1, tzinfo=UTC), State.RUNNING, planned)
    return Selection(planned, frozenset(one.id for one in planned), (), run)
