"""Microphone and loudspeaker as devices of the sound server: `audio:NAME`, as `pactl list` and `lisa doctor` name them.

A stream stays on its device: when that is gone or the server moves the stream to another one, it ends with a fault, so
that nobody is heard by a microphone that no profile names. A device whose sound is switched off says so.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator
from contextlib import AbstractAsyncContextManager
from typing import TypeVar

from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.frames import AudioBlock
from lisa_core.equipment.codecs.sound_list import SoundDevice
from lisa_core.equipment.lines.programs.sound import Playback, SoundServerError, playing, recording
from lisa_core.equipment.media.sound.port import SINK, SOURCE, AudioPort
from lisa_core.equipment.media.sound.quality import STILL_S
from lisa_core.equipment.slots.devices import Loudspeaker, Microphone
from lisa_core.equipment.slots.driver import Driver, Evidence, Given, Option, Serves, Tried
from lisa_core.host.address import SOUND, read_address
from lisa_core.host.patience import patience

BLOCK_BYTES = 1920
SILENT_S = 2.0
STUCK_BLOCKS = 100
"""After two seconds in which it took nothing a loudspeaker counts as gone."""
T = TypeVar("T")


@contextlib.asynccontextmanager
async def open_audio(binding: str, options: Given) -> AsyncIterator[AudioPort]:
    """Open a device of the sound server. Raises `ProfileError` for what can be none, `DeviceFault` `sound.server`.

    Whether there is one of this name is asked by `check` of its slot.
    """
    port = AudioPort(read_address(binding, SOUND).path, int(options["latency_ms"]))
    await port.server()
    yield port


class AudioMicrophone:
    """`equipment.slots.devices.Microphone`."""

    def __init__(self, port: AudioPort, still_s: float) -> None:
        self._port, self._still_s = port, still_s

    def blocks(self) -> AsyncIterator[AudioBlock]:
        """Yield 20 ms blocks. Faults `microphone.missing`, `.muted`, `.lost`, `.still`, `.frozen` (nothing comes)."""
        return self._port.lively.heard(self._blocks(), self._still_s)

    async def _blocks(self) -> AsyncGenerator[AudioBlock, None]:
        loop, device = asyncio.get_running_loop(), await self._port.there(SOURCE)
        async with _started(recording(self._port.name, self._port.latency_ms), self._port) as (pipe, process):
            watch = asyncio.create_task(self._port.stays(SOURCE, device, process))
            try:
                while True:
                    async with patience(SILENT_S):
                        pcm = await pipe.readexactly(BLOCK_BYTES)
                    if watch.done():
                        watch.result()
                    if self._port.hushed:  # until the watch has found a stream that is not
                        continue
                    yield AudioBlock(pcm, round(loop.time() * 1_000_000))
            except TimeoutError:
                text = f"Mikrofon „{self._port.name}“: Seit {SILENT_S:g} s kommt nichts, auch keine Stille."
                raise DeviceFault("microphone.frozen", text, retryable=True) from None
            except asyncio.IncompleteReadError as error:
                raise self._port.lost(SOURCE) from error
            finally:
                await _ended(watch)


class AudioLoudspeaker:
    """`equipment.slots.devices.Loudspeaker`."""

    def __init__(self, port: AudioPort, also: str = "") -> None:
        self._port = port
        self._also = AudioPort(also, port.latency_ms) if also else None

    async def check(self) -> None:
        """Return when it is there and its sound is on. Faults `loudspeaker.missing`, `.muted`, `sound.server`."""
        for port in filter(None, (self._port, self._also)):
            await port.there(SINK)
            port.check_hushed(SINK)

    async def play(self, blocks: AsyncIterable[AudioBlock]) -> None:
        """Let be heard what comes. Also fault `loudspeaker.lost`."""
        async with contextlib.AsyncExitStack() as stack:
            outputs = [await stack.enter_async_context(_output(port)) for port in (self._port, self._also) if port]
            async for block in blocks:
                for output in outputs:
                    output.take(block.pcm)


class _Output:
    """A stream on a sink, watched."""

    def __init__(self, port: AudioPort, device: SoundDevice, stream: Playback) -> None:
        self._port, self._stream = port, stream
        self._refused = 0
        self.watch = asyncio.create_task(port.stays(SINK, device, stream.process))

    def take(self, pcm: bytes) -> None:
        """Hand it one block; raises the fault when there is one."""
        if self.watch.done():
            self.watch.result()
        self._refused = 0 if self._stream.take(pcm) else self._refused + 1
        if self._stream.over or self._refused > STUCK_BLOCKS:
            raise self._port.lost(SINK)


@contextlib.asynccontextmanager
async def _output(port: AudioPort) -> AsyncIterator[_Output]:
    device = await port.there(SINK)
    async with _started(playing(port.name, port.latency_ms), port) as stream:
        output = _Output(port, device, stream)
        try:
            yield output
        finally:
            await _ended(output.watch)


@contextlib.asynccontextmanager
async def _started(stream: AbstractAsyncContextManager[T], port: AudioPort) -> AsyncIterator[T]:
    try:
        async with stream as opened:
            yield opened
    except SoundServerError as error:
        raise port.server_fault(error) from error


async def _ended(watch: asyncio.Task[None]) -> None:
    watch.cancel()
    await asyncio.gather(watch, return_exceptions=True)


def _microphone(port: AudioPort, options: Given) -> Microphone:
    return AudioMicrophone(port, float(options["still_s"]))


def _loudspeaker(port: AudioPort, options: Given) -> Loudspeaker:
    return AudioLoudspeaker(port, str(options.get("also", "")))


_ECHO = "false, wenn das Gerät selbst unterdrückt, was sein Lautsprecher sagt (Konferenztelefon)"
_ALSO = "zweites Gerät mit demselben Ton, wenn die Induktionsschleife an einem eigenen Ausgang hängt"
_STILL = Option(
    "still_s",
    float,
    "so lange darf nichts als Nullen kommen, in Sekunden; 0, wenn das Gerät Stille selbst unterdrückt",
    STILL_S,
    least=0,
    most=600,
)

EVIDENCE = Evidence(
    "Mikrofon und Lautsprecher, die der Tondienst des Rechners führt",
    Tried.PROGRAMS,
    "Listen eines Tondienstes (PulseAudio)",
    (
        "eine echte Soundkarte",
        "PipeWire an der Stelle von PulseAudio: von Hand versucht, von keinem Test",
        "dass sich bei einem echten Mikrofon das letzte Bit immer regt",
    ),
)
DRIVER = Driver(
    "audio",
    (Serves(Microphone, (_STILL,), _microphone), Serves(Loudspeaker, (Option("also", str, _ALSO),), _loudspeaker)),
    SOUND,
    open_audio,
    options=(
        Option("latency_ms", int, "so viel hält der Tondienst höchstens, in Millisekunden", 40, least=20, most=200),
        Option("echo", bool, _ECHO, True),
    ),
    can=("kennung",),
    evidence=EVIDENCE,
)
