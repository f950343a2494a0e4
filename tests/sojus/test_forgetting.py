"""What is over leaves: a state that forgets decides as one that keeps all of it, and a portal of a year takes no more
memory than one of a month."""

from __future__ import annotations

import gc
import os
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random
from types import BuiltinFunctionType, FunctionType, ModuleType
from typing import Any, TypeVar

import pytest

from sojus.domain.model.actors import Actor
from sojus.domain.model.days import Span
from sojus.domain.model.ids import CaseId, ClosureId, PlaceId, RequestId, ReservationId, StayId
from sojus.domain.placement import events as e
from sojus.domain.placement.decisions import Decision, News, Tell, Why
from sojus.domain.placement.machine import handle, next_due
from sojus.domain.placement.over.ends import ended_on, ends_of_cases
from sojus.domain.placement.records import Need, Part
from sojus.domain.placement.state import Placements
from sojus.domain.placement.terms import PlacementTerms
from sojus.domain.register.entries import Closure, Removable, Removal, Stay
from sojus.domain.rights.retention import KnownCase, Retention, forgotten_on
from sojus.service.answers import Granted
from sojus.service.deeds import Deed
from sojus.service.directory import Directory
from sojus.service.hand import AtOnce, Hear
from sojus.service.offers import live
from sojus.service.own import awaited
from sojus.service.service import Service
from sojus.store.entries import Rules
from sojus.store.opening import open_placements
from sojus.store.tables import digest, packed, placements, tables, unpacked
from tests.sojus.providers import (
    BEDS,
    CLOCK,
    ELM,
    ELM_BEDS,
    HERE,
    NOON,
    OAK,
    THERE,
    TODAY,
    given,
    house,
    oak,
    office,
    register,
    vocabulary,
)
from tests.sojus.test_lives import profile
from tests.sojus.test_placement import play

LONG = os.environ.get("LISA_LONG") == "1"
NOT_COUNTED = (type, ModuleType, FunctionType, BuiltinFunctionType, sqlite3.Connection)
K = TypeVar("K")
DAY = timedelta(days=1)
BED = PlaceId("bett-1")
BRIEF = PlacementTerms(over_days=15, ended_days=30)
SHORTEST = PlacementTerms(over_days=1, ended_days=2, correction_days=1)
RETENTION = Retention(unused=timedelta(days=10), ended=timedelta(days=BRIEF.ended_days))
WHOEVER = (office(HERE), office(THERE), house(OAK), house(ELM))


# --- it decides the same ----------------------------------------------------------------------------------------------


class Twins:
    """Two states that hear the same: `brief` lets go of what is over, `lasting` of nothing."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        self.brief = Placements(register(), BRIEF)
        self.lasting = Placements(register(), PlacementTerms(over_days=10_000, ended_days=10_000))
        self.now, self.number = NOON, 0
        self.came = Counter[type]()

    def any(self, names: Iterable[K], still: Collection[K], none: K) -> K:
        """Mostly one that is not over, now and then another, also of long ago."""
        return self.chance.choice([*(still if self.chance.random() < 0.8 else names)] or [*names] or [none])

    def new(self, kind: str) -> str:
        self.number += 1
        return f"{kind}{self.number}"

    def case(self) -> CaseId:
        return CaseId(f"fall{(self.now.date() - TODAY).days // 9}-{self.chance.randrange(4)}")

    def span(self) -> Span:
        start = self.now.date() + self.chance.choice((0, 0, 0, 1, 3)) * DAY
        return Span(start, None if self.chance.random() < 0.05 else start + self.chance.randint(1, 5) * DAY)

    def act(self) -> tuple[Actor, e.PlacementEvent]:
        """Anything, mostly by whoever may."""
        return self.chance.choice((self.of_a_place, self.of_a_reservation, self.of_a_stay, self.of_a_request))()

    def of_a_place(self) -> tuple[Actor, e.PlacementEvent]:
        draw, span = self.chance.choice, self.span()
        place = PlaceId(draw(("bett-1", "bett-2", "bett-3", "team", "ulme-1", "ulme-2")))
        mine, keeper = office(draw((HERE, THERE))), house(self.brief.register.owner(place))
        match draw(("reserve", "reserve", "reserve", "join", "join", "report", "close", "open")):
            case "reserve":
                return mine, e.Reserve(ReservationId(self.new("r")), self.case(), (Part(place),), span)
            case "join":
                return mine, e.Join(ReservationId(self.new("r")), self.case(), draw((BEDS, ELM_BEDS)), Need(span))
            case "report":
                return keeper, e.TakeIn(given(Stay(StayId(self.new("s")), place, Span(span.start, span.start + DAY))))
            case "close":
                shut = Closure(ClosureId(self.new("z")), place, Span(span.start, span.start + DAY))
                return keeper, e.TakeIn(given(shut))
            case _:
                closed = [one.id for one in self.brief.register.books[place].closed]
                last = closed[-1] if closed else ClosureId("keine")
                return keeper, e.TakeIn(given(Removal(place, Removable.CLOSURE, last)))

    def of_a_reservation(self) -> tuple[Actor, e.PlacementEvent]:
        rows = self.lasting.reservations
        named = self.any(rows, [name for name, row in rows.items() if row.stage.keeps], ReservationId("keine"))
        known = rows.get(named)
        mine = known.by if known is not None else office(HERE)
        keeper = house(known.provider if known is not None and known.provider is not None else OAK)
        return self.chance.choice(
            (
                (keeper, e.Confirm(named)),
                (keeper, e.Admit(named, self.now.date())),
                (keeper, e.Admit(named, self.now.date())),
                (keeper, e.Admit(named, self.now.date())),
                (mine, e.Cancel(named)),
                (keeper, e.Decline(named, "voll")),
                (mine, e.Rebook(named, self.span())),
            )
        )

    def of_a_stay(self) -> tuple[Actor, e.PlacementEvent]:
        rows, today = self.lasting.stays, self.now.date()
        there = self.any(rows, [name for name, row in rows.items() if not row.ended], StayId("keine/1"))
        known = rows.get(there)
        keeper, mine = (house(known.provider), known.by) if known is not None else (house(OAK), office(HERE))
        day = today - self.chance.choice((0, 0, 1)) * DAY
        return self.chance.choice(
            (
                (keeper, e.Discharge(there, day)),
                (keeper, e.Discharge(there, day)),
                (keeper, e.Discharge(there, day)),
                (keeper, e.TakeBack(there, e.Entered.DISCHARGE, day)),
                (keeper, e.TakeBack(there, e.Entered.ADMISSION, known.admitted_on if known is not None else day)),
                (keeper, e.MoveStay(there, PlaceId(self.chance.choice(("bett-1", "bett-2", "bett-3"))), today)),
                (keeper, e.ChangeStay(there, today + 3 * DAY, 1)),
                (mine, e.Approve(there, 9)),
                (keeper, e.RecordContacts(there, today, 1)),
            )
        )

    def of_a_request(self) -> tuple[Actor, e.PlacementEvent]:
        rows, draw = self.lasting.requests, self.chance.choice
        asked = self.any(rows, [name for name, row in rows.items() if row.due_at is not None], RequestId("keine"))
        known = rows.get(asked)
        mine = known.by if known is not None else office(HERE)
        match draw(("ask", "propose", "propose", "accept", "accept", "withdraw")):
            case "ask":
                name = RequestId(self.new("q"))
                return mine, e.Ask(name, self.case(), profile(1), Need(self.span()), (OAK, ELM))
            case "propose":
                return house(OAK), e.Propose(asked, (Part(PlaceId(draw(("bett-1", "bett-2", "bett-3")))),))
            case "accept":
                return mine, e.Accept(asked, OAK, ReservationId(self.new("r")))
            case _:
                return mine, e.Withdraw(asked)

    def do(self, by: Actor, what: e.PlacementEvent) -> None:
        """Both hear it, and say the same; what has left is not there, and nothing could be done with it."""
        act = e.Act(by, self.now, what)
        said = handle(self.brief, act)[1]
        if not refused(said):
            self.came[type(what)] += 1
        if unknown(said) and isinstance(what, (e.RecordContacts, e.Approve)):
            return  # nobody counts what was so long ago
        meant = handle(self.lasting, act)[1]
        assert said == meant or (unknown(said) and refused(meant)), (act, said, meant)

    def a_day_later(self) -> None:
        until = self.now + DAY
        while (due := next_due(self.lasting)) is not None and due <= until:
            self.elapse(due)
        self.elapse(until)

    def elapse(self, at: datetime) -> None:
        assert next_due(self.brief) == next_due(self.lasting)
        self.now = at
        self.do(CLOCK, e.Elapsed())

    def check(self) -> None:
        brief, lasting, today = self.brief, self.lasting, self.now.date()
        for kept, all_of_them in zip(rows_of(brief), rows_of(lasting), strict=True):
            assert kept.items() <= all_of_them.items(), "nothing is otherwise"
            for name in all_of_them.keys() - kept.keys():
                assert ended_on(lasting, all_of_them[name]) <= today - BRIEF.over_days * DAY, name
        assert brief.lists == lasting.lists
        assert forgotten(brief, lasting) == forgotten(lasting, lasting), "a name goes on the same day"
        for by in WHOEVER:
            assert awaited.count(brief, by) == awaited.count(lasting, by)
        for place, book in brief.register.books.items():
            other = lasting.register.books[place]
            assert [one for one in book.taken if one.span.stop > today] == [
                one for one in other.taken if one.span.stop > today
            ]

    def begin_anew(self) -> None:
        """From the snapshot that a process has left."""
        again = placements(unpacked(packed(tables(self.brief))))
        assert again == self.brief
        assert digest(again) == digest(self.brief)
        self.brief = again


def rows_of(state: Placements) -> tuple[dict[str, Any], ...]:
    return dict(state.reservations), dict(state.requests), dict(state.stays)


def forgotten(state: Placements, all_cases: Placements) -> dict[KnownCase, date]:
    """When each name goes; what is to go by today goes today."""
    known = [KnownCase(owner, case, TODAY) for owner, case in ends_of_cases(all_cases)]
    due = forgotten_on(state, known, RETENTION)
    return {one: max(day or date.max, state.today) for one, day in due.items()}


def refused(said: tuple[Decision, ...]) -> bool:
    return any(isinstance(one, Tell) and one.news in (News.REFUSED, News.MISTAKES) for one in said)


def unknown(said: tuple[Decision, ...]) -> bool:
    return any(isinstance(one, Tell) and one.why is Why.UNKNOWN for one in said)


@pytest.mark.parametrize("seed", range(40) if LONG else (2,))
def test_who_forgets_decides_as_who_keeps_all_of_it(seed: int) -> None:
    twins = Twins(seed)
    twins.elapse(NOON)
    for day in range(300 if LONG else 60):
        for _ in range(twins.chance.randrange(24)):
            twins.do(*twins.act())
        twins.a_day_later()
        twins.check()
        if day % 7 == 6:
            twins.begin_anew()
    assert len(twins.brief.reservations) < len(twins.lasting.reservations) // 2
    for kind in () if LONG else (e.Admit, e.Discharge, e.TakeBack, e.Accept, e.MoveStay, e.Join):
        assert twins.came[kind], kind


def test_who_waited_is_on_the_list_again_though_that_was_long_ago() -> None:
    """The admission was a mistake, of which the discharge was another: what it had ended has not left meanwhile."""
    state, name, waits, stay = (
        Placements(register(), BRIEF),
        ReservationId("da"),
        ReservationId("wartet"),
        StayId("da/1"),
    )
    first, case = Span(TODAY), CaseId("fall")
    others = [(Part(PlaceId(f"ulme-{number}")),) for number in (1, 2)]
    for number, parts in enumerate(others):
        play(state, (office(THERE), e.Reserve(ReservationId(f"voll{number}"), CaseId("voll"), parts, first)))
        play(state, (house(ELM), e.Admit(ReservationId(f"voll{number}"), TODAY)))
    play(state, (office(HERE), e.Join(waits, case, ELM_BEDS, Need(first))))
    play(state, (office(HERE), e.Reserve(name, case, (Part(BED),), first)), (house(OAK), e.Admit(name, TODAY)))
    assert state.lists == {}
    later = NOON + 40 * DAY
    play(state, (CLOCK, e.Elapsed()), (house(OAK), e.Discharge(stay, later.date())), at=later)
    for what, day in ((e.Entered.DISCHARGE, later.date()), (e.Entered.ADMISSION, TODAY)):
        play(state, (CLOCK, e.Elapsed()), (house(OAK), e.TakeBack(stay, what, day)), at=later + DAY)
    assert state.lists == {ELM_BEDS: (waits,)}


# --- it stays as small ------------------------------------------------------------------------------------------------


def test_a_portal_grows_by_nothing_that_is_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All that one process has in memory, but for the database."""
    monkeypatch.setattr(live, "TOLD", 3)
    days, keys = count(), count()
    clock, hands = [NOON], list[AtOnce]()
    kept = open_placements(tmp_path, Rules((vocabulary(),), SHORTEST), NOON)

    def at_once(heard: Hear) -> AtOnce:
        hands.append(AtOnce(kept, heard))
        return hands[0]

    service = Service(kept, lambda: clock[0], Directory(), at_once)

    def do(by: Actor, what: e.PlacementEvent) -> None:
        done = service.do(Deed(f"{next(keys):06}", by, what))
        assert isinstance(done, Granted), done

    def a_day() -> None:
        """One comes and goes, one is given up, one is asked for; a place is closed and opened."""
        number, today = next(days), clock[0].date()
        name, other = (ReservationId(f"{kind}{number:06}") for kind in "rc")
        case, asked, shut = CaseId(f"fall{number:06}"), RequestId(f"q{number:06}"), ClosureId(f"z{number:06}")
        do(office(HERE), e.Reserve(name, case, (Part(BED),), Span(today, today + 400 * DAY)))
        do(office(HERE), e.Reserve(other, case, (Part(PlaceId("bett-2")),), Span(today)))
        do(office(HERE), e.Cancel(other))
        do(house(OAK), e.Admit(name, today))
        do(house(OAK), e.MoveStay(StayId(f"{name}/1"), PlaceId("bett-2"), today))
        do(office(HERE), e.Ask(asked, case, profile(1), Need(Span(today)), (OAK,)))
        do(office(HERE), e.Withdraw(asked))
        do(house(OAK), e.TakeIn(given(Closure(shut, PlaceId("bett-3"), Span(today)))))
        do(house(OAK), e.TakeIn(given(Removal(PlaceId("bett-3"), Removable.CLOSURE, shut))))
        do(house(OAK), e.Discharge(StayId(f"{name}/1"), today))
        clock[0] += DAY
        hands[0].elapse(clock[0])

    do(house(OAK), e.TakeIn(oak()))
    for _ in range(8):
        a_day()
    before = held_by(service)
    for _ in range(2_000 if LONG else 12):
        a_day()
    after = held_by(service)
    service.close()
    assert after <= before + 20, (before, after)


def held_by(root: object) -> int:
    """How many objects it leads to; but for classes, functions, and connections, which keep something for a while."""
    gc.collect()
    seen, ahead = dict[int, object](), [root]
    while ahead:
        one = ahead.pop()
        if id(one) not in seen and not isinstance(one, NOT_COUNTED):
            seen[id(one)] = one
            ahead += gc.get_referents(one)
    return len(seen)
