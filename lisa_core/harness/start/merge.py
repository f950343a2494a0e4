"""`lisa merge`: one report of the parts of a run."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import pytest

from lisa_core.domain.model.errors import OF_A_MESSAGE, HarnessError, LisaError
from lisa_core.harness.choice.durations import durations_of, read_durations, write_durations
from lisa_core.harness.choice.merging import merged
from lisa_core.harness.history.place import RunFolder
from lisa_core.harness.report.live_view import LiveView
from lisa_core.harness.report.messages_read import read
from lisa_core.harness.report.record import MESSAGES, ExitCode, RunRecord, exit_code
from lisa_core.harness.report.writer import ReportWriter
from lisa_core.harness.text.findings import shown
from lisa_core.harness.text.language import choose, say
from lisa_core.host.causes import cause
from lisa_core.host.machine import tell
from lisa_core.host.paths import exists, is_file, is_folder


def merge(folders: Sequence[Path], out: Path, durations: Path | None = None, language: str = "de") -> int:
    """Write the report of all these runs into `out`, and show what came of them; returns the exit code of the whole.

    `durations`: also write down how long each scenario took, for the next `--shard`; what is known of others stays.
    """
    choose(language)
    runs, unread = [], []
    for folder in folders:
        try:
            runs.append(_run(folder))
        except LisaError as error:  # the others are worth a report all the same
            unread.append(str(error))
    try:
        run = merged(runs, unread) if runs else _nothing(unread)
        known = read_durations(durations) if durations is not None and is_file(durations) else {}
    except LisaError as error:
        tell(str(error))
        return ExitCode.BAD_INPUT
    place = RunFolder(out, datetime.now(tz=UTC).astimezone())
    writer, view = ReportWriter(place), LiveView(place)
    try:
        writer.pytest_lisa_run_ended(run)
        if durations is not None:
            _keep(durations, known, durations_of(run))
    except pytest.exit.Exception as error:  # how the writer says that the disk is full
        tell(str(error))
        return error.returncode or ExitCode.MACHINE
    view.pytest_lisa_run_ended(run)
    view.pytest_unconfigure()
    writer.pytest_unconfigure()
    return exit_code(run)


def _nothing(unread: Sequence[str]) -> NoReturn:
    raise LisaError("\n".join(unread))


def _run(folder: Path) -> RunRecord:
    path = folder / MESSAGES if is_folder(folder) else folder
    try:
        if exists(path) and not is_file(path):  # a device, which may never end
            raise FileNotFoundError
        return read(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        what = say("{path}: Hier liegt kein Bericht (messages.ndjson fehlt).", path=shown(folder))
        raise LisaError(f"{what} {say('Den Ordner nennen, den lisa run mit --out bekam.')}") from None
    except OSError as error:
        raise LisaError(say("{path}: lässt sich nicht lesen ({why}).", path=shown(path), why=cause(error))) from error
    except (HarnessError, *OF_A_MESSAGE) as error:
        what = say("{path}: Das ist kein Bericht, den diese Fassung lesen kann ({why}).", path=shown(path), why=error)
        raise LisaError(f"{what} {say('Mit derselben Fassung von LISA ausführen und zusammenfügen.')}") from error


def _keep(path: Path, known: dict[str, float], measured: dict[str, float]) -> None:
    if not measured:
        tell(say("{path}: nichts aufzuschreiben; Dauern misst nur ein Lauf mit echter Uhr.", path=shown(path)))
        return
    try:
        write_durations(path, {**known, **measured})
    except OSError as error:
        what = say("{path}: lässt sich nicht schreiben ({why}).", path=shown(path), why=cause(error))
        pytest.exit(what, returncode=int(ExitCode.MACHINE))
