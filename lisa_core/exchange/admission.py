"""Admission: booths and desks say hello, one program for each place, and are served while they are connected."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from lisa_core.domain.model.call_words import RefusalCode
from lisa_core.domain.model.directory import Agent, Directory, Site
from lisa_core.domain.model.errors import DeviceFault, ProtocolError
from lisa_core.domain.model.ids import AgentId, SiteId
from lisa_core.domain.routing import events as e
from lisa_core.exchange import texts
from lisa_core.exchange.clocks import ClockWatch
from lisa_core.exchange.peers.hello import DOUBLE, Doorstep, admit, refuse
from lisa_core.exchange.peers.peers import Peer, converse, greet
from lisa_core.host.clock import Clock
from lisa_core.wire import messages as m
from lisa_core.wire.channel import Channel, closing
from lisa_core.wire.envelope import Envelope

K = TypeVar("K", SiteId, AgentId)

DOUBLE_DESK, DOUBLE_BOOTH = "platz.doppelt", "buero.doppelt"


@dataclass(frozen=True, slots=True)
class Noted:
    """Something for the event log."""

    name: str
    subject: str


Arrival = e.RoutingEvent | Noted | tuple[Peer, Envelope]
"""What comes of connections, for the one queue of the exchange."""


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
    ) -> None:
        self._directory, self._clock, self._clocks = directory, clock, clocks
        self._booths, self._desks, self._put = booths, desks, put
        self._doorstep = Doorstep()

    async def attend_booth(self, channel: Channel) -> None:
        """Serve one booth's connection until it is lost."""
        with contextlib.suppress(DeviceFault, ProtocolError):
            async with closing(channel):
                hello = await self._doorstep.hello(channel, m.BoothHello)
                site = self._directory.sites.get(hello.site)
                if site is None:
                    await _turn_away(channel, texts.UNKNOWN_BOOTH.format(hello.site))
                    return
                await self._serve(channel, hello, self._booths, site.id, _place_of_booth(site))

    async def attend_desk(self, channel: Channel) -> None:
        """Serve one desk's connection until it is lost."""
        with contextlib.suppress(DeviceFault, ProtocolError):
            async with closing(channel):
                hello = await self._doorstep.hello(channel, m.DeskHello)
                agent = self._directory.agents.get(hello.agent)
                if agent is None:
                    await _turn_away(channel, texts.UNKNOWN_DESK.format(hello.agent))
                    return
                office = self._directory.offices[agent.office].name
                await self._serve(channel, hello, self._desks, agent.id, _place_of_desk(agent, office))

    async def _serve(
        self,
        channel: Channel,
        hello: m.BoothHello | m.DeskHello,
        peers: dict[K, Peer],
        key: K,
        place: Entrance,
    ) -> None:
        known = peers.get(key)
        if (admitted := admit(known, hello)) is None:
            self._warn_of_second(known, place)
            await refuse(channel, m.Refused(RefusalCode.OCCUPIED, place.occupied))
            return
        peer, fresh = admitted
        peers[key] = peer
        outbox = greet(peer, hello.seen, place.name, place.office, self._clock.instant().civil.isoformat())
        if isinstance(hello, m.BoothHello):
            peer.hear_clock(hello.civil)
            self._clocks.compare(peer)
        self._put(place.joined(fresh))
        try:
            await converse(channel, peer, outbox, partial(self._take, peer))
        finally:
            if peer.outbox is outbox:
                peer.outbox = None
                if peers.get(key) is peer:
                    self._put(place.lost)

    def _take(self, peer: Peer, envelope: Envelope) -> None:
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
