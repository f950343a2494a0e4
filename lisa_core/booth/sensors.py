"""Every input of the booth, pumped into one queue. A device that fails is reported, and tried again."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

from lisa_core.domain.model.errors import AbsentFault, DeviceFault
from lisa_core.domain.model.readings import CardKind, PresenceReport
from lisa_core.domain.model.screen import Touch
from lisa_core.domain.visit.perception import ButtonReading, DoorReading
from lisa_core.equipment.slots.devices import Slots
from lisa_core.host.clock import now_us
from lisa_core.wire.logger import Logger

RETRY_S = 1.0
MOST_LOSSES = 100

log = Logger("lisa.booth")


Input = PresenceReport | DoorReading | ButtonReading | Touch | CardKind
"""What a slot that is read for ever says."""


@dataclass(frozen=True, slots=True)
class Loss:
    """A device that did not answer any more, from `at_us` on (of the loop), and what its driver said."""

    slot: str
    at_us: int
    text: str


@dataclass(slots=True)
class Watch:
    """Which devices answer; `report(slot, answers)` hears of each change, once. `losses` are the newest."""

    report: Callable[[str, bool], None]
    gone: set[str] = field(default_factory=set)
    faults: dict[str, DeviceFault] = field(default_factory=dict)
    """Why a device does not answer, by slot: its driver's own sentence."""
    losses: deque[Loss] = field(default_factory=lambda: deque(maxlen=MOST_LOSSES))
    _back: dict[str, asyncio.Event] = field(default_factory=dict)

    async def back(self, slot: str) -> None:
        """Return as soon as this slot answers."""
        if slot in self.gone:
            await self._back.setdefault(slot, asyncio.Event()).wait()

    def answers(self, slot: str) -> None:
        if slot in self.gone:
            self.gone.discard(slot)
            self.faults.pop(slot, None)
            self._back.pop(slot, asyncio.Event()).set()
            self.report(slot, True)

    def fails(self, slot: str, fault: DeviceFault) -> None:
        if slot not in self.gone:
            if not isinstance(fault, AbsentFault):  # one that was never there has been told of at the start
                log.warning("device", slot=slot, code=fault.code, text=str(fault))
            self.gone.add(slot)
            self.faults[slot] = fault
            self.losses.append(Loss(slot, now_us(), str(fault)))
            self.report(slot, False)


def inputs(slots: Slots) -> dict[str, Callable[[], AsyncIterator[Input]]]:
    """What is read for ever, by slot."""

    async def door() -> AsyncIterator[DoorReading]:
        async for is_open in slots.door.states():
            yield DoorReading(is_open)

    async def button() -> AsyncIterator[ButtonReading]:
        async for pressed in slots.call_button.states():
            yield ButtonReading(pressed)

    return {
        "presence": slots.presence.reports,
        "door": door,
        "call_button": button,
        "screen": slots.screen.touches,
        **({"card_reader": slots.card_reader.cards} if slots.card_reader else {}),
    }


async def pump(slot: str, read: Callable[[], AsyncIterator[Input]], put: Callable[[Input], None], watch: Watch) -> None:
    """Put every reading of one slot into the queue, until cancelled."""
    while True:
        try:
            async for reading in read():
                watch.answers(slot)
                put(reading)
        except DeviceFault as fault:
            watch.fails(slot, fault)
        await asyncio.sleep(RETRY_S)
