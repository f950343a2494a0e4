"""Where placements are kept: a data folder, or a database by its URL."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from lisa_core.store.folder import private_folder
from lisa_core.store.postgres.place import is_database, place_of
from sojus.store.entries import Rules
from sojus.store.kept import KeptPlacements
from sojus.store.log import ActLog
from sojus.store.sqlite import SqliteActs

FILE = "sojus.sqlite"


def open_placements(where: str | Path, rules: Rules, now: datetime) -> KeptPlacements:
    """Take up what is kept at a URL or in a folder, or begin it; `rules` hold from now on.

    Raises `LisaError` for what another version wrote, a damaged log, and rules that do not fit what is kept.
    """
    log = open_log(where)
    try:
        kept = KeptPlacements(log)
        kept.set_rules(rules, now)
    except BaseException:
        log.close()
        raise
    return kept


def open_log(where: str | Path) -> ActLog:
    """The log alone."""
    if isinstance(where, str) and is_database(where):
        place = place_of(where)  # says so if the driver is missing
        from sojus.store.postgres import PostgresActs

        return PostgresActs(place)
    folder = Path(where)
    private_folder(folder)
    return SqliteActs(folder / FILE)
