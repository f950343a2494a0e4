"""Every input of the booth, pumped into one queue. A device that fails is reported, and tried again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import structlog

from lisa_core.model.errors import DeviceFault
from lisa_core.slots.devices import Slots
from lisa_core.visit.sensing import ButtonReading, DeviceReading, DoorReading

RETRY_S = 1.0

log = structlog.get_logger("lisa.booth")


def inputs(slots: Slots) -> dict[str, Callable[[], AsyncIterator[Any]]]:
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
    }


async def pump(slot: str, read: Callable[[], AsyncIterator[Any]], queue: asyncio.Queue[Any]) -> None:
    """Put every reading of one slot into the queue, until cancelled."""
    down = False
    while True:
        try:
            async for reading in read():
                if down:
                    queue.put_nowait(DeviceReading(slot, answers=True))
                    down = False
                queue.put_nowait(reading)
        except DeviceFault as fault:
            if not down:
                log.warning("device", slot=slot, code=fault.code, text=str(fault))
                queue.put_nowait(DeviceReading(slot, answers=False))
            down = True
        await asyncio.sleep(RETRY_S)
