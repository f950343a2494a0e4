"""What can be provoked without end is told the administration at most once a minute for each kind and place."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable

SELDOM_S = 60.0


class Seldom:
    """`note` is called with the name and subject of an entry; there are only as many of both as we make ourselves."""

    def __init__(self, note: Callable[[str, str], None]) -> None:
        self._note, self._noted = note, dict[tuple[str, str], float]()

    def tell(self, name: str, subject: str = "") -> None:
        """Note it, unless that was done a moment ago."""
        now_s = asyncio.get_running_loop().time()
        if now_s - self._noted.get((name, subject), -math.inf) >= SELDOM_S:
            self._note(name, subject)
            self._noted[name, subject] = now_s
