"""Words that are of somebody, and where a device repeats them: each is written over, letter for letter. Pure."""

from __future__ import annotations

import re

OVER = "x"
LENGTH = 8
_SHORTEST = 3
"""Letters. Shorter words name nobody, and would spoil what a device says of itself."""
_WORD = re.compile(r"[^\W_]+")


class Names:
    """Those that were met so far."""

    def __init__(self) -> None:
        self._words: set[str] = set()

    def learn(self, text: str) -> str:
        """Each word of this is one. What stands in its place is the same for all: not even their length is told."""
        self._words.update(word for word in map(str.lower, _WORD.findall(text)) if len(word) >= _SHORTEST)
        return OVER * LENGTH

    def over(self, text: str) -> str:
        """This, without them. A display cuts words off: so a beginning of one counts as well, and a longer word."""
        return _WORD.sub(lambda found: OVER * len(found[0]) if self._is_one(found[0].lower()) else found[0], text)

    def _is_one(self, word: str) -> bool:
        return len(word) >= _SHORTEST and any(known.startswith(word) or word.startswith(known) for known in self._words)
