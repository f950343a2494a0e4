"""The input/output unit by the emulated booth's door, opened; what it is: `emulator.devices.bus.unit`."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator

from emulator.devices.bus.line import serve_on_bus
from emulator.devices.bus.network import serve_on_network
from emulator.devices.bus.unit import CHANNELS, LINE, DoorUnit, Unit, answer, inputs, manners_of
from emulator.devices.pty import serve_on_pty
from emulator.world.line_faults import LineFaults
from emulator.world.live_world import LiveWorld

__all__ = ["CHANNELS", "Unit", "answer", "inputs", "open_door"]

NETWORK = "tcp://"
LENGTH_AT = 2
"""Where an answer says how many bytes of values follow."""
NETWORK_LENGTH_AT = 5
"""Where the frame of the network says how long it is."""


@contextlib.asynccontextmanager
async def open_door(world: LiveWorld, *, listen: str = "", personality: str = "") -> AsyncIterator[str]:
    """Run the unit; yields where. On a pty, at the path `listen` if given, or on a network: tcp://host:port."""
    unit, manners = DoorUnit(world), manners_of(personality)
    if listen.startswith(NETWORK):
        faults = LineFaults(world, "door", NETWORK_LENGTH_AT, checked=True)
        async with serve_on_network(unit, listen.removeprefix(NETWORK), manners.delay_ms, faults) as address:
            yield NETWORK + address
    else:
        faults = LineFaults(world, "door", LENGTH_AT)
        async with serve_on_pty(lambda line: serve_on_bus(unit, line, manners), listen, LINE, faults) as path:
            yield path
