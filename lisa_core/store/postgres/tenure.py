"""Who writes a database: one program at a time, for as long as it says so again and again; another one waits for that.

    head.generation    grows with each who takes over; every write carries it, so who was succeeded writes nothing
    head.until         until when the present one holds it, by the server's clock; renewed every RENEW_S
    advisory lock      held by its session: gone as soon as the server sees that its program is

A waiting program takes over when `until` has passed, or when the lock is free and nothing was renewed for QUIET_S.
After its own connection was lost it first waits as long as a lease lasts: the server may have been away for both.
Meanwhile it follows the chain of the log as far as it goes, so that little is left to read when its turn comes.
"""

from __future__ import annotations

import contextlib
import threading
import time

import psycopg

from lisa_core.domain.model.errors import LisaError, MachineError
from lisa_core.store.chain import Checkpoint, Good, follow
from lisa_core.store.postgres import whole
from lisa_core.store.postgres.database import Bounded, connect, name_for
from lisa_core.store.postgres.errors import is_machine, sentence
from lisa_core.store.postgres.forms import LOCK, take_up
from lisa_core.store.postgres.place import DatabaseAddress

LEASE_S, RENEW_S, QUIET_S, LOOK_S = 1.2, 0.2, 0.6, 0.1
"""Seconds: of a lease; between two renewals; without one, until a dead program is succeeded; between two looks."""
GIVE_WAY_S = 75.0
"""Seconds without the database after which a program ends for whom another one waits: that may reach it."""
UNAWARE_S = GIVE_WAY_S + 10.0
"""Seconds after which all know it who were connected to a program that was cut off: from the database only (then it
gives way, and they dial anew), or from them as well (then they notice sooner)."""
_ANSWER_S = 1.0
_TRY_LOCK = "select pg_try_advisory_lock(%s, 2)"
_UNLOCK = "select pg_advisory_unlock(%s, 2)"
_TAKE = """update head set generation = generation + 1, until = clock_timestamp() + make_interval(secs => %(lease)s)
    where until < clock_timestamp()
        or (%(alone)s and until < clock_timestamp() + make_interval(secs => %(lease)s - %(quiet)s))
    returning count, tip, generation"""
_BEGIN = """insert into head(count, tip, generation, until)
    values (-1, '', 1, clock_timestamp() + make_interval(secs => %(lease)s)) on conflict do nothing
    returning count, tip, generation"""
_RENEW = """update head set until = clock_timestamp() + make_interval(secs => %s) where generation = %s
    returning (select at > clock_timestamp() - interval '5 seconds' from waiting)"""
_RELEASE = "update head set until = '-infinity' where generation = %s returning pg_advisory_unlock(%s, 2)"
_WAITS = """insert into waiting(at) values (clock_timestamp())
    on conflict (one) do update set at = excluded.at where waiting.at < excluded.at - interval '1 second'"""


class Tenure:
    """Held until `close`, or until somebody else took over (`succeeded`)."""

    def __init__(self, place: DatabaseAddress, name: str, db: Bounded, taken: tuple[Checkpoint | None, int]) -> None:
        self.noted, self.generation = taken
        self.known = Good()
        """How far the log was followed before."""
        self.unaware_s = 0.0
        """So long whoever is connected to the program before it may take that for the one that writes."""
        self._place, self._name = place, name
        self._db: Bounded | None = db
        self._locked = False
        self._closed, self._succeeded = threading.Event(), False
        self._renewed_s, self._awaited = time.monotonic(), False
        self._thread = threading.Thread(target=self._keep, name="tenure", daemon=True)
        self._thread.start()

    @property
    def succeeded(self) -> bool:
        """Whether this program should end: another one has taken over, or waits and may be nearer to the database."""
        return self._succeeded or (self._awaited and time.monotonic() - self._renewed_s > GIVE_WAY_S)

    def close(self) -> None:
        """Let go: whoever waits need not wait any longer."""
        self._closed.set()
        self._thread.join()
        with contextlib.suppress(psycopg.Error):
            if self._db is not None:
                self._db.execute(_RELEASE, (self.generation, LOCK))
                self._db.close()

    def _keep(self) -> None:
        while not self._closed.wait(RENEW_S) and not self._succeeded:
            try:
                self._renew()
            except (psycopg.Error, LisaError):
                if self._db is not None:
                    self._db.close()
                self._db = None

    def _renew(self) -> None:
        began_s = time.monotonic()
        if self._db is None:
            self._db, self._locked = _connect(self._place, self._name), False
        if not self._locked:  # the session of whom we succeeded may hold it for a while
            self._locked = self._db.execute(_TRY_LOCK, (LOCK,)).fetchone() == (True,)
        row = self._db.execute(_RENEW, (LEASE_S, self.generation)).fetchone()
        if row is None:
            self._succeeded = True
        else:
            self._renewed_s, self._awaited = began_s, bool(row[0])


class Successor:
    """Looks again and again whether it is its turn. The first look raises `LisaError` where it never can be."""

    def __init__(self, place: DatabaseAddress) -> None:
        self._place, self._name = place, name_for("pacht")
        self._db: Bounded | None = None
        self._since_s = 0.0
        self._known = Good()

    def look(self) -> Tenure | None:
        """The tenure, if it is ours now. Raises `LisaError`; after a `MachineError` looking again may help."""
        try:
            if self._db is None:
                first = self._since_s == 0.0
                self._db = _connect(self._place, self._name)
                take_up(self._place, self._db)
                self._since_s = time.monotonic() - (LEASE_S if first else 0.0)
            return self._try(self._db)
        except psycopg.Error as error:
            self.close()
            if not is_machine(error):
                raise
            raise sentence(self._place, error) from None
        except MachineError:
            self.close()
            raise

    def _try(self, db: Bounded) -> Tenure | None:
        if time.monotonic() - self._since_s < LEASE_S:
            return None
        alone = db.execute(_TRY_LOCK, (LOCK,)).fetchone() == (True,)
        asked = {"lease": LEASE_S, "quiet": QUIET_S, "alone": alone}
        db.execute("set synchronous_commit = on")
        row = db.execute(_TAKE, asked).fetchone()
        if row is None and db.execute("select 1 from head").fetchone() is None:
            row = db.execute(_BEGIN, asked).fetchone()
        db.execute("set synchronous_commit = off")
        if row is None:
            if alone:
                db.execute(_UNLOCK, (LOCK,))
            db.execute(_WAITS)
            self._follow(db)
            return None
        self._db = None
        noted = Checkpoint(int(row[0]), bytes(row[1])) if row[0] >= 0 else None
        tenure = Tenure(self._place, self._name, db, (noted, int(row[2])))
        tenure.known, tenure.unaware_s = self._known, 0.0 if alone else UNAWARE_S
        return tenure

    def _follow(self, db: Bounded) -> None:
        """The log goes on while somebody else writes it; what is not good is for whoever opens it."""
        if not self._known.why:
            self._known = follow(whole.rows_of(db, self._known.head.count), None, self._known)

    def close(self) -> None:
        if self._db is not None:
            self._db.close()
        self._db = None


def take(place: DatabaseAddress) -> Tenure | None:
    """The tenure, at once or as soon as a program that is gone has lost it; None while somebody else has it."""
    successor = Successor(place)
    end_s = time.monotonic() + LEASE_S + 1
    while (tenure := successor.look()) is None and time.monotonic() < end_s:
        time.sleep(LOOK_S)
    successor.close()
    return tenure


def _connect(place: DatabaseAddress, name: str) -> Bounded:
    db = connect(place, name)
    db.within_s = _ANSWER_S
    try:
        db.execute("set synchronous_commit = off")  # a lease that is lost with the server is over anyway
    except psycopg.Error as error:
        db.close()
        raise sentence(place, error) from None
    return db
