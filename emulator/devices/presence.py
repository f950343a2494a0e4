"""An HLK-LD2410 radar in the emulated booth: reports what the world holds, and can be configured like a real one."""

from __future__ import annotations

import asyncio
import contextlib
import struct
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from emulator.devices.uart import LineSettings
from emulator.world.line_faults import LineFaults
from emulator.world.live_world import LiveWorld
from emulator.world.world import World
from lisa_core.domain.model.readings import PresenceReport
from lisa_core.equipment.codecs.ld2410 import (
    BAUDRATES,
    GATES,
    REPORT_PERIOD_S,
    Acknowledgement,
    Code,
    Command,
    Engineering,
    Parameters,
    Parser,
    Report,
    TargetState,
    encode,
    firmware_data,
    words,
)

FIRMWARE = "V1.07.22062416"
MAC = bytes.fromhex("02 00 4c 49 53 41")  # locally administered: belongs to no maker
GATE_CM = (75, 20)
"""Depth of a gate for distance resolution 0 and 1."""
BREATH_US = 4_000_000
ALL_GATES = 0xFFFF
DEFAULTS = Parameters()
PASSWORD_LENGTH = 6
LENGTH_AT = 4
"""Where a frame says how long it is."""


def sample(world: World, now_us: int) -> PresenceReport:
    """What the radar sees: who stands is a moving target, who sits a still one; of each kind the nearest counts."""
    standing = [person.distance_cm for person in world.people if not person.seated]
    seated = [person.distance_cm for person in world.people if person.seated]
    moving_cm, still_cm = min(standing, default=None), min(seated, default=None)
    return PresenceReport(moving_cm, still_cm, _energy(moving_cm, now_us), _energy(still_cm, now_us))


def _energy(distance_cm: int | None, now_us: int) -> int:
    """Falls with the distance and rises and falls by some percent with the breath."""
    if distance_cm is None:
        return 0
    phase = now_us % BREATH_US * 16 // BREATH_US
    return max(20, min(100, 100 - distance_cm // 8 + abs(8 - phase) - 4))


@dataclass(frozen=True, slots=True)
class Radar:
    """The module's memory."""

    configuring: bool = False
    engineering: bool = False
    parameters: Parameters = DEFAULTS
    resolution: int = 0
    light: bytes = b"\x00\x80\x00\x00"
    bluetooth: bool = True
    password: bytes = b"HiLink"
    baudrate_index: int = 7

    @property
    def line(self) -> LineSettings:
        """Its end of the line, from the next restart on."""
        return LineSettings(BAUDRATES[self.baudrate_index - 1])


def report(radar: Radar, seen: PresenceReport) -> Report:
    """The report that the module sends of what it sees."""
    moving_cm, still_cm = seen.moving_cm or 0, seen.still_cm or 0
    status = TargetState((seen.moving_cm is not None) + 2 * (seen.still_cm is not None))
    nearest = min((cm for cm in (seen.moving_cm, seen.still_cm) if cm is not None), default=0)
    gates = _gates(radar, seen) if radar.engineering else None
    return Report(status, moving_cm, seen.moving_energy, still_cm, seen.still_energy, nearest, gates)


def _gates(radar: Radar, seen: PresenceReport) -> Engineering:
    def energies(distance_cm: int | None, energy: int) -> tuple[int, ...]:
        at = -GATES if distance_cm is None else distance_cm // GATE_CM[radar.resolution]
        return tuple(energy >> min(2 * abs(gate - at), 7) for gate in range(GATES))

    moving, still = energies(seen.moving_cm, seen.moving_energy), energies(seen.still_cm, seen.still_energy)
    # Always the module's nine gates, whatever farthest gate is configured: aio-ld2410 takes these two numbers for the
    # count of energies, ESPHome reads nine at fixed places.
    return Engineering(GATES - 1, GATES - 1, moving, still, light=120, out=int(seen.present))


Handler = Callable[[Radar, bytes], tuple[Radar, bytes]]
"""Memory and arguments to memory and the acknowledgement's data; ValueError or struct.error: refused."""


def _says(data: Callable[[Radar], bytes]) -> Handler:
    return lambda radar, args: (radar, data(radar))


def _mode(change: Callable[[Radar], Radar]) -> Handler:
    return lambda radar, args: (change(radar), b"")


def _configure(radar: Radar, args: bytes) -> tuple[Radar, bytes]:
    return replace(radar, configuring=True), b"\x01\x00\x40\x00"  # protocol version, buffer size


def _write_parameters(radar: Radar, args: bytes) -> tuple[Radar, bytes]:
    given = words(args)
    limits = replace(
        radar.parameters,
        max_moving_gate=_within(given.get(0, radar.parameters.max_moving_gate), 1, GATES - 1),
        max_still_gate=_within(given.get(1, radar.parameters.max_still_gate), 1, GATES - 1),
        timeout_s=_within(given.get(2, radar.parameters.timeout_s), 0, 0xFFFF),
    )
    return replace(radar, parameters=limits), b""


def _write_sensitivity(radar: Radar, args: bytes) -> tuple[Radar, bytes]:
    given = words(args)
    gate, moving, still = given.get(0, ALL_GATES), _within(given[1], 0, 100), _within(given[2], 0, 100)
    chosen = range(GATES) if gate == ALL_GATES else (_within(gate, 0, GATES - 1),)

    def changed(old: tuple[int, ...], new: int) -> tuple[int, ...]:
        return tuple(new if at in chosen else value for at, value in enumerate(old))

    limits = radar.parameters
    limits = replace(limits, moving=changed(limits.moving, moving), still=changed(limits.still, still))
    return replace(radar, parameters=limits), b""


def _write_resolution(radar: Radar, args: bytes) -> tuple[Radar, bytes]:
    return replace(radar, resolution=_within(_word(args), 0, 1)), b""


def _write_baudrate(radar: Radar, args: bytes) -> tuple[Radar, bytes]:
    return replace(radar, baudrate_index=_within(_word(args), 1, 8)), b""


def _write_light(radar: Radar, args: bytes) -> tuple[Radar, bytes]:
    struct.unpack("<BBH", args)
    return replace(radar, light=args), b""


def _bluetooth(radar: Radar, args: bytes) -> tuple[Radar, bytes]:
    return replace(radar, bluetooth=bool(_word(args))), b""


def _password(radar: Radar, args: bytes) -> tuple[Radar, bytes]:
    if len(args) != PASSWORD_LENGTH:
        raise ValueError(f"a password has {PASSWORD_LENGTH} bytes, not {len(args)}")
    return replace(radar, password=args), b""


def _word(args: bytes) -> int:
    return int(struct.unpack("<H", args)[0])


def _within(value: int, least: int, most: int) -> int:
    if not least <= value <= most:
        raise ValueError(f"{value} is not within {least}..{most}")
    return value


HANDLERS: Mapping[int, Handler] = {
    Code.CONFIG_ENABLE: _configure,
    Code.CONFIG_DISABLE: _mode(lambda radar: replace(radar, configuring=False)),
    Code.WRITE_PARAMETERS: _write_parameters,
    Code.READ_PARAMETERS: _says(lambda radar: radar.parameters.encode()),
    Code.ENGINEERING_ON: _mode(lambda radar: replace(radar, engineering=True)),
    Code.ENGINEERING_OFF: _mode(lambda radar: replace(radar, engineering=False)),
    Code.WRITE_SENSITIVITY: _write_sensitivity,
    Code.FIRMWARE: _says(lambda radar: firmware_data(FIRMWARE)),
    Code.BAUDRATE: _write_baudrate,
    Code.FACTORY_RESET: lambda radar, args: (Radar(configuring=True, engineering=radar.engineering), b""),
    Code.RESTART: _mode(lambda radar: replace(radar, configuring=False, engineering=False)),
    Code.BLUETOOTH: _bluetooth,
    Code.BLUETOOTH_PASSWORD: _password,
    Code.MAC: _says(lambda radar: MAC),
    Code.WRITE_RESOLUTION: _write_resolution,
    Code.READ_RESOLUTION: _says(lambda radar: struct.pack("<H", radar.resolution)),
    Code.WRITE_LIGHT: _write_light,
    Code.READ_LIGHT: _says(lambda radar: radar.light),
    Code.CALIBRATE: lambda radar, args: (radar, b""),
    Code.CALIBRATION: _says(lambda radar: b"\x00\x00"),  # not in progress
}


def answer(radar: Radar, command: Command) -> tuple[Radar, Acknowledgement]:
    """The module's memory after a command, and its acknowledgement. Only CONFIG_ENABLE works in normal mode."""
    handler = HANDLERS.get(command.code)
    if handler is None or not (radar.configuring or command.code == Code.CONFIG_ENABLE):
        return radar, Acknowledgement(command.code, ok=False)
    try:
        after, data = handler(radar, command.args)
    except (ValueError, KeyError, struct.error):
        return radar, Acknowledgement(command.code, ok=False)
    return after, Acknowledgement(command.code, data=data)


class ByteLine(Protocol):
    """What the device needs of its serial line."""

    settings: LineSettings | None

    async def read(self) -> bytes: ...

    def write(self, data: bytes) -> None: ...


class _Device:
    def __init__(self, world: LiveWorld, line: ByteLine, period_s: float) -> None:
        self._world, self._line, self._period_s = world, line, period_s
        self._radar = Radar()

    async def report(self) -> None:
        """Report by absolute times; after a stall the missed ones are left out, not made up for."""
        loop = asyncio.get_running_loop()
        start, count = loop.time(), 0
        while True:
            if not self._radar.configuring and "presence" not in self._world.state.silent:
                seen = sample(self._world.state, round(loop.time() * 1_000_000))
                self._line.write(encode(report(self._radar, seen)))
            count = max(count, int((loop.time() - start) / self._period_s)) + 1
            await asyncio.sleep(start + count * self._period_s - loop.time())

    async def obey(self) -> None:
        parser = Parser()
        while True:
            for message in parser.feed(await self._line.read()):
                if isinstance(message, Command):
                    self._radar, ack = answer(self._radar, message)
                    self._line.write(encode(ack))
                    if message.code == Code.RESTART and ack.ok:
                        self._line.settings = self._radar.line


async def serve(world: LiveWorld, line: ByteLine, period_s: float = REPORT_PERIOD_S) -> None:
    """Be the radar on this line, for ever."""
    device = _Device(world, line, period_s)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(device.report())
        tasks.create_task(device.obey())


@contextlib.asynccontextmanager
async def open_presence(world: LiveWorld, *, listen: str = "", period_s: float = REPORT_PERIOD_S) -> AsyncIterator[str]:
    """Run the radar on a pty; yields its path. `listen` may name a path that shall lead to it.

    A real one reports ten times a second; a test of many visits may let it report more often.
    """
    from emulator.devices.pty import serve_on_pty  # the memory booth samples this radar where there are no ptys

    faults = LineFaults(world, "presence", LENGTH_AT)
    async with serve_on_pty(lambda line: serve(world, line, period_s), listen, Radar().line, faults) as path:
        yield path
