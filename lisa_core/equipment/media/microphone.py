"""The microphone slot: `pcm:PATH`, a Unix socket on which raw sound runs (s16le, 48 kHz, mono) to each who connects."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterator

from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.frames import AudioBlock
from lisa_core.equipment.media.sound.quality import Lively
from lisa_core.equipment.slots.devices import Microphone
from lisa_core.equipment.slots.driver import Driver, Evidence, Given, Serves, Tried
from lisa_core.host.address import MICROPHONE, read_address
from lisa_core.host.causes import cause
from lisa_core.host.clock import now_us
from lisa_core.host.patience import patience

BLOCK_BYTES = 1920
SILENT_S = 2.0


@contextlib.asynccontextmanager
async def open_microphone(binding: str, options: Given) -> AsyncIterator[Microphone]:
    """Open a microphone. Raises `ProfileError` for what can be none, `DeviceFault` `microphone.missing`.

    Later `microphone.lost` (closed) and `microphone.frozen` (not even silence for two seconds).
    """
    microphone = PcmMicrophone(read_address(binding, MICROPHONE).path)
    _, writer = await microphone.connect()  # so that a missing one is told now, not in the middle of a call
    writer.close()
    yield microphone


class PcmMicrophone:
    """Reads blocks from the socket; each listener has a connection of its own."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._lively = Lively(path)

    def blocks(self) -> AsyncIterator[AudioBlock]:
        """Yield 20 ms blocks as they come. Fault `microphone.still` when they are nothing but zeros."""
        return self._lively.heard(self._blocks())

    async def _blocks(self) -> AsyncGenerator[AudioBlock, None]:
        reader, writer = await self.connect()
        try:
            while True:
                async with patience(SILENT_S):
                    pcm = await reader.readexactly(BLOCK_BYTES)
                yield AudioBlock(pcm, now_us())
        except TimeoutError:
            text = f"{self._path}: Seit {SILENT_S:g} s kommt nichts, auch keine Stille. Das Mikrofon prüfen."
            raise DeviceFault("microphone.frozen", text, retryable=True) from None
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            text = f"{self._path}: Das Mikrofon ist weg. Es wieder anschließen."
            raise DeviceFault("microphone.lost", text, retryable=True) from error
        finally:
            writer.close()

    async def connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Connect. Raises `DeviceFault` `microphone.missing`."""
        try:
            return await asyncio.open_unix_connection(self._path)
        except OSError as error:
            text = f"Mikrofon {self._path}: keines da ({cause(error)}). Starten, was es bereitstellt."
            raise DeviceFault("microphone.missing", text, retryable=True) from error


EVIDENCE = Evidence(
    "Ton als Bytes aus einem Socket, wie ihn das emulierte Mikrofon gibt",
    Tried.NEEDLESS,
    "Ton kommt, wie er ist",
)
DRIVER = Driver("microphone", (Serves(Microphone),), MICROPHONE, open_microphone, evidence=EVIDENCE)
