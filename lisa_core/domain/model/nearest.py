"""Did you mean: what follows a sentence about a word that nobody knows."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

CLOSE = 0.6
"""From 0 (nothing in common) to 1 (the same): what counts as the same word mistyped."""


def nearest_word(word: str, known: Iterable[str], cutoff: float = CLOSE) -> str:
    """The known word that looks most like `word`, in whatever case; "" where none does.

    Of several equally close ones that which has the same letters: two were typed the wrong way round.
    """
    written, typed = {name.lower(): name for name in known}, word.lower()
    close = difflib.get_close_matches(typed, list(written), n=3, cutoff=cutoff)
    turned = [name for name in close if sorted(name) == sorted(typed)]
    return written[(turned or close)[0]] if close else ""


def nearest(word: str, known: Iterable[str]) -> str:
    """ " Meinten Sie „x“?", or the list of what is known."""
    names = list(known)
    near = nearest_word(word, names)
    return f" Meinten Sie „{near}“?" if near else f" Bekannt: {', '.join(sorted(names)) or 'nichts'}."
