"""Who reserves and cancels, or waits and leaves, without an end makes nobody else's acts and pages slower by it."""

from __future__ import annotations

from typing import Any
from unittest import mock

import pytest

from sojus.domain.model.ids import CaseId, PlaceId, ReservationId
from sojus.domain.placement import events as e
from sojus.domain.placement.machine import handle
from sojus.domain.placement.records import Need, Part, Reservation
from sojus.domain.placement.state import Placements
from sojus.domain.rights import views
from sojus.service.own.reader import Reader
from sojus.service.own.rows import ENDED, mine
from tests.sojus.portal.house import offices
from tests.sojus.providers import ELM_BEDS, HERE, NOON, OAK, house, office, register
from tests.sojus.test_placement import BED, CASE, FOR_GOOD, play

OFTEN = 120


class Counting(dict[ReservationId, Reservation]):
    """How many rows were looked at."""

    looks = 0

    def __getitem__(self, name: ReservationId) -> Reservation:
        self.looks += 1
        return super().__getitem__(name)


def given_up(state: Placements, number: int, *, waits: bool) -> None:
    name, need = ReservationId(f"r{number}"), Need(FOR_GOOD)
    what = e.Join(name, CASE, ELM_BEDS, need) if waits else e.Reserve(name, CASE, BED, FOR_GOOD)
    play(state, (office(HERE), what), (office(HERE), e.Cancel(name)))


@pytest.mark.parametrize("waits", [True, False], ids=["waits", "reserves"])
def test_an_act_asks_nothing_of_what_was_given_up_before(waits: bool) -> None:
    state, looks = Placements(register()), list[int]()
    if waits:
        for number in (1, 2):
            there = e.Reserve(ReservationId(f"da{number}"), CASE, (Part(PlaceId(f"ulme-{number}")),), FOR_GOOD)
            play(state, (office(HERE), there))
    for number in range(OFTEN):
        counting: Any = Counting(state.reservations)
        with mock.patch.object(state, "reservations", counting):
            given_up(state, number, waits=waits)
            looks.append(counting.looks)
        state.reservations.update(counting)
    assert len(state.reservations) >= OFTEN, "all of it stands there"
    assert max(looks[1:]) <= looks[0] + 2, looks


def test_a_page_of_ones_own_makes_views_of_what_it_shows_and_no_more() -> None:
    state = Placements(register())
    for number in range(OFTEN):
        given_up(state, number, waits=False)
    handle(state, e.Act(office(HERE), NOON, e.Reserve(ReservationId("offen"), CASE, BED, FOR_GOOD)))
    for by in (office(HERE), house(OAK)):
        with mock.patch.object(views, "reservation_seen", wraps=views.reservation_seen) as seen:
            shown = mine(Reader(state, by, offices(), NOON.tzinfo), 1).reservations
        assert [one.id for one in shown] == ["offen", *(f"r{number}" for number in reversed(range(OFTEN)))][: ENDED + 1]
        assert seen.call_count == ENDED + 1


class Line(tuple[ReservationId, ...]):
    """Nobody counts through it."""

    __slots__ = ()

    def index(self, *_: object) -> int:
        raise AssertionError("from the first on, for each row of a page")


def test_who_waits_in_a_long_line_reads_where_without_counting_through_it() -> None:
    state = Placements(register())
    for number in (1, 2):
        there = e.Reserve(ReservationId(f"da{number}"), CASE, (Part(PlaceId(f"ulme-{number}")),), FOR_GOOD)
        play(state, (office(HERE), there))
    for number in range(OFTEN):
        join = e.Join(ReservationId(f"w{number}"), CaseId(f"fall{number}"), ELM_BEDS, Need(FOR_GOOD))
        play(state, (office(HERE), join))
    play(state, (office(HERE), e.Cancel(ReservationId("w7"))))
    state.lists[ELM_BEDS] = Line(state.lists[ELM_BEDS])
    shown = mine(Reader(state, office(HERE), offices(), NOON.tzinfo), 1).waiting
    assert [(one.id, one.position) for one in shown[-9:]] == [
        *((f"w{number}", number) for number in (9, 8)),
        *((f"w{number}", number + 1) for number in (6, 5, 4, 3, 2, 1, 0)),
    ]
