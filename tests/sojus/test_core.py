"""The core as one: what a provider keeps is found, reserved once, gone from every open search, and comes back."""

from __future__ import annotations

from datetime import datetime

from sojus.domain.model.actors import Actor
from sojus.domain.model.days import Span
from sojus.domain.model.ids import CaseId, KindId, ReservationId, SearchId
from sojus.domain.placement import events as e
from sojus.domain.placement.decisions import News, PlacesChanged, Tell
from sojus.domain.placement.machine import handle, next_due
from sojus.domain.placement.records import Part
from sojus.domain.placement.state import Placements
from sojus.domain.register.offering import offer, offers
from sojus.domain.search.changes import changes
from sojus.domain.search.offer import Point
from sojus.domain.search.places import Places
from sojus.domain.search.wish import Near, Person, Search
from sojus.domain.search.wish_faults import faults_of
from sojus.domain.search.words import why, why_not
from tests.sojus.providers import AREA, CLOCK, HERE, NOON, THERE, TODAY, office, register

SEARCH = Search(KindId("wohnen"), (Person(12),), near=Near(Point(53.5, 13.25), 50))


class Portal:
    """What a program will do: carries out what the machine decides."""

    def __init__(self) -> None:
        self.state = Placements(register())
        self.words = self.state.register.vocabularies[AREA]
        self.places = Places(self.words, offers(self.state.register, TODAY))

    def act(self, by: Actor, what: e.PlacementEvent, at: datetime = NOON) -> list[Tell]:
        _, decided = handle(self.state, e.Act(by, at, what))
        for one in decided:
            for place in one.places if isinstance(one, PlacesChanged) else ():
                now = offer(self.state.register, place, at.date())
                if now is None:
                    self.places.remove(place)
                else:
                    self.places.put(now)
        return [one for one in decided if isinstance(one, Tell)]


def test_the_best_place_is_found_reserved_once_and_told_when_it_is_free_again() -> None:
    portal = Portal()
    assert faults_of(portal.words, SEARCH, TODAY) == ()
    seen = portal.places.search(SEARCH, TODAY)
    assert [hit.place for hit in seen.hits] == ["ulme-1", "ulme-2", "bett-1", "bett-2", "bett-3"], "the price decides"
    assert {hit.place for hit in seen.hits} == seen.front, "dearer, and nearer"
    assert "170,00 € je Tag (Stand 01.12.2026). 20,0 km entfernt (Luftlinie). Sofort frei" in str(
        why(portal.words, seen, 0)
    )

    best = seen.hits[0].place
    take = e.Reserve(ReservationId("eins"), CaseId("a"), (Part(best),), Span(TODAY))
    assert News.REFUSED not in {one.news for one in portal.act(office(HERE), take)}
    also = e.Reserve(ReservationId("zwei"), CaseId("b"), (Part(best),), Span(TODAY))
    (no,) = portal.act(office(THERE), also)
    assert (no.to.office, no.news) == (THERE, News.REFUSED)

    now = portal.places.search(SEARCH, TODAY)
    assert changes(seen, now).went == (best,)
    assert now.hits[0].place == "ulme-2", "the next best"
    taken = portal.places.offer(best)
    assert taken is not None
    assert (
        why_not(portal.words, now, taken)
        == "Kein Treffer. Gesucht: frei sofort, ohne absehbares Ende; hier: nicht frei."
    )

    portal.act(office(THERE), e.KeepSearch(SearchId("s"), "Bett", AREA, SEARCH))
    held_until, said = NOON + portal.state.terms.hold, list[Tell]()
    while (due := next_due(portal.state)) is not None and due <= held_until:
        said += portal.act(CLOCK, e.Elapsed(), at=due)
    (came,) = [one for one in said if one.news is News.CAME_FREE]
    assert came.to.office == THERE, "nobody confirmed it: it comes back, and who looks for such is told"
    assert came.text == "Zu Ihrer Suche „Bett“ passt jetzt: „Ulme 1“ (Gruppe ulmenbetten)."
