"""Dialling an exchange that has several addresses: all at once, and whoever answers first is the one that works.

Of two exchanges on one database only one listens. A computer that is gone answers nothing at all, so asking one after
the other would wait for it each time.
"""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import Sequence

from lisa_core.domain.model.errors import DeviceFault
from lisa_core.wire.channel import Channel
from lisa_core.wire.uplink import Dial

REST_S = 3.0
"""Seconds that those who are silent have when another one has refused. A computer that is gone never answers, and the
other one may listen again meanwhile."""


def first_of(dials: Sequence[Dial]) -> Dial:
    """A way to whichever answers first. If none does it raises what one of them raised: who answered and is not to be
    trusted says more than whoever is silent, and of equals the first address counts, so that it does not change."""
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
    waiting, limit_s = set(asked), None
    while waiting:
        done, waiting = await asyncio.wait(waiting, timeout=limit_s, return_when=asyncio.FIRST_COMPLETED)
        for one in done:
            with contextlib.suppress(DeviceFault):
                return one.result()
        if not done:
            break
        limit_s = REST_S
    raise max([fault for one in asked if one.done() and (fault := one.exception())], key=_is_of_tls)


def _is_of_tls(fault: BaseException) -> bool:
    return isinstance(fault.__cause__, ssl.SSLError)


async def _let_go(asked: Sequence[asyncio.Future[Channel]], taken: Channel | None) -> None:
    """Who answered as well is told goodbye."""
    for found in await asyncio.gather(*asked, return_exceptions=True):
        if not isinstance(found, BaseException) and found is not taken:
            with contextlib.suppress(DeviceFault):
                await found.aclose()
