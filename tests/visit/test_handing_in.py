"""What becomes of an application whose receipt is out, row by row: whatever ends the talk, it is waited for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from lisa_core.domain.model.outcome import Outcome
from lisa_core.domain.visit import events as e
from lisa_core.domain.visit import states as s
from lisa_core.domain.visit.departure import outcome_of
from lisa_core.domain.visit.machine import step
from lisa_core.domain.visit.perception import Room
from lisa_core.domain.visit.state_space import NOW_US, SITE
from tests.visit.test_rules import ANSWERED, TALKING
from tests.visit.test_tables import CALL, LATER_US, NEXT, anew, check, passed, wipes
from tests.visit.test_tables import VISIT as TALKED

VISIT = replace(TALKED, draft=True, handed_in=True)
TALK = replace(TALKING, visit=VISIT)
WAITS, GONE = s.Delivering(VISIT, LATER_US), s.Delivering(VISIT, LATER_US, gone=True)
RECEIVED, FAILED = (
    replace(TALKED, submitted=True),
    replace(TALKED, draft=True, failed=True),
)
OUT, LEFT_ALONE = {"present": False}, e.Cancel(CALL, "citizen")
CLOSE = e.CloseLeg()


@pytest.mark.parametrize(
    ("state", "event", "room", "expected"),
    [
        (TALK, e.CallOver(CALL, "agent"), {}, (WAITS, (CLOSE,))),
        (TALK, e.CallOver(CALL, "agent"), OUT, (GONE, (CLOSE,))),
        (TALK, e.CallOver(CALL, "desk_lost"), {}, anew(VISIT)),
        (TALK, e.CallTransferring(CALL, "Sozialamt"), {}, (s.InTransfer(VISIT, LATER_US, "Sozialamt"), (CLOSE,))),
        (s.InTransfer(VISIT, NOW_US, "Sozialamt"), e.CallOver(CALL, "agent"), {}, (WAITS, (CLOSE,))),
        (s.Away(TALK, NOW_US), e.CallOver(CALL, "agent"), OUT, (GONE, (CLOSE,))),
        (s.Away(TALK, NOW_US), passed(s.Away(TALK, NOW_US)), OUT, (GONE, (LEFT_ALONE, CLOSE))),
        (
            s.Away(s.Disturbed(VISIT, NOW_US), NOW_US),
            passed(s.Away(TALK, NOW_US)),
            OUT,
            (GONE, (LEFT_ALONE, CLOSE)),
        ),
    ],
)
def test_whatever_ends_the_talk_the_receipt_is_waited_for(
    state: s.State, event: e.VisitEvent, room: dict[str, Any], expected: Any
) -> None:
    check(state, event, expected, **room)


HERE, AWAY = s.Delivering(VISIT, NOW_US), s.Delivering(VISIT, NOW_US, gone=True)


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (e.ApplicationReceived(), (s.Farewell(RECEIVED, LATER_US), ())),
        (e.NotHandedIn(), (s.Farewell(FAILED, LATER_US), ())),
        (passed(HERE), (s.Farewell(VISIT, LATER_US), ())),
        (e.Left(), (replace(HERE, gone=True), ())),
        (e.CallButton(), anew(VISIT)),
        (e.Motionless(), anew(VISIT)),
        (e.Sensed(), None),
        (e.LinkBack(), None),
        (e.LinkLost(), None),
    ],
)
def test_she_waits_and_is_told(event: e.VisitEvent, expected: Any) -> None:
    check(HERE, event, expected)


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (e.ApplicationReceived(), wipes(RECEIVED, Outcome.APPLICATION)),
        (e.NotHandedIn(), wipes(FAILED, Outcome.TECHNICAL)),
        (passed(AWAY), wipes(VISIT, Outcome.UNCONFIRMED)),
        (e.Left(), None),
        (e.DoorOpened(), None),
    ],
)
def test_she_has_gone_and_the_receipt_is_waited_for_no_longer_than_it_may_take(
    event: e.VisitEvent, expected: Any
) -> None:
    check(AWAY, event, expected, present=False)


@pytest.mark.parametrize("event", [e.Sensed(), e.Seated(), e.CallButton(), e.Motionless()])
def test_who_comes_in_meanwhile_is_somebody_else(event: e.VisitEvent) -> None:
    """Nobody reads a stranger's number: it is wiped at once, and then a human is called for her."""
    wiping, commands = wipes(VISIT, Outcome.UNCONFIRMED)
    assert isinstance(wiping, s.Wiping)
    check(AWAY, event, (replace(wiping, again=True), commands))


def unsent(state: s.State, event: e.VisitEvent, **room: Any) -> Any:
    return step(state, event, s.Context(LATER_US, SITE, Room(**room), True, None, NEXT, False, True))


def test_what_never_left_the_booth_is_called_back_and_not_promised() -> None:
    """Nothing is said to be on its way that the line never took; and it is not sent behind her back."""
    assert unsent(HERE, passed(HERE), present=True) == (s.Farewell(FAILED, LATER_US), (e.Recall(),))
    assert unsent(AWAY, passed(AWAY)) == wipes(FAILED, Outcome.TECHNICAL)


@pytest.mark.parametrize(
    "state",
    [
        s.Connecting(VISIT, NOW_US, NOW_US),
        s.Disturbed(VISIT, NOW_US),
        s.InTransfer(VISIT, NOW_US, "Sozialamt"),
        s.Farewell(VISIT, NOW_US),
    ],
)
def test_the_receipt_reaches_her_between_two_talks_and_after_the_last(state: Any) -> None:
    check(state, e.ApplicationReceived(), (replace(state, visit=RECEIVED), ()))
    if not isinstance(state, s.Farewell):
        away = s.Away(state, NOW_US)
        check(away, e.ApplicationReceived(), (replace(away, before=replace(state, visit=RECEIVED)), ()))


def test_who_takes_over_knows_that_a_receipt_is_out() -> None:
    _, commands = step(
        s.InTransfer(VISIT, NOW_US, "Sozialamt"),
        ANSWERED,
        s.Context(LATER_US, SITE, Room(present=True), True, None, NEXT),
    )
    assert e.Tell("application.underway") in commands


@pytest.mark.parametrize(
    ("known", "outcome"),
    [
        ({"handed_in": True, "draft": True}, Outcome.UNCONFIRMED),
        ({"handed_in": True, "classified": Outcome.COPY}, Outcome.UNCONFIRMED),
        ({"failed": True, "draft": True}, Outcome.TECHNICAL),
        ({"failed": True, "classified": Outcome.APPOINTMENT}, Outcome.APPOINTMENT),
    ],
)
def test_what_is_said_of_a_visit_in_which_something_was_handed_in(known: dict[str, Any], outcome: Outcome) -> None:
    assert outcome_of(s.Visit(NEXT, answered=True, **known)) is outcome


def test_an_application_after_papers_that_did_not_arrive_is_an_application() -> None:
    state: s.State = TALKING
    context = s.Context(LATER_US, SITE, Room(present=True), True, None, NEXT)
    for event in (e.HandedIn(True), e.NotHandedIn(True), e.HandedIn(), e.ApplicationReceived()):
        state, _ = step(state, event, context)
    assert isinstance(state, s.Talking)
    assert outcome_of(state.visit) is Outcome.APPLICATION
