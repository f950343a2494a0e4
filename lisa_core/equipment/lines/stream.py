"""A stream of bytes to a device, whatever carries it, and what of it waits for its reader."""

from __future__ import annotations

import asyncio
from typing import Protocol, TypeVar

T = TypeVar("T")


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


def put_newest(queue: asyncio.Queue[T], item: T) -> None:
    """Put without waiting: a full queue loses its oldest."""
    if queue.full():
        queue.get_nowait()
    queue.put_nowait(item)
