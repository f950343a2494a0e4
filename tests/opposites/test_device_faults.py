"""Of planted device faults each is named, in the step of the suite where it shows; sound, the same steps are green.

A few in memory, drawn by `LISA_SEED`; with LISA_LONG=1 all of them.
"""

from __future__ import annotations

import os
import random
import re
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from lisa_core.config.classes import known_classes, load_class
from lisa_core.harness.report.messages_read import read
from lisa_core.harness.report.record import Verdict
from tests.gherkin.test_folder import LISA
from tests.opposites.device_faults import FAULTS
from tests.opposites.test_opposites import LONG, Came, run, stopped, told
from tests.tidy.sources import ROOT

pytestmark = pytest.mark.timeout(900)
DRAWN = sorted(FAULTS) if LONG else sorted(random.Random(os.environ.get("LISA_SEED", "17")).sample(sorted(FAULTS), 8))


@pytest.fixture(scope="module")
def came(tmp_path_factory: pytest.TempPathFactory) -> Came:
    written = {name: FAULTS[name].written for name in DRAWN}
    return run(tmp_path_factory.mktemp("geraete"), written, "virtual", sound=False)


@pytest.mark.parametrize("name", DRAWN)
def test_each_is_named_in_the_step_where_it_shows(name: str, came: Came) -> None:
    fault, record = FAULTS[name], came.planted[name]
    assert record.verdict is Verdict.FAILED, f"survives: {told(record)}"
    assert stopped(record).text == fault.sentence, f"red elsewhere: {told(record)}"
    assert fault.says in f"{stopped(record).error}", told(record)


def test_there_are_fifty_and_more_and_of_each_class_three() -> None:
    assert len(FAULTS) >= 90
    named = Counter(name for fault in FAULTS.values() for name in re.findall(r"anf:([\w-]+)\.", fault.tags))
    devices = [one.name for one in map(load_class, known_classes()) if one.slot]
    assert len(devices) >= 16
    assert {name: named[name] for name in devices if named[name] < 3} == {}


@pytest.mark.skipif(not LONG, reason="test_memory_alone spielt dieselben Szenarien mit: hier nur mit LISA_LONG=1")
def test_a_sound_device_passes_all_of_its_suite(tmp_path: Path) -> None:
    """In memory, as `lisa run features/geraete --clock virtual`: nothing but what needs a line is left out."""

    command = [*LISA, "run", str(ROOT / "features" / "geraete"), "--clock", "virtual", "--out", str(tmp_path)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    records = read((tmp_path / "messages.ndjson").read_text(encoding="utf-8")).scenarios
    wrong = [told(one) for one in records if one.verdict not in (Verdict.PASSED, Verdict.NOT_APPLICABLE)]
    assert not wrong, done.stdout
    assert sum(one.verdict is Verdict.PASSED for one in records) >= 30
