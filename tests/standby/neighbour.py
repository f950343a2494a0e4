"""A booth on the same side of a broken cable as the exchange that is cut off: it goes on reaching that one."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from datetime import UTC

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from lisa_core.access.booths.possession import proof_of
from lisa_core.domain.model.ids import CallId, SiteId, VisitId
from lisa_core.host.program import beside
from lisa_core.wire import messages as m
from lisa_core.wire.channel import certificate_of
from lisa_core.wire.envelope import Envelope
from lisa_core.wire.uplink import Uplink
from tests.nets.town import MONDAY
from tests.standby.two_exchanges import Pair

LYCHEN = SiteId("lychen")
CALL = CallId("lychen-1/1")


class Neighbour:
    """What it says and hears."""

    def __init__(self, uplink: Uplink) -> None:
        self._uplink = uplink

    async def place_call(self) -> None:
        """A citizen comes in."""
        self._uplink.send(m.PlaceCall(VisitId("lychen-1")), CALL)

    async def heard(self) -> list[m.Message]:
        """What has come about her since."""
        found: list[m.Message] = []
        while not self._uplink.inbox.empty():
            item = self._uplink.inbox.get_nowait()
            found += [item.body] if isinstance(item, Envelope) and item.call == CALL else []
        return found


@contextlib.asynccontextmanager
async def neighbour(two: Pair, key: Ed25519PrivateKey) -> AsyncIterator[Neighbour]:
    """Connected, beside the second exchange."""
    public, now = key.public_key().public_bytes_raw().hex(), MONDAY.astimezone(UTC).isoformat()

    def hello(seen: int) -> m.BoothHello:
        return m.BoothHello(LYCHEN, "s1", seen, public, "geheim", now)

    dials = two.dials("127.0.0.1", two.one.address)
    uplink = Uplink(dials, hello, str, lambda said, asked, on: proof_of(key, said, asked, certificate_of(on)))
    async with beside(uplink.run()):
        await uplink.up()
        yield Neighbour(uplink)
