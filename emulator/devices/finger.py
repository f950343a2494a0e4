"""The finger of the citizen: what she touches on the screen, as soon as it is to be seen there and takes a touch."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping

from emulator.world.live_world import LiveWorld
from emulator.world.world import World
from lisa_core.domain.model.screen import READ_TO_THE_END

Buttons = tuple[str, ...]

READ_FIRST: Mapping[str, str] = {"erklaerung": READ_TO_THE_END}
"""What she has to do before a button takes her touch, and does then: she reads her declaration to its end."""
BARELY_S = 0.001
"""Two clocks, and times in different units: later by so much than the screen says."""


def is_dark(world: World) -> bool:
    """Whether the screen shows nothing now."""
    return bool(world.failing("screen"))


class Finger:
    """Turns `touch` acts of the world into touches of the screen, each as soon as its button is shown.

    An act names a button by its id, or by its first parts where the rest is not known beforehand ("feld:iban").
    """

    def __init__(self, world: LiveWorld) -> None:
        self._world = world
        self._buttons: Buttons = ()
        self._settled_s = 0.0
        self._shown = asyncio.Event()

    def show(self, buttons: Buttons, deaf_ms: int = 0) -> None:
        """These buttons take a touch now; after a change no sooner than in `deaf_ms`."""
        if buttons != self._buttons:
            self._settled_s = asyncio.get_running_loop().time() + deaf_ms / 1_000 + BARELY_S
        self._buttons = buttons
        self._shown.set()
        self._shown = asyncio.Event()

    async def touches(self) -> AsyncIterator[str]:
        """Yield the id of each button touched, until the screen is dark: what is touched then is touched in vain."""
        state = self._world.state
        done = len(state.touches)
        while not is_dark(state):
            for wanted in state.touches[done:]:
                first = READ_FIRST.get(wanted.partition(":")[0], wanted)
                if await self._comes(wanted, first) != wanted:
                    yield self._named(first)
                yield await self._settled(wanted)
            done = len(state.touches)
            state = await self._world.changed(state.revision)

    async def _comes(self, *wanted: str) -> str:
        """Which of these comes to be shown first."""
        while True:
            if found := next((one for one in wanted if self._named(one)), ""):
                return found
            await self._shown.wait()

    async def _settled(self, wanted: str) -> str:
        """This button, once it is shown and has been for long enough."""
        while True:
            await self._comes(wanted)
            wait_s = self._settled_s - asyncio.get_running_loop().time()
            if wait_s <= 0:
                return self._named(wanted)
            await asyncio.sleep(wait_s)

    def _named(self, wanted: str) -> str:
        return next((one for one in self._buttons if one == wanted or one.startswith(f"{wanted}:")), "")
