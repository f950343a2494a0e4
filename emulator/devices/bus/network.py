"""The unit by the door on a network: Modbus TCP, several clients at once, as units and gateways of the trade have it.

Source: MODBUS Messaging on TCP/IP Implementation Guide V1.0b: 4.4.2.2 (numbers 0 and 255 mean the unit itself; behind a
gateway nobody answers to any other: exception 11), 4.2.2 (a limit of connections). A client beyond it is turned away,
and so is one that speaks something else; both are ours, the guide leaves it open.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import replace

from emulator.devices.bus.unit import DoorUnit
from emulator.devices.bus.wear import LATE, LATE_S, STRANGER
from emulator.devices.listener import bound_socket
from emulator.world.line_faults import LineFaults
from lisa_core.equipment.codecs.modbus_pdu import Answer, ExceptionResponse, Reason, Request
from lisa_core.equipment.codecs.modbus_tcp import ITSELF, NetworkRequestParser, encode_answer, encode_exception

MOST_CLIENTS = 8
UNPLUGGED = "door.abgezogen"


@contextlib.asynccontextmanager
async def serve_on_network(unit: DoorUnit, listen: str, delay_ms: int, faults: LineFaults) -> AsyncIterator[str]:
    """Be the unit at "host:port" ("127.0.0.1:0": any free one); yields the address as "host:port".

    `delay_ms`: how long it takes to answer. Unplugged it takes no connection, and has none.
    """
    clients: set[asyncio.Task[None]] = set()

    async def attend(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        clients.add(task)
        try:
            if len(clients) <= MOST_CLIENTS:
                await _attend(unit, reader, writer, delay_ms / 1000, faults)
        except (ConnectionError, asyncio.CancelledError):
            pass  # a client may vanish at any time; Python 3.11 would print a cancelled one as a fault
        finally:
            clients.discard(task)
            writer.close()

    server = await asyncio.start_server(attend, sock=bound_socket(listen))
    host, port = server.sockets[0].getsockname()[:2]
    try:
        yield f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    finally:
        server.close()
        for task in list(clients):
            task.cancel()
        await asyncio.gather(*clients, return_exceptions=True)


async def _attend(
    unit: DoorUnit, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, delay_s: float, faults: LineFaults
) -> None:
    parser = NetworkRequestParser()
    while not parser.broken and (data := await reader.read(65_536)):
        if UNPLUGGED in unit.faults:
            return
        for transaction, message in parser.feed(data):
            if not unit.silent:
                reply = await _answered(unit, message, transaction)
                if wait_s := LATE_S if LATE in unit.faults else delay_s:
                    await asyncio.sleep(wait_s)
                for wait_us, piece in faults.pieces(reply):
                    if wait_us:
                        await asyncio.sleep(wait_us / 1_000_000)
                    writer.write(piece)
        await writer.drain()


async def _answered(unit: DoorUnit, message: Request | ExceptionResponse, transaction: int) -> bytes:
    said: Answer | ExceptionResponse
    if message.unit not in (unit.number, *ITSELF):
        said = ExceptionResponse(message.unit, message.function, Reason.NO_ANSWER_BEHIND)
    else:
        said = await unit.said(message)
    number = message.unit % 247 + 1 if STRANGER in unit.faults else message.unit
    if isinstance(said, Answer):
        assert isinstance(message, Request)
        return encode_answer(replace(message, unit=number), said, transaction)
    return encode_exception(replace(said, unit=number), transaction)
