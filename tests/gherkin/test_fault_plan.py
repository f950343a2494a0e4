"""A plan of faults that a run follows: of the profile or of the command line, drawn by the seed, told in the report.

What a plan may say: `tests/emulator/test_plan.py`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from lisa_core.booth.fault_plan import plan_of
from lisa_core.config.profile import load_profile
from lisa_core.domain.model.errors import LisaError
from lisa_core.equipment.slots.catalogue import FAULTS
from lisa_core.harness.start.run import Order, check_order
from tests.booth.test_bus_faults import passes
from tests.booth.test_visits import Stage, play
from tests.gherkin.copies import lisa

PROFILE = """schema = 1

[profile]
id = "klapprig"
extends = "emulated"

[world]
faults = "{plan}"
"""
FEATURE = """# language: de
Funktionalität: Nach Plan

  Szenario: Der Lautsprecher verstummt mitten im Gespräch, und davon steht hier nichts
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Dann erfährt Frau Brandt: „Der Lautsprecher ist stummgeschaltet“
    Wenn der Lautsprecher wieder in Ordnung ist
    Dann erfährt Frau Brandt: „Der Lautsprecher in der Kabine antwortet wieder“

  Szenario: Vorher zu Ende
    Angenommen das Bürgerbüro Templin ist geöffnet
    Dann ist das Bürgerbüro wieder frei
"""


def profile_in(folder: Path, plan: str) -> str:
    path = folder / "klapprig.toml"
    path.write_text(PROFILE.format(plan=plan), encoding="utf-8")
    return str(path)


def test_a_profile_names_a_plan_and_the_report_says_what_came_of_it(tmp_path: Path) -> None:
    (tmp_path / "plan.feature").write_text(FEATURE, encoding="utf-8")
    name = profile_in(tmp_path, "loudspeaker.tonlos@1s..2s")
    told = plan_of(load_profile(name), None, 7, memory=True)[0].told
    words = ("run", "plan.feature", "--clock", "virtual", "--profile", name, "--seed", "7")
    code, output = lisa(*words, where=tmp_path)
    assert (code, f"Störungsplan: loudspeaker.tonlos@1s..2s (Seed 7): {told}" in output) == (0, True), output
    report = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert f"ab dem Start des Bürgerbüros: loudspeaker.tonlos@1s..2s (Seed 7): {told}" in report
    came = re.findall(r"<pre[^>]*>([^<]*)</pre>\s*<figcaption>Was nach Plan eintrat", report)
    assert came == [told, "Nichts: Das Szenario war zu Ende, bevor etwas davon eintrat."]


def test_the_command_line_speaks_before_the_profile_and_no_plan_is_one(tmp_path: Path) -> None:
    profile = load_profile(profile_in(tmp_path, "printer.papier@1s"))
    assert [one.fault for one in plan_of(profile, None, 0)] == ["printer.papier"]
    assert [one.fault for one in plan_of(profile, "door.prellt", 0)] == ["door.prellt"]
    assert plan_of(profile, "", 0) == ()


def test_the_same_seed_draws_the_same_plan_and_never_what_cannot_happen_there() -> None:
    profile = load_profile("emulated")
    plans = [plan_of(profile, "*@1s..60s+2s", seed, memory=True) for seed in range(60)]
    assert plans == [plan_of(profile, "*@1s..60s+2s", seed, memory=True) for seed in range(60)]
    assert len(set(plans)) == len(plans)
    assert not [one.fault for plan in plans for one in plan if FAULTS[one.fault].wire]


WRONG = {
    ("printer.papir", "virtual", ""): "Die Störung „papir“ von „printer“ gibt es nicht. Meinten Sie „papier“?",
    ("presence.rauschen", "virtual", ""): "nur auf einer Leitung, und im Modell ist keine. Ohne --clock virtual",
    ("presence.stumm", "real", "presence"): "Der Präsenzsensor ist kein emuliertes Gerät dieses Laufs.",
    ("presence.*", "real", "presence"): "Keine Störung „presence.*“ kann hier eintreten: Der Präsenzsensor ist kein",
}


@pytest.mark.parametrize(("plan", "clock", "real"), WRONG)
def test_what_cannot_happen_is_told_before_anything_runs(plan: str, clock: str, real: str, tmp_path: Path) -> None:
    text = PROFILE.format(plan="")
    if real:
        text += f'\n[slots.{real}]\nbinding = "/dev/ttyUSB0"\n'
    path = tmp_path / "echt.toml"
    path.write_text(text, encoding="utf-8")
    order = Order(profile=str(path) if real else "emulated", clock=clock, faults=plan)
    with pytest.raises(LisaError, match=re.escape(WRONG[plan, clock, real])):
        check_order(order)


def test_a_wrong_plan_of_a_profile_is_told_with_its_line(tmp_path: Path) -> None:
    name = profile_in(tmp_path, "printer.papir")
    with pytest.raises(LisaError, match=re.escape(f"{name}:8: Die Störung „papir“")):
        load_profile(name)


def test_a_plan_happens_at_its_times_and_ends_with_the_booth() -> None:
    async def scenario(on: Stage) -> None:
        assert on.rig.opened.room is not None
        seen = []
        for _ in range(4):
            seen.append(on.rig.opened.room()["faults"])
            await passes(1.0)
        assert seen == [("door.prellt",), ("door.prellt", "printer.papier"), ("door.prellt",), ("door.prellt",)]
        assert [one.told for one in on.rig.happened][-1] == "nach 1,75 s endet printer.papier"

    profile = load_profile("emulated")
    play(scenario, profile=replace(profile, faults="door.prellt,printer.papier@750ms+1s,printer.toner@1h"))
