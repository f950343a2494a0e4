"""A serial line behind ser2net: what our line says of each way in which it can be offered, and that the cure helps."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from emulator.devices.door import open_door
from emulator.world.live_world import HostedWorld
from lisa_core.domain.model.errors import DeviceFault
from lisa_core.equipment.drivers.modbus_io import ModbusIo, open_modbus_io
from lisa_core.equipment.lines.serial import open_serial
from tests.peers.clients import Client

pytestmark = pytest.mark.peer

ACCEPTED = (
    Client(
        "serial",
        "ser2net",
        "4.3.11",
        "Debian",
        "server",
        "test_each_way_of_offering_a_line_works_or_its_cure_is_named",
        "raw, telnet, RFC 2217, a taken line",
    ),
)

ACCEPTERS = {"raw": "tcp", "telnet": "telnet,tcp", "rfc2217": "telnet(rfc2217),tcp"}


@contextlib.asynccontextmanager
async def ser2net(program: str, device: str, folder: Path, speed: int = 9600) -> AsyncIterator[dict[str, str]]:
    """Yields where it offers the device, by kind of accepter."""
    with contextlib.ExitStack() as free:
        sockets = [free.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in ACCEPTERS]
        ports = dict(zip(ACCEPTERS, (one.getsockname()[1] for one in sockets), strict=True))
    lines = ["%YAML 1.1", "---"]
    for kind, accepter in ACCEPTERS.items():
        lines += [f"connection: &{kind}", f"  accepter: {accepter},127.0.0.1,{ports[kind]}"]
        lines += [f"  connector: serialdev,{device},{speed}n81,local"]
    config = folder / "ser2net.yaml"
    config.write_text("\n".join(lines) + "\n", encoding="utf-8")
    process = await asyncio.create_subprocess_exec(program, "-n", "-c", str(config))
    try:
        yield {kind: f"127.0.0.1:{port}" for kind, port in ports.items()}
    finally:
        process.terminate()
        await process.wait()


async def refused(url: str) -> DeviceFault:
    """The fault of a line that cannot be used, once the server is up and nobody has the line any more."""
    while True:
        try:
            await heard(url)
        except DeviceFault as fault:
            if fault.code not in ("link.missing", "link.busy"):
                return fault


async def heard(url: str) -> bytes:
    """What comes first on this line."""
    line = await open_serial(url, baudrate=9600)
    try:
        async with asyncio.timeout(60):
            return await line.read()
    finally:
        await line.aclose()


async def busy(url: str) -> None:
    """A second user is told so, and may try again."""
    with pytest.raises(DeviceFault, match="anderes Programm") as caught:
        await heard(url)
    assert (caught.value.code, caught.value.retryable) == ("link.busy", True)


def test_each_way_of_offering_a_line_works_or_its_cure_is_named(need: Callable[[str], str], tmp_path: Path) -> None:
    program = need("ser2net")

    async def scenario() -> None:
        world = HostedWorld()
        async with open_door(world) as path, ser2net(program, path, tmp_path) as at:
            telnet = await refused(f"socket://{at['telnet']}")
            assert telnet.code == "link.refused"
            assert f"rfc2217://{at['telnet']}" in str(telnet)
            assert "?ign_set_control" in str(await refused(f"rfc2217://{at['rfc2217']}?timeout=1"))
            async with contextlib.AsyncExitStack() as opened:
                io = await once_free(opened, f"rfc2217://{at['rfc2217']}?ign_set_control")
                await asyncio.gather(busy(f"rfc2217://{at['rfc2217']}?timeout=0.3"), busy(f"socket://{at['raw']}"))
                await io.switch(1).set(True)
                assert world.state.glass_opaque
            async with contextlib.AsyncExitStack() as opened:
                io = await once_free(opened, f"socket://{at['raw']}")
                await io.switch(1).set(False)
                assert not world.state.glass_opaque

    asyncio.run(asyncio.wait_for(scenario(), 60))


async def once_free(stack: contextlib.AsyncExitStack, url: str) -> ModbusIo:
    """The unit behind it, as soon as the server has let go of the client before."""
    while True:
        attempt = contextlib.AsyncExitStack()
        try:
            io = await attempt.enter_async_context(open_modbus_io(url, {"timeout_s": 1.0}))
            await io.check()
        except DeviceFault:
            await attempt.aclose()
            continue
        stack.push_async_exit(attempt)
        return io
