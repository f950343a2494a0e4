"""Placements that are kept: acts are decided in turn with all other processes, and durable before anybody is told.

    a turn: take in what others appended -> decide on the own state -> append with the next numbers -> commit

What a turn has decided and could not keep is in the own state all the same: then the state is made anew from the log,
which says as well what was kept after all. A fault of ours in one act is none of that: the act is undone where it
stands, and the others of its turn are kept.

Two locks, the first one first: `_turns` has whoever asks the log, `_lock` whoever reads the state or changes it. Nobody
holds the state while waiting for the log, or for another process' turn. Only what a turn has decided and not kept yet
is read by nobody (`_stale`).
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from lisa_core.domain.model.errors import LisaError, MachineError
from sojus.domain.placement.events import Act
from sojus.domain.placement.state import Placements
from sojus.store.entries import Rules, known
from sojus.store.log import ActLog
from sojus.store.plain import plain
from sojus.store.replica import Done
from sojus.store.snapshots import Snapshots
from sojus.store.tables import rules_of
from sojus.store.turn import Answer, Turn, Wish, checked, is_due


class KeptPlacements:
    """Opened by `sojus.store.opening`. Every thread may call; one thing is done at a time."""

    def __init__(self, log: ActLog) -> None:
        self._log, self._turns, self._lock = log, threading.RLock(), threading.RLock()
        self._snapshots = Snapshots(log)
        self._replica = self._snapshots.newest()
        self._stale, self._reader = False, 0
        self._news: list[Done] = []
        self._told = self._replica.head.count
        self._take_in()
        self._news.clear()
        self._snapshots.beside(self._replica)

    def do(self, wishes: Sequence[Wish]) -> list[Answer]:
        """All in one turn, in this order; each is answered.

        A wish whose key stands in the log is not done again: it is answered as it was then. Raises `LisaError` if the
        machine failed twice: ask again by the same keys, and what was kept after all is found.
        """
        asked = [checked(wish) for wish in wishes]
        with self._asking():
            return self._try_twice(asked)

    def asked_before(self, key: str) -> Act | None:
        """The act that stands in the log under this key, whichever process did it. Raises `LisaError`."""
        with self._asking():
            found = [known(self._log.name, row).what for row in self._log.named([key])]
        return next((one for one in found if isinstance(one, Act)), None)

    def bring_due(self, now: datetime) -> None:
        """What has come to its end by now, and a new day. Whichever process brings it first: it happens once."""
        with self._asking():
            self.look()
            with self._lock:
                due = is_due(self._replica, now)
            if due:
                with self._turn([]) as turn:
                    turn.elapse(now)

    def set_rules(self, rules: Rules, now: datetime) -> bool:
        """By these everything is decided from now on, in all processes. False: it is so already. Raises `LisaError`."""
        with self._asking():
            self.look()
            if not _differ(rules_of(self._replica.state), rules):
                return False
            with self._turn([]) as turn:
                if _differ(rules_of(self._replica.state), rules):  # else another process was first
                    turn.elapse(now)
                    turn.follow_rules(rules, now)
            return bool(turn.rows)

    def look(self) -> None:
        """Take in what others have done."""
        with self._asking():
            if self._stale:
                self._replica = self._snapshots.newest()  # nobody reads what is stale
            self._take_in()
            self._stale = False

    def news(self) -> list[Done]:
        """Everything done since the last call, by whomever, in the order of the log."""
        with self._lock:
            found, self._news = self._news, []
            return found

    @contextmanager
    def reading(self) -> Iterator[Placements]:
        """The state after a whole act that is kept; nothing is done meanwhile. Whoever has it asks nothing of any other
        database; who asks the log all the same gets a `RuntimeError`."""
        while True:
            if self._stale:
                with self._asking():  # until it is kept
                    if self._stale:
                        self.look()
            with self._lock:
                if not self._stale:
                    was, self._reader = self._reader, threading.get_ident()
                    try:
                        yield self._replica.state
                    finally:
                        self._reader = was
                    return

    @property
    def count(self) -> int:
        """The number of the last entry that was taken in."""
        return self._replica.head.count

    def wait(self, timeout_s: float) -> None:
        """Until another process has done something, or the time is over. In a thread of its own."""
        self._log.wait(timeout_s)

    def close(self) -> None:
        """With a snapshot for whoever starts next."""
        with self._asking(), self._lock:
            if not self._stale:
                self._snapshots.last(self._replica)
            self._log.close()

    @contextmanager
    def _asking(self) -> Iterator[None]:
        """The log is this thread's. Not for who reads the state: who has the log may wait for that."""
        if self._reader == threading.get_ident():
            raise RuntimeError("whoever reads the state asks nothing of the log")
        with self._turns:
            yield

    def _try_twice(self, asked: Sequence[Wish | LisaError]) -> list[Answer]:
        """Once more if the machine failed: what was kept after all is found by its key."""
        try:
            return self._once(asked)
        except MachineError:
            return self._once(asked)

    def _once(self, asked: Sequence[Wish | LisaError]) -> list[Answer]:
        with self._turn([wish.key for wish in asked if isinstance(wish, Wish)]) as turn:
            return turn.answers(asked)

    @contextmanager
    def _turn(self, keys: Sequence[str]) -> Iterator[Turn]:
        self.look()
        with self._log.turn():
            self._take_in()
            found = self._log.named(keys) if keys else []
            turn = Turn(self._replica, {one.key: one for one in (known(self._log.name, row) for row in found)})
            with self._lock:
                self._stale = True  # until it is kept
                yield turn
            if turn.rows:
                self._log.append(turn.rows)
        with self._lock:
            self._stale = False
            self._tell(turn.done)
            self._snapshots.beside(self._replica)

    def _take_in(self) -> None:
        was, whole = self._stale, False
        try:
            while rows := self._log.rows(self._replica.head.count):
                with self._lock:
                    self._stale = True  # until all of these are taken in
                    self._tell(self._replica.take_in(rows))
                    self._stale = was
            whole = True
        finally:
            with self._lock:
                self._stale = was or not whole

    def _tell(self, done: Sequence[Done]) -> None:
        """Each once, also if the state was made anew meanwhile."""
        with self._lock:
            self._news += [one for one in done if one.number > self._told]
            self._told = max(self._told, self._replica.head.count)


def _differ(one: Rules, other: Rules) -> bool:
    """As they are written: of a vocabulary the order of its words counts too, which mappings do not compare."""
    return repr(plain(one)) != repr(plain(other))
