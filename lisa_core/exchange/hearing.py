"""What a message of a booth or a desk means to the router."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lisa_core.exchange.peers import Peer
from lisa_core.model.ids import AgentId, SiteId
from lisa_core.protocols import messages as m
from lisa_core.protocols.link import Envelope
from lisa_core.routing import events as e

FROM_BOOTH: Mapping[type, Callable[[SiteId, Envelope], e.RoutingEvent]] = {
    m.PlaceCall: lambda site, env: e.CallPlaced(site, env.call, env.body.visit, env.body.token),
    m.CancelCall: lambda site, env: e.CallCancelled(env.call),
}
FROM_DESK: Mapping[type, Callable[[AgentId, Envelope], e.RoutingEvent]] = {
    m.Ready: lambda agent, env: e.AgentReady(agent, env.body.headset),
    m.Pause: lambda agent, env: e.AgentPaused(agent),
    m.Accept: lambda agent, env: e.CallAccepted(agent, env.call),
    m.Reject: lambda agent, env: e.CallRejected(agent, env.call, env.body.busy),
    m.Forward: lambda agent, env: e.CallForwarded(agent, env.call, env.body.office, env.body.service, env.body.forms),
    m.Consult: lambda agent, env: e.ConsultAsked(agent, env.call, env.body.office, env.body.service, env.body.forms),
    m.HandOver: lambda agent, env: e.CallHandedOver(agent, env.call),
    m.TakeBack: lambda agent, env: e.CallTakenBack(agent, env.call),
    m.HangUp: lambda agent, env: e.CallHungUp(agent, env.call),
    m.Unbook: lambda agent, env: e.AppointmentCancelled(env.body.token, agent),
    m.ShowSlip: lambda agent, env: e.SlipShown(agent, env.call, env.body.token.strip().lower()),
}


def event_of(peer: Peer, envelope: Envelope) -> e.RoutingEvent | None:
    """The routing event of a message, None if this peer has no business saying it."""
    kind = type(envelope.body)
    if isinstance(peer.hello, m.BoothHello):
        return FROM_BOOTH[kind](peer.hello.site, envelope) if kind in FROM_BOOTH else None
    return FROM_DESK[kind](peer.hello.agent, envelope) if kind in FROM_DESK else None


def booking(agent: AgentId, envelope: Envelope, here: SiteId | None, token: str) -> e.AppointmentMade | None:
    """For her who is with this agent now, at her site `here`; or at the site that is named, for somebody elsewhere."""
    book: m.Book = envelope.body
    site = book.site or here
    if site is None:
        return None
    contact = agent if book.with_me else None
    call = None if book.site else envelope.call
    return e.AppointmentMade(token, site, book.office, book.start, book.service, contact, agent, call)
