"""A scanner that lies about where its jobs are, or sends for ever: the booth asks it alone, and comes to an end."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
from collections.abc import AsyncIterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.devices.scanner import CAPABILITIES
from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.readings import ScannedPage, ScanSettings, ScanSource
from lisa_core.equipment.codecs.escl_capabilities import write_capabilities
from lisa_core.equipment.drivers.escl import Patience, connect_escl
from lisa_core.equipment.lines.http import open_http, resolved

HERE = "http://scanner.test:8080/eSCL/"
SPELLINGS = [
    ("/eSCL/ScanJobs/7", "/eSCL/ScanJobs/7"),
    ("ScanJobs/7", "/eSCL/ScanJobs/7"),
    ("./ScanJobs/../ScanJobs/7/", "/eSCL/ScanJobs/7"),
    ("http://scanner.test:8080/eSCL/ScanJobs/7", "/eSCL/ScanJobs/7"),
    ("http://other.test/eSCL/ScanJobs/7?x=1#y", "/eSCL/ScanJobs/7"),
    ("https://[2001:db8::7]:443/jobs/7", "/jobs/7"),
    ("http://x//OTHER/y", "/OTHER/y"),
    ("//OTHER/y", "/y"),
    ("///OTHER/y", "/OTHER/y"),
    ("http:////OTHER/y", "/OTHER/y"),
    ("http:/OTHER/y", "/OTHER/y"),
    ("\\\\OTHER\\y", "/y"),
    ("http:\\\\OTHER\\y", "/y"),
    ("/\\OTHER/y", "/y"),
    ("http://x/\\OTHER/y", "/OTHER/y"),
    ("http://scanner.test:8080@OTHER/y", "/y"),
    ("/@OTHER/y", "/@OTHER/y"),
    ("/%2f%2fOTHER/y", "/%2f%2fOTHER/y"),
    ("/..//../OTHER/y", "/OTHER/y"),
    ("file:///etc/hostname", "/etc/hostname"),
    ("gopher://OTHER:70/y", "/y"),
    ("/ä b", "/%C3%A4%20b"),
]
NONSENSE = ["http://[::1/y", "http://[x]/y", "/a\x00b", "/a\r\nHost: OTHER", "/" + "a" * 5000, "/\ud800"]


class Heard:
    """A device on a real socket that answers ScanJobs with one Location, and any other with 404."""

    def __init__(self, location: str = "", capabilities: bytes = b"") -> None:
        self.asked: list[str] = []
        self.location, self.capabilities = location, capabilities
        self.address = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            line, *lines = head.split("\r\n")
            sizes = [int(text.split(":")[1]) for text in lines if text.lower().startswith("content-length:")]
            await reader.readexactly(sum(sizes))
            self.asked.append(line.rpartition(" ")[0])
            writer.write(self._answer(line))
            await writer.drain()
        writer.close()

    def _answer(self, line: str) -> bytes:
        body = self.capabilities if "ScannerCapabilities" in line else b""
        status = "201 Created" if line.startswith("POST") else "200 OK" if body else "404 Not Found"
        location = f"Location: {self.location}\r\n" if line.startswith("POST") else ""
        head = f"HTTP/1.1 {status}\r\n{location}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        return head.encode("utf-8", "replace") + body


@contextlib.asynccontextmanager
async def listening(device: Heard, host: str = "127.0.0.1") -> AsyncIterator[Heard]:
    server = await asyncio.start_server(device.serve, host, 0)
    port = server.sockets[0].getsockname()[1]
    device.address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    try:
        yield device
    finally:
        server.close()
        await server.wait_closed()


async def asked(spelling: str, host: str = "127.0.0.1") -> tuple[list[str], list[str]]:
    """What scanner and stranger hear when a scan is begun at a scanner that answers so; OTHER is the stranger."""
    device, stranger = Heard(capabilities=write_capabilities(CAPABILITIES)), Heard()
    async with listening(device, host), listening(stranger, host):
        device.location = spelling.replace("OTHER", stranger.address)
        binding = f"http://{device.address}/eSCL"
        async with asyncio.timeout(60), open_http(binding, timeout_s=5) as http:
            scanner = await connect_escl(http, binding, Patience(tries=1, pause_s=0))
            pages: list[ScannedPage] = []
            with contextlib.suppress(DeviceFault):
                pages += [page async for page in scanner.scan(ScanSettings(ScanSource.PLATEN, 75))]
            assert not pages
    return device.asked, stranger.asked


@pytest.mark.parametrize(("said", "path"), SPELLINGS)
def test_a_location_is_a_path_at_the_scanner(said: str, path: str) -> None:
    assert resolved(HERE, said) == path


@pytest.mark.parametrize("said", NONSENSE, ids=range(len(NONSENSE)))
def test_a_location_that_is_none_is_refused(said: str) -> None:
    with pytest.raises(DeviceFault) as caught:
        resolved(HERE, said)
    assert caught.value.code == "link.misled"


def test_no_spelling_sends_the_booth_anywhere_else() -> None:
    async def run() -> None:
        for said, path in SPELLINGS:
            scanner, stranger = await asked(said)
            assert not stranger, said
            if "OTHER" not in path:
                assert f"GET {path}/NextDocument" in scanner
        scanner, stranger = await asked("http://x//OTHER/y", "::1")
        assert "DELETE /[::1]" in " ".join(scanner).replace("%5B", "[").replace("%5D", "]")
        assert not stranger

    asyncio.run(run())


PARTS = [
    "OTHER",
    "http:",
    "https:",
    "//",
    "/",
    "\\",
    "@",
    "..",
    ".",
    "%2f",
    "%5c",
    ":80",
    "?",
    "#",
    "[::1]",
    "eSCL",
    " ",
]
SAID = st.one_of(st.lists(st.sampled_from(PARTS), min_size=1, max_size=8).map("".join), st.text(max_size=30))


@settings(max_examples=30)
@given(SAID)
def test_whatever_a_scanner_says_only_the_scanner_is_asked(said: str) -> None:
    scanner, stranger = asyncio.run(asked(said.replace("\r", "").replace("\n", "")))
    assert not stranger
    assert scanner


@given(st.text(max_size=60))
def test_a_path_begins_with_one_slash_and_is_plain(said: str) -> None:
    path = "/"
    with contextlib.suppress(DeviceFault):
        path = resolved(HERE, said)
    assert path.startswith("/")
    assert not path.startswith("//")
    assert path.isascii()
    assert path.isprintable()
    assert not set(path) & set(' \\?#"<>')


@pytest.mark.parametrize(
    ("head", "drip", "code"),
    [
        (b"HTTP/1.1 200 OK\r\n\r\n", b"x", "link.lost"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n", "link.lost"),
        (b"HTTP/1.1 200 OK\r\n", b"A: b\r\n", "link.lost"),
        (b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 4096, "link.too_large"),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(bytes(50_000_000)), b"", "link.lost"),
    ],
    ids=["body", "chunks", "head", "much", "packed"],
)
def test_an_answer_without_end_comes_to_an_end(head: bytes, drip: bytes, code: str) -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            await reader.readuntil(b"\r\n\r\n")
            writer.write(head)
            while not writer.is_closing():
                writer.write(drip)
                await writer.drain()
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(0.01):
                        if not await reader.read(1):
                            break
        writer.close()

    async def run() -> None:
        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        async with asyncio.timeout(60), open_http(address, timeout_s=0.1) as http:
            with pytest.raises(DeviceFault) as caught:
                await http.request("GET", "ScannerStatus")
            assert caught.value.code == code
        server.close()

    asyncio.run(run())
