"""A line that hears itself, or never falls silent: only what the unit says confirms anything."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

import pytest

from emulator.devices import door
from emulator.devices.pty import Pty, serve_on_pty
from emulator.world.world import World
from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.readings import LampColour
from lisa_core.equipment.codecs.modbus_rtu import (
    ExceptionResponse,
    Reason,
    Request,
    RequestParser,
    encode_answer,
    encode_exception,
)
from lisa_core.equipment.drivers.modbus_io import open_modbus_io


class Bus:
    """An RS-485 adapter with echo and a unit behind it that is `dead`, `refuses` to write, or is `well`."""

    def __init__(self, unit: str, *, echo: bool = True, babble: bytes = b"") -> None:
        self._kind, self._echo, self._babble = unit, echo, babble
        self.unit = door.Unit()
        self.answered: list[Request] = []
        self.asked = 0

    async def serve(self, line: Pty) -> None:
        parser = RequestParser()
        while True:
            data = await line.read()
            if self._echo:
                line.write(data)
            for request in parser.feed(data):
                self.asked += 1
                if isinstance(request, Request) and self._kind != "dead":  # later, so that an echo arrives alone
                    asyncio.get_running_loop().call_later(0.01, self._say, line, request)

    def _say(self, line: Pty, request: Request) -> None:
        line.write(self._babble + self._answer(request))
        self.answered.append(request)

    def _answer(self, request: Request) -> bytes:
        if self._kind == "refuses" and request.values:
            return encode_exception(ExceptionResponse(1, request.function, Reason.ILLEGAL_ADDRESS))
        self.unit, said = door.answer(self.unit, door.inputs(World()), request)
        return encode_exception(said) if isinstance(said, ExceptionResponse) else encode_answer(request, said)


@contextlib.asynccontextmanager
async def on(bus: Bus) -> AsyncIterator[str]:
    async with asyncio.timeout(60), serve_on_pty(bus.serve) as path:
        yield path


@pytest.mark.parametrize(("unit", "code"), [("dead", "door.silent"), ("refuses", "door.refused")])
def test_an_echo_confirms_nothing(unit: str, code: str) -> None:
    async def scenario() -> None:
        async with on(Bus(unit)) as path, open_modbus_io(path, {"timeout_s": 0.1} if unit == "dead" else {}) as io:
            for write in (io.switch(1).set(True), io.lamp(2, 3, 4).show(LampColour.RED)):
                with pytest.raises(DeviceFault) as caught:
                    await write
                assert caught.value.code == code
                assert (unit == "dead") is ("Adapter mit Echo" in str(caught.value))

    asyncio.run(scenario())


@pytest.mark.parametrize("echo", [True, False])
def test_a_write_is_done_when_the_unit_has_answered(echo: bool) -> None:
    async def scenario() -> None:
        bus = Bus("well", echo=echo)
        async with on(bus) as path, open_modbus_io(path, {}) as io:
            for value in (True, False) * 5:
                await io.switch(1).set(value)
                assert bus.unit.coils[0] == value
                assert len(bus.answered) == bus.asked, "the next one must not be asked before this one is answered"
            await io.lamp(2, 3, 4).show(LampColour.GREEN)
            assert bus.unit.coils[1:4] == (0, 0, 1)

    asyncio.run(scenario())


def test_a_babbling_line_is_overlooked() -> None:
    async def scenario() -> None:
        bus = Bus("well", echo=False, babble=b"\x0f\xf6" * 1000)
        async with on(bus) as path, open_modbus_io(path, {}) as io:
            await io.switch(1).set(True)
            assert bus.unit.coils[0]

    asyncio.run(scenario())
