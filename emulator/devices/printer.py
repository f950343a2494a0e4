"""The printer in the booth: takes PDFs on its raw port (AppSocket) and lays the sheets into the world's tray.

It understands PJL: tells how it is when it is asked, and what becomes of a job whose sender wants to know. What it
does not take it tells such a sender; to others it resets the connection, as a printer does that is switched off in the
middle.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
import struct
from collections.abc import AsyncIterator

from emulator.devices.ipp.server import open_ipp_printer
from emulator.devices.listener import attended
from emulator.devices.printer_state import BUSY, GIVES_UP, HALF, condition
from emulator.paper.printed import half_sheet, sheet_text
from emulator.world.line_faults import LineFaults, suffer
from emulator.world.live_world import LiveWorld
from lisa_core.domain.model.errors import LisaError, ProtocolError
from lisa_core.equipment.codecs.pjl import Asked, JobParser, PrintJob, Received, Spoilt
from lisa_core.equipment.codecs.printer_status import write_status

MAX_JOB = 20 * 1024 * 1024
IDLE_S = 30.0
JOB_S = 300.0
"""Seconds until a job must be complete, however steadily it comes."""

_log = logging.getLogger(__name__)


def sheet_of(job: PrintJob) -> str:
    """How a printed document lies in the tray: its name, the SHA-256 of the PDF, those of the pictures in it."""
    return sheet_text(job.name, job.document)


def open_printer(
    world: LiveWorld, *, listen: str = "", personality: str = ""
) -> contextlib.AbstractAsyncContextManager[str]:
    """Run the printer; yields its address. Raises `LisaError` when `listen` cannot be had.

    `listen`: "host:port", also behind "socket://"; "ipp://host:port" or "ipps://host:port", or with a `personality`: as
    one that speaks IPP (`ipp.server`).
    """
    if personality or listen.startswith(("ipp://", "ipps://")):
        return open_ipp_printer(world, listen=listen, personality=personality)
    return _open_raw(world, listen.removeprefix("socket://"))


@contextlib.asynccontextmanager
async def _open_raw(world: LiveWorld, listen: str) -> AsyncIterator[str]:
    faults = LineFaults(world, "printer")

    async def attend(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        suffer(writer.transport, faults)
        await _print(world, reader, writer)

    async with attended(attend, listen) as place:
        yield f"socket://{place}"


async def _print(world: LiveWorld, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    if "printer" in world.state.silent or condition(world.state).fault == BUSY:  # busy: it serves one at a time
        _reset(writer)
        return
    connection = _Connection(world, writer)
    try:
        async with asyncio.timeout(JOB_S):
            await _take_all(connection, reader)
    except (LisaError, OSError) as error:  # a TimeoutError is an OSError
        _log.warning("Druckauftrag abgelehnt: %s (%s)", error, type(error).__name__)
        _reset(writer)
    except asyncio.CancelledError:
        _reset(writer)
        raise


async def _take_all(connection: _Connection, reader: asyncio.StreamReader) -> None:
    parser, size = JobParser(), 0
    async for chunk in _chunks(reader):
        size += len(chunk)
        if size > MAX_JOB:
            connection.refuse("", f"more than {MAX_JOB} bytes")
            async for _ in _chunks(reader):
                pass  # a sender that is told shall hear it, and it hears when it has sent
            return
        for found in parser.feed(chunk):
            await connection.take(found)
    for found in parser.finish():
        await connection.take(found)


async def _chunks(reader: asyncio.StreamReader) -> AsyncIterator[bytes]:
    chunk = b"-"
    while chunk:
        async with asyncio.timeout(IDLE_S):
            chunk = await reader.read(64 * 1024)
        if chunk:
            yield chunk


class _Connection:
    """What one connection is told, and what it brings."""

    def __init__(self, world: LiveWorld, writer: asyncio.StreamWriter) -> None:
        self._world, self._writer = world, writer
        self._tells = False
        """Whether the sender wants to know what becomes of its jobs (USTATUS JOB)."""
        self._name = ""
        self._sheets = 0

    async def take(self, found: Received) -> None:
        """Raises as `refuse` does."""
        match found:
            case PrintJob():
                self._name = self._name or found.name
                await self._print(found)
            case Spoilt(name, why):
                self.refuse(name, why)
            case Asked():
                self._obey(found)

    async def _print(self, job: PrintJob) -> None:
        """A job in a printer that stands waits there, also when its sender is gone, and comes out when it is healed."""
        while (how := condition(state := self._world.state)).stands:
            self._say("USTATUS DEVICE", f"CODE={how.code}", f'DISPLAY="{how.display}"', "ONLINE=FALSE")
            await self._world.changed(state.revision)
            if "printer" in self._world.state.silent:
                raise ProtocolError("print job: switched off before it was printed")
        if how.fault == HALF:
            await self._world.act("hand_out", sheet=half_sheet(job.name))
        if how.fault in (HALF, GIVES_UP):
            self.refuse(job.name, "broken off")
            return
        self._sheets += 1
        await self._world.act("hand_out", sheet=sheet_of(job))

    def refuse(self, name: str, why: str) -> None:
        """Raises `ProtocolError` unless the sender can be told."""
        if not self._tells:
            raise ProtocolError(f"print job: {why}")
        _log.warning("Druckauftrag abgelehnt: %s", why)
        self._say("USTATUS JOB", "CANCELED", f'NAME="{name}"', "RESULT=HOST_CANCELED")

    def _obey(self, asked: Asked) -> None:
        match asked.words:
            case ("USTATUS", "JOB=ON" | "JOB=OFF" as switch, *_):
                self._tells = switch == "JOB=ON"
            case ("USTATUSOFF", *_):
                self._tells = False
            case ("INFO", "STATUS", *_):
                how = condition(self._world.state)
                online = "FALSE" if how.stands else "TRUE"
                self._say("INFO STATUS", f"CODE={how.code}", f'DISPLAY="{how.display}"', f"ONLINE={online}")
            case ("INFO", "ID", *_):
                self._say("INFO ID", '"LISA emulierter Drucker"')
            case ("ECHO", *_):
                self._say(asked.command)
            case ("INFO" | "INQUIRE" | "DINQUIRE", *_):
                self._say(asked.command, "?")
            case ("JOB", *_) if self._tells:
                self._say("USTATUS JOB", "START")
            case ("EOJ", *_) if self._tells and self._sheets:
                self._say("USTATUS JOB", "END", f'NAME="{self._name}"', f"PAGES={self._sheets}", "RESULT=OK")
                self._name, self._sheets = "", 0

    def _say(self, topic: str, *lines: str) -> None:
        self._writer.write(write_status(topic, *lines))


def _reset(writer: asyncio.StreamWriter) -> None:
    """Close so that the other end sees an error, not an orderly end."""
    with contextlib.suppress(OSError):
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
