"""The visit machine as a whole: every reachable state under every event (domain.visit.state_space), and random long
lives."""

from __future__ import annotations

import os
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lisa_core.booth.screen.view import SOUNDS, Sight, view
from lisa_core.domain.model.case import Case
from lisa_core.domain.model.directory import Directory, Office, Trigger
from lisa_core.domain.model.ids import OfficeId, TenantId, VisitId
from lisa_core.domain.model.screen import ScreenScene, Sound
from lisa_core.domain.visit import events as e
from lisa_core.domain.visit import states as s
from lisa_core.domain.visit.machine import step
from lisa_core.domain.visit.perception import Room
from lisa_core.domain.visit.state_space import NOW_US, ROOMS, SITE, Edge, diagram, events_for, walk


@cache
def edges() -> tuple[Edge, ...]:
    return tuple(walk())


@cache
def states() -> frozenset[s.State]:
    return frozenset(edge.before for edge in edges()) | frozenset(edge.after for edge in edges())


def test_every_kind_of_state_is_reached() -> None:
    assert {type(state) for state in states()} == set(s.State.__args__)


def test_every_state_with_somebody_inside_has_a_deadline() -> None:
    for state in states():
        assert isinstance(state, s.Idle | s.OutOfService) or s.due_us(state, SITE) is not None, state


def test_a_passed_deadline_always_does_something() -> None:
    """No state may be stuck: its deadline changes the state, starts it anew, or asks for something."""
    stuck = [state for state in states() if s.due_us(state, SITE) is not None and not _acts(state)]
    assert not stuck, stuck


def _acts(state: s.State) -> bool:
    """With time going on after the deadline, the machine reacts in every kind of room."""
    due_us = s.due_us(state, SITE)
    assert due_us is not None
    for room in ROOMS:
        context = s.Context(due_us, SITE, room, True, None, VisitId("n"))
        if step(state, e.DeadlinePassed(due_us), context) == (state, ()):
            return False
    return True


def test_wiping_is_reached_from_everywhere_once_she_is_gone() -> None:
    """Walk backwards from wiping over the steps that happen in an empty room."""
    before = defaultdict(set)
    for edge in edges():
        if not edge.room.present:
            before[type(edge.after)].add(type(edge.before))
    reached, todo = {s.Wiping}, [s.Wiping]
    while todo:
        new = before[todo.pop()] - reached
        reached |= new
        todo += new
    assert reached >= set(s.State.__args__) - {s.Entered}


def test_there_is_no_dead_end() -> None:
    after = defaultdict(set)
    for edge in edges():
        after[type(edge.before)].add(type(edge.after))
    for kind in s.State.__args__:
        assert after[kind] - {kind}, f"nothing leads out of {kind.__name__}"


def test_entering_wiping_always_wipes_and_leaving_it_always_concludes() -> None:
    for edge in edges():
        wiping, wiped = isinstance(edge.after, s.Wiping), isinstance(edge.before, s.Wiping)
        if wiping and not wiped:
            assert any(isinstance(command, e.Wipe) for command in edge.commands), edge
            assert any(isinstance(command, e.CloseLeg) for command in edge.commands), edge
        concluded = [command for command in edge.commands if isinstance(command, e.Conclude)]
        assert len(concluded) == (wiped and not wiping), edge


def test_media_open_only_into_a_talk_and_close_whenever_it_ends() -> None:
    for edge in edges():
        opens = any(isinstance(command, e.OpenLeg) for command in edge.commands)
        assert not opens or _talks(edge.after), edge
        if _talks(edge.before) and not _talks(edge.after):
            assert any(isinstance(command, e.CloseLeg) for command in edge.commands), edge


def _talks(state: s.State) -> bool:
    return isinstance(state.before if isinstance(state, s.Away) else state, s.Talking)


def test_the_call_button_reaches_a_human_from_every_state_in_which_she_is_inside() -> None:
    for state in states() - {s.OutOfService()}:
        context = s.Context(NOW_US, SITE, Room(present=True), False, None, VisitId("n"))
        after, commands = step(state, e.CallButton(), context)
        asks = isinstance(after, s.Connecting) or any(isinstance(c, e.Tell) for c in commands)
        assert asks or (isinstance(after, s.Wiping) and after.again), state


def test_without_a_link_she_is_told_so_and_with_it_she_is_called_for() -> None:
    """What begins without a link does not hide that, and nothing in which she waits for a human outlives its return."""
    for edge in edges():
        if isinstance(edge.after, s.Connecting) and not edge.linked and not isinstance(edge.before, s.Connecting):
            assert not edge.after.linked or isinstance(edge.event, e.LinkBack), edge
    for state in states():
        inner = state.before if isinstance(state, s.Away) else state
        if isinstance(inner, s.Disturbed):
            away = isinstance(state, s.Away)
            context = s.Context(NOW_US, SITE, Room(present=True), True, None, VisitId("n"), linked=True)
            due_us = s.due_us(inner, SITE)
            event = e.Sensed() if away else e.DeadlinePassed(due_us if due_us is not None else -1)
            assert isinstance(step(state, event, context)[0], s.Connecting), state


def test_nothing_that_is_on_its_way_is_wiped_before_its_receipt_or_a_deadline() -> None:
    """In every reachable state, but for two cases: somebody else comes in, and no receipt can come here any more."""
    barred = [edge for edge in edges() if _wipes_early(edge) and isinstance(edge.event, e.Barred)]
    assert {type(edge.before) for edge in barred} == {s.Away, s.Delivering}
    early = [edge for edge in edges() if _wipes_early(edge) and not isinstance(edge.event, e.Barred)]
    assert all(isinstance(edge.before, s.Delivering) and edge.before.gone for edge in early), early[:1]
    newcomer = (e.Sensed, e.Seated, e.CallButton, e.Motionless)
    assert {type(edge.event) for edge in early} == set(newcomer)


def _wipes_early(edge: Edge) -> bool:
    """Straight into wiping with a receipt out, though neither it nor the end of a wait for it has come."""
    visit = s.visit_of(edge.before)
    if visit is None or not visit.handed_in or not isinstance(edge.after, s.Wiping) or edge.after == edge.before:
        return False
    waited = isinstance(edge.before, s.Farewell) or isinstance(edge.event, e.DeadlinePassed | e.NotHandedIn)
    return not waited and not isinstance(edge.before, s.Wiping) and not isinstance(edge.event, e.ApplicationReceived)


def test_while_the_exchange_lets_it_not_in_it_calls_nobody_and_is_out_of_service_in_the_end() -> None:
    """From every state: at once a farewell or wiping, then nothing but the exchange brings it back into service."""
    for state in states():
        todo, seen = (
            [step(state, e.Barred(), _barred(room, unsent=unsent)) for room in ROOMS for unsent in (0, 1)],
            set(),
        )
        while todo:
            after, commands = todo.pop()
            assert not any(isinstance(command, e.Place | e.OpenLeg) for command in commands), (state, after)
            assert isinstance(after, s.OutOfService | s.Farewell | s.Wiping), (state, after)
            if after not in seen:
                seen.add(after)
                todo += _while_barred(after)
        assert s.OutOfService() in seen
    back, _ = step(s.OutOfService(), e.LinkBack(), s.Context(NOW_US, SITE, Room(), True, None, VisitId("n")))
    assert back == s.Idle(since_us=NOW_US)


@cache
def _while_barred(state: s.State) -> frozenset[tuple[s.State, tuple[e.Command, ...]]]:
    events = [event for event in events_for(state) if not isinstance(event, e.LinkBack)]
    return frozenset(step(state, event, _barred(room)) for event in events for room in ROOMS)


def _barred(room: Room, *, unsent: int = 0) -> s.Context:
    more = {"linked": False, "unsent": bool(unsent), "barred": True}
    return s.Context(NOW_US, SITE, room, True, None, VisitId("n"), **more)


def test_no_state_asks_her_for_anything_before_a_human_answers() -> None:
    """From entering to a human face no input is needed: without touches, time alone brings her to a ringing desk."""
    state: s.State = s.Entered(0)
    due_us = s.due_us(state, SITE)
    assert due_us is not None
    context = s.Context(due_us, SITE, Room(present=True), True, None, VisitId("n"))
    after, commands = step(state, e.DeadlinePassed(due_us), context)
    assert isinstance(after, s.Connecting)
    assert any(isinstance(command, e.Place) for command in commands)


def test_the_diagram_in_the_documents_is_the_one_the_code_draws() -> None:
    page = (Path(__file__).parents[2] / "docs" / "besuch.md").read_text(encoding="utf-8")
    assert diagram(edges()) in page, "docs/besuch.md: draw it anew with python -m lisa_core.domain.visit.state_space"


@pytest.mark.parametrize("trigger", ["tuer", "platz"])
@settings(max_examples=2000 if os.environ.get("LISA_LONG") else 50)
@given(data=st.data())
def test_every_visit_of_a_long_life_has_exactly_one_outcome(trigger: str, data: st.DataObject) -> None:
    """Any order of events, old and new ones mixed: whatever began is concluded once, with media closed by then."""
    state: s.State = s.Idle()
    begun: list[VisitId] = []
    concluded: list[VisitId] = []
    media = False
    for number in range(40):
        event = data.draw(st.sampled_from(events_for(state)))
        room, open_now = data.draw(st.sampled_from(ROOMS)), data.draw(st.booleans())
        context = s.Context(NOW_US + number, SITE, room, open_now, None, VisitId(f"v{len(begun)}"))
        before, (state, commands) = s.visit_of(state), step(state, event, context)
        visit = s.visit_of(state)
        if visit is not None and (before is None or visit.id != before.id):
            begun.append(visit.id)
        for command in commands:
            match command:
                case e.Conclude():
                    concluded.append(command.visit)
                    assert not media, "a visit was concluded with an open leg"
                case e.OpenLeg():
                    media = True
                case e.CloseLeg():
                    media = False
    open_visit = [visit.id] if (visit := s.visit_of(state)) else []
    assert concluded + open_visit == begun or isinstance(event, e.Restarted)


# --- what she sees and hears in them ----------------------------------------------------------------------------------

FRONT = Office(OfficeId("empfang"), "LISA-Team", TenantId("kreis"), front_desk=True)
NOWHERE = Directory({}, {FRONT.id: FRONT}, {}, {}, {})


@pytest.mark.parametrize("trigger", list(Trigger))
def test_nobody_is_left_without_words_and_a_sound_or_a_human(trigger: Trigger) -> None:
    for state in states():
        shown = view(Sight(state, Case(), NOWHERE, trigger, present=True))
        assert shown.title, state
        assert shown.text or shown.scene is ScreenScene.TALK, state
        inside = not (isinstance(state, s.Idle) and state.armed)
        assert not inside or shown.sound is not Sound.SILENT or shown.agent is not None, state


@pytest.mark.parametrize("trigger", list(Trigger))
def test_her_camera_is_hers_in_every_state_in_which_somebody_may_come_to_see_her(trigger: Trigger) -> None:
    for state in states():
        if isinstance(state, s.Talking | s.InTransfer) or (isinstance(state, s.Connecting) and state.linked):
            buttons = {button.id for button in view(Sight(state, Case(), NOWHERE, trigger, present=True)).buttons}
            assert buttons & {"kamera:aus", "kamera:an"}, state


def test_every_scene_has_its_sound() -> None:
    assert set(SOUNDS) == set(ScreenScene)
