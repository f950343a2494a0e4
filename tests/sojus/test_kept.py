"""What is kept is read as it was written, in a file and in PostgreSQL; a fault of disk, server or version is said."""

from __future__ import annotations

import json
import math
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from threading import Event, Thread
from typing import Any, cast

import pytest

from lisa_core.domain.model.errors import LisaError, MachineError
from lisa_core.domain.model.values import MAX_ID_CHARS
from lisa_core.store.chain import Checkpoint, chain_rows
from lisa_core.store.journal import Entry
from lisa_core.store.postgres.place import place_of
from sojus.domain.model.ids import FacilityId, FieldId, OfficeId, PlaceId, ReservationId, TraitId
from sojus.domain.placement import events as e
from sojus.domain.placement.decisions import News, Tell, Why
from sojus.domain.placement.machine import HANDLERS
from sojus.domain.placement.rows import party
from sojus.domain.placement.state import Placements
from sojus.domain.register.entries import Facility, Place
from sojus.domain.search.offer import Point
from sojus.store import replica as replicas
from sojus.store import snapshots, sqlite
from sojus.store.entries import Rules
from sojus.store.kept import KeptPlacements
from sojus.store.log import FORM
from sojus.store.looked_at import look_at_placements
from sojus.store.opening import FILE, open_log, open_placements
from sojus.store.plain import plain
from sojus.store.replica import Done
from sojus.store.tables import digest, packed, tables, unpacked
from sojus.store.turn import Answer, Wish
from tests.sojus.portal_to_kill import RULES, reserve
from tests.sojus.providers import BEDS, ELM, HERE, NOON, OAK, THERE, TODAY, elm, given, house, oak, office, vocabulary
from tests.store.server import EMPTY, Server, server

__all__ = ["server"]
TABLE: Any = HANDLERS
LIMIT_S = 60.0
PROVIDERS = (Wish("eiche", house(OAK), e.TakeIn(oak()), NOON), Wish("ulme", house(ELM), e.TakeIn(elm()), NOON))


@pytest.fixture(params=["folder", "postgres"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str | Path]:
    """A place of each kind in which nothing is."""
    if request.param == "folder":
        yield tmp_path / "daten"
    else:
        running: Server = request.getfixturevalue("server")
        with running.database(EMPTY) as name:
            yield running.socket_url(name)


def begun(where: str | Path) -> KeptPlacements:
    kept = open_placements(where, RULES, NOON)
    kept.do(PROVIDERS)
    return kept


def ask(kept: KeptPlacements, name: str, hours: float = 0, key: str = "") -> Answer:
    (answer,) = kept.do([Wish(key or name, office(HERE), reserve(name), at(hours))])
    return answer


def at(hours: float) -> datetime:
    return NOON + timedelta(hours=hours)


def news(answer: Answer) -> list[News]:
    assert isinstance(answer, Done), answer
    return [one.news for one in answer.decisions if isinstance(one, Tell)]


def state_of(kept: KeptPlacements) -> str:
    with kept.reading() as state:
        return digest(state)


def stages(state: Placements) -> dict[str, str]:
    return {str(name): one.stage.value for name, one in state.reservations.items()}


def change(where: str | Path, server: Server, statement: str) -> None:
    """As somebody with an SQL prompt would, around the guards; one statement that both know."""
    if isinstance(where, Path):
        with closing(sqlite3.connect(where / FILE)) as db:
            for guard in ("act_no_update", "act_no_delete"):
                db.execute(f"drop trigger if exists {guard}")
            db.execute(statement)
            db.commit()
    else:
        with server.admin(where.split("@/")[1].split("?")[0]) as admin, admin.transaction():
            admin.execute("set local session_replication_role = replica")
            admin.execute(statement.replace(" act ", " sojus_act ").replace(" snapshot ", " sojus_snapshot ").encode())


# --- one process after the other --------------------------------------------------------------------------------------


def test_whoever_was_first_is_first_and_all_know_it(where: str | Path) -> None:
    with closing(begun(where)) as here, closing(open_placements(where, RULES, NOON)) as there:
        assert News.RESERVED in news(ask(here, "erste"))
        (second,) = there.do([Wish("zweite", office(THERE), reserve("zweite"), NOON)])
        assert isinstance(second, Done)
        assert [one.why for one in second.decisions if isinstance(one, Tell)] == [Why.NOT_FREE]
        assert [one.key for one in there.news()] == ["erste", "zweite"]
        here.look()
        assert state_of(here) == state_of(there)
        assert [one.key for one in here.news()][-1] == "zweite"
    with closing(open_placements(where, RULES, NOON)) as again:
        assert again.count == 5
        assert state_of(again) == state_of(here)
        assert again.news() == []


def test_who_got_no_answer_asks_again_and_it_is_done_once(where: str | Path) -> None:
    with closing(begun(where)) as kept:
        first = ask(kept, "r")
        with closing(open_placements(where, RULES, NOON)) as other:
            again = ask(other, "r", hours=2)
        assert isinstance(first, Done)
        assert isinstance(again, Done)
        assert again.again
        assert (again.number, news(again)) == (first.number, news(first))
        assert "schon etwas anderes" in str(ask(kept, "andere", key="r"))
        assert "Schlüssel" in str(ask(kept, "r", key="\n"))
        odd = e.Decline(ReservationId("r"), "\ud800")
        wrong = [Wish("x", office(HERE), odd, NOON), Wish("y", office(HERE), odd, NOON.replace(tzinfo=None))]
        wrong.append(Wish("z", office(OfficeId("\0")), e.Cancel(ReservationId("r")), NOON))
        for odd_number in (math.nan, math.inf, 10**5_000):
            house_at = Facility(FacilityId("f"), OAK, "Haus", Point(odd_number, 13.0))
            wrong.append(Wish(f"f{len(wrong)}", house(OAK), e.TakeIn(given(house_at)), NOON))
        wrong.append(Wish("a", office(HERE), e.Cancel(ReservationId("r")), cast("datetime", "now")))
        wrong.append(Wish("l", office(HERE), e.Cancel(ReservationId("r" * (MAX_ID_CHARS + 1))), NOON))
        bed = Place(PlaceId("bett-1"), BEDS, "1", traits={TraitId("t" * (MAX_ID_CHARS + 1)): True})
        wrong.append(Wish("t", house(OAK), e.TakeIn(given(bed)), NOON))
        assert all("nicht aufheben" in str(one) for one in kept.do(wrong)), "and nothing is made anew for it"
        assert kept.count == first.number


def test_of_what_is_refused_an_office_fills_no_more_than_its_room_of_the_log(
    where: str | Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is above it is answered all the same, leaves no trace, and by its key it can still be done, once."""
    with closing(begun(where)) as here:
        ask(here, "r")
        assert [news(ask(here, f"n{number}", hours=1)) for number in range(2)] == [[News.REFUSED]] * 2
        monkeypatch.setattr(replicas, "KEPT", here._replica.refused.bytes_of[party(office(HERE))])
        count = here.count
        with closing(open_placements(where, RULES, NOON)) as there:
            for kept in (here, there, here):
                assert news(ask(kept, "voll", hours=2)) == news(ask(kept, f"v{id(kept)}", hours=3)) == [News.REFUSED]
                assert kept.count == count, "as each of them has read it"
            assert state_of(there) == state_of(here)
            (other,) = there.do([Wish("andere", office(THERE), reserve("andere"), NOON)])
            assert (news(other), there.count) == ([News.REFUSED], count + 1), "of another office it is kept"
            there.do([Wish("frei", office(HERE), e.Cancel(ReservationId("r")), NOON)])
        first, again = ask(here, "voll", hours=4), ask(here, "voll", hours=5)
        assert (news(first), news(again)) == ([News.RESERVED, News.ANSWER_WANTED], news(first))
        assert isinstance(again, Done)
        assert again.again
        assert (news(ask(here, "v", hours=6)), here.count) == ([News.REFUSED], count + 3)
        here.bring_due(at(24))
        count = here.count
        assert (news(ask(here, "v", hours=25)), here.count) == ([News.REFUSED], count + 1), "another day, another room"
        expected = state_of(here)
    with closing(open_placements(where, RULES, NOON)) as again_open:
        assert state_of(again_open) == expected


def test_with_the_longest_ids_a_stay_is_read_again(tmp_path: Path) -> None:
    place, name = PlaceId("p" * MAX_ID_CHARS), ReservationId("r" * MAX_ID_CHARS)
    acts = house(OAK), e.TakeIn(given(Place(place, BEDS, "1"))), office(HERE), reserve(name, place=place)
    with closing(begun(tmp_path)) as kept:
        kept.do([Wish("p", *acts[:2], NOON), Wish("r", *acts[2:], NOON)])
        (there,) = kept.do([Wish("a", house(OAK), e.Admit(name, TODAY), NOON)])
        assert News.ADMITTED in news(there)
        with kept.reading() as state:
            (stay,) = state.stays
            assert unpacked(packed(tables(state))).stays == (state.stays[stay],)
        (gone,) = kept.do([Wish("d", house(OAK), e.Discharge(stay, TODAY), NOON)])
        assert News.DISCHARGED in news(gone)
        expected = state_of(kept)
    with closing(open_placements(tmp_path, RULES, NOON)) as again:
        assert state_of(again) == expected


def test_what_nobody_foresaw_in_one_act_harms_no_other(where: str | Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is undone where it stands: nothing is made anew from snapshot and log, and all the others share their turn."""

    def fails(state: Placements, act: e.Act, event: e.Extend) -> None:
        HANDLERS[e.Cancel](state, act, e.Cancel(event.reservation))
        raise ZeroDivisionError

    monkeypatch.setitem(TABLE, e.Extend, fails)
    with closing(begun(where)) as kept:
        made = kept._replica
        acts = reserve("a"), e.Extend(ReservationId("a")), reserve("b", place="bett-2")
        first, fault, last = kept.do([Wish(str(act), office(HERE), act, NOON) for act in acts])
        assert kept._replica is made
        assert News.RESERVED in news(first)
        assert News.RESERVED in news(last)
        assert isinstance(fault, ZeroDivisionError)
        with kept.reading() as state:
            assert stages(state) == {"a": "reserviert", "b": "reserviert"}


def test_who_reads_the_state_never_waits_for_the_log(tmp_path: Path) -> None:
    """Else two threads could wait for each other for ever, and only now and then."""
    with closing(begun(tmp_path)) as kept:
        asking = kept.look, kept.close, partial(kept.do, []), partial(kept.bring_due, NOON)
        with kept.reading(), kept.reading() as state:
            assert state.today == TODAY
        for ask_it in asking:
            with kept.reading(), pytest.raises(RuntimeError):
                ask_it()
        assert isinstance(ask(kept, "r"), Done)


def test_a_clock_that_is_behind_takes_the_moment_of_the_log(where: str | Path) -> None:
    with closing(begun(where)) as kept:
        ask(kept, "r", hours=5)
        late = ask(kept, "s", hours=1)
        assert isinstance(late, Done)
        assert late.act.at == at(5)


def test_what_is_due_happens_once_whoever_brings_it(where: str | Path) -> None:
    with closing(begun(where)) as here, closing(open_placements(where, RULES, NOON)) as there:
        ask(here, "r")
        for one in (here, there, here):
            one.bring_due(at(49))
        assert there.count == 5, "rules, two providers, one reservation, its end"
        with there.reading() as state:
            assert stages(state) == {"r": "verfallen"}
        assert News.REFUSED in news(ask(there, "s", hours=100)), "its first day is over"
        here.look()
        assert state_of(here) == state_of(there)


def test_by_new_rules_all_decide_from_the_same_act_on(where: str | Path) -> None:
    with closing(begun(where)) as here, closing(open_placements(where, RULES, NOON)) as there:
        new = Rules((vocabulary(discharge_day_free=True),))
        assert there.set_rules(new, NOON)
        assert not here.set_rules(new, NOON)
        assert state_of(here) == state_of(there)
        words = vocabulary()
        turned = replace(words, kinds=dict(reversed(words.kinds.items())))
        assert here.set_rules(Rules((turned,)), NOON), "in another order they are chosen from in another one"
        with here.reading() as state:
            assert list(state.register.vocabularies[words.id].kinds) == list(turned.kinds)
        assert here.set_rules(new, NOON)
        poorer = Rules((type(words)(words.id, words.name, words.together, words.terms, {}, {}, {}),))
        with pytest.raises(LisaError, match="probe/besuch"):
            here.set_rules(poorer, NOON)
        with pytest.raises(LisaError, match="probe/alle"):
            here.set_rules(Rules((replace(words, genders={}),)), NOON)
        with pytest.raises(LisaError, match="at most 200"):
            here.set_rules(Rules((replace(words, id=FieldId("f" * (MAX_ID_CHARS + 1))), words)), NOON)
        with pytest.raises(LisaError, match="keine Zeitzone"):
            here.set_rules(Rules((words,), zone="Mars/Krater"), NOON)
        assert News.RESERVED in news(ask(here, "r"))
    with closing(open_placements(where, new, NOON)) as again:
        assert state_of(again) == state_of(here)


# --- snapshots, damage, versions --------------------------------------------------------------------------------------


def test_a_start_begins_with_the_newest_snapshot_that_is_whole(
    where: str | Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshots, "EVERY", 3)
    with closing(begun(where)) as kept:
        for number in range(9):
            ask(kept, f"r{number}", hours=number * 20)
        expected = state_of(kept)
    with closing(open_log(where)) as log:
        first, second = log.snapshots()
        assert first.number == kept.count > second.number
    change(where, server, f"delete from snapshot where number = {first.number}")
    with closing(open_log(where)) as log:  # as somebody would who wants a reservation out of the world
        log.keep(first._replace(data=packed(replace(unpacked(first.data), reservations=()))))
        assert [one.number for one in log.snapshots()] == [first.number, second.number]
    change(where, server, f"delete from act where number < {second.number}")
    with closing(open_placements(where, RULES, NOON)) as again:
        assert state_of(again) == expected
    change(where, server, "delete from snapshot where number > 0")
    with pytest.raises(LisaError, match="beschädigt"):
        open_placements(where, RULES, NOON)


def test_an_altered_entry_is_found(where: str | Path, server: Server) -> None:
    with closing(begun(where)) as kept:
        ask(kept, "r")
    change(where, server, "delete from snapshot where number > 0")
    change(where, server, "update act set data = replace(data, 'bett-1', 'bett-2') where number = 4")
    with pytest.raises(LisaError, match="Eintrag 4 wurde verändert"):
        open_placements(where, RULES, NOON)


def test_who_would_decide_differently_stops(where: str | Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(begun(where)) as here, closing(open_placements(where, RULES, NOON)) as there:
        ask(here, "r")
        monkeypatch.setitem(TABLE, e.Reserve, lambda *_: None)
        with pytest.raises(LisaError, match="Eintrag 4: Diese Version entscheidet anders"):
            there.look()
        with pytest.raises(LisaError, match="entscheidet anders"):
            ask(there, "s")
        monkeypatch.undo()
        assert News.REFUSED in news(ask(there, "s"))


@pytest.mark.parametrize(("form", "which"), [(99, "neuere"), (FORM - 1, "ältere")], ids=["newer", "older"])
def test_another_version_is_left_alone(where: str | Path, server: Server, form: int, which: str) -> None:
    kept = begun(where)
    other = f"pragma user_version={form}" if isinstance(where, Path) else f"update sojus_turn set form = {form}"
    change(where, server, other)
    with pytest.raises(LisaError, match=f"eine {which} Version geschrieben .Fassung {form}, hier {FORM}"):
        ask(kept, "r")
    with pytest.raises(LisaError, match=f"Fassung {form}"):
        open_placements(where, RULES, NOON)
    with kept.reading() as state:
        assert stages(state) == {}
    kept.close()


def test_an_act_that_only_another_version_knows_is_refused_in_a_sentence(where: str | Path) -> None:
    kept = begun(where)
    with closing(open_log(where)) as log, log.turn():
        count, tip = (log.rows(2)[-1][index] for index in (0, -1))
        data = {"by": plain(house(OAK)), "what": {"is": "paint", "place": "bett-1"}, "told": []}
        log.append(chain_rows(Checkpoint(count, tip), [Entry(NOON.isoformat(), "paint", "k", "", json.dumps(data))])[0])
    with pytest.raises(LisaError, match=r"kennt diese Version nicht .*Eine andere Version hat ihn geschrieben"):
        kept.look()
    with pytest.raises(LisaError, match="Eintrag 4: Diesen Eintrag kennt"):
        ask(kept, "r")
    kept.close()


def test_a_file_of_others_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / FILE
    with closing(sqlite3.connect(path)) as db:
        db.execute("create table other(x)")
    before = path.read_bytes()
    with pytest.raises(LisaError, match="schon anderes"):
        open_placements(tmp_path, RULES, NOON)
    assert path.read_bytes()[100:] == before[100:], "but for SQLite's own mark of its journal"
    path.write_bytes(b"nothing of a database" * 100)
    with pytest.raises(MachineError, match=str(path)):
        open_placements(tmp_path, RULES, NOON)


def test_who_waits_in_vain_for_a_turn_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "PATIENCE_S", 0.05)
    with closing(begun(tmp_path)) as kept, closing(open_log(tmp_path)) as other:
        with other.turn(), pytest.raises(MachineError, match=r"Ein anderes Programm ist an der Reihe.*nichts wurde"):
            ask(kept, "r")
        answer = ask(kept, "r")
        assert isinstance(answer, Done)
        assert not answer.again


def test_while_another_process_has_its_turn_the_own_state_is_read(
    where: str | Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody who looks at what is her own waits for nobody who stands still: only whoever acts does."""
    with closing(begun(where)) as kept, closing(open_log(where)) as other:
        kept.do(PROVIDERS)
        waits, turn = Event(), kept._log.turn
        answers: list[Answer] = []

        @contextmanager
        def noticed() -> Iterator[None]:
            waits.set()
            with turn():
                yield

        monkeypatch.setattr(kept._log, "turn", noticed)
        acting = Thread(target=lambda: answers.extend(kept.do([Wish("r", office(HERE), reserve("r"), NOON)])))
        read: list[int] = []

        def reads() -> None:
            with kept.reading() as state:
                read.append(len(state.reservations))

        with other.turn():
            acting.start()
            assert waits.wait(LIMIT_S)
            reading = Thread(target=reads, daemon=True)
            reading.start()
            reading.join(LIMIT_S)
            assert read == [0], "it waits until the other has had its turn"
        acting.join(LIMIT_S)
        assert [type(one) for one in answers] == [Done]
        reads()
        assert read == [0, 1]


def test_a_damaged_name_is_told_in_a_sentence(tmp_path: Path) -> None:
    begun(tmp_path).close()
    path = tmp_path / FILE
    path.write_bytes(path.read_bytes().replace(b"act_no_update before update", b"act_no_update before \xff\xffdate"))
    with pytest.raises(MachineError, match=f"{path}.*malformed"):
        open_placements(tmp_path, RULES, NOON)


def test_who_looks_before_a_start_refuses_what_the_start_would(where: str | Path, server: Server) -> None:
    """Of a portal that was killed, so that its log is read and not a snapshot; and nothing is changed by looking."""
    begun(where)._log.close()
    place = where if isinstance(where, Path) else place_of(where)
    assert "Fassung" in "".join(look_at_placements(place, RULES))
    for starts in (lambda: open_placements(where, Rules(()), NOON), lambda: list(look_at_placements(place, Rules(())))):
        with pytest.raises(LisaError, match="In den Vokabularen fehlt"):
            starts()
    change(where, server, "update act set detail = 'x' where number = 2")
    for starts in (lambda: list(look_at_placements(place)), lambda: open_placements(where, RULES, NOON)):
        with pytest.raises(LisaError, match="beschädigt"):
            starts()


def test_only_its_owner_reads_it(tmp_path: Path) -> None:
    with closing(begun(tmp_path / "neu")):
        modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "neu").iterdir()}
        assert modes == dict.fromkeys(modes, 0o600)
        assert len(modes) == 3


# --- a server, a disk that fails --------------------------------------------------------------------------------------


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_a_commit_whose_answer_is_lost_is_done_once(
    where: str | Path, monkeypatch: pytest.MonkeyPatch, after: bool
) -> None:
    """The machine fails around the commit: the state is made anew, and the log says what was kept."""
    kept = begun(where)
    log, failed = kept._log, list[int]()
    whole = log.turn

    @contextmanager
    def turn() -> Iterator[None]:
        first = not failed
        failed.append(1)
        with whole():
            yield
            if first and not after:
                raise MachineError("der Datenträger ist voll")
        if first:
            raise MachineError("abgerissen")

    monkeypatch.setattr(log, "turn", turn)
    answer = ask(kept, "r")
    assert len(failed) == 2
    assert News.RESERVED in news(answer)
    assert isinstance(answer, Done)
    assert answer.again == after
    assert [one.key for one in kept.news()] == ["eiche", "ulme", "r"], "each is told once"
    assert kept.count == 4
    kept.close()


def test_a_server_that_throws_everybody_out_is_asked_again(server: Server) -> None:
    """In a database in which an exchange keeps its things as well."""
    with server.database() as name, closing(begun(server.socket_url(name))) as kept:
        with server.admin() as db:
            db.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", (name,))
        assert News.RESERVED in news(ask(kept, "r"))
        assert kept.count == 4


def test_a_database_that_cannot_keep_every_character_is_refused(server: Server) -> None:
    name = f"ascii_{os.getpid()}"
    with server.admin() as db:
        db.execute(f"create database {name} owner lisa encoding 'SQL_ASCII' locale 'C' template template0".encode())
        try:
            with pytest.raises(LisaError, match="nicht in UTF-8"):
                open_placements(server.socket_url(name), RULES, NOON)
        finally:
            db.execute(f"drop database {name} with (force)".encode())


def test_an_act_is_heard_of_by_others(where: str | Path) -> None:
    """Within a second, without looking all the time."""
    with closing(begun(where)) as here, closing(open_placements(where, RULES, NOON)) as there:
        there.wait(1)
        heard = Event()

        def listen() -> None:
            while here.count < 4:
                there.wait(200)
                there.look()
                if there.count == 4:
                    break
            heard.set()

        thread = Thread(target=listen)
        thread.start()
        ask(here, "r")
        assert heard.wait(LIMIT_S), "it waits for minutes unless it hears of it"
        thread.join()
