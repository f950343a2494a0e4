"""Room on the disk: looked at now and then, so that a full one is foretold."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

LOW = 256 * 1024 * 1024
"""With less than so many bytes left it is time to make room."""
RESERVE = 16 * 1024 * 1024
"""So many bytes are left to the log, so that talks go on: nothing large is taken in below."""
LOOK_EVERY_S = 60.0


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
