"""Driver for the slot `printer`: any network printer that speaks IPP. Binding ipp://host:631/ipp/print, or ipps://.

Unlike on the raw port a printer is asked here what it takes and how it is, tells what becomes of a job, and takes a job
back (`printer`). Opening asks nothing: the printer may be switched on later than the booth.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator

from lisa_core.equipment.drivers.ipp.printer import IppPrinter, PrintPatience
from lisa_core.equipment.drivers.ipp.talk import IppTalk
from lisa_core.equipment.slots.devices import Printer
from lisa_core.equipment.slots.driver import Driver, Evidence, Given, Option, Serves, Tried, chosen
from lisa_core.host.address import IPP, read_address

EMULATED = "ipp-printer"
PATH = "/ipp/print"
"""Where a printer is found when its address names no path (PWG 5100.14, 4.2.3)."""


@contextlib.asynccontextmanager
async def open_ipp(binding: str, options: Given) -> AsyncIterator[IppPrinter]:
    """Open the printer at ipp://host[:port][/path], or ipps:// over TLS. Nothing is sent before it is asked for.

    Raises `ProfileError` for an address or option that cannot be used.
    """
    from lisa_core.equipment.lines.http import open_http  # httpx is needed where something is opened

    given, address = chosen(OPTIONS, options), read_address(binding, IPP)
    path = address.path if address.path.strip("/") else PATH
    http_address = f"{'https' if address.scheme == 'ipps' else 'http'}://{address.place}{path}"
    patience = PrintPatience(float(given["print_s"]), float(given["poll_s"]), float(given["timeout_s"]))
    fingerprint = str(given.get("fingerprint", ""))
    async with open_http(http_address, timeout_s=patience.answer_s, fingerprint=fingerprint) as http:
        talk = IppTalk(http, f"{address.scheme}://{address.place}{path}")
        yield IppPrinter(talk, patience, unlisted_pdf=bool(given["unlisted_pdf"]))


OPTIONS = (
    Option("timeout_s", float, "so lange darf eine Anfrage dauern, in Sekunden", 10.0, least=0.01, most=3_600),
    Option("print_s", float, "so lange darf ein Auftrag dauern, in Sekunden", 120.0, least=0.01, most=3_600),
    Option("poll_s", float, "so oft wird gefragt, was aus ihm wird, in Sekunden", 0.5, least=0, most=60),
    Option("unlisted_pdf", bool, "PDF auch senden, wenn der Drucker es nicht unter seinen Formaten nennt", False),
    Option("fingerprint", str, "SHA-256 des Zertifikats, wenn das Gerät (ipps) ein eigenes hat"),
)
EVIDENCE = Evidence(
    "Drucker am Netz (IPP Everywhere)",
    Tried.REAL,
    "Auskünfte von sechs echten Druckern, aus öffentlichen Quellen",
    (
        "Eigenheiten einzelner Modelle",
        "ob ein Drucker einen Auftrag erst vergisst, wenn er gedruckt ist",
        "ein Raster von uns: kein echter Drucker hat eines genommen",
    ),
)
DRIVER = Driver(
    "ipp",
    (Serves(Printer),),
    IPP,
    open_ipp,
    OPTIONS,
    emulated=EMULATED,
    can=("pdf", "kennung", "zustand"),
    evidence=EVIDENCE,
)
