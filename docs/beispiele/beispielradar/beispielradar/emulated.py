"""The emulated device: samples the world and says what the radar would, at each change and ten times a second."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

from emulator.world.live_world import LiveWorld
from emulator.world.world import World

PLAYS = "presence"
"""What scenarios silence: the device of the slot, whoever plays it."""
FAULTS = (f"{PLAYS}.stumm",)
"""What can befall it; `lisa emulate beispielradar --faults` takes these."""
PERIOD_S = 0.1


def line(world: World) -> bytes:
    """What the radar says of this world."""
    moving = next((person.distance_cm for person in world.people if not person.seated), "-")
    still = next((person.distance_cm for person in world.people if person.seated), "-")
    return f"{moving} {still}\n".encode("ascii")


@contextlib.asynccontextmanager
async def open_device(world: LiveWorld, /, *, listen: str = "") -> AsyncIterator[str]:
    """Run the radar; yields `socket://host:port`."""
    guests: set[asyncio.Task[None]] = set()

    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        guests.add(task)
        try:
            while not writer.is_closing():
                state = world.state
                if PLAYS not in state.silent:
                    writer.write(line(state))
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(PERIOD_S):
                        await world.changed(state.revision)
        except asyncio.CancelledError:
            pass  # the device is switched off; Python 3.11 would print a cancelled guest as a fault
        finally:
            guests.discard(task)
            writer.close()

    host, _, port = listen.rpartition(":")
    server = await asyncio.start_server(speak, host or "127.0.0.1", int(port or 0))
    try:
        yield f"socket://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        for task in list(guests):
            task.cancel()
        await asyncio.gather(*guests, return_exceptions=True)
