"""Driver for the slot `scanner`: any network scanner that speaks eSCL (AirScan/Mopria). Binding http://host:port/eSCL.

One `scan()` is one job: POST ScanJobs, NextDocument until 404, DELETE in any case. Pages are handed on as they come;
when the feeder jams, those before the jam have been handed on and stay good, and the next `scan()` fetches the rest.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lisa_core.domain.model.errors import DeviceFault, ProtocolError
from lisa_core.domain.model.readings import DeviceIdentity, ScannedPage, ScanSettings, ScanSource
from lisa_core.equipment.codecs import escl
from lisa_core.equipment.codecs.escl_capabilities import read_capabilities
from lisa_core.equipment.codecs.xml_tree import MAX_XML
from lisa_core.equipment.slots.devices import Scanner
from lisa_core.equipment.slots.driver import Driver, Given, Option, Serves, chosen
from lisa_core.host.address import HTTP

if TYPE_CHECKING:
    from lisa_core.equipment.lines.http import HttpDevice, Reply

MAX_PAGE = 64 * 1024 * 1024
CHECK_S = 3.0
"""Seconds until a scanner has to say how it is."""
FORMATS = ("image/jpeg", "image/png")
"""What is asked for, best first; a page is always one of these."""

_SOURCES = {ScanSource.PLATEN: escl.Source.PLATEN, ScanSource.FEEDER: escl.Source.FEEDER}
PAGE_S = 120.0
"""Seconds from asking for a page until its last byte."""
_LINK_CODES = {
    "link.refused": "scanner.offline",
    **dict.fromkeys(("link.lost", "link.too_large", "link.misled"), "scanner.io"),
}
_JAM = ("scanner.jam", "Ein Blatt klemmt im Einzug: Klappe öffnen, Blatt herausnehmen und wieder einlegen.")
_COVER = ("scanner.cover", "Die Klappe des Einzugs ist offen: bitte schließen.")
_EMPTY = ("scanner.empty", "Im Einzug liegt kein Blatt: bitte einlegen.")
_BUSY = ("scanner.busy", "Der Scanner ist beschäftigt: später noch einmal versuchen.")
_BROKEN = ("scanner.io", "Der Scanner meldet eine Störung: aus- und einschalten, dann noch einmal versuchen.")
_FEEDER_FAULTS: Mapping[escl.FeederState, tuple[str, str]] = {
    escl.FeederState.JAM: _JAM,
    escl.FeederState.MISPICK: _JAM,
    escl.FeederState.MULTIPICK: _JAM,
    escl.FeederState.TOO_SHORT: _JAM,
    escl.FeederState.TOO_LONG: _JAM,
    escl.FeederState.HATCH_OPEN: _COVER,
    escl.FeederState.DOOR_OPEN: _COVER,
    escl.FeederState.TRAY_FAILED: _BROKEN,
    escl.FeederState.TRAY_OVERLOADED: _BROKEN,
}
_STATE_FAULTS: Mapping[escl.State, tuple[str, str]] = {
    escl.State.PROCESSING: _BUSY,
    escl.State.TESTING: _BUSY,
    escl.State.STOPPED: _BROKEN,
    escl.State.DOWN: _BROKEN,
}
_SIGNS: Mapping[str, tuple[bytes, bytes]] = {
    "image/jpeg": (b"\xff\xd8\xff", b"\xff\xd9"),
    "image/png": (b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"),
}


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for a scanner that says "later": `tries` times, `pause_s` apart unless it says how long."""

    tries: int = 10
    pause_s: float = 1.0
    longest_pause_s: float = 5.0


class EsclScanner:
    """A scanner whose capabilities are known. Fulfils `equipment.slots.devices.Scanner`."""

    def __init__(self, http: HttpDevice, binding: str, caps: escl.Capabilities, patience: Patience) -> None:
        self._http, self._binding, self._caps, self._patience = http, binding, caps, patience

    async def identify(self) -> DeviceIdentity:
        """Vendor and model share one text in eSCL; the first word counts as the vendor."""
        vendor, _, model = self._caps.make_and_model.partition(" ")
        return DeviceIdentity(vendor, model, self._caps.serial, self._caps.version)

    async def check(self) -> bool:
        """Ask for its state; whatever that is, it answers. Fault `scanner.offline` or `scanner.io`."""
        try:
            async with asyncio.timeout(CHECK_S):
                feeder = (await self._status()).feeder
                return feeder is escl.FeederState.LOADED or _FEEDER_FAULTS.get(feeder or escl.FeederState.EMPTY) == _JAM
        except TimeoutError:
            text = f"antwortet seit {CHECK_S:g} s nicht. Eingeschaltet, Netzkabel gesteckt?"
            raise self._fault("scanner.offline", text) from None

    async def scan(self, settings: ScanSettings) -> AsyncGenerator[ScannedPage, None]:
        """Yield the pages of one job; see `equipment.slots.devices.Scanner.scan`.

        Also `scanner.unsupported` for settings the scanner does not offer and `scanner.offline` when it is gone.
        """
        request = self._request(settings)
        job = await self._start(request)
        try:
            pages = 0
            while (reply := await self._next(job, request, pages)) is not None:
                yield ScannedPage(reply.body, self._checked(reply), request.resolution_dpi)
                pages += 1
        finally:
            await self._delete(job)

    def _request(self, settings: ScanSettings) -> escl.ScanRequest:
        source = _SOURCES[settings.source]
        mode = escl.ColourMode.COLOUR if settings.colour else escl.ColourMode.GREY
        caps = self._caps.sources.get(source)
        media_type = next((kind for kind in FORMATS if caps and kind in caps.media_types), "")
        if caps is None or not media_type or mode not in caps.colour_modes:
            text = f"{source.value} in {mode.value} als JPEG oder PNG bietet dieser Scanner nicht."
            raise self._fault("scanner.unsupported", text, False)
        if settings.resolution_dpi not in caps.resolutions_dpi:
            known = ", ".join(map(str, caps.resolutions_dpi))
            text = f"{settings.resolution_dpi} dpi bietet dieser Scanner nicht; möglich sind {known}."
            raise self._fault("scanner.unsupported", text, False)
        region = escl.Region(0, 0, min(caps.max_width, 2480), min(caps.max_height, 3508))
        return escl.ScanRequest(source, mode, media_type, settings.resolution_dpi, region)

    async def _start(self, request: escl.ScanRequest) -> str:
        reply = await self._patiently("POST", "ScanJobs", escl.write_request(request))
        if reply.status == 201 and reply.location.strip("/"):
            return reply.location
        raise await self._trouble(reply, request)

    async def _next(self, job: str, request: escl.ScanRequest, pages: int) -> Reply | None:
        """Fetch a page; None at the end. A 404 with trouble behind it is a fault: half a document is not a document."""
        for _ in range(self._patience.tries):
            reply = await self._patiently("GET", f"{job}/NextDocument", limit=MAX_PAGE, within_s=PAGE_S)
            if reply.status == 200:
                return reply
            if reply.status != 404:
                raise await self._trouble(reply, request)
            if request.source is escl.Source.PLATEN and pages:
                return None
            status = await self._status()
            busy = status.state is escl.State.PROCESSING and status.feeder is not escl.FeederState.EMPTY
            if status.feeder in _FEEDER_FAULTS or not (pages or busy):
                raise self._fault_of(status, request, reply.status)
            if not busy:
                return None
            # Some feeders answer 404 when asked faster than they pull sheets in (sane-airscan issue 39).
            await asyncio.sleep(self._patience.pause_s)
        raise self._fault(*_BUSY)

    async def _patiently(
        self, method: str, path: str, body: bytes = b"", *, limit: int = MAX_XML, within_s: float | None = None
    ) -> Reply:
        for left in reversed(range(self._patience.tries)):
            reply = await self._ask(method, path, body, limit=limit, within_s=within_s)
            if reply.status != 503 or not left:
                break
            pause_s = self._patience.pause_s if reply.retry_after_s is None else reply.retry_after_s
            await asyncio.sleep(min(pause_s, self._patience.longest_pause_s))
        return reply

    async def _ask(
        self, method: str, path: str, body: bytes = b"", *, limit: int = MAX_XML, within_s: float | None = None
    ) -> Reply:
        try:
            return await self._http.request(method, path, body, limit=limit, within_s=within_s)
        except DeviceFault as fault:
            raise self._fault(_LINK_CODES[fault.code], str(fault), fault.retryable) from fault

    async def _status(self) -> escl.ScannerStatus:
        reply = await self._ask("GET", "ScannerStatus")
        try:
            return escl.read_status(reply.body)
        except ProtocolError as error:
            raise self._fault("scanner.io", f"unverständlicher ScannerStatus (HTTP {reply.status}).") from error

    async def _trouble(self, reply: Reply, request: escl.ScanRequest) -> DeviceFault:
        if reply.status == 503:
            return self._fault(*_BUSY)
        return self._fault_of(await self._status(), request, reply.status)

    def _fault_of(self, status: escl.ScannerStatus, request: escl.ScanRequest, http: int) -> DeviceFault:
        if status.feeder and status.feeder in _FEEDER_FAULTS:
            return self._fault(*_FEEDER_FAULTS[status.feeder])
        if http == 404 and request.source is escl.Source.FEEDER and status.feeder is escl.FeederState.EMPTY:
            return self._fault(*_EMPTY)
        if status.state in _STATE_FAULTS:
            return self._fault(*_STATE_FAULTS[status.state])
        text = f"unerwartete Antwort HTTP {http} bei Zustand {status.state.value}; noch einmal versuchen."
        return self._fault("scanner.io", text)

    def _checked(self, reply: Reply) -> str:
        """Go by the bytes: some scanners state a wrong Content-Type, and a page that breaks off must not count."""
        for media_type, (head, tail) in _SIGNS.items():
            if reply.body.startswith(head) and tail in reply.body[-1024:]:
                return media_type
        text = f"die Seite ({len(reply.body)} Bytes, {reply.media_type[:40]!r}) ist kein ganzes JPEG oder PNG."
        raise self._fault("scanner.io", text)

    async def _delete(self, job: str) -> None:
        """Take the job back. Nothing depends on it, so it may fail; it also runs when the scan is cancelled."""
        with contextlib.suppress(DeviceFault, TimeoutError):
            async with asyncio.timeout(1.0):
                await self._ask("DELETE", job)

    def _fault(self, code: str, text: str, retryable: bool = True) -> DeviceFault:
        return DeviceFault(code, f"Scanner {self._binding}: {text}", retryable=retryable)


@contextlib.asynccontextmanager
async def open_escl(binding: str, options: Given) -> AsyncIterator[EsclScanner]:
    """Open the scanner at `binding`.

    Faults as of `connect_escl`; `ProfileError` for an unknown option.
    """
    from lisa_core.equipment.lines.http import open_http  # httpx is needed where something is opened

    options = chosen(OPTIONS, options)
    patience = Patience(int(options["tries"]), float(options["pause_s"]))
    async with open_http(binding, timeout_s=float(options["timeout_s"])) as http:
        yield await connect_escl(http, binding, patience)


async def connect_escl(http: HttpDevice, binding: str, patience: Patience = Patience()) -> EsclScanner:
    """Read what the scanner can do. Faults `scanner.offline` when nobody answers, `scanner.io` when it is none."""
    try:
        reply = await http.request("GET", "ScannerCapabilities")
        capabilities = read_capabilities(reply.body if reply.status == 200 else b"")
        return EsclScanner(http, binding, capabilities, patience)
    except DeviceFault as fault:
        text = f"Scanner {binding}: {fault}. Ist er eingeschaltet und stimmt die Adresse im Profil?"
        raise DeviceFault(_LINK_CODES[fault.code], text, retryable=True) from fault
    except ProtocolError as error:
        text = f"Scanner {binding}: unter dieser Adresse antwortet kein eSCL-Scanner (HTTP {reply.status})."
        raise DeviceFault("scanner.io", text, retryable=False) from error


OPTIONS = (
    Option("timeout_s", float, "so lange darf eine Anfrage dauern, in Sekunden", 10.0, least=0.01, most=3_600),
    Option("tries", int, "so oft wird ein Scanner gefragt, der „später“ sagt", 10, least=1, most=1_000),
    Option("pause_s", float, "Pause dazwischen, in Sekunden, wenn er keine nennt", 1.0, least=0, most=3_600),
)
DRIVER = Driver("escl", (Serves(Scanner),), HTTP, open_escl, OPTIONS, can=("einzug", "glas", "farbe", "kennung"))
