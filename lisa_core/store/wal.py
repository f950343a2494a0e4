"""SQLite's write-ahead file, carried over beside the work: a hot path, by itself.

A commit writes its pages into LOG-wal and waits for the disk once: 0.1 to 0.3 ms. Every ROUND pages all of them are
carried over into LOG, which waits for the disk twice: 2 to 6 ms. SQLite lets the commit do this that happens to be the
last of a round, and behind a commit somebody waits for a ring; here a thread does it. What is durable when does not
change by that, nor does a log whose thread never came to it: that is only longer.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from pathlib import Path

ROUND = 1_000
"""Pages after which they are carried over."""
AT_MOST = 4 * ROUND
"""Pages above which a commit carries them over by itself, should the thread not have come to it."""
PAGES_A_COMMIT, ROWS_A_PAGE = 4, 8


class Carrier:
    """Carries the pages over beside the work: tell it of every commit on `db`."""

    def __init__(self, db: sqlite3.Connection, log: Path) -> None:
        db.execute(f"pragma wal_autocheckpoint={AT_MOST}")
        self._log = log
        self._pages = 0
        self._carrying: threading.Thread | None = None

    def committed(self, rows: int) -> None:
        """A commit of so many rows is durable."""
        self._pages += PAGES_A_COMMIT + rows // ROWS_A_PAGE
        if self._pages >= ROUND and (self._carrying is None or not self._carrying.is_alive()):
            self._pages = 0
            self._carrying = threading.Thread(target=self._carry, name="wal", daemon=True)
            self._carrying.start()

    def _carry(self) -> None:
        with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(self._log, timeout=0.1)) as db:
            db.execute("pragma wal_checkpoint(passive)").fetchall()
            # The few that came meanwhile; a commit waits for these 2 ms, and the next one begins the file anew.
            db.execute("pragma wal_checkpoint(restart)").fetchall()

    def close(self) -> None:
        """Wait for it."""
        if self._carrying is not None:
            self._carrying.join()
