"""VISCA out of a stream of bytes: whole messages, whatever lies between them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from lisa_core.equipment.codecs.visca.replies import From, read_reply
from lisa_core.equipment.codecs.visca.requests import LONGEST, To, UnknownCommand, read_request

M = TypeVar("M")


class _Parser(Generic[M]):
    """Takes bytes in pieces of any size, returns whole messages, and skips what is none."""

    def __init__(self, read: Callable[[bytes], M | None]) -> None:
        self.skipped = 0
        """Bytes that belonged to no message."""
        self._read = read
        self._begun = b""

    def feed(self, data: bytes) -> list[M]:
        """The messages that end in these bytes."""
        *ended, rest = (self._begun + data).split(b"\xff")
        found = [message for frame in ended if (message := self._last_in(frame)) is not None]
        self._begun = rest[-LONGEST:]
        self.skipped += len(rest) - len(self._begun)
        return found

    def _last_in(self, frame: bytes) -> M | None:
        """What stands before an FF: a message begins as late as it can, unless it then would mean nothing."""
        unclear: M | None = None
        for start in range(len(frame) - 2, max(-1, len(frame) - LONGEST), -1):
            if (message := self._read(frame[start:])) is None:
                continue
            if not (isinstance(message, To) and isinstance(message.request, UnknownCommand)):
                self.skipped += start
                return message
            unclear = message if start == 0 else None
        self.skipped += 0 if unclear is not None else len(frame) + 1
        return unclear


class CommandParser(_Parser[To]):
    """The camera's end."""

    def __init__(self) -> None:
        super().__init__(read_request)


class ReplyParser(_Parser[From]):
    """The end that asks."""

    def __init__(self) -> None:
        super().__init__(read_reply)
