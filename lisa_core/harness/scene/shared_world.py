"""A world that other programs play too (`[world] join`): it was there before a scenario, and is there after it.

Each scenario begins as in a world of its own: nobody is inside, and nothing of the one before lies about. What it
broke is whole again afterwards. What was broken on purpose before it began (`lisa emulate ... --act`) stays so.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from lisa_core.domain.model.json_types import JsonMap

CURES = {"silent": ("wake", "device"), "faults": ("heal", "fault")}
"""What may ail the world: the act that mends it, and what that act takes."""
LEFT = ("people", "door_open", "table", "glass", "feeder", "jammed", "tray", "touches")
"""What somebody leaves behind."""

Disturb = Callable[..., Awaitable[None]]


@dataclass(frozen=True, slots=True)
class SharedWorld:
    """How it was before the scenario, by the names of `CURES`."""

    before: JsonMap

    async def leave(self, room: JsonMap, disturb: Disturb) -> None:
        """Leave it as it was."""
        await disturb("tidy")
        for what, (act, argument) in CURES.items():
            for broken in {*room.get(what, ())} - {*self.before[what]}:
                await disturb(act, **{argument: broken})


async def entered(room: JsonMap, disturb: Disturb) -> tuple[SharedWorld, bool]:
    """Begin in it; also whether somebody or something had been left there, which devices may have noticed."""
    left = any(room.get(what) for what in LEFT)
    if left:
        await disturb("tidy")
    return SharedWorld({what: tuple(room.get(what, ())) for what in CURES}), left
