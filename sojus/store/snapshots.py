"""Snapshots of a log, made beside the work: so a start takes in what came since, and not a year.

The newest that is whole is begun with; without one, the first entry of the log.
"""

from __future__ import annotations

import contextlib
import threading
import zlib
from datetime import datetime
from hashlib import sha256

from lisa_core.domain.model.errors import LisaError
from lisa_core.store.chain import Checkpoint
from sojus.domain.placement.state import Placements
from sojus.store.log import ActLog, ReadLog, Snapshot
from sojus.store.plain import Misfit
from sojus.store.replica import Replica
from sojus.store.tables import PlacementTables, packed, placements, tables, unpacked

EVERY = 5_000
"""Entries after which the next snapshot is made: about so many at most a start takes in."""


class Snapshots:
    """Of one log, as one process makes them."""

    def __init__(self, log: ActLog) -> None:
        self._log = log
        self._made = 0
        self._making: threading.Thread | None = None

    def newest(self) -> Replica:
        """As the function of this name."""
        found = newest(self._log)
        self._made = max(self._made, found.head.count)
        return found

    def beside(self, replica: Replica) -> None:
        """Make one if it is time, in a thread: the values are frozen, and go on being what they are."""
        busy = self._making is not None and self._making.is_alive()
        if replica.head.count - self._made < EVERY or busy:
            return
        self._made = replica.head.count
        work = (replica.head, tables(replica.state))
        self._making = threading.Thread(target=self._make, args=work, name="snapshot", daemon=True)
        self._making.start()

    def last(self, replica: Replica) -> None:
        """Wait for the one that is being made; and make one if anything was done since."""
        if self._making is not None:
            self._making.join()
        if replica.head.count > self._made:
            self._make(replica.head, tables(replica.state))

    def _make(self, head: Checkpoint, of: PlacementTables) -> None:
        data = packed(of)
        with contextlib.suppress(LisaError):  # a start takes longer, no more
            self._log.keep(Snapshot(head.count, head.tip, sha256(data).digest(), data))


def newest(log: ReadLog) -> Replica:
    """A replica as it stood at the newest snapshot that is whole; an empty one if there is none."""
    for one in log.snapshots():
        at = _moment_of(one, log)
        if at is not None and (state := _state(one.data)) is not None:
            return Replica(log.name, state, Checkpoint(one.number, one.tip), at)
    return Replica(log.name)


def _moment_of(one: Snapshot, log: ReadLog) -> datetime | None:
    """Of the entry after which it was made; None if it is damaged, or of another log."""
    row = next(iter(log.rows(one.number - 1)), None)
    if row is None or row[0] != one.number or row[-1] != one.tip or sha256(one.data).digest() != one.digest:
        return None
    return datetime.fromisoformat(row[1])


def _state(data: bytes) -> Placements | None:
    """None for what another version wrote in another form."""
    try:
        return placements(unpacked(data))
    except (Misfit, ValueError, zlib.error):
        return None
