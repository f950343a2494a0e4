"""A portal in memory: opened with what a scenario begins with; time goes by from one thing that is due to the next."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from lisa_core.domain.model.errors import HarnessError
from lisa_core.host.clock import Clock
from sojus.domain.model.actors import Actor
from sojus.domain.placement.events import TakeIn
from sojus.harness.memory.answers import answer_of
from sojus.harness.memory.desk import MemoryDesk
from sojus.harness.memory.people import MemoryPeople
from sojus.harness.vocabularies import shipped
from sojus.service.deeds import Deed
from sojus.service.hand import AtOnce
from sojus.service.opening import in_memory
from sojus.service.service import Service
from sojus.store.entries import Rules

if TYPE_CHECKING:
    from sojus.harness.opening import Opening


class MemoryPortal:
    """`hand` does what is asked; time goes by only when a scenario says so."""

    def __init__(self, service: Service, hand: AtOnce, clock: Clock) -> None:
        self.service, self._hand, self._clock = service, hand, clock
        self.people = MemoryPeople(service)
        self._desks: dict[Actor, MemoryDesk] = {}
        self._keys = 0

    def now(self) -> datetime:
        return self._clock.instant().civil

    async def later(self, span: timedelta) -> None:
        end = self.now() + span
        while (left := end - self.now()) > timedelta(0):
            self._clock.set_civil(self.now() + min(left, self._next() - self.now()))
            self._hand.elapse(self.now())
            if self.now().time() == time():
                self.people.a_new_day(self.now())
        await self.settle()

    async def desk(self, actor: Actor) -> MemoryDesk:
        return self._desks.setdefault(actor, MemoryDesk(self, actor))

    async def knock(self, actor: Actor | None, *, right: bool) -> str:
        raise HarnessError("Anmelden lässt sich nur am Programm. Das Szenario mit @stufe:wire kennzeichnen.")

    async def settle(self) -> None:
        for desk in self._desks.values():
            desk.listen()

    def key(self) -> str:
        """One that nobody has used."""
        self._keys += 1
        return f"schluessel-{self._keys:022}"

    def _next(self) -> datetime:
        """When something happens by itself: the next term that is over, or the next day."""
        now = self.now()
        midnight = datetime.combine(now.date() + timedelta(days=1), time(), now.tzinfo)
        due = self.service.next_due()
        return midnight if due is None else max(now + timedelta(microseconds=1), min(midnight, due))


@contextlib.asynccontextmanager
async def open_memory(opening: Opening) -> AsyncIterator[MemoryPortal]:
    """What providers have given in is taken in as they do it. Raises `HarnessError` for what cannot be taken in."""
    clock = Clock(opening.now)
    service, hand = in_memory(Rules(shipped()), lambda: clock.instant().civil, opening.directory())
    portal = MemoryPortal(service, hand, clock)
    for provider, batch in opening.batches:
        taken = answer_of(service.do(Deed(portal.key(), provider, TakeIn(batch))))
        if not taken.is_done:
            raise HarnessError(f"Diese Plätze nimmt das Portal nicht auf. {taken.sentence}")
    try:
        yield portal
    finally:
        portal.people.close()
        service.close()
