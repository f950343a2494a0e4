"""No sentence survives its own opposite: sound, each scenario of the table is green, with its fault planted it is red.

All of it in memory; one on emulated devices, drawn by `LISA_SEED`; all there with LISA_LONG=1.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from lisa_core.harness.match.catalogue import import_steps, registered
from lisa_core.harness.report.messages_read import read
from lisa_core.harness.report.record import ScenarioRecord, StepRecord, Verdict
from lisa_core.harness.steps.library import STEP_LIBRARY
from lisa_core.harness.steps.site import is_halt
from tests.opposites.page import PAGE, page
from tests.opposites.planting import WIRE
from tests.opposites.plugin import TAG
from tests.opposites.scenarios import feature
from tests.opposites.table import OPPOSITES

ROOT = Path(__file__).resolve().parents[2]
LONG = os.environ.get("LISA_LONG") == "1"
pytestmark = pytest.mark.timeout(3000 if LONG else 300)
RUN = """\
import sys
from lisa_core.harness.start.run import Order, run
options = ("-p", "tests.opposites.plugin", *sys.argv[2:])
here = {{"out": sys.argv[1] + "/out", "clock": "{clock}", "pictures": "none"}}
sys.exit(run(Order([sys.argv[1]], options=options, **here)))
"""
IN_MEMORY = [name for name, one in OPPOSITES.items() if one.in_memory]
ON_WIRE = sorted(OPPOSITES)
DRAWN = ON_WIRE if LONG else sorted(random.Random(os.environ.get("LISA_SEED", "13")).sample(ON_WIRE, 1))


@dataclass(frozen=True)
class Came:
    """What came of the scenarios, sound and with their faults, by their names."""

    output: str
    sound: Mapping[str, ScenarioRecord]
    planted: Mapping[str, ScenarioRecord]


def run(folder: Path, scenarios: Mapping[str, str], clock: str, *, sound: bool = True) -> Came:
    """Run both in one `lisa run`: these steps by the names of what is planted in them."""
    (folder / "gepflanzt.feature").write_text(feature("Gepflanzt", scenarios, TAG), encoding="utf-8")
    if sound:
        whole = {name: steps for name, steps in scenarios.items() if longest(name, scenarios) == name}
        (folder / "heil.feature").write_text(feature("Heil", whole), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", RUN.format(clock=clock), str(folder)],
        env={
            **os.environ,
            **({WIRE: "1"} if clock == "real" else {}),
            "PYTHONPATH": str(ROOT),
            "PYTHONIOENCODING": "utf-8",
        },
        cwd=folder,
        check=False,
        capture_output=True,
        text=True,
    )
    stream = folder / "out" / "messages.ndjson"
    assert (stream.exists(), done.returncode) == (True, 1), done.stdout + done.stderr
    records = read(stream.read_text(encoding="utf-8")).scenarios
    kinds = {kind: {one.name: one for one in records if (TAG in one.tags) is kind} for kind in (True, False)}
    green = {name: kinds[False][longest(name, scenarios)] for name in scenarios} if sound else {}
    return Came(done.stdout + done.stderr, sound=green, planted=kinds[True])


def longest(name: str, scenarios: Mapping[str, str]) -> str:
    """The first of the longest scenarios that begin as this one does: where that one is green, this one is."""
    beginning = scenarios[name].strip().splitlines()
    same = [one for one, steps in scenarios.items() if steps.strip().splitlines()[: len(beginning)] == beginning]
    return max(same, key=lambda one: len(scenarios[one].strip().splitlines()))


def written(names: Collection[str]) -> dict[str, str]:
    """The scenarios of these opposites."""
    return {name: OPPOSITES[name].written for name in names}


@pytest.fixture(scope="module")
def in_memory(tmp_path_factory: pytest.TempPathFactory) -> Came:
    return run(tmp_path_factory.mktemp("modell"), written(IN_MEMORY), "virtual")


@pytest.fixture(scope="module")
def on_wire(tmp_path_factory: pytest.TempPathFactory) -> Came:
    return run(tmp_path_factory.mktemp("geraete"), written(DRAWN), "real", sound=LONG)


def check(name: str, came: Came) -> None:
    """Red at the sentence that is shown, and green without the fault."""
    opposite, record = OPPOSITES[name], came.planted[name]
    if came.sound:
        assert came.sound[name].verdict is Verdict.PASSED, told(came.sound[name])
    assert record.verdict is Verdict.FAILED, f"survives: {told(record)}"
    assert stopped(record).text == opposite.sentence, f"red elsewhere: {told(record)}"
    assert opposite.says in f"{stopped(record).error}", told(record)


def stopped(record: ScenarioRecord) -> StepRecord:
    return next((one for one in record.steps if one.verdict is not Verdict.PASSED), record.steps[-1])


def told(record: ScenarioRecord) -> str:
    step = stopped(record)
    return f"{record.verdict.value} at „{step.text}“: {step.error or record.error or '-'}"


@pytest.mark.parametrize("name", IN_MEMORY)
def test_no_sentence_survives_its_opposite_in_memory(name: str, in_memory: Came) -> None:
    check(name, in_memory)


@pytest.mark.parametrize("name", DRAWN)
def test_nor_on_emulated_devices(name: str, on_wire: Came) -> None:
    check(name, on_wire)


def test_each_sentence_has_an_opposite() -> None:
    import_steps(STEP_LIBRARY)
    library = {name.rpartition(".")[2] for name in STEP_LIBRARY}
    thens = [
        one for one in registered() if one.type == "then" and one.step_func.__module__.rpartition(".")[2] in library
    ]
    sentences = [one.sentence for one in OPPOSITES.values()]
    checking = [one.parser for one in thens if not is_halt(one.step_func)]
    without = [parser.name for parser in checking if not any(map(parser.is_matching, sentences))]
    assert not without, "Plant the opposite of these, and show it in tests/opposites/table.py."
    assert len(thens) > 60


def test_page_is_the_table() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "Run `python -m tests.opposites`."
