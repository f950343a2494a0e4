"""What a phone may send to the tester's page, by the one phone that may answer: nothing of it ends the run."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Sequence
from pathlib import Path
from random import Random

import httpx

from lisa_core.domain.model.errors import LisaError
from lisa_core.harness.tester.panel import Kind, Panel
from lisa_core.harness.tester.phone import standing
from lisa_core.harness.tester.phone.place import listen_place
from lisa_core.harness.tester.phone.served import build_phone
from lisa_core.harness.tester.phone.standing import PhoneDesk
from lisa_core.harness.tester.progress import RunProgress
from tests.fuzz.edge import Edge, runner
from tests.fuzz.link_edges import text_of
from tests.fuzz.mutation import damaged
from tests.fuzz.shapes import either, json_text

AT = "192.0.2.5:8443"
PATHS = ("/antwort", "/jetzt", "/koppeln", "/foto/1", "/wechseln")


def said() -> Sequence[bytes]:
    return [
        b'{"number":1,"reply":"gemessen","reason":"91,5 foto.jpg"}',
        b'{"seen":"1.0.0"}',
        b'{"code":"ABCD-EFGH"}',
        b'{"number":1,"reply":"geht nicht"}',
    ]


def take_said(data: bytes, chance: Random) -> None:
    """Answered with a code of its own; only a fitting answer answers."""
    path = chance.choice(PATHS)

    async def sent(folder: Path) -> None:
        panel = Panel(60.0)
        desk = PhoneDesk(panel, RunProgress(), folder, lambda text: None, AT)
        desk.attempt(desk.pairing.code, "192.0.2.7")
        assert desk.pairing.phone
        asking = asyncio.create_task(panel.ask(Kind.NUMBER, "Breite der Tür (cm)"))
        await panel.changed(None)
        headers = {"Origin": f"https://{AT}", "X-Schluessel": desk.pairing.phone.key}
        transport = httpx.ASGITransport(build_phone(desk))
        async with httpx.AsyncClient(transport=transport, base_url=f"https://{AT}", headers=headers) as client:
            answer = await client.post(path, content=data)
        assert answer.status_code in (200, 400, 403, 404, 409, 413, 429)
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)

    held, standing.HOLD_S = standing.HOLD_S, 0.0
    try:
        with tempfile.TemporaryDirectory() as folder:
            runner().run(sent(Path(folder)))
    finally:
        standing.HOLD_S = held


def places() -> Sequence[bytes]:
    return [b"192.168.1.5", b"192.168.1.5:8443", b"[fd00::5]:8443", b"fd00::5", b"127.0.0.1:0"]


def take_place(data: bytes, chance: Random) -> None:
    place = listen_place(text_of(data))
    assert 0 <= place.port <= 65535
    assert place.is_loopback in (True, False)


EDGES = (
    Edge("phone", said, either(json_text, damaged), take_said, 4_000, (), start_s=0.5),
    Edge("phone-place", places, damaged, take_place, 4_000, (LisaError,)),
)
