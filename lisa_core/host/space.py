"""Room on the disk: looked at now and then, so that a full one is foretold."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

LOW = 256 * 1024 * 1024
"""Bytes left below which whoever runs the place is told to make room."""
RESERVE = 16 * 1024 * 1024
"""Bytes kept free for the event log, so that talks go on; with less left, no application is taken in."""
LOOK_EVERY_S = 60.0
WRITE_AGAIN_S = 1.0
"""Seconds until a write that failed, because the disk is full, is tried again."""


@dataclass(frozen=True, slots=True)
class TryAgain:
    """An item for a program's queue: the time has come to try to write again."""


@dataclass(frozen=True, slots=True)
class Space:
    """How much room is left on the disk of a data folder, in bytes."""

    free: int

    @property
    def low(self) -> bool:
        return self.free < LOW

    @property
    def told(self) -> str:
        """For whoever runs the place."""
        if not self.low:
            return f"Es ist wieder genug Platz auf dem Datenträger ({self.free // 2**20} MB)."
        return (
            f"Auf dem Datenträger sind nur noch {self.free // 2**20} MB frei. Platz schaffen: Ist er voll, laufen "
            "Gespräche weiter, aber Anträge werden nicht mehr angenommen."
        )


def space(folder: Path) -> Space:
    """The room that this program may still use there. Raises `OSError`."""
    found = os.statvfs(folder)
    return Space(found.f_bavail * found.f_frsize)


async def spaces(folder: Path) -> AsyncIterator[Space]:
    """While there is little room, every minute how much; once more when there is enough again."""
    was_low = False
    while True:
        try:
            now = space(folder)
        except OSError:  # the folder itself is gone: whoever writes there next says so
            now = Space(0)
        if now.low or was_low:
            yield now
        was_low = now.low
        await asyncio.sleep(LOOK_EVERY_S)
