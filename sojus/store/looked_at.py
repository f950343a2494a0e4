"""Where placements are kept, looked at before a portal takes it up: what it would refuse is refused, and nothing
is changed."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from lisa_core.domain.model.errors import LisaError, MachineError
from lisa_core.store.folder import reading
from lisa_core.store.postgres.place import DatabaseAddress
from sojus.store.log import FORM, check_form
from sojus.store.opening import FILE
from sojus.store.sqlite import FAILED, FOREIGN, OURS

NOTHING = "{}: noch keine"
FOUND = "{}: Fassung {}"


def look_at_placements(place: Path | DatabaseAddress) -> Iterator[str]:
    """What is found there, in sentences. Raises `LisaError` for what no portal of this version takes."""
    name = str(place / FILE) if isinstance(place, Path) else place.name
    form = _in_file(place / FILE) if isinstance(place, Path) else _in_database(place)
    if form is not None:
        check_form(name, form)
    yield NOTHING.format(name) if form is None else FOUND.format(name, FORM)


def _in_file(path: Path) -> int | None:
    if not path.is_file():
        return None
    try:
        with contextlib.closing(reading(path)) as db:
            (ours,), (form,) = (db.execute(f"pragma {what}").fetchone() for what in ("application_id", "user_version"))
    except sqlite3.Error as error:
        raise MachineError(FAILED.format(path, error)) from error
    if ours != OURS:
        raise LisaError(FOREIGN.format(path))
    return int(form)


def _in_database(place: DatabaseAddress) -> int | None:
    from sojus.store.postgres import form_in  # for who has its driver

    return form_in(place)
