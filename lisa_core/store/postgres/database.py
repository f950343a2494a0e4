"""One connection to PostgreSQL: each answer bounded in time, and made anew beside the work when it was lost.

While there is none, `run` fails at once, so nobody's work stands still for a server that is away. A thread looks after
it: it notices when the server has ended an idle connection, and tries again and again to make a new one. Before a new
connection is used, the server has ended the old one: what was sent on that happens before, or never.
"""

from __future__ import annotations

import contextlib
import secrets
import select
import threading
import time
from collections.abc import Callable
from typing import TypeVar

import psycopg
from psycopg.abc import PQGen
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from lisa_core.domain.model.errors import LisaError, MachineError
from lisa_core.store.chain import Columns
from lisa_core.store.postgres.errors import GONE, is_machine, sentence
from lisa_core.store.postgres.place import DatabaseAddress, check_proven

T = TypeVar("T")
ANSWER_S = 2.0
"""Maximum time in seconds for an answer, while others wait for it."""
LONG_S = 120.0
"""The same for what nobody waits for: reading a log, writing a large package."""
AGAIN_S = 0.5
"""Interval in seconds of trying to connect again."""
_ALIVE: dict[str, int] = {
    "tcp_user_timeout": 5000,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "connect_timeout": 5,
}
"""How soon a connection counts as lost that says nothing; milliseconds in the first."""
_SETTINGS = """select set_config('synchronous_commit', 'on', false),
    set_config('default_transaction_isolation', 'read committed', false),
    set_config('client_encoding', 'UTF8', false), set_config('standard_conforming_strings', 'on', false),
    set_config('idle_session_timeout', '0', false), set_config('idle_in_transaction_session_timeout', '0', false),
    set_config('tcp_keepalives_idle', '5', false), set_config('tcp_keepalives_interval', '2', false),
    set_config('tcp_keepalives_count', '3', false)"""
_END_OTHERS = """select count(pg_terminate_backend(pid)) from pg_stat_activity
    where application_name = %s and datname = current_database() and pid <> pg_backend_pid()"""
OLDEST = 140_000
"""The first server version of which each of our settings is known: 14."""
TOO_OLD = "{}: Dieser Server ist PostgreSQL {}; gebraucht wird {} oder neuer. Einen neueren nennen."
NOT_UTF8 = "{}: Diese Datenbank schreibt nicht in UTF-8. Eine mit encoding 'UTF8' anlegen und nennen."


class Bounded(psycopg.Connection[Columns]):
    """A connection that waits for no answer longer than `within_s`."""

    within_s = LONG_S

    def wait(self, gen: PQGen[T], interval: float = 0.1, timeout: float | None = None) -> T:
        return super().wait(gen, interval, self.within_s if timeout is None else timeout)


def connect(place: DatabaseAddress, name: str) -> Bounded:
    """A connection in autocommit, known to the server by `name` in ASCII; it takes the place of others of that name.

    Raises `LisaError`.
    """
    try:
        db = Bounded.connect(_conninfo(place, name), autocommit=True)
    except psycopg.Error as error:
        raise sentence(place, error) from None  # a traceback would show what it was called with
    try:
        modes = [(one.val or b"").decode() for one in db.pgconn.info if one.keyword == b"sslmode"]
        check_proven(place, (db.info.host, db.info.hostaddr), *modes)
        if db.info.server_version < OLDEST:
            raise LisaError(TOO_OLD.format(place.name, db.info.server_version // 10_000, OLDEST // 10_000))
        db.execute(_SETTINGS)
        _end_others(db, name)
    except psycopg.Error as error:
        db.close()
        raise sentence(place, error) from None
    except LisaError:
        db.close()
        raise
    return db


def check_encoding(place: DatabaseAddress, db: Bounded) -> None:
    """Raises `LisaError` for a database that cannot keep every character."""
    if db.info.parameter_status("server_encoding") != "UTF8":
        raise LisaError(NOT_UTF8.format(place.name))


def _end_others(db: Bounded, name: str) -> None:
    """Until the last of them is gone."""
    end_s = time.monotonic() + ANSWER_S
    while db.execute(_END_OTHERS, (name,)).fetchone() != (0,):
        if time.monotonic() > end_s:
            raise psycopg.OperationalError("timeout: the former connection does not end")
        time.sleep(0.02)


def _conninfo(place: DatabaseAddress, name: str) -> str:
    """What was told, and what we want where nothing is said."""
    told = conninfo_to_dict(place.conninfo)
    return make_conninfo(place.conninfo, application_name=name, **{k: v for k, v in _ALIVE.items() if k not in told})


def name_for(purpose: str) -> str:
    """What a connection is known by, and no other one."""
    return f"lisa {purpose} {secrets.token_hex(6)}"


class Database:
    """Used by one thread at a time, `run` sees to that. Opening raises `LisaError`."""

    def __init__(self, place: DatabaseAddress, purpose: str) -> None:
        self.place = place
        self._name = name_for(purpose)
        self._lock, self._closed = threading.RLock(), threading.Event()
        self._why = ""
        self._db: Bounded | None = connect(place, self._name)
        threading.Thread(target=self._look_after, name="postgres", daemon=True).start()

    def run(self, work: Callable[[Bounded], T], within_s: float | None = None) -> T:
        """What `work` makes of the connection; each of its answers has to come in `within_s`, else in `ANSWER_S`.

        Raises `MachineError` when the server or the way to it is the matter: then nobody knows whether it was done.
        Other errors of psycopg are raised as they are.
        """
        with self._lock:
            db = self._db
            if db is None:
                raise MachineError(self._why)
            db.within_s = ANSWER_S if within_s is None else within_s
            try:
                return work(db)
            except psycopg.Error as error:
                if not is_machine(error):
                    raise
                told = sentence(self.place, error)
                if error.sqlstate is None or db.closed or db.broken:
                    self._lose(db, str(told))
                raise MachineError(str(told)) from None
            finally:
                if not db.closed and db.info.transaction_status is psycopg.pq.TransactionStatus.ACTIVE:
                    self._lose(db, "")  # somebody broke in

    def _lose(self, db: Bounded, why: str) -> None:
        if self._db is not db:
            return
        self._db, self._why = None, why
        with contextlib.suppress(psycopg.Error):
            db.close()

    def _look_after(self) -> None:
        while not self._closed.wait(AGAIN_S):
            if self._db is None:
                self._renew()
            elif self._lock.acquire(blocking=False):
                try:
                    self._listen(self._db)
                finally:
                    self._lock.release()

    def _listen(self, db: Bounded | None) -> None:
        """Nothing is being asked: what comes now is that the server has ended the connection, or a notice."""
        if db is None:
            return
        try:
            if select.select([db.fileno()], [], [], 0)[0]:
                db.pgconn.consume_input()
        except (psycopg.Error, OSError, ValueError):
            self._lose(db, f"{self.place.name}: {GONE}")

    def _renew(self) -> None:
        try:
            db = connect(self.place, self._name)
        except LisaError as error:
            self._why = str(error)
            return
        with self._lock:
            if self._closed.is_set():
                db.close()
            self._db = db

    def close(self) -> None:
        self._closed.set()
        with self._lock:
            if self._db is not None:
                self._db.close()
