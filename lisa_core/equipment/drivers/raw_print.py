"""Driver for the slot `printer`: any network printer that takes PDF on its raw port. Binding socket://host:port (9100).

AppSocket ("JetDirect"): the job is written to the connection, the sending side is closed, and the printer closes its
own when it has taken everything. There is no answer beyond that.

Some printers take a connection for an empty job. So it is only looked for until it answered once, and again after it
did not: whoever is told that it is missing hears that it is back.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from lisa_core.domain.model.errors import DeviceFault
from lisa_core.equipment.codecs.pjl import PrintJob, write_job
from lisa_core.equipment.slots.devices import Printer
from lisa_core.equipment.slots.driver import Driver, Given, Option, Serves, chosen
from lisa_core.host.address import RAW_PORT, read_address

LOOK_S = 2.0
"""Seconds for a connection: a printer that is there takes it at once."""


@dataclass(slots=True)
class RawPrinter:
    """A printer behind an address. Fulfils `equipment.slots.devices.Printer`; connects for each job."""

    host: str
    port: int
    timeout_s: float
    _there: bool = field(default=False, init=False)

    async def hand_out(self, document: bytes, title: str) -> None:
        """Print a PDF; returns when the printer has taken all of it.

        Faults `printer.offline` when it cannot be reached, `printer.io` when it breaks off or does not finish in time.
        """
        reader, writer = await self._connect(self.timeout_s)
        try:
            async with asyncio.timeout(self.timeout_s):
                writer.write(write_job(PrintJob(title, document)))
                await writer.drain()
                writer.write_eof()
                while await reader.read(4096):
                    pass  # status lines of the printer, which nobody asked for
        except TimeoutError as error:
            text = f"hat den Auftrag nach {self.timeout_s:g} s nicht abgenommen. Papier und Anzeige prüfen."
            raise self._fault("printer.io", text) from error
        except OSError as error:
            raise self._fault("printer.io", "hat den Auftrag abgebrochen. Noch einmal drucken.") from error
        finally:
            writer.transport.abort()

    async def check(self) -> None:
        """Return if it answered when it was last needed or looked for; else look. Fault `printer.offline`."""
        if not self._there:
            _, writer = await self._connect(min(LOOK_S, self.timeout_s))
            writer.transport.abort()

    async def _connect(self, within_s: float) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        self._there = False
        try:
            async with asyncio.timeout(within_s):
                found = await asyncio.open_connection(self.host, self.port)
        except (OSError, TimeoutError, UnicodeError) as error:  # the last for a name that can be none
            raise self._fault("printer.offline", "nicht erreichbar. Eingeschaltet, Adresse richtig?") from error
        self._there = True
        return found

    def _fault(self, code: str, text: str) -> DeviceFault:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return DeviceFault(code, f"Drucker socket://{host}:{self.port}: {text}", retryable=True)


@contextlib.asynccontextmanager
async def open_raw_print(binding: str, options: Given) -> AsyncIterator[RawPrinter]:
    """Open the printer at socket://host[:port]. Nothing is sent before the first sheet.

    Raises `ProfileError` for an address or option that cannot be used.
    """
    address, options = read_address(binding, RAW_PORT), chosen(OPTIONS, options)
    yield RawPrinter(address.host, address.port, float(options["timeout_s"]))


OPTIONS = (Option("timeout_s", float, "so lange darf ein Auftrag dauern, in Sekunden", 30.0, least=0.01, most=3_600),)
DRIVER = Driver("raw-print", (Serves(Printer),), RAW_PORT, open_raw_print, OPTIONS, can=("pdf",))
