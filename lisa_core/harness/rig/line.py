"""The line between a booth and the exchange, which a scenario may cut and mend."""

from __future__ import annotations

from lisa_core.wire.channel import Channel, lost
from lisa_core.wire.uplink import Dial


class BreakableLine:
    """Dials through, until it is cut: then open channels break and nobody gets through."""

    def __init__(self, dial: Dial) -> None:
        self._dial = dial
        self._cut = False
        self._open: list[Channel] = []

    @property
    def whole(self) -> bool:
        """Whether anybody gets through."""
        return not self._cut

    async def dial(self) -> Channel:
        """Raises `DeviceFault("link.lost")` while the line is cut."""
        if self._cut:
            raise lost("the line is cut")
        channel = await self._dial()
        if self._cut:  # while it was being dialled
            await channel.aclose()
            raise lost("the line is cut")
        self._open.append(channel)
        return channel

    async def cut(self) -> None:
        self._cut = True
        while self._open:
            await self._open.pop().aclose()

    def mend(self) -> None:
        self._cut = False
