"""A scanner that speaks eSCL, once it is known what it can do: its state, and one job after the other.

One `scan()` is one job: POST ScanJobs, NextDocument until there are no more, DELETE in any case. Pages are handed on as
they come; when the feeder jams, those before the jam have been handed on and stay good, and the next `scan()` fetches
the rest.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lisa_core.domain.model.errors import DeviceFault, ProtocolError
from lisa_core.domain.model.readings import DeviceIdentity, ScannedPage, ScanSettings
from lisa_core.equipment.codecs import escl
from lisa_core.equipment.codecs.xml_tree import MAX_XML
from lisa_core.equipment.drivers.escl_choice import AS_ASKED, ScanWish, abilities, chosen_request, maker, why_not
from lisa_core.equipment.drivers.escl_faults import (
    BUSY,
    EMPTY,
    ENDS,
    LINK_CODES,
    Trouble,
    has_sheets,
    patience_with,
    seems_empty,
    trouble_at_end,
    trouble_of,
)

if TYPE_CHECKING:
    from lisa_core.equipment.lines.http import HttpDevice
    from lisa_core.equipment.lines.tapped.request import Reply

MAX_PAGE = 64 * 1024 * 1024
CHECK_S = 3.0
"""Seconds until a scanner has to say how it is."""
PAGE_S = 120.0
"""Seconds from asking for a page until its last byte; a profile's `page_s` may make it more."""
STATUS_TRIES = 5
"""Times that a scanner is asked how it is when it has no answer at once, as some have not at the end of a feeder."""
_SIGNS: Mapping[str, tuple[bytes, bytes]] = {
    "image/jpeg": (b"\xff\xd8\xff", b"\xff\xd9"),
    "image/png": (b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"),
}
_PADDING = b"\0\r\n "


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for a scanner that says "later": `tries` times, `pause_s` apart unless it says how long.

    `page_s`: until the first byte of a page; a glass at 300 dpi was seen to take 25 s.
    """

    tries: int = 45
    pause_s: float = 1.0
    longest_pause_s: float = 5.0
    page_s: float = 60.0


USUAL = Patience()


class EsclScanner:
    """A scanner whose capabilities are known. Fulfils `equipment.slots.devices.Scanner`."""

    def __init__(
        self, http: HttpDevice, binding: str, caps: escl.Capabilities, patience: Patience, wish: ScanWish = AS_ASKED
    ) -> None:
        self._http, self._binding, self._caps, self._patience, self._wish = http, binding, caps, patience, wish
        self._scans = 0
        self._loaded = False

    @property
    def can(self) -> tuple[str, ...]:
        """Of what its driver can (`Driver.can`), what this device offers."""
        return abilities(self._caps, self._wish)

    async def identify(self) -> DeviceIdentity:
        """As it says itself; most say vendor and model in one text."""
        vendor, model = maker(self._caps)
        return DeviceIdentity(vendor, model, self._caps.serial, self._caps.version)

    async def check(self) -> bool:
        """Ask for its state; whatever that is, it answers. Fault `scanner.offline` or `scanner.io`.

        During a scan it is not asked: some serve one connection at a time, and the scan itself notices when it is gone.
        """
        if self._scans:
            return self._loaded
        try:
            async with asyncio.timeout(CHECK_S):
                self._loaded = has_sheets(await self._status())
        except TimeoutError:
            if self._scans:  # one was begun meanwhile
                return self._loaded
            text = f"antwortet seit {CHECK_S:g} s nicht. Eingeschaltet, Netzkabel gesteckt?"
            raise self._fault(("scanner.offline", text)) from None
        return self._loaded

    async def ping(self) -> float:
        """Seconds until it has said its state. Faults of `check`."""
        loop = asyncio.get_running_loop()
        since = loop.time()
        await self.check()
        return loop.time() - since

    async def scan(self, settings: ScanSettings) -> AsyncGenerator[ScannedPage, None]:
        """Yield the pages of one job; see `equipment.slots.devices.Scanner.scan`.

        What is not offered is asked for as near as it is (`escl_choice`). Also `scanner.unsupported` for a source that
        the scanner has not, and `scanner.offline` when it is gone.
        """
        if why := why_not(self._caps, settings.source, self._wish):
            raise self._fault(("scanner.unsupported", why), False)
        request = chosen_request(self._caps, settings, self._wish)
        self._scans += 1
        try:
            was_empty = request.source is escl.Source.FEEDER and await self._seems_empty()
            job = await self._start(request, was_empty)
            try:
                pages = 0
                while (reply := await self._next(job, request, pages, was_empty)) is not None:
                    yield ScannedPage(reply.body, self._checked(reply), request.resolution_dpi)
                    pages += 1
            finally:
                await self._delete(job)
        finally:
            self._scans -= 1

    async def _seems_empty(self) -> bool:
        """Whether it says that nothing lies in the feeder. That is remembered, not believed: some say so always."""
        try:
            async with asyncio.timeout(CHECK_S):
                return seems_empty(await self._status(tries=1))
        except TimeoutError:
            return False
        except DeviceFault as fault:
            if fault.code != "scanner.io":
                raise
            return False

    async def _start(self, request: escl.ScanRequest, was_empty: bool) -> str:
        for left in reversed(range(self._patience.tries)):
            reply = await self._ask("POST", "ScanJobs", escl.write_request(request))
            if reply.status != 503:
                break
            if left:
                await self._pause(reply)
        if reply.status == 201 and reply.location.strip("/"):
            return reply.location
        if reply.status == 503:
            raise self._fault(BUSY)
        status = await self._status()
        refused = was_empty and reply.status in ENDS
        raise self._fault(EMPTY if refused else trouble_of(status, request.source, reply.status))

    async def _next(self, job: str, request: escl.ScanRequest, pages: int, was_empty: bool) -> Reply | None:
        """Fetch a page; None at the end."""
        denied = 0
        for left in reversed(range(self._patience.tries)):
            reply = await self._page(job)
            if reply.status == 200:
                return reply
            if reply.status != 503:
                if reply.status == 404 and request.source is escl.Source.PLATEN and pages:
                    return None
                status, denied = await self._status(), denied + 1
                if reply.status != 404 or denied >= patience_with(status, job, pages, was_empty):
                    self._end(status, job, request.source, reply.status, pages, was_empty)
                    return None
            if left:
                await self._pause(reply)
        raise self._fault(BUSY)

    def _end(
        self, status: escl.ScannerStatus, job: str, source: escl.Source, http: int, pages: int, was_empty: bool
    ) -> None:
        """Nothing more comes of this job: a fault, unless that is its end."""
        if http not in ENDS:
            raise self._fault(trouble_of(status, source, http))
        if trouble := trouble_at_end(status, job, source, http, pages, was_empty):
            raise self._fault(trouble)

    async def _page(self, job: str) -> Reply:
        patience_s = self._patience.page_s
        path, whole_s = f"{job}/NextDocument", max(PAGE_S, 2 * patience_s)
        return await self._ask("GET", path, limit=MAX_PAGE, within_s=whole_s, first_s=patience_s)

    async def _pause(self, reply: Reply) -> None:
        pause_s = reply.retry_after_s or self._patience.pause_s
        await asyncio.sleep(min(pause_s, self._patience.longest_pause_s))

    async def _ask(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        *,
        limit: int = MAX_XML,
        within_s: float | None = None,
        first_s: float | None = None,
    ) -> Reply:
        try:
            return await self._http.request(method, path, body, limit=limit, within_s=within_s, first_s=first_s)
        except DeviceFault as fault:
            raise self._fault((LINK_CODES[fault.code], f"{fault}."), fault.retryable) from fault

    async def _status(self, tries: int = STATUS_TRIES) -> escl.ScannerStatus:
        for left in reversed(range(tries)):
            reply = await self._ask("GET", "ScannerStatus")
            if reply.status not in (404, 503) or not left:
                break
            await self._pause(reply)
        try:
            return escl.read_status(reply.body)
        except ProtocolError as error:
            text = f"unverständlicher ScannerStatus (HTTP {reply.status}); noch einmal versuchen."
            raise self._fault(("scanner.io", text)) from error

    def _checked(self, reply: Reply) -> str:
        """Go by the bytes: some scanners state a wrong Content-Type, and a page that breaks off must not count."""
        whole = reply.body.rstrip(_PADDING)
        for media_type, (head, tail) in _SIGNS.items():
            if whole.startswith(head) and tail in whole[-1024:]:
                return media_type
        text = f"die Seite ({len(reply.body)} Bytes, {reply.media_type[:40]!r}) ist kein ganzes JPEG oder PNG."
        raise self._fault(("scanner.io", text))

    async def _delete(self, job: str) -> None:
        """Take the job back. Nothing depends on it, so it may fail; it also runs when the scan is cancelled."""
        with contextlib.suppress(DeviceFault, TimeoutError):
            async with asyncio.timeout(1.0):
                await self._ask("DELETE", job)

    def _fault(self, trouble: Trouble, retryable: bool = True) -> DeviceFault:
        code, text = trouble
        return DeviceFault(code, f"Scanner {self._binding}: {text}", retryable=retryable)
