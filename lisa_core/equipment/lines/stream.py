"""What goes to a device and comes from it in bytes, whatever carries it, and what of it waits for its reader."""

from __future__ import annotations

import asyncio
from typing import Protocol, TypeVar

from lisa_core.domain.model.errors import DeviceFault

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


class NetworkStream(ByteStream, Protocol):
    """One over a network, whose connection may stand although nobody answers on it."""

    def drop(self, fault: DeviceFault) -> None:
        """Give the connection up, for this reason. The next one is made by `again`."""
        ...


class DatagramLine(Protocol):
    """An open way to one address, on which each message arrives whole or not at all."""

    async def read(self) -> bytes:
        """The next datagram. Raises `DeviceFault` `link.missing` when the system says that nobody is there."""
        ...

    def write(self, data: bytes) -> None:
        """Send one; it may be lost."""
        ...


class Dialogue(Protocol):
    """One connection for one job: both sides speak, then ours says that there is no more."""

    async def read(self) -> bytes:
        """The next bytes; b"" when the other end says no more. Raises `OSError` after a reset."""
        ...

    async def send(self, data: bytes) -> None:
        """Hand over a part. Raises `OSError`."""
        ...

    async def deliver(self, data: bytes) -> bool:
        """Hand over the last part. Returns when the other end has all of it and knows that there is no more.

        True when it has acknowledged all, False when it broke off at the very end and nobody can know. `OSError` before
        that.
        """
        ...

    def abort(self) -> None:
        """Let go of it at once."""
        ...


def put_newest(queue: asyncio.Queue[T], item: T) -> None:
    """Put without waiting: a full queue loses its oldest."""
    if queue.full():
        queue.get_nowait()
    queue.put_nowait(item)
