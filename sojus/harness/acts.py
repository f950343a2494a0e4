"""What somebody does, as an event of the placement: from the words of a sentence, and from what is under way.

Names that an act makes (a reservation, a request) are those of this scenario; what they came to be the portal says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from sojus.domain.model.actors import Actor, Role
from sojus.domain.model.days import Span
from sojus.domain.model.ids import CaseId, GroupId, PlaceId, ProviderId, RequestId, ReservationId, StayId
from sojus.domain.placement import events as e
from sojus.domain.placement.records import NamelessProfile, Need, Part
from sojus.domain.search.wish import Search
from sojus.harness.vocabularies import reason_named
from sojus.service.asked import Asked

if TYPE_CHECKING:
    from sojus.harness.scene import PortalScene

ENTERING = "Einen Platz suchen und vereinbaren"
"""For what an office enters a case."""
SOMEBODY = "Max Beispiel"
"""Of whom cases are where a scenario says nothing about it."""
NO_CASE = CaseId("kein-fall")
"""Of whoever has none."""
_OF_RESERVATION: Mapping[str, Callable[[ReservationId], e.PlacementEvent]] = {
    "extend": e.Extend,
    "cancel": e.Cancel,
    "confirm": e.Confirm,
}


def profile_of(asked: Asked, count: int) -> NamelessProfile:
    """For so many: whoever was looked for, the last of them again where more come together."""
    search = asked.search
    people = (*search.people, *search.people[-1:] * (count - len(search.people)))
    return NamelessProfile(asked.area, search.kind, people[:count], search.traits)


class Acts:
    """Made of the scene that they happen in. Raise `AssertionError` where nothing is there that it could be done to."""

    def __init__(self, scene: PortalScene) -> None:
        self._scene = scene
        self._made = 0

    # --- an office --------------------------------------------------------------------------------------------------

    async def reserving(self, by: Actor, names: Sequence[str]) -> e.Reserve:
        """These places, for whom and for the days and as much as they looked for last: as a page does it with a hit."""
        found, case = self._scene.found_by(by), await self.case(by)
        wish = None if found is None else found.asked.search
        places = [self._scene.place(name) for name in names]
        parts = tuple(Part(PlaceId(place), 1 if wish is None else wish.amount) for place in places)
        is_hit = found is not None and {hit.place for hit in found.hits}.issuperset(places)
        whom = profile_of(found.asked, len(parts)) if found and is_hit else None
        return e.Reserve(ReservationId(self._name()), case, parts, self.days(wish), profile=whom)

    async def joining(self, by: Actor, group: str) -> e.Join:
        """The waiting list of this group, for the same."""
        asked = found.asked if (found := self._scene.found_by(by)) else None
        wish, whom = (None, None) if asked is None else (asked.search, profile_of(asked, len(asked.search.people)))
        people, amount = (1, 1) if wish is None else (len(wish.people), wish.amount)
        need, name = Need(self.days(wish), people, amount), ReservationId(self._name())
        return e.Join(name, await self.case(by), GroupId(self._scene.group(group)), need, whom)

    async def accepting(self, by: Actor, provider: Actor) -> e.Accept:
        """What this provider has offered."""
        request = await self._scene.first(by, "requests", "accept")
        return e.Accept(RequestId(request.id), ProviderId(provider.office), ReservationId(self._name()))

    async def approving(self, by: Actor, name: str, contacts: int) -> e.Approve:
        """So many contacts in all."""
        return e.Approve(StayId((await self._scene.affair(by, name, "stays", "approve")).id), contacts)

    # --- either side ------------------------------------------------------------------------------------------------

    async def about(self, act: str, by: Actor, name: str, reason: str = "") -> e.PlacementEvent:
        """This act, by the portal's name for it, about the reservation of a place."""
        found = ReservationId((await self._scene.affair(by, name, can=act)).id)
        return e.Decline(found, reason) if act == "decline" else _OF_RESERVATION[act](found)

    # --- a provider -------------------------------------------------------------------------------------------------

    async def proposing(self, by: Actor, name: str) -> e.Propose:
        """This place, for the request that came."""
        request = await self._scene.first(by, "requests", "propose")
        return e.Propose(RequestId(request.id), (Part(PlaceId(self._scene.place(name))),))

    async def passing(self, by: Actor) -> e.PassOver:
        """Nothing, for the request that came."""
        return e.PassOver(RequestId((await self._scene.first(by, "requests", "pass")).id))

    async def admitting(self, by: Actor, name: str, span: timedelta | None = None) -> e.Admit:
        """Today, and for so long as far as it is planned."""
        found = await self._scene.affair(by, name, can="admit")
        today = self._scene.today
        return e.Admit(ReservationId(found.id), today, None if span is None else today + span)

    async def discharging(self, by: Actor, name: str, reason: str) -> e.Discharge:
        """Today is the last day."""
        stay = await self._scene.affair(by, name, "stays", "discharge")
        return e.Discharge(StayId(stay.id), self._scene.today, reason_named(reason))

    async def moving(self, by: Actor, name: str, goal: str) -> e.MoveStay:
        """From today on."""
        stay = await self._scene.affair(by, name, "stays", "move")
        return e.MoveStay(StayId(stay.id), PlaceId(self._scene.place(goal)), self._scene.today)

    async def recording(self, by: Actor, name: str, contacts: int) -> e.RecordContacts:
        """So many contacts of today."""
        stay = await self._scene.affair(by, name, "stays", "contacts")
        return e.RecordContacts(StayId(stay.id), self._scene.today, contacts)

    def days(self, wish: Search | None) -> Span:
        """Those that were looked for, else from today on."""
        today = self._scene.today
        start = today if wish is None or wish.start is None else max(wish.start, today)
        return Span(start, start + timedelta(days=wish.days) if wish is not None and wish.days else None)

    def _name(self) -> str:
        self._made += 1
        return f"vorgang-{self._made}"

    async def case(self, by: Actor) -> CaseId:
        """The case that the office has entered last, or one that it enters now: the log takes no other."""
        if (entered := self._scene.cases.get(by)) is not None:
            return CaseId(entered)
        if by.role is not Role.YOUTH_OFFICE:
            return NO_CASE
        return CaseId(await (await self._scene.sits(by)).desk.enter_case(SOMEBODY, ENTERING))
