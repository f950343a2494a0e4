"""The unit by the door on a network: Modbus TCP, several clients at once, as units and gateways of the trade have it.

Source: MODBUS Messaging on TCP/IP Implementation Guide V1.0b: 4.4.2.2 (numbers 0 and 255 mean the unit itself; behind a
gateway nobody answers to any other: exception 11), 4.2.2 (a limit of connections). A client beyond it is turned away,
and so is one that speaks something else; both are ours, the guide leaves it open. There is no checksum in the frame:
bits that are turned, and wrong sums, happen on the line behind a gateway, which hands such an answer on to nobody.
"""

from __future__ import annotations

import asyncio
from contextlib import AbstractAsyncContextManager
from dataclasses import replace

from emulator.devices.bus.unit import DoorUnit
from emulator.devices.bus.wear import LATE, LATE_S, STRANGER, WRONG_SUM
from emulator.devices.listener import Client, serve_clients
from emulator.world.line_faults import LineFaults
from lisa_core.equipment.codecs.modbus_pdu import Answer, ExceptionResponse, Reason, Request
from lisa_core.equipment.codecs.modbus_tcp import ITSELF, NetworkRequestParser, encode_answer, encode_exception


def serve_on_network(
    unit: DoorUnit, listen: str, delay_ms: int, faults: LineFaults
) -> AbstractAsyncContextManager[str]:
    """Be the unit at "host:port" ("127.0.0.1:0": any free one); yields the address as "host:port".

    `delay_ms`: how long it takes to answer.
    """

    async def attend(client: Client) -> None:
        parser = NetworkRequestParser()
        while not parser.broken and (data := await client.read()):
            for transaction, message in parser.feed(data):
                if unit.silent:
                    continue
                reply = await _answered(unit, message, transaction)
                if wait_s := LATE_S if LATE in unit.faults else delay_ms / 1000:
                    await asyncio.sleep(wait_s)
                if WRONG_SUM not in unit.faults:
                    client.write(reply)

    return serve_clients(attend, listen, faults)


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
