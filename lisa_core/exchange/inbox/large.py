"""Large applications are checked and written beside the loop, one after the other; only their booth waits.

What a booth says after its last part, and that its connection was lost or another one made, waits until that
application is stored or refused: the order within a visit stays, no call of a session that is over comes after it, and
nothing is acknowledged before it is durable. Everybody else goes on.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from lisa_core.domain.routing.events import BoothJoined, BoothLost
from lisa_core.exchange.inbox.intake import Intake, IntakeResult, Whole
from lisa_core.exchange.peers.peers import Peer
from lisa_core.wire.envelope import Envelope
from lisa_core.wire.messages import Ack, BoothHello

Said = tuple[Peer, Envelope] | BoothJoined | BoothLost
"""What comes of the connections of a booth."""


@dataclass(frozen=True, slots=True)
class Finished:
    """An application that was checked beside the loop, with the message that was its last part.

    `taken` is what went wrong where nobody foresaw it.
    """

    peer: Peer
    last: Envelope
    taken: IntakeResult | Exception


class Large:
    """At which sites an application is being checked, and what each has said since: also over a session that is new."""

    def __init__(self, intake: Intake, done: Callable[[Finished], None]) -> None:
        self._intake, self._done = intake, done
        self._turn = asyncio.Lock()
        self._waiting: dict[str, deque[Said]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def begin(self, peer: Peer, last: Envelope, whole: Whole) -> None:
        """Check it; `done` hears of it."""
        self._waiting[peer.name] = deque()
        task = asyncio.get_running_loop().create_task(self._finish(peer, last, whole))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def waits(self, said: Said) -> bool:
        """Whether this is for later; what only acknowledges is not."""
        if isinstance(said, tuple):
            peer, envelope = said
            if not isinstance(peer.hello, BoothHello) or isinstance(envelope.body, Ack):
                return False
            site = peer.hello.site
        else:
            site = said.site
        if (waiting := self._waiting.get(site)) is None:
            return False
        waiting.append(said)
        return True

    def end(self, peer: Peer) -> deque[Said]:
        """It is done; returns what waited, in order."""
        return self._waiting.pop(peer.name, deque())

    def close(self) -> None:
        """Wait for nothing any more: what is not listed was not received."""
        for task in self._tasks:
            task.cancel()

    async def _finish(self, peer: Peer, last: Envelope, whole: Whole) -> None:
        taken: IntakeResult | Exception
        try:
            async with self._turn:
                taken = await self._intake.beside(whole)
        except Exception as error:  # noqa: BLE001 -- the exchange decides what follows, as for every message
            taken = error
        self._done(Finished(peer, last, taken))
