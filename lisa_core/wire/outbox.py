"""What waits to be written to one connection, and both directions of a connection as one piece of work."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine

from lisa_core.domain.model.errors import DeviceFault, place_of
from lisa_core.wire.channel import Channel, lost
from lisa_core.wire.logger import Logger

log = Logger("lisa.link")

LAST_WORD_S = 2.0
"""Seconds that a peer whose connection is ended has to read why."""


class Outbox:
    """Texts in order. A text with a `topic` takes the place of the one about it that waits still: the newest wins."""

    def __init__(self) -> None:
        self.size = 0
        """Approximate number of bytes that wait: their characters."""
        self.ended = False
        self.cut = asyncio.Event()
        """Set when nobody needs to wait for the rest to be written."""
        self._texts: dict[int, tuple[str, object]] = {}
        self._topics: dict[object, int] = {}
        self._number = 0
        self._change = asyncio.Event()

    def put(self, text: str, topic: object = None) -> None:
        """Nothing more is taken after the end."""
        if self.ended:
            return
        if topic is not None and (before := self._topics.pop(topic, None)) is not None:
            self.size -= len(self._texts.pop(before)[0])
        self._number += 1
        self._texts[self._number] = (text, topic)
        if topic is not None:
            self._topics[topic] = self._number
        self.size += len(text)
        self._change.set()

    def end(self, last: str = "") -> None:
        """End the connection once this last word is written, and soon in any case."""
        if self.ended:
            return
        if last:
            self.put(last)
        self.ended = True
        self._change.set()
        asyncio.get_running_loop().call_later(LAST_WORD_S, self.cut.set)

    async def get(self) -> str | None:
        """The next text, None at the end."""
        while not self._texts:
            if self.ended:
                return None
            await self._changed()
        number = next(iter(self._texts))
        text, topic = self._texts.pop(number)
        if topic is not None:
            del self._topics[topic]
        self.size -= len(text)
        self._change.set()
        return text

    async def below(self, size: int) -> None:
        """Wait until at most `size` bytes are left to write."""
        while self.size > size:
            await self._changed()

    async def _changed(self) -> None:
        change = self._change
        if change.is_set():
            change = self._change = asyncio.Event()
        await change.wait()


async def both_ways(channel: Channel, outbox: Outbox, reading: Coroutine[object, object, None]) -> None:
    """Write what is put into `outbox` while `reading` goes on; as soon as either ends, both have. Raises its error."""
    tasks = [asyncio.create_task(each) for each in (reading, _write(channel, outbox), outbox.cut.wait())]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        outbox.ended = True
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    reader, writer, _ = tasks
    if not reader.cancelled() and (error := reader.exception()):
        raise error
    if not writer.cancelled() and (error := writer.exception()):
        log.error("not written", error=type(error).__name__, at=place_of(error))
        raise lost("what was to be written could not be") from error


async def _write(channel: Channel, outbox: Outbox) -> None:
    try:
        while (text := await outbox.get()) is not None:
            await channel.send(text)
    except DeviceFault:
        # A loss shows at the reader, too, once everything is read that was said before.
        await outbox.cut.wait()
