"""Did you mean: what follows a sentence about a word that nobody knows."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def nearest(word: str, known: Iterable[str]) -> str:
    """ " Meinten Sie „x“?", or the list of what is known."""
    written = {name.lower(): name for name in known}
    close = difflib.get_close_matches(word.lower(), list(written), n=1)
    listed = ", ".join(sorted(written.values()))
    return f" Meinten Sie „{written[close[0]]}“?" if close else f" Bekannt: {listed or 'nichts'}."
