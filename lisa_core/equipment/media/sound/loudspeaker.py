"""The loudspeaker slot: `pcm:PATH`, a Unix socket that takes raw sound (s16le, 48 kHz, mono), 20 ms at a time.

It says one byte, 0x06 when it is there and 0x15 when its sound is switched off; who says anything else is no
loudspeaker. What is late by 100 ms is left out; whoever cancels takes back what has not left.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterable, AsyncIterator

from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.frames import AudioBlock
from lisa_core.equipment.slots.devices import Loudspeaker
from lisa_core.equipment.slots.driver import Driver, Evidence, Given, Serves, Tried
from lisa_core.host.address import LOUDSPEAKER, read_address
from lisa_core.host.causes import cause

READY_S = 2.0
READY, OFF = b"\x06", b"\x15"
MOST_UNREAD = 5 * 1920


@contextlib.asynccontextmanager
async def open_loudspeaker(binding: str, options: Given) -> AsyncIterator[Loudspeaker]:
    """Open a loudspeaker. Raises `ProfileError` for what can be none, `DeviceFault` `loudspeaker.missing`."""
    loudspeaker = PcmLoudspeaker(read_address(binding, LOUDSPEAKER).path)
    await loudspeaker.check()  # so that a missing one is told now, not in the middle of a call
    yield loudspeaker


class PcmLoudspeaker:
    """Writes blocks to the socket; each leg has a connection of its own."""

    def __init__(self, path: str) -> None:
        self._path = path

    async def check(self) -> None:
        """Return when it is there. Raises `DeviceFault` `loudspeaker.missing`."""
        _, writer = await self._connect()
        writer.close()

    async def play(self, blocks: AsyncIterable[AudioBlock]) -> None:
        """Write each block as it comes. Raises also `loudspeaker.lost` when it hangs up."""
        reader, writer = await self._connect()
        over = asyncio.create_task(reader.read(1))  # it says nothing more: what comes now is its end
        try:
            async for block in blocks:
                if over.done() or writer.is_closing():
                    raise self._muted() if over.done() and over.result() == OFF else self._lost()
                if writer.transport.get_write_buffer_size() < MOST_UNREAD:
                    writer.write(block.pcm)
        finally:
            over.cancel()
            await asyncio.gather(over, return_exceptions=True)
            writer.transport.abort()

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        try:
            reader, writer = await asyncio.open_unix_connection(self._path)
        except OSError as error:
            raise self._missing(cause(error)) from error
        try:
            async with asyncio.timeout(READY_S):
                said = await reader.read(2)  # a second one only from who says more than a loudspeaker does
                if said == READY:
                    return reader, writer
                if said in (OFF, READY + OFF):
                    writer.close()
                    raise self._muted()
                why = "dort meldet sich ein anderes Gerät" if said else "die Leitung ist da, er selbst nicht"
        except (TimeoutError, ConnectionError) as error:
            why = cause(error) or "er antwortet nicht"
        except asyncio.CancelledError:
            writer.close()
            raise
        writer.close()
        raise self._missing(why)

    def _lost(self) -> DeviceFault:
        text = f"{self._path}: Der Lautsprecher ist weg. Ihn wieder anschließen."
        return DeviceFault("loudspeaker.lost", text, retryable=True)

    def _muted(self) -> DeviceFault:
        text = f"{self._path}: Der Lautsprecher ist stummgeschaltet. Seinen Ton wieder einschalten."
        return DeviceFault("loudspeaker.muted", text, retryable=True)

    def _missing(self, why: str) -> DeviceFault:
        text = f"Lautsprecher {self._path}: keiner da ({why}). Ihn anschließen, oder starten, was ihn bereitstellt."
        return DeviceFault("loudspeaker.missing", text, retryable=True)


EVIDENCE = Evidence(
    "Ton als Bytes in einen Socket, wie ihn der emulierte Lautsprecher nimmt",
    Tried.NEEDLESS,
    "Ton geht, wie er ist",
)
DRIVER = Driver("loudspeaker", (Serves(Loudspeaker),), LOUDSPEAKER, open_loudspeaker, evidence=EVIDENCE)
