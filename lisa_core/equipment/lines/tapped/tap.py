"""The one place that every line passes when it is opened: there its traffic may be kept, or come from a recording.

A driver opens its line as ever and knows nothing of it; so the driver of somebody else is heard as ours are, as long as
it speaks through these lines. `tapped` holds while a driver is opened. A line asks once, when it is made, and keeps
what it found for its life, also when it is lost and dialled again. No tap is the usual case and costs one look.
"""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable, Iterator
from contextvars import ContextVar
from typing import Protocol, TypeVar

from lisa_core.equipment.lines.hid import HidLine
from lisa_core.equipment.lines.stream import ByteStream, DatagramLine, Dialogue, NetworkStream
from lisa_core.equipment.lines.tapped.request import HttpQuestion, Reply

T = TypeVar("T")
Dial = Callable[[], Awaitable[T]]
Ask = Callable[[HttpQuestion], Awaitable[Reply]]


class Tap(Protocol):
    """Stands between a driver and its lines. `dial` reaches the device itself; a recording never calls it."""

    plays: bool
    """Whether it is a recording that answers: then nothing may go out."""

    async def stream(self, dial: Dial[ByteStream]) -> NetworkStream: ...

    async def dialogue(self, dial: Dial[Dialogue]) -> Dialogue: ...

    async def hid(self, dial: Dial[HidLine]) -> HidLine: ...

    async def datagrams(self, dial: Dial[DatagramLine]) -> DatagramLine: ...

    async def ask(self, asked: HttpQuestion, ask: Ask) -> Reply: ...


_TAP: ContextVar[Tap | None] = ContextVar("tap", default=None)


def present_tap() -> Tap | None:
    """What listens where a driver is being opened now; None: nobody."""
    return _TAP.get()


@contextlib.contextmanager
def tapped(tap: Tap | None) -> Iterator[None]:
    """Lines that are opened meanwhile, and by tasks that begin meanwhile, pass this tap."""
    token = _TAP.set(tap)
    try:
        yield
    finally:
        _TAP.reset(token)
