"""Did you mean: what follows a sentence about a word that nobody knows."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

CLOSE = 0.6
"""From 0 (nothing in common) to 1 (the same): what counts as the same word mistyped."""


def nearest_word(word: str, known: Iterable[str], cutoff: float = CLOSE) -> str:
    """The known word that looks most like `word`, in whatever case; "" where none does."""
    written = {name.lower(): name for name in known}
    close = difflib.get_close_matches(word.lower(), list(written), n=1, cutoff=cutoff)
    return written[close[0]] if close else ""


def nearest(word: str, known: Iterable[str]) -> str:
    """ " Meinten Sie „x“?", or the list of what is known."""
    names = list(known)
    near = nearest_word(word, names)
    return f" Meinten Sie „{near}“?" if near else f" Bekannt: {', '.join(sorted(names)) or 'nichts'}."
