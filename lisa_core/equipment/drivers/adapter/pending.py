"""One call to an adapter that is under way: what has come of it, for the one who waits."""

from __future__ import annotations

import asyncio
from collections import deque

from lisa_core.domain.model.errors import DeviceFault, ProtocolError
from lisa_core.equipment.slots.promises.methods import NEWEST, Method

MOST_UNREAD = 1000
"""So many values may wait for their reader."""


class PendingCall:
    """Filled by what the adapter says; one reader."""

    def __init__(self, number: int, method: Method) -> None:
        self.number, self.method = number, method
        self.over = False
        """Whether the adapter has said its last of it."""
        self._fault: DeviceFault | None = None
        self._newest = NEWEST.get(method.gives) if isinstance(method.gives, type) else None
        self._values: deque[object] = deque(maxlen=self._newest)
        self._news = asyncio.Event()

    def put(self, value: object) -> None:
        """A value has come. `ProtocolError` when more have come than anybody reads."""
        if len(self._values) == MOST_UNREAD:
            raise ProtocolError(f"es berichtet zu „{self.method.name}“ schneller, als irgendwer lesen kann")
        self._values.append(value)
        self._news.set()

    def end(self, fault: DeviceFault | None = None) -> None:
        """Nothing more will come."""
        self.over, self._fault = True, fault
        self._news.set()

    async def next(self) -> tuple[object, ...]:
        """The next value, alone; nothing when there are no more. Raises the fault behind the last one."""
        while not self._values:
            if self._fault:
                raise self._fault
            if self.over:
                return ()
            self._news.clear()
            await self._news.wait()
        return (self._values.popleft(),)
