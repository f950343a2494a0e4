"""Whether the clocks of the booths show what ours does."""

from __future__ import annotations

from lisa_core.domain.model.time import CLOCKS_DIFFER_S
from lisa_core.exchange.journal.record import Record
from lisa_core.exchange.peers.peers import Peer
from lisa_core.host.clock import Clock
from lisa_core.wire import messages as m


class ClockWatch:
    """Each booth is compared whenever it says what its clock shows."""

    def __init__(self, clock: Clock, record: Record) -> None:
        self._clock, self._record = clock, record

    def compare(self, peer: Peer) -> None:
        """A booth whose clock begins to differ, or no longer does, is written down."""
        ahead_s = peer.ahead_s(self._clock.instant().civil)
        differs = abs(ahead_s) > CLOCKS_DIFFER_S
        if differs is not peer.clock_differs and isinstance(peer.hello, m.BoothHello):
            self._record.log("uhr.abweichung" if differs else "uhr.richtig", peer.hello.site, f"{ahead_s:+.1f} s")
        peer.clock_differs = differs
