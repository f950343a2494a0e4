"""A portal process as tests need it: it does random acts as fast as it can, and notes what it was told is kept.

`live` and `rush` run in children of a fork server. What was asked for is noted before, what was answered after it; each
note is one `write`, so a SIGKILL leaves whole lines.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import time
from collections.abc import Sequence
from concurrent.futures import Future, wait
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random
from threading import Barrier
from typing import Any
from unittest import mock

from lisa_core.store.chain import Columns
from sojus.domain.model.actors import Actor
from sojus.domain.model.days import Span
from sojus.domain.model.ids import CaseId, GroupId, KindId, OfficeId, PlaceId, ReservationId
from sojus.domain.placement import events as e
from sojus.domain.placement.decisions import Tell
from sojus.domain.placement.records import NamelessProfile, Need, Part
from sojus.domain.placement.rows import party
from sojus.domain.placement.state import Placements
from sojus.domain.search.wish import Person
from sojus.store import replica
from sojus.store.clerk import Clerk
from sojus.store.entries import Rules
from sojus.store.opening import open_placements
from sojus.store.plain import plain, value_of
from sojus.store.replica import Done, is_refusal
from sojus.store.tables import digest
from sojus.store.turn import Wish
from tests.sojus.providers import ANYBODY, AREA, BEDS, ELM_BEDS, HERE, NOON, THERE, TODAY, house, office, vocabulary

RULES = Rules((vocabulary(),))
CASE = CaseId("fall")
"""Of which more wishes come than are kept at once."""
ROOM = 3_000
"""Bytes of refusals of an office in a day: few enough that some are not kept."""
WHOM = NamelessProfile(AREA, KindId("wohnen"), (Person(12, ANYBODY),), remark="kommt mit dem Bus")
EVENT: Any = e.PlacementEvent
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.sojus.portal_to_kill", "sojus.store.postgres"])


class Notes:
    """What a process leaves behind: what it asked for (as JSON), and under which number that was answered."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def write(self, mark: str, key: str, text: object) -> None:
        os.write(self._file, f"{mark} {key} {text}\n".encode())


def read_notes(path: Path, mark: str) -> dict[str, str]:
    """By their keys."""
    lines = [line.split(" ", 2) for line in path.read_text().splitlines()] if path.exists() else []
    return {key: text for its, key, text in lines if its == mark}


def live(where: str | Path, notes: Path, name: str, seed: int, stop: Path) -> None:
    """One act after the other until `stop` exists; first what a life before has asked for and heard nothing of."""
    asked, answered = read_notes(notes, "?"), read_notes(notes, "!")
    chance, noted, number = Random(seed), Notes(notes), 0
    replica.KEPT = ROOM
    kept = open_placements(where, RULES, NOON)

    def ask(key: str, by: Actor, what: e.PlacementEvent) -> None:
        (done,) = kept.do([Wish(key, by, what, NOON + timedelta(hours=chance.randrange(6), days=seed))])
        assert isinstance(done, Done), done
        if is_refusal(done.decisions, party(by)):
            noted.write("-", key, done.number)  # perhaps not kept
        noted.write("!", key, done.number)

    for key in asked.keys() - answered.keys():
        again = json.loads(asked[key])
        ask(key, value_of(Actor, again["by"]), value_of(EVENT, again["what"]))
    while not stop.exists():
        number += 1
        with kept.reading() as state:
            by, what = _act(state, chance, ReservationId(f"{name}-{seed}-{number}"))
        noted.write("?", f"{name}-{seed}-{number}", json.dumps({"by": plain(by), "what": plain(what)}))
        ask(f"{name}-{seed}-{number}", by, what)
        kept.news()
        kept.wait(chance.random() / 50)  # others are at it as well
    with kept.reading() as state:
        noted.write("=", str(kept.count), digest(state))
    kept.close()


def _act(state: Placements, chance: Random, new: ReservationId) -> tuple[Actor, e.PlacementEvent]:
    by, start = office(chance.choice((HERE, THERE))), state.today + timedelta(days=chance.randrange(4))
    span = Span(max(start, TODAY), max(start, TODAY) + timedelta(days=chance.randrange(1, 6)))
    if chance.random() < 0.4:
        places = chance.sample(sorted(state.register.books), chance.choice((1, 1, 2)))
        case, whom = chance.choice((CASE, CaseId(new))), WHOM if len(places) == 1 and chance.random() < 0.5 else None
        return by, e.Reserve(new, case, tuple(Part(PlaceId(place)) for place in places), span, profile=whom)
    if chance.random() < 0.2:
        whom = chance.choice((None, WHOM))
        return by, e.Join(new, CaseId(new), GroupId(chance.choice((BEDS, ELM_BEDS))), Need(span), profile=whom)
    still = [one for one in state.reservations.values() if one.stage.open]
    if not still:
        return by, e.Cancel(new)
    one = chance.choice(still[-20:])
    if one.provider is None or chance.random() < 0.3:
        return one.by, chance.choice((e.Cancel(one.id), e.Extend(one.id), e.Rebook(one.id, span)))
    keeper = house(one.provider)
    return keeper, chance.choice((e.Confirm(one.id), e.Decline(one.id, "voll"), e.Admit(one.id, state.today)))


def reserve(name: str, by: OfficeId = HERE, place: str = "bett-1") -> e.Reserve:
    """This place, from today on, for as long as nobody ends it."""
    return e.Reserve(ReservationId(name), CaseId(name), (Part(PlaceId(place)),), Span(TODAY))


def rush(where: str | Path, notes: Path, name: str, wishes: int, together: Barrier) -> None:
    """All at one moment ask for one place so many times; note what each was told, and after how many milliseconds."""
    clerk = Clerk(open_placements(where, RULES, NOON), lambda: NOON, lambda news: None)
    noted, waiting = Notes(notes), list[Future[Done]]()
    together.wait(60)
    for number in range(wishes):
        key = f"{name}-{number}"
        answer = clerk.ask(Wish(key, office(OfficeId(key)), reserve(key), NOON))
        answer.add_done_callback(partial(_note, noted, time.monotonic()))
        waiting.append(answer)
    wait(waiting)
    clerk.close()


def _note(noted: Notes, began_s: float, answer: Future[Done]) -> None:
    done, took_s = answer.result(), time.monotonic() - began_s
    told = [one.news.value for one in done.decisions if isinstance(one, Tell) and one.to.office == done.act.by.office]
    noted.write("!", done.key, f"{took_s * 1000:.0f} {' '.join(told)}")


def stand_still(where: str, notes: Path) -> None:
    """Be stopped from outside in the middle of a turn, after having decided."""
    kept = open_placements(where, RULES, NOON)
    append, log = kept._log.append, kept._log
    stopped: list[int] = []

    def slow(rows: Sequence[Columns]) -> None:
        if not stopped:
            stopped.append(1)
            Notes(notes)
            kept.wait(1.0)  # for SIGSTOP
            kept.wait(1.0)
        append(rows)

    with mock.patch.object(log, "append", slow):
        (done,) = kept.do([Wish("dort", office(THERE), reserve("dort"), NOON)])
    assert isinstance(done, Done)
    assert not done.again
    kept.close()
