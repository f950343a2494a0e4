"""An adapter whose lines are kept, or come from a recording: each line is one message, as a datagram is.

Without a tap nothing of this is in the way (`heard`).
"""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack

from lisa_core.domain.model.errors import DeviceFault
from lisa_core.equipment.drivers.adapter.talk import AdapterLines
from lisa_core.equipment.lines.stream import DatagramLine
from lisa_core.equipment.lines.tapped.tap import Tap

ENDED = "link.lost"
"""The code under which a recording keeps that an adapter says no more; its text is why."""
Opening = Callable[[], AbstractAsyncContextManager[AdapterLines]]


def heard(opened: Opening, tap: Tap | None) -> Opening:
    """The same adapter, its lines through the tap; a recording never starts it."""
    if tap is None:
        return opened

    @contextlib.asynccontextmanager
    async def through() -> AsyncIterator[AdapterLines]:
        async with AsyncExitStack() as stack:
            there: list[AdapterLines] = []

            async def dial() -> DatagramLine:
                there.append(await stack.enter_async_context(opened()))
                return _Messages(there[0])

            line = await tap.datagrams(dial)
            yield _Heard(line, there[0] if there else None)

    return through


class _Messages:
    """Whole lines of an adapter. Fulfils `DatagramLine`."""

    def __init__(self, lines: AdapterLines) -> None:
        self._lines = lines
        self._whole: deque[bytes] = deque()
        self._begun: list[bytes] = []

    async def read(self) -> bytes:
        while not self._whole:
            data = await self._lines.read()
            *ended, rest = data.split(b"\n")
            for part in ended:
                self._whole.append(b"".join((*self._begun, part, b"\n")))
                self._begun.clear()
            if rest:
                self._begun.append(rest)
            if not data and self._begun:
                self._whole.append(b"".join(self._begun))
                self._begun.clear()
            elif not data:
                raise DeviceFault(ENDED, await self._lines.why(), retryable=True)
        return self._whole.popleft()

    def write(self, data: bytes) -> None:
        self._lines.put(data)


class _Heard:
    """What a conversation knows of it. Fulfils `AdapterLines`. `there`: None where a recording speaks."""

    def __init__(self, line: DatagramLine, there: AdapterLines | None) -> None:
        self._line, self._there = line, there
        self._why = ""

    @property
    def last_words(self) -> str:
        return self._there.last_words if self._there else ""

    async def read(self) -> bytes:
        try:
            return await self._line.read()
        except DeviceFault as fault:
            if fault.code != ENDED:
                raise
            self._why = str(fault)
            return b""

    def put(self, data: bytes) -> None:
        self._line.write(data)

    async def taken(self) -> None:
        if self._there:
            await self._there.taken()

    @property
    def is_full(self) -> bool:
        return self._there is not None and self._there.is_full

    async def why(self) -> str:
        return self._why
