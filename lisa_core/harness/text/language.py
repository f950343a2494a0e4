"""The language of the sentences for people: German, or English with `--lang en`. Ids and feature files stay German.

Every sentence stands in the code in German, as `say("Den Schritt „{step}“ gibt es nicht.", step=...)`; its English
twin is looked up by it in english.py, and a test compares both.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Literal

Language = Literal["de", "en"]
_chosen: list[Language] = ["de"]


def choose(language: str) -> None:
    """From now on `say` speaks this language; anything that is not "en" is German."""
    _chosen[0] = "en" if language == "en" else "de"


def spoken() -> Language:
    """The language that `say` speaks."""
    return _chosen[0]


@contextlib.contextmanager
def speaking(language: str) -> Iterator[None]:
    """Meanwhile `say` speaks this language."""
    before = spoken()
    choose(language)
    try:
        yield
    finally:
        choose(before)


def in_digits(number: str) -> str:
    """A number written with a decimal point, as the chosen language writes it."""
    return number if _chosen[0] == "en" else number.replace(".", ",")


def say(german: str, **values: object) -> str:
    """The sentence in the chosen language, with its `{values}` filled in."""
    if _chosen[0] == "en":
        from lisa_core.harness.text.english import ENGLISH

        german = ENGLISH.get(german, german)
    return german.format(**values)


def declared(german: str) -> str:
    """What a slot or a driver declares of itself, in the chosen language; in German where it has no English twin."""
    if _chosen[0] == "de":
        return german
    from lisa_core.harness.text.english.declared import DECLARED

    return DECLARED.get(german, german)
