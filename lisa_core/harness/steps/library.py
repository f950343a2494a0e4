"""Which modules hold steps: ours by name, those of others by entry point. Standard library only."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import entry_points

STEP_LIBRARY = (
    # what stands at the beginning of a scenario, and who comes
    "lisa_core.harness.steps.site",
    "lisa_core.harness.steps.booth",
    "lisa_core.harness.steps.around.visitor",
    "lisa_core.harness.steps.screen",
    # who answers, and the talk
    "lisa_core.harness.steps.desk",
    "lisa_core.harness.steps.around.seat",
    "lisa_core.harness.steps.talk",
    "lisa_core.harness.steps.consult",
    # what is put on the table, and what comes of it
    "lisa_core.harness.steps.papers",
    "lisa_core.harness.steps.table_camera",
    "lisa_core.harness.steps.cards",
    "lisa_core.harness.steps.form",
    "lisa_core.harness.steps.papers_only",
    "lisa_core.harness.steps.appointment",
    # what holds at any time
    "lisa_core.harness.steps.privacy",
    "lisa_core.harness.steps.faults",
    "lisa_core.harness.steps.around.times",
    "lisa_core.harness.steps.devices.sensor_acts",
    "lisa_core.harness.steps.devices.paper_acts",
    "lisa_core.harness.steps.devices.pen_acts",
    "lisa_core.harness.steps.devices.door_unit.acts",
    "lisa_core.harness.steps.devices.sound.acts",
    "lisa_core.harness.steps.devices.sight.acts",
    "lisa_core.harness.steps.devices.measures",
)
"""In the order in which a visit comes to them: so `lisa steps` lists their areas."""
STEP_POINTS = "lisa.steps"
"""The entry-point group in which others name modules with steps of their own."""


def step_modules(ours: Iterable[str] = STEP_LIBRARY) -> list[str]:
    """Our step library, and the modules of steps that others have installed."""
    return [*ours, *(point.value.partition(":")[0] for point in entry_points(group=STEP_POINTS))]
