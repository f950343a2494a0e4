"""The unit by the door on a serial line: Modbus RTU."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from emulator.devices.bus.unit import DoorUnit, Manners
from emulator.devices.bus.wear import LATE, LATE_S, STRANGER, WRONG_SUM
from emulator.devices.uart import ByteLine
from lisa_core.equipment.codecs.modbus_rtu import (
    BROADCAST,
    Answer,
    ExceptionResponse,
    Request,
    RequestParser,
    encode_answer,
    encode_exception,
)

SILENCE_S = 0.05
"""After this long without a byte a frame that was begun is forgotten."""


async def serve_on_bus(unit: DoorUnit, line: ByteLine, manners: Manners) -> None:
    """Be the unit on a serial line, for ever. To others' numbers: silence; a broadcast is done and not answered."""
    parser = RequestParser()
    loop = asyncio.get_running_loop()
    heard = loop.time()
    while True:
        data = await line.read()
        if manners.echo:
            line.write(data)
        if loop.time() - heard > SILENCE_S:
            parser.reset()
        heard = loop.time()
        for message in parser.feed(data):
            if unit.silent or message.unit not in (unit.number, BROADCAST):
                continue
            reply = frame(message, await unit.said(message), stranger=STRANGER in unit.faults)
            if message.unit != BROADCAST:
                await asyncio.sleep(LATE_S if LATE in unit.faults else manners.delay_ms / 1000)
                reply = reply[:-1] + bytes((reply[-1] ^ 0xFF,)) if WRONG_SUM in unit.faults else reply
                line.write(manners.before + reply + manners.after)


def frame(message: Request | ExceptionResponse, said: Answer | ExceptionResponse, *, stranger: bool = False) -> bytes:
    """The answer on a serial line. `stranger`: under the next number."""
    unit = message.unit % 247 + 1 if stranger else message.unit
    if isinstance(said, ExceptionResponse) or isinstance(message, ExceptionResponse):
        assert isinstance(said, ExceptionResponse)
        return encode_exception(replace(said, unit=unit))
    return encode_answer(replace(message, unit=unit), said)
