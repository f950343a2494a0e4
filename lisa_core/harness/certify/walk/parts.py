"""The runs of several sittings as one: each scenario as it ran, the first time that it came to an end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from lisa_core.domain.model.errors import OF_A_MESSAGE, LisaError
from lisa_core.harness.certify.statement import SITTINGS
from lisa_core.harness.certify.walk.unopened import is_unopened, unopened_in
from lisa_core.harness.report.judgement import judged_again
from lisa_core.harness.report.messages_read import read
from lisa_core.harness.report.record import LISTEN, MESSAGES, Past, RunRecord, ScenarioRecord, State
from lisa_core.harness.text.findings import shown

_SAME = ("Kennung des Profils", "Prüfsumme des Profils", "lisa-booth", "Aufgabe")
"""What of a run may not differ between two sittings."""
_CLOCK = "Uhr"
"""Neither may this: a sitting in the model would stand in a run at the device."""


def sitting(folder: Path) -> RunRecord | None:
    """The run in this folder, ended or broken off; None where nothing of it was written yet. Raises `LisaError`."""
    path = folder / MESSAGES
    try:
        text = path.read_bytes().decode("utf-8", "replace")
    except FileNotFoundError:
        return None
    try:
        return read(text)
    except (LisaError, *OF_A_MESSAGE):
        if text.count('"testCaseFinished"') == 0:
            return None  # killed before its first scenario had ended
        raise LisaError(
            f"{shown(path)}: Dieser Teil lässt sich nicht lesen. In einem anderen Ordner neu beginnen."
        ) from None


def ended_in(runs: Sequence[RunRecord]) -> dict[str, ScenarioRecord]:
    """By its id each scenario that came to an end, the first time that it did."""
    found: dict[str, ScenarioRecord] = {}
    still = unopened_in(runs)
    for run in runs:
        ended = (one for one in run.scenarios if one.started is not None)
        found = {**{one.id: one for one in ended if not (one.id in still and is_unopened(one))}, **found}
    return found


def together(runs: Sequence[RunRecord]) -> RunRecord:
    """One run of all sittings, the oldest first: its plan is that of the first. Raises `LisaError` where a sitting ran
    on something else."""
    first, last = runs[0], runs[-1]
    if len(runs) == 1:
        return first
    for run in runs[1:]:
        _refuse_another(first, run)
    ended = ended_in(runs)
    scenarios = tuple(ended.get(one.id, one) for one in first.scenarios)
    is_done = all(one.started is not None for one in scenarios)
    end = max(run.started + timedelta(microseconds=run.wall_us) for run in runs)
    moments = [one.started + timedelta(microseconds=one.duration_us) for one in scenarios if one.started]
    known = max((run.requirements for run in runs), key=len)
    return replace(
        first,
        state=State.FINISHED if is_done and last.state is State.FINISHED else last.state,
        scenarios=scenarios,
        wall_us=(max([end, *moments]) - first.started) // timedelta(microseconds=1),
        environment=(*first.environment, *_listened(runs), (SITTINGS, f"{len(runs) - 1}-mal")),
        requirements=judged_again(known, scenarios),
        faults=tuple(fault for run in runs for fault in run.faults),
        pictures=(),
        pictures_us=0,
        without_pictures="Der Lauf hatte mehrere Sitzungen",
        past=Past(),
    )


def _listened(runs: Sequence[RunRecord]) -> Iterator[tuple[str, str]]:
    """Where a phone could answer, where the first sitting had none: a later one may have had it."""
    if LISTEN not in dict(runs[0].environment):
        yield from [row for run in runs[1:] for row in run.environment if row[0] == LISTEN][:1]


def _refuse_another(first: RunRecord, run: RunRecord) -> None:
    was, now = {**dict(first.environment), _CLOCK: first.clock}, {**dict(run.environment), _CLOCK: run.clock}
    for name in (*_SAME, _CLOCK):
        if was.get(name) != now.get(name):
            told = f"Seit dem Beginn ist etwas anders ({name}: vorher „{was.get(name)}“, jetzt „{now.get(name)}“)."
            raise LisaError(f"{told} In einem anderen Ordner neu beginnen.")
    texts = {source.path: source.text for source in first.sources}
    for source in run.sources:
        if texts.get(source.path, source.text) != source.text:
            told = f"{shown(source.path)}: Die Szenarien sind seit dem Beginn geändert."
            raise LisaError(f"{told} In einem anderen Ordner neu beginnen.")
