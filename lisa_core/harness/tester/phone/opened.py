"""The phone's side of a run, held open as long as the run lasts: certificate, page, code, and who watches the phone."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path

from lisa_core.access.codes import shown_code
from lisa_core.harness.tester.panel import Panel
from lisa_core.harness.tester.phone.certificate import run_certificate
from lisa_core.harness.tester.phone.place import ListenPlace, bound
from lisa_core.harness.tester.phone.served import build_phone
from lisa_core.harness.tester.phone.standing import PhoneDesk
from lisa_core.harness.tester.progress import RunProgress
from lisa_core.harness.text.language import say
from lisa_core.host.address import place_of
from lisa_core.web.asgi import serve


@contextlib.asynccontextmanager
async def open_phone(
    panel: Panel, place: ListenPlace, progress: RunProgress, photos: Path, tell: Callable[[str], None]
) -> AsyncIterator[PhoneDesk]:
    """Serve the page at this place. Raises `MachineError` where it cannot be served there."""
    listening = bound(place)
    at = place_of(place.host, listening.getsockname()[1])
    certificate = run_certificate(place.host)
    desk = PhoneDesk(panel, progress, photos, tell, at)
    async with serve(build_phone(desk), listening, tls=certificate.tls):
        watching = asyncio.create_task(desk.watch())
        tell(say("Aufforderungen stehen hier und auf einem Telefon im Bürgerbüro: https://{at}/", at=at))
        tell(say("    Code: {code}, für ein Telefon, einmal", code=shown_code(desk.pairing.code)))
        tell(
            say(
                "    Das Telefon warnt vor dem Zertifikat, das nur für diesen Lauf gemacht ist. Sein SHA-256 muss sein:"
            )
        )
        tell(f"    {certificate.fingerprint}")
        try:
            yield desk
        finally:
            desk.over.set()
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)
