"""SoJuS beside a booth that is tried out: what `lisa up` starts too, with invented places and people, gone with it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from lisa_core.access.opening import open_access
from lisa_core.config.landkreis.office_portal import Beside
from lisa_core.host.clock import Clock
from lisa_core.host.temporary import temporary
from lisa_core.web.asgi import listening_socket
from sojus.cli.start import PLACE, demonstrated
from sojus.config.privacy_file import load_privacy
from sojus.demo import demo_directory, rules
from sojus.portal.program import open_portal, serve_portal

TOLD, NAME = "SoJuS, Plätze und Hilfen", "SoJuS"
OFFICES = {"jugendamt": "amt-uckermark"}
"""At whose desks it is opened in a talk, and whom of the invented people she is there."""


@contextlib.asynccontextmanager
async def open_beside(clock: Clock, desks: Sequence[str]) -> AsyncIterator[Beside]:
    """`clock`: of what is played there, so that both have the same day. `desks`: their origins."""
    ahead = clock.instant().civil - datetime.now(ZoneInfo(PLACE))

    def now() -> datetime:
        return datetime.now(ZoneInfo(PLACE)) + ahead

    async with contextlib.AsyncExitStack() as stack:
        place = stack.enter_context(temporary())
        opening = open_portal(place, rules().vocabularies, demo_directory(), load_privacy(), now)
        portal = await stack.enter_async_context(opening)
        people = await asyncio.to_thread(demonstrated, portal)
        access = stack.enter_context(open_access(place, Clock(ZoneInfo(PLACE))))
        serving = serve_portal(portal, listening_socket("127.0.0.1", 0), access, people=people, desks=desks)
        address = f"http://{await stack.enter_async_context(serving)}/"
        yield Beside(TOLD, address, NAME, {office: f"{address}?als={one}" for office, one in OFFICES.items()})
