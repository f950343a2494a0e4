"""The world of one scenario: which places there are, who sits at the portal, what they found and what they were told.

The portal opens with the first step that needs it, so that the steps before can say what it begins with.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import date

from lisa_core.domain.model.errors import HarnessError
from lisa_core.domain.model.screen import Leaflet
from lisa_core.harness.report.record import Evidence, Measurement
from lisa_core.harness.settings import RunSettings
from lisa_core.host.patience import PATIENCE_S, patience
from sojus.domain.model.actors import Actor, Role
from sojus.domain.model.ids import TenantId
from sojus.domain.placement.events import PlacementEvent
from sojus.harness.desk import Desk, OpenSearch, PortalRig
from sojus.harness.opening import Opening
from sojus.harness.seen import Affair, Answer, Found, OwnPlace, Seen, SeenPreview, checked
from sojus.service.asked import Asked

GLANCE_S = 0.05
NOT_SEARCHED = "Diese Stelle hat bis jetzt nichts gesucht. Davor „Wenn das Jugendamt Uckermark sucht“ schreiben."
KEEPS = ("reserviert", "bestätigt")
"""Stages of a reservation in which a place is kept for it."""
NOBODY_ACTED = (
    "Bis jetzt hat niemand etwas getan, also kann es nicht anders sein. "
    "Davor „Wenn das Jugendamt Uckermark „Seeblick 1“ reserviert“ schreiben."
)
LATE = "Dieser Schritt gehört an den Anfang: Das Portal läuft schon."


@dataclass(slots=True)
class Sitting:
    """What somebody has in front of them."""

    desk: Desk
    found: Found | None = None
    open: OpenSearch | None = None
    answer: Answer | None = None
    """What came of the act that they tried last."""
    preview: SeenPreview | None = None
    names: tuple[str, ...] = ()
    """What they were told when they looked up of whom a case is."""


class PortalScene:
    """One scenario's world."""

    def __init__(self, settings: RunSettings, stack: AsyncExitStack) -> None:
        self.settings = settings
        self.evidence: list[Evidence] = []
        self.measurements: list[Measurement] = []
        self._opening, self._stack = Opening(), stack
        self._portal: PortalRig | None = None
        self._sitting: dict[Actor, Sitting] = {}
        self._rivals: list[Actor] = []
        self._acted = False
        self.inside: str | None = None
        """As whom somebody was logged in when they knocked last; "" for nobody, None: nobody has knocked."""
        self.cases: dict[Actor, str] = {}
        """What an office calls the case that it has entered last."""

    # --- setting up -------------------------------------------------------------------------------------------------

    @property
    def opening(self) -> Opening:
        """What the portal begins with. Raises `HarnessError` once it is open."""
        if self._portal is not None:
            raise HarnessError(LATE)
        return self._opening

    @property
    def today(self) -> date:
        """The civil day at the place."""
        return (self._portal.now() if self._portal else self._opening.now).date()

    def tenant_of(self, actor: Actor) -> Actor:
        """The same with the tenant to which a provider belongs: where its places are."""
        if actor.role is not Role.PROVIDER:
            return actor
        known = [one for one, _ in self._opening.batches if one.office == actor.office]
        if not known:
            raise HarnessError("Von den Plätzen dieses Trägers ist davor nicht die Rede.")
        return known[0]

    async def portal(self) -> PortalRig:
        """The portal, opened when first asked for."""
        if self._portal is None:
            self._portal = await self._stack.enter_async_context(_opened(self.settings, self._opening))
        return self._portal

    def settle_in(self, provider: Actor, tenant: str) -> Actor:
        """A provider of this Landkreis."""
        return replace(provider, tenant=TenantId(tenant))

    # --- people -----------------------------------------------------------------------------------------------------

    async def sits(self, actor: Actor) -> Sitting:
        """Somebody of this office or provider, logged in."""
        actor = self.tenant_of(actor)
        if actor not in self._sitting:
            self._sitting[actor] = Sitting(await (await self.portal()).desk(actor))
        return self._sitting[actor]

    async def knock(self, actor: Actor | None, *, right: bool) -> None:
        """Somebody at the door, with the right password or a wrong one; None: without any."""
        self.inside = await (await self.portal()).knock(actor and self.tenant_of(actor), right=right)

    async def search(self, actor: Actor, asked: Asked) -> None:
        """They look, and leave the list open."""
        one = await self.sits(actor)
        one.found = await one.desk.search(asked)
        one.open = await one.desk.watch(one.found)

    async def again(self, actor: Actor) -> Found:
        """They look once more for what they looked for last. Raises `HarnessError` where that was nothing."""
        one, found = await self.searching(actor)
        await (await self.portal()).settle()
        one.found = await one.desk.search(found.asked)
        return one.found

    async def searching(self, actor: Actor) -> tuple[Sitting, Found]:
        """Somebody who has looked for something, and what was found. Raises `HarnessError` where they have not."""
        one = await self.sits(actor)
        if one.found is None:
            raise HarnessError(NOT_SEARCHED)
        return one, one.found

    async def leaflet(self, actor: Actor, name: str) -> Leaflet:
        """What a citizen is shown of a place that they have searched for. Raises `HarnessError` where they have not."""
        one, found = await self.searching(actor)
        return await one.desk.leaflet(self.place(name), found)

    async def tries(self, actor: Actor, what: PlacementEvent) -> Answer:
        """They do something; what came of it they have in front of them."""
        one = await self.sits(actor)
        return await self.came(actor, await one.desk.do(what, one.found))

    async def came(self, actor: Actor, answer: Answer) -> Answer:
        """This is what came of what they did: they have it in front of them."""
        (await self.sits(actor)).answer = answer
        self._acted = True
        await (await self.portal()).settle()
        return answer

    def found_by(self, actor: Actor) -> Found | None:
        """What they looked for last, and found; None: they have not looked for anything."""
        sitting = self._sitting.get(self.tenant_of(actor))
        return sitting.found if sitting else None

    async def at_once(self, acts: Sequence[tuple[Actor, PlacementEvent]]) -> None:
        """Several do something in the same moment."""
        sitting = [await self.sits(actor) for actor, _ in acts]
        self._rivals = [actor for actor, _ in acts]
        pairs = zip(sitting, acts, strict=True)
        done = await asyncio.gather(*(one.desk.do(what, one.found) for one, (_, what) in pairs))
        for one, answer in zip(sitting, done, strict=True):
            one.answer = answer
        self._acted = True
        await (await self.portal()).settle()

    def rivals(self) -> Sequence[Actor]:
        """Who did something in the same moment. Raises `HarnessError` where nobody did."""
        if not self._rivals:
            raise HarnessError("Bis jetzt haben keine zwei im selben Augenblick dasselbe gewollt.")
        return self._rivals

    async def does(self, actor: Actor, what: PlacementEvent) -> Answer:
        """The same, and it has to succeed. Raises `AssertionError` with what they were told."""
        return checked(await self.tries(actor, what))

    # --- what there is ----------------------------------------------------------------------------------------------

    def place(self, name: str) -> str:
        """The id of a place. Raises `HarnessError` naming those that there are."""
        return self._opening.place(name)

    def group(self, name: str) -> str:
        """The id of a group. Raises `HarnessError` naming those that there are."""
        return self._opening.group(name)

    async def mine(self, actor: Actor) -> Sequence[Affair]:
        """All that is under way for them, the newest first."""
        await (await self.portal()).settle()
        return await (await self.sits(actor)).desk.mine()

    async def first(self, actor: Actor, kind: str, can: str) -> Affair:
        """The newest of this kind that they can do this with. Raises `AssertionError` where there is none."""
        found = [one for one in await self.mine(actor) if one.kind == kind and can in one.can]
        assert found, await self.told_of_mine(actor)
        return found[0]

    async def waits(self, actor: Actor, group: str) -> list[Affair]:
        """Where they stand on the waiting list of this group."""
        wanted = self.group(group)
        return [one for one in await self.mine(actor) if one.kind == "waiting" and one.said["group"] == wanted]

    async def own_place(self, actor: Actor, name: str) -> OwnPlace:
        """A provider's place, as its own list shows it. Raises `AssertionError` where it is none of theirs."""
        wanted, own = self.place(name), await (await self.sits(actor)).desk.own_places()
        found = [one for one in own if one.place == wanted]
        assert found, f"„{name}“ steht nicht in der Liste: {', '.join(one.name for one in own) or 'keine Plätze'}"
        return found[0]

    async def learn_places(self, actor: Actor) -> None:
        """What a provider's list shows can be named from now on."""
        for one in await (await self.sits(actor)).desk.own_places():
            self._opening.places.setdefault(one.name, one.place)

    async def affairs(self, actor: Actor, place: str, kind: str = "reservations") -> list[Affair]:
        """What of theirs is under way about this place, the newest first."""
        return [one for one in await self.mine(actor) if one.kind == kind and place in one.places]

    async def affair(self, actor: Actor, name: str, kind: str = "reservations", can: str = "") -> Affair:
        """The one of these that they can do this with. Raises `AssertionError` saying what there is."""
        all_of_it = await self.affairs(actor, self.place(name), kind)
        found = [one for one in all_of_it if not can or can in one.can]
        told = "; ".join(one.sentence for one in all_of_it) or "nichts"
        assert found, f"Zu „{name}“ lässt sich das gerade nicht tun. Dort steht: {told}"
        return found[0]

    def somebody_acted(self) -> None:
        """Raises `HarnessError` where nobody has done anything: that somebody has nothing would say nothing."""
        if not self._acted:
            raise HarnessError(NOBODY_ACTED)

    async def keeps(self, actor: Actor, place: str) -> bool:
        """Whether this place is kept for them."""
        return any(one.state in KEEPS for one in await self.affairs(actor, place))

    async def told_of_mine(self, actor: Actor) -> str:
        """What stands in their list, for whoever reads why a step failed."""
        mine = await (await self.sits(actor)).desk.mine()
        return f"In der Liste steht: {'; '.join(one.sentence for one in mine) or 'nichts'}"

    async def told(self, actor: Actor, wanted: str = "") -> list[str]:
        """What they were told: as an answer to what they tried last, and without asking. Until they have been told
        what is `wanted`, but not for ever."""
        said = await self._told(actor)
        with contextlib.suppress(TimeoutError):
            async with patience():
                while wanted and not any(wanted in one for one in said):
                    await asyncio.sleep(GLANCE_S)
                    said = await self._told(actor)
        return said

    async def _told(self, actor: Actor) -> list[str]:
        one = await self.sits(actor)
        await (await self.portal()).settle()
        return [*await one.desk.heard(), *([one.answer.sentence] if one.answer is not None else [])]

    async def until_list(self, one: Sitting, is_so: Callable[[Mapping[str, Seen]], bool], what: str) -> None:
        """Wait until the open list is so. Raises `AssertionError` where it does not become so."""
        assert one.open is not None
        try:
            async with patience():
                while not is_so(one.open.hits):
                    await asyncio.sleep(GLANCE_S)
        except TimeoutError:
            names = ", ".join(hit.name for hit in one.open.hits.values()) or "nichts"
            raise AssertionError(
                f"{what} – nicht innerhalb von {PATIENCE_S:g} s. In der Liste steht: {names}"
            ) from None

    async def finish(self) -> None:
        """Called after the last step."""


@contextlib.asynccontextmanager
async def _opened(settings: RunSettings, opening: Opening) -> AsyncIterator[PortalRig]:
    """In memory where time is virtual, else the program."""
    if settings.booth == "memory":
        from sojus.harness.memory.portal import open_memory

        async with open_memory(opening) as portal:
            yield portal
    else:
        from sojus.harness.wire.portal import open_wire

        async with open_wire(opening) as program:
            yield program


@contextlib.asynccontextmanager
async def open_sojus(settings: RunSettings) -> AsyncIterator[PortalScene]:
    """A scene for one scenario."""
    async with AsyncExitStack() as stack:
        yield PortalScene(settings, stack)
