"""What `lisa log` does."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import click

from lisa_core.domain.model.errors import LisaError
from lisa_core.exchange.journal.lines import LOGS, FolderLogs, LogSource, lines
from lisa_core.host import paths
from lisa_core.host.causes import cause
from lisa_core.store.folder import write_private
from lisa_core.store.postgres.place import DatabaseAddress

LOOK_S = 1.0
NO_STATE = "{}: Das ist keine Datei, die „lisa log --state“ geschrieben hat. Eine andere nennen."
NOT_KEPT = "{}: Wie weit ausgegeben ist, lässt sich hier nicht merken ({})."


async def tell_entries(place: Path | DatabaseAddress, state: Path | None, *, follow: bool) -> None:
    """Each new entry once; with `follow` until it is ended."""
    source = _source(place)
    known = _known(state) if state else {}
    while True:
        before = dict(known)
        for line in lines(source, known):
            click.echo(line)
        if state and known != before:  # after it is out: what is told twice is better than what is not told
            _keep(state, known)
        if not follow:
            return
        await asyncio.sleep(LOOK_S)


def _source(place: Path | DatabaseAddress) -> LogSource:
    if isinstance(place, Path):
        return FolderLogs(place)
    from lisa_core.store.postgres.log_rows import DatabaseLogs

    return DatabaseLogs(place)


def _known(state: Path) -> dict[str, int]:
    if not state.exists():
        return {}
    try:
        found = json.loads(paths.read_text(state))
        return {log: int(found.get(log, 0)) for log in LOGS}
    except (OSError, ValueError, TypeError, AttributeError):
        raise LisaError(NO_STATE.format(state)) from None


def _keep(state: Path, known: dict[str, int]) -> None:
    try:
        write_private(state, json.dumps(known).encode())
    except OSError as error:
        raise LisaError(NOT_KEPT.format(state, cause(error))) from error
