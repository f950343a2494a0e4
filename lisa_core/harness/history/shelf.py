"""The runs that are kept in a folder: which there are, and which one somebody means."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lisa_core.domain.model.errors import OF_A_MESSAGE, HarnessError
from lisa_core.domain.model.nearest import nearest_word
from lisa_core.harness.history.brief import BriefRun, HistoryError, read_brief
from lisa_core.harness.history.compare import between
from lisa_core.harness.history.place import LATEST, RUNS, kept
from lisa_core.harness.report.messages_read import read
from lisa_core.harness.report.record import MESSAGES, Change, RunRecord
from lisa_core.harness.text.findings import shown
from lisa_core.harness.text.language import say

LAST = 20
"""How many runs a history looks back at."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """`runs` from the oldest to the newest; `notes` are sentences about those that could not be read."""

    runs: tuple[BriefRun, ...] = ()
    notes: tuple[str, ...] = ()


def shelf(out: Path, most: int = LAST, *, without: str = "", until: str = "") -> Shelf:
    """The newest runs in `out` that had scenarios, `most` at most; `until` names the last that counts."""
    runs: list[BriefRun] = []
    notes: list[str] = []
    folders = kept(out / RUNS)
    names = [folder.name for folder in folders]
    last = names.index(until) + 1 if until in names else len(folders)
    for folder in reversed(folders[:last]):
        if len(runs) == most:
            break
        if folder.name == without:
            continue
        try:
            run = read_brief(folder)
        except HistoryError as error:
            notes.append(str(error))
        else:
            runs += [run] if run.scenarios else []
    return Shelf(tuple(reversed(runs)), tuple(reversed(notes)))


def two(out: Path, one: str, other: str) -> tuple[BriefRun, BriefRun, tuple[Change, ...]]:
    """The later run, the earlier one that was named first, and what is different. Raises `HistoryError`."""
    earlier, later = read_brief(find(out, one)), read_brief(find(out, other))
    before = shelf(out, LAST, until=later.name, without=later.name).runs
    return later, earlier, between(later, earlier, before)


def whole(folder: Path) -> RunRecord:
    """All that was kept of a run. Raises `HistoryError`."""
    read_brief(folder)  # says what is wrong, and where
    path = folder / MESSAGES
    try:
        return read(path.read_text(encoding="utf-8"))
    except (HarnessError, *OF_A_MESSAGE) as error:
        what = "{path}: Der Lauf ist beschädigt oder von einer anderen Version: {why}."
        raise HistoryError(say(what, path=shown(path), why=f"{type(error).__name__}: {error}"[:200])) from None


def find(out: Path, wanted: str = LATEST) -> Path:
    """The folder of the run that is meant: by its name, a part of it that no other has, `latest`, or a path.

    Raises `HistoryError`.
    """
    if (path := Path(wanted)).joinpath(MESSAGES).is_file():
        return path.resolve()
    folders = kept(out / RUNS)
    if not folders:
        what = say("{out}: Hier ist kein Lauf aufgehoben.", out=shown(out.absolute()))
        raise HistoryError(f"{what} {say('Zuerst mit lisa run einen ausführen oder mit --out den Ordner nennen.')}")
    if wanted == LATEST:
        current = out / LATEST
        return current.resolve() if current.joinpath(MESSAGES).is_file() else folders[-1]
    found = [folder for folder in folders if wanted in folder.name]
    exact = [folder for folder in found if folder.name == wanted]
    if len(exact or found) == 1:
        return (exact or found)[0]
    names = [folder.name for folder in found or folders]
    if found:
        what = say("„{wanted}“ meint mehrere Läufe.", wanted=wanted)
    else:
        what = say("Den Lauf „{wanted}“ gibt es in {out} nicht.", wanted=wanted, out=shown(out.absolute()))
    near = nearest_word(wanted, names)
    advice = say("Es gibt: {names}.", names=", ".join(names[-5:]))
    raise HistoryError(f"{what} {say('Meinten Sie „{word}“?', word=near)} {advice}" if near else f"{what} {advice}")
