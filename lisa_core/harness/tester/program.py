"""The tester's side of a run: the panel, the terminal, and a page: on loopback, or on a phone in the booth."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from lisa_core.harness.tester.panel import Panel
from lisa_core.harness.tester.progress import RunProgress
from lisa_core.harness.tester.terminal import Tell, listen_on_terminal


@dataclass(frozen=True, slots=True)
class PhoneWish:
    """`--listen`: where, how far the run is, and where photographs go."""

    listen: str
    progress: RunProgress
    photos: Path


@contextlib.asynccontextmanager
async def open_tester(limit_s: float, tell: Tell, phone: PhoneWish | None = None) -> AsyncIterator[Panel]:
    """Ask testers until the context ends; `tell` shows them a line where the run is shown.

    Raises `MachineError` where the phone's page cannot be served at its address.
    """
    panel = Panel(limit_s)
    async with _page(panel, tell, phone):
        listening = asyncio.create_task(listen_on_terminal(panel, tell))
        try:
            yield panel
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)


@contextlib.asynccontextmanager
async def _page(panel: Panel, tell: Tell, phone: PhoneWish | None) -> AsyncIterator[None]:
    if phone is not None:
        from lisa_core.harness.tester.phone.opened import open_phone  # loads what makes certificates
        from lisa_core.harness.tester.phone.place import listen_place

        async with open_phone(panel, listen_place(phone.listen), phone.progress, phone.photos, tell):
            yield
        return
    from lisa_core.harness.tester.page import build_page
    from lisa_core.web.asgi import listening_socket, serve

    async with serve(build_page(panel), listening_socket("127.0.0.1", 0)) as address:
        tell(f"Aufforderungen an die Prüferin stehen hier und unter http://{address}/")
        yield
