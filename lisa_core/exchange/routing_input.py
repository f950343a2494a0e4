"""Translates messages of booths and desks into events of the router, for the exchange and for a simulated one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lisa_core.domain.model.call_words import BARRED
from lisa_core.domain.model.ids import AgentId, CallId, SiteId
from lisa_core.domain.routing import events as e
from lisa_core.wire import messages as m
from lisa_core.wire.envelope import Envelope

if TYPE_CHECKING:  # a simulation has no connections, and does not load what they are made of
    from lisa_core.exchange.peers.peers import Peer


def event_of(peer: Peer, envelope: Envelope) -> e.RoutingEvent | None:
    """The routing event of a message, None if this peer has no business saying it."""
    if isinstance(peer.hello, m.BoothHello):
        return from_booth(peer.hello.site, envelope.call, envelope.body)
    return from_desk(peer.hello.agent, envelope.call, envelope.body)


def from_booth(site: SiteId, call: CallId, body: m.Message) -> e.RoutingEvent | None:
    """What a booth says to the router with this message; None: nothing."""
    match body:
        case m.PlaceCall():
            return e.CallPlaced(site, call, body.visit, body.token)
        case m.CancelCall():
            return e.CallCancelled(call, barred=body.reason == BARRED)
        case _:
            return None


def from_desk(agent: AgentId, call: CallId, body: m.Message) -> e.RoutingEvent | None:
    """What a desk says to the router with this message; None: nothing."""
    match body:
        case m.Ready():
            return e.AgentReady(agent, body.headset)
        case m.Pause():
            return e.AgentPaused(agent)
        case m.Accept():
            return e.CallAccepted(agent, call)
        case m.Reject():
            return e.CallRejected(agent, call, body.busy)
        case m.Forward():
            return e.CallForwarded(agent, call, body.office, body.service, body.forms)
        case m.Consult():
            return e.ConsultAsked(agent, call, body.office, body.service, body.forms)
        case m.HandOver():
            return e.CallHandedOver(agent, call)
        case m.TakeBack():
            return e.CallTakenBack(agent, call)
        case m.HangUp():
            return e.CallHungUp(agent, call)
        case m.Unbook():
            return e.AppointmentCancelled(body.token, agent)
        case m.ShowSlip():
            return e.SlipShown(agent, call, body.token.strip().lower())
        case _:
            return None


def booking(agent: AgentId, call: CallId, book: m.Book, here: SiteId | None, token: str) -> e.AppointmentMade | None:
    """A booking for the citizen in this agent's call (`here` is its site), or for somebody who is not in a booth.

    For the latter the message names a site.
    """
    site = book.site or here
    if site is None:
        return None
    contact = agent if book.with_me else None
    about = None if book.site else call
    return e.AppointmentMade(token, site, book.office, book.start, book.service, contact, agent, about)
