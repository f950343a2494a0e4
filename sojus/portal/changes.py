"""What a page is told while it is open: what becomes of its search, what is news of its own, and that all is well.

Whoever comes back names the last entry of the log that it has heard of and is told what came after it. Nothing is kept
for anybody here: the service says what happened behind an entry, and whoever reads slowly is told it in one go.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncGenerator, Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from lisa_core.domain.model.errors import MachineError
from sojus.domain.model.actors import Actor
from sojus.domain.model.ids import PlaceId
from sojus.portal import texts
from sojus.portal.answers import json_of
from sojus.portal.door import Member, PortalDoor
from sojus.portal.names import ChangedNames, NameNews
from sojus.portal.stream import BEAT, BEAT_S, EventStream, Pulse, Telling
from sojus.portal.working import InOneGo, TooBusy, Workers
from sojus.service.service import Service


class Page(NamedTuple):
    """Whose it is, the search (or "") and the places that it shows, the last entry that it knows, and the last line
    about names."""

    by: Actor
    search: str
    places: tuple[PlaceId, ...]
    after: int
    heard: int = 0


Behind = tuple[list[Telling], Sequence[NameNews]]
MOST_PAGES = 100
"""Open pages of one account: each holds a connection, and all together have only so many."""
STANDS_S = 2.0
"""How often is looked whether whoever listens may still act in that name."""


class OpenPages:
    """One for a portal. `away` is set while the database cannot be reached; `pulse` beats when something was done."""

    def __init__(self, service: Service, door: PortalDoor, workers: Workers, names: ChangedNames) -> None:
        self._service, self._door, self.names = service, door, names
        self._pulled = InOneGo(workers, self._behind)
        self.pulse, self.away = Pulse(), False
        self._open: Counter[str] = Counter()

    def stream(self, member: Member, search: str, places: tuple[PlaceId, ...], after: int) -> EventStream:
        """For one page. Raises `TooBusy` where an account has too many open."""
        if self._open[member.account] >= MOST_PAGES:
            raise TooBusy
        return EventStream(
            self.told(Page(member.actor, search, places, after)), self.over(member), self._counted(member)
        )

    async def told(self, page: Page) -> AsyncGenerator[Telling, None]:
        """Until the search is not open any more, or too much waits. Without any: only what is one's own."""
        was_away, page = False, page._replace(heard=self.names.at)
        while True:
            next_beat = self.pulse.next
            try:
                found = await self._pulled.ask(page)
            except TooBusy:
                return  # whoever listens comes back by itself, and is told what came meanwhile
            if found is None:
                yield Telling("again", {"sentence": texts.SEARCH_ANEW})
                return
            told, names = found
            for event in numbered(told):
                page = page._replace(after=max(page.after, event.at))
                yield event
            for name in names:
                page = page._replace(heard=name.number)
                yield Telling("mine", {"at": page.after, "what": "name", "ref": "", "sentence": name.sentence})
            if self.away is not was_away:
                was_away = self.away
                yield Telling("away", {"sentence": texts.AWAY}) if was_away else Telling("back", {})
            try:
                async with asyncio.timeout(BEAT_S):
                    await next_beat.wait()
            except TimeoutError:
                yield BEAT

    async def over(self, member: Member) -> Telling:
        """When her log-in is over, or she acts no longer in that name."""
        ending = asyncio.ensure_future(self._door.gate.access.until_over(member.visitor))
        try:
            while not ending.done():
                await asyncio.wait((ending,), timeout=STANDS_S)
                with contextlib.suppress(MachineError):  # nobody is cut off because nobody can be asked
                    if not ending.done() and not await self._door.stands(member):
                        return Telling("over", {"sentence": texts.NO_LONGER})
        finally:
            ending.cancel()
        return Telling("over", {"sentence": texts.LOG_IN})

    @contextlib.contextmanager
    def _counted(self, member: Member) -> Iterator[None]:
        """In a demonstration many sit at one computer under one name."""
        if member.visitor is None:
            yield
            return
        self._open[member.account] += 1
        try:
            yield
        finally:
            self._open[member.account] -= 1
            self._open += Counter()  # those with none are forgotten

    def _behind(self, page: Page) -> Behind | None:
        """What came behind the last entry that this page knows; None: its search is not open any more."""
        by, search, places, after, heard = page
        changes = self._service.changes(by, search, after) if search else ()
        if changes is None:
            return None
        named = (
            ("change", changes),
            ("place", self._service.touched(by, places, after)),
            ("mine", self._service.news(by, after)),
        )
        told = [Telling(name, json_of(one), one.at) for name, found in named for one in found]
        return told, self.names.behind(by, heard)


def numbered(events: Iterable[Telling]) -> Iterator[Telling]:
    """In the order of the log; of several with one number only the last one has it: whoever was cut off before that
    is told all of them again."""
    ordered = sorted(events, key=lambda one: one.at)
    for event, following in zip_longest(ordered, ordered[1:]):
        yield event._replace(at=0) if following is not None and following.at == event.at else event
