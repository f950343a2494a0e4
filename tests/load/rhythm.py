"""When people do something: the rhythm of a load, which no event gives. What a program does is never waited for so."""

from __future__ import annotations

import asyncio


async def later(seconds: float) -> None:
    """So much time passes."""
    due = asyncio.Event()
    timer = asyncio.get_running_loop().call_later(seconds, due.set)
    try:
        await due.wait()
    finally:
        timer.cancel()
