"""Modbus with programs for node: clients over TCP and on lines of serialport, and our driver at their units."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from emulator.devices.door import open_door
from emulator.world.live_world import HostedWorld
from lisa_core.equipment.codecs.modbus_pdu import Function
from lisa_core.equipment.drivers.modbus_io import open_modbus_io
from tests.peers.clients import Client
from tests.peers.test_modbus_network_peer import COILS, INPUTS, said_by, switch_all, switched

pytestmark = pytest.mark.peer

ACCEPTED = (
    Client("door", "modbus-serial", "8.0.25", "npm", "client", "test_clients_for_node", "inputs, outputs, exceptions"),
    Client("door", "jsmodbus", "5.0.0", "npm", "client", "test_clients_for_node", "inputs, outputs, exceptions"),
    Client("door", "modbus-stream", "0.46.0", "npm", "client", "test_clients_for_node", "inputs, outputs, exceptions"),
    Client("door", "modbus-tcp", "0.4.13", "npm", "client", "test_clients_for_node", "inputs, outputs, exceptions"),
    Client(
        "door",
        "modbus-serial (RTU)",
        "8.0.25",
        "npm",
        "client",
        "test_clients_for_node",
        "inputs, outputs, exceptions, on a line of serialport",
    ),
    Client(
        "door",
        "jsmodbus (RTU)",
        "5.0.0",
        "npm",
        "client",
        "test_clients_for_node",
        "inputs, outputs, exceptions, on a line of serialport",
    ),
    Client("door", "modbus-tcp", "0.4.13", "npm", "server", "test_our_driver_at_units_for_node", "inputs, outputs"),
    Client("door", "modbus-serial", "8.0.25", "npm", "server", "test_our_driver_at_units_for_node", "inputs, outputs"),
    Client("door", "jsmodbus", "5.0.0", "npm", "server", "test_our_driver_at_units_for_node", "inputs, outputs"),
)
NODE = Path(__file__).parent / "node"
NODE_CLIENTS = {
    "modbus-serial": 2,
    "jsmodbus": 2,
    "modbus-stream": "IllegalDataAddress",
    "modbus-tcp": "ILLEGAL_DATA_ADDRESS",
    "modbus-serial (RTU)": 2,
    "jsmodbus (RTU)": 2,
}
"""And what each calls an address that the unit has not."""
NODE_UNITS = {"modbus-serial": "modbus-serial", "jsmodbus": "jsmodbus", "modbus-tcp": "modbus-stream"}
"""And the list that installs it."""


def test_clients_for_node(need: Callable[[str], str], npm: Callable[[str], Path]) -> None:
    """One after the other, each at a unit of its own, over TCP and on a line."""
    node, folders = need("node"), [npm(name) for name in ("modbus-serial", "jsmodbus", "modbus-stream", "serialport")]

    async def scenario() -> None:
        async with contextlib.AsyncExitStack() as stack:
            wheres = dict[str, tuple[HostedWorld, object]]()
            for client, refused in NODE_CLIENTS.items():
                world, on_line = HostedWorld(), client.endswith("(RTU)")
                listen = "" if on_line else "tcp://127.0.0.1:0"
                where = await stack.enter_async_context(open_door(world, listen=listen))
                wheres[f"{client.split()[0]}={where if on_line else where.rpartition(':')[2]}"] = world, refused
            path = ":".join(str(folder / "node_modules") for folder in folders)
            said = json.loads(await said_by(node, str(NODE / "modbus_client.cjs"), *wheres, folder=path))
            for where, (world, refused) in wheres.items():
                assert said[where] == {"inputs": INPUTS, "coils": COILS, "version": 200, "refused": refused}, where
                assert switched(world), where

    asyncio.run(asyncio.wait_for(scenario(), 60))


@pytest.mark.parametrize("kind", NODE_UNITS)
def test_our_driver_at_units_for_node(kind: str, need: Callable[[str], str], npm: Callable[[str], Path]) -> None:
    node, env = need("node"), {"NODE_PATH": str(npm(NODE_UNITS[kind]) / "node_modules")}

    async def scenario() -> None:
        unit = await asyncio.create_subprocess_exec(
            node, str(NODE / "modbus_unit.cjs"), kind, env=env, stdout=asyncio.subprocess.PIPE
        )
        assert unit.stdout is not None
        try:
            async with asyncio.timeout(60):
                port = int(await unit.stdout.readline())
                async with open_modbus_io(f"tcp://127.0.0.1:{port}", {"timeout_s": 5.0}) as io:
                    await switch_all(io)
                    assert list((await io.ask(Function.READ_COILS, 0, count=8)).values) == COILS
                told = [json.loads(await unit.stdout.readline())]
                while told[-1] != COILS:
                    told.append(json.loads(await unit.stdout.readline()))
        finally:
            unit.kill()
            await unit.wait()

    asyncio.run(scenario())
