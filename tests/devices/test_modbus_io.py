"""Input/output unit: emulated unit and driver over a real pty, shared by four slots; and a unit that fails."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from emulator.devices.door import inputs, open_door
from emulator.devices.pty import Pty, serve_on_pty
from emulator.world.live_world import HostedWorld
from emulator.world.world import World
from lisa_core.domain.model.errors import DeviceFault, ProfileError
from lisa_core.domain.model.readings import DeviceIdentity, LampColour
from lisa_core.equipment.codecs.crc import crc16
from lisa_core.equipment.codecs.modbus_rtu import (
    Answer,
    ExceptionResponse,
    Function,
    Reason,
    Request,
    RequestParser,
    encode_answer,
    encode_exception,
)
from lisa_core.equipment.drivers.modbus_io import open_modbus_io


async def _next(states: AsyncIterator[bool]) -> bool:
    async with asyncio.timeout(60):
        return await anext(states)


def test_contacts_follow_the_world() -> None:
    async def scenario() -> None:
        world = HostedWorld()
        async with open_door(world) as path, open_modbus_io(path, {}) as io:
            door, button = io.contact(1, inverted=True).states(), io.contact(2).states()
            assert await _next(door) is False
            assert await _next(button) is False
            await world.act("open_door")
            assert await _next(door) is True
            await world.act("press_button")
            assert await _next(button) is True
            await world.act("close_door")
            assert await _next(door) is False
            assert await _next(io.contact(2).states()) is True

    asyncio.run(scenario())


def test_outputs_change_the_world() -> None:
    async def scenario() -> None:
        world = HostedWorld()
        async with open_door(world) as path, open_modbus_io(path, {}) as io:
            glass, lamp = io.switch(1), io.lamp(red=2, yellow=3, green=4)
            for colour in LampColour:
                await asyncio.gather(lamp.show(colour), glass.set(colour is LampColour.RED))
                assert world.state.lamp == colour.value
                assert world.state.glass_opaque is (colour is LampColour.RED)
            await io.lamp(red=2, yellow=4, green=8).show(LampColour.RED)
            assert world.state.lamp == "rot"
            assert await io.identify() == DeviceIdentity(firmware="V2.00")

    asyncio.run(scenario())


def test_refusals_and_another_unit_on_the_bus() -> None:
    async def scenario() -> None:
        async with open_door(HostedWorld()) as path:
            async with open_modbus_io(path, {}) as io:
                with pytest.raises(ProfileError, match="1 bis 8"):
                    io.contact(9)
                for function, address in [(Function.READ_INPUT_REGISTERS, 0), (Function.READ_COILS, 8)]:
                    with pytest.raises(DeviceFault, match="abgelehnt"):
                        await io.ask(function, address)
            async with open_modbus_io(path, {"unit": 7, "timeout_s": 0.1}) as io:
                with pytest.raises(DeviceFault, match="Einheit 7") as caught:
                    await _next(io.contact(1).states())
                assert (caught.value.code, caught.value.retryable) == ("door.silent", True)

    asyncio.run(scenario())


def test_a_unit_that_is_unplugged() -> None:
    async def scenario() -> None:
        async with open_door(HostedWorld()) as path:
            opened = open_modbus_io(path, {})
            io = await opened.__aenter__()
            watched = io.contact(1).states()
            await _next(watched)
        for states in (watched, io.contact(1).states()):
            with pytest.raises(DeviceFault) as caught:
                await _next(states)
            assert caught.value.code == "link.lost"
        with pytest.raises(DeviceFault):
            await io.switch(1).set(True)
        await opened.__aexit__(None, None, None)
        assert len(asyncio.all_tasks()) == 1

    asyncio.run(scenario())


def test_a_unit_that_is_plugged_in_again(tmp_path: Path) -> None:
    async def scenario() -> None:
        world, name, plug = HostedWorld(), str(tmp_path / "unit"), AsyncExitStack()
        await plug.enter_async_context(open_door(world, listen=name))
        async with open_modbus_io(name, {}) as io:
            door = io.contact(1, inverted=True)
            watched = door.states()
            assert await _next(watched) is False
            await plug.aclose()
            with pytest.raises(DeviceFault):
                await _next(watched)
            await world.act("open_door")
            async with open_door(world, listen=name):
                is_open = False
                while not is_open:
                    with contextlib.suppress(DeviceFault):
                        is_open = await _next(door.states())
                    await asyncio.sleep(0)
                await io.switch(1).set(True)
                assert world.state.glass_opaque

    asyncio.run(asyncio.wait_for(scenario(), 60))


def test_the_door_contact_is_normally_closed() -> None:
    assert inputs(World(button_pressed=True))[:3] == (True, True, False)
    assert inputs(World(door_open=True))[0] is False


@contextlib.asynccontextmanager
async def a_unit(says: Callable[[Request], bytes], after_s: float = 0.0) -> AsyncIterator[str]:
    """A unit that answers each request like this, so long after it came."""

    async def serve(line: Pty) -> None:
        parser, loop = RequestParser(), asyncio.get_running_loop()
        while True:
            for request in parser.feed(await line.read()):
                assert isinstance(request, Request)
                loop.call_later(after_s, line.write, says(request))

    async with serve_on_pty(serve) as path:
        yield path


def all_off(request: Request) -> bytes:
    return encode_answer(request, Answer((0,) * request.count if not request.values else ()))


def test_a_slow_unit_is_waited_for_as_long_as_the_profile_says() -> None:
    async def scenario() -> None:
        async with a_unit(all_off, after_s=0.1) as path:
            async with open_modbus_io(path, {"timeout_s": 0.03, "tries": 1}) as io:
                with pytest.raises(DeviceFault, match="timeout_s erhöhen"):
                    await _next(io.contact(1).states())
            async with open_modbus_io(path, {"timeout_s": 5.0, "tries": 1, "readback": False}) as io:
                await io.switch(1).set(True)

    asyncio.run(scenario())


@pytest.mark.parametrize("reason", [Reason.ACKNOWLEDGE, Reason.BUSY])
def test_a_unit_that_says_later_is_asked_again_with_patience(reason: Reason) -> None:
    writes: list[Request] = []

    def says(request: Request) -> bytes:
        if request.values:
            writes.append(request)
            if len(writes) < 3:
                return encode_exception(ExceptionResponse(1, request.function, reason))
        return all_off(request)

    async def scenario() -> None:
        async with a_unit(says) as path:
            async with open_modbus_io(path, {"later_s": 0, "readback": False}) as io:
                with pytest.raises(DeviceFault, match="noch beschäftigt") as caught:
                    await io.switch(1).set(True)
                assert (caught.value.code, caught.value.retryable) == ("door.refused", True)
            async with open_modbus_io(path, {"readback": False}) as io:
                await io.switch(1).set(True)
        assert len(writes) == 3

    asyncio.run(scenario())


def test_a_unit_that_fills_up_its_answer_and_one_that_has_too_few_inputs() -> None:
    def bits(*data: int) -> Callable[[Request], bytes]:
        body = bytes((1, 2, len(data), *data))
        return lambda request: body + crc16(body).to_bytes(2, "little")

    async def scenario() -> None:
        async with a_unit(bits(0b10, 0)) as path, open_modbus_io(path, {}) as io:
            assert await _next(io.contact(2).states()) is True
        async with a_unit(bits(0b10)) as path, open_modbus_io(path, {"inputs": 16, "timeout_s": 0.05}) as io:
            with pytest.raises(DeviceFault, match=r"16 Eingängen mit 1 statt 2 Bytes\. inputs berichtigen"):
                await _next(io.contact(2).states())
        async with open_door(HostedWorld()) as path, open_modbus_io(path, {"inputs": 9}) as io:
            with pytest.raises(DeviceFault, match=r"Funktion 2 mit Ausnahme 2 .* 9 Eingängen.*inputs angeben"):
                await _next(io.contact(2).states())

    asyncio.run(scenario())
