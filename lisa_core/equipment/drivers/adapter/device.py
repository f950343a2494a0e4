"""An adapter that is kept: started or dialled, and again as often as it ends; between that it is missing."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager

from lisa_core.domain.model.errors import DeviceFault, LisaError
from lisa_core.domain.model.readings import DeviceIdentity
from lisa_core.equipment.drivers.adapter.delay import Delay
from lisa_core.equipment.drivers.adapter.faults import MISSING, ended
from lisa_core.equipment.drivers.adapter.talk import AdapterLines, Talk
from lisa_core.equipment.drivers.adapter.terms import SlotTerms
from lisa_core.host.causes import cause

AGAIN_S = 1.0
"""Seconds between the end of an adapter and the next attempt."""


class AdapterDevice:
    """The device of one slot, as its adapter speaks for it."""

    def __init__(
        self, opened: Callable[[], AbstractAsyncContextManager[AdapterLines]], terms: SlotTerms, hello_s: float
    ) -> None:
        self._opened, self._terms, self._hello_s = opened, terms, hello_s
        self._talk: Talk | None = None
        self._fault: LisaError = ended(terms.where, "ist noch nicht da")
        self._identity = DeviceIdentity()
        self.can: tuple[str, ...] = ()
        """Which abilities it said it has, the last time that it was there."""
        self._delay = Delay()

    @property
    def delay_s(self) -> float:
        """Seconds by which what it says may be older than when it comes: the longest of the last rounds."""
        return self._delay.worst_s

    async def identify(self) -> DeviceIdentity:
        """Who the adapter says its device is."""
        self.talk()
        return self._identity

    def talk(self) -> Talk:
        """The conversation that goes on. Raises the fault that ended the last one."""
        if self._talk is None:
            raise self._fault
        return self._talk

    @contextlib.asynccontextmanager
    async def held(self) -> AsyncIterator[AdapterDevice]:
        """Open it and keep it open; raises `DeviceFault` when the first attempt fails."""
        first: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        living = asyncio.create_task(self._live(first), name=f"adapter {self._terms.slot}")
        try:
            await asyncio.wait({first, living}, return_when=asyncio.FIRST_COMPLETED)
            if not first.done():
                living.result()
            yield self
        finally:
            living.cancel()
            await asyncio.gather(living, return_exceptions=True)

    async def _live(self, first: asyncio.Future[None]) -> None:
        while True:
            try:
                await self._converse(first)
            except (LisaError, OSError) as error:
                self._fault = _fault(self._terms.where, error)
                if not first.done():
                    raise self._fault from None
            await asyncio.sleep(AGAIN_S)

    async def _converse(self, first: asyncio.Future[None]) -> None:
        async with self._opened() as lines:
            talk = Talk(lines, self._terms, self._hello_s)
            following = asyncio.create_task(talk.follow())
            try:
                hello = await talk.greet()
                self._identity, self.can, self._delay = hello.identity, hello.can, talk.delay
                self._talk = talk
                if not first.done():
                    first.set_result(None)
                await talk.watch()
            except DeviceFault as fault:
                talk.end(fault)
                raise
            finally:
                self._talk = None
                following.cancel()
                await asyncio.gather(following, return_exceptions=True)
                talk.end(ended(self._terms.where, "ist geschlossen"))


def _fault(where: str, error: LisaError | OSError) -> LisaError:
    """What our own machine lacks (descriptors, memory) is told as well."""
    if isinstance(error, LisaError):
        return error
    return DeviceFault(MISSING, f"{where} lässt sich nicht starten ({cause(error)}).", retryable=True)
