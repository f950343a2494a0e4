"""The logs of an exchange, read beside it, as lines for the programs of others: one JSON object for each entry.

    {"protokoll": "vermittlung", "nummer": 7, "zeit": "2026-11-23T10:00:00.000+01:00", "ereignis": "buero.verbunden",
     "gegenstand": "templin", "angabe": ""}

A log is followed by the numbers of its entries, which have no gaps. One that is shorter than it was (restored, or
damaged and begun anew) is read from its beginning.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

from lisa_core.domain.model.errors import LisaError, MachineError
from lisa_core.exchange import texts
from lisa_core.store.folder import ACCOUNTS, LOG, reading

LOGS: Mapping[str, str] = {"vermittlung": LOG, "anmeldungen": ACCOUNTS}
"""What they are called, and the file of each in a folder."""
KEYS = ("nummer", "zeit", "ereignis", "gegenstand", "angabe")
_AFTER = "select number, at, name, subject, detail from journal where number > ? order by number"
Row = tuple[int, str, str, str, str]


class LogSource(Protocol):
    """Where the logs of an exchange lie."""

    def after(self, log: str, number: int) -> list[Row]:
        """Its entries with higher numbers; all of them if there are none so high. Raises `LisaError`."""
        ...


class FolderLogs:
    """Of a folder. Raises `LisaError` where no exchange has ever been at work."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        if not (folder / LOG).is_file():
            raise LisaError(texts.NO_EXCHANGE.format(folder))

    def after(self, log: str, number: int) -> list[Row]:
        path = self._folder / LOGS[log]
        if not path.is_file():
            return []  # nobody has an account yet
        try:
            with contextlib.closing(reading(path)) as db:
                ((highest,),) = db.execute("select coalesce(max(number), 0) from journal").fetchall()
                known = number if number <= highest else 0
                return db.execute(_AFTER, (known,)).fetchall()
        except sqlite3.Error as error:
            raise MachineError(texts.LOG_UNREADABLE.format(path, error)) from error


def lines(source: LogSource, known: dict[str, int]) -> Iterator[str]:
    """Whatever is new since `known`, the last number of each log, which goes on with each line."""
    for log in LOGS:
        for row in source.after(log, known.get(log, 0)):
            yield json.dumps({"protokoll": log, **dict(zip(KEYS, row, strict=True))}, ensure_ascii=False)
            known[log] = int(row[0])
