"""A stream of bytes to a device, whatever carries it."""

from __future__ import annotations

from typing import Protocol


class ByteStream(Protocol):
    """An open connection to one device."""

    async def read(self) -> bytes:
        """Return the next bytes, at least one. Raises `DeviceFault("link.lost")` once the other end is gone."""
        ...

    async def write(self, data: bytes) -> None:
        """Hand over all of `data`. Raises `DeviceFault("link.lost")`."""
        ...

    async def again(self) -> None:
        """After `link.lost`: wait until the other end is there again, and go on with it. What was on its way is lost.

        Where no way leads back, as in memory, this waits for ever. Raises `DeviceFault("link.lost")` once closed.
        """
        ...

    async def aclose(self) -> None:
        """Close; a pending read ends with `link.lost`. Closing twice is harmless."""
        ...
