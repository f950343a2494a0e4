"""A program that is killed while somebody signs: the pad goes on inking; the next one opens it, and it is empty."""

from __future__ import annotations

import asyncio
import sys
from contextlib import aclosing

import pytest

from emulator.devices.signature_pad import open_signature_pad
from emulator.devices.stu.model import PLAIN, pad_model
from emulator.devices.stu.pad import StuPad
from emulator.world.live_world import HostedWorld
from lisa_core.domain.model.readings import WRITE_NOW
from lisa_core.equipment.codecs.stu import reports as stu
from lisa_core.equipment.drivers.wacom_stu import open_wacom_stu

SIGNS = """
import asyncio, sys
from lisa_core.equipment.drivers.wacom_stu import open_wacom_stu

async def main():
    async with open_wacom_stu(sys.argv[1], {"encrypted": sys.argv[2] == "usb", "prompt": "Antrag"}) as pad:
        async for sample in pad.capture():
            print(sample.down, flush=True)

asyncio.run(main())
"""


@pytest.mark.parametrize("line", ["serial", "usb"])
def test_a_pad_whose_program_is_killed_in_a_signature_is_empty_for_the_next(line: str) -> None:
    async def story() -> None:
        world = HostedWorld()
        now_us = round(asyncio.get_running_loop().time() * 1e6)
        device = StuPad(now_us, model=PLAIN if line == "serial" else pad_model("stu-430"))
        listen = "" if line == "serial" else "usbip://127.0.0.1:0"
        async with open_signature_pad(world, listen=listen, pad=device) as address:
            program = await asyncio.create_subprocess_exec(sys.executable, "-c", SIGNS, address, line, stdout=-1)
            assert program.stdout is not None
            assert await program.stdout.readline() == b"False\n", "it is ready"
            await world.act("sign", recording="musterfrau")
            while await program.stdout.readline() != b"True\n":
                pass
            program.kill()
            await program.wait()
            assert device.ink
            assert device.picture
            async with open_wacom_stu(address, {}) as pad:
                assert device.blank, "and the pen still writes"
                while world.state.pen:
                    await world.changed(world.state.revision)
                assert device.blank
                assert device.read(3, 10**15) == stu.Status(0, 0), "no session of before goes on"
                async with aclosing(pad.capture()) as capture:
                    assert await anext(capture) == WRITE_NOW
            assert not world.state.pad_ink

    asyncio.run(asyncio.wait_for(story(), 60))
