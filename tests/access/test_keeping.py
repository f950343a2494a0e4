"""What every store of accounts and sessions promises, in memory, in SQLite and in PostgreSQL."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from lisa_core.access.keeping.in_database import open_database
from lisa_core.access.keeping.memory import MemoryAccess
from lisa_core.access.keeping.port import AccessChange, AccessStore, AccountChangedError
from lisa_core.access.keeping.sqlite import FORM, open_sqlite
from lisa_core.access.sessions import Lack, LoginSession
from lisa_core.domain.model.errors import LisaError, MachineError
from lisa_core.store.journal import Entry
from lisa_core.store.postgres.place import place_of
from tests.access.house import LEAD, account
from tests.store.server import EMPTY, Server, server

__all__ = ["server"]

ERIKA = replace(account("e.muster", "hash"), codes_refused=3)
SESSION = LoginSession("id-1", "e.muster", 100, 100, (Lack.OWN_PASSWORD,))
ENTRY = Entry("2026-11-23T12:00", "konto.angelegt", "e.muster", "agent")


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[AccessStore]:
    with contextlib.ExitStack() as stack:
        made: AccessStore = MemoryAccess()
        if request.param == "sqlite":
            made = open_sqlite(tmp_path / "access.sqlite")
        elif request.param == "postgres":
            running: Server = request.getfixturevalue("server")
            made = open_database(place_of(running.socket_url(stack.enter_context(running.database()))))
        stack.callback(made.close)
        yield made


def test_what_is_written_is_there(store: AccessStore) -> None:
    store.write(AccessChange(accounts=(ERIKA,), entries=(ENTRY,)))
    store.write(AccessChange(began=(SESSION, replace(SESSION, id="id-2", began_s=50))))
    assert store.accounts() == [replace(ERIKA, version=1)] == [store.account("e.muster")]
    assert store.session("id-1") == SESSION
    assert [one.id for one in store.sessions_of("e.muster")] == ["id-2", "id-1"]
    assert store.entries() == [ENTRY]
    assert store.account("niemand") is store.session("keine") is None
    assert len(store.secret()) == 32
    assert store.secret() == store.secret()


def test_an_account_that_was_changed_meanwhile_keeps_everything_out(store: AccessStore) -> None:
    """Somebody logs in while the administration disables her: one of both comes too late, and not the latter."""
    store.write(AccessChange(accounts=(ERIKA,)))
    read = store.account("e.muster")
    assert read is not None
    store.write(AccessChange(accounts=(replace(read, disabled=True),)))
    for late in (
        AccessChange(unchanged=(read,), began=(SESSION,)),
        AccessChange(accounts=(replace(read, password="renewed"),), began=(SESSION,)),
        AccessChange(accounts=(ERIKA,), entries=(ENTRY,)),
    ):
        with pytest.raises(AccountChangedError):
            store.write(late)
    assert store.session("id-1") is None
    assert store.entries() == []
    assert store.accounts() == [replace(ERIKA, disabled=True, version=2)]


def test_what_rests_on_all_accounts_keeps_out_what_came_meanwhile(store: AccessStore) -> None:
    store.write(AccessChange(accounts=(ERIKA,)))
    before = store.revision()
    store.write(AccessChange(accounts=(replace(ERIKA, name="b.beispiel"),)))
    late = AccessChange(accounts=(replace(ERIKA, name="n.neu"),), entries=(ENTRY,), revision=before)
    with pytest.raises(AccountChangedError, match=r"n\.neu"):
        store.write(late)
    assert (store.account("n.neu"), store.entries(), store.revision()) == (None, [], before + 1)
    store.write(replace(late, revision=before + 1))
    assert store.account("n.neu") is not None


def test_the_end_of_the_log_alone(store: AccessStore) -> None:
    entries = [ENTRY._replace(detail=str(number)) for number in range(5)]
    store.write(AccessChange(entries=tuple(entries)))
    assert [store.entries(last) for last in (2, 4, 5, 9)] == [entries[-2:], entries[-4:], entries, entries]


def test_a_session_that_is_over_does_not_come_back(store: AccessStore) -> None:
    store.write(AccessChange(accounts=(ERIKA,), began=(SESSION, replace(SESSION, id="id-2"))))
    store.write(AccessChange(seen=(("id-1", 160),)))
    assert store.session("id-1") == replace(SESSION, seen_s=160)
    store.write(AccessChange(ended=("id-1",)))
    store.write(AccessChange(seen=(("id-1", 220),)))
    assert store.session("id-1") is None
    store.write(AccessChange(ended_of=("e.muster",), began=(replace(SESSION, id="id-3"),)))
    assert [one.id for one in store.sessions_of("e.muster")] == ["id-3"]


def test_whoever_looks_notices_a_change_and_not_that_somebody_is_there(store: AccessStore) -> None:
    store.write(AccessChange(accounts=(ERIKA,), began=(SESSION,)))
    before = store.revision()
    store.write(AccessChange(seen=(("id-1", 160),)))
    assert store.revision() == before
    store.write(AccessChange(ended=("id-1",)))
    assert store.revision() != before


def test_two_programs_on_one_file(tmp_path: Path) -> None:
    here, there = (open_sqlite(tmp_path / "access.sqlite") for _ in range(2))
    here.write(AccessChange(accounts=(ERIKA,), entries=(ENTRY,)))
    before = here.revision()
    known = there.account("e.muster")
    assert known is not None
    there.write(AccessChange(accounts=(replace(known, roles=(LEAD,)),), entries=(ENTRY,)))
    assert here.revision() != before
    assert here.accounts()[0].roles == (LEAD,)
    assert len(here.entries()) == 2
    assert here.secret() == there.secret()
    assert (tmp_path / "access.sqlite").stat().st_mode & 0o077 == 0
    for one in (here, there):
        one.close()


def test_two_programs_on_one_database(server: Server) -> None:
    """And its tables are made by whoever comes first."""
    with server.database(EMPTY) as name, contextlib.ExitStack() as stack:
        here, there = (open_database(place_of(server.socket_url(name))) for _ in range(2))
        for one in (here, there):
            stack.callback(one.close)
        here.write(AccessChange(accounts=(ERIKA,), entries=(ENTRY,)))
        before, known = here.revision(), there.account("e.muster")
        assert known is not None
        there.write(AccessChange(accounts=(replace(known, roles=(LEAD,)),), entries=(ENTRY,), began=(SESSION,)))
        assert here.revision() != before
        assert (here.accounts()[0].roles, here.session("id-1")) == ((LEAD,), SESSION)
        assert len(here.entries()) == 2
        assert here.secret() == there.secret()
        with server.admin(name) as db:
            with pytest.raises(Exception, match="append-only"):
                db.execute("delete from access_journal")
            db.execute("set session_replication_role = replica")
            db.execute("update access_journal set subject = 'x' where number = 1")
            db.execute("""update account set text = '{"roles": ["king"]}'""")
        for last in (None, 2):
            with pytest.raises(LisaError, match="verändert"):
                here.entries(last)
        assert len(here.entries(1)) == 1, "what is looked at is whole"
        with pytest.raises(MachineError):
            here.accounts()


def test_what_was_altered_lets_nobody_in_and_is_told(tmp_path: Path) -> None:
    path = tmp_path / "access.sqlite"
    store = open_sqlite(path)
    store.write(AccessChange(accounts=(ERIKA,), began=(SESSION,), entries=(ENTRY, ENTRY)))
    raw = sqlite3.connect(path)
    with raw, pytest.raises(sqlite3.IntegrityError):
        raw.execute("delete from journal")
    with raw:
        raw.execute("drop trigger no_update")
        raw.execute("update journal set subject = 'x' where number = 1")
        raw.execute("""update account set text = '{"roles": ["king"]}'""")
        raw.execute("update session set text = 'nichts'")
    for last in (None, 2):
        with pytest.raises(LisaError, match="verändert"):
            store.entries(last)
    assert len(store.entries(1)) == 1, "what is looked at is whole"
    for ask in (store.accounts, lambda: store.session("id-1")):
        with pytest.raises(MachineError):
            ask()
    store.close()
    with raw:
        raw.execute(f"pragma user_version = {FORM + 1}")
    with pytest.raises(LisaError, match="neuere Version"):
        open_sqlite(path)
    raw.close()
    path.write_bytes(b"nichts davon " * 100)
    with pytest.raises(MachineError, match="lassen sich nicht öffnen"):
        open_sqlite(path)
