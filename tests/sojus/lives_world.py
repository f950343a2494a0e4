"""The places of random lives, whom they are for, what may be drawn, and what a refused act leaves as it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from sojus.domain.model.ids import (
    CaseId,
    GroupId,
    KindId,
    PlaceId,
    ReservationId,
    SearchId,
    StayId,
)
from sojus.domain.placement import events as e
from sojus.domain.placement.state import Placements
from sojus.domain.register.book import Register
from sojus.domain.register.entries import Place
from sojus.domain.register.intake import take_in
from sojus.domain.search.wish import Person, Search, TraitWish
from tests.sojus.naive_placements import AT_ONCE
from tests.sojus.providers import (
    ANYBODY,
    AREA,
    BEDS,
    ELM_BEDS,
    ELSEWHERE,
    HERE,
    HOURS,
    NOON,
    OAK,
    QUIET,
    THERE,
    given,
    house,
    register,
)

CASE = CaseId("fall")
OPEN = ("wartet", "reserviert", "bestätigt")
HOUR = timedelta(hours=1)
NOT_QUIET = PlaceId("bett-2")


def world() -> Register:
    """In which one bed is not as the others, and little may be kept for one case at once."""
    made = register(kept_at_once=AT_ONCE)
    assert not take_in(
        made, given(Place(NOT_QUIET, BEDS, "Zimmer 2", traits={QUIET: False})), house(OAK), NOON
    ).mistakes
    return made


PLACES = tuple(register().books)
GROUPS = tuple(register().groups)
SEARCHED = Search(KindId("wohnen"), days=2)
KEPT = e.KeepSearch(SearchId("gesucht"), "Bett", AREA, SEARCHED)
BY_THE_HOUR = tuple(book.place.id for book in register().books_of(HOURS))
"""Of which one young person may have more than one."""
SAME_HELP = {
    one.id: [other.id for other in register().groups.values() if other.kind == one.kind]
    for one in register().groups.values()
}


def within(group: GroupId) -> st.SearchStrategy[PlaceId]:
    return st.sampled_from([book.place.id for book in register().books_of(group)])


places = st.sampled_from(PLACES)
groups = st.sampled_from(GROUPS)
offices = st.sampled_from((HERE, THERE, ELSEWHERE))
starts = st.sampled_from((0, 0, 1, 2, 3, 5, 9, -1))
lengths = st.sampled_from((1, 2, 3, 5, 9, None, None, 0))
amounts = st.sampled_from((1, 1, 1, 2, 4))
QUIETLY, LOUDLY = (TraitWish(QUIET, True),), (TraitWish(QUIET, False),)
WHOM: dict[str, tuple[Person, tuple[TraitWish, ...], frozenset[PlaceId]]] = {
    "jemand": (Person(12, ANYBODY), (), frozenset(PLACES)),
    "leise": (Person(17), QUIETLY, frozenset(PLACES) - {NOT_QUIET}),
    "laut": (Person(None, ANYBODY), LOUDLY, frozenset({NOT_QUIET})),
    "zu jung": (Person(5), (), frozenset()),
}
"""Who seeks help, what must be there, and where that is so: said by hand."""
whom = st.sampled_from(("", "", "jemand", "leise", "leise", "laut", "zu jung"))
crowded = st.sampled_from((BEDS, ELM_BEDS, BEDS, ELM_BEDS, *GROUPS))
picks = st.integers(0, 30)
wishes = groups.flatmap(lambda group: st.lists(st.tuples(within(group), amounts), min_size=1, max_size=3)) | st.lists(
    st.tuples(places, st.just(1)), min_size=2, max_size=3
)
"""Places of one group, some of them twice; sometimes of anybody."""


@dataclass(frozen=True)
class Tables:
    """All that a refused act must leave as it was."""

    reservations: dict[ReservationId, object]
    lists: dict[GroupId, object]
    stays: dict[StayId, object]
    books: dict[PlaceId, object]
    others: tuple[dict[Any, object], ...]

    @classmethod
    def of(cls, state: Placements) -> Tables:
        others = state.requests, state.searches, state.reminded, state.register.members, state.register.rates
        offered = {place: tuple(names) for place, names in state.proposed.items() if names}
        tables = state.reservations, state.lists, state.stays, state.register.books
        return cls(*map(dict, tables), (*map(dict, others), offered))
