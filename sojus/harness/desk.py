"""What somebody does at the portal who is logged in: two programs fulfil it, and no scenario can tell which it has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Protocol

from lisa_core.domain.model.json_types import JsonMap
from lisa_core.domain.model.screen import Leaflet
from sojus.domain.model.actors import Actor
from sojus.domain.model.days import Span
from sojus.domain.placement.events import PlacementEvent
from sojus.harness.seen import Affair, Answer, Found, OwnPlace, Seen, SeenPreview
from sojus.service.asked import Asked


class OpenSearch(Protocol):
    """A list of hits that stays open, and is told what changes."""

    @property
    def hits(self) -> Mapping[str, Seen]:
        """By place, as they are now. Raises what kept it from being told."""
        ...


class Desk(Protocol):
    """One person at the portal. Whatever is refused is an `Answer`; what cannot be reached raises `LisaError`."""

    async def search(self, asked: Asked) -> Found: ...

    async def watch(self, found: Found) -> OpenSearch:
        """Leave this search open: from what it has found on."""
        ...

    async def keep(self, asked: Asked, name: str) -> Answer:
        """Save this search: from now on its office is told when a place fits newly."""
        ...

    async def why(self, asked: Asked, place: str) -> str:
        """The sentence why this place is a hit, or is none."""
        ...

    async def leaflet(self, place: str, seen: Found) -> Leaflet:
        """What the page of this place, opened from that search, hands to a desk beside a call."""
        ...

    async def do(self, what: PlacementEvent, seen: Found | None = None) -> Answer:
        """An act. `seen`: the search that it was chosen from."""
        ...

    async def ask(self, asked: Asked, case: str, to: Sequence[str], span: Span) -> Answer:
        """A request without a name, to these providers."""
        ...

    async def confirm(self, group: str) -> Answer:
        """All places of a provider's group are as they stand there."""
        ...

    async def with_place(
        self, doing: str, place: str, start: date, until: date | None = None, reason: str = "", ref: str = ""
    ) -> Answer:
        """What a provider does with one place: close, open, occupy, free. `ref`: the closure or stay that is meant."""
        ...

    async def mine(self) -> Sequence[Affair]: ...

    async def own_places(self) -> Sequence[OwnPlace]:
        """Of a provider."""
        ...

    async def preview(self, data: bytes) -> SeenPreview:
        """What this file of a provider would do."""
        ...

    async def take(self, preview: SeenPreview) -> Answer:
        """All of it."""
        ...

    async def figures(self) -> Sequence[str]:
        """The lines of all tables of counts, in words. Raises `Denied`."""
        ...

    async def enter_case(self, name: str, purpose: str) -> str:
        """A case for somebody of this name; returns what it is called."""
        ...

    async def look(self, case: str, purpose: str) -> Sequence[str]:
        """Of whom a case is. Raises `Denied`."""
        ...

    async def correct(self, case: str, name: str, purpose: str) -> Answer:
        """Somebody else than it was entered for."""
        ...

    async def forget(self, case: str, purpose: str) -> Answer:
        """Nobody finds out any more of whom it was."""
        ...

    async def changed_names(self) -> Sequence[str]:
        """What this person reads of names that they were told and that are others now, or deleted."""
        ...

    async def audit(self) -> Sequence[JsonMap]:
        """What was done with cases, the newest first."""
        ...

    async def heard(self) -> Sequence[str]:
        """All that this person was told by the portal, the newest last."""
        ...


class PortalRig(Protocol):
    """A running portal."""

    def now(self) -> datetime:
        """On the wall clock of the place."""
        ...

    async def later(self, span: timedelta) -> None:
        """So much time goes by, and what comes to its end meanwhile has ended."""
        ...

    async def desk(self, actor: Actor) -> Desk:
        """Somebody of this office or provider logs in; the same again where somebody did."""
        ...

    async def knock(self, actor: Actor | None, *, right: bool) -> str:
        """Log in with the right password of this office or provider, or a wrong one, None: not at all; what the portal
        then calls whoever asks, "" for nobody. Raises `HarnessError` where there is no door."""
        ...

    async def settle(self) -> None:
        """Return when what was done is told everywhere."""
        ...
