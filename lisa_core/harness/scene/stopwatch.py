"""What is measured while steps go on: how soon desks ring, how soon they see no more papers."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from lisa_core.domain.model.errors import HarnessError
from lisa_core.harness.loop.holdup import Waited, held_up_s, waited

if TYPE_CHECKING:
    from lisa_core.booth.executor import Booth
    from lisa_core.desk.client import DeskClient
    from lisa_core.wire.messages import Offer

RING_S = 30.0
BLINK_S = 0.01
_SENSOR = "ab der Meldung des {}; wie schnell er meldet, ist nicht enthalten"


class Stopwatch:
    """Seconds by the name of the desk, measured from what began it: an act, or the real sensor that noticed it.

    How long a tester takes to walk in or to open the door is no property of the booth.
    """

    def __init__(self) -> None:
        self.unmeasured: set[str] = set()
        """Desks that have rung and of which that was not yet told."""
        self.blanked_s: dict[str, tuple[float, float]] = {}
        """Until the agent sees nothing of the table any more; and how much of that this program waited."""
        self.covered_s: dict[str, tuple[float, float]] = {}
        """The same until the booth, too, sends no more pictures of the table."""
        self.watched: frozenset[str] = frozenset()
        """The desks that saw the table when the door opened."""
        self.held_up_s: dict[str, float] = {}
        """How much of the time until a desk rang this program waited for a processor."""
        self.since: dict[str, str] = {}
        """From what on that was measured, in German words."""
        self._tasks: list[asyncio.Task[None]] = []
        self._waited: Waited = {}
        self._first_of_s = self._since_s = -1.0
        self._entered_to: frozenset[str] = frozenset()
        self._rung: dict[str, tuple[float, Offer]] = {}

    def rings(self, desks: Collection[DeskClient], booth: Booth, *, radar: bool) -> tuple[float, Waited]:
        """Somebody walks in now, or with a real `radar` when that sees the person.

        Returns the loop's time, and what this program has waited by then.
        """
        since_s = self._since_s = _now_s()
        self._waited = waited()
        self._rung.clear()
        self.unmeasured.clear()
        self._entered_to = frozenset(desk.name for desk in desks)
        self._tasks += [asyncio.create_task(self._ring(desk, booth, since_s, radar)) for desk in desks]
        return since_s, self._waited

    def papers(self, desks: Iterable[DeskClient], booth: Booth, *, contact: bool) -> None:
        """The door opens now, or with a real `contact` when that notices."""
        self.blanked_s.clear()
        self.covered_s.clear()
        since_s, self._waited = _now_s(), waited()
        # a desk that saw nothing would be measured with 0 ms
        seen = [desk for desk in desks if desk.table() is not None]
        self.watched = frozenset(desk.name for desk in seen)
        self._tasks += [asyncio.create_task(self._blank(desk, booth, since_s, contact)) for desk in seen]

    def awaits(self, desk: DeskClient) -> bool:
        """Whether this desk may still be the first to ring for the citizen who came in last, or is the first."""
        pending = desk.name in self._entered_to and self._first_of_s != self._since_s
        return pending or self.rang_after_s(desk) is not None

    def rang_after_s(self, desk: DeskClient) -> float | None:
        """Seconds from the citizen's coming in to the first ring of this desk; None for a call that came later."""
        after_s, offer = self._rung.get(desk.name, (0.0, None))
        return after_s if offer is not None and offer is desk.offer else None

    async def aclose(self) -> None:
        """Stop watching."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks.clear()

    async def _ring(self, desk: DeskClient, booth: Booth, since_s: float, radar: bool) -> None:
        # it has not rung, or somebody left the desk; whether it should have is not asked here
        with contextlib.suppress(AssertionError, HarnessError):
            offer = await desk.until(lambda d: d.offer, "es klingelt", RING_S)
            # another desk that rings later was forwarded to; and what was begun for the citizen before is over
            if self._first_of_s == since_s or since_s != self._since_s:
                return
            self._first_of_s = since_s
            seen_us = booth.room.present_since_us
            began_s = seen_us / 1_000_000 if radar and seen_us is not None else since_s
            self.since[desk.name] = _SENSOR.format("Präsenzsensors") if began_s != since_s else "ab dem Eintreten"
            self._rung[desk.name] = (_now_s() - began_s, offer)
            self.held_up_s[desk.name] = held_up_s(self._waited, waited(), _now_s() - began_s)
            self.unmeasured.add(desk.name)

    async def _blank(self, desk: DeskClient, booth: Booth, since_s: float, contact: bool) -> None:
        while desk.table() is not None:
            await asyncio.sleep(BLINK_S)
        opened_us = booth.room.door_opened_us
        began_s = opened_us / 1_000_000 if contact and opened_us is not None else since_s
        self.since[desk.name] = _SENSOR.format("Türkontakts") if began_s != since_s else "ab dem Öffnen der Tür"
        self.blanked_s[desk.name] = self._took_s(began_s)
        while desk.leg is not None and desk.leg.document_frame() is not None:
            await asyncio.sleep(BLINK_S)
        self.covered_s[desk.name] = self._took_s(began_s)

    def _took_s(self, began_s: float) -> tuple[float, float]:
        after_s = _now_s() - began_s
        return after_s, held_up_s(self._waited, waited(), after_s)


def _now_s() -> float:
    return asyncio.get_running_loop().time()
