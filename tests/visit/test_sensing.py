"""What the room is, from what sensors say: debounced, and honest about devices that are gone."""

from __future__ import annotations

import pytest

from lisa_core.domain.model.directory import Deadlines
from lisa_core.domain.model.readings import PresenceReport
from lisa_core.domain.visit import events as e
from lisa_core.domain.visit.perception import (
    SEAT_MAX_CM,
    ButtonReading,
    DeviceReading,
    DoorReading,
    FeederReading,
    Reading,
    Room,
    new_visit,
    step,
)

LIMITS = Deadlines(presence_debounce_us=300_000, absence_debounce_us=1_000_000, still_us=10_000_000)
SOMEBODY, SITTING, NOBODY = PresenceReport(moving_cm=150), PresenceReport(still_cm=80), PresenceReport()


def play(*readings: tuple[int, Reading], room: Room | None = None) -> tuple[Room, list[tuple[int, e.VisitEvent]]]:
    """Readings at milliseconds; what they made true, and when."""
    room, said = room or Room(), []
    for at_ms, reading in readings:
        room, events = step(room, reading, at_ms * 1000, LIMITS)
        said += [(at_ms, event) for event in events]
    return room, said


def every_100_ms(report: PresenceReport, first: int, last: int) -> list[tuple[int, Reading]]:
    return [(at, report) for at in range(first, last + 1, 100)]


def test_somebody_is_there_after_the_debounce_and_only_once() -> None:
    _, said = play(*every_100_ms(SOMEBODY, 0, 2000))
    assert said == [(300, e.Sensed())]


def test_a_flicker_is_nobody() -> None:
    _, said = play((0, SOMEBODY), (100, SOMEBODY), (200, NOBODY), (300, SOMEBODY), (400, NOBODY))
    assert said == []


def test_a_short_gap_does_not_make_her_leave() -> None:
    _, said = play(
        *every_100_ms(SOMEBODY, 0, 500), *every_100_ms(NOBODY, 600, 1400), *every_100_ms(SITTING, 1500, 2000)
    )
    assert said == [(300, e.Sensed()), (1800, e.Seated())]


def test_leaving_is_believed_after_its_own_debounce() -> None:
    room, said = play(*every_100_ms(SITTING, 0, 500), *every_100_ms(NOBODY, 600, 2000))
    assert said == [(300, e.Sensed()), (300, e.Seated()), (1600, e.Left())]
    assert not room.present
    assert not room.seated


def test_a_companion_changes_nothing() -> None:
    both = PresenceReport(moving_cm=180, still_cm=80)
    _, said = play(*every_100_ms(SITTING, 0, 500), *every_100_ms(both, 600, 2000), *every_100_ms(SITTING, 2100, 3000))
    assert said == [(300, e.Sensed()), (300, e.Seated())]


def test_a_bouncing_door_is_open_once_for_every_time_it_opened() -> None:
    _, said = play((0, DoorReading(True)), (5, DoorReading(True)), (10, DoorReading(False)), (10, DoorReading(False)))
    assert said == [(0, e.DoorOpened()), (10, e.DoorClosed())]


def test_nobody_moving_for_long_is_reported_again_and_again() -> None:
    _, said = play(*every_100_ms(SITTING, 0, 25_000))
    assert [at for at, event in said if event == e.Motionless()] == [10_000, 20_000]


def test_time_in_which_the_radar_was_silent_counts_for_nothing() -> None:
    _, said = play(
        *every_100_ms(SITTING, 0, 9000),
        (9100, DeviceReading("presence", answers=False)),
        (9200, DeviceReading("presence", answers=True)),
        *every_100_ms(SITTING, 9300, 15_000),
    )
    assert e.Motionless() not in [event for _, event in said]


def test_a_silent_radar_is_not_an_empty_room() -> None:
    room, said = play(
        *every_100_ms(SITTING, 0, 500),
        (1000, DeviceReading("presence", answers=False)),
        (1001, DeviceReading("presence", answers=False)),
        (9000, DeviceReading("presence", answers=True)),
        (9100, NOBODY),
        (9900, SITTING),
    )
    assert said[2:] == [(1000, e.DeviceGone("presence")), (9000, e.DeviceBack("presence"))]
    assert room.present
    assert room.gone == ()


def test_who_came_and_went_while_the_radar_was_silent_has_left_once_it_reports_again() -> None:
    room, said = play(
        *every_100_ms(NOBODY, 0, 2000),
        (3000, DeviceReading("presence", answers=False)),
        (4000, DoorReading(True)),
        (4500, DoorReading(False)),
        (9000, DeviceReading("presence", answers=True)),
        *every_100_ms(NOBODY, 9000, 12_000),
    )
    assert said[-2:] == [(9000, e.DeviceBack("presence")), (10_000, e.Left())]
    assert not room.unsure


def test_who_is_still_there_after_a_silence_is_not_announced_again() -> None:
    room, said = play(
        *every_100_ms(SOMEBODY, 0, 500),
        (1000, DeviceReading("presence", answers=False)),
        (2000, DeviceReading("presence", answers=True)),
        *every_100_ms(SOMEBODY, 2000, 4000),
    )
    assert [event for at, event in said if at > 2000] == []
    assert (room.present, room.unsure) == (True, False)


def test_what_lies_in_the_scanner_is_known_until_it_is_gone() -> None:
    room, said = play((0, FeederReading(loaded=True)), *every_100_ms(SOMEBODY, 0, 500))
    assert (room.feeder, said) == (True, [(0, e.FeederFound()), (300, e.Sensed())])
    assert not play((600, FeederReading(loaded=False)), room=room)[0].feeder


def test_only_what_the_scanner_says_first_in_a_visit_was_there_before() -> None:
    loaded, empty = FeederReading(loaded=True), FeederReading(loaded=False)
    room, said = play((0, empty), (2000, loaded))
    assert said == []
    again = new_visit(room)
    assert play((4000, loaded), (6000, loaded), room=again)[1] == [(4000, e.FeederFound())]
    silent = play((4000, DeviceReading("scanner", answers=False)), room=again)[0]
    assert play((9000, loaded), room=silent) == (silent._replace(feeder=True), [])


def test_pressing_calls_and_letting_go_does_not() -> None:
    _, said = play((0, ButtonReading(pressed=True)), (50, ButtonReading(pressed=False)))
    assert said == [(0, e.CallButton())]


def test_when_the_door_opened_last_is_remembered_while_the_radar_reports() -> None:
    room, _ = play((700, DoorReading(True)), *every_100_ms(SOMEBODY, 800, 1500))
    assert (room.door_open, room.door_opened_us, room.present, room.seated) == (True, 700_000, True, False)
    room, _ = play((1600, DoorReading(False)), *every_100_ms(NOBODY, 1700, 2900), room=room)
    assert (room.door_open, room.door_opened_us, room.present) == (False, 700_000, False)


@pytest.mark.parametrize(("distance_cm", "seated"), [(SEAT_MAX_CM, True), (SEAT_MAX_CM + 1, False)])
def test_the_chair_ends_where_it_ends(distance_cm: int, seated: bool) -> None:
    room, _ = play(*every_100_ms(PresenceReport(still_cm=distance_cm), 0, 500))
    assert (room.present, room.seated) == (True, seated)


def test_whoever_moves_is_not_motionless() -> None:
    fidgets = PresenceReport(moving_cm=82, still_cm=80)
    _, said = play(*every_100_ms(SITTING, 0, 9000), (9100, fidgets), *every_100_ms(SITTING, 9200, 19_000))
    assert e.Motionless() not in [event for _, event in said]
    _, said = play((0, fidgets), *every_100_ms(SITTING, 100, 10_000))
    assert (10_000, e.Motionless()) in said


def test_what_was_seen_before_a_silence_does_not_count_towards_what_is_seen_after_it() -> None:
    gone, back = DeviceReading("presence", answers=False), DeviceReading("presence", answers=True)
    _, said = play((0, SITTING), (100, SITTING), (200, gone), (250, back), (350, SITTING), (450, SITTING))
    assert [event for _, event in said] == [e.DeviceGone("presence"), e.DeviceBack("presence")]
