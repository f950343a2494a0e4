"""Devices that may not be there yet: each is opened as soon as it can be, and until then its slot says what is missing.

A booth that waits for none of its devices starts after every loss of power, in whatever order things get theirs.
"""

from __future__ import annotations

import asyncio
import contextlib
import inspect
from collections.abc import AsyncGenerator, Callable, Coroutine, Sequence
from contextlib import AbstractAsyncContextManager
from types import SimpleNamespace
from typing import Any

from lisa_core.domain.model.errors import AbsentFault, DeviceFault, LisaError, ProfileError
from lisa_core.host.patience import patience
from lisa_core.wire.logger import Logger

AGAIN_S = 1.0
"""Seconds between the end of an attempt to open a device and the next one."""
FIRST_S = 2.0
"""Seconds that a start waits for the first attempts: enough for devices that are there, and to name missing ones."""

log = Logger("lisa.booth")


class LateDevice:
    """One device that is tried until it opens; from then on its driver takes it up again whenever it was gone."""

    def __init__(self, slot: str, opened: Callable[[], AbstractAsyncContextManager[object]]) -> None:
        self.tried = asyncio.Event()
        self.speaks = False
        """Whether it reports changes by itself; until then the program that starts the booth says what is missing."""
        self._slot, self._opened = slot, opened
        self._device: object = None
        self._code, self._text = "device.opening", f"slots.{slot}: noch keine Antwort."

    @property
    def missing(self) -> str:
        """What is missing, as a sentence; "" once it is there."""
        return "" if self._device is not None else self._text

    def device(self) -> object:
        """The device that its driver has opened. Raises `AbsentFault` with what was wrong the last time."""
        if self._device is None:
            raise AbsentFault(self._code, self._text, retryable=True)
        return self._device

    async def hold(self) -> None:
        """Try to open it until that works, and hold it open until cancelled. `ProfileError`: it never can be."""
        while True:
            try:
                async with self._opened() as device:
                    self._there(device)
                    await asyncio.Event().wait()
            except ProfileError:
                raise
            except LisaError as error:
                self._misses(error)
            await asyncio.sleep(AGAIN_S)

    def _there(self, device: object) -> None:
        if self.speaks:
            log.info("device", slot=self._slot, code="device.there")
        self._device = device
        self.tried.set()

    def _misses(self, error: LisaError) -> None:
        code = error.code if isinstance(error, DeviceFault) else "device.protocol"
        if self.speaks and str(error) != self._text:
            log.warning("device", slot=self._slot, code=code, text=str(error))
        self._code, self._text = code, str(error)
        self.tried.set()


async def hold_all(devices: Sequence[LateDevice]) -> None:
    """Hold all of them until cancelled."""
    async with asyncio.TaskGroup() as group:
        for device in devices:
            group.create_task(device.hold())


async def first_attempts(devices: Sequence[LateDevice]) -> None:
    """Wait until each has been tried once, but not for long."""
    with contextlib.suppress(TimeoutError):
        async with patience(FIRST_S):
            for device in devices:
                await device.tried.wait()
    for device in devices:
        device.speaks = True


def stand_in(protocol: type, device: Callable[[], object]) -> Any:
    """An object with the methods of a slot's protocol; each asks the device that is there when it is called."""
    methods = {name: method for name, method in vars(protocol).items() if not name.startswith("_")}
    return SimpleNamespace(
        **{
            name: (_coroutine if inspect.iscoroutinefunction(method) else _iterator)(name, device)
            for name, method in methods.items()
        }
    )


def _coroutine(name: str, device: Callable[[], object]) -> Callable[..., Coroutine[object, object, object]]:
    async def call(*args: object) -> object:
        return await getattr(device(), name)(*args)

    return call


def _iterator(name: str, device: Callable[[], object]) -> Callable[..., AsyncGenerator[object, None]]:
    async def iterate(*args: object) -> AsyncGenerator[object, None]:
        async with contextlib.aclosing(getattr(device(), name)(*args)) as values:
            async for value in values:
                yield value

    return iterate
