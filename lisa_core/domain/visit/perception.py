"""From raw sensor readings to what is true in the room: debouncing, pure.

`Room` is the debounced truth; `step` returns the next `Room` and the events that this reading made true.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from lisa_core.domain.model.directory import Deadlines
from lisa_core.domain.model.readings import PresenceReport
from lisa_core.domain.visit.events import (
    CallButton,
    DeviceBack,
    DeviceGone,
    DoorClosed,
    DoorOpened,
    FeederFound,
    Left,
    Motionless,
    Seated,
    Sensed,
    VisitEvent,
)

SEAT_MAX_CM = 110
"""A still target nearer than this sits on the chair; whoever stands is further from the screen wall."""


class Room(NamedTuple):
    """What the sensors say, debounced. `*_since_us` is when the opposite of the debounced value was first seen.

    `gone` names the slots whose device does not answer, in alphabetical order. `unsure`: the radar was silent and has
    not reported since whether anybody is inside; somebody may have come and gone unseen. `feeder`: sheets lie in the
    scanner; None until it has said so in this visit (`new_visit`). A tuple, because a radar makes ten of them a second:
    it is built in a third of the time that a frozen dataclass takes.
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
    unsure: bool = False
    feeder: bool | None = None


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


@dataclass(frozen=True, slots=True)
class FeederReading:
    """Sheets lie in the scanner's feeder, or none do."""

    loaded: bool


Reading = PresenceReport | DoorReading | ButtonReading | DeviceReading | FeederReading
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
        case FeederReading():
            found = room.feeder is None and reading.loaded
            return room._replace(feeder=reading.loaded), (FeederFound(),) if found else ()


def new_visit(room: Room) -> Room:
    """The room when a visit begins: what lay in the scanner at the end of the one before is no longer known."""
    return room._replace(feeder=None)


def _door(room: Room, is_open: bool, now_us: int) -> Step:
    if is_open == room.door_open:
        return room, ()
    if is_open:
        return room._replace(door_open=True, door_opened_us=now_us), (DoorOpened(),)
    return room._replace(door_open=False), (DoorClosed(),)


def _device(room: Room, reading: DeviceReading) -> Step:
    if reading.answers == (reading.slot not in room.gone):
        return room, ()
    if reading.answers:
        left = tuple(slot for slot in room.gone if slot != reading.slot)
        return room._replace(gone=left), (DeviceBack(reading.slot),)
    gone = tuple(sorted((*room.gone, reading.slot)))
    if reading.slot == "presence":
        # What it saw last is no longer known to be so: time seen absent or present must be counted anew.
        room = room._replace(
            present_since_us=None, absent_since_us=None, seated_since_us=None, moved_us=None, unsure=True
        )
    if reading.slot == "scanner":
        room = room._replace(feeder=False)
    return room._replace(gone=gone), (DeviceGone(reading.slot),)


def _presence(room: Room, report: PresenceReport, now_us: int, limits: Deadlines) -> Step:
    still_cm, moves = report.still_cm, report.moving_cm is not None
    on_chair = still_cm is not None and 0 < still_cm <= SEAT_MAX_CM  # 0: somewhere
    present, seated, unsure = room.present, room.seated, room.unsure
    present_us = absent_us = None
    if moves or still_cm is not None:
        present_us = _first(room.present_since_us, now_us)
        moved_us = now_us if moves else _first(room.moved_us, now_us)
    else:
        absent_us, moved_us = _first(room.absent_since_us, now_us), now_us
    seated_us = _first(room.seated_since_us, now_us) if on_chair else None
    events: tuple[VisitEvent, ...] = ()
    if (unsure or not present) and _for(present_us, now_us, limits.presence_debounce_us):
        if not present:
            events += (Sensed(),)
        present, unsure = True, False
    if (unsure or present) and _for(absent_us, now_us, limits.absence_debounce_us):
        present = seated = unsure = False
        events += (Left(),)
    if not on_chair:
        seated = False
    elif present and not seated and _for(seated_us, now_us, limits.presence_debounce_us):
        seated = True
        events += (Seated(),)
    if present and now_us - moved_us >= limits.still_us:
        moved_us = now_us
        events += (Motionless(),)
    is_open, opened_us = room.door_open, room.door_opened_us
    new = Room(
        present, seated, is_open, opened_us, present_us, absent_us, seated_us, moved_us, room.gone, unsure, room.feeder
    )
    return new, events


def _first(since_us: int | None, now_us: int) -> int:
    return now_us if since_us is None else since_us


def _for(since_us: int | None, now_us: int, long_us: int) -> bool:
    """Whether it has been so for that long."""
    return since_us is not None and now_us - since_us >= long_us
