"""The line of a device that somebody else emulates: a pty, or a socket. It fails as the world says.

While the world has the device silent, nothing is said and nothing heard on it. Noise, pulled plugs and whatever else
befalls bytes (`emulator.world.line_faults`) is done here, so that whoever writes the device need not think of it.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Protocol

from emulator.devices.listener import serve_clients
from emulator.devices.pty import serve_on_pty
from emulator.devices.uart import LineSettings
from emulator.world.line_faults import LineFaults
from emulator.world.live_world import LiveWorld
from lisa_core.domain.model.errors import LisaError
from lisa_core.equipment.slots.catalogue import FAULTS
from lisa_core.equipment.slots.declaration import SILENT
from lisa_core.equipment.slots.faults import SERIAL

SOCKET = "socket://"


def line_faults(plays: str) -> tuple[str, ...]:
    """What befalls such a line, by the names of the catalogue: silence, noise, pulled plugs.

    As `FAULTS` beside the device it is what `lisa emulate NAME --faults` takes; what else the device knows is added.
    """
    return tuple(name for word in (SILENT, *SERIAL) if (name := f"{plays}.{word}") in FAULTS)


class _Bytes(Protocol):
    async def read(self) -> bytes: ...

    def write(self, data: bytes) -> None: ...


class DeviceLine:
    """One client's line to a device that plays `plays` in this world."""

    def __init__(self, line: _Bytes, world: LiveWorld, plays: str) -> None:
        self._line, self._world, self._plays = line, world, plays

    async def read(self) -> bytes:
        """The next bytes that the device hears; b"" when a client on a network is gone."""
        while True:
            data = await self._line.read()
            if not data or self._plays not in self._world.state.silent:
                return data

    def write(self, data: bytes) -> None:
        """Say one message. Never waits; who is not there, or slow, does not hear it."""
        if self._plays not in self._world.state.silent:
            self._line.write(data)


@contextlib.asynccontextmanager
async def serve_line(
    talk: Callable[[DeviceLine], Coroutine[None, None, None]],
    world: LiveWorld,
    plays: str,
    *,
    listen: str = "",
    baudrate: int = 115_200,
    network: bool = False,
) -> AsyncIterator[str]:
    """Let `talk` be the device on a line of its own; yields where: a path, or "socket://host:port".

    `plays`: the device of the slot, as scenarios silence it ("presence", "door"). `listen`: a path for the pty (none:
    one of its own), or "socket://host:port", where `talk` is called for each client. `network`: only the latter, as for
    what says more at once than the 20 kB that a pty keeps. Raises `LisaError` when that cannot be had; what `talk`
    raises on a pty is raised at the end.
    """
    faults = LineFaults(world, plays)
    listen = listen or (f"{SOCKET}127.0.0.1:0" if network else "")
    if network and not listen.startswith(SOCKET):
        raise LisaError(f"{listen!r}: Dieses Gerät hängt am Netz. Erwartet wird {SOCKET}127.0.0.1:0.")

    async def attend(line: _Bytes) -> None:
        await talk(DeviceLine(line, world, plays))

    if listen.startswith(SOCKET):
        async with serve_clients(attend, listen.removeprefix(SOCKET), faults) as place:
            yield f"{SOCKET}{place}"
    else:
        async with serve_on_pty(attend, listen, LineSettings(baudrate), faults) as path:
            yield path
