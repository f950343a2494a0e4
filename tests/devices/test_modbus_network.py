"""The input/output unit on a network: emulated unit and driver over real connections, several clients, a bad one."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

import pytest

from emulator.devices.door import open_door
from emulator.devices.listener import MOST_CLIENTS
from emulator.world.live_world import HostedWorld
from lisa_core.domain.model.errors import DeviceFault, LisaError
from lisa_core.domain.model.readings import DeviceIdentity, LampColour
from lisa_core.equipment.codecs.modbus_pdu import Answer, ExceptionResponse, Function, Reason, Request
from lisa_core.equipment.codecs.modbus_tcp import NetworkAnswerParser, NetworkDeframer, encode_request
from lisa_core.equipment.drivers.modbus_io import ModbusIo, open_modbus_io
from lisa_core.equipment.lines import tcp_stream
from lisa_core.equipment.slots.faults import SERIAL

LISTEN = "tcp://127.0.0.1:0"


async def _next(states: AsyncIterator[bool]) -> bool:
    async with asyncio.timeout(60):
        return await anext(states)


async def back(io: ModbusIo) -> None:
    """Until it answers: the connection is made anew."""
    async with asyncio.timeout(60):
        while True:
            with contextlib.suppress(DeviceFault):
                return await io.check()
            await asyncio.sleep(0)


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tcp_stream, "AGAIN_S", 0.01)


def test_contacts_and_outputs_over_the_network() -> None:
    async def scenario() -> None:
        world = HostedWorld()
        async with open_door(world, listen=LISTEN) as address, open_modbus_io(address, {}) as io:
            door = io.contact(1, inverted=True).states()
            assert await _next(door) is False
            await world.act("open_door")
            assert await _next(door) is True
            await asyncio.gather(io.switch(1).set(True), io.lamp(2, 3, 4).show(LampColour.YELLOW))
            assert (world.state.glass_opaque, world.state.lamp) == (True, "gelb")
            assert await io.identify() == DeviceIdentity(firmware="V2.00")
            with pytest.raises(DeviceFault, match="abgelehnt"):
                await io.ask(Function.READ_COILS, 8)

    asyncio.run(scenario())


def test_a_unit_of_another_number_one_that_falls_silent_and_one_that_fails() -> None:
    async def scenario() -> None:
        world = HostedWorld()
        async with open_door(world, listen=LISTEN) as address:
            async with open_modbus_io(address, {"unit": 7}) as io:
                for asked in (io.switch(1).set(True), io.check(), io.identify()):
                    with pytest.raises(DeviceFault, match="hinter dem Gateway antwortet niemand") as caught:
                        await asked
                    assert (caught.value.code, caught.value.retryable) == ("door.silent", True)
            async with open_modbus_io(address, {"unit": 255, "timeout_s": 1.0, "tries": 1}) as io:
                await io.check()
                await world.act("silence", device="door")
                with pytest.raises(DeviceFault, match="socket:// für eine serielle Leitung am Netz") as caught:
                    await io.check()
                assert caught.value.code == "door.silent"
                await world.act("wake", device="door")
                await back(io)
                await world.act("fail", fault="door.ausnahme")
                for asked in (io.check(), io.identify()):
                    with pytest.raises(DeviceFault, match="sie meldet eine Störung") as caught:
                        await asked
                    assert (caught.value.code, caught.value.retryable) == ("door.refused", True)
                await world.act("heal", fault="door.ausnahme")
                await io.check()

    asyncio.run(scenario())


def test_a_unit_that_is_gone_and_comes_back_at_its_place() -> None:
    async def scenario() -> None:
        async with contextlib.AsyncExitStack() as plug:
            address = await plug.enter_async_context(open_door(HostedWorld(), listen=LISTEN))
            async with open_modbus_io(address, {}) as io:
                watched = io.contact(1).states()
                await _next(watched)
                await plug.aclose()
                with pytest.raises(DeviceFault) as caught:
                    await _next(watched)
                assert caught.value.code == "link.lost"
                async with open_door(HostedWorld(), listen=address):
                    await back(io)
        with pytest.raises(DeviceFault, match="Nicht erreichbar") as caught:
            await open_modbus_io(address, {}).__aenter__()
        assert (caught.value.code, caught.value.retryable) == ("link.missing", True)

    asyncio.run(asyncio.wait_for(scenario(), 60))


@pytest.mark.parametrize("fault", [*SERIAL, "pruefsumme"])
def test_whatever_its_network_does_to_it_nothing_wrong_is_read_and_it_is_back_by_itself(fault: str) -> None:
    async def scenario() -> None:
        world = HostedWorld()
        gentle, gone = fault in ("zerstueckelt", "troepfelt"), fault in ("abgezogen", "umgesteckt", "pruefsumme")
        quick = {"timeout_s": 5.0 if gentle else 0.1, "tries": 1}
        async with open_door(world, listen=LISTEN) as address, open_modbus_io(address, quick) as io:
            await world.act("fail", fault=f"door.{fault}")
            codes = set()
            for _ in range(4 if gone else 12):
                try:
                    answer = await io.ask(Function.READ_INPUTS, 0, count=8)
                except DeviceFault as lost:
                    codes.add(lost.code)
                    await asyncio.sleep(0)
                else:
                    assert answer.values == (1, *(0,) * 7)
            assert codes <= (set() if gentle else {"door.silent", "link.lost"})
            assert codes or not gone
            await world.act("heal", fault=f"door.{fault}")
            await back(io)

    asyncio.run(scenario())


def test_clients_share_the_unit_one_too_many_and_one_that_talks_rubbish_are_turned_away() -> None:
    async def scenario() -> None:
        world = HostedWorld()
        async with asyncio.timeout(60), open_door(world, listen=LISTEN) as address:
            port = int(address.rpartition(":")[2])
            lines = [await asyncio.open_connection("127.0.0.1", port) for _ in range(MOST_CLIENTS)]
            for number, line in enumerate(lines):
                assert await asked(*line, Request(1, Function.WRITE_COIL, 0, values=(number % 2,))) == Answer()
            assert await asked(*lines[0], Request(1, Function.READ_COILS, 0)) == Answer((1,))
            surplus, _ = await asyncio.open_connection("127.0.0.1", port)
            assert await surplus.read() == b""
            reader, writer = lines.pop()
            writer.write(b"GET / HTTP/1.1\r\n\r\n")
            assert await reader.read() == b""
            another = await asyncio.open_connection("127.0.0.1", port)
            refused = ExceptionResponse(1, Function.READ_INPUT_REGISTERS, Reason.ILLEGAL_FUNCTION)
            assert await asked(*another, Request(1, Function.READ_INPUT_REGISTERS, 0)) == refused
            for _, writer in (*lines, another):
                writer.close()

    asyncio.run(scenario())


async def asked(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: Request
) -> Answer | ExceptionResponse:
    writer.write(encode_request(request, 5))
    parser = NetworkAnswerParser(request, 5, NetworkDeframer())
    while not (said := parser.feed(await reader.read(64))):
        pass
    return said


def test_a_place_that_nobody_may_reach_is_refused() -> None:
    async def scenario() -> None:
        with pytest.raises(LisaError, match="von außen erreichbar"):
            await open_door(HostedWorld(), listen="tcp://0.0.0.0:502").__aenter__()

    asyncio.run(scenario())
