"""A shipped scenario with a device that speaks through a program of others, and a tester beside it."""

from __future__ import annotations

import os
import re
from decimal import Decimal
from pathlib import Path

import pytest

from lisa_core.harness.report.messages_read import read
from lisa_core.harness.report.record import Verdict
from tests.devices.adapter_starts import STARTS, start_in
from tests.system.programs import FEATURES
from tests.tester.seat import seated

ASKED, LEAVE = "▸ Durch die Tür ins Bürgerbüro gehen", "Das Bürgerbüro verlassen und die Tür"
FEATURE = FEATURES / "kabine" / "eintreten.feature"
TITLE = "Szenario: Ein Schritt durch die Tür, und bei der Mitarbeiterin klingelt es"
STATED = Decimal("0.1")
"""The uncertainty of the requirement without the line."""
long = pytest.mark.skipif(os.environ.get("LISA_LONG") != "1", reason="dasselbe in einer anderen Sprache: LISA_LONG=1")


@pytest.mark.parametrize("language", ["node", pytest.param("python", marks=long), pytest.param("csharp", marks=long)])
def test_a_shipped_scenario_runs_with_the_start_as_its_sensor(language: str, tmp_path: Path) -> None:
    text = (STARTS / "adapter.toml").read_text("utf-8")
    shown = "node sensor.js"
    assert f'"adapter:{shown} abstand.txt"' in text
    (tmp_path / "adapter.toml").write_text(text.replace(shown, start_in(language, tmp_path)), "utf-8")
    line = FEATURE.read_text("utf-8").splitlines().index(f"  {TITLE}") + 1
    with seated(tmp_path, f"{FEATURE}:{line}", "--profile", "adapter.toml") as seat:
        seat.until(ASKED)
        (tmp_path / "abstand.txt").write_text("80", "utf-8")
        seat.type("e")
        seat.until(LEAVE)
        (tmp_path / "abstand.txt").unlink()
        seat.type("e")
        seat.until("1 Szenario: 1 bestanden")
        assert seat.code() == 0, seat.said
    who = "Beispiel GmbH PX-2, Seriennummer 0001, Firmware 1.0"
    assert re.search(rf"Kabine: Präsenzsensor: über Adapter \(Ein Programm nennt es „{who}“; ", seat.said)
    run = read((tmp_path / "out" / "messages.ndjson").read_text("utf-8"))
    (rang,) = (one for one in run.scenarios[0].measurements if one.requirement == "S0.10")
    assert rang.uncertainty == STATED + rang.delay
    assert rang.delay > 0
    told = re.search(r"die Leitung trägt bis zu ([\d,]+) ms zur Unsicherheit bei", rang.since)
    assert told
    assert Decimal(told[1].replace(",", ".")) > 0, "however quick the machine"
    shown = {one.id: one.verdict for one in run.requirements}
    assert shown["S0.10"] is Verdict.NOT_CHECKED, "a program of somebody else is no evidence"
