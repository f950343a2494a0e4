"""What a radar makes of the people in the world, with the faults that it has now. Pure; times in microseconds."""

from __future__ import annotations

from emulator.world.world import SEAT_CM, Person, World

CURTAIN, PHANTOM, FLICKERS, STICKS, BLIND = (
    f"presence.{word}" for word in ("vorhang", "phantom", "flackert", "klebt", "blind")
)
RESTARTS, LEFT_CONFIGURED, CALIBRATES = (f"presence.{word}" for word in ("neustart", "konfiguration", "misst"))
RESTLESS = frozenset((PHANTOM, FLICKERS, RESTARTS))
"""With these it says other things at other times, though nothing happens in the world."""
CURTAIN_CM = 190
PHANTOM_US, PHANTOM_EVERY_US = 200_000, 3_000_000
"""So long, so often: shorter than what counts as somebody."""
LOST_US, LOST_EVERY_US = 200_000, 1_000_000
RESTART_US, RESTART_EVERY_US = 500_000, 3_000_000
"""How long it says nothing while it restarts, and how often."""


def people_seen(world: World, now_us: int) -> tuple[Person, ...]:
    """Whom it believes to be there."""
    faults = world.faults
    if not faults:
        return world.people
    if BLIND in faults or (FLICKERS in faults and now_us % LOST_EVERY_US < LOST_US):
        return ()
    people = world.people
    if CURTAIN in faults:
        people += (Person(CURTAIN_CM),)
    if PHANTOM in faults and now_us % PHANTOM_EVERY_US < PHANTOM_US:
        people += (Person(0),)
    if STICKS in faults:
        people += (Person(SEAT_CM, seated=True),)
    return people


def restarting(world: World, now_us: int) -> bool:
    """Whether it is just not there."""
    return RESTARTS in world.faults and now_us % RESTART_EVERY_US < RESTART_US
