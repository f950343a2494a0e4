"""Where an emulated device listens ("host:port" as the command line gives it, or a path), and who connects there."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

from emulator.world.attending import Attend, attending
from lisa_core.domain.model.errors import HarnessError, LisaError
from lisa_core.host.address import place_of
from lisa_core.host.causes import cause
from lisa_core.host.temporary import temporary


def bound_socket(listen: str) -> socket.socket:
    """Listen on "host:port" ("" = any free port of 127.0.0.1). Raises `LisaError` when that cannot be done."""
    host, _, port = (listen or "127.0.0.1:0").rpartition(":")
    if not (host and port.isascii() and port.isdigit() and len(port) < 6 and int(port) < 65536):
        raise LisaError(f"{listen!r} ist keine Adresse zum Lauschen: erwartet wird Rechner:Port, z. B. 127.0.0.1:0.")
    from lisa_core.web.asgi import listening_socket  # with all that serves pages: a booth in memory listens nowhere

    return listening_socket(host.strip("[]"), int(port))


def place_of_socket(bound: socket.socket) -> str:
    """Where it listens, as "host:port"."""
    return place_of(*bound.getsockname()[:2])


@contextlib.asynccontextmanager
async def attended(attend: Attend, listen: str) -> AsyncIterator[str]:
    """Attend whoever connects to "host:port" (as `bound_socket` has it); yields it. Raises `LisaError`."""
    bound = bound_socket(listen)
    async with attending(attend, partial(asyncio.start_server, sock=bound)):
        yield place_of_socket(bound)


@contextlib.asynccontextmanager
async def attended_at_path(attend: Attend, listen: str, name: str, limit: int = 65_536) -> AsyncIterator[str]:
    """Attend whoever connects to the Unix socket `listen`, or to one in a place of its own; yields its path.

    `limit`: so many bytes are read ahead. Raises `HarnessError` where there can be none; what stands there stays.
    """
    async with contextlib.AsyncExitStack() as stack:
        path = listen or str(stack.enter_context(temporary()) / name)
        try:
            opened = partial(asyncio.start_unix_server, path=path, limit=limit)
            await stack.enter_async_context(attending(attend, opened))
        except OSError as error:
            text = f"Der Pfad {path!r} ist nicht zu haben ({cause(error)}): einen freien, kurzen nennen."
            raise HarnessError(text) from error
        stack.callback(Path(path).unlink, missing_ok=True)
        yield path
