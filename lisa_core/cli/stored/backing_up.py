"""What `lisa backup` and `lisa restore` do."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from lisa_core.domain.model.errors import LisaError
from lisa_core.host.machine import tell
from lisa_core.host.program import MACHINE, OK, code_of
from lisa_core.store.backup import archive
from lisa_core.store.backup.contents import Restorable, StoreSource, StoreTarget
from lisa_core.store.backup.folder import FolderSource, FolderTarget
from lisa_core.store.journal import RESTORED, Entry
from lisa_core.store.postgres.place import DatabaseAddress

DONE = "{}: {} Einträge und {} Einreichungen, Stand {}."
BACK = "{}: wiederhergestellt, Stand {}: {} Einträge und {} Einreichungen. Was danach kam, fehlt."


def back_up(file: Path, place: Path | DatabaseAddress) -> int:
    """Exit code 0, or that of what went wrong, after a sentence about it; 5 also where something is missing in it."""
    try:
        with _source(place).snapshot() as found:
            done = archive.write(file, found, _now())
    except LisaError as error:
        tell(str(error))
        return code_of(error)
    for text in done.told:
        tell(text)
    click.echo(DONE.format(file, done.manifest.head.count, done.manifest.applications, done.manifest.at))
    return MACHINE if done.told else OK


def put_back(file: Path, place: Path | DatabaseAddress) -> int:
    """Exit code 0, or that of what went wrong, after a sentence about it."""
    try:
        target = _target(place)
        target.check_free()
        with archive.open_archive(file) as found:
            manifest = found.manifest
            text = f"aus einer Sicherung vom {manifest.at}; gut bis Eintrag {manifest.head.count}"
            last = Entry(_now(), RESTORED, "", text)
            entries, kept, packages = found.entries(), found.kept(), found.packages()
            told = target.write(
                Restorable(entries, manifest.head, last, kept, found.listed(), packages, found.beside())
            )
    except LisaError as error:
        tell(str(error))
        return code_of(error)
    for sentence in told:
        tell(sentence)
    click.echo(BACK.format(target.where, manifest.at, manifest.head.count, manifest.applications))
    return 0


def _source(place: Path | DatabaseAddress) -> StoreSource:
    if isinstance(place, Path):
        return FolderSource(place)
    from lisa_core.store.postgres.copying import DatabaseSource

    return DatabaseSource(place)


def _target(place: Path | DatabaseAddress) -> StoreTarget:
    if isinstance(place, Path):
        return FolderTarget(place)
    from lisa_core.store.postgres.copying import DatabaseTarget

    return DatabaseTarget(place)


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")
