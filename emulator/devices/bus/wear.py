"""What is worn or broken at the door: contacts and relays with the faults that they have now. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from emulator.world.world import World
from lisa_core.equipment.codecs.modbus_pdu import Reason

BOUNCES, STICKS, BROKEN_WIRE = (f"door.{word}" for word in ("prellt", "klebt", "drahtbruch"))
REFUSES, BUSY, LATE, WRONG_SUM, STRANGER = (
    f"door.{word}" for word in ("ausnahme", "beschaeftigt", "spaet", "pruefsumme", "fremd")
)
BUTTON_STUCK, BUTTON_DEAD = "call_button.klemmt", "call_button.tot"
GLASS_STUCK, LAMP_STUCK, LAMP_DARK = "privacy_glass.haengt", "lamp.haengt", "lamp.dunkel"
STUCK: Mapping[str, str] = {"privacy_glass": GLASS_STUCK, "lamp": LAMP_STUCK}
"""By slot the fault with which its relays do not move."""
RESTLESS = frozenset((BOUNCES,))
"""With these a contact says other things at other times, though nothing happens in the world."""
BOUNCE_US, BOUNCE_EVERY_US, BOUNCING_US = 10_000, 1_000_000, 40_000
"""How long a contact rests in one position while it bounces, how often it does, and for how long."""
LATE_S = 1.2
"""Longer than the driver's three tries."""


def door_open(world: World, now_us: int) -> bool:
    """What the contact says of the door."""
    if STICKS in world.faults:
        return False
    if BROKEN_WIRE in world.faults:  # it is normally closed
        return True
    bouncing = BOUNCES in world.faults and now_us % BOUNCE_EVERY_US < BOUNCING_US
    return world.door_open != (bouncing and now_us // BOUNCE_US % 2 == 0)


def button_pressed(world: World) -> bool:
    """What the contact says of the button."""
    if BUTTON_STUCK in world.faults:
        return True
    return world.button_pressed and BUTTON_DEAD not in world.faults


def refusal(world: World) -> Reason | None:
    """With what the unit refuses whatever is asked."""
    if REFUSES in world.faults:
        return Reason.DEVICE_FAILURE
    return Reason.BUSY if BUSY in world.faults else None
