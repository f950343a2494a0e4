"""What comes of the sheets in the world when a scanner takes them: the same for the device and for the model. Pure.

A sheet is named by its front, "mietvertrag:1", or by both its sides, "mietvertrag:1/mietvertrag:2". Of one that is
named by its front only nothing stands on the back. What is wrong with the scanner stands in `World.faults`, by the
names of `equipment.slots.scanner_faults`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from emulator.paper.scan_image import Look
from emulator.world.world import World
from lisa_core.equipment.codecs.escl import FeederState

BLANK = ""
"""The name of a side on which nothing stands."""
COVER, GONE, CUT, NOTHING = "scanner.klappe", "scanner.auftragsverlust", "scanner.seitenabbruch", "scanner.leerdatei"
WRONG_TYPE = "scanner.falschformat"
ASLEEP, TAKEN = "scanner.ruhezustand", "scanner.fremdauftrag"
STOPPED: Mapping[str, FeederState] = {
    COVER: FeederState.HATCH_OPEN,
    "scanner.stau": FeederState.JAM,
    "scanner.doppeleinzug": FeederState.MULTIPICK,
    "scanner.fehleinzug": FeederState.MISPICK,
}
"""What stops the feeder, and what the scanner then calls it; the sheet stays where it is until that is mended."""
_LOOKS: Mapping[str, Look] = {
    "scanner.leerseite": Look.BLANK,
    "scanner.schief": Look.ASKEW,
    "scanner.kopfueber": Look.UPSIDE_DOWN,
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """What comes of drawing in the next sheet: the pages that are seen of it, or what stops it.

    `fault`: a name of `World.faults`. `jam`: it is stuck in the scanner (`World.jammed`).
    """

    pages: tuple[str, ...] = ()
    fault: str = ""
    jam: bool = False


def draw(world: World, nth: int, *, both_sides: bool) -> Drawn | None:
    """Draw in the top sheet, which is the `nth` of its job (from 1); None from an empty feeder."""
    if not world.feeder:
        return None
    if world.faults and (fault := next((name for name in STOPPED if _happens(world, name)), "")):
        return Drawn(fault=fault)
    if world.jam_after == nth:
        return Drawn(jam=True)
    front, _, back = world.feeder[0].partition("/")
    return Drawn((front, back or BLANK) if both_sides else (front,))


def _happens(world: World, name: str) -> bool:
    """Two sheets at once need two sheets."""
    return name in world.faults and (name != "scanner.doppeleinzug" or len(world.feeder) > 1)


def occupied(world: World) -> str:
    """Why no job is taken now, though one may be later: the name of the fault, or nothing."""
    return next((name for name in (ASLEEP, TAKEN) if name in world.faults), "")


def spoilt(world: World) -> str:
    """What spoils the page that is handed out now: the name of the fault, or nothing."""
    return next((name for name in (GONE, CUT, NOTHING) if name in world.faults), "") if world.faults else ""


def look_of(world: World) -> Look:
    """How pages come out."""
    if not world.faults:
        return Look.AS_IT_IS
    return next((look for name, look in _LOOKS.items() if name in world.faults), Look.AS_IT_IS)
