"""What the parts of the plugin keep with pytest's config and items, and how to find it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import pytest

from lisa_core.harness.history.place import RunFolder
from lisa_core.harness.match.step_index import StepIndex
from lisa_core.harness.report.pictures.moment import Moment
from lisa_core.harness.report.record import (
    Choice,
    Evidence,
    Measurement,
    ScenarioRecord,
    SlotRecord,
    StepRecord,
    Verdict,
)
from lisa_core.harness.report.requirement import Requirement
from lisa_core.harness.scene.resources import Carrier
from lisa_core.harness.settings import RunSettings
from lisa_core.harness.text.document import FeatureText
from lisa_core.harness.text.findings import Finding


class Watching(Protocol):
    """Is told by a scenario when its steps begin and end."""

    def step_begins(self) -> None: ...

    def step_ends(self, verdict: Verdict, error: BaseException | None = None) -> None: ...

    def worth_a_look(self, item: pytest.Item, pictures: str) -> bool:
        """Whether somebody will look at how the scenario that runs has ended."""
        ...

    def is_open(self, item: pytest.Item) -> bool:
        """Whether the scenario that runs has not passed so far."""
        ...


PLAN = pytest.StashKey[ScenarioRecord]()
"""Of an item: its scenario before it has run."""
EVIDENCE = pytest.StashKey[list[Evidence]]()
MEASURED = pytest.StashKey[list[Measurement]]()
"""Of an item: what its steps showed, and what they measured."""
MOMENT = pytest.StashKey[Moment | None]()
"""Of an item: what could be seen at its end, where somebody will look at it."""
EQUIPMENT = pytest.StashKey[tuple[SlotRecord, ...]]()
LOSSES = pytest.StashKey[tuple[str, ...]]()
"""Of an item: what its slots held, and which devices were lost meanwhile, as sentences."""

STOOD = pytest.StashKey[bool]()
"""Of an item: whether somebody let it stand (`--pause`), so that it proves nothing."""
STANDS = pytest.StashKey[Callable[[pytest.Item, StepRecord, str], None]]()
"""In a run with `--pause`: let a scenario stand at a step, for a reason."""

TURNS = "lisa_turns"
"""Key of a pytest-xdist worker's input: the folder in which turns are taken."""

SETTINGS = pytest.StashKey[RunSettings]()
CARRIER = pytest.StashKey[Carrier]()
INDEX = pytest.StashKey[StepIndex]()
OBSERVER = pytest.StashKey[Watching]()
FEATURES = pytest.StashKey[dict[Path, FeatureText]]()
"""Every feature file that was collected."""
NOT_APPLICABLE = pytest.StashKey[list[ScenarioRecord]]()
ELSEWHERE = pytest.StashKey[list[ScenarioRecord]]()
"""Scenarios of this run that other parts of it (`--shard`) run."""
LEFT_OUT = pytest.StashKey[set[pytest.Item]]()
"""What the run was not asked for: no change reaches it, or another part runs it."""
CHOICE = pytest.StashKey[Choice]()
"""What was left out, and why the others were not; missing where nothing was to be."""
FINDINGS = pytest.StashKey[list[str]]()
UNASKED = pytest.StashKey[list[Finding]]()
"""What is wrong by rules of ours that this run does not ask to be kept."""
LOOKED = pytest.StashKey[dict[Finding, None]]()
"""Where nothing will run and everything is only looked at: what is wrong. Else the first file that is wrong ends it."""
WANTED = pytest.StashKey[list[tuple[str, str]]]()
"""The sentences that there are not, each with its kind."""
LACKING = pytest.StashKey[bool]()
"""Whether the run was refused because the machine lacks something, not because of what was asked for."""
OWN_CHECKED = pytest.StashKey[dict[tuple[str, ...], tuple[Finding, ...]]]()
"""By the places of the own sentences that a folder sees: what is wrong with them."""
LINES = pytest.StashKey[dict[Path, frozenset[int]]]()
REQUIREMENTS = pytest.StashKey[dict[str, Requirement]]()
"""All that this run knows, by id; filled while the features are collected."""
PLACE = pytest.StashKey[RunFolder]()
"""Under `lisa run`: where this run is kept, beside those before."""
COVERED = pytest.StashKey[tuple[Path, ...]]()
"""The folders of requirements whose scenarios are all in this run."""
