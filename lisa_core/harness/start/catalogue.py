"""`lisa steps`: the sentences that there are, and which of them scenarios use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from lisa_core.harness.match.catalogue import steps
from lisa_core.harness.match.legend import whole
from lisa_core.harness.match.own.definitions import known_steps
from lisa_core.harness.report.record import RunRecord, ScenarioRecord, StepRecord
from lisa_core.harness.text.findings import FeatureError

Users = Mapping[str, tuple[ScenarioRecord, ...]]
"""By the pattern of a sentence the scenarios that use it."""


def catalogue(paths: Sequence[str], style: str, profile: str, out: Path, *, unused: bool = False) -> str:
    """All sentences in this style; with `paths` also those that are defined there, `unused`: only what nobody uses.

    `out` is the folder of reports, which says what testers looked for. Raises `FeatureError` where scenarios that
    should be counted are wrong.
    """
    if not (paths or unused or style == "html"):
        return whole(known_steps(Path()), style, profile)
    users = users_of(_planned(paths, profile))
    entries = [entry for entry in steps() if not unused or entry.pattern not in users]
    if style != "html":
        return whole(entries, style, profile)
    from lisa_core.harness.start.catalogue_page import page
    from lisa_core.harness.start.wanted import wanted

    return page(entries, profile, users, wanted(out))


def users_of(run: RunRecord) -> Users:
    """Who uses which sentence, of the scenarios of this plan; of an outline one row speaks for all."""
    found: dict[str, dict[tuple[Path, str, int], ScenarioRecord]] = {}
    for scenario in run.scenarios:
        for step in _with_inner(scenario.steps):
            found.setdefault(step.pattern, {}).setdefault((scenario.file, scenario.feature, step.line), scenario)
    return {pattern: tuple(dict.fromkeys(one.values())) for pattern, one in found.items()}


def _with_inner(steps: Iterable[StepRecord]) -> Iterator[StepRecord]:
    for step in steps:
        yield step
        yield from _with_inner(step.inside)


def _planned(paths: Sequence[str], profile: str) -> RunRecord:
    from lisa_core.harness.start.look import look
    from lisa_core.harness.start.run import Order

    found = look(Order(paths, profile))
    if found.errors or found.run is None:
        raise FeatureError(found.errors)
    return found.run
