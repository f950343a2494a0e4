"""A scanner of others on a socket, scripted: it offers, ends, waits and encrypts as real ones were seen to do."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

from emulator.devices.scanner import CAPABILITIES
from emulator.paper.scan_image import scanned_page
from lisa_core.domain.model.readings import ScanSettings
from lisa_core.equipment.codecs import escl
from lisa_core.equipment.codecs.escl_capabilities import write_capabilities

PAGE = scanned_page("", ScanSettings(resolution_dpi=75)).data
JOB = "/eSCL/ScanJobs/7"


def status(
    state: escl.State = escl.State.IDLE,
    feeder: escl.FeederState | None = escl.FeederState.EMPTY,
    job: escl.JobState | None = None,
) -> bytes:
    jobs = (escl.JobInfo(JOB, "7", job),) if job else ()
    return escl.write_status(escl.ScannerStatus(state, feeder, jobs))


def reply(code: int, body: bytes = b"", *head: str) -> bytes:
    lines = (f"HTTP/1.1 {code} x", f"Content-Length: {len(body)}", "Connection: close", *head, "", "")
    return "\r\n".join(lines).encode() + body


@dataclass
class OddScanner:
    """`pages` are given out one by one, then `end` is answered. `later`: times that it says 503 first, for each.

    `before` and `after` are its state before and behind the first question for a page; `stumbles`: times that it has no
    answer then. `slow_s`: until a page begins. `single`: it serves one connection at a time. `denied`: times
    that it says 404 before the last page.
    """

    pages: list[bytes] = field(default_factory=lambda: [PAGE])
    end: int = 404
    before: bytes = field(default_factory=lambda: status(feeder=escl.FeederState.LOADED))
    after: bytes = field(default_factory=status)
    post: int = 201
    later: int = 0
    stumbles: int = 0
    slow_s: float = 0.0
    denied: int = 0
    single: bool = False
    capabilities: bytes = field(default_factory=lambda: write_capabilities(CAPABILITIES))
    moved: str = ""
    asked: list[str] = field(default_factory=list)
    posted: bytes = b""
    _scanning: bool = False
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    paging: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when a page is asked for."""

    async def attend(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async with self._turn if self.single else contextlib.nullcontext():
            with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                length = head.lower().partition("content-length:")[2].split("\r\n")[0].strip()
                body = await reader.readexactly(int(length or 0))
                method, path, _ = head.split("\r\n")[0].split(" ")
                what = path.rpartition("/")[2]
                self.asked.append(f"{method} {what}")
                writer.write(await self._answer(method, what, body))
                await writer.drain()
            writer.close()

    async def _answer(self, method: str, what: str, body: bytes) -> bytes:
        if self.moved:
            return reply(301, b"", f"Location: {self.moved}")
        if what == "ScannerCapabilities":
            return reply(200, self.capabilities)
        if what == "ScannerStatus":
            return self._status()
        if method == "POST":
            self.posted = body
            return self._later() or reply(self.post, b"", *([f"Location: {JOB}"] if self.post == 201 else []))
        return await self._page() if what == "NextDocument" else reply(301, b"", "Location: /")

    def _status(self) -> bytes:
        if not self._scanning:
            return reply(200, self.before)
        self.stumbles -= 1
        return reply(503) if self.stumbles >= 0 else reply(200, self.after)

    def _later(self) -> bytes:
        self.later -= 1
        return reply(503, b"", "Retry-After: 0") if self.later >= 0 else b""

    async def _page(self) -> bytes:
        self._scanning = True
        self.paging.set()
        if self.slow_s:
            begun: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            asyncio.get_running_loop().call_later(self.slow_s, begun.set_result, None)
            await begun
        if again := self._later():
            return again
        if self.denied and len(self.pages) == 1:
            self.denied -= 1
            return reply(404)
        return reply(200, self.pages.pop(0), "Content-Type: image/jpeg") if self.pages else reply(self.end)


@contextlib.asynccontextmanager
async def served(scanner: OddScanner, tls: ssl.SSLContext | None = None) -> AsyncIterator[str]:
    """Run it; yields its address."""
    server = await asyncio.start_server(scanner.attend, "127.0.0.1", 0, ssl=tls)
    try:
        port = server.sockets[0].getsockname()[1]
        yield f"{'https' if tls else 'http'}://127.0.0.1:{port}/eSCL"
    finally:
        server.close()


def changed(document: bytes, change: Callable[[str], str]) -> bytes:
    """A document of a device that writes it in its own way."""
    return change(document.decode()).encode()
