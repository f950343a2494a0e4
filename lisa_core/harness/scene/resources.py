"""Something opened before the first step and closed after the last, by one and the same task.

A cancel scope or task group must be left by the task that entered it, and every step runs in a task of its own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from typing import Any, Generic, TypeVar

from lisa_core.domain.model.errors import HarnessError, LisaError
from lisa_core.harness.loop.portal import Portal
from lisa_core.harness.text.language import say

T = TypeVar("T")
R = TypeVar("R")


class Held(Generic[T]):
    """What is held open, while its task lives. `called`: its name in sentences; "" for the booth."""

    def __init__(
        self, manager: AbstractAsyncContextManager[T], group: asyncio.TaskGroup | None = None, called: str = ""
    ) -> None:
        self._called = called
        self._release = asyncio.Event()
        self._opened: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        start = group.create_task if group else asyncio.create_task
        self._task: asyncio.Task[None] = start(self._hold(manager), name="lisa-scene")

    async def opened(self) -> T:
        """Wait until it is open; raises what opening raised."""
        try:
            await asyncio.wait((self._opened, self._task), return_when=asyncio.FIRST_COMPLETED)
        except asyncio.CancelledError:
            await self.abandon()
            raise
        if not self._opened.done():
            self._task.result()
            raise HarnessError(say("Die Szene endete, bevor sie offen war."))
        return self._opened.result()

    async def beside(self, work: Coroutine[object, object, R]) -> R:
        """Run `work`; give it up with `HarnessError` as soon as what is held ends by itself."""
        task = asyncio.ensure_future(work)
        try:
            await asyncio.wait((task, self._task), return_when=asyncio.FIRST_COMPLETED)
        finally:
            if not task.done():
                task.cancel()
                await asyncio.wait((task,))
            elif not task.cancelled():
                task.exception()  # also where this was given up meanwhile: seen
        if self._task.done():
            what = "{what} fiel mitten im Szenario aus: {why}"
            raise HarnessError(say(what, what=self._called or say("Die Kabine"), why=self._why())) from self._error()
        return task.result()

    async def close(self) -> None:
        """Close in good order; raises what closing raised, or what ended it before."""
        self._release.set()
        await asyncio.wait((self._task,))
        self._task.result()

    async def abandon(self) -> None:
        """Cancel, and wait until everything is released."""
        self._task.cancel()
        await asyncio.wait((self._task,))

    async def _hold(self, manager: AbstractAsyncContextManager[T]) -> None:
        async with AsyncExitStack() as stack:
            try:
                value = await stack.enter_async_context(manager)
            except LisaError as error:  # told to whoever opens; what else is open goes on
                self._opened.set_exception(error)
                return
            self._opened.set_result(value)
            await self._release.wait()

    def _error(self) -> BaseException | None:
        return None if self._task.cancelled() else self._task.exception()

    def _why(self) -> str:
        error = self._error()
        while isinstance(error, BaseExceptionGroup) and error.exceptions:
            error = error.exceptions[0]
        return say("abgebrochen") if error is None else f"{type(error).__name__}: {error}"


async def hold(
    manager: AbstractAsyncContextManager[T], group: asyncio.TaskGroup | None = None, called: str = ""
) -> tuple[Held[T], T]:
    """Open `manager` in a task of its own; returns the hold and what was opened.

    In a task group, everything in it ends as soon as this ends by itself.
    """
    held = Held(manager, group, called)
    return held, await held.opened()


class Carrier:
    """Carries the coroutines of steps into the loop, beside what is held open for their scenario."""

    def __init__(self, portal: Portal) -> None:
        self.portal = portal
        self.held: list[Held[Any]] = []
        self.step_began: Callable[[int], None] | None = None
        """Of a scene that wants to know which step begins."""

    def __call__(self, work: Coroutine[object, object, R], more_s: float = 0.0) -> R:
        """`more_s`: seconds that are added to the time that every step may take."""
        for held in self.held:
            work = held.beside(work)
        return self.portal.run(work, more_s=more_s)
