"""Which modules hold steps: ours by name, those of others by entry point. Standard library only."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import entry_points

STEP_LIBRARY = (
    "lisa_core.gherkin.steps_site",
    "lisa_core.gherkin.steps_booth",
    "lisa_core.gherkin.steps_desk",
    "lisa_core.gherkin.steps_consult",
    "lisa_core.gherkin.steps_talk",
    "lisa_core.gherkin.steps_appointment",
    "lisa_core.gherkin.steps_papers",
    "lisa_core.gherkin.steps_form",
    "lisa_core.gherkin.steps_privacy",
    "lisa_core.gherkin.steps_faults",
)
STEP_POINTS = "lisa.steps"
"""The entry-point group in which others name modules with steps of their own."""


def step_modules(ours: Iterable[str] = STEP_LIBRARY) -> list[str]:
    """Our step library, and the modules of steps that others have installed."""
    return [*ours, *(point.value.partition(":")[0] for point in entry_points(group=STEP_POINTS))]
