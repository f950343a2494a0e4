"""A running portal as scenarios have it: the program, and everybody who is logged in at it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path

from lisa_core.host.clock import Clock
from lisa_core.host.temporary import temporary_folder
from sojus.domain.model.actors import Actor
from sojus.harness.opening import Opening
from sojus.harness.wire.client import office_inside
from sojus.harness.wire.desk import WireDesk
from sojus.harness.wire.prepared import PASSWORD, add_account, give_in, offices_file
from sojus.harness.wire.program import PortalProgram


class WirePortal:
    """`now` runs along from the hour at which the program was started."""

    def __init__(self, program: PortalProgram, folder: Path, began: datetime) -> None:
        self._program, self._folder, self._clock = program, folder, Clock(began)
        self._address = ""
        self._desks: dict[Actor, WireDesk] = {}

    async def start(self) -> None:
        """At the hour that it is."""
        self._address = await self._program.start(self.now())
        for desk in self._desks.values():
            await desk.go_to(self._address)

    def now(self) -> datetime:
        return self._clock.instant().civil

    async def later(self, span: timedelta) -> None:
        for desk in self._desks.values():
            await desk.leave()
        await self._program.stop()
        self._clock.set_civil(self.now() + span)
        await self.start()

    async def desk(self, actor: Actor) -> WireDesk:
        if actor not in self._desks:
            desk = WireDesk(await add_account(self._folder, actor), PASSWORD)
            await desk.go_to(self._address)
            self._desks[actor] = desk
        return self._desks[actor]

    async def knock(self, actor: Actor | None, *, right: bool) -> str:
        said = None
        if actor is not None:
            said = {"name": await add_account(self._folder, actor), "kennwort": PASSWORD if right else PASSWORD[::-1]}
        return await office_inside(self._address, said)

    async def settle(self) -> None:
        """What was answered is durable and known here; who listens hears of it on the way."""

    async def close(self) -> None:
        """Everybody leaves, then it ends."""
        for desk in self._desks.values():
            await desk.leave()
        await self._program.stop()


@contextlib.asynccontextmanager
async def open_wire(opening: Opening) -> AsyncIterator[WirePortal]:
    """On a folder of its own, gone with the scenario."""
    with ExitStack() as stack:
        folder = temporary_folder(stack, "portal")
        data, offices = folder / "daten", folder / "stellen.toml"
        await asyncio.to_thread(give_in, data, opening)
        offices_file(offices, opening)
        program = PortalProgram(data, offices)
        portal = WirePortal(program, data, opening.now)
        try:
            await portal.start()
            yield portal
            await portal.close()
        finally:
            program.kill()
