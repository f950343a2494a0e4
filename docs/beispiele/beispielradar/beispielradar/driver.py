"""The driver: connects to `socket://host:port` and reads lines."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterator

from lisa_core.equipment.drivers.contract import (
    Address,
    DeviceFault,
    DeviceIdentity,
    Driver,
    Given,
    Grammar,
    Option,
    Presence,
    PresenceReport,
    Serves,
    read_address,
)

BINDING = Grammar("socket://rechner:7000", {"socket": 7000})
SILENCE_S = 1.0
MAX_LINE = 64


class LineRadar:
    """The radar; fulfils `Presence`. Whoever reads its reports has a connection of its own."""

    def __init__(self, address: Address, reach_cm: int) -> None:
        self._address, self._reach_cm = address, reach_cm

    async def reports(self) -> AsyncGenerator[PresenceReport, None]:
        """Report for ever. Faults `presence.silent`, `link.lost`."""
        reader, writer = await self.connect()
        try:
            while True:
                async with asyncio.timeout(SILENCE_S):
                    moving, still = (await reader.readuntil()).decode("ascii").split()
                yield PresenceReport(self._seen(moving), self._seen(still), 50, 50)
        except TimeoutError:
            raise DeviceFault("presence.silent", "Beispielradar: es meldet nichts.", retryable=True) from None
        except (OSError, ValueError, asyncio.IncompleteReadError, asyncio.LimitOverrunError) as error:
            raise DeviceFault("link.lost", f"Beispielradar: {error}", retryable=True) from error
        finally:
            writer.close()

    async def identify(self) -> DeviceIdentity:
        """It says nothing of itself."""
        return DeviceIdentity("Beispiel", "Linienradar")

    async def connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Connect. Fault `link.missing`."""
        try:
            return await asyncio.open_connection(self._address.host, self._address.port, limit=MAX_LINE)
        except OSError as error:
            raise DeviceFault("link.missing", f"Beispielradar: {error}", retryable=True) from error

    def _seen(self, text: str) -> int | None:
        return int(text) if text != "-" and int(text) <= self._reach_cm else None


@contextlib.asynccontextmanager
async def open_radar(binding: str, options: Given) -> AsyncIterator[LineRadar]:
    """Open the radar; one that is not there is told at once."""
    radar = LineRadar(read_address(binding, BINDING), int(options["reach_cm"]))
    _, writer = await radar.connect()
    writer.close()
    yield radar


DRIVER = Driver(
    "beispielradar",
    (Serves(Presence),),
    BINDING,
    open_radar,
    (Option("reach_cm", int, "so weit entfernt wird jemand noch gesehen, in Zentimetern", 300, least=50, most=900),),
    emulated="beispielradar",
)
