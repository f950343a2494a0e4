"""How many pages a minute the emulated scanner hands out: `python -m tests.bench scanner`.

Beside it, in turn, a bare uvicorn that hands out the same bytes to the same requests: one to begin, one for each page,
one that says that there are no more. Both are asked over one connection by a client that only counts bytes, so that
the servers are compared. What it takes to draw the page is not in it: it is drawn once, as in a test it is.
"""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import uvicorn

from emulator.devices.scanner import open_scanner
from emulator.paper.scan_image import scan_page
from emulator.world.live_world import HostedWorld
from lisa_core.equipment.codecs import escl
from tests.bench.pair import Pair, Row, interleaved

PAGES, REPEATS, LEAST = 50, 15, 0.9
"""As many sheets as a feeder holds."""
PAGE = "mietvertrag:1"
REQUEST = escl.ScanRequest(escl.Source.FEEDER, escl.ColourMode.GREY, "image/jpeg", 300, escl.Region())
"""What scanimage asks for where nobody says more, in grey."""
JOB = "/eSCL/ScanJobs"
Ask = Callable[..., Awaitable[tuple[int, bytes, str]]]


@asynccontextmanager
async def connected(address: str) -> AsyncIterator[Ask]:
    """Yield `await ask(method, path, body)` -> status, body, Location; over one connection."""
    host, _, port = address.rpartition(":")
    reader, writer = await asyncio.open_connection(host, int(port))

    async def ask(method: str, path: str, body: bytes = b"") -> tuple[int, bytes, str]:
        head = f"{method} {path} HTTP/1.1\r\nHost: {address}\r\nContent-Length: {len(body)}\r\n\r\n"
        writer.write(head.encode() + body)
        lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        fields = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
        data = await reader.readexactly(int(fields.get("content-length", "0")))
        return int(lines[0].split(" ")[1]), data, fields.get("location", "")

    try:
        yield ask
    finally:
        writer.close()


async def scanned(ask: Ask, request: escl.ScanRequest, expected: bytes) -> float:
    """Scan until there are no more; pages a minute of computing, which other programs on the machine do not change."""
    began_s = time.process_time()
    status, _, location = await ask("POST", JOB, escl.write_request(request))
    assert status == 201
    path, pages = "/" + location.split("/", 3)[3], 0
    while (got := await ask("GET", f"{path}/NextDocument"))[0] == 200:
        assert got[1] == expected
        pages += 1
    assert pages == PAGES
    return 60 * PAGES / (time.process_time() - began_s)


async def of_ours(request: escl.ScanRequest) -> float:
    world, data = HostedWorld(), scan_page(PAGE, request)
    await world.act("feed", pages=[PAGE] * PAGES)
    async with open_scanner(world) as binding, connected(binding[7:-5]) as ask:
        return await scanned(ask, request, data)


async def of_bare(request: escl.ScanRequest) -> float:
    data, left = scan_page(PAGE, request), PAGES

    async def app(scope: Any, receive: Any, send: Any) -> None:
        nonlocal left
        made = scope["method"] == "POST"
        more = bool(left) and not made
        left -= more
        body, status = (data if more else b""), (201 if made else 200 if more else 404)
        headers = [(b"content-length", str(len(body)).encode()), (b"location", b"http://x/eSCL/ScanJobs/1")]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    bound = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, lifespan="off", log_config=None, access_log=False))
    serving = asyncio.create_task(server.serve(sockets=[bound]))
    try:
        async with connected(f"127.0.0.1:{bound.getsockname()[1]}") as ask:
            return await scanned(ask, request, data)
    finally:
        server.should_exit = server.force_exit = True
        await serving


def measure(repeats: int = REPEATS, request: escl.ScanRequest = REQUEST) -> Pair:
    """Pages a minute, in turn."""
    return interleaved(lambda: asyncio.run(of_ours(request)), lambda: asyncio.run(of_bare(request)), repeats)


def rows() -> list[Row]:
    """For `make bench`."""
    pair = measure()
    ours, theirs = (
        f"{round(figure, -2):,.0f} je Minute Rechenzeit".replace(",", " ")
        for figure in (pair.our_median, pair.their_median)
    )
    return [Row("Seiten des emulierten Scanners", ours, "uvicorn allein", theirs, pair.ratio, LEAST, fast=True)]


if __name__ == "__main__":
    print(*rows(), sep="\n")
