"""An HLK-LD2410 radar in the emulated booth: reports what the world holds, and can be configured like a real one."""

from __future__ import annotations

import contextlib
import struct
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace

from emulator.devices.radars.clockwork import (
    Handler,
    Kind,
    Memory,
    answered,
    common,
    mode,
    says,
    serve_radar,
    within,
    word,
)
from emulator.devices.radars.sight import CALIBRATES, people_seen
from emulator.devices.uart import ByteLine
from emulator.personalities import personality as values_of
from emulator.world.line_faults import LineFaults
from emulator.world.live_world import LiveWorld
from emulator.world.world import World
from lisa_core.domain.model.readings import PresenceReport
from lisa_core.equipment.codecs.ld2410 import (
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
    people = people_seen(world, now_us)
    standing = [person.distance_cm for person in people if not person.seated]
    seated = [person.distance_cm for person in people if person.seated]
    moving_cm, still_cm = min(standing, default=None), min(seated, default=None)
    return PresenceReport(moving_cm, still_cm, _energy(moving_cm, now_us), _energy(still_cm, now_us))


def _energy(distance_cm: int | None, now_us: int) -> int:
    """Falls with the distance and rises and falls by some percent with the breath."""
    if distance_cm is None:
        return 0
    phase = now_us % BREATH_US * 16 // BREATH_US
    return max(20, min(100, 100 - distance_cm // 8 + abs(8 - phase) - 4))


@dataclass(frozen=True, slots=True)
class Radar(Memory):
    """The module's memory. `light`: whether engineering reports tell brightness and pin; `still_apart`: whether the
    distance of a still target stands in its own field, as the manual says, or in that of a moving one."""

    engineering: bool = False
    parameters: Parameters = DEFAULTS
    resolution: int = 0
    light_control: bytes = b"\x00\x80\x00\x00"
    password: bytes = b"HiLink"
    firmware: str = FIRMWARE
    commands: frozenset[int] = frozenset(map(int, Code))
    light: bool = True
    still_apart: bool = True


def radar_of(personality: str) -> Radar:
    """The memory of a known model, fresh from the factory; "" is ours. Raises `HarnessError` for an unknown one."""
    if not personality:
        return Radar()
    values = values_of("presence", personality)
    return Radar(
        firmware=values["firmware"],
        commands=frozenset(values["commands"]),
        light=values["light"],
        still_apart=values["still_apart"],
    )


def report(radar: Radar, seen: PresenceReport) -> Report:
    """The report that the module sends of what it sees."""
    moving_cm, still_cm = seen.moving_cm or 0, seen.still_cm or 0
    status = TargetState((seen.moving_cm is not None) + 2 * (seen.still_cm is not None))
    nearest = min((cm for cm in (seen.moving_cm, seen.still_cm) if cm is not None), default=0)
    gates = _gates(radar, seen) if radar.engineering else None
    if seen.still_cm is not None and not radar.still_apart:
        moving_cm, still_cm, nearest = moving_cm or still_cm, 0, 0
    return Report(status, moving_cm, seen.moving_energy, still_cm, seen.still_energy, nearest, gates)


def _gates(radar: Radar, seen: PresenceReport) -> Engineering:
    def energies(distance_cm: int | None, energy: int) -> tuple[int, ...]:
        at = -GATES if distance_cm is None else distance_cm // GATE_CM[radar.resolution]
        return tuple(energy >> min(2 * abs(gate - at), 7) for gate in range(GATES))

    moving, still = energies(seen.moving_cm, seen.moving_energy), energies(seen.still_cm, seen.still_energy)
    # Always the module's nine gates, whatever farthest gate is configured: aio-ld2410 takes these two numbers for the
    # count of energies, ESPHome reads nine at fixed places.
    return Engineering(
        GATES - 1, GATES - 1, moving, still, *((120, int(seen.present)) if radar.light else (None, None))
    )


def _write_parameters(radar: Radar, args: bytes) -> tuple[Radar, bytes]:
    given = words(args)
    limits = replace(
        radar.parameters,
        max_moving_gate=within(given.get(0, radar.parameters.max_moving_gate), 1, GATES - 1),
        max_still_gate=within(given.get(1, radar.parameters.max_still_gate), 1, GATES - 1),
        timeout_s=within(given.get(2, radar.parameters.timeout_s), 0, 0xFFFF),
    )
    return replace(radar, parameters=limits), b""


def _write_sensitivity(radar: Radar, args: bytes) -> tuple[Radar, bytes]:
    given = words(args)
    gate, moving, still = given.get(0, ALL_GATES), within(given[1], 0, 100), within(given[2], 0, 100)
    chosen = range(GATES) if gate == ALL_GATES else (within(gate, 0, GATES - 1),)

    def changed(old: tuple[int, ...], new: int) -> tuple[int, ...]:
        return tuple(new if at in chosen else value for at, value in enumerate(old))

    limits = radar.parameters
    limits = replace(limits, moving=changed(limits.moving, moving), still=changed(limits.still, still))
    return replace(radar, parameters=limits), b""


def _write_resolution(radar: Radar, args: bytes) -> tuple[Radar, bytes]:
    return replace(radar, resolution=within(word(args), 0, 1)), b""


def _write_light(radar: Radar, args: bytes) -> tuple[Radar, bytes]:
    struct.unpack("<BBH", args)
    return replace(radar, light_control=args), b""


def _factory_reset(radar: Radar, args: bytes) -> tuple[Radar, bytes]:
    new = Radar()
    settings = replace(radar, parameters=new.parameters, resolution=new.resolution, light_control=new.light_control)
    return replace(settings, baudrate_index=new.baudrate_index, bluetooth=True, password=new.password), b""


def _password(radar: Radar, args: bytes) -> tuple[Radar, bytes]:
    if len(args) != PASSWORD_LENGTH:
        raise ValueError(f"a password has {PASSWORD_LENGTH} bytes, not {len(args)}")
    return replace(radar, password=args), b""


HANDLERS: Mapping[int, Handler[Radar]] = {
    **common(Radar),
    Code.WRITE_PARAMETERS: _write_parameters,
    Code.READ_PARAMETERS: says(lambda radar: radar.parameters.encode()),
    Code.ENGINEERING_ON: mode(lambda radar: replace(radar, engineering=True)),
    Code.ENGINEERING_OFF: mode(lambda radar: replace(radar, engineering=False)),
    Code.WRITE_SENSITIVITY: _write_sensitivity,
    Code.FIRMWARE: says(lambda radar: firmware_data(radar.firmware)),
    Code.FACTORY_RESET: _factory_reset,
    Code.RESTART: mode(lambda radar: replace(radar, configuring=False, engineering=False)),
    Code.BLUETOOTH_PASSWORD: _password,
    Code.WRITE_RESOLUTION: _write_resolution,
    Code.READ_RESOLUTION: says(lambda radar: struct.pack("<H", radar.resolution)),
    Code.WRITE_LIGHT: _write_light,
    Code.READ_LIGHT: says(lambda radar: radar.light_control),
    Code.CALIBRATE: lambda radar, args: (radar, b""),
    Code.CALIBRATION: says(lambda radar: b"\x00\x00"),  # not in progress
}


def answer(radar: Radar, command: Command) -> tuple[Radar, Acknowledgement]:
    """The module's memory after a command, and its acknowledgement."""
    return answered(HANDLERS, radar, command)


def told(radar: Radar, world: World, now_us: int) -> bytes:
    """The report that leaves the module now."""
    if CALIBRATES in world.faults:
        return encode(Report(TargetState.CALIBRATING))
    return encode(report(radar, sample(world, now_us)))


async def serve(
    world: LiveWorld, line: ByteLine, period_s: float = REPORT_PERIOD_S, fresh: Radar | None = None
) -> None:
    """Be the radar on this line, for ever."""
    await serve_radar(Kind(fresh or Radar(), told, answer, Parser), world, line, period_s)


@contextlib.asynccontextmanager
async def open_presence(
    world: LiveWorld, *, listen: str = "", personality: str = "", period_s: float = REPORT_PERIOD_S
) -> AsyncIterator[str]:
    """Run the radar on a pty; yields its path. `listen` may name a path that shall lead to it.

    A real one reports ten times a second; a test of many visits may let it report more often.
    """
    from emulator.devices.pty import serve_on_pty  # the memory booth samples this radar where there are no ptys

    fresh, faults = radar_of(personality), LineFaults(world, "presence", LENGTH_AT)
    async with serve_on_pty(lambda line: serve(world, line, period_s, fresh), listen, fresh.line, faults) as path:
        yield path
