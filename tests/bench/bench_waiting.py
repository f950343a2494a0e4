"""What many who wait cost in SoJuS: `python -m tests.bench.bench_waiting`.

A stay at a group ends sooner, so all who wait there are looked at: 500 beside 10, in turn, in one run. And what an
office reads of its own waiting entries: all of them beside a quarter. Both are to grow with what stands there, and not
with its square: 50 and 4 times more of it stand there.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from time import process_time

from sojus.domain.model.actors import Actor
from sojus.domain.model.days import Span
from sojus.domain.model.ids import CaseId, FacilityId, GroupId, KindId, PlaceId, ReservationId, StayId
from sojus.domain.placement import events as e
from sojus.domain.placement.machine import handle
from sojus.domain.placement.records import NamelessProfile, Need, Part
from sojus.domain.placement.state import Placements
from sojus.domain.register.book import Register
from sojus.domain.register.entries import Facility, Place, Provider
from sojus.domain.register.intake import take_in
from sojus.domain.search.offer import Point
from sojus.domain.search.wish import Person
from sojus.service.own import rows as own
from sojus.service.own.reader import Reader
from tests.bench.pair import Row, shares
from tests.sojus.portal.house import offices
from tests.sojus.providers import (
    ANYBODY,
    AREA,
    CLOCK,
    HERE,
    NOON,
    NORTH,
    OAK,
    THERE,
    TODAY,
    given,
    group,
    house,
    office,
    vocabulary,
)

MANY, FEW, TURNS = 500, 10, 20
ROWS = 4_000
SPARE, PARTS = 2.0, 4
"""So many times what a line would take is let pass; a square would take far more."""
PROFILE = NamelessProfile(AREA, KindId("wohnen"), (Person(12, ANYBODY),))


def rows(many: int = MANY, few: int = FEW, read: int = ROWS, turns: int = TURNS) -> list[Row]:
    """For `make bench`."""
    return [_looked_at(many, few, turns), _read(read, turns)]


def _looked_at(many: int, few: int, turns: int) -> Row:
    state = _full({"viele": many, "wenige": few})
    took_ms: dict[str, list[float]] = {"viele": [], "wenige": []}
    for turn in range(turns):
        for name, found in took_ms.items():
            sooner = e.ChangeStay(StayId(f"{name}/1"), TODAY + timedelta(400 - turn), 1)
            found.append(_do(state, house(OAK), sooner))
    what = f"ein Aufenthalt endet früher, {many} warten an der Gruppe"
    return shares(what, took_ms["viele"], f"dasselbe bei {few}", took_ms["wenige"], SPARE * many / few)


def _read(count: int, turns: int) -> Row:
    counts = (count, count // PARTS)
    whole, part = [Reader(_full({"eine": number}), office(HERE), offices(), UTC) for number in counts]
    took_ms: tuple[list[float], list[float]] = ([], [])
    for _ in range(turns):
        for reader, found in zip((whole, part), took_ms, strict=True):
            began_s = process_time()
            assert own.mine(reader, 1).waiting
            found.append((process_time() - began_s) * 1000)
    return shares(
        f"ein Amt liest {count} wartende Vorgänge", took_ms[0], "ein Viertel davon", took_ms[1], SPARE * PARTS
    )


def _full(waiting: dict[str, int]) -> Placements:
    """Groups of one bed, in which somebody lives, and for which so many wait."""
    register = Register({AREA: vocabulary()})
    home = (Provider(OAK, "Eiche", NORTH), Facility(FacilityId("haus"), OAK, "Haus", Point(53.5, 13.25)))
    groups = [group(GroupId(name), "haus", "wohnen") for name in waiting]
    beds = [Place(PlaceId(f"bett-{name}"), GroupId(name), "Zimmer") for name in waiting]
    assert not take_in(register, given(*home, *groups, *beds), house(OAK), NOON).mistakes
    state = Placements(register)
    _do(state, CLOCK, e.Elapsed())
    for name, count in waiting.items():
        lives = ReservationId(name)
        parts = (Part(PlaceId(f"bett-{name}")),)
        _do(state, office(THERE), e.Reserve(lives, CaseId(name), parts, Span(TODAY), profile=PROFILE))
        _do(state, house(OAK), e.Admit(lives, TODAY))
        for number in range(count):
            entry = f"{name}-{number}"
            need = Need(Span(TODAY))
            _do(state, office(HERE), e.Join(ReservationId(entry), CaseId(entry), GroupId(name), need, PROFILE))
    return state


def _do(state: Placements, by: Actor, what: e.PlacementEvent, at: datetime = NOON) -> float:
    """Milliseconds of this processor."""
    began_s = process_time()
    handle(state, e.Act(by, at, what))
    return (process_time() - began_s) * 1000


if __name__ == "__main__":
    for row in rows(*map(int, sys.argv[1:5])):
        print(row)
