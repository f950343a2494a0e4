"""What each state makes of what happens, as tables: so it is written, and so it must be."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from lisa_core.domain.model.directory import Trigger
from lisa_core.domain.model.ids import AgentId, LegId, OfficeId, VisitId
from lisa_core.domain.model.outcome import Outcome
from lisa_core.domain.model.readings import LampColour
from lisa_core.domain.visit import events as e
from lisa_core.domain.visit import states as s
from lisa_core.domain.visit.machine import step
from lisa_core.domain.visit.perception import Room
from lisa_core.domain.visit.state_space import NOW_US, SITE

VISIT = s.Visit(VisitId("templin-1-1"), answered=True)
CALL = VISIT.call
MEMORY_US = SITE.deadlines.entry_memory_us
LATER_US = NOW_US + 7
ANSWERED = e.CallAnswered(CALL, LegId("l2"), AgentId("vogt"), "Frau Vogt", OfficeId("w"), "Wohngeldstelle", False)
TALKING = s.Talking(VISIT, NOW_US, AgentId("brandt"), "Frau Brandt", OfficeId("l"), "LISA-Team", True, LegId("l1"))
VOGT = s.Talking(VISIT, LATER_US, AgentId("vogt"), "Frau Vogt", OfficeId("w"), "Wohngeldstelle", False, LegId("l2"))


def context(trigger: Trigger = Trigger.ENTRY, linked: bool = True, **room: Any) -> s.Context:
    known = {"present": True, "seated": True, **room}
    return s.Context(
        LATER_US, replace(SITE, trigger=trigger), Room(**known), True, None, VisitId("templin-1-2"), linked
    )


@pytest.mark.parametrize(
    ("trigger", "room", "begins"),
    [
        (Trigger.ENTRY, {"door_open": True}, True),
        (Trigger.ENTRY, {"door_opened_us": LATER_US - MEMORY_US}, True),
        (Trigger.ENTRY, {"door_opened_us": LATER_US - MEMORY_US - 1}, False),
        (Trigger.ENTRY, {}, False),
        (Trigger.ENTRY, {"gone": ("door",)}, True),
        (Trigger.ENTRY, {"gone": ("screen",)}, False),
        (Trigger.SEATED, {}, True),
        (Trigger.SEATED, {"seated": False}, False),
        (Trigger.SEATED, {"door_open": True}, False),
        (Trigger.SEATED, {"door_open": True, "gone": ("door",)}, True),
        (Trigger.SEATED, {"door_opened_us": NOW_US, "seated": False}, False),
        (Trigger.ENTRY, {"gone": ("presence",), "door_opened_us": LATER_US - 2 * MEMORY_US}, True),
        (Trigger.ENTRY, {"gone": ("presence",), "door_open": True, "door_opened_us": NOW_US}, False),
        (Trigger.ENTRY, {"gone": ("presence",)}, False),
    ],
)
def test_what_begins_a_visit(trigger: Trigger, room: dict[str, Any], begins: bool) -> None:
    after, _ = step(s.Entered(NOW_US), e.DoorClosed(), context(trigger, **room))
    assert isinstance(after, s.Connecting) is begins


def visit(**changed: Any) -> s.Talking:
    return replace(TALKING, visit=replace(VISIT, **changed))


@pytest.mark.parametrize(
    ("event", "after", "commands"),
    [
        (e.DraftOpened(), visit(draft=True), ()),
        (e.HandedIn(), visit(handed_in=True), ()),
        (e.ApplicationReceived(), visit(submitted=True), (e.Tell("application.received"),)),
        (e.NotHandedIn(), visit(failed=True), (e.Tell("application.failed"),)),
        (e.DraftOpened(papers_only=True), visit(draft=True), ()),
        (e.HandedIn(papers_only=True), visit(handed_in=True, papers_only=True), ()),
        (
            e.ApplicationReceived(papers_only=True),
            visit(submitted=True, papers_only=True),
            (e.Tell("papers.received"),),
        ),
        (e.NotHandedIn(papers_only=True), visit(failed=True), (e.Tell("papers.failed"),)),
        (e.PaperCopied(), visit(copied=True), ()),
        (e.Classified(CALL, Outcome.COPY), visit(classified=Outcome.COPY), ()),
        (e.Classified(replace(VISIT, calls=2).call, Outcome.COPY), TALKING, ()),
        (e.CameraChosen(False), visit(camera_on=False), (e.ShowCitizen(False), e.Tell("camera.off"))),
        (e.CameraChosen(True), TALKING, (e.ShowCitizen(True), e.Tell("camera.on"))),
        (e.DoorOpened(), TALKING, (e.Guard(True), e.Tell("door.open"))),
        (e.DoorClosed(), TALKING, (e.Guard(False), e.Tell("door.closed"))),
        (e.CallButton(), TALKING, (e.Tell("citizen.calls"),)),
        (e.Motionless(), TALKING, (e.Tell("citizen.still"),)),
        (e.DeviceGone("scanner"), TALKING, (e.Tell("device.gone.scanner"),)),
        (e.DeviceBack("scanner"), TALKING, (e.Tell("device.back.scanner"),)),
        (e.FeederFound(), TALKING, (e.Tell("feeder.loaded"),)),
        (e.Left(), s.Away(TALKING, LATER_US), (e.Guard(True), e.Tell("citizen.away"))),
        (e.LinkBack(fresh=True), TALKING, (e.Place(CALL, VISIT.id),)),
        (e.LinkBack(), TALKING, ()),
        (e.CallOver(CALL, "agent"), s.Farewell(VISIT, LATER_US), (e.CloseLeg(),)),
        (ANSWERED, VOGT, (e.CloseLeg(), e.OpenLeg(CALL, LegId("l2")), e.Guard(False))),
        (replace(ANSWERED, leg=LegId("l1")), TALKING, ()),
        (e.Sensed(), TALKING, ()),
    ],
)
def test_what_happens_in_a_talk(event: e.VisitEvent, after: s.State, commands: tuple[e.Command, ...]) -> None:
    assert step(TALKING, event, context()) == (after, commands)


def test_what_was_begun_and_handed_in_or_classified_is_no_draft_any_more() -> None:
    for event in (e.ApplicationReceived(), e.Classified(CALL, Outcome.COPY)):
        after, _ = step(visit(draft=True), event, context())
        assert isinstance(after, s.Talking)
        assert after.visit.draft is False


@pytest.mark.parametrize(
    ("room", "camera_on", "more"),
    [
        ({}, True, (e.Guard(False),)),
        ({"door_open": True}, True, (e.Guard(True),)),
        (
            {"gone": ("door", "scanner")},
            True,
            (e.Guard(False), e.Tell("device.gone.door"), e.Tell("device.gone.scanner")),
        ),
        ({}, False, (e.Guard(False), e.ShowCitizen(False))),
    ],
)
def test_how_a_talk_begins(room: dict[str, Any], camera_on: bool, more: tuple[e.Command, ...]) -> None:
    calling = s.Connecting(replace(VISIT, answered=False, camera_on=camera_on), NOW_US, NOW_US)
    after, commands = step(calling, ANSWERED, context(**room))
    assert after == replace(VOGT, visit=replace(VISIT, camera_on=camera_on))
    assert commands == (e.OpenLeg(CALL, LegId("l2")), *more)


@pytest.mark.parametrize("before", [s.Connecting(VISIT, NOW_US, NOW_US), s.InTransfer(VISIT, NOW_US, "Wohngeldstelle")])
@pytest.mark.parametrize(("still", "told"), [(True, (e.Tell("feeder.loaded"),)), (False, ())])
def test_what_lay_in_the_scanner_is_told_once_to_whoever_answers_next(
    before: s.Connecting | s.InTransfer, still: bool, told: tuple[e.Command, ...]
) -> None:
    found, commands = step(before, e.FeederFound(), context(feeder=True))
    assert commands == ()
    talk, commands = step(found, ANSWERED, context(feeder=still))
    assert (talk, commands[2:]) == (VOGT, told)


@pytest.mark.parametrize(
    ("room", "stays"),
    [({}, True), ({"present": False}, False), ({"present": False, "gone": ("presence",)}, True)],
)
def test_who_is_gone_already_is_not_told_goodbye(room: dict[str, Any], stays: bool) -> None:
    after, commands = step(visit(submitted=True), e.CallOver(CALL, "agent"), context(**room))
    if stays:
        assert (after, commands) == (s.Farewell(replace(VISIT, submitted=True), LATER_US), (e.CloseLeg(),))
    else:
        gone = s.Wiping(replace(VISIT, submitted=True), LATER_US, Outcome.APPLICATION)
        assert (after, commands) == (gone, (e.CloseLeg(), e.Wipe(VISIT.id)))


DISTURBED = s.Disturbed(VISIT, NOW_US)
DUE = e.DeadlinePassed(NOW_US + SITE.deadlines.link_patience_us)
AGAIN = s.Connecting(VISIT, LATER_US, LATER_US), (e.Place(CALL, VISIT.id), e.ShowLamp(LampColour.YELLOW))


@pytest.mark.parametrize(
    ("event", "linked", "found"),
    [
        (e.LinkBack(), True, AGAIN),
        (DUE, True, AGAIN),
        (e.CallButton(), True, AGAIN),
        (e.Motionless(), True, AGAIN),
        (e.CallButton(), False, (replace(DISTURBED, since_us=LATER_US), ())),
        (DUE, False, (replace(DISTURBED, since_us=LATER_US), ())),
        (e.Left(), False, (s.Away(DISTURBED, LATER_US), ())),
        (e.Sensed(), True, (DISTURBED, ())),
    ],
)
def test_what_ends_a_disturbance(event: e.VisitEvent, linked: bool, found: tuple[s.State, Any]) -> None:
    assert step(DISTURBED, event, context(linked=linked)) == found


@pytest.mark.parametrize(
    "before",
    [
        s.Closed(VISIT, NOW_US, None),
        s.Quiet(VISIT, NOW_US),
        s.Connecting(VISIT, NOW_US, NOW_US),
        DISTURBED,
        s.InTransfer(VISIT, NOW_US, "Wohngeldstelle"),
        s.Farewell(VISIT, NOW_US),
    ],
)
def test_her_camera_is_hers_before_and_between_the_talks(before: Any) -> None:
    off = replace(before, visit=replace(VISIT, camera_on=False))
    assert step(before, e.CameraChosen(False), context()) == (off, ())
    if isinstance(before, s.Connecting | s.Disturbed | s.InTransfer):
        assert step(s.Away(before, NOW_US), e.CameraChosen(False), context()) == (s.Away(off, NOW_US), ())


def test_without_anybody_there_is_no_camera_to_choose() -> None:
    for state in (s.Idle(), s.Entered(NOW_US), s.Wiping(VISIT, NOW_US, Outcome.LEFT)):
        assert step(state, e.CameraChosen(False), context()) == (state, ())
