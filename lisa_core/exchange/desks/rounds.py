"""When desks are told how they stand: of themselves at once, of the house in rounds, a few desks at a time.

What they are told is made by `desk_states`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lisa_core.domain.model.ids import AgentId
from lisa_core.exchange.desks.desk_states import REST_AFTER_S, DeskStates
from lisa_core.exchange.journal.record import Record
from lisa_core.exchange.peers.peers import Peer
from lisa_core.host.clock import Clock


@dataclass(frozen=True, slots=True)
class ContinueRound:
    """An item for the queue: time to tell the next few desks how many colleagues are free."""


class Rounds:
    """`put` takes what is to come back to `next_batch` through the queue, behind whatever has come in meanwhile."""

    def __init__(
        self,
        states: DeskStates,
        record: Record,
        desks: Mapping[AgentId, Peer],
        clock: Clock,
        put: Callable[[ContinueRound], None],
    ) -> None:
        self._states, self._record, self._desks, self._clock, self._put = states, record, desks, clock, put
        self._timer: asyncio.TimerHandle | None = None

    def tell_changed(self) -> None:
        """The desks that changed themselves now, the others soon."""
        today = self._clock.instant().civil.date()
        for agent, state in self._states.own(self._desks, today):
            self._record.send_volatile(self._desks[agent], state)
        if self._timer is None and not self._states.unfinished and self._states.outdated:
            self._timer = asyncio.get_running_loop().call_later(REST_AFTER_S, self._begin)

    def _begin(self) -> None:
        self._timer = None
        self._states.start_round(self._desks)
        self._put(ContinueRound())

    def next_batch(self) -> None:
        """A few desks; the next ones after whatever has come in meanwhile."""
        for agent, state in self._states.next_batch(self._desks, self._clock.instant().civil.date()):
            self._record.send_volatile(self._desks[agent], state)
        if self._states.unfinished:
            # Not at once: a queue that is never empty never lets the loop read what comes in.
            asyncio.get_running_loop().call_soon(self._put, ContinueRound())

    def go_on(self) -> None:
        """A round that was broken off, because nothing could be written, goes on."""
        if self._states.unfinished:
            self._put(ContinueRound())

    def cancel(self) -> None:
        """No further round begins."""
        if self._timer is not None:
            self._timer.cancel()
