"""Lamp, glass and notices from visit commands: done in order by one worker: a slow bus never holds a visit up."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

import structlog

from lisa_core.model.errors import DeviceFault

log = structlog.get_logger("lisa.booth")


class Actuators:
    """Hand in what is to be done; `run` does it."""

    def __init__(self) -> None:
        self._todo: asyncio.Queue[Coroutine[Any, Any, None]] = asyncio.Queue()

    def do(self, what: Coroutine[Any, Any, None]) -> None:
        self._todo.put_nowait(what)

    async def run(self) -> None:
        """Work until cancelled."""
        try:
            while True:
                what = await self._todo.get()
                try:
                    await what
                except DeviceFault as fault:
                    log.warning("actuator", code=fault.code, text=str(fault))
        finally:
            while not self._todo.empty():
                self._todo.get_nowait().close()
