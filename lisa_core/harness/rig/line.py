"""The line between a booth and the exchange, which a scenario may cut and mend, slow down and let go."""

from __future__ import annotations

import asyncio

from lisa_core.wire.channel import Channel, certificate_of, lost
from lisa_core.wire.uplink import Dial


class BreakableLine:
    """Dials through, until it is cut: then open channels break and nobody gets through."""

    def __init__(self, dial: Dial) -> None:
        self._dial = dial
        self._cut = False
        self._open: list[Channel] = []
        self.delay_s = 0.0
        """So long every message takes, either way; those behind it wait."""

    @property
    def whole(self) -> bool:
        """Whether anybody gets through."""
        return not self._cut

    async def beside(self) -> Channel:
        """Dials for another booth, whose line is its own: nobody cuts it or slows it down."""
        return await self._dial()

    async def dial(self) -> Channel:
        """Raises `DeviceFault("link.lost")` while the line is cut."""
        if self._cut:
            raise lost("the line is cut")
        channel = await self._dial()
        if self._cut:  # while it was being dialled
            await channel.aclose()
            raise lost("the line is cut")
        self._open.append(channel)
        return _OnLine(channel, self)

    async def cut(self) -> None:
        self._cut = True
        while self._open:
            await self._open.pop().aclose()

    def mend(self) -> None:
        self._cut = False


class _OnLine:
    """A channel whose messages take as long as its line says."""

    def __init__(self, channel: Channel, line: BreakableLine) -> None:
        self._channel, self._line = channel, line
        self.certificate = certificate_of(channel)

    async def send(self, text: str) -> None:
        if self._line.delay_s:
            await asyncio.sleep(self._line.delay_s)
        await self._channel.send(text)

    async def receive(self) -> str:
        text = await self._channel.receive()
        if self._line.delay_s:
            await asyncio.sleep(self._line.delay_s)
        return text

    async def aclose(self) -> None:
        await self._channel.aclose()
