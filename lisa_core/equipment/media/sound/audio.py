"""Microphone and loudspeaker as devices of the sound server: `audio:NAME`, as `pactl list` and `lisa doctor` name them.

A stream stays on its device: when that is gone or the server moves the stream to another one, it ends with a fault, so
that nobody is heard by a microphone that no profile names. A device whose sound is switched off says so.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import TypeVar

from lisa_core.domain.model.errors import DeviceFault, ProtocolError
from lisa_core.domain.model.frames import AudioBlock
from lisa_core.domain.model.nearest import nearest
from lisa_core.domain.model.readings import DeviceIdentity
from lisa_core.equipment.codecs.sound_list import SoundDevice, concerns, device_of_stream, devices_of
from lisa_core.equipment.lines.sound import Playback, SoundServerError, changes, listed, playing, recording
from lisa_core.equipment.media.sound.quality import STILL_S, Lively
from lisa_core.equipment.slots.devices import Loudspeaker, Microphone
from lisa_core.equipment.slots.driver import Driver, Given, Option, Serves
from lisa_core.host.address import SOUND, read_address

BLOCK_BYTES = 1920
SILENT_S = 2.0
STUCK_BLOCKS = 100
"""After two seconds in which it took nothing a loudspeaker counts as gone."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Kind:
    """One direction: what the server and our faults call it."""

    server: str
    slot: str
    title: str
    muted: str


SOURCE = _Kind("source", "microphone", "Mikrofon", "Es ist stummgeschaltet; den Ton dort wieder einschalten.")
SINK = _Kind("sink", "loudspeaker", "Lautsprecher", "Er ist stummgeschaltet; den Ton dort wieder einschalten.")


@contextlib.asynccontextmanager
async def open_audio(binding: str, options: Given) -> AsyncIterator[AudioPort]:
    """Open a device of the sound server. Raises `ProfileError` for what can be none, `DeviceFault` `sound.server`.

    Whether there is one of this name is asked by `check` of its slot.
    """
    port = AudioPort(read_address(binding, SOUND).path, int(options["latency_ms"]))
    await port.server()
    yield port


class AudioPort:
    """What stands behind a name: a source, a sink, or both."""

    def __init__(self, name: str, latency_ms: int) -> None:
        self.name, self.latency_ms = name, latency_ms
        self.lively = Lively(f"Mikrofon „{name}“")

    async def server(self) -> None:
        """Return when there is a sound server. Raises `DeviceFault` `sound.server`."""
        await self.found(SINK)

    async def found(self, kind: _Kind) -> tuple[SoundDevice, ...]:
        """All devices of this kind. Raises `DeviceFault` `sound.server`."""
        try:
            return devices_of(await asyncio.to_thread(listed, f"{kind.server}s"))
        except (SoundServerError, ProtocolError) as error:
            raise self.server_fault(error) from error

    async def there(self, kind: _Kind) -> SoundDevice:
        """The device itself. Raises `DeviceFault`: `….missing`, `….muted`, `sound.server`."""
        known = await self.found(kind)
        device = next((one for one in known if one.name == self.name), None)
        if device is None:
            names = [one.name for one in known if not one.monitor or kind is SINK]
            text = f"{kind.title} „{self.name}“: Der Tondienst kennt kein solches Gerät.{nearest(self.name, names)}"
            raise DeviceFault(f"{kind.slot}.missing", text, retryable=True)
        if device.muted:
            raise DeviceFault(f"{kind.slot}.muted", f"{kind.title} „{self.name}“: {kind.muted}", retryable=True)
        return device

    async def stays(self, kind: _Kind, device: SoundDevice, process: int) -> None:
        """Return never; raises `DeviceFault` as soon as the stream of this process is not on its device any more."""
        try:
            async with changes() as lines:
                while line := await lines.readline():
                    if concerns(line, kind.server):
                        await self._check_place(kind, device, process)
        except (SoundServerError, ProtocolError, ValueError) as error:
            raise self.server_fault(error) from error
        raise self.server_fault("der Tondienst hat sich beendet")

    async def _check_place(self, kind: _Kind, device: SoundDevice, process: int) -> None:
        if (await self.there(kind)).index != device.index:
            raise self.lost(kind)
        streams = "source-outputs" if kind is SOURCE else "sink-inputs"
        place = device_of_stream(await asyncio.to_thread(listed, streams), kind.server, process)
        if place not in (None, device.index):
            raise self.lost(kind)

    async def identify(self) -> DeviceIdentity:
        """Who made it, as the system says; empty for a device that a program plays."""
        for kind in (SOURCE, SINK):
            for device in await self.found(kind):
                if device.name == self.name:
                    said = device.properties
                    vendor, model = said.get("device.vendor.name", ""), said.get("device.product.name", "")
                    return DeviceIdentity(vendor, model, said.get("device.serial", ""))
        return DeviceIdentity()

    def lost(self, kind: _Kind) -> DeviceFault:
        text = f"{kind.title} „{self.name}“ ist weg. Das Gerät wieder anschließen."
        return DeviceFault(f"{kind.slot}.lost", text, retryable=True)

    def server_fault(self, why: object) -> DeviceFault:
        return DeviceFault("sound.server", f"audio:{self.name}: {why}.", retryable=True)


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
                    async with asyncio.timeout(SILENT_S):
                        pcm = await pipe.readexactly(BLOCK_BYTES)
                    if watch.done():
                        watch.result()
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
        await self._port.there(SINK)
        if self._also is not None:
            await self._also.there(SINK)

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
)
