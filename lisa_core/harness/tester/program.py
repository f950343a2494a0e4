"""The tester's side of a run: the panel, its page on loopback, and the terminal."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

from lisa_core.harness.tester.page import build_page
from lisa_core.harness.tester.panel import Panel
from lisa_core.harness.tester.terminal import Tell, listen_on_terminal
from lisa_core.web.asgi import listening_socket, serve


@contextlib.asynccontextmanager
async def open_tester(limit_s: float, tell: Tell) -> AsyncIterator[Panel]:
    """Ask testers until the context ends; `tell` shows them a line where the run is shown."""
    panel = Panel(limit_s)
    async with serve(build_page(panel), listening_socket("127.0.0.1", 0)) as address:
        listening = asyncio.create_task(listen_on_terminal(panel, tell))
        tell(f"Aufforderungen an die Prüferin stehen hier und unter http://{address}/")
        try:
            yield panel
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)
