"""The camera over the table, where it can be turned: it looks where the agent wants, and comes home for the next one.

Only the newest wish counts, and it is tried until it can be fulfilled; so a head that was away at the end of a visit
comes home as soon as it is back. A head that refuses is told of once, with its driver's words, and is not gone.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from lisa_core.booth.sensors import Watch
from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.readings import HEAD_MOST, Aim, HeadPosition, HeadPreset
from lisa_core.equipment.slots.devices import CameraHead

SLOT = "camera_head"
AGAIN_S = 3.0
"""Seconds between two tries of a wish that could not be fulfilled."""
ANSWERS = ("camera_head.refused", "camera_head.stuck")
"""Faults of a head that is there."""
_ZOOM_STEP, _TURN_STEP = 250, 500
_TURNS: Mapping[Aim, tuple[int, int, int]] = {
    Aim.NEARER: (0, 0, _ZOOM_STEP),
    Aim.FURTHER: (0, 0, -_ZOOM_STEP),
    Aim.LEFT: (-_TURN_STEP, 0, 0),
    Aim.RIGHT: (_TURN_STEP, 0, 0),
    Aim.UP: (0, _TURN_STEP, 0),
    Aim.DOWN: (0, -_TURN_STEP, 0),
}

Wish = Callable[[], Awaitable[HeadPosition]]


def aimed(at: HeadPosition, aim: Aim) -> HeadPosition:
    """Where the camera is to look next; at its limit it stays. With everything in sight it looks straight down."""
    pan, tilt, zoom = _TURNS[aim]
    nearness = _within(0, at.zoom + zoom)
    if nearness == 0:
        return HeadPosition()
    return HeadPosition(_within(-HEAD_MOST, at.pan + pan), _within(-HEAD_MOST, at.tilt + tilt), nearness)


def _within(least: int, value: int) -> int:
    return max(least, min(HEAD_MOST, value))


class TableCamera:
    """Say where it shall look; `run` does it. `told` hears where it stands, and what it refuses."""

    def __init__(
        self, head: CameraHead | None, watch: Watch, told: Callable[[HeadPosition | DeviceFault], None]
    ) -> None:
        self.at: HeadPosition | None = HeadPosition() if head else None
        """Where it stood last; None where nothing turns it."""
        self._head, self._watch, self._told = head, watch, told
        self._goal = HeadPosition()
        self._wish: Wish | None = None
        self._last: Wish | None = None
        self._news = asyncio.Event()

    def aim(self, aim: Aim) -> None:
        """From where it was last sent to; nothing where nothing turns it."""
        if self._head is None:
            return
        if aim is Aim.PAPERS:
            self._goal = HeadPosition()
            self._want(partial(self._head.recall, HeadPreset.PAPERS))
        else:
            self._goal = aimed(self._goal, aim)
            self._want(partial(self._head.aim, self._goal))

    def home(self) -> None:
        """Everything in sight again, whoever comes next."""
        if self._head is not None:
            self._goal = HeadPosition()
            self._want(partial(self._head.recall, HeadPreset.HOME))

    def anew(self) -> None:
        """It was gone and is back: it may have lost where it stood."""
        if self._last is not None:
            self._want(self._last)

    def _want(self, wish: Wish) -> None:
        self._wish = self._last = wish
        self._news.set()

    async def run(self) -> None:
        """Work until cancelled."""
        refused = ""
        while True:
            await self._news.wait()
            self._news.clear()
            if (wish := self._wish) is None:
                continue
            try:
                at = await wish()
            except DeviceFault as fault:
                if fault.code not in ANSWERS:
                    self._watch.fails(SLOT, fault)
                elif str(fault) != refused:
                    refused = str(fault)
                    self._told(fault)
                await self._again(fault.retryable)
                continue
            refused = ""
            self._watch.answers(SLOT)
            self._reached(wish, at)

    def _reached(self, wish: Wish, at: HeadPosition) -> None:
        self.at = at
        if self._wish is wish:
            self._wish, self._goal = None, at
        self._told(at)

    async def _again(self, retryable: bool) -> None:
        """Wait for a newer wish; the old one is tried again after a while."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(AGAIN_S if retryable else None):
                await self._news.wait()
        self._news.set()
