"""The emulated input/output unit, read and written by mbpoll (libmodbus) and minimalmodbus."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import minimalmodbus
import pytest

from emulator.devices.door import open_door
from emulator.world.live_world import HostedWorld
from tests.peers.clients import Client

pytestmark = pytest.mark.peer

ACCEPTED = (
    Client(
        "door",
        "mbpoll",
        "1.4.11",
        "Debian",
        "client",
        "test_mbpoll_reads_the_contact_and_writes_the_outputs",
        "inputs, outputs, exceptions, wrong settings",
    ),
    Client(
        "door",
        "minimalmodbus",
        "2.1.1",
        "PyPI",
        "client",
        "test_minimalmodbus_does_the_same",
        "inputs, outputs, a register, exceptions",
    ),
)

INPUTS = ("-t", "1", "-c", "8")


async def _mbpoll(program: str, path: str, *how: str, write: tuple[str, ...] = ()) -> tuple[int, str]:
    flags = ("-m", "rtu", "-b", "9600", "-P", "none", "-1", "-o", "0.5", "-q", "-r", "1", *how)
    process = await asyncio.create_subprocess_exec(
        program, *flags, path, *write, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    output, _ = await process.communicate()
    return process.returncode or 0, output.decode()


def test_mbpoll_reads_the_contact_and_writes_the_outputs(need: Callable[[str], str]) -> None:
    program = need("mbpoll")

    async def scenario() -> None:
        world = HostedWorld()
        async with open_door(world) as path:
            code, text = await _mbpoll(program, path, *INPUTS)
            assert code == 0, text
            assert "[1]: \t1" in text
            await world.act("open_door")
            code, text = await _mbpoll(program, path, *INPUTS)
            assert "[1]: \t0" in text
            code, text = await _mbpoll(program, path, "-t", "0", write=("1", "0", "0", "1"))
            assert code == 0, text
            assert world.state.glass_opaque
            assert world.state.lamp == "gruen"
            code, text = await _mbpoll(program, path, "-t", "0", "-c", "9")
            assert "Illegal data address" in text
            for wrong in (("-a", "2"), ("-b", "115200"), ("-P", "even"), ("-P", "odd")):
                code, text = await _mbpoll(program, path, *INPUTS, *wrong, "-o", "0.1")
                assert "[1]:" not in text, wrong
            code, text = await _mbpoll(program, path, *INPUTS, "-o", "0.1")
            assert "[1]:" in text, "as impatient as before, with the right settings"

    asyncio.run(scenario())


def test_minimalmodbus_does_the_same() -> None:
    def talk(path: str) -> None:
        unit = minimalmodbus.Instrument(path, 1)
        unit.serial.baudrate, unit.serial.timeout = 9600, 1
        assert unit.read_bits(0, 8, functioncode=2) == [1, 0, 0, 0, 0, 0, 0, 0]
        unit.write_bit(1, 1, functioncode=5)
        assert unit.read_bits(0, 4, functioncode=1) == [0, 1, 0, 0]
        unit.write_bits(0, [1, 0, 0, 1])
        assert unit.read_register(0x8000, functioncode=3) == 200
        with pytest.raises(minimalmodbus.IllegalRequestError):
            unit.read_bits(5, 8, functioncode=2)
        unit.serial.close()

    async def scenario() -> None:
        world = HostedWorld()
        async with open_door(world) as path:
            await asyncio.to_thread(talk, path)
        assert (world.state.lamp, world.state.glass_opaque) == ("gruen", True)

    asyncio.run(scenario())
