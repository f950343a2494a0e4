"""What was said on the lines of a rig: the heads of the last messages, in order, kept for whoever wants to know later.

Nothing is read while a scenario runs; a message costs the copy of its first characters.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from lisa_core.wire.channel import Channel
from lisa_core.wire.uplink import Dial

HEAD = 400
"""How many characters of a message are kept: its name, its call, and what a sentence in it says."""
KEPT = 400
_ACK = '"type":"ack"'
_SECRET, _BODY = '"type":"call.ways"', '"body":'
"""What opens a way at a relay is kept nowhere, not even here: that it came is enough."""


class Head(NamedTuple):
    """The head of one message. `line` counts the connections; `out`: it went to the exchange.

    `line` 0: no message, but the beginning of the step whose number stands there.
    """

    at_us: int
    line: int
    out: bool
    head: str


class Overheard:
    """Listens on every line that is dialled through it; acknowledgements say nothing."""

    def __init__(self, kept: int = KEPT) -> None:
        self._heads: deque[Head] = deque(maxlen=kept)
        self._lines = 0

    def __iter__(self) -> Iterator[Head]:
        return iter(tuple(self._heads))

    def mark(self, step: int, at_us: int) -> None:
        """From here on this step runs."""
        self._heads.append(Head(at_us, 0, False, str(step)))

    def on(self, dial: Dial) -> Dial:
        """The same line, listened to."""

        async def dialled() -> Channel:
            self._lines += 1
            return _Listened(await dial(), self._lines, self._heads)

        return dialled


class _Listened:
    """Fulfils `Channel` around another one."""

    def __init__(self, inner: Channel, line: int, heads: deque[Head]) -> None:
        self._inner, self._line, self._heads = inner, line, heads
        self._now = asyncio.get_running_loop().time

    async def send(self, text: str) -> None:
        self._note(text, True)
        await self._inner.send(text)

    async def receive(self) -> str:
        text = await self._inner.receive()
        self._note(text, False)
        return text

    async def aclose(self) -> None:
        await self._inner.aclose()

    def _note(self, text: str, out: bool) -> None:
        head = text[:HEAD]
        if _SECRET in head:
            head = head.partition(_BODY)[0]
        if _ACK not in head[:64]:
            self._heads.append(Head(round(self._now() * 1_000_000), self._line, out, head))
