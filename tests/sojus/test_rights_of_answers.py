"""Whatever the service answers, whoever asks: nothing in it that is not theirs to see. Doors add nothing to it."""

from __future__ import annotations

import os
from collections.abc import Collection
from datetime import datetime

from hypothesis import given as examples
from hypothesis import settings
from hypothesis import strategies as st

from sojus.domain.model.actors import Actor
from sojus.domain.model.ids import KindId
from sojus.domain.placement import events as e
from sojus.domain.placement.moves import party
from sojus.domain.search.wish import Person, Search
from sojus.service.answers import Refused
from sojus.service.asked import Asked
from sojus.service.deeds import Deed
from sojus.service.directory import directory
from sojus.service.found import ResultView
from sojus.service.mine import MineView
from sojus.service.opening import in_memory
from sojus.store.entries import Rules
from tests.sojus.lives_of_rights import EVERYBODY, HOUSES, TENANTS, Life, readers, southern, texts_in
from tests.sojus.providers import ANYBODY, AREA, CLOCK, ELM, OAK, elm, oak, vocabulary

LONG = os.environ.get("LISA_LONG") == "1"
BED = Asked(AREA, Search(KindId("wohnen"), (Person(12, ANYBODY),)))


class ServedLife(Life):
    """The same life, done through a service."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.service, self.hand = in_memory(Rules((vocabulary(),)), self.now, directory(TENANTS.values(), ()))
        for provider, batch in ((OAK, oak()), (ELM, elm()), (next(reversed(HOUSES)), southern())):
            self.do(HOUSES[provider], e.TakeIn(batch))
        with self.service.kept.reading() as state:
            self.state = state

    def now(self) -> datetime:
        return self.at

    def elapse(self) -> None:
        self.hand.elapse(self.at)

    def do(self, by: Actor, what: e.PlacementEvent) -> None:
        self.service.do(Deed(self.name("schlüssel"), by, what))

    def answers(self, by: Actor, search: str) -> list[object]:
        """All that can be asked."""
        service, places = self.service, list(self.state.register.books)
        return [
            *(service.mine(by), service.awaited(by), service.groups(by), service.figures(by), service.saved(by)),
            *(service.search(by, BED), service.changes(by, search, 0), service.compare(by, places[:3], BED)),
            service.full(by, BED),
            *(service.place(by, place) for place in places),
            *(service.why(by, BED, place) for place in places),
        ]


def once(allowed: Collection[str]) -> set[str]:
    """What somebody may have been told of while it was theirs: the id of what was reserved or asked."""
    return {what for what in allowed if what.startswith(("reservierung:", "anfrage:"))}


@settings(max_examples=150 if LONG else 5)
@examples(st.integers(0, 1 << 32), st.sampled_from((30, 80)))
def test_no_answer_holds_what_is_not_theirs_to_see(seed: int, acts: int) -> None:
    life = ServedLife(seed)
    searcher = EVERYBODY[0]
    found = life.service.search(searcher, BED)
    assert isinstance(found, ResultView)
    state = life.live(acts)
    allowed = readers(state)
    for actor in EVERYBODY:
        said = "\n".join(text for one in life.answers(actor, found.id) for text in texts_in(one))
        seen = {what for what in allowed if what in said}
        assert not {what for what in seen if party(actor) not in allowed[what]}, actor
        told = "\n".join(text for one in life.service.news(actor, 0) for text in texts_in(one))
        assert not {what for what in allowed if what in told and party(actor) not in allowed[what]} - once(allowed)
        mine, awaited = life.service.mine(actor), life.service.awaited(actor)
        if isinstance(mine, MineView):
            assert awaited == sum(one.awaited for one in (*mine.reservations, *mine.requests, *mine.stays)), actor
        else:
            assert isinstance(awaited, Refused), actor
    assert isinstance(life.service.mine(CLOCK), Refused)
