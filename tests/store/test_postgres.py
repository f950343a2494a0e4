"""PostgreSQL as a store: what cannot be opened, what is lost on the way, and who may write."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from lisa_core.domain.model.errors import LisaError, MachineError
from lisa_core.exchange.turn import turn
from lisa_core.store.chain import Checkpoint, Good
from lisa_core.store.journal import Entry, Journal, TakenOver
from lisa_core.store.packages import LARGE
from lisa_core.store.postgres import database as connections
from lisa_core.store.postgres import forms, place, whole
from lisa_core.store.postgres.fence import Fence
from lisa_core.store.postgres.inbox import PostgresInbox
from lisa_core.store.postgres.journal import open_journal
from lisa_core.store.postgres.place import place_of
from lisa_core.store.postgres.tenure import Successor, Tenure, take
from tests.store.cut import Cut, Lost
from tests.store.inbox_to_kill import ENTRY, PACKAGE
from tests.store.server import EMPTY, PASSWORD, Server
from tests.store.stores import AT, PostgresStore

LONG = bool(os.environ.get("LISA_LONG"))
WRONG = "falsch-77"
SECRETS = (PASSWORD, WRONG, "zwie", "bel@", "bel%", "zwiebel")


def entry(number: int) -> Entry:
    return Entry(AT, "anruf.begonnen", f"v-{number}/1", "templin", f'{{"us":{number}}}')


# --- what cannot be opened ------------------------------------------------------------------------------------------

Url = Callable[[Server, str], str]
REFUSED: dict[str, tuple[Url, str, bool]] = {
    "wrong password": (lambda s, db: s.tcp_url(db, WRONG), "Benutzer und Passwort nicht an", False),
    "no password": (lambda s, db: s.tcp_url(db), "Benutzer und Passwort nicht an", False),
    "no such database": (lambda s, db: s.socket_url("gibtesnicht"), "gibt es dort nicht", False),
    "no such user": (lambda s, db: s.socket_url(db, "niemand"), "Diesen Benutzer kennt", False),
    "no such host": (
        lambda s, db: "postgresql://lisa@lisa.invalid/lisa?sslmode=verify-full",
        "Den Rechnernamen kennt hier niemand",
        True,
    ),
    "nobody there": (lambda s, db: "postgresql://lisa@127.0.0.1:1/lisa", "nimmt keine Datenbank", True),
    "no socket": (lambda s, db: f"postgresql:///lisa?host={s.folder}/data", "nimmt keine Datenbank", True),
    "no such service": (lambda s, db: "postgresql://?service=gibtesnicht", "pg_service.conf", False),
    "another protocol": (lambda s, db: "mysql://lisa@127.0.0.1/lisa", "keine Adresse einer Datenbank", False),
    "an @ in the password": (lambda s, db: f"postgresql://l:zwie@bel@127.0.0.1/{db}", "wie @ / .* als %40", False),
    "a slash in the password": (lambda s, db: f"postgresql://l:zwie/bel@127.0.0.1/{db}", "wie @ /", False),
    "half a per cent": (lambda s, db: f"postgresql://l:zwiebel%@127.0.0.1/{db}", "keine Adresse einer", False),
    "an unknown word": (lambda s, db: f"postgresql://l:zwiebel@127.0.0.1/{db}?zwiebel=1", "keine Adresse einer", False),
    "another machine": (lambda s, db: "postgresql://lisa@192.0.2.7/lisa", "sslmode=verify-full", False),
    "not proven": (lambda s, db: "postgresql://lisa@192.0.2.7/lisa?sslmode=require", "sslmode=verify-full", False),
    "one of two": (lambda s, db: "postgresql://lisa@127.0.0.1,192.0.2.7/lisa", "sslmode=verify-full", False),
    "another address": (
        lambda s, db: "postgresql://lisa@localhost/lisa?hostaddr=192.0.2.7",
        "sslmode=verify-full",
        False,
    ),
    "a password as port": (lambda s, db: f"postgresql://lisa:zwiebel/{db}", "keine Adresse einer Datenbank", False),
}


def refused(url: str) -> LisaError:
    """Why it is not opened. Nothing that is told, not even a traceback, holds a password."""
    with pytest.raises(LisaError) as found:
        open_journal(place_of(url), AT)
    told = "".join(traceback.format_exception(found.value))
    assert len(str(found.value).splitlines()) == 1
    assert not [secret for secret in SECRETS if secret in str(found.value)]
    assert PASSWORD not in told
    assert WRONG not in told.replace(f'"{WRONG}"', "")
    return found.value


@pytest.fixture(scope="module")
def closed(server: Server) -> Iterator[str]:
    """A database that nobody gets into."""
    with server.database() as name:
        yield name


@pytest.mark.parametrize("why", REFUSED)
def test_what_cannot_be_opened_is_said_in_a_sentence(server: Server, closed: str, why: str) -> None:
    url, told, machine = REFUSED[why]
    error = refused(url(server, closed))
    assert isinstance(error, MachineError) == machine, "exit code 5, else 4"
    with pytest.raises(LisaError, match=told):
        raise error


HARM: dict[str, tuple[str, str, bool]] = {
    "read only": ("alter database {} set default_transaction_read_only = on", "lässt sich nur lesen", True),
    "no room for one more": ("alter database {} connection limit 0", "zu viele Verbindungen", True),
    "not ours": ("alter database {} owner to verwalter; revoke create on schema public from public", "gehören", True),
}


@pytest.mark.parametrize("why", HARM)
def test_a_database_that_is_not_as_it_should_be_is_said_in_a_sentence(server: Server, why: str) -> None:
    statements, told, machine = HARM[why]
    with server.database(EMPTY) as name:
        with server.admin(name) as db:
            for statement in statements.split("; "):
                db.execute(statement.format(name).encode())
        error = refused(server.socket_url(name))
        assert (told in str(error), isinstance(error, MachineError)) == (True, machine), error


def test_a_password_in_the_command_line_is_refused(server: Server) -> None:
    with pytest.raises(LisaError, match=r"jeder, der .* \(ps\)") as found:
        place_of(server.tcp_url("lisa", PASSWORD), typed=True)
    assert PASSWORD not in str(found.value)
    place = place_of(server.tcp_url("lisa", PASSWORD))
    assert PASSWORD not in f"{place} {place!r} {place.name}"


def test_the_password_may_come_from_a_file(
    database: PostgresStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pass").write_text(f"*:*:*:lisa:{PASSWORD}\n")
    (tmp_path / "pass").chmod(0o600)
    there = f"port={database.server.port}\nuser=lisa\ndbname={database.name}\n"
    services = f"[buero]\nhost=127.0.0.1\n{there}[anders]\nhost=localhost\nhostaddr=127.0.0.1\n{there}"
    (tmp_path / "dienste").write_text(services)
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "pass"))
    monkeypatch.setenv("PGSERVICEFILE", str(tmp_path / "dienste"))
    for url in (database.server.tcp_url(database.name), "postgresql://?service=buero"):
        open_journal(place_of(url, typed=True), AT).close()
    monkeypatch.setattr(place, "_is_here", lambda host: host in ("", "localhost"))  # and 127.0.0.1 another machine
    assert "sslmode=verify-full" in str(refused("postgresql://?service=anders"))


def test_a_server_that_does_not_know_all_of_our_settings_is_refused(
    server: Server, closed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "OLDEST", 990_000)
    error = refused(server.socket_url(closed))
    assert "gebraucht wird 99 oder neuer" in str(error)
    assert not isinstance(error, MachineError)


def test_a_connection_of_the_same_name_in_another_database_is_left_alone(server: Server, closed: str) -> None:
    there, here = (place_of(server.socket_url(name)) for name in ("postgres", closed))
    with contextlib.closing(connections.connect(there, "gleich")) as first:
        connections.connect(here, "gleich").close()
        assert first.execute("select 1").fetchone() == (1,)


# --- forms ----------------------------------------------------------------------------------------------------------


def test_a_database_of_a_newer_version_is_refused_and_left_as_it_is(database: PostgresStore) -> None:
    database.edit("update fassung set form = 99")
    before = database.ask("select generation from head")
    error = refused(database.server.socket_url(database.name))
    assert "neuere Version" in str(error)
    assert not isinstance(error, MachineError)
    assert database.ask("select generation from head") == before


def test_a_database_of_an_older_version_is_taken_up_whole_or_not_at_all(
    database: PostgresStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    with contextlib.closing(database.log()) as log:
        log.append([entry(1)], {"a": "b"})
    monkeypatch.setattr(forms, "FORMS", (*forms.FORMS, "alter table kept add column neu text; select 1/0"))
    with pytest.raises(Exception, match="division"):
        database.log()
    assert database.ask("select form from fassung") == [(len(forms.FORMS) - 1,)]
    monkeypatch.setattr(forms, "FORMS", (*forms.FORMS[:-1], "alter table kept add column neu text default 'x'"))
    with contextlib.closing(database.log()) as log:
        assert (log.read(), log.kept()) == ([entry(1)], {"a": "b"})
    assert database.ask("select neu from kept") == [("x",)]


def test_what_is_somebody_elses_is_left_alone(server: Server) -> None:
    with server.database(EMPTY) as name:
        with server.admin(name) as db:
            db.execute("create table kept(einkaufszettel text); alter table kept owner to lisa")
        assert "liegt schon anderes" in str(refused(server.socket_url(name)))
        with server.admin(name) as db:
            assert db.execute("select tablename from pg_tables where schemaname = 'public'").fetchall() == [("kept",)]


# --- who may write --------------------------------------------------------------------------------------------------


def test_who_was_succeeded_writes_nothing_any_more(database: PostgresStore, way: Cut, there: str) -> None:
    with contextlib.closing(open_journal(place_of(there), AT)) as first:
        inbox = PostgresInbox(place_of(there), first.generation)
        first.append([entry(1)])
        inbox.store(ENTRY, PACKAGE)
        way.close()  # it is cut off, and somebody else is not
        with contextlib.closing(database.log()) as second:
            way.open()
            second.append([entry(2)])
            for write in (
                lambda: first.append([entry(3)], {"a": "b"}),
                lambda: inbox.lay(ENTRY, PACKAGE),
                lambda: inbox.receive(ENTRY, 7),
            ):
                with pytest.raises(TakenOver, match="übernommen"):
                    again(write)
            assert (second.read(), second.kept()) == ([entry(1), entry(2)], {})
            assert first.tenure
            end_s, rhythm = time.monotonic() + 20, threading.Event()
            while not first.tenure.succeeded:  # then the program ends
                assert time.monotonic() < end_s
                rhythm.wait(0.02)
        inbox.close()
    with contextlib.closing(database.inbox()) as inbox:
        assert inbox.packages() == {ENTRY.number: PACKAGE}


def test_who_was_succeeded_moves_nothing_out_of_the_way(
    database: PostgresStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It stood still, and what it finds on going on is somebody else's, whole or not."""
    stale, plain = tenure_that_is_over(database), whole.examine

    def examine(db: connections.Bounded, noted: Checkpoint | None, known: Good) -> Good:
        found = plain(db, noted, known)
        if noted is None:  # the log goes on before it writes down how far it goes
            second.append([entry(2)])
        return found

    monkeypatch.setattr(whole, "examine", examine)
    with contextlib.closing(database.log()) as second:
        second.append([entry(1)], {"a": "b"})
        for noted, harm in (
            (Checkpoint(99, bytes(32)), ""),
            (None, ""),
            (stale.noted, "update kept set crc = 0"),
            (stale.noted, "alter table kept rename column crc to summe"),
        ):
            if harm:
                database.edit(harm)
            stale.noted = noted
            with pytest.raises(TakenOver, match="übernommen"):
                open_journal(database.place, AT, stale)
        assert second.read() == [entry(1), entry(2)]
    assert database.ask("select count from head") == [(2,)]
    moved = "tablename like '%beschaedigt%' or tablename = 'kept_aside'"
    assert database.ask(f"select tablename from pg_tables where {moved}") == []
    assert database.ask("select key from kept") == [("a",)]


def test_who_is_succeeded_in_the_middle_has_done_nothing(database: PostgresStore) -> None:
    def write(db: connections.Bounded) -> None:
        with Fence("", log.generation).transaction(db):
            db.execute("update kept set text = 'c'")
            tenure_that_is_over(database)

    with contextlib.closing(database.log()) as log:
        log.append([], {"a": "b"})
    with contextlib.closing(connections.connect(database.place, "mitten darin")) as db, pytest.raises(TakenOver):
        write(db)
    assert database.ask("select text from kept") == [("b",)]


def tenure_that_is_over(database: PostgresStore) -> Tenure:
    found = take(database.place)
    assert found
    found.close()
    return found


def test_who_is_cancelled_while_it_looks_keeps_no_tenure(
    database: PostgresStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, began, let, rhythm = Successor.look, threading.Event(), threading.Event(), threading.Event()

    def look(self: Successor) -> Tenure | None:
        if threading.current_thread() is threading.main_thread():
            return plain(self)
        began.set()
        assert let.wait(60)
        while (found := plain(self)) is None:
            rhythm.wait(0.01)
        return found

    async def play() -> None:
        with contextlib.closing(database.log()), contextlib.ExitStack() as stack:
            waiting = asyncio.create_task(turn(database.place, stack))
            assert await asyncio.to_thread(began.wait, 20)
            waiting.cancel()
            await asyncio.sleep(0)
        let.set()
        with pytest.raises(asyncio.CancelledError):
            await waiting

    monkeypatch.setattr(Successor, "look", look)
    asyncio.run(play())
    monkeypatch.undo()
    database.log().close()


def again(write: Callable[[], object]) -> None:
    """As the exchange does while its store is away."""
    end_s, rhythm = time.monotonic() + 20, threading.Event()
    while True:
        try:
            write()
            return
        except TakenOver:
            raise
        except MachineError:
            assert time.monotonic() < end_s
            rhythm.wait(0.01)


# --- the way is cut -------------------------------------------------------------------------------------------------


@pytest.fixture
def way(database: PostgresStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cut]:
    monkeypatch.setattr(connections, "AGAIN_S", 0.01)
    server = database.server
    with Cut(server.folder / f".s.PGSQL.{server.port}", tmp_path, server.port) as found:
        yield found


@pytest.fixture
def there(database: PostgresStore, way: Cut, tmp_path: Path) -> str:
    return database.server.socket_url(database.name).replace(str(database.server.folder), str(tmp_path))


def written(log: Journal, entries: list[Entry], kept: dict[str, str | None]) -> None:
    again(lambda: log.append(entries, kept))


@pytest.mark.parametrize("seed", range(200 if LONG else 3))
def test_whatever_is_lost_on_the_way_each_entry_is_written_once(
    database: PostgresStore, way: Cut, there: str, seed: int
) -> None:
    """As the exchange appends: what was not written is tried again, with what has come since."""
    chance = random.Random(seed)
    said, waiting, expected = list[Entry](), list[Entry](), dict[str, str | None]()
    kept: dict[str, str | None] = {}
    with contextlib.closing(open_journal(place_of(there), AT)) as log:
        for number in range(1, 25):
            waiting.append(entry(number))
            kept[f"k/{chance.randrange(3)}"] = chance.choice([None, str(number)])
            way.next_loss = chance.choice([*Lost, Lost.NOTHING])
            if chance.random() < 0.7:
                with contextlib.suppress(MachineError):
                    log.append(waiting, kept)
                    said, expected = [*said, *waiting], {**expected, **kept}
                    waiting, kept = [], {}
        way.next_loss = Lost.NOTHING
        written(log, [*waiting, entry(99)], kept)
        said, expected = [*said, *waiting, entry(99)], {**expected, **kept}
        assert log.read() == said
        assert log.kept() == {key: text for key, text in sorted(expected.items()) if text is not None}
    with contextlib.closing(database.log()) as log:
        assert (log.told, log.read()) == ((), said), "the chain is whole"


def test_a_snapshot_whose_answer_was_lost_is_followed_by_what_comes(
    database: PostgresStore, way: Cut, there: str
) -> None:
    with contextlib.closing(open_journal(place_of(there), AT)) as log:
        log.append([entry(1)], {"router": "w"})
        way.next_loss = Lost.ANSWER
        with pytest.raises(MachineError, match="nicht zu erreichen"):
            log.append([entry(2)], {"router": "x"})
        assert database.ask("select count(*) from journal") == [(2,)], "it had been written"
        written(log, [entry(3)], {})
        assert (log.count, log.read()) == (3, [entry(1), entry(2), entry(3)])


@pytest.mark.parametrize("what", [Lost.QUESTION, Lost.ANSWER])
def test_what_nobody_was_told_to_be_received_is_not(database: PostgresStore, way: Cut, there: str, what: Lost) -> None:
    with contextlib.closing(open_journal(place_of(there), AT)) as log:
        inbox = PostgresInbox(place_of(there), log.generation)
        inbox.lay(ENTRY, PACKAGE)
        way.next_loss = what
        with pytest.raises(MachineError):
            inbox.receive(ENTRY, len(PACKAGE))
        assert (inbox.find(ENTRY.digest), inbox.count()) == (None, 0)
        again(lambda: inbox.store(ENTRY, PACKAGE))
        assert inbox.packages() == {ENTRY.number: PACKAGE}
        inbox.close()
    with contextlib.closing(database.inbox()) as found:
        assert (found.told, found.count(), found.packages()) == ([], 1, {ENTRY.number: PACKAGE})


def test_a_server_that_says_nothing_holds_nobody_up(
    database: PostgresStore, way: Cut, there: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "ANSWER_S", 0.3)
    with (
        contextlib.closing(open_journal(place_of(there), AT)) as log,
        contextlib.closing(PostgresInbox(place_of(there), log.generation)) as inbox,
    ):
        log.append([entry(1)])
        way.silent = True
        took_s = [seconds(lambda: log.append([entry(2)])) for _ in range(3)]
        stored_s = seconds(lambda: inbox.store(ENTRY, PACKAGE))
        print(f"without an answer {took_s[0]:.2f} s, then {max(took_s[1:]):.3f} s; a hand-in {stored_s:.2f} s")
        assert stored_s < connections.LONG_S / 2, "the exchange waits for a hand-in that is not large"
        if LONG:  # then nothing else runs beside it
            assert 0.2 < took_s[0] < 2
            assert max(took_s[1:]) < 0.1, "who has no connection says so at once"
        way.close()
        way.open()
        written(log, [entry(2)], {})
        again(lambda: inbox.store(ENTRY, PACKAGE))
        assert (log.read(), inbox.count()) == ([entry(1), entry(2)], 1)


def seconds(write: Callable[[], object]) -> float:
    """How long it takes to be refused."""
    began_s = time.monotonic()
    with pytest.raises(MachineError):
        write()
    return time.monotonic() - began_s


def test_while_a_large_package_is_on_its_way_log_and_inbox_go_on(database: PostgresStore, way: Cut, there: str) -> None:
    large = replace(ENTRY, number="20261123-100001-templin-0002", digest="cd" * 32)
    with (
        contextlib.closing(database.log()) as log,
        contextlib.closing(PostgresInbox(place_of(there), log.generation)) as inbox,
    ):
        way.holds = True
        laying = threading.Thread(target=inbox.lay, args=(large, bytes(LARGE + 1)))
        laying.start()
        assert way.held.wait(60)
        log.append([entry(1)])
        inbox.store(ENTRY, PACKAGE)
        assert laying.is_alive()
        way.let.set()
        laying.join()
        inbox.receive(large, LARGE + 1)
        assert (log.count, inbox.count(), set(inbox.packages())) == (1, 2, {ENTRY.number, large.number})
