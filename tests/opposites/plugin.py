"""A plugin of `lisa run`: plants in each scenario with its tag the fault that it is called after, while it runs.

At the sentence of an opposite nobody waits for half a minute for what cannot come. In memory the sound scenarios are as
impatient there: a sentence that takes longer without its fault is red in both, and shown to be. On a wire only the
planted ones are, since there a busy machine takes its time.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Generator
from typing import TYPE_CHECKING

import pytest

from tests.opposites.opposite import Opposite
from tests.opposites.planting import WIRE

if TYPE_CHECKING:
    from lisa_core.harness.report.record import ScenarioRecord, StepRecord
    from tests.opposites.device_fault import Fault

TAG = "frei:gepflanzt"
SHORT_S = 10.0
_WAITS = ("until", "until_true", "happened", "rings", "look")
_running: list[tuple[Collection[int], pytest.MonkeyPatch]] = []
"""The lines of the steps at which nobody waits for long."""


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    from lisa_core.harness.plugin.stash import PLAN

    plan = item.stash.get(PLAN, None)
    with pytest.MonkeyPatch.context() as planted, pytest.MonkeyPatch.context() as impatient:
        if plan is not None:
            if TAG in plan.tags:
                _row(plan).plant(planted)
            _running[:] = [(_short_lines(plan), impatient)]
        try:
            return (yield)
        finally:
            _running.clear()


@pytest.hookimpl(optionalhook=True)
def pytest_lisa_step_started(step: StepRecord) -> None:
    for lines, impatient in _running:
        impatient.undo()
        if step.line in lines:
            _be_impatient(impatient)


def _row(plan: ScenarioRecord) -> Opposite | Fault:
    """What is planted in this scenario; some names stand in both tables."""
    from tests.opposites.device_faults import FAULTS
    from tests.opposites.table import OPPOSITES

    opposite = OPPOSITES.get(plan.name)
    return opposite if opposite and opposite.sentence == plan.steps[-1].text else FAULTS[plan.name]


def _short_lines(plan: ScenarioRecord) -> Collection[int]:
    """The fault of a device has no sound twin in its run, and is waited for as long as usual."""
    from tests.opposites.table import OPPOSITES

    if TAG in plan.tags:
        return [plan.steps[-1].line] if isinstance(_row(plan), Opposite) else []
    sentences = {one.sentence for one in OPPOSITES.values()} if WIRE not in os.environ else set()
    return [step.line for step in plan.steps if step.text in sentences]


def _be_impatient(patch: pytest.MonkeyPatch) -> None:
    """What waits as long as usual waits for a short time."""
    from lisa_core.desk.client import DeskClient
    from lisa_core.domain.model.time import PATIENCE_S
    from lisa_core.harness.rig.screen_history import WatchedScreen
    from lisa_core.harness.scene.scene import Scene

    def shorter(value: object) -> object:
        return SHORT_S if value == PATIENCE_S else value

    for kind in (DeskClient, WatchedScreen, Scene):
        for name in _WAITS:
            if (function := vars(kind).get(name)) is not None:
                patch.setattr(function, "__defaults__", tuple(map(shorter, function.__defaults__ or ())))
    for module in [one for name, one in sys.modules.items() if name.startswith("lisa_core.harness.")]:
        if "PATIENCE_S" in vars(module):
            patch.setattr(module, "PATIENCE_S", SHORT_S)
