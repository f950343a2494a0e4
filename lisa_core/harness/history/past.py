"""What the runs before say about one that has ended: the value that console, page and JUnit XML show."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from lisa_core.harness.history.brief import BriefRun, brief_of
from lisa_core.harness.history.compare import since_before
from lisa_core.harness.history.known import baseless, entries_in, known_files, matched
from lisa_core.harness.history.series import Series, series
from lisa_core.harness.history.shelf import shelf
from lisa_core.harness.report.record import Past, RunRecord
from lisa_core.harness.text.document import parse
from lisa_core.harness.text.findings import FeatureError, shown
from lisa_core.harness.text.naming import named, unrepeated


def past_of(run: RunRecord, out: Path, own: str, root: Path, known: str = "") -> Past:
    """From the other runs in `out` (`own` is the name of this one) and the known faults beside the features, up to
    `root`, or in the file `known`."""
    brief, others = brief_of(run, own), shelf(out, without=own)
    same = [one for one in others.runs if one.kind == brief.kind]
    rows = series([*same, brief])
    keys = {one.id: (shown(one.file), unrepeated(one.name)) for one in run.scenarios}
    files = [Path(known)] if known else known_files((one.file for one in run.scenarios), root)
    read_in = [entries_in(path, everywhere=bool(known)) for path in files]
    entries = [entry for those, _ in read_in for entry in those]
    found = matched(entries, run.scenarios, run.started.date())
    wrong = [str(finding) for _, findings in read_in for finding in findings]
    return Past(
        before=same[-1].name if same else "",
        changes=since_before(brief, same, _written(run, brief, same)),
        rows=tuple((id_, rows[key].marks) for id_, key in keys.items() if len(rows[key].seen) > 1),
        unstable=tuple((one.name, one.passed, one.times) for one in brief.scenarios.values() if one.unstable),
        flaky=tuple((one.name, rows[key].marks) for key, one in brief.scenarios.items() if _flaky(rows[key])),
        known=found.faults,
        expired=found.expired,
        notes=(*others.notes, *wrong, *found.notes, *baseless(entries, run.scenarios, root)),
    )


def _flaky(one: Series) -> bool:
    """From run to run: what is so within the newest is told of that."""
    return one.flaky and not one.last.unstable


def _written(run: RunRecord, brief: BriefRun, before: Sequence[BriefRun]) -> Mapping[str, frozenset[str]]:
    """The names of all scenarios in the files of this run, of those files that had one which this run has not."""
    had = {key[0] for one in before for key in one.scenarios.keys() - brief.scenarios.keys()}
    found = {}
    for source in run.sources:
        if (place := shown(source.path)) in had:
            with contextlib.suppress(FeatureError):
                found[place] = frozenset(name for name, _ in named(parse(source.path, source.text)))
    return found
