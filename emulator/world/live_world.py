"""A world that lives: hosted here, or joined over TCP (acts and revisioned snapshots as JSON lines).

Wire: the host sends one snapshot `{"world": {...}}` on connect and after every change; a guest sends
`{"id": n, "act": name, "args": {...}}` and gets `{"id": n, "ok": true, "world": {...}}` or `{"id": n, "error": text}`.
`pen.since_us` and the like are CLOCK_MONOTONIC of the machine: host and guests run on the same one.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
from collections.abc import AsyncIterator
from functools import partial
from typing import Protocol

from emulator.world.arguments import understood
from emulator.world.attending import attending
from emulator.world.world import World, act, as_json, from_json
from lisa_core.domain.model.errors import HarnessError, LisaError, ProfileError, ProtocolError
from lisa_core.domain.model.json_types import JsonDict
from lisa_core.host import clock
from lisa_core.host.address import WORLD, read_address
from lisa_core.host.patience import patience
from lisa_core.host.program import beside
from lisa_core.wire.json_text import read_json

JOIN_S = 5.0
MAX_LINE = 4_000_000
"""One message in bytes: a signature drawn by hand travels whole."""
UNREAD = 65_536
"""Bytes that the system keeps for a guest that is late."""
_GONE = "Die Welt ist weg: Das Programm, das sie beherbergt, hat sich beendet."


class LiveWorld(Protocol):
    """What emulated devices and actors get: look, act, wait."""

    @property
    def state(self) -> World: ...

    async def act(self, name: str, /, **args: object) -> None:
        """Do it; returns once `state` shows it. Raises `HarnessError` when it cannot be done."""
        ...

    async def changed(self, since: int) -> World:
        """Wait for a revision above `since` and return that state."""
        ...


class HostedWorld:
    """The world of this process."""

    def __init__(self, state: World | None = None) -> None:
        self._state = state or World()
        self._change = asyncio.Event()

    @property
    def state(self) -> World:
        return self._state

    async def act(self, name: str, /, **args: object) -> None:
        self._replace(act(self._state, name, args, clock.now_us()))

    async def changed(self, since: int) -> World:
        while self._state.revision <= since:
            await self._change.wait()
        return self._state

    def _replace(self, state: World) -> None:
        if state is not self._state:
            self._state = state
            self._change.set()
            self._change = asyncio.Event()


class JoinedWorld(HostedWorld):
    """A mirror of a world that another process hosts."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, state: World) -> None:
        super().__init__(state)
        self._reader, self._writer = reader, writer
        self._pending: dict[int, asyncio.Future[str]] = {}
        self._last_id = 0
        self._gone = False

    async def act(self, name: str, /, **args: object) -> None:
        if self._gone:
            raise HarnessError(_GONE)
        self._last_id += 1
        answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._pending[self._last_id] = answer
        self._writer.write(_line({"id": self._last_id, "act": name, "args": args}))
        if error := await answer:
            raise HarnessError(error)

    async def follow(self) -> None:
        """Take over snapshots and answers; raises `HarnessError` as soon as the host is gone."""
        try:
            while line := await self._reader.readline():
                message = read_json(line, "world", max_bytes=MAX_LINE)
                if "world" in message and message["world"]["revision"] > self._state.revision:
                    self._replace(from_json(message["world"]))
                self._answered(message.get("id"), message.get("error", ""))
        except (ConnectionError, LisaError, ValueError, KeyError, TypeError, AttributeError):
            pass  # as good as an end: what is said there is no world any more
        finally:
            self._gone = True
            for number in list(self._pending):
                self._answered(number, _GONE)
        raise HarnessError(_GONE)

    def _answered(self, number: int | None, error: str) -> None:
        answer = self._pending.pop(number, None) if number is not None else None
        if answer is not None and not answer.done():  # whoever acted may have given up
            answer.set_result(error)


@contextlib.asynccontextmanager
async def join_world(address: str) -> AsyncIterator[JoinedWorld]:
    """Join `tcp://host:port`. Raises `LisaError` when nobody hosts a world there, as soon as nobody does."""
    try:
        place = read_address(address, WORLD)
    except ProfileError as error:
        raise LisaError(f"„{address}“ ist keine Adresse einer Welt: erwartet wird tcp://127.0.0.1:Port.") from error
    try:
        reader, writer = await asyncio.open_connection(place.host, place.port, limit=MAX_LINE)
    except OSError as error:
        raise LisaError(
            f"Unter {address} ist keine Welt. Erst „lisa emulate“ starten; seine erste Zeile nennt die Adresse."
        ) from error
    try:
        world = JoinedWorld(reader, writer, await _first_state(reader, address))
        async with beside(world.follow()):
            yield world
    finally:
        writer.close()


async def _first_state(reader: asyncio.StreamReader, address: str) -> World:
    try:
        async with patience(JOIN_S):
            return from_json(read_json(await reader.readline(), "world", max_bytes=MAX_LINE)["world"])
    except (OSError, TimeoutError, ProtocolError, ValueError, KeyError, TypeError) as error:
        raise LisaError(f"Unter {address} antwortet etwas anderes als eine Welt. Die Adresse prüfen.") from error


@contextlib.asynccontextmanager
async def serve_world(world: HostedWorld) -> AsyncIterator[str]:
    """Let others join; yields the address as `tcp://127.0.0.1:port`."""

    async def guest(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ValueError):  # a line without an end
            await _attend(world, reader, writer)

    opened = partial(asyncio.start_server, host="127.0.0.1", port=0, limit=MAX_LINE)
    async with attending(guest, opened) as server:
        yield f"tcp://127.0.0.1:{server.sockets[0].getsockname()[1]}"


async def _attend(world: HostedWorld, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    async def tell() -> None:
        revision = -1
        while True:
            state = await world.changed(revision)
            revision = state.revision
            writer.write(_line({"world": as_json(state)}))
            await writer.drain()

    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, UNREAD)
    telling = asyncio.create_task(tell())
    try:
        while line := await reader.readline():
            writer.write(_line(await _answer(world, line)))
            await writer.drain()
            await asyncio.sleep(0)  # a guest that acts without end leaves everybody else a turn
    finally:
        telling.cancel()
        await asyncio.gather(telling, return_exceptions=True)


async def _answer(world: HostedWorld, line: bytes) -> JsonDict:
    try:
        match read_json(line, "world", max_bytes=MAX_LINE):
            case {"id": int(number), "act": str(name), **more} if isinstance(args := more.get("args", {}), dict):
                pass
            case _:
                return {"id": 0, "error": "Das ist keine Handlung: erwartet werden id, act und args."}
    except ProtocolError as error:
        return {"id": 0, "error": f"Das ist keine Handlung: {error}"}
    try:
        await world.act(name, **understood(name, args))
    except HarnessError as error:
        return {"id": number, "error": str(error)}
    return {"id": number, "ok": True, "world": as_json(world.state)}


def _line(message: JsonDict) -> bytes:
    return json.dumps(message, separators=(",", ":")).encode() + b"\n"
