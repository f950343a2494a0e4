"""`lisa run --failed`: what was not passed when it last ran, as places that can be run again.

Of each scenario the newest run counts that had it. So a run of a part does not hide what is open in the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lisa_core.harness.history.brief import GOOD, BriefRun, BriefScenario
from lisa_core.harness.history.shelf import Shelf, find, shelf
from lisa_core.harness.report.record import ExitCode
from lisa_core.harness.text.document import read
from lisa_core.harness.text.findings import FeatureError
from lisa_core.harness.text.language import say
from lisa_core.harness.text.naming import named

_ALL = 1_000_000


@dataclass(frozen=True, slots=True)
class StillOpen:
    """`places` as `lisa run` takes them, `said` sentences; without places `code` is how that ends.

    Nothing open is 0, as is a run in which all has passed; where a fault beside any scenario was the last word, 2.
    """

    places: tuple[str, ...]
    said: tuple[str, ...]
    code: int = ExitCode.PASSED


def still_open(out: Path, paths: Sequence[str] = ()) -> StillOpen:
    """What is open in the runs kept in `out`, of these folders and files (none: of all). Raises `HistoryError`."""
    find(out)
    known = shelf(out, _ALL)
    newest: dict[tuple[str, str], tuple[BriefRun, BriefScenario]] = {}
    for run in known.runs:
        newest |= {key: (run, one) for key, one in run.scenarios.items()}
    wanted = [Path(path).resolve() for path in paths]
    left = [
        (run, one)
        for run, one in newest.values()
        if one.verdict not in GOOD
        and (not wanted or any(Path(one.file).resolve().is_relative_to(path) for path in wanted))
    ]
    places, gone = _places([one for _, one in left])
    said = [*known.notes, *_said([(run, one) for run, one in left if one not in gone]), *map(_gone, gone)]
    if places or not known.runs:
        return StillOpen(places, tuple(said))
    return StillOpen((), (*said, _nothing(known)), ExitCode.UNDECIDED if known.runs[-1].faults else ExitCode.PASSED)


def _nothing(known: Shelf) -> str:
    run = known.runs[-1]
    if run.faults:
        return say(
            "Offen ist kein Szenario, aber im Lauf {run} hat das Prüfmittel versagt. Alles ausführen.", run=run.name
        )
    return say("Seit dem Lauf {run} ist nichts offen: Es gibt nichts noch einmal auszuführen.", run=run.name)


def _said(left: Sequence[tuple[BriefRun, BriefScenario]]) -> list[str]:
    runs = Counter(run.name for run, _ in left)
    if not runs:
        return []
    where = ", ".join(say("{count} aus dem Lauf {run}", count=count, run=name) for name, count in runs.items())
    return [say("Noch einmal, weil zuletzt nicht bestanden oder nicht geprüft: {where}.", where=where)]


def _gone(one: BriefScenario) -> str:
    return say("„{name}“ war offen und steht nicht mehr in {file}.", name=one.name, file=one.file)


def _places(scenarios: Sequence[BriefScenario]) -> tuple[tuple[str, ...], list[BriefScenario]]:
    """Where they stand now, and those that are nowhere any more. A file that cannot be read is taken as a whole."""
    places: dict[str, None] = {}
    gone: list[BriefScenario] = []
    for file in dict.fromkeys(one.file for one in scenarios):
        here = [one for one in scenarios if one.file == file]
        if not Path(file).exists():
            gone += here
            continue
        try:
            lines = {name: pickle["location"]["line"] for name, pickle in named(read(Path(file)))}
        except FeatureError:
            places[file] = None  # the run says what is wrong in it
            continue
        gone += [one for one in here if one.name not in lines]
        places |= dict.fromkeys(f"{file}:{lines[one.name]}" for one in here if one.name in lines)
    return tuple(places), gone
