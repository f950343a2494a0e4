"""Driver for the slot `printer`: any network printer that takes PDF on its raw port. Binding socket://host:port (9100).

AppSocket ("JetDirect"): the job is written to the connection and the sending side is closed. When the printer has taken
all of it, it is handed over: whether it closes its own side, keeps it or resets it says nothing, and a job that is sent
again is a second sheet. What it says meanwhile is read (`codecs.printer_status`); only for that a job is told failed.
A printer that answers is asked how it is before it gets a sheet: one without paper would print it for the next visitor.

Some printers take a connection for an empty job. So it is only looked for until it answered once, and again after it
did not: whoever is told that it is missing hears that it is back.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lisa_core.domain.model.errors import DeviceFault
from lisa_core.equipment.codecs.pjl import ASK_STATUS, PrintJob, write_job
from lisa_core.equipment.drivers.print_talk import PrintTalk
from lisa_core.equipment.slots.devices import Printer
from lisa_core.equipment.slots.driver import Driver, Evidence, Given, Option, Serves, Tried, chosen
from lisa_core.host.address import RAW_PORT, read_address

if TYPE_CHECKING:
    from lisa_core.equipment.lines.stream import Dialogue
    from lisa_core.equipment.lines.tapped.tap import Dial

LOOK_S = 2.0
"""Seconds for a connection: a printer that is there takes it at once."""
ASK_S = 0.5
"""Seconds for the first answer of a printer that may be one that never answers."""


@dataclass(slots=True)
class RawPrinter:
    """A printer behind an address. Fulfils `equipment.slots.devices.Printer`; connects for each job."""

    place: str
    """Host and port, as an address has them."""
    dial: Dial[Dialogue]
    timeout_s: float
    answer_s: float
    _there: bool = field(default=False, init=False)
    _mute: bool = field(default=False, init=False)
    """It has not answered a question, and is not asked again until it says something."""

    async def hand_out(self, document: bytes, title: str) -> None:
        """Print a PDF; returns when the printer has taken all of it, and has printed it if it tells that.

        Faults `printer.offline` when it cannot be reached, `printer.io` when it breaks off or does not finish in time,
        `printer.attention` when somebody has to see to it, `printer.refused` when it is none for this driver.
        """
        line = await self._connect(self.timeout_s)
        talk, taken, acknowledged = PrintTalk(line), False, False
        try:
            async with asyncio.timeout(self.timeout_s), talk.listening():
                if not self._mute:
                    await self._ask(line, talk)
                acknowledged = await line.deliver(write_job(PrintJob(title, document)))
                taken = True
                await talk.until_told(self.answer_s)
        except TimeoutError as error:
            if not taken and not talk.trouble(taken):
                text = f"hat den Auftrag nach {self.timeout_s:g} s nicht abgenommen. Papier und Anzeige prüfen."
                raise self._fault("printer.io", text) from error
        except OSError as error:
            if not taken and not talk.trouble(taken):
                text = "hat den Auftrag abgebrochen, bevor er ganz da war. Noch einmal drucken."
                raise self._fault("printer.io", text) from error
        finally:
            line.abort()
            self._mute = self._mute and not talk.answered.is_set()
        if trouble := talk.trouble(taken):
            raise self._fault(*trouble)
        if not acknowledged:
            text = "hat aufgelegt, als der Auftrag fast ganz da war. Nachsehen, ob er gedruckt ist, ehe er noch einmal"
            raise self._fault("printer.attention", f"{text} gedruckt wird.")

    async def check(self) -> None:
        """Return if it answered when it was last needed or looked for; else look. Fault `printer.offline`."""
        if not self._there:
            line = await self._connect(min(LOOK_S, self.timeout_s))
            line.abort()

    async def _ask(self, line: Dialogue, talk: PrintTalk) -> None:
        """Raises `OSError` for one that is to get no job."""
        await line.send(ASK_STATUS)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(min(ASK_S, self.timeout_s)):
                await talk.settled.wait()
        self._mute = not talk.answered.is_set()
        if talk.trouble(taken=False):
            raise OSError("it is not ready")

    async def _connect(self, within_s: float) -> Dialogue:
        self._there = False
        try:
            async with asyncio.timeout(within_s):
                line = await self.dial()
        except (OSError, TimeoutError, UnicodeError) as error:  # the last for a name that can be none
            raise self._fault("printer.offline", "nicht erreichbar. Eingeschaltet, Adresse richtig?") from error
        self._there = True
        return line

    def _fault(self, code: str, text: str) -> DeviceFault:
        text = f"Drucker socket://{self.place}: {text}"
        return DeviceFault(code, text, retryable=code != "printer.refused")


@contextlib.asynccontextmanager
async def open_raw_print(binding: str, options: Given) -> AsyncIterator[RawPrinter]:
    """Open the printer at socket://host[:port]. Nothing is sent before the first sheet.

    Raises `ProfileError` for an address or option that cannot be used.
    """
    from lisa_core.equipment.lines.dialogue import dialler  # needs what only POSIX has

    address, options = read_address(binding, RAW_PORT), chosen(OPTIONS, options)
    dial = dialler(address.host, address.port)
    yield RawPrinter(address.place, dial, float(options["timeout_s"]), float(options["answer_s"]))


OPTIONS = (
    Option("timeout_s", float, "so lange darf ein Auftrag dauern, in Sekunden", 30.0, least=0.01, most=3_600),
    Option(
        "answer_s", float, "so lange darf der Drucker dann noch etwas dazu sagen, in Sekunden", 2.0, least=0, most=600
    ),
)
EVIDENCE = Evidence(
    "Drucker, die PDF auf ihrem rohen Anschluss nehmen (AppSocket, PJL)",
    Tried.PAPERS,
    "die Beispiele aus dem Handbuch von HP zu PJL",
    (
        "ob ein Drucker PDF nimmt, wie es ist",
        "ob er etwas über seine Aufträge sagt",
    ),
)
DRIVER = Driver("raw-print", (Serves(Printer),), RAW_PORT, open_raw_print, OPTIONS, can=("pdf",), evidence=EVIDENCE)
