"""A plugin of `lisa run`: plants in each scenario with its tag the fault that it is called after, while it runs.

At the last step of such a scenario nobody waits for half a minute for what cannot come.
"""

from __future__ import annotations

import sys
from collections.abc import Generator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from lisa_core.harness.report.record import ScenarioRecord, StepRecord

TAG = "frei:gepflanzt"
SHORT_S = 10.0
_WAITS = ("until", "until_true", "happened", "rings", "look")
_running: list[tuple[ScenarioRecord, pytest.MonkeyPatch]] = []


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    from lisa_core.harness.plugin.stash import PLAN
    from tests.opposites.device_faults import FAULTS
    from tests.opposites.table import OPPOSITES

    plan = item.stash.get(PLAN, None)
    with pytest.MonkeyPatch.context() as patch:
        if plan is not None and TAG in plan.tags:
            _running[:] = [(plan, patch)]
            {**OPPOSITES, **FAULTS}[plan.name].plant(patch)
        try:
            return (yield)
        finally:
            _running.clear()


@pytest.hookimpl(optionalhook=True)
def pytest_lisa_step_started(step: StepRecord) -> None:
    for plan, patch in _running:
        if step.line == plan.steps[-1].line:
            _be_impatient(patch)


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
