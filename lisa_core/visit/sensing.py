"""From raw sensor readings to what is true in the room: debouncing, pure.

`Room` is the debounced truth; `step` returns the next `Room` and the events that this reading made true.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from lisa_core.model.directory import Deadlines
from lisa_core.model.readings import PresenceReport
from lisa_core.visit.events import (
    CallButton,
    DeviceBack,
    DeviceGone,
    DoorClosed,
    DoorOpened,
    Left,
    Motionless,
    Seated,
    Sensed,
    VisitEvent,
)

SEAT_MAX_CM = 110
"""A still target nearer than this sits on the chair; whoever stands is further from the screen wall."""


@dataclass(frozen=True, slots=True)
class Room:
    """What the sensors say, debounced. `*_since_us` is when the opposite of the debounced value was first seen.

    `gone` names the slots whose device does not answer, in alphabetical order.
    """

    present: bool = False
    seated: bool = False
    door_open: bool = False
    door_opened_us: int | None = None
    present_since_us: int | None = None
    absent_since_us: int | None = None
    seated_since_us: int | None = None
    moved_us: int | None = None
    gone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DoorReading:
    open: bool


@dataclass(frozen=True, slots=True)
class ButtonReading:
    pressed: bool


@dataclass(frozen=True, slots=True)
class DeviceReading:
    """A device stopped answering, or answers again."""

    slot: str
    answers: bool


Reading = PresenceReport | DoorReading | ButtonReading | DeviceReading
Step = tuple[Room, tuple[VisitEvent, ...]]


def step(room: Room, reading: Reading, now_us: int, deadlines: Deadlines) -> Step:
    """Take in one reading."""
    match reading:
        case PresenceReport():
            return _presence(room, reading, now_us, deadlines)
        case DoorReading():
            return _door(room, reading.open, now_us)
        case ButtonReading():
            return room, (CallButton(),) if reading.pressed else ()
        case DeviceReading():
            return _device(room, reading)


def _door(room: Room, is_open: bool, now_us: int) -> Step:
    if is_open == room.door_open:
        return room, ()
    if is_open:
        return replace(room, door_open=True, door_opened_us=now_us), (DoorOpened(),)
    return replace(room, door_open=False), (DoorClosed(),)


def _device(room: Room, reading: DeviceReading) -> Step:
    if reading.answers == (reading.slot not in room.gone):
        return room, ()
    if reading.answers:
        left = tuple(slot for slot in room.gone if slot != reading.slot)
        return replace(room, gone=left), (DeviceBack(reading.slot),)
    gone = tuple(sorted((*room.gone, reading.slot)))
    if reading.slot == "presence":
        # What it saw last is no longer known to be so: time seen absent or present must be counted anew.
        room = replace(room, present_since_us=None, absent_since_us=None, seated_since_us=None, moved_us=None)
    return replace(room, gone=gone), (DeviceGone(reading.slot),)


def _presence(room: Room, report: PresenceReport, now_us: int, limits: Deadlines) -> Step:
    on_chair = report.still_cm is not None and report.still_cm <= SEAT_MAX_CM
    room = replace(
        room,
        present_since_us=_first(room.present_since_us, now_us) if report.present else None,
        absent_since_us=None if report.present else _first(room.absent_since_us, now_us),
        seated_since_us=_first(room.seated_since_us, now_us) if on_chair else None,
        moved_us=now_us if report.moving_cm is not None or not report.present else _first(room.moved_us, now_us),
    )
    events: list[VisitEvent] = []
    if not room.present and _for(room.present_since_us, now_us, limits.presence_debounce_us):
        room = replace(room, present=True)
        events.append(Sensed())
    if room.present and _for(room.absent_since_us, now_us, limits.absence_debounce_us):
        room = replace(room, present=False, seated=False)
        events.append(Left())
    if room.present and not room.seated and _for(room.seated_since_us, now_us, limits.presence_debounce_us):
        room = replace(room, seated=True)
        events.append(Seated())
    elif not on_chair and room.seated:
        room = replace(room, seated=False)
    if room.present and _for(room.moved_us, now_us, limits.still_us):
        room = replace(room, moved_us=now_us)
        events.append(Motionless())
    return room, tuple(events)


def _first(since_us: int | None, now_us: int) -> int:
    return now_us if since_us is None else since_us


def _for(since_us: int | None, now_us: int, long_us: int) -> bool:
    """Whether it has been so for that long."""
    return since_us is not None and now_us - since_us >= long_us
