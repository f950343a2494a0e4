"""The event log of a simulation: canonical JSON lines, who and what, no content; and the digest over all of them."""

from __future__ import annotations

import hashlib
import re
from typing import TextIO

_BATCH = 4096
_LINE = re.compile(r'^\[\d+,"[\w./~-]*","[a-z_.]+","[\w./~:-]*"\]$', re.ASCII | re.MULTILINE)


class Ledger:
    """Lines `[now_us,"who","what","detail"]`. Kept only on request: a nation's day is millions of them.

    A line that holds anything but ids and names of events is `strange`: content has no place here (I16).
    """

    __slots__ = ("_hash", "_lines", "_sink", "count", "kept", "strange")

    def __init__(self, *, keep: bool = False, sink: TextIO | None = None) -> None:
        self.kept: list[str] | None = [] if keep else None
        self.count = self.strange = 0
        self._sink = sink
        self._lines: list[str] = []
        self._hash = hashlib.sha256()

    def note(self, now_us: int, who: str, what: str, detail: str = "") -> None:
        lines = self._lines
        lines.append(f'[{now_us},"{who}","{what}","{detail}"]\n')
        if len(lines) >= _BATCH:
            self._flush()

    def digest(self) -> str:
        """The SHA-256 (hex) of every line so far."""
        self._flush()
        return self._hash.hexdigest()

    def _flush(self) -> None:
        text = "".join(self._lines)
        self._hash.update(text.encode())
        self.count += len(self._lines)
        self.strange += len(self._lines) - len(_LINE.findall(text))
        if self.kept is not None:
            self.kept += self._lines
        if self._sink is not None:
            self._sink.write(text)
        self._lines.clear()
