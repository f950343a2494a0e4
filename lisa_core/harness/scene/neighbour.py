"""Another booth of the Landkreis, as far as the exchange sees one: somebody waits there, talks to an agent, and leaves.

It has no devices and sends no picture: it is there so that a place in the queue is not the first, and a desk not free.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from typing import TypeVar

from lisa_core.domain.model.directory import Directory
from lisa_core.domain.model.errors import HarnessError
from lisa_core.domain.model.ids import CallId, SiteId, VisitId
from lisa_core.host.patience import PATIENCE_S, patience
from lisa_core.wire import messages as m
from lisa_core.wire.envelope import Envelope
from lisa_core.wire.uplink import Dial, LinkUp, Uplink

T = TypeVar("T")
TOWN = "Bürgerbüro "
"""What stands before the town in the name of a site."""


class Neighbour:
    """`heard` is what the exchange has said of the call that was placed last, the newest last."""

    def __init__(self, site: SiteId, town: str, dial: Dial) -> None:
        self.town = town
        self.connected = False
        self.heard: list[m.Message] = []
        self._visits = 0
        self._site, self._call = site, CallId("")
        self._uplink = Uplink(dial, lambda seen: m.BoothHello(site, f"nachbar-{site}", seen, secret=f"nachbar-{site}"))
        self._change = asyncio.Event()

    @property
    def talks(self) -> bool:
        """Whether an agent has taken the call."""
        return any(isinstance(body, m.Answered) for body in self.heard)

    def call(self) -> None:
        """Somebody has come in: the front desk is called."""
        self._visits += 1
        visit = VisitId(f"{self._site}-{self._visits}")
        self._call = CallId(f"{visit}/1")
        self.heard.clear()
        self._uplink.send(m.PlaceCall(visit), self._call)

    def leave(self) -> None:
        """Whoever was there has left. Raises `HarnessError` where nobody was."""
        if not self._call:
            before = f"Davor „Angenommen im Bürgerbüro {self.town} wartet schon jemand“ schreiben."
            raise HarnessError(f"Im Bürgerbüro {self.town} ist niemand. {before}")
        self._uplink.send(m.CancelCall("citizen"), self._call)
        self._call = CallId("")

    async def until(self, condition: Callable[[Neighbour], T], what: str) -> T:
        """Wait until it is so. Raises `AssertionError` with `what`."""
        try:
            async with patience(PATIENCE_S):
                while not (found := condition(self)):
                    await self._change.wait()
                return found
        except TimeoutError:
            raise AssertionError(f"Bürgerbüro {self.town}: {what} – nicht innerhalb von {PATIENCE_S:g} s") from None

    async def run(self) -> None:
        """Stay connected until cancelled."""
        link = asyncio.create_task(self._uplink.run())
        try:
            while True:
                item = await self._uplink.inbox.get()
                if isinstance(item, Envelope):
                    self.heard += [item.body] if item.call == self._call else []
                else:
                    self.connected = isinstance(item, LinkUp)
                self._change.set()
                self._change = asyncio.Event()
        finally:
            link.cancel()
            await asyncio.gather(link, return_exceptions=True)


@contextlib.asynccontextmanager
async def open_neighbour(directory: Directory, town: str, here: SiteId, dial: Dial) -> AsyncIterator[Neighbour]:
    """Connected when this returns. Raises `HarnessError` where the Landkreis has no such booth, or only the one
    `here`."""
    site = next((site.id for site in directory.sites.values() if site.name.removeprefix(TOWN) == town), None)
    if site is None:
        known = ", ".join(site.name.removeprefix(TOWN) for site in directory.sites.values())
        raise HarnessError(f"Das Bürgerbüro „{town}“ gibt es nicht. Es gibt: {known}.")
    if site == here:
        raise HarnessError(f"Das Bürgerbüro {town} ist das, in dem geprüft wird. Ein anderes nennen.")
    booth = Neighbour(site, town, dial)
    task = asyncio.create_task(booth.run())
    try:
        await booth.until(lambda one: one.connected, "verbunden")
        yield booth
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
