"""Two streams joined back to back in memory: what one writes the other reads."""

from __future__ import annotations

import asyncio

from lisa_core.domain.model.errors import DeviceFault
from lisa_core.equipment.lines.stream import ByteStream


class _Pipe:
    """One direction. After `end()` what is buffered is still read, then the link is lost."""

    def __init__(self) -> None:
        self.buffer = bytearray()
        self.ended = False
        self.event = asyncio.Event()

    def end(self) -> None:
        self.ended = True
        self.event.set()


class _MemoryStream:
    def __init__(self, incoming: _Pipe, outgoing: _Pipe) -> None:
        self._incoming, self._outgoing = incoming, outgoing

    async def read(self) -> bytes:
        while not self._incoming.buffer:
            if self._incoming.ended:
                raise _lost()
            self._incoming.event.clear()
            await self._incoming.event.wait()
        data = bytes(self._incoming.buffer)
        self._incoming.buffer.clear()
        return data

    async def write(self, data: bytes) -> None:
        if self._outgoing.ended:
            raise _lost()
        self._outgoing.buffer += data
        self._outgoing.event.set()

    async def again(self) -> None:
        await asyncio.Event().wait()

    async def aclose(self) -> None:
        self._incoming.end()
        self._outgoing.end()


def memory_pair() -> tuple[ByteStream, ByteStream]:
    """Return both ends; closing either ends both."""
    there, back = _Pipe(), _Pipe()
    return _MemoryStream(there, back), _MemoryStream(back, there)


def _lost() -> DeviceFault:
    return DeviceFault("link.lost", "Die Verbindung im Speicher ist weg (die Gegenseite ist zu).", retryable=True)
