"""A process with a clerk: who wait together share a turn, all hear in order what others did, what is due comes."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from queue import Queue
from threading import Event
from types import NoneType

import pytest

from lisa_core.domain.model.errors import LisaError, MachineError
from lisa_core.store.chain import Columns
from sojus.domain.model.ids import OfficeId
from sojus.domain.placement import events as e
from sojus.store import clerk as clerks
from sojus.store.clerk import Clerk
from sojus.store.kept import KeptPlacements
from sojus.store.opening import open_placements
from sojus.store.replica import Done
from sojus.store.turn import Answer, Wish
from tests.sojus.portal_to_kill import PROCESSES, RULES, reserve, stand_still
from tests.sojus.providers import HERE, NOON, office
from tests.sojus.test_kept import PROVIDERS, begun, state_of, where
from tests.store.server import EMPTY, Server, server

__all__ = ["server", "where"]
LONG = os.environ.get("LISA_LONG") == "1"
SOON_S = 60.0


class Ear:
    """What a clerk's process hears, with the state as it is then, and the clock that it looks at."""

    def __init__(self, kept: KeptPlacements) -> None:
        self.kept, self.now = kept, NOON
        self.heard: Queue[Done] = Queue()

    def clock(self) -> datetime:
        return self.now

    def hear(self, news: list[Done]) -> None:
        with self.kept.reading():
            for done in news:
                self.heard.put(done)

    def keys(self, count: int) -> list[str]:
        return [self.heard.get(timeout=SOON_S).key for _ in range(count)]


@contextmanager
def working(kept: KeptPlacements) -> Iterator[tuple[Clerk, Ear]]:
    ear = Ear(kept)
    with closing(Clerk(kept, ear.clock, ear.hear)) as clerk:
        yield clerk, ear


def wish(name: str, place: str = "bett-1") -> Wish:
    return Wish(name, office(HERE), reserve(name, place=place), NOON)


def test_all_hear_the_same_in_the_same_order(where: str | Path) -> None:
    with (
        working(open_placements(where, RULES, NOON)) as (here, ear),
        closing(open_placements(where, RULES, NOON)) as kept,
    ):
        asked = [here.ask(one) for one in (*PROVIDERS, *(wish(f"h{number}") for number in range(20)))]
        numbers = [one.result(SOON_S).number for one in asked]
        assert numbers == list(range(2, 24)), "in the order in which they asked"
        kept.do([wish("dort", "bett-2")])
        assert ear.keys(23) == [*("eiche", "ulme"), *(f"h{number}" for number in range(20)), "dort"]
        expected = state_of(kept)
    with closing(open_placements(where, RULES, NOON)) as again:
        assert state_of(again) == expected


def test_what_is_due_comes_by_itself(where: str | Path) -> None:
    with working(begun(where)) as (clerk, ear):
        clerk.ask(wish("r")).result(SOON_S)
        assert ear.keys(3) == ["eiche", "ulme", "r"]
        ear.now = NOON + timedelta(hours=49)
        came = ear.heard.get(timeout=SOON_S)
        assert isinstance(came.act.what, e.Elapsed)
        assert came.act.at == ear.now


def test_whoever_asks_one_that_ends_is_answered(tmp_path: Path) -> None:
    with working(begun(tmp_path)) as (clerk, _):
        asked = [clerk.ask(wish(f"r{number}")) for number in range(50)]
    assert all(isinstance(one.result(0), Done) for one in asked)
    with pytest.raises(LisaError, match="beendet"):
        clerk.ask(wish("late")).result(0)


def test_who_gives_up_before_the_turn_harms_nobody(tmp_path: Path) -> None:
    kept = begun(tmp_path)
    with working(kept) as (clerk, _):
        with kept.reading():  # nobody has a turn meanwhile
            asked = [clerk.ask(wish(f"r{number}")) for number in range(2 * clerks.TOGETHER + 2)]
            assert asked.pop(clerks.TOGETHER + 1).cancel(), "the clerk has taken the first of them at most"
        numbers = [one.result(SOON_S).number for one in asked]
    assert numbers == list(range(4, 4 + len(asked)))


def test_a_fault_of_the_machine_is_told_to_all_that_wait_and_passes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = begun(tmp_path)

    @contextmanager
    def full() -> Iterator[None]:
        raise MachineError("Der Speicherplatz ist voll.")
        yield

    with working(kept) as (clerk, _):
        with monkeypatch.context() as patch:
            patch.setattr(kept._log, "turn", full)
            asked: list[Future[Done]] = [clerk.ask(wish(f"r{number}")) for number in range(3)]
            assert all("voll" in str(one.exception(SOON_S)) for one in asked)
        again = [clerk.ask(wish(f"r{number}")).result(SOON_S) for number in range(3)]
        assert [(one.key, one.again) for one in again] == [(f"r{number}", False) for number in range(3)]


def test_news_waits_until_the_state_can_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine fails in the midst of taking in what others did: that is heard later, and the clerk goes on."""
    kept, failed = begun(tmp_path), Event()
    rows = kept._log.rows
    looks = iter([rows])

    def once(after: int) -> Sequence[Columns]:
        if look := next(looks, None):
            return look(after)
        failed.set()
        raise MachineError("Die Datenbank ist weg.")

    with working(kept) as (clerk, ear), closing(open_placements(tmp_path, RULES, NOON)) as there:
        assert ear.keys(2) == ["eiche", "ulme"]
        with monkeypatch.context() as patch:
            with kept.reading():
                there.do([wish("dort")])
                patch.setattr(kept._log, "rows", once)
            assert failed.wait(SOON_S)
            assert isinstance(clerk.ask(wish("hier", "bett-2")).exception(SOON_S), MachineError)
        assert ear.keys(1) == ["dort"]
        assert not clerk.ask(wish("hier", "bett-2")).result(SOON_S).again


def test_a_fault_while_time_passes_is_told_to_whoever_runs_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept, fault = begun(tmp_path), ValueError("unforeseen")

    def fails(_: datetime) -> None:
        raise fault

    with working(kept) as (clerk, _):
        monkeypatch.setattr(kept, "bring_due", fails)
        assert clerk.over.exception(SOON_S) is fault
        with pytest.raises(LisaError, match="beendet"):
            clerk.ask(wish("late")).result(0)


@pytest.mark.parametrize(("fault", "goes_on"), [(ValueError("unforeseen"), True), (MemoryError("ours"), False)])
def test_a_fault_that_nobody_foresaw_leaves_nobody_without_an_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception, goes_on: bool
) -> None:
    kept = begun(tmp_path)

    def fails(_: object) -> list[Answer]:
        raise fault

    with working(kept) as (clerk, _):
        with monkeypatch.context() as patch:
            patch.setattr(kept, "do", fails)
            with pytest.raises(type(fault) if goes_on else LisaError):
                clerk.ask(wish("r")).result(SOON_S)
        again = clerk.ask(wish("r"))
        assert isinstance(again.exception(SOON_S), NoneType if goes_on else LisaError)
    assert clerk.over.exception(0) is (None if goes_on else fault)


@pytest.mark.skipif(not LONG, reason="ein Prozess, der 15 Sekunden lang stillsteht: mit LISA_LONG=1")
@pytest.mark.timeout(120)
def test_a_process_that_stands_still_in_its_turn_is_thrown_out(server: Server, tmp_path: Path) -> None:
    """And when it goes on, what it wanted is done once, by what is so then."""
    with server.database(EMPTY) as name, closing(begun(server.socket_url(name))) as kept:
        notes = tmp_path / "notes"
        process = PROCESSES.Process(target=stand_still, args=(server.socket_url(name), notes), daemon=True)
        process.start()
        while not notes.exists():
            process.join(0.05)
            assert process.is_alive()
        os.kill(process.pid or 0, signal.SIGSTOP)
        (here,) = kept.do([Wish("hier", office(OfficeId("hier")), reserve("hier"), NOON)])
        os.kill(process.pid or 0, signal.SIGCONT)
        process.join(60)
        assert process.exitcode == 0
        assert isinstance(here, Done)
        kept.look()
        assert [one.key for one in kept.news()][-2:] == ["hier", "dort"]
