"""The unit by the door on a serial line: Modbus RTU."""

from __future__ import annotations

import asyncio

from emulator.devices.bus.unit import DoorUnit, Manners
from emulator.devices.pty import Pty
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


async def serve_on_bus(unit: DoorUnit, line: Pty, manners: Manners) -> None:
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
            said = await unit.said(message)
            if message.unit != BROADCAST:
                await asyncio.sleep(manners.delay_ms / 1000)
                line.write(manners.before + frame(message, said) + manners.after)


def frame(message: Request | ExceptionResponse, said: Answer | ExceptionResponse) -> bytes:
    """The answer on a serial line."""
    if isinstance(said, ExceptionResponse) or isinstance(message, ExceptionResponse):
        assert isinstance(said, ExceptionResponse)
        return encode_exception(said)
    return encode_answer(message, said)
