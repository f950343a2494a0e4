"""The finger of the citizen: what she touches on the screen, as soon as it is to be seen there."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from emulator.world.live_world import LiveWorld

Buttons = tuple[str, ...]


class Finger:
    """Turns `touch` acts of the world into touches of the screen, each as soon as its button is shown.

    An act names a button by its id, or by its first parts where the rest is not known beforehand ("feld:iban").
    """

    def __init__(self, world: LiveWorld) -> None:
        self._world = world
        self._buttons: Buttons = ()
        self._shown = asyncio.Event()

    def show(self, buttons: Buttons) -> None:
        """These buttons are on the screen now."""
        self._buttons = buttons
        self._shown.set()
        self._shown = asyncio.Event()

    async def touches(self) -> AsyncIterator[str]:
        """Yield the id of each button touched, for ever."""
        state = self._world.state
        done = len(state.touches)
        while True:
            for wanted in state.touches[done:]:
                yield await self._appears(wanted)
            done = len(state.touches)
            state = await self._world.changed(state.revision)

    async def _appears(self, wanted: str) -> str:
        while True:
            for button in self._buttons:
                if button == wanted or button.startswith(f"{wanted}:"):
                    return button
            await self._shown.wait()
