"""What an emulated device of others is written with: one door, whose names stay when the house behind it changes.

A device samples the world by a small pure function, and changes it only by acts (`emulator.world.world.ACTS`). Its
other half, the driver, has `lisa_core.equipment.drivers.contract` for a door.
"""

from __future__ import annotations

from emulator.contract.line import DeviceLine, line_faults, serve_line
from emulator.devices.bus.wear import button_pressed, door_open
from emulator.devices.cards.reader import kind_seen
from emulator.devices.radars.sight import people_seen
from emulator.paper.printed import sheet_text
from emulator.paper.scan_image import scanned_page
from emulator.paper.strokes import load, sample
from emulator.world.live_world import HostedWorld, LiveWorld
from emulator.world.world import PAN_MOST, TILT_MOST, ZOOM_MOST, Pen, Person, World
from lisa_core.domain.model.readings import PenSample
from lisa_core.host.clock import now_us
from lisa_core.host.program import beside

__all__ = [
    "PAN_MOST",
    "TILT_MOST",
    "ZOOM_MOST",
    "DeviceLine",
    "HostedWorld",
    "LiveWorld",
    "Pen",
    "Person",
    "World",
    "beside",
    "button_pressed",
    "door_open",
    "kind_seen",
    "line_faults",
    "now_us",
    "pen_seen",
    "people_seen",
    "scanned_page",
    "serve_line",
    "sheet_text",
]


def pen_seen(pen: Pen, at_us: int) -> PenSample | None:
    """Where the pen of the world is at this moment of `now_us`; None once it has gone away."""
    return sample(load(pen.recording), at_us - pen.since_us)
