"""What comes of the sheets in the world when a scanner takes them: one function for the device and for the model. Pure.

A sheet is named by its front, "mietvertrag:1", or by both its sides, "mietvertrag:1/mietvertrag:2". Of one that is
named by its front only nothing stands on the back.
"""

from __future__ import annotations

from dataclasses import dataclass

from emulator.world.world import World

BLANK = ""
"""The name of a side on which nothing stands."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What comes of drawing in the next sheet: the pages that are seen of it, or it is stuck."""

    pages: tuple[str, ...] = ()
    jam: bool = False


def draw(world: World, nth: int, *, both_sides: bool) -> Drawn | None:
    """Draw in the top sheet, which is the `nth` of its job (from 1); None from an empty feeder."""
    if not world.feeder:
        return None
    if world.jam_after == nth:
        return Drawn(jam=True)
    front, _, back = world.feeder[0].partition("/")
    return Drawn((front, back or BLANK) if both_sides else (front,))
