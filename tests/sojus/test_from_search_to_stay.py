"""The whole way through the core: what a search finds can be reserved, and every other search knows at once."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from sojus.domain.model.actors import Actor
from sojus.domain.model.days import Span
from sojus.domain.model.ids import CaseId, KindId, PlaceId, ReservationId, StayId
from sojus.domain.placement import events as e
from sojus.domain.placement.decisions import News, PlacesChanged, Tell
from sojus.domain.placement.machine import handle
from sojus.domain.placement.records import Part
from sojus.domain.placement.state import Placements
from sojus.domain.register.entries import Confirmation, Entry, Stay
from sojus.domain.register.offering import offer, offers
from sojus.domain.search.places import Places
from sojus.domain.search.wish import Person, Search
from tests.sojus.providers import BEDS, HERE, NOON, OAK, THERE, TODAY, given, house, office, register, vocabulary

CASE = CaseId("fall")
days = st.integers(0, 6)


class Portal:
    """State and search as a store would keep them: only places that were named are made anew."""

    def __init__(self) -> None:
        self.state = Placements(register())
        self.places = Places(vocabulary(), offers(self.state.register, TODAY))

    def do(self, by: Actor, what: e.PlacementEvent) -> list[News]:
        _, decided = handle(self.state, e.Act(by, NOON, what))
        for one in decided:
            for place in one.places if isinstance(one, PlacesChanged) else ():
                if (seen := offer(self.state.register, place, TODAY)) is not None:
                    self.places.put(seen)
        return [one.news for one in decided if isinstance(one, Tell)]

    def give_in(self, *entries: Entry) -> None:
        assert self.do(house(OAK), e.TakeIn(given(*entries))) == []

    def found(self, search: Search) -> list[PlaceId]:
        return [hit.place for hit in self.places.search(search, TODAY).hits]


def test_whoever_is_second_sees_the_next_best() -> None:
    portal, search = Portal(), Search(KindId("wohnen"), (Person(12),))
    portal.give_in(Confirmation(BEDS))
    best, second = portal.found(search)[:2]
    assert best.startswith("bett"), "confirmed today, though dearer"
    for by, news in ((HERE, News.RESERVED), (THERE, News.REFUSED)):
        reserve = e.Reserve(ReservationId(by), CASE, (Part(best),), Span(TODAY))
        assert portal.do(office(by), reserve)[0] is news
    assert portal.found(search)[0] == second
    portal.do(house(OAK), e.Decline(ReservationId(HERE), "voll"))
    assert portal.found(search)[0] == best


@settings(max_examples=25, deadline=None)
@drawn(st.lists(st.tuples(days, st.integers(1, 4), st.integers(0, 2)), max_size=5), days, st.integers(1, 5))
def test_a_bed_is_found_exactly_if_it_can_be_reserved(
    stays: list[tuple[int, int, int]], start: int, length: int
) -> None:
    portal, first = Portal(), TODAY + timedelta(days=start)
    for number, (ahead, nights, bed) in enumerate(stays):
        begin = TODAY + timedelta(days=ahead)
        stay = Stay(StayId(f"s{number}"), PlaceId(f"bett-{bed + 1}"), Span(begin, begin + timedelta(days=nights)))
        portal.do(house(OAK), e.TakeIn(given(stay)))
    found = portal.found(Search(KindId("wohnen"), start=first, days=length))
    wanted = Span(first, first + timedelta(days=length))
    for place in (book.place.id for book in list(portal.state.register.books_of(BEDS))):
        news = portal.do(office(HERE), e.Reserve(ReservationId(place), CASE, (Part(place),), wanted))
        assert (place in found) == (news[0] is News.RESERVED)
