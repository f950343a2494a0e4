"""What is measured while steps go on: how soon desks ring, how soon they see no more papers."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lisa_core.booth.executor import Booth
    from lisa_core.desk.client import Desk

RING_S = 30.0
BLINK_S = 0.01


class Stopwatch:
    """Seconds by the name of the desk, measured from what began it: an act, or the real sensor that noticed it.

    How long a tester takes to walk in or to open the door is no property of the booth.
    """

    def __init__(self) -> None:
        self.rung_s: dict[str, float] = {}
        self.blanked_s: dict[str, float] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._first_of_s = -1.0

    def rings(self, desks: Iterable[Desk], booth: Booth, *, radar: bool) -> None:
        """Somebody walks in now, or with a real `radar` when that sees her."""
        since_s = _now_s()
        self._tasks += [asyncio.create_task(self._ring(desk, booth, since_s, radar)) for desk in desks]

    def papers(self, desks: Iterable[Desk], booth: Booth, *, contact: bool) -> None:
        """The door opens now, or with a real `contact` when that notices."""
        self.blanked_s.clear()
        since_s = _now_s()
        seen = [desk for desk in desks if desk.leg is not None and desk.leg.document_frame() is not None]
        self._tasks += [asyncio.create_task(self._blank(desk, booth, since_s, contact)) for desk in seen]

    async def aclose(self) -> None:
        """Stop watching."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks.clear()

    async def _ring(self, desk: Desk, booth: Booth, since_s: float, radar: bool) -> None:
        with contextlib.suppress(AssertionError):  # it has not rung; whether it should have is not asked here
            await desk.until(lambda d: d.offer, "es klingelt", RING_S)
            if self._first_of_s == since_s:  # another desk that rings later was forwarded to
                return
            self._first_of_s = since_s
            seen_us = booth.room.present_since_us
            began_s = seen_us / 1_000_000 if radar and seen_us is not None else since_s
            self.rung_s[desk.name] = _now_s() - began_s

    async def _blank(self, desk: Desk, booth: Booth, since_s: float, contact: bool) -> None:
        while desk.leg is not None and desk.leg.document_frame() is not None:
            await asyncio.sleep(BLINK_S)
        opened_us = booth.room.door_opened_us
        began_s = opened_us / 1_000_000 if contact and opened_us is not None else since_s
        self.blanked_s[desk.name] = _now_s() - began_s


def _now_s() -> float:
    return asyncio.get_running_loop().time()
