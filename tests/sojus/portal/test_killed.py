"""`lisa portal` killed in the middle of acts, started again, and all that was answered is there exactly once.

Two of them on one PostgreSQL, one on a folder; clients over HTTP (`asking_again`). Only with LISA_LONG=1; steered by
`LISA_SEED` and `LISA_KILLS`.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import time
from collections import Counter
from contextlib import AsyncExitStack, closing
from pathlib import Path
from random import Random
from signal import SIGINT, SIGKILL, SIGTERM
from typing import Any

import httpx
import pytest

from lisa_core.host.patience import patience
from lisa_core.host.program import INTERRUPTED, OK
from sojus.domain.placement.decisions import PlacesChanged
from sojus.domain.placement.rows import party
from sojus.domain.register.ledger import most_taken
from sojus.store.opening import open_log
from sojus.store.persons.opening import open_persons
from sojus.store.persons.persons import Persons
from sojus.store.persons.values import AuditDeed
from sojus.store.replica import Done, Replica, is_refusal
from tests.sojus.portal.asking_again import AREA, Crowd, Door, Person, Told, begin
from tests.sojus.portal.test_program import OFFICES
from tests.sojus.test_kept import where
from tests.sojus.test_persons import bytes_of
from tests.store.server import server
from tests.system.programs import Program, wait_until

__all__ = ["server", "where"]
LONG = os.environ.get("LISA_LONG") == "1"
SEED, KILLS = int(os.environ.get("LISA_SEED", "1")), int(os.environ.get("LISA_KILLS", "10"))
WAYS = (SIGKILL, SIGKILL, SIGKILL, SIGTERM, SIGINT)
CODES = {SIGKILL: -SIGKILL, SIGTERM: OK, SIGINT: INTERRUPTED}
AGAIN = 6
"""Of what was answered with success, so much is asked again after each kill."""


@pytest.mark.skipif(not LONG, reason="Dutzende Starte in Minuten: nur mit LISA_LONG=1")
@pytest.mark.timeout(3600)
def test_what_was_answered_is_there_exactly_once_however_often_a_portal_is_killed(
    where: str | Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    print(f"LISA_SEED={SEED} LISA_KILLS={KILLS}")
    asyncio.run(Trial(where, tmp_path, request).run())


class Portal:
    """One program, started again at the same address."""

    def __init__(self, where: str | Path, home: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            address = f"127.0.0.1:{free.getsockname()[1]}"
        store = ("--data", str(where)) if isinstance(where, Path) else ("--store", where)
        self._words = ("portal", "--listen", address, *store, "--offices", str(OFFICES), "--fields", AREA)
        self._home, self.door = home, Door(f"http://{address}")
        self._program: Program | None = None
        home.mkdir()

    async def begin(self) -> Program:
        """It runs, and is perhaps not ready."""
        self._program = await asyncio.to_thread(Program, self._home, *self._words, "--one-factor")
        return self._program

    async def start(self) -> float:
        """Until it is ready; how long that took."""
        began_s = time.monotonic()
        program = await self.begin()
        await asyncio.to_thread(program.until, "SoJuS bereit: ")
        self.door.is_open.set()
        return time.monotonic() - began_s

    async def let_go(self) -> None:
        """Whatever has happened."""
        if self._program is not None and self._program.runs:
            await asyncio.to_thread(self._program.end, SIGKILL)

    async def end(self, how: Any) -> None:
        """As it is told to: with its code, with no more to say, with nothing left behind."""
        assert self._program is not None
        self.door.is_open.clear()
        ended = await asyncio.to_thread(self._program.end, how)
        assert ended.code == CODES[how], ended
        said = [
            one for one in ended.output.splitlines() if not one.startswith(("SoJuS bereit: ", "Ein Kennwort genügt"))
        ]
        assert not said, ended.output
        assert not list((self._home / "tmp").iterdir())


class Trial:
    """People who act, portals that are killed, and what is looked at after each kill."""

    def __init__(self, where: str | Path, home: Path, request: pytest.FixtureRequest) -> None:
        self._where, self._request, self._chance = where, request, Random(SEED)
        self._portals = [Portal(where, home / f"programm-{one}") for one in range(1 if isinstance(where, Path) else 2)]
        self._crowd = Crowd([one.door for one in self._portals], self._chance)
        self._witness, self._starts_s = Witness(where), list[float]()

    async def run(self) -> None:
        await begin(self._where)
        async with AsyncExitStack() as stack:
            stack.push_async_callback(self._crowd.close)
            for one in self._portals:
                stack.push_async_callback(one.let_go)
                self._starts_s.append(await one.start())
            async with asyncio.TaskGroup() as tasks:
                ears = [Ear(one, self._portals[0].door) for one in self._crowd.people]
                living = [tasks.create_task(work) for ear in ears for work in (self._crowd.live(ear.by), ear.listen())]
                for number in range(KILLS):
                    await self._one_kill(number)
                for task in living:
                    task.cancel()
            for portal in self._portals:
                await portal.end(SIGTERM)
        self._print()

    async def _one_kill(self, number: int) -> None:
        chance, portal = self._chance, self._chance.choice(self._portals)
        how = chance.choice(WAYS)
        self._crowd.going.set()
        await self._crowd.answers(chance.randrange(10, 40))
        await moment(chance.random() / 20)
        await portal.end(how)
        if len(self._portals) > 1:
            await self._crowd.answers(chance.randrange(6))  # of the other one
        if chance.random() < 0.4:
            await portal.begin()
            await moment(chance.random() * self._starts_s[0])
            await portal.end(SIGKILL)
        self._starts_s.append(await portal.start())
        async with patience(120):
            await self._crowd.rest()
        await self._look()
        print(f"{number + 1}: {how.name}, started in {self._starts_s[-1]:.1f} s, {len(self._crowd.told)} answers")

    async def _look(self) -> None:
        """While nobody does anything."""
        told = list(self._crowd.told)
        await asyncio.to_thread(self._witness.read)
        self._witness.check(told)
        before = self._witness.acts
        done = [one for one in told if one.status == httpx.codes.OK]
        for one in self._chance.sample(done, min(AGAIN, len(done))):
            check_again(one, await one.by.again(one))
        await asyncio.to_thread(self._witness.read)
        assert self._witness.acts == before, "a repeated key changes nothing"
        await asyncio.to_thread(self._names)

    def _names(self) -> None:
        """As they were entered, corrected and deleted; what is gone is in no file."""
        people = self._crowd.people
        with closing(open_persons(self._where)) as persons:
            check_names(
                persons, people, Counter(deed_of(one) for one in self._crowd.told if one.status == httpx.codes.OK)
            )
            question = "select traces from sojus_person_state where traces > 0"
            wait_until(lambda: not persons._database.rows(question), "no traces are left")
        data = b"".join(bytes_of(self._where, self._request))
        assert all(name.encode() in data for one in people for name in one.names.values())
        assert not [name for one in people for name in one.gone if name.encode() in data], "deleted, and in a file"

    def _print(self) -> None:
        kinds = Counter((one.path.rsplit("/", 1)[-1], one.status) for one in self._crowd.told)
        print(f"{len(self._crowd.told)} answers: {dict(sorted(kinds.items()))}")
        print(f"starts: {min(self._starts_s):.1f} to {max(self._starts_s):.1f} s; {self._witness.acts} acts in the log")


async def moment(after_s: float) -> None:
    """Somewhere in what all others are doing."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(after_s):
            await asyncio.Event().wait()


def check_again(told: Told, answer: httpx.Response) -> None:
    """Asked again by the same key, it is answered as it was; of names, which may be others by now, nothing is done."""
    if told.path.startswith("/api/cases"):
        return
    said = answer.json()
    assert (answer.status_code, said.get("again"), said.get("at")) == (200, True, told.answer["at"]), (
        told,
        answer.text,
    )


def check_names(persons: Persons, people: list[Person], done: Counter[str]) -> None:
    kept = dict(persons._database.rows("select id, people from sojus_person_case"))
    names = {case: name for one in people for case, name in one.names.items()}
    assert kept.keys() == names.keys()
    assert all(name in kept[case] for case, name in names.items())
    persons.check()
    for deed in (AuditDeed.ENTERED, AuditDeed.CORRECTED, AuditDeed.FORGOTTEN):
        ((count,),) = persons._database.rows("select count(*) from sojus_person_audit where what = ?", str(deed))
        assert count == done[deed.name], deed


def deed_of(told: Told) -> str:
    """Of a name, as the audit calls it; "" for all others."""
    if not told.path.startswith("/api/cases"):
        return ""
    last = told.path.rsplit("/", 1)[-1]
    return {"correct": "CORRECTED", "forget": "FORGOTTEN"}.get(last, "ENTERED")


class Witness:
    """Reads the log as one more process does. `acts`: how many of people stand there."""

    def __init__(self, where: str | Path) -> None:
        self._where, self._replica = where, Replica("log")
        self._refused: dict[str, bool] = {}
        self.acts = 0

    def read(self) -> None:
        """What has come since; no place was ever given twice."""
        with closing(open_log(self._where)) as log:
            while rows := log.rows(self._replica.head.count):
                for row in rows:
                    for done in self._replica.take_in([row]):
                        self._take_in(done)

    def _take_in(self, done: Done) -> None:
        assert done.key not in self._refused, "twice"
        by = done.act.by
        if by.office and not done.key.startswith("anfang/"):
            self._refused[done.key] = is_refusal(done.decisions, party(by))
            self.acts += 1
        books = self._replica.state.register.books
        changed = [books[name] for one in done.decisions if isinstance(one, PlacesChanged) for name in one.places]
        for book in changed:
            assert all(most_taken(book.taken, one.span) <= book.place.capacity for one in book.taken), "reserved twice"

    def check(self, told: list[Told]) -> None:
        """What was answered with success is there, and what was answered with a refusal is not; nothing else is."""
        acts = [one for one in told if not one.path.startswith("/api/cases")]
        for one in acts:
            done = self._refused.get(one.key) is False
            assert done == (one.status == httpx.codes.OK), one
        assert self._refused.keys() <= {one.key for one in acts}, "done, and nobody was told"
        rows = self._replica.state.reservations.values()
        assert not [one for one in rows if one.stage.open and one.ends_at is None]
        names = [one.place.name for one in self._replica.state.register.books.values()]
        assert len(names) - len(set(names)) <= 3, "of two houses the rooms are called alike"


class Ear:
    """A page that somebody leaves open: it comes back by itself."""

    def __init__(self, by: Person, door: Door) -> None:
        self.by, self._door = by, door
        self.found = 0

    async def listen(self) -> None:
        last = ""
        while True:
            await self._door.is_open.wait()
            try:
                async with await self.by.stream(self._door, last) as answer:
                    self.found += answer.status_code == httpx.codes.OK
                    async for line in answer.aiter_lines():
                        last = line.removeprefix("id: ") if line.startswith("id: ") else last
            except httpx.TransportError:
                continue
