"""`lisa exchange` as a program of its own, and a stranger who does what nobody should: a talk goes on meanwhile.

What it does is harmless to the machine; each thing of it stopped the exchange, or everybody in it, once.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from lisa_core.domain.model.ids import AgentId, CallId, SiteId, VisitId
from lisa_core.wire import messages as m
from tests.store.test_exchange_process import Caller
from tests.system.programs import LIMIT_S, Program, started

CALL = CallId("a/1")
HALF = "\ud800"
FLOOD, SILENT = 500, 260


def hello(agent: str, **more: Any) -> str:
    return message("desk.hello", number=0, agent=agent, session="fremd", secret="f" * 32, **more)


def message(kind: str, call: str = "", number: int = 1, **body: Any) -> str:
    return json.dumps({"v": 1, "id": number, "ack": 0, "type": kind, "call": call, "body": body})


SAYS = {
    "half characters": [
        message("call.accept", HALF),
        message("appointment.cancel", token=HALF),
        message("case.field", CALL, field="a", value=HALF, revision=0),
    ],
    "depth": ["[" * 100_000],
    "large": [message("case.field", CALL, field="a", value="ü" * 200_000, revision=0)],
    "origins": [
        json.dumps({"v": 1, "id": n, "ack": 0, "from": [f"{n}" * 20, n], "type": "desk.pause", "body": {}})
        for n in range(1, 200)
    ],
    "questions": [message("appointment.ask", number=n) for n in range(1, 500)],
    "flood": [message("desk.pause", number=n) for n in range(1, FLOOD)],
}


def test_a_talk_goes_on_while_a_stranger_does_what_nobody_should(tmp_path: Path) -> None:
    asyncio.run(_scenario(tmp_path))


async def _scenario(home: Path) -> None:
    async with contextlib.AsyncExitStack() as stack:
        exchange = stack.enter_context(started(home, "exchange", "--listen", "127.0.0.1:0", "--data", "vermittlung"))
        line = await asyncio.to_thread(exchange.until, "Vermittlung bereit")
        address = line.rpartition("http://")[2].strip().rstrip("/")
        desk = Caller(address, m.DeskHello(AgentId("brandt"), "s", secret="d" * 32))
        booth = Caller(address, m.BoothHello(SiteId("templin"), "s", secret="b" * 32))
        tasks = [asyncio.create_task(each.link.run()) for each in (desk, booth)]
        stack.push_async_callback(asyncio.gather, *tasks, return_exceptions=True)
        for task in tasks:
            stack.callback(task.cancel)
        desk.link.send(m.Ready(headset=True))
        booth.link.send(m.PlaceCall(VisitId("a")), CALL)
        await desk.until(m.Offer)
        desk.link.send(m.Accept(), CALL)
        await booth.until(m.Answered)

        for heard, says in enumerate(SAYS.values(), 1):
            async with connect(f"ws://{address}/ws/desk", proxy=None, max_size=None) as stranger:
                with contextlib.suppress(ConnectionClosed):  # it may be shown the door in the middle
                    for text in (hello("seidel", take=True), *says):
                        await stranger.send(text)
                await _goes_on(desk, booth, heard)
        with _silent(address):
            await _refuses_others(address)
            newcomer = Caller(address, m.BoothHello(SiteId("angermuende"), "s"))
            tasks.append(asyncio.create_task(newcomer.link.run()))
            stack.callback(tasks[-1].cancel)
            await newcomer.up(1)
            await _goes_on(desk, booth, len(SAYS) + 1)
        assert (desk.ups, booth.ups) == ([False], [False]), "no connection was lost"
        desk.link.send(m.HangUp(), CALL)
        assert await booth.until(m.CallEnded) == [CALL]
        _said_little(exchange)


async def _goes_on(desk: Caller, booth: Caller, times: int) -> None:
    """Both hear each other, so often by now."""
    desk.link.send(m.AskPreview("seite"), CALL)
    await booth.until(m.AskPreview, times)
    booth.link.send(m.Notice("door.open", "Die Tür ist offen."), CALL)
    await desk.until(m.Notice, times)


@contextlib.contextmanager
def _silent(address: str) -> Iterator[None]:
    """More connections than may say nothing, half of them in the middle of a request."""
    host, port = address.split(":")
    with contextlib.ExitStack() as stack:
        for number in range(SILENT):
            silent = stack.enter_context(socket.create_connection((host, int(port))))
            if number % 2:
                with contextlib.suppress(OSError):
                    silent.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
        yield


async def _refuses_others(address: str) -> None:
    """Whoever says that it is the booth, or the desk, learns that somebody is there."""
    second = message("booth.hello", number=0, site="templin", session="s", secret="f" * 32)
    for door, text in (("booth", second), ("desk", hello("brandt"))):
        async with connect(f"ws://{address}/ws/{door}", proxy=None) as stranger:
            await stranger.send(text)
            said = json.loads(await asyncio.wait_for(stranger.recv(), LIMIT_S))
            assert (said["type"], said["body"]["code"]) == ("refused", "occupied")


def _said_little(exchange: Program) -> None:
    assert exchange.runs
    assert len(exchange.lines) < 20, exchange.lines
    assert not [line for line in exchange.lines if "Traceback" in line]
