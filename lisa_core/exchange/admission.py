"""Admission: booths and desks say hello, one program for each place, and are served while they are connected."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial
from typing import Protocol, TypeVar

from lisa_core.access.booths.book import over_of
from lisa_core.domain.model.call_words import RefusalCode
from lisa_core.domain.model.directory import Agent, Directory, Site
from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.ids import AgentId, SiteId
from lisa_core.domain.routing import events as e
from lisa_core.exchange import texts
from lisa_core.exchange.clocks import ClockWatch
from lisa_core.exchange.peers.booth_keys import BoothKeys, Keyring
from lisa_core.exchange.peers.hello import DOUBLE, Doorstep, admit, refuse
from lisa_core.exchange.peers.peers import Peer, converse, greet
from lisa_core.exchange.seldom import Seldom
from lisa_core.exchange.ways import Ways
from lisa_core.host.clock import Clock
from lisa_core.wire import messages as m
from lisa_core.wire.channel import Channel, closing
from lisa_core.wire.envelope import Envelope

K = TypeVar("K", SiteId, AgentId)

_OF_ITSELF = (m.Ack, m.MediaOffer, m.MediaAnswer)
"""What a page says without anybody having done something."""
DOUBLE_DESK, DOUBLE_BOOTH, NO_HELLO = "platz.doppelt", "buero.doppelt", "begruessung.falsch"


@dataclass(frozen=True, slots=True)
class Noted:
    """Something for the event log."""

    name: str
    subject: str


Arrival = e.RoutingEvent | Noted | tuple[Peer, Envelope]
"""What comes of connections, for the one queue of the exchange."""


class DeskVisitor(Protocol):
    """Whoever is logged in on the connection of a desk."""

    @property
    def agent(self) -> AgentId | None:
        """Whose desk it may be; None: nobody's."""
        ...

    def acted(self) -> None:
        """Somebody did something there."""
        ...

    def wanted_foreign(self, agent: AgentId) -> None:
        """It said hello as another desk, and was turned away."""
        ...


@dataclass(frozen=True, slots=True)
class Entrance:
    """Where a peer belongs: its greeting, the events of its coming and going, and what a second one is told."""

    name: str
    office: str
    joined: Callable[[bool], e.RoutingEvent]
    lost: e.RoutingEvent
    occupied: str
    double: Noted


class Admission:
    """`booths` and `desks` are filled here and nowhere else."""

    def __init__(
        self,
        directory: Directory,
        clock: Clock,
        clocks: ClockWatch,
        booths: dict[SiteId, Peer],
        desks: dict[AgentId, Peer],
        put: Callable[[Arrival], None],
        ring: Keyring,
        ways: Ways | None = None,
    ) -> None:
        self._directory, self._clock, self._clocks = directory, clock, clocks
        self._booths, self._desks, self._put = booths, desks, put
        self._ring, self._ways, self._seldom = ring, ways, Seldom(self.note)
        self._doorstep = Doorstep(partial(self._seldom.tell, NO_HELLO))
        self._keys = BoothKeys(ring, directory, clock, self._doorstep, self.note)

    async def attend_booth(self, channel: Channel) -> None:
        """Serve one booth's connection until it is lost."""
        with contextlib.suppress(DeviceFault):  # it is gone, or what it said first was refused
            async with closing(channel):
                said = await self._doorstep.of_booth(channel)
                if isinstance(said, m.BoothEnrol):
                    await self._keys.enrol(channel, said)
                elif (site := self._directory.sites.get(said.site)) is None:
                    await _turn_away(channel, texts.UNKNOWN_BOOTH.format(said.site))
                elif not await self._keys.is_refused(channel, said, site):
                    await self._serve(channel, said, self._booths, site.id, _place_of_booth(site))

    async def attend_desk(self, channel: Channel, visitor: DeskVisitor | None = None) -> None:
        """Serve one desk's connection until it is lost. `visitor` None: nobody has to log in."""
        with contextlib.suppress(DeviceFault):  # it is gone, or what it said first was refused
            async with closing(channel):
                hello = await self._doorstep.of_desk(channel)
                agent = self._directory.agents.get(hello.agent)
                if agent is None:
                    await _turn_away(channel, texts.UNKNOWN_DESK.format(hello.agent))
                    return
                if visitor is not None and visitor.agent != agent.id:
                    visitor.wanted_foreign(agent.id)
                    await _turn_away(channel, texts.FOREIGN_DESK)
                    return
                office = self._directory.offices[agent.office].name
                place = _place_of_desk(agent, office)
                await self._serve(channel, hello, self._desks, agent.id, place, visitor)

    def note(self, name: str, subject: str) -> None:
        """An entry for the administration."""
        self._put(Noted(name, subject))

    def look_at_keys(self, calling: Collection[SiteId]) -> None:
        """End the link, and the call, of every booth whose key is over. Raises `MachineError` when the book cannot be
        read. `calling`: the sites that have a call. Of a site with neither nothing ends: it may have been barred long
        before this exchange began.
        """
        helloes = {site: peer.hello for site, peer in self._booths.items() if not peer.barred}
        came_with = {site: hello.key for site, hello in helloes.items() if isinstance(hello, m.BoothHello)}
        for site in over_of(self._ring.book.read(), came_with):
            peer = self._booths[site]
            peer.barred = True
            if linked := peer.outbox is not None:
                peer.end(self._keys.cut(site))
            if linked or site in calling:
                self._put(e.BoothBarred(site))

    async def _serve(
        self,
        channel: Channel,
        hello: m.BoothHello | m.DeskHello,
        peers: dict[K, Peer],
        key: K,
        place: Entrance,
        visitor: DeskVisitor | None = None,
    ) -> None:
        known = peers.get(key)
        if (admitted := admit(known, hello)) is None:
            self._warn_of_second(known, place)
            await refuse(channel, m.Refused(RefusalCode.OCCUPIED, place.occupied))
            return
        peer, fresh = admitted
        peers[key] = peer
        civil, ways = self._clock.instant().civil.isoformat(), self._ways.fresh() if self._ways else None
        outbox = greet(peer, hello.seen, place.name, place.office, civil, ways)
        if isinstance(hello, m.BoothHello):
            peer.hear_clock(hello.civil)
            self._clocks.compare(peer)
        self._put(place.joined(fresh))
        try:
            told = partial(self._seldom.tell, subject=key)
            await converse(channel, peer, outbox, partial(self._take, peer, visitor), told)
        finally:
            if peer.outbox is outbox:
                peer.outbox = None
                if peers.get(key) is peer:
                    self._put(place.lost)

    def _take(self, peer: Peer, visitor: DeskVisitor | None, envelope: Envelope) -> None:
        if visitor is not None and not isinstance(envelope.body, _OF_ITSELF):
            visitor.acted()
        peer.pace.taken()
        self._put((peer, envelope))

    def _warn_of_second(self, known: Peer | None, place: Entrance) -> None:
        """Warn the program that is connected there, once; the operator finds it in the log."""
        if known is not None and not known.warned:
            known.warned = True
            known.say(DOUBLE)
            self._put(place.double)


async def _turn_away(channel: Channel, why: str) -> None:
    await refuse(channel, m.Refused(RefusalCode.HELLO, why))


def _place_of_booth(site: Site) -> Entrance:
    joined, double = partial(e.BoothJoined, site.id), Noted(DOUBLE_BOOTH, site.id)
    return Entrance(site.name, "", joined, e.BoothLost(site.id), texts.OCCUPIED_BOOTH.format(site.name), double)


def _place_of_desk(agent: Agent, office: str) -> Entrance:
    joined, double = partial(e.DeskJoined, agent.id), Noted(DOUBLE_DESK, agent.id)
    return Entrance(agent.name, office, joined, e.DeskLost(agent.id), texts.OCCUPIED_DESK.format(agent.name), double)
