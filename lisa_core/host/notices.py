"""Notices for the operator of a program: each is given once, however often its reason occurs."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from lisa_core.host.machine import tell
from lisa_core.host.renames import Rename

_told: dict[str, None] = {}
_silent: list[None] = []
_held: list[list[str]] = []


def tell_once(text: str) -> None:
    """A sentence on the console; nothing when this process has said it before."""
    if text not in _told and not _silent:
        _told[text] = None
        if _held:
            _held[-1].append(text)
        else:
            tell(text)


def told() -> list[str]:
    """What this process has said so far, or holds back."""
    return list(_told)


def hush() -> None:
    """For a process beside which another one meets the same reasons and tells them."""
    _silent.append(None)


@contextlib.contextmanager
def silent() -> Iterator[None]:
    """For who mends what would be told."""
    _silent.append(None)
    try:
        yield
    finally:
        _silent.pop()


@contextlib.contextmanager
def holding() -> Iterator[list[str]]:
    """Hold notices back until the end of this block: pytest swallows what is written while it collects.

    Whoever has a better place for it takes it out of the list.
    """
    _held.append([])
    try:
        yield _held[-1]
    finally:
        for text in _held.pop():
            tell(text)


def tell_renamed(row: Rename, place: str = "", advice: str = "") -> None:
    """That an old word was understood, what it is called now, and what rewrites it; once for each word and place."""
    where = f"{place}: " if place else ""
    text = f"{where}{row.word.value} „{row.old}“ heißt jetzt „{row.new}“; bis Version {row.since} gilt beides."
    tell_once(f"{text} {advice or 'Umschreiben: lisa migrate ORDNER'}")
