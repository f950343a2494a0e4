"""A stream cut into lines, each bounded: sans-IO, every byte looked at once."""

from __future__ import annotations

from lisa_core.domain.model.errors import ProtocolError

_MARK = b"\xef\xbb\xbf"
"""How programs on Windows like to begin what they write; it means nothing."""


class LineCutter:
    """Takes pieces of any size and returns whole lines, without their ends (LF or CR LF) and without empty ones."""

    def __init__(self, max_bytes: int) -> None:
        self.number = 0
        """Of the line that was returned last, from 1; empty ones count."""
        self._max_bytes = max_bytes
        self._parts: list[bytes] = []
        self._held = 0

    def feed(self, data: bytes) -> list[tuple[int, bytes]]:
        """The lines that end in `data`, with their numbers. `ProtocolError` for one that is too long, ended or not."""
        *ended, rest = data.split(b"\n")
        found = []
        for part in ended:
            whole = b"".join((*self._parts, part))
            self._parts, self._held = [], 0
            self.number += 1
            if line := self._line(whole):
                found.append((self.number, line))
        self._held += len(rest)
        if rest:
            self._parts.append(rest)
        if self._held > self._max_bytes:
            raise self._too_long(self.number + 1)
        return found

    @property
    def unfinished(self) -> bool:
        """Whether a line has begun and not ended."""
        return self._held > 0

    def _line(self, whole: bytes) -> bytes:
        if len(whole) > self._max_bytes:
            raise self._too_long(self.number)
        line = whole.removesuffix(b"\r")
        return line.removeprefix(_MARK) if self.number == 1 else line

    def _too_long(self, number: int) -> ProtocolError:
        return ProtocolError(f"Zeile {number} ist länger als {self._max_bytes} Byte")
