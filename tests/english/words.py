"""What gives a German sentence away: its little words, and its letters."""

from __future__ import annotations

import re

GERMAN = frozenset(
    (  # noqa: SIM905  # a list of so many words is no easier to read
        "der das den dem und oder aber nicht ist sind wird werden kein keine keinen ein eine einen einem einer für mit "
        "von vom zum zur auf aus bei bis nur noch schon wie wenn dann weil wer hier dort sich es er sie als im ins "
        "nach vor ohne seit gibt hat haben kann muss lässt fehlt steht liegt zu je sein seine ihre dieser diese"
    ).split()
)
"""Not among them: what is English too (in, an, die, war, was, so)."""
_NAME = re.compile(r"\S*[_/.@=]\w\S*|--\w+|\[\[?\w+\]?\]")
"""Keys, files, addresses and options are called as they are."""


def german_words(text: str) -> set[str]:
    """What of a text no English sentence has."""
    words = set(re.findall(r"[^\W\d_]+", _NAME.sub("", text)))
    return {word for word in words if word.lower() in GERMAN or re.search("[äöüßÄÖÜ]", word)} | set(
        re.findall("„", text)
    )
