"""Who is silent is asked, who answers nothing is given up, and nobody else is: by itself, and on real sockets."""

from __future__ import annotations

import asyncio

import pytest
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket
from websockets.asyncio.client import connect
from websockets.asyncio.server import ServerConnection
from websockets.asyncio.server import serve as serve_plain

from lisa_core.domain.model.errors import DeviceFault
from lisa_core.web import server_limits
from lisa_core.web.asgi import listening_socket, serve
from lisa_core.wire import heartbeat
from lisa_core.wire.channel import Channel, dial
from lisa_core.wire.heartbeat import BEAT_S, SILENCE_S, Beat, Heartbeat

LIMIT_S = 60.0


def test_only_who_is_silent_is_asked_and_given_up() -> None:
    beat = Heartbeat(0.0)
    beat.heard(4.0)
    assert beat.look(5.0) == (Beat.WAIT, 4.0)
    assert beat.look(9.0) == (Beat.ASK, 5.0)
    assert beat.look(14.0) == (Beat.ASK, 5.0)
    assert beat.look(19.0) == (Beat.ASK, 2.0)
    assert beat.look(4.0 + BEAT_S + SILENCE_S) == (Beat.GIVE_UP, 0.0)


def test_who_stood_still_itself_blames_nobody() -> None:
    """What came meanwhile lies unread; a dead one is found later."""
    beat = Heartbeat(0.0)
    assert beat.look(60.0) == (Beat.ASK, BEAT_S)
    assert beat.look(65.0) == (Beat.ASK, BEAT_S)
    assert beat.look(70.0) == (Beat.ASK, 2.0)
    assert beat.look(72.0) == (Beat.GIVE_UP, 0.0)


async def _chatter(channel: Channel) -> None:
    while True:
        await channel.send("x" * 100_000)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heartbeat, "BEAT_S", 0.1)
    monkeypatch.setattr(heartbeat, "SILENCE_S", 0.2)


@pytest.mark.usefixtures("quick")
def test_whom_the_exchange_does_not_read_from_for_a_while_is_not_dead(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that sends fast, or reads slowly, waits for its turn; its answers wait with what it has said."""
    looks, enough = 0, asyncio.Event()

    class Counted(Heartbeat):
        def look(self, now_s: float) -> tuple[Beat, float]:
            nonlocal looks
            looks += 1
            if looks == 10:
                enough.set()
            return super().look(now_s)

    async def busy(socket: WebSocket) -> None:
        await socket.accept()
        await socket.receive_text()
        await enough.wait()
        await socket.send_text(await socket.receive_text())

    async def run() -> None:
        app = Starlette(routes=[WebSocketRoute("/ws", busy)])
        async with (
            serve(app, listening_socket("127.0.0.1", 0)) as address,
            connect(f"ws://{address}/ws", proxy=None, ping_interval=None) as held,
        ):
            await held.send("eins")
            await held.send("zwei")
            assert await asyncio.wait_for(held.recv(), LIMIT_S) == "zwei"

    monkeypatch.setattr(server_limits, "Heartbeat", Counted)
    asyncio.run(run())


@pytest.mark.usefixtures("quick")
def test_a_line_that_swallows_is_given_up_in_the_middle_of_what_is_written() -> None:
    """As half of a hand-in: the question whether it lives must not wait behind what cannot be written."""
    over = asyncio.Event()

    async def swallow(socket: ServerConnection) -> None:
        socket.transport.pause_reading()
        await over.wait()

    async def run() -> None:
        async with serve_plain(swallow, "127.0.0.1", 0, ping_interval=None, close_timeout=0.1) as server:
            channel = await dial(f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}")
            with pytest.raises(DeviceFault):
                await asyncio.wait_for(_chatter(channel), LIMIT_S)
            over.set()

    asyncio.run(run())
