"""The tables of the states in which nobody talks with her, row by row: what happens, and what becomes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from lisa_core.domain.model.ids import CallId, VisitId
from lisa_core.domain.model.outcome import Outcome
from lisa_core.domain.model.readings import LampColour
from lisa_core.domain.visit import events as e
from lisa_core.domain.visit import states as s
from lisa_core.domain.visit.departure import outcome_of
from lisa_core.domain.visit.machine import step
from lisa_core.domain.visit.perception import Room
from lisa_core.domain.visit.state_space import NOW_US, SITE
from tests.visit.test_rules import ANSWERED, TALKING, VOGT

VISIT = s.Visit(VisitId("templin-1-1"), answered=True)
CALL, OTHER, NEXT = VISIT.call, CallId("lychen-1-1.1"), VisitId("templin-1-2")
LATER_US = NOW_US + 7
OPENS = datetime.fromisoformat("2026-11-23T08:00")
BLIND = {"present": False, "gone": ("presence",)}
YELLOW, RED = e.ShowLamp(LampColour.YELLOW), e.ShowLamp(LampColour.RED)
NEW = s.Visit(NEXT)


def calls(visit: s.Visit, **more: Any) -> tuple[s.State, tuple[e.Command, ...]]:
    """Somebody is called for, in a booth where nobody was."""
    connecting = s.Connecting(visit, LATER_US, LATER_US, **more)
    return connecting, (e.Place(visit.call, visit.id), YELLOW, e.Frost(True))


def anew(visit: s.Visit, *before: e.Command) -> tuple[s.State, tuple[e.Command, ...]]:
    """The front desk is called once more in the same visit."""
    again = replace(visit, calls=visit.calls + 1)
    return s.Connecting(again, LATER_US, LATER_US), (*before, e.CloseLeg(), e.Place(again.call, again.id))


def wipes(visit: s.Visit, outcome: Outcome, *before: e.Command) -> tuple[s.State, tuple[e.Command, ...]]:
    return s.Wiping(visit, LATER_US, outcome), (*before, e.CloseLeg(), e.Wipe(visit.id))


def passed(state: s.State) -> e.DeadlinePassed:
    due_us = s.due_us(state, SITE)
    return e.DeadlinePassed(due_us if due_us is not None else -1)


def check(state: s.State, event: e.VisitEvent, expected: Any, *, open_now: bool = True, **room: Any) -> None:
    """`expected` None: nothing changes."""
    linked = room.pop("linked", True)
    known = Room(**{"present": True, **room})
    ctx = s.Context(LATER_US, SITE, known, open_now, None if open_now else OPENS, NEXT, linked)
    assert step(state, event, ctx) == (expected or (state, ()))


# --- nobody is known to be there ------------------------------------------------------------------------------------

IDLE, STAYED = s.Idle(), s.Idle(armed=False, since_us=NOW_US)
SOMEBODY_WAS = VisitId("templin-0-9")


@pytest.mark.parametrize(
    ("state", "event", "room", "expected"),
    [
        (STAYED, e.Left(), {"present": False}, (IDLE, ())),
        (IDLE, e.CallButton(), {"present": False}, calls(NEW)),
        (STAYED, e.Motionless(), {}, calls(NEW)),
        (STAYED, e.Motionless(), {"present": False}, None),
        (STAYED, passed(STAYED), {}, calls(NEW)),
        (STAYED, passed(STAYED), {"present": False}, (IDLE, ())),
        (STAYED, passed(STAYED), {"gone": ("presence",)}, (IDLE, ())),
        (IDLE, e.DoorOpened(), BLIND, (s.Entered(LATER_US), ())),
        (IDLE, e.DoorOpened(), {"present": False, "door_open": True}, None),
        (IDLE, e.Sensed(), {"door_open": True, "door_opened_us": NOW_US}, calls(NEW)),
        (IDLE, e.Sensed(), {}, (s.Entered(LATER_US), ())),
        (IDLE, e.DoorClosed(), {"door_opened_us": NOW_US}, calls(NEW)),
        (IDLE, e.DoorClosed(), {"present": False, "door_opened_us": NOW_US}, None),
        (STAYED, e.Seated(), {"seated": True, "door_opened_us": NOW_US}, None),
        (
            IDLE,
            e.Restarted(SOMEBODY_WAS, Outcome.LEFT),
            {},
            wipes(s.Visit(SOMEBODY_WAS), Outcome.LEFT, e.Cancel(s.Visit(SOMEBODY_WAS).call, "restart")),
        ),
        (IDLE, e.DeviceGone("scanner"), {}, None),
    ],
)
def test_free(state: s.State, event: e.VisitEvent, room: dict[str, Any], expected: Any) -> None:
    check(state, event, expected, **room)


# --- nobody is called -----------------------------------------------------------------------------------------------

CLOSED, QUIET = s.Closed(VISIT, NOW_US, None), s.Quiet(VISIT, NOW_US)


@pytest.mark.parametrize(
    ("event", "open_now", "room", "expected"),
    [
        (e.CallButton(), False, {}, calls(VISIT, after_hours=True)),
        (e.Motionless(), False, {}, calls(VISIT, after_hours=True)),
        (passed(CLOSED), True, {}, calls(VISIT)),
        (passed(CLOSED), False, {}, (s.Closed(VISIT, LATER_US, OPENS), ())),
        (passed(CLOSED), True, {"present": False}, wipes(VISIT, Outcome.CLOSED)),
        (passed(CLOSED), False, {"present": False}, wipes(VISIT, Outcome.CLOSED)),
        (e.Left(), False, {"present": False}, wipes(VISIT, Outcome.CLOSED)),
        (e.DoorOpened(), False, {}, None),
    ],
)
def test_closed(event: e.VisitEvent, open_now: bool, room: dict[str, Any], expected: Any) -> None:
    check(CLOSED, event, expected, open_now=open_now, **room)


@pytest.mark.parametrize(
    ("event", "room", "expected"),
    [
        (e.CallButton(), {}, calls(VISIT)),
        (e.Motionless(), {}, calls(VISIT)),
        (passed(QUIET), {}, (s.Quiet(VISIT, LATER_US), ())),
        (passed(QUIET), {"present": False}, wipes(VISIT, Outcome.FALSE_ALARM)),
        (e.Left(), {"present": False}, wipes(VISIT, Outcome.FALSE_ALARM)),
        (e.DoorOpened(), {}, None),
    ],
)
def test_quiet(event: e.VisitEvent, room: dict[str, Any], expected: Any) -> None:
    check(QUIET, event, expected, **room)


# --- handed on ------------------------------------------------------------------------------------------------------

HANDED_ON = s.InTransfer(VISIT, NOW_US, "Wohngeldstelle")


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (ANSWERED, (VOGT, (e.OpenLeg(CALL, VOGT.leg), e.Guard(False)))),
        (replace(ANSWERED, call=OTHER), None),
        (e.CallReturning(CALL, "Sozialamt"), (s.InTransfer(VISIT, LATER_US, "Sozialamt", returning=True), ())),
        (e.CallReturning(OTHER, "Sozialamt"), None),
        (e.CallOver(CALL, "agent"), (s.Farewell(VISIT, LATER_US), (e.CloseLeg(),))),
        (e.CallOver(CALL, "booth_lost"), anew(VISIT)),
        (e.CallOver(OTHER, "agent"), None),
        (e.CallOver(OTHER, "booth_lost"), None),
        (e.LinkBack(), (HANDED_ON, (e.Place(CALL, VISIT.id),))),
        (e.CallButton(), anew(VISIT, e.Cancel(CALL, "recalled"))),
        (passed(HANDED_ON), anew(VISIT, e.Cancel(CALL, "recalled"))),
        (e.Left(), (s.Away(HANDED_ON, LATER_US), ())),
        (e.DoorOpened(), None),
    ],
)
def test_handed_on(event: e.VisitEvent, expected: Any) -> None:
    check(HANDED_ON, event, expected)


# --- called for -----------------------------------------------------------------------------------------------------

WAITING = s.Connecting(VISIT, NOW_US, NOW_US, place=3, wait_s=120)
UNSEEN = s.Connecting(s.Visit(VISIT.id), NOW_US, NOW_US)
CUT_OFF, AFTER_HOURS = replace(WAITING, linked=False), replace(WAITING, after_hours=True)
ASKED_AGAIN = (e.Place(CALL, VISIT.id),)


@pytest.mark.parametrize(
    ("state", "event", "expected"),
    [
        (
            CUT_OFF,
            e.CallQueued(CALL, 2, 60),
            (s.Connecting(VISIT, NOW_US, LATER_US, place=2, wait_s=60), ()),
        ),
        (CUT_OFF, e.CallRinging(CALL), (s.Connecting(VISIT, NOW_US, LATER_US, wait_s=120), ())),
        (WAITING, ANSWERED, (VOGT, (e.OpenLeg(CALL, VOGT.leg), e.Guard(False)))),
        (WAITING, e.CallOver(CALL, "booth_lost"), (replace(WAITING, heard_us=LATER_US), ASKED_AGAIN)),
        (WAITING, e.CallOver(CALL, "agent"), anew(VISIT)),
        (UNSEEN, e.Dismissed(), (s.Quiet(UNSEEN.visit, LATER_US), (e.Cancel(CALL, "dismissed"), e.Frost(False)))),
        (WAITING, e.Dismissed(), None),
        (WAITING, e.LinkLost(), (replace(CUT_OFF, heard_us=LATER_US), ())),
        (CUT_OFF, e.LinkBack(), (replace(WAITING, heard_us=LATER_US), ASKED_AGAIN)),
        (AFTER_HOURS, passed(AFTER_HOURS), (s.Closed(VISIT, LATER_US, OPENS), (e.Cancel(CALL, "closed"),))),
        (CUT_OFF, passed(CUT_OFF), (s.Disturbed(VISIT, LATER_US), (RED,))),
        (WAITING, passed(WAITING), (replace(WAITING, heard_us=LATER_US), ASKED_AGAIN)),
        (WAITING, e.Left(), (s.Away(WAITING, LATER_US), ())),
        (WAITING, e.CallQueued(OTHER, 1, 0), None),
        (WAITING, e.CallRinging(OTHER), None),
        (WAITING, replace(ANSWERED, call=OTHER), None),
        (WAITING, e.CallOver(OTHER, "booth_lost"), None),
        (WAITING, e.CallOver(OTHER, "agent"), None),
        (WAITING, e.DoorOpened(), None),
    ],
)
def test_called_for(state: s.State, event: e.VisitEvent, expected: Any) -> None:
    check(state, event, expected, open_now=False)


# --- out for a moment -----------------------------------------------------------------------------------------------

CONNECTING, DISTURBED = s.Connecting(VISIT, NOW_US, NOW_US, place=2), s.Disturbed(VISIT, NOW_US)


@pytest.mark.parametrize(
    ("before", "room", "expected"),
    [
        (TALKING, {}, (replace(TALKING, since_us=LATER_US), (e.Guard(False), e.Tell("citizen.back")))),
        (
            TALKING,
            {"door_open": True},
            (replace(TALKING, since_us=LATER_US), (e.Guard(True), e.Tell("citizen.back"))),
        ),
        (CONNECTING, {}, (replace(CONNECTING, heard_us=LATER_US), ())),
        (CONNECTING, {"linked": False}, (replace(CONNECTING, heard_us=LATER_US, linked=False), ())),
        (DISTURBED, {"linked": False}, (s.Disturbed(VISIT, LATER_US), ())),
        (DISTURBED, {}, (s.Connecting(VISIT, LATER_US, LATER_US), (e.Place(CALL, VISIT.id), YELLOW))),
        (HANDED_ON, {}, (replace(HANDED_ON, since_us=LATER_US), ())),
    ],
)
def test_back_again(before: Any, room: dict[str, Any], expected: Any) -> None:
    check(s.Away(before, NOW_US), e.Sensed(), expected, **room)


def test_what_lay_in_the_scanner_is_told_while_she_is_out() -> None:
    away = s.Away(TALKING, NOW_US)
    check(away, e.FeederFound(), (away, (e.Tell("feeder.loaded"),)), feeder=True)


@pytest.mark.parametrize(
    ("before", "outcome"), [(TALKING, Outcome.ADVICE), (CONNECTING, Outcome.ADVICE), (DISTURBED, Outcome.TECHNICAL)]
)
def test_not_back_in_time(before: Any, outcome: Outcome) -> None:
    away = s.Away(before, NOW_US)
    cancelled = e.Cancel(before.visit.call, "citizen")
    check(away, passed(away), wipes(before.visit, outcome, cancelled), present=False)


# --- the exchange lets this booth in no more --------------------------------------------------------------------------

SENT, CAME_IN = replace(VISIT, handed_in=True), replace(VISIT, submitted=True)
OUT, KEEPS = s.OutOfService(), None
OVER = e.Cancel(VISIT.call, "barred")


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (IDLE, (OUT, (RED,))),
        (STAYED, (OUT, (RED,))),
        (s.Entered(NOW_US), (OUT, (RED,))),
        (OUT, KEEPS),
        (CLOSED, wipes(VISIT, Outcome.CLOSED)),
        (QUIET, wipes(VISIT, Outcome.FALSE_ALARM)),
        (WAITING, wipes(VISIT, Outcome.TECHNICAL, OVER)),
        (DISTURBED, wipes(VISIT, Outcome.TECHNICAL, OVER)),
        (HANDED_ON, wipes(VISIT, Outcome.TECHNICAL, OVER)),
        (TALKING, wipes(TALKING.visit, Outcome.TECHNICAL, OVER)),
        (s.Away(TALKING, NOW_US), wipes(TALKING.visit, Outcome.TECHNICAL, OVER)),
        (replace(HANDED_ON, visit=CAME_IN), (s.Farewell(CAME_IN, LATER_US), (OVER, e.CloseLeg()))),
        (replace(WAITING, visit=SENT), (s.Farewell(SENT, LATER_US), (OVER, e.CloseLeg()))),
        (s.Away(replace(WAITING, visit=SENT), NOW_US), wipes(SENT, Outcome.UNCONFIRMED, OVER)),
        (s.Delivering(SENT, NOW_US), (s.Farewell(SENT, LATER_US), (e.CloseLeg(),))),
        (s.Delivering(SENT, NOW_US, gone=True), wipes(SENT, Outcome.UNCONFIRMED)),
        (s.Farewell(VISIT, NOW_US), KEEPS),
        (s.Wiping(VISIT, NOW_US, Outcome.ADVICE), KEEPS),
    ],
)
def test_barred(state: s.State, expected: Any) -> None:
    check(state, e.Barred(), expected, linked=False)


def test_what_the_agent_said_of_the_visit_counts_also_then() -> None:
    """Whoever was given an appointment reads when it is."""
    said = replace(VISIT, classified=Outcome.APPOINTMENT)
    check(replace(WAITING, visit=said), e.Barred(), (s.Farewell(said, LATER_US), (OVER, e.CloseLeg())), linked=False)
    away = s.Away(replace(WAITING, visit=said), NOW_US)
    check(away, e.Barred(), wipes(said, Outcome.APPOINTMENT, OVER), linked=False)


# --- how a visit ends -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("known", "outcome"),
    [
        ({}, Outcome.LEFT),
        ({"answered": True}, Outcome.ADVICE),
        ({"answered": True, "draft": True}, Outcome.LEFT),
        ({"answered": True, "draft": True, "classified": Outcome.COPY}, Outcome.COPY),
        ({"classified": Outcome.APPOINTMENT}, Outcome.APPOINTMENT),
        ({"answered": True, "submitted": True, "classified": Outcome.COPY}, Outcome.APPLICATION),
        ({"answered": True, "submitted": True, "papers_only": True}, Outcome.PAPERS),
        ({"answered": True, "copied": True}, Outcome.COPY),
        ({"answered": True, "copied": True, "draft": True}, Outcome.LEFT),
        ({"answered": True, "copied": True, "submitted": True}, Outcome.APPLICATION),
        ({"answered": True, "copied": True, "classified": Outcome.APPOINTMENT}, Outcome.APPOINTMENT),
    ],
)
def test_what_is_said_of_a_visit(known: dict[str, Any], outcome: Outcome) -> None:
    assert outcome_of(s.Visit(NEXT, **known)) is outcome


FAREWELL = s.Farewell(replace(VISIT, draft=True), NOW_US)


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (e.CallButton(), anew(FAREWELL.visit)),
        (e.Motionless(), anew(FAREWELL.visit)),
        (e.Left(), wipes(FAREWELL.visit, Outcome.LEFT)),
        (passed(FAREWELL), wipes(FAREWELL.visit, Outcome.LEFT)),
        (e.ApplicationReceived(), (s.Farewell(replace(VISIT, submitted=True), NOW_US), ())),
        (e.DoorOpened(), None),
    ],
)
def test_farewell(event: e.VisitEvent, expected: Any) -> None:
    check(FAREWELL, event, expected)


WIPING = s.Wiping(VISIT, NOW_US, Outcome.ADVICE)
DONE = (e.Conclude(VISIT.id, Outcome.ADVICE), e.ShowLamp(LampColour.GREEN), e.Frost(False))


@pytest.mark.parametrize(
    ("again", "event", "room", "expected"),
    [
        (False, e.Wiped(VISIT.id), {}, (s.Idle(armed=False, since_us=LATER_US), DONE)),
        (False, e.Wiped(VISIT.id), {"present": False}, (s.Idle(since_us=LATER_US), DONE)),
        (True, e.Wiped(VISIT.id), {}, (calls(NEW)[0], (*DONE, *calls(NEW)[1]))),
        (True, e.Wiped(VISIT.id), BLIND, (calls(NEW)[0], (*DONE, *calls(NEW)[1]))),
        (True, e.Wiped(VISIT.id), {"present": False}, (s.Idle(since_us=LATER_US), DONE)),
        (False, e.Wiped(NEXT), {}, None),
        (False, e.CallButton(), {}, (replace(WIPING, again=True), ())),
        (False, e.Left(), {"present": False}, None),
    ],
)
def test_wiping(again: bool, event: e.VisitEvent, room: dict[str, Any], expected: Any) -> None:
    check(replace(WIPING, again=again), event, expected, **room)


def test_a_wiping_that_takes_too_long_is_seen_from_outside_and_tried_again() -> None:
    check(WIPING, passed(WIPING), (replace(WIPING, since_us=LATER_US), (RED, e.Wipe(VISIT.id))))
