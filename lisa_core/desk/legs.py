"""The media ends of one desk: each is opened, worked with and closed by a task of its own, in order.

So neither opening nor closing ever holds up the desk, which takes its next message at once; and a leg that is still
being set up when its call is over is let go of in the middle.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Generic, Protocol, TypeVar


class _Closes(Protocol):
    async def aclose(self) -> None: ...


Leg = TypeVar("Leg", bound=_Closes)
Work = Callable[[Leg], Awaitable[None]]


class DeskLegs(Generic[Leg]):
    """At most one leg is there; those before may still be closing. `changed` is called when the present one changes.

    `failed` gets what a leg raised while it was wanted.
    """

    def __init__(self, changed: Callable[[], None], failed: Callable[[Exception], None]) -> None:
        self.leg: Leg | None = None
        """The leg that is open; None while it is made."""
        self._changed, self._failed = changed, failed
        self._work: asyncio.Queue[Work[Leg]] | None = None
        self._task: asyncio.Task[None] | None = None
        self._closing: set[asyncio.Task[None]] = set()

    @property
    def wanted(self) -> bool:
        """Whether a leg is there or on its way."""
        return self._task is not None

    def open(self, make: Callable[[], Awaitable[Leg]], first: Work[Leg]) -> None:
        """Make a leg and do `first` with it; then it is there. The one before is closed."""
        self.close()
        self._work = asyncio.Queue()
        self._task = asyncio.create_task(self._live(make, first, self._work))

    def then(self, work: Work[Leg]) -> None:
        """Do this with the leg once what was asked before is done; nothing where there is none."""
        if self._work is not None:
            self._work.put_nowait(work)

    def close(self) -> None:
        """It is gone from now on; that it closes nobody waits for."""
        if self._task is not None:
            self._task.cancel()
            self._closing.add(self._task)
            self._task.add_done_callback(self._closing.discard)
        self.leg, self._task, self._work = None, None, None

    async def aclose(self) -> None:
        """Close, and wait until every leg has closed."""
        self.close()
        await asyncio.gather(*self._closing, return_exceptions=True)

    async def _live(self, make: Callable[[], Awaitable[Leg]], first: Work[Leg], work: asyncio.Queue[Work[Leg]]) -> None:
        try:
            leg = await make()
            try:
                await first(leg)
                if self._task is asyncio.current_task():
                    self.leg = leg
                    self._changed()
                while True:
                    await (await work.get())(leg)
            finally:
                with contextlib.suppress(asyncio.CancelledError):
                    await leg.aclose()
        except Exception as error:  # noqa: BLE001  # told to the desk, which fails of it where the leg was wanted
            if self._task is asyncio.current_task():
                self._failed(error)
