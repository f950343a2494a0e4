"""`lisa run --shard` and `lisa merge`: no scenario is lost and none runs twice, and what is missing is told."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lisa_core.domain.model.errors import LisaError
from lisa_core.harness.choice.durations import newest_run, read_durations
from lisa_core.harness.choice.merging import merged
from lisa_core.harness.choice.shard import read_shard, split
from lisa_core.harness.report.record import Choice, RunRecord, ScenarioRecord, State, Verdict, exit_code
from lisa_core.harness.start.merge import merge
from tests.gherkin.conftest import GOOD, Folder
from tests.gherkin.test_affected import committed

SECONDS = st.one_of(st.none(), st.floats(0, 500))


@given(st.dictionaries(st.text("abc:_", min_size=1, max_size=6), SECONDS, max_size=40), st.integers(1, 12))
def test_every_scenario_is_in_exactly_one_part_and_the_parts_are_balanced(
    scenarios: dict[str, float | None], parts: int
) -> None:
    known = {name: seconds for name, seconds in scenarios.items() if seconds is not None}
    found = split(list(scenarios), known, parts)
    assert len(found) == parts
    assert sorted(name for part in found for name in part) == sorted(scenarios)
    assert found == split(list(scenarios), {**known, "other": 3.0}, parts)
    if len(known) == len(scenarios) and scenarios:
        loads = [sum(known[name] for name in part) for part in found]
        bound_s = sum(known.values()) / parts + (1 - 1 / parts) * max(known.values())  # Graham 1966, theorem 1
        assert max(loads) <= bound_s + 1e-6
    if not known:
        assert max(map(len, found)) - min(map(len, found)) <= 1


@pytest.mark.parametrize("text", ["0/3", "4/3", "1/0", "1", "1/1000", "a/b", "-1/2", "1/2/3", ""])
def test_what_is_no_part_is_refused(text: str) -> None:
    with pytest.raises(LisaError, match="ist kein Teil"):
        read_shard(text)


@pytest.mark.skipif(shutil.which("git") is None, reason="git fehlt: nicht geprüft")
def test_parts_of_what_a_change_can_reach_make_one_report_and_no_part_can_be_lost(
    folder: Folder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    scenarios = "\n".join(GOOD.format(name=name, total=5) for name in ("Bleibt", "Anders", "Neu"))
    door = "  Szenario: Tür\n    Wenn es auf- und zugeht\n    Und 3 dazukommt\n    Dann ist die Summe 3\n"
    own = "Satz: Wenn es auf- und zugeht\n    Wenn die Tür aufgeht\n"
    (folder.path / "eigene.satz").write_text(own, encoding="utf-8")
    folder.write("a", scenarios.partition("  Szenario: Neu")[0])
    folder.write("b", f"{door}\n  @manuell\n{GOOD.format(name='Hand', total=5)}")
    committed(folder.path)
    folder.write("a", re.sub(r"(Anders\n.*)2", r"\g<1>3", scenarios))
    steps = folder.path / "conftest.py"
    text = steps.read_text(encoding="utf-8")
    steps.write_text(text.replace("def nothing():\n    pass", "def nothing():\n    return None"), encoding="utf-8")
    durations = folder.path / "dauern.json"
    durations.write_text('{"a.feature::Anders": 90.0, "a.feature::Neu": 1, "b.feature::Tür": 2}', encoding="utf-8")
    elsewhere = tmp_path_factory.mktemp("teile")
    parts = [elsewhere / f"teil{number}" for number in (1, 2)]
    said = []
    for number, part in enumerate(parts, 1):
        asked = {"affected": "HEAD", "shard": f"{number}/2", "durations": str(durations)}
        code, output = folder.run(out=str(part), **asked)
        assert code == (1, 0)[number - 1], output
        assert "Nur was eine Änderung seit HEAD berühren kann: 3 von 5 Szenarien." in output, output
        assert f"Teil {number} von 2: {number} von 3 Szenarien." in output
        said.append(output)
    assert re.search(r"Szenario: Anders\n +weil: Szenario geändert\n", said[0]), said
    assert re.search(r"Szenario: Neu\n +weil: Szenario neu\n", said[1]), said
    assert re.search(r"Szenario: Tür\n +weil: Satz geändert \(conftest\.py:\d+\)\n", said[1]), said
    assert not any(name in output for name in ("Bleibt", "Hand") for output in said)
    out = folder.path / "ganz"
    assert merge(parts, out, durations) == 1
    whole = newest_run(out)
    assert whole is not None
    assert (whole.state, whole.faults) == (State.FINISHED, ())
    found = [(one.name, one.verdict) for one in whole.scenarios]
    assert found == [("Anders", Verdict.FAILED), ("Neu", Verdict.PASSED), ("Tür", Verdict.PASSED)]
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "Zusammengefügt aus 2 Läufen." in page
    assert "weil: Szenario geändert" in page
    assert read_durations(durations)["a.feature::Anders"] < 90
    # What is missing is named, in the report as well.
    assert merge([parts[1], folder.path / "fort"], out) == 3
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "Teil 1 von 2 fehlt." in page
    assert "Nicht ausgeführt: „Anders“." in page
    assert "fort: Hier liegt kein Bericht" in page
    for nothing in (folder.path / "fort", Path("/dev/zero")):
        assert merge([nothing], out) == 4


def records(folder: Path) -> list[RunRecord]:
    """Two finished parts, a scenario each."""
    at = datetime(2026, 11, 29, 10, tzinfo=UTC)
    names = ("Eins", "Zwei")
    made = []
    for number, name in enumerate(names, 1):
        one = ScenarioRecord(f"a::{name}", name, "A", folder / "a.feature", number, frozenset(), (), Verdict.PASSED)
        others = tuple(f"a::{other}" for other in names if other != name)
        choice = Choice("", shard=(number, 2), elsewhere=others)
        made.append(RunRecord("emulated", "real", 0, at, State.FINISHED, (replace(one, started=at),), choice=choice))
    return made


def test_parts_that_are_no_whole_are_never_a_pass(tmp_path: Path) -> None:
    one, two = records(tmp_path)
    assert exit_code(merged([one, two])) == 0
    assert exit_code(merged([one])) == 3
    broken = merged([one, replace(two, state=State.INTERRUPTED)])
    assert "Teil 2 von 2 ist unvollständig: abgebrochen." in broken.faults
    assert exit_code(broken) == 3
    assert two.choice is not None
    other = replace(two, choice=replace(two.choice, elsewhere=("a::Eins", "a::Drei")))
    assert "Nicht ausgeführt: „Drei“." in merged([one, other]).faults
    moved = replace(two, environment=(("Stand", "abc"),))
    assert any("verschiedenen Ständen" in fault for fault in merged([one, moved]).faults)


def test_of_a_part_that_ran_twice_the_newer_run_counts_and_strangers_are_refused(tmp_path: Path) -> None:
    one, two = records(tmp_path)
    red = replace(two, scenarios=(replace(two.scenarios[0], verdict=Verdict.FAILED),))
    later = replace(two, started=two.started.replace(hour=11))
    whole = merged([one, later, red])
    assert exit_code(whole) == 0
    assert whole.choice is not None
    assert "Von Teil 2 gilt der neuere Lauf." in whole.choice.said
    strangers = (replace(two, seed=1), replace(two, profile="x"), replace(two, clock="virtual"))
    thirds = replace(two, choice=Choice("", shard=(2, 3)))
    doubled = replace(two, scenarios=one.scenarios)
    for stranger in (*strangers, thirds, doubled):
        with pytest.raises(LisaError, match="Nur Teile eines und desselben Laufs"):
            merged([one, stranger])


@pytest.mark.parametrize(
    "text", ["[1]", "{", '{"a": "b"}', '{"a": -1}', '{"a": true}', '{"a": NaN}', pytest.param("[" * 200_000, id="deep")]
)
def test_a_file_that_holds_no_durations_is_refused_with_its_name(tmp_path: Path, text: str) -> None:
    path = tmp_path / "dauern.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LisaError, match=r"dauern\.json(:1)?: .*lisa merge ORDNER --durations DATEI"):
        read_durations(path)
