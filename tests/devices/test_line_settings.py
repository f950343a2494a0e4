"""Speed and parity of the emulated serial devices: what is set wrongly is heard wrongly, and the driver says so."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.devices.door import open_door
from emulator.devices.presence import open_presence
from emulator.devices.signature_pad import open_signature_pad
from emulator.devices.uart import LineSettings, heard
from emulator.world.live_world import HostedWorld
from lisa_core.domain.model.errors import DeviceFault
from lisa_core.equipment.codecs.ld2410 import Code
from lisa_core.equipment.drivers import wacom_stu
from lisa_core.equipment.drivers.ld2410 import open_ld2410
from lisa_core.equipment.drivers.modbus_io import open_modbus_io
from lisa_core.equipment.drivers.stu import opening
from lisa_core.equipment.drivers.wacom_stu import open_wacom_stu

SPEEDS = (9600, 19_200, 115_200, 256_000)
FRAME = bytes.fromhex("f4f3f2f1 0d00 02aa")
QUICK = {"timeout_s": 0.1, "tries": 1}


@given(st.binary(max_size=60), st.sampled_from(SPEEDS), st.sampled_from(SPEEDS), st.sampled_from("NEO"))
def test_only_the_same_settings_carry_every_byte(data: bytes, sent: int, read: int, parity: str) -> None:
    data = FRAME + data
    arrived = heard(data, LineSettings(sent, parity), LineSettings(read, parity))
    assert (arrived == data) is (FRAME in arrived) is (sent == read)
    assert len(arrived) <= len(data) * (read // sent + 1) * 2


# Bytes as a UART reads them (drawn by hand from start, data, parity and stop bits).
@pytest.mark.parametrize(
    ("data", "sent", "read", "arrived"),
    [
        (b"\x55", LineSettings(9600), LineSettings(9600, "E"), b"\x00"),  # 4 ones and a stop bit: not even
        (b"\x57", LineSettings(9600), LineSettings(9600, "E"), b"\x57"),  # 5 ones: the stop bit makes it even
        (b"\x55", LineSettings(9600, "O"), LineSettings(9600), b"\x55"),  # the parity bit is taken for the stop bit
        (b"\x55", LineSettings(9600, "E"), LineSettings(9600), b"\x00"),
        (b"\x55\x55", LineSettings(9600, "E"), LineSettings(9600, "O"), b"\x00\x00"),
        (b"\xff", LineSettings(9600), LineSettings(19_200), b"\xfe"),  # a start bit of double length
        (b"\x00", LineSettings(19_200), LineSettings(9600), b"\xf8"),
    ],
)
def test_what_a_uart_hears(data: bytes, sent: LineSettings, read: LineSettings, arrived: bytes) -> None:
    assert heard(data, sent, read) == arrived


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"baudrate": 115_200}, "baudrate = 115200"),
        ({"parity": "E"}, "parity = 'E'"),
        ({"parity": "O"}, "parity = 'O'"),
    ],
)
def test_a_unit_at_another_speed_or_parity_is_none(wrong: dict[str, int | str], named: str) -> None:
    async def scenario() -> None:
        world = HostedWorld()
        async with open_door(world) as path:
            async with open_modbus_io(path, {**QUICK, **wrong}) as io:
                with pytest.raises(DeviceFault, match=named) as caught:
                    await io.switch(1).set(True)
            assert (caught.value.code, world.state.glass_opaque) == ("door.silent", False)
            async with open_modbus_io(path, {}) as io:
                await io.switch(1).set(True)

    asyncio.run(scenario())


def test_a_radar_speaks_at_another_speed_once_it_is_restarted() -> None:
    async def scenario() -> None:
        async with open_presence(HostedWorld()) as path:
            async with open_ld2410(path, {}) as radar:
                for command in ((Code.CONFIG_ENABLE, b"\1\0"), (Code.BAUDRATE, b"\5\0"), (Code.RESTART, b"")):
                    assert (await radar._line.ask(*command)).ok
            async with open_ld2410(path, {"baudrate": 115_200}) as radar:
                assert await anext(radar.reports())

    asyncio.run(scenario())


def test_a_radar_and_a_pad_at_another_speed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wacom_stu, "TIMEOUT_S", 0.2)
    monkeypatch.setattr(wacom_stu, "LEAVING_S", 0.1)

    async def scenario() -> None:
        world = HostedWorld()
        async with open_presence(world) as radar, open_signature_pad(world) as pad:
            async with open_ld2410(radar, {"baudrate": 115_200}) as device:
                with pytest.raises(DeviceFault, match="baudrate = 115200; ab Werk 256000") as caught:
                    await anext(device.reports())
                assert caught.value.code == "presence.garbled"
            with monkeypatch.context() as wrongly:
                wrongly.setitem(opening.BAUDRATE, "STU-430V", 38_400)
                with pytest.raises(DeviceFault, match="Geschwindigkeit"):
                    async with open_wacom_stu(pad, {}):
                        pass
            async with open_wacom_stu(pad, {}) as device_:
                await device_.check()

    asyncio.run(scenario())
