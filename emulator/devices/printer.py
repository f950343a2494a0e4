"""The printer in the booth: takes a PDF on its raw port (AppSocket) and lays the sheet into the world's tray.

What it does not take it refuses by resetting the connection, as a printer does that is switched off in the middle.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import logging
import socket
import struct
from collections.abc import AsyncIterator

from emulator.devices.listener import bound_socket
from emulator.world.live_world import LiveWorld
from lisa_core.domain.model.errors import LisaError, ProtocolError
from lisa_core.equipment.codecs.pjl import PrintJob, read_job

MAX_JOB = 20 * 1024 * 1024
IDLE_S = 30.0
JOB_S = 300.0
"""Seconds until a job must be complete, however steadily it comes."""

_log = logging.getLogger(__name__)


def sheet_of(job: PrintJob) -> str:
    """How a printed document lies in the tray: its name and the SHA-256 of the PDF."""
    return f"{job.name or 'Dokument'} {hashlib.sha256(job.document).hexdigest()}"


@contextlib.asynccontextmanager
async def open_printer(world: LiveWorld, *, listen: str = "") -> AsyncIterator[str]:
    """Run the printer; yields socket://host:port. Raises `LisaError` when `listen` cannot be had."""
    jobs: set[asyncio.Task[None]] = set()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        jobs.add(task)
        try:
            await _print(world, reader, writer)
        finally:
            jobs.discard(task)

    listener = bound_socket(listen)
    host, port = listener.getsockname()[:2]
    server = await asyncio.start_server(connected, sock=listener)
    try:
        yield f"socket://{host}:{port}"
    finally:
        server.close()
        for task in list(jobs):
            task.cancel()
        await asyncio.gather(*jobs, return_exceptions=True)


async def _print(world: LiveWorld, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        async with asyncio.timeout(JOB_S):
            data = await _received(reader)
        if not data:  # somebody looked whether it is there
            writer.close()
            return
        job = read_job(data)
        await world.act("hand_out", sheet=sheet_of(job))
        writer.close()
    except (LisaError, OSError) as error:  # a TimeoutError is an OSError
        _log.warning("Druckauftrag abgelehnt: %s (%s)", error, type(error).__name__)
        _reset(writer)
    except asyncio.CancelledError:
        _reset(writer)
        raise


async def _received(reader: asyncio.StreamReader) -> bytes:
    data = bytearray()
    while True:
        async with asyncio.timeout(IDLE_S):
            chunk = await reader.read(64 * 1024)
        if not chunk:
            return bytes(data)
        data += chunk
        if len(data) > MAX_JOB:
            raise ProtocolError(f"print job: more than {MAX_JOB} bytes")


def _reset(writer: asyncio.StreamWriter) -> None:
    """Close so that the other end sees an error, not an orderly end."""
    with contextlib.suppress(OSError):
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
