"""A name of the sound server, and what is asked of it there: whether it is, whether it is on, whether ours is on it."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass

from lisa_core.domain.model.errors import DeviceFault, ProtocolError
from lisa_core.domain.model.nearest import nearest
from lisa_core.domain.model.readings import DeviceIdentity
from lisa_core.equipment.codecs.sound_list import SoundDevice, concerns, devices_of, stream_of
from lisa_core.equipment.lines.programs.sound import SoundServerError, changes, listed
from lisa_core.equipment.media.sound.quality import Lively

STARTS, START_S = 30, 0.1
"""How often, and after how many seconds, it is looked whether our stream has begun and changes are told."""
HUSHED = "Für LISA ist der Ton dort stummgeschaltet; ihn im Mischpult des Rechners für dieses Programm einschalten."


@dataclass(frozen=True, slots=True)
class Direction:
    """One direction: what the server and our faults call it."""

    server: str
    slot: str
    title: str
    muted: str


_OFF = "ist stummgeschaltet oder auf null gestellt; den Ton dort wieder einschalten."
SOURCE = Direction("source", "microphone", "Mikrofon", f"Es {_OFF}")
SINK = Direction("sink", "loudspeaker", "Lautsprecher", f"Er {_OFF}")


class AudioPort:
    """What stands behind a name: a source, a sink, or both."""

    def __init__(self, name: str, latency_ms: int) -> None:
        self.name, self.latency_ms = name, latency_ms
        self.hushed = False
        """The server mutes our program here: it remembers that, and nobody would hear the next stream either."""
        self.lively = Lively(f"Mikrofon „{name}“")

    async def server(self) -> None:
        """Return when there is a sound server. Raises `DeviceFault` `sound.server`."""
        await self.found(SINK)

    async def found(self, kind: Direction) -> tuple[SoundDevice, ...]:
        """All devices of this kind. Raises `DeviceFault` `sound.server`."""
        try:
            return devices_of(await asyncio.to_thread(listed, f"{kind.server}s"))
        except (SoundServerError, ProtocolError) as error:
            raise self.server_fault(error) from error

    async def there(self, kind: Direction) -> SoundDevice:
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

    async def stays(self, kind: Direction, device: SoundDevice, process: int) -> None:
        """Return never; raises `DeviceFault` as soon as the stream of this process is not on its device any more, or
        is muted there."""
        try:
            async with changes() as lines:
                await self._begun(kind, device, process, lines)
                while line := await lines.readline():
                    if concerns(line, kind.server):
                        await self._is_there(kind, device, process)
        except (SoundServerError, ProtocolError, ValueError) as error:
            raise self.server_fault(error) from error
        raise self.server_fault("der Tondienst hat sich beendet")

    async def _begun(self, kind: Direction, device: SoundDevice, process: int, lines: asyncio.StreamReader) -> None:
        """Look until the stream was seen when changes were told already.

        What was muted once is so from its start, which is no change; what is muted after a look, but before the server
        tells changes, would be told never. That it tells them is seen from our own looks: each is a client that comes.
        """
        told = False
        for _ in range(STARTS):
            if await self._is_there(kind, device, process) and told:
                return
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(START_S):
                    await (asyncio.sleep(START_S) if told else lines.readline())
                    told = True

    async def _is_there(self, kind: Direction, device: SoundDevice, process: int) -> bool:
        """Whether the stream runs already. Raises `DeviceFault` when it does not as it should."""
        if (await self.there(kind)).index != device.index:
            raise self.lost(kind)
        streams = "source-outputs" if kind is SOURCE else "sink-inputs"
        stream = stream_of(await asyncio.to_thread(listed, streams), kind.server, process)
        if stream is None:
            return False
        if stream.device != device.index:
            raise self.lost(kind)
        self.hushed = stream.muted
        self.check_hushed(kind)
        return True

    def check_hushed(self, kind: Direction) -> None:
        """Raises `DeviceFault` `….muted` when our own stream was muted, until one is not."""
        if self.hushed:
            text = f"{kind.title} „{self.name}“: {HUSHED}"
            raise DeviceFault(f"{kind.slot}.muted", text, retryable=True)

    async def identify(self) -> DeviceIdentity:
        """Who made it, as the system says; empty for a device that a program plays."""
        for kind in (SOURCE, SINK):
            for device in await self.found(kind):
                if device.name == self.name:
                    said = device.properties
                    vendor, model = said.get("device.vendor.name", ""), said.get("device.product.name", "")
                    return DeviceIdentity(vendor, model, said.get("device.serial", ""))
        return DeviceIdentity()

    def lost(self, kind: Direction) -> DeviceFault:
        text = f"{kind.title} „{self.name}“ ist weg. Das Gerät wieder anschließen."
        return DeviceFault(f"{kind.slot}.lost", text, retryable=True)

    def server_fault(self, why: object) -> DeviceFault:
        return DeviceFault("sound.server", f"audio:{self.name}: {why}.", retryable=True)
