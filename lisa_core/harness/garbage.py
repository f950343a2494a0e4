"""The garbage collector during the start and the end of a short program: it looks through everything and finds nothing.

While modules are imported hundreds of thousands of objects are made and none is garbage; the collector looks through
them again and again (`lisa run` of one scenario in memory: 180 of 1,450 ms of CPU), at the end once more (170 ms). What
stays for good is put aside (`gc.freeze`), so that the collections in between need not look at it either.
"""

from __future__ import annotations

import gc
from collections.abc import Sequence

SHORT = frozenset(
    {
        *("compare", "countersign", "doctor", "gate", "history", "lint", "merge", "migrate", "new", "profile", "run"),
        *("steps", "verify"),
    }
)
"""The commands that end by themselves. A booth and an exchange collect as ever: what they let go of is overwritten."""


def start_uncollected(arguments: Sequence[str]) -> None:
    """Called before anything is imported, with the words of the command line."""
    if is_short(arguments):
        gc.disable()


def is_short(arguments: Sequence[str]) -> bool:
    return not arguments or arguments[0].startswith("-") or arguments[0] in SHORT


def settle() -> None:
    """All is imported: from here on what is made anew is collected."""
    gc.freeze()
    gc.enable()


def unsettle() -> None:
    """As it was before `settle`, for a process that goes on."""
    gc.unfreeze()
    gc.enable()


def end_uncollected(arguments: Sequence[str]) -> None:
    """The process ends: the system takes back all of its memory at once."""
    if is_short(arguments):
        gc.freeze()
