"""What devices have to report after the tester said that something is done: her word alone is not enough.

Where no device reports it in time, she is asked for it in so many words. Her yes lets the scenario go on: what the
device did not notice is then a failure of the device, and no act that did not happen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lisa_core.domain.visit.perception import Room

WITHIN_S = 5.0
"""So long a device has to report what was done."""
FREE_S = 10.0
"""So long a radar may go on reporting somebody who has left."""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """`slot` reports an act when `shows` is true of the room; `question` is put where it does not."""

    slot: str
    shows: Callable[[Room], bool]
    question: str


_GONE = Confirmation(
    "presence",
    lambda room: not room.present,
    "Der Präsenzsensor meldet noch jemanden. Ist das Bürgerbüro trotzdem leer?",
)
CONFIRMATIONS: Mapping[str, Confirmation] = {
    "enter": Confirmation(
        "presence",
        lambda room: room.present,
        "Der Präsenzsensor meldet niemanden. Steht trotzdem jemand im Bürgerbüro?",
    ),
    "leave": _GONE,
    "walk_out": _GONE,
    "open_door": Confirmation(
        "door", lambda room: room.door_open, "Der Türkontakt meldet eine geschlossene Tür. Steht sie trotzdem offen?"
    ),
    "close_door": Confirmation(
        "door", lambda room: not room.door_open, "Der Türkontakt meldet eine offene Tür. Ist sie trotzdem zu?"
    ),
    "feed_papers": Confirmation(
        "scanner",
        lambda room: bool(room.feeder),
        "Der Scanner meldet einen leeren Einzug. Liegen trotzdem Blätter darin?",
    ),
}


def is_free(room: Room) -> bool:
    """Whether the radar has reported, and reports nobody."""
    return not room.present and room.absent_since_us is not None


def is_silent(room: Room) -> bool:
    """Whether the radar has not reported anything, or not any more."""
    return room.present_since_us is None and room.absent_since_us is None
