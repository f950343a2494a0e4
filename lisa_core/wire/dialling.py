"""Dialling an exchange that has several addresses: all at once, and whoever answers first is the one that works.

Of two exchanges on one database only one listens. A computer that is gone answers nothing at all, so asking one after
the other would wait for it each time.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence

from lisa_core.domain.model.errors import DeviceFault
from lisa_core.wire.channel import Channel, lost
from lisa_core.wire.uplink import Dial


def first_of(dials: Sequence[Dial]) -> Dial:
    """A way to whichever answers first. Raises what the last one raised if none does."""
    if len(dials) == 1:
        return dials[0]

    async def dial() -> Channel:
        asked = [asyncio.ensure_future(one()) for one in dials]
        found: Channel | None = None
        try:
            found = await _first(asked)
            return found
        finally:
            for one in asked:
                one.cancel()
            await _let_go(asked, found)

    return dial


async def _first(asked: Sequence[asyncio.Future[Channel]]) -> Channel:
    fault = lost("nobody answers")
    for one in asyncio.as_completed(asked):
        try:
            return await one
        except DeviceFault as error:
            fault = error
    raise fault


async def _let_go(asked: Sequence[asyncio.Future[Channel]], taken: Channel | None) -> None:
    """Who answered as well is told goodbye."""
    for found in await asyncio.gather(*asked, return_exceptions=True):
        if not isinstance(found, BaseException) and found is not taken:
            with contextlib.suppress(DeviceFault):
                await found.aclose()
