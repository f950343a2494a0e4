"""The web server in front of all pages and links: silent, half said and dead connections, on real sockets."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import resource
import socket
from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from lisa_core.domain.model.errors import DeviceFault
from lisa_core.web import asgi, server_limits
from lisa_core.web.asgi import listening_socket, serve
from lisa_core.wire import heartbeat
from lisa_core.wire.channel import MemoryChannel, dial, lost, memory_channels
from lisa_core.wire.outbox import Outbox, both_ways

LIMIT_S = 60.0
HALF = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "


async def _page(request: Request) -> Response:
    return PlainTextResponse("da")


@contextlib.asynccontextmanager
async def _served(*routes: Route | WebSocketRoute) -> AsyncIterator[str]:
    async with serve(Starlette(routes=[Route("/", _page), *routes]), listening_socket("127.0.0.1", 0)) as address:
        yield address


Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def _open(address: str, text: bytes = b"") -> Connection:
    reader, writer = await asyncio.open_connection(*address.split(":"))
    writer.write(text)
    return reader, writer


async def _is_cut(connection: Connection) -> None:
    with contextlib.suppress(ConnectionError):
        assert await asyncio.wait_for(connection[0].read(), LIMIT_S) == b""
    connection[1].close()


def test_small_messages_wait_for_no_acknowledgement() -> None:
    seen = list[int]()

    class Looked(server_limits.BoundedHttp):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            super().connection_made(transport)
            accepted = transport.get_extra_info("socket")
            seen.append(accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))

    async def scenario() -> None:
        app = Starlette(routes=[Route("/", _page)])
        async with serve(app, listening_socket("127.0.0.1", 0), http=Looked) as address, httpx.AsyncClient() as client:
            assert (await client.get(f"http://{address}/")).text == "da"

    asyncio.run(scenario())
    assert seen == [1]


def test_who_says_nothing_or_half_of_it_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_limits, "HEAD_S", 0.2)

    async def run() -> None:
        async with _served() as address:
            for connection in [await _open(address, text) for text in (b"", HALF, b"GET")]:
                await _is_cut(connection)
            async with httpx.AsyncClient() as client:
                assert (await client.get(f"http://{address}/")).text == "da"

    asyncio.run(run())


def test_a_server_that_ends_waits_for_nobody_who_has_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """One who is still talked to ends when told; it takes neither a look at the clock nor a moment of grace."""
    for name in ("TICK_S", "FAREWELL_S"):
        monkeypatch.setattr(asgi, name, 10 * LIMIT_S)
    ended: list[int] = []

    async def talk(socket: WebSocket) -> None:
        await socket.accept()
        with contextlib.suppress(WebSocketDisconnect):
            await socket.receive_text()
        ended.append(1)

    async def run() -> None:
        async with asyncio.timeout(LIMIT_S), _served(WebSocketRoute("/ws", talk)) as address:
            await dial(f"ws://{address}/ws")

    asyncio.run(run())
    assert ended


def test_many_that_say_nothing_leave_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_limits, "MAX_SILENT", 5)

    async def run() -> None:
        async with _served() as address:
            silent = [await _open(address, HALF) for _ in range(20)]
            async with httpx.AsyncClient() as client:
                for _ in range(3):
                    assert (await client.get(f"http://{address}/")).text == "da"
            for connection in silent[:15]:
                await _is_cut(connection)
            assert not silent[-1][0].at_eof(), "the newest still have time"
            for _, writer in silent[15:]:
                writer.close()

    asyncio.run(run())


def test_sockets_that_say_nothing_leave_room_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_limits, "MAX_SILENT", 5)

    async def wait(socket: WebSocket) -> None:
        await socket.accept()
        await socket.receive_text()
        await socket.send_text("ja")
        await asyncio.Event().wait()

    async def run() -> None:
        async with _served(WebSocketRoute("/ws", wait)) as address:
            first = await dial(f"ws://{address}/ws")
            await first.send("da")
            assert await first.receive() == "ja"
            silent = [await dial(f"ws://{address}/ws") for _ in range(20)]
            for channel in silent[:15]:
                with pytest.raises(DeviceFault):
                    await asyncio.wait_for(channel.receive(), LIMIT_S)
            last = silent[-1]
            await last.send("da")
            assert await asyncio.wait_for(last.receive(), LIMIT_S) == "ja"

    asyncio.run(run())


def test_more_than_there_may_be_are_turned_away_at_the_door(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_limits, "MAX_CONNECTIONS", 8)
    said = asyncio.Queue[str]()

    async def echo(socket: WebSocket) -> None:
        await socket.accept()
        with contextlib.suppress(WebSocketDisconnect):
            while True:
                said.put_nowait(await socket.receive_text())

    async def run() -> None:
        async with _served(WebSocketRoute("/ws", echo)) as address:
            channels = []
            for _ in range(8):
                channels.append(await dial(f"ws://{address}/ws"))
                await channels[-1].send("ich")
                assert await asyncio.wait_for(said.get(), LIMIT_S) == "ich"
            with pytest.raises(DeviceFault):
                await dial(f"ws://{address}/ws")
            await channels[0].send("noch da")
            assert await asyncio.wait_for(said.get(), LIMIT_S) == "noch da"
            for channel in channels:
                await channel.aclose()

    asyncio.run(run())


def test_a_dead_end_is_noticed_and_cut_although_it_reads_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """It neither answers nor reads, as a computer whose cable is out: what waits for it is let go of, too."""
    monkeypatch.setattr(heartbeat, "BEAT_S", 0.1)
    monkeypatch.setattr(heartbeat, "SILENCE_S", 0.3)
    ended: asyncio.Queue[str] = asyncio.Queue()

    async def chatter(socket: WebSocket) -> None:
        await socket.accept()
        try:
            while True:
                await socket.send_text("x" * 100_000)
        except WebSocketDisconnect:
            ended.put_nowait("gone")

    async def run() -> None:
        async with _served(WebSocketRoute("/ws", chatter)) as address:
            with socket.create_connection(address.split(":")) as dead:
                dead.sendall(
                    b"GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n"
                )
                assert await asyncio.wait_for(ended.get(), LIMIT_S) == "gone"

    asyncio.run(run())


def test_a_program_may_open_what_the_machine_allows() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(soft, 256), hard))
        server_limits.allow_descriptors()
        now = resource.getrlimit(resource.RLIMIT_NOFILE)
        assert now == (min(hard, server_limits.MOST_DESCRIPTORS), hard)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_the_same_complaint_is_written_a_few_times_only() -> None:
    sparing = server_limits.Sparing()
    line = logging.LogRecord("uvicorn.error", logging.WARNING, "", 0, "Invalid HTTP request received.", None, None)
    other = logging.LogRecord("uvicorn.error", logging.WARNING, "", 0, "Something else", None, None)
    assert [sparing.filter(line) for _ in range(100)].count(True) == server_limits.SAME_LINES
    assert sparing.filter(other)
    line.created += server_limits.PER_S + 1
    assert sparing.filter(line)


class Encoding(MemoryChannel):
    """As a socket does, it needs texts that can be written."""

    async def send(self, text: str) -> None:
        text.encode()


def two_queues() -> tuple[asyncio.Queue[str | None], asyncio.Queue[str | None]]:
    return asyncio.Queue(), asyncio.Queue()


def test_a_writer_that_dies_takes_its_connection_along() -> None:
    """It died unseen, and the booth was deaf until its program was started anew."""

    async def run() -> None:
        here = Encoding(*two_queues())
        outbox = Outbox()
        outbox.put("\ud83d")

        async def listen() -> None:
            await here.receive()

        with pytest.raises(DeviceFault, match="could not be"):
            await asyncio.wait_for(both_ways(here, outbox, listen()), LIMIT_S)

    asyncio.run(run())


def test_who_is_sent_away_reads_why_and_then_it_is_over() -> None:
    async def run() -> None:
        here, there = memory_channels()
        outbox = Outbox()

        async def listen() -> None:
            await here.receive()

        for text in ("a1", "b", "a2"):
            outbox.put(text, text[0])
        outbox.end("darum")
        outbox.put("zu spät")
        await asyncio.wait_for(both_ways(here, outbox, listen()), LIMIT_S)
        assert [await there.receive() for _ in range(3)] == ["b", "a2", "darum"]
        assert outbox.size == 0

    asyncio.run(run())


def test_what_was_said_before_a_loss_is_read_although_the_answer_fails() -> None:
    class Gone(MemoryChannel):
        async def send(self, text: str) -> None:
            raise lost("closed")

    async def run() -> None:
        said, back = two_queues()
        here, there = Gone(said, back), MemoryChannel(back, said)
        heard: list[str] = []

        async def listen() -> None:
            while True:
                heard.append(await here.receive())
                await asyncio.sleep(0)

        outbox = Outbox()
        outbox.put("Antwort")
        for text in ("a", "b", "c"):
            await there.send(text)
        await there.aclose()
        with pytest.raises(DeviceFault):
            await asyncio.wait_for(both_ways(here, outbox, listen()), LIMIT_S)
        assert heard == ["a", "b", "c"]

    asyncio.run(run())
