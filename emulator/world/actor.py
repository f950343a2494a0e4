"""The emulated citizen's body: acts on the world, and on nothing else."""

from __future__ import annotations

import asyncio
import contextlib

from emulator.paper.paper import pages_of
from emulator.world.live_world import LiveWorld

STEP_S, SLICES = 0.15, 3
"""How long a door, a button or a hand takes, and in how many slices: where this program was held up for longer than
all of it, whoever asks how they stand is still served between two of them, and misses nothing."""
PATIENCE_S = 10.0
"""So long somebody who is to sign waits for the pad."""


class EmulatedActor:
    """Fulfils `lisa_core.equipment.slots.actor.Actor` on a world, hosted here or joined.

    Nobody waits for the door that falls shut behind her; only when she takes hold of it again it must have.
    """

    def __init__(self, world: LiveWorld) -> None:
        self._world = world
        self._shut_s = 0.0

    async def enter(self) -> None:
        await self.open_door()
        await self._world.act("enter")
        await _step()
        await self.close_door()

    async def sit(self) -> None:
        await self._world.act("sit")

    async def stand(self) -> None:
        await self._world.act("stand")

    async def leave(self) -> None:
        await self.take_papers()
        await self.walk_out()

    async def walk_out(self) -> None:
        await self.open_door()
        await self._world.act("leave")
        await _step()
        await self.close_door()

    async def open_door(self) -> None:
        await asyncio.sleep(max(0.0, self._shut_s - _now_s()))
        await self._world.act("open_door")
        await _step()

    async def close_door(self) -> None:
        await self._world.act("close_door")
        self._shut_s = _now_s() + STEP_S

    async def press_call_button(self) -> None:
        await self._world.act("press_button")
        await _step()
        await _step()
        await self._world.act("release_button")

    async def speak(self, seconds: float) -> None:
        await self._world.act("speak", duration_us=round(seconds * 1_000_000))

    async def show_papers(self, document: str) -> None:
        pages_of(document)
        await self._world.act("show", document=document)

    async def feed_papers(self, document: str) -> None:
        await self._world.act("feed", pages=list(pages_of(document)))

    async def lay_on_glass(self, document: str) -> None:
        await self._world.act("lay_on_glass", page=pages_of(document)[0])

    async def clear_jam(self) -> None:
        await self._world.act("clear_jam")

    async def lay_card(self, card: str) -> None:
        await self._world.act("lay_card", card=card)

    async def take_cards(self) -> None:
        await self._world.act("take_cards")

    async def take_papers(self) -> None:
        await self._world.act("take_papers")

    async def sign(self, recording: str) -> None:
        """As soon as the pad takes it, and all the same on one that does not."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE_S):
                while self._world.state.pad_armed is False:
                    await self._world.changed(self._world.state.revision)
        await self._world.act("sign", recording=recording)

    async def touch(self, button: str) -> None:
        await self._world.act("touch", button=button)


async def _step() -> None:
    for _ in range(SLICES):
        await asyncio.sleep(STEP_S / SLICES)


def _now_s() -> float:
    return asyncio.get_running_loop().time()
