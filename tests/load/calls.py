"""A day of a Landkreis: somebody comes in, it rings at a desk, they talk; every fourth goes on to an office.

Somebody comes at random moments, so many a second on the average; as often an agent at the front is ready, since
somebody always waits. From that "ready" until it rings at her desk is what is timed.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections import deque
from dataclasses import dataclass, field

from lisa_core.domain.model.ids import CallId
from lisa_core.wire import messages as m
from tests.load.ledger import Ledger, logged
from tests.load.office import AT_FRONT, BEHIND, BOOTHS, DESKS, Office
from tests.load.peers import Booth, Desk
from tests.load.rhythm import later

WAIT = 20
"""So many citizens wait for an agent at any time."""
TALK_S, AT_ONCE = (2.0, 6.0), (0.0, 0.0)
PREVIEWS = 3
FORWARDED = 0.25
REST_S = (0.1, 0.4)
"""Between two visits of the only citizen, so that none waits behind what the one before her led to."""
CUT_EVERY_S = 3.0
SETTLES_S, LOOK_S = 60.0, 0.1


@dataclass
class Floor:
    """Everybody who is connected."""

    office: Office
    chance: random.Random
    again: bool = False
    """Whether those who were there last are the next: else everybody has a turn."""
    ledger: Ledger = field(default_factory=Ledger)
    waited_ms: list[float] = field(default_factory=list)
    """From "ready" to the offer, of each hand-over."""
    cuts: int = 0
    handed: int = 0

    def __post_init__(self) -> None:
        self.free: deque[Booth] = deque()
        self.booths = [Booth(self.office, n, self.ledger, self._has_gone) for n in range(BOOTHS)]
        self.desks = [Desk(self.office, n, self.ledger) for n in range(DESKS)]
        self.peers: tuple[Booth | Desk, ...] = (*self.booths, *self.desks)
        self.resting = deque(self.desks[:AT_FRONT])
        self._open: set[CallId] = set()
        self._changed = asyncio.Event()

    # --- one call ---------------------------------------------------------------------------------------------------

    def come(self, booth: Booth | None = None) -> None:
        """Somebody comes in, there or where it is free."""
        booth = booth or self.free[0]
        self.free.remove(booth)
        self._open.add(booth.place())

    def _has_gone(self, booth: Booth) -> None:
        (self.free.appendleft if self.again else self.free.append)(booth)
        self._open.discard(booth.call)
        self._changed.set()

    async def hand_over(self, desk: Desk, talk_s: tuple[float, float] = TALK_S) -> None:
        """An agent at the front is ready, is offered whoever waits, talks, and rests."""
        call, waited_ms = await desk.ready()
        self.waited_ms.append(waited_ms)
        self.handed += 1
        await desk.accept(call)
        desk.say(m.Pause())
        await self._talk(desk, call, talk_s)
        if talk_s is not AT_ONCE and self.chance.random() < FORWARDED:
            await desk.forward(call, self.chance.choice(BEHIND))
        else:
            await desk.hang_up(call)
        (self.resting.appendleft if self.again else self.resting.append)(desk)

    async def behind(self, desk: Desk) -> None:
        """An agent of an office takes what is forwarded to her, one after the other."""
        desk.say(m.Ready(headset=True))
        while True:
            call = await desk.offered()
            await desk.accept(call)
            await self._talk(desk, call, TALK_S)
            await desk.hang_up(call)

    async def _talk(self, desk: Desk, call: CallId, talk_s: tuple[float, float]) -> None:
        for number in range(PREVIEWS):
            await later(self.chance.uniform(*talk_s) / PREVIEWS)
            await desk.look(call, number)

    # --- many -------------------------------------------------------------------------------------------------------

    async def quiet(self, times: int) -> list[float]:
        """The same with one booth and one desk, one after the other; all others are silent.

        A colleague talks all the time: when the only agent at work rests, every booth is told that nobody is there.
        """
        before, self.waited_ms = self.waited_ms, []
        colleague, desk, booth = self.resting.pop(), self.resting[0], self.free[0]
        self.come(self.free[-1])
        call, _ = await colleague.ready()
        await colleague.accept(call)
        for _ in range(times):
            await later(self.chance.uniform(*REST_S))
            self.resting.remove(desk)
            self.come(booth)
            await booth.is_told()
            await self.hand_over(desk, AT_ONCE)
            await self._settled(1)
        colleague.say(m.Pause())
        await colleague.hang_up(call)
        await self._settled()
        self.resting.append(colleague)
        found, self.waited_ms = self.waited_ms, before
        return found

    async def load(self, seconds: float, a_second: float, talk_s: tuple[float, float] = TALK_S) -> None:
        """So many calls a second on the average, at moments that chance gives; then until all of them are over."""
        loop = asyncio.get_running_loop()
        end_s = loop.time() + seconds
        for _ in range(WAIT):
            self.come()
        async with asyncio.TaskGroup() as tasks:
            cutting = tasks.create_task(self._cut_now_and_then())
            next_s = loop.time()
            while (next_s := next_s + self.chance.expovariate(a_second)) < end_s:
                await later(next_s - loop.time())
                self.come()
                tasks.create_task(self._soon(talk_s))
            cutting.cancel()
            for _ in range(WAIT):
                tasks.create_task(self._soon(talk_s))
        await self._settled()

    async def _soon(self, talk_s: tuple[float, float]) -> None:
        await later(self.chance.uniform(0, 1))
        await self.hand_over(self.resting.popleft(), talk_s)

    async def _cut_now_and_then(self) -> None:
        """Now and then the connection of somebody who is not timed is lost, wherever it is in its work."""
        while True:
            await later(CUT_EVERY_S)
            self.chance.choice((*self.booths, *self.desks[AT_FRONT:])).line.cut()
            self.cuts += 1

    async def _settled(self, left: int = 0) -> None:
        """Until so many calls are left."""
        async with asyncio.timeout(SETTLES_S):
            while len(self._open) > left:
                self._changed.clear()
                await self._changed.wait()

    @property
    def unheard(self) -> list[str]:
        """Whoever has said something that is not acknowledged."""
        links = ((peer, peer.uplink._link) for peer in self.peers)
        return [str(peer.number) for peer, link in links if link.unacked]

    async def closed(self) -> None:
        """Until all that was said is acknowledged and all that was due has come, as far as it will; then the log."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(SETTLES_S):
                while self.unheard:
                    await later(LOOK_S)
        self.ledger.hear(*logged(self.office.place))
