"""One TCP connection for each job, as printers take it on their raw port: both sides speak, and ours ends it."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import socket
import struct
import termios

from lisa_core.equipment.lines.stream import Dialogue
from lisa_core.equipment.lines.tapped.tap import Dial, present_tap

POLL_S = 0.005
CHUNK = 4096
_END = 1
"""What stays undelivered of a job that was taken whole: that there is no more. Who resets at once may not say so."""


def dialler(host: str, port: int) -> Dial[Dialogue]:
    """What connects for one job. Raises `OSError`, and `UnicodeError` for a name that can be none."""
    tap = present_tap()

    async def dial() -> Dialogue:
        return TcpDialogue(*await asyncio.open_connection(host, port))

    async def listened_to() -> Dialogue:
        return await (tap.dialogue(dial) if tap else dial())

    return listened_to


class TcpDialogue:
    """An open connection. Fulfils `Dialogue`."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def read(self) -> bytes:
        return await self._reader.read(CHUNK)

    async def send(self, data: bytes) -> None:
        self._writer.write(data)
        await self._writer.drain()

    async def deliver(self, data: bytes) -> bool:
        """What is acknowledged and what has been read are two things: who reads the last bytes and resets at once
        acknowledges them no more."""
        with self._writer.get_extra_info("socket").dup() as sent:  # outlives a reset, so that it can be asked even then
            self._writer.transport.set_write_buffer_limits(0)
            await self.send(data)
            self._writer.write_eof()
            while (left := undelivered(sent)) and not self._writer.transport.is_closing():
                await asyncio.sleep(POLL_S)
            return left <= _END

    def abort(self) -> None:
        self._writer.transport.abort()


def undelivered(connection: socket.socket) -> int:
    """How many bytes, the end of sending among them, the other end has not acknowledged; also after a reset.

    0 where the system cannot tell.
    """
    with contextlib.suppress(OSError):
        return int(struct.unpack("i", fcntl.ioctl(connection.fileno(), termios.TIOCOUTQ, bytes(4)))[0])
    return 0
