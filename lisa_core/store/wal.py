"""SQLite's write-ahead file, kept so that a commit only ever writes anew what is there: a hot path, by itself.

    LOG-wal   ########........    a commit writes its pages behind the last ones and waits for the disk: 0.1 ms
                                  it makes the file longer as well: 0.2 ms, one in a hundred 4 ms (measured on ext4)
              every ROUND pages   all of them are carried over into LOG, which waits for the disk twice: 2 to 6 ms

So the file is made as long as it will get before the first commit, and carried over by a thread beside the work, never
by the commit that happens to be the last of a round, behind which somebody waits for a ring. Both are SQLite's own
affair and change nothing of what is durable when: a log whose file is short, or full, is only slower.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
from pathlib import Path

ROUND = 1_500
"""Pages after which they are carried over."""
LENGTH = 8_000_000
"""Bytes of the file: a round, and what is written while it is carried over."""
AT_MOST = 4 * ROUND
"""Pages above which a commit carries them over by itself, should the thread not have come to it."""
PAGES_A_COMMIT = 4
ROWS_A_PAGE = 8


def lengthen(db: sqlite3.Connection, log: Path) -> None:
    """Give it its length, before the first commit; without room on the disk it stays short."""
    path = log.with_name(f"{log.name}-wal")
    with contextlib.suppress(OSError, sqlite3.Error):
        db.execute(f"pragma wal_autocheckpoint={AT_MOST}")
        db.execute("pragma wal_checkpoint(truncate)").fetchall()
        descriptor = os.open(path, os.O_WRONLY | os.O_CLOEXEC)
        try:
            if os.fstat(descriptor).st_size == 0 and os.write(descriptor, bytes(LENGTH)) < LENGTH:
                os.ftruncate(descriptor, 0)
        except OSError:
            os.ftruncate(descriptor, 0)
        finally:
            os.close(descriptor)


class Carrier:
    """Carries the pages over beside the work: tell it of every commit."""

    def __init__(self, log: Path) -> None:
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
        with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(self._log, timeout=0)) as db:
            db.execute("pragma wal_checkpoint(passive)").fetchall()
            # The few that came meanwhile; a commit waits for these 2 ms, and the next one begins the file anew.
            db.execute("pragma wal_checkpoint(restart)").fetchall()

    def close(self) -> None:
        """Wait for it."""
        if self._carrying is not None:
            self._carrying.join()
