"""What is passed on between the booth and the one desk that has the call, or between two desks that consult.

It is never logged, and what cannot reach anybody any more is let go of.
"""

from __future__ import annotations

from collections.abc import Mapping

from lisa_core.domain.model.call_words import RefusalCode
from lisa_core.domain.model.ids import AgentId, CallId, SiteId
from lisa_core.domain.routing.router import Router
from lisa_core.domain.routing.seats import Call, CallMode
from lisa_core.exchange import texts
from lisa_core.exchange.journal.record import Record
from lisa_core.exchange.peers.peers import Peer
from lisa_core.wire import messages as m
from lisa_core.wire.envelope import Envelope
from lisa_core.wire.message_names import NAMES

RELAYED = ("case.", "media.")
"""How the names of messages begin that are relayed."""


class Relay:
    """One per exchange."""

    def __init__(
        self, router: Router, record: Record, booths: Mapping[SiteId, Peer], desks: Mapping[AgentId, Peer]
    ) -> None:
        self._router, self._record, self._booths, self._desks = router, record, booths, desks

    def pass_on(self, peer: Peer, envelope: Envelope) -> None:
        """To the other end of this call, if the sender has a part in it."""
        call = self._router.call(envelope.call)
        if call is None or call.mode is not CallMode.CONNECTED or call.agent is None:
            return
        target = self._other_end(peer, envelope, call, call.agent)
        if target is not None and not self._record.relay(peer, envelope, target):
            refusal = m.Refused(RefusalCode.SIZE, texts.TOO_LARGE)
            self._record.send_durably(peer, refusal, envelope.call)

    def _other_end(self, peer: Peer, envelope: Envelope, call: Call, agent: AgentId) -> Peer | None:
        if call.parent is not None:
            return self._consulting(peer, envelope, call)
        if isinstance(peer.hello, m.BoothHello):
            return self._desks.get(agent) if peer.hello.site == call.site else None
        return self._booths.get(call.site) if peer.hello.agent == agent else None

    def _consulting(self, peer: Peer, envelope: Envelope, call: Call) -> Peer | None:
        """The other one of two desks; the citizen's papers are no matter of theirs yet."""
        if not isinstance(envelope.body, m.MediaOffer | m.MediaAnswer) or isinstance(peer.hello, m.BoothHello):
            return None
        both = (call.agent, call.context.forwarded_by)
        other = both[1] if peer.hello.agent == both[0] else both[0]
        return self._desks.get(other) if peer.hello.agent in both and other else None


def is_relayed(body: m.Message) -> bool:
    """Whether the exchange only passes it on."""
    return NAMES[type(body)].startswith(RELAYED)


def forget_relayed(peer: Peer, call: CallId) -> None:
    """What was said in a call that is over does not wait here for whoever has not had it."""
    peer.link.withdraw(RELAYED, call)
