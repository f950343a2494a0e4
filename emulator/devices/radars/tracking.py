"""An HLK-LD2450 radar in the emulated booth: tracks up to three people and can be configured like a real one."""

from __future__ import annotations

import contextlib
import math
import struct
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace

from emulator.devices.radars.clockwork import PLAYS, Handler, Kind, Memory, answered, common, mode, says, serve_radar
from emulator.devices.radars.sight import people_seen
from emulator.personalities import personality as values_of
from emulator.world.line_faults import LineFaults
from emulator.world.live_world import LiveWorld
from emulator.world.world import Person, World
from lisa_core.equipment.codecs.ld2450 import (
    REPORT_PERIOD_S,
    TARGETS,
    Acknowledgement,
    Command,
    Target,
    TrackingCode,
    TrackingParser,
    TrackingReport,
    Zones,
    encode,
    firmware_data,
    read_zones,
)

FIRMWARE = "V2.04.23101915"
ASIDE_MM = (0, 450, -450)
"""How far to the right of the radar's middle people stand, one after the other: the world knows their distance only."""
WALK_CM_S = 16


def sample(world: World, now_us: int) -> tuple[Target, ...]:
    """Whom the radar tracks, the nearest first: who stands shifts from foot to foot, who sits does not."""
    people = sorted(people_seen(world, now_us), key=lambda person: person.distance_cm)[:TARGETS]
    return tuple(_target(person, aside, now_us) for person, aside in zip(people, ASIDE_MM, strict=False))


def _target(person: Person, aside_mm: int, now_us: int) -> Target:
    distance_mm = 10 * person.distance_cm
    x_mm = max(-distance_mm, min(distance_mm, aside_mm))
    nearer = now_us // 1_000_000 % 2
    speed = 0 if person.seated else -WALK_CM_S if nearer else WALK_CM_S
    return Target(x_mm, round(math.sqrt(distance_mm**2 - x_mm**2)), speed)


@dataclass(frozen=True, slots=True)
class Tracker(Memory):
    """The module's memory. `always`: commands that it takes without being configured."""

    firmware: str = FIRMWARE
    commands: frozenset[int] = frozenset(map(int, TrackingCode))
    everybody: bool = True
    zones: Zones = Zones()
    resolution_mm: int = 320
    always: frozenset[int] = frozenset()


def tracker_of(personality: str) -> Tracker:
    """The memory of a known model, fresh from the factory; "" is ours. Raises `HarnessError` for an unknown one."""
    if not personality:
        return Tracker()
    values = values_of("tracking-radar", personality)
    return Tracker(
        firmware=values.get("firmware", ""),
        commands=frozenset(values["commands"]),
        resolution_mm=values["resolution_mm"],
        always=frozenset(values.get("always", ())),
    )


def report(tracker: Tracker, seen: tuple[Target, ...]) -> TrackingReport:
    """The report that the module sends of whom it tracks."""
    shown = [target for target in seen if _wanted(tracker.zones, target)][: TARGETS if tracker.everybody else 1]
    places = [replace(target, resolution_mm=tracker.resolution_mm) for target in shown] + [None] * TARGETS
    return TrackingReport((places[0], places[1], places[2]))


def _wanted(zones: Zones, target: Target) -> bool:
    if not zones.kind:
        return True
    corners = [zones.corners[at : at + 4] for at in (0, 4, 8)]
    within = any(
        min(x1, x2) <= target.x_mm <= max(x1, x2) and min(y1, y2) <= target.y_mm <= max(y1, y2)
        for x1, y1, x2, y2 in corners
        if any((x1, y1, x2, y2))
    )
    return within is (zones.kind == 1)


def _factory_reset(tracker: Tracker, args: bytes) -> tuple[Tracker, bytes]:
    return replace(tracker, everybody=True, zones=Zones(), baudrate_index=7, bluetooth=True), b""


HANDLERS: Mapping[int, Handler[Tracker]] = {
    **common(Tracker),
    TrackingCode.ONE_TARGET: mode(lambda tracker: replace(tracker, everybody=False)),
    TrackingCode.ALL_TARGETS: mode(lambda tracker: replace(tracker, everybody=True)),
    TrackingCode.TRACKING: says(lambda tracker: struct.pack("<H", 2 if tracker.everybody else 1)),
    TrackingCode.FIRMWARE: says(lambda tracker: firmware_data(tracker.firmware, kind=0)),
    TrackingCode.FACTORY_RESET: _factory_reset,
    TrackingCode.RESTART: mode(lambda tracker: replace(tracker, configuring=False)),
    TrackingCode.READ_ZONES: says(lambda tracker: tracker.zones.encode()),
    TrackingCode.WRITE_ZONES: lambda tracker, args: (replace(tracker, zones=read_zones(args)), b""),
}


def answer(tracker: Tracker, command: Command) -> tuple[Tracker, Acknowledgement]:
    """The module's memory after a command, and its acknowledgement."""
    if command.code in tracker.always and not tracker.configuring:
        after, said = answered(HANDLERS, replace(tracker, configuring=True), command)
        return replace(after, configuring=False), said
    return answered(HANDLERS, tracker, command)


def told(tracker: Tracker, world: World, now_us: int) -> bytes:
    """The report that leaves the module now."""
    return encode(report(tracker, sample(world, now_us)))


@contextlib.asynccontextmanager
async def open_tracking_radar(
    world: LiveWorld, *, listen: str = "", personality: str = "", period_s: float = REPORT_PERIOD_S
) -> AsyncIterator[str]:
    """Run the radar on a pty; yields its path. `listen` may name a path that shall lead to it."""
    from emulator.devices.pty import serve_on_pty  # needs what only POSIX has

    kind, faults = Kind(tracker_of(personality), told, answer, TrackingParser), LineFaults(world, PLAYS)
    line = kind.fresh.line
    async with serve_on_pty(lambda pty: serve_radar(kind, world, pty, period_s), listen, line, faults) as path:
        yield path
