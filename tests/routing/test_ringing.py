"""Whose desk rings, in which order, and what happens when nobody answers."""

from __future__ import annotations

import pytest

from lisa_core.domain.model.directory import Rules
from lisa_core.domain.model.ids import CallId, VisitId
from lisa_core.domain.routing import events as e
from lisa_core.wire import messages as m
from tests.routing.office import BRANDT, CARE, HOUSING, JAHN, PETERSEN, SEIDEL, SITES, VOGT, Hand, S, directory

TEMPLIN, LYCHEN, GARTZ = SITES[:3]


def test_who_has_been_ready_longest_rings_first() -> None:
    hand = Hand()
    hand.open(SEIDEL)
    hand.wait(S)
    hand.open(BRANDT)
    assert hand.rings() == {}
    first = hand.come(TEMPLIN)
    assert hand.rings() == {SEIDEL: first}
    second = hand.come(LYCHEN)
    assert hand.rings() == {SEIDEL: first, BRANDT: second}


def test_nobody_free_tells_the_place_and_a_free_desk_takes_the_first() -> None:
    hand = Hand()
    first, second = hand.come(TEMPLIN), hand.come(LYCHEN)
    assert hand.heard(TEMPLIN, m.Queued) == m.Queued(1, -1)
    assert hand.heard(LYCHEN, m.Queued) == m.Queued(2, -1)
    hand.open(BRANDT)
    assert hand.rings() == {BRANDT: first}
    hand.wait(2 * S)
    assert hand.heard(LYCHEN, m.Queued).place == 1
    hand.open(SEIDEL)
    assert hand.rings() == {BRANDT: first, SEIDEL: second}


def test_no_answer_is_absent_and_the_next_is_offered_at_that_moment() -> None:
    hand = Hand(Rules(ring_us=15 * S))
    hand.open(BRANDT, SEIDEL)
    call = hand.come(TEMPLIN)
    hand.wait(15 * S - 1)
    assert hand.rings() == {BRANDT: call}
    hand.wait(1)
    assert hand.mode(BRANDT) == "abwesend"
    assert hand.heard(BRANDT, m.Withdrawn) == m.Withdrawn("unanswered")
    assert hand.rings() == {SEIDEL: call}
    hand.wait(3600 * S)
    assert hand.mode(BRANDT) == "abwesend", "only she herself comes back"


def test_reject_busy_and_no_answer_have_delays_of_their_own() -> None:
    hand = Hand(Rules(reject_pause_us=5 * S, busy_pause_us=20 * S, no_answer_pause_us=60 * S, ring_us=15 * S))
    hand.open(BRANDT)
    call = hand.come(TEMPLIN)
    for event, pause_us in (
        (e.CallRejected(BRANDT, call), 5 * S),
        (e.CallRejected(BRANDT, call, busy=True), 20 * S),
    ):
        hand.do(event)
        hand.wait(pause_us - 1)
        assert hand.rings() == {}
        hand.wait(1)
        assert hand.rings() == {BRANDT: call}
    hand.wait(15 * S)
    assert hand.mode(BRANDT) == "abwesend"
    hand.wait(60 * S)
    assert hand.rings() == {BRANDT: call}


def test_after_a_talk_comes_wrap_up_and_ready_ends_it_early() -> None:
    hand = Hand(known=directory(wrap_up_us=30 * S))
    hand.open(BRANDT)
    call = hand.come(TEMPLIN)
    hand.talk(BRANDT, call)
    waiting = hand.come(LYCHEN)
    hand.do(e.CallHungUp(BRANDT, call))
    assert hand.mode(BRANDT) == "nacharbeit"
    assert hand.rings() == {}
    hand.do(e.AgentReady(BRANDT))
    assert hand.rings() == {BRANDT: waiting}


def test_pause_asked_for_in_a_talk_begins_after_it() -> None:
    hand = Hand()
    hand.open(BRANDT)
    call = hand.come(TEMPLIN)
    hand.talk(BRANDT, call)
    hand.do(e.AgentPaused(BRANDT))
    assert hand.mode(BRANDT) == "im_gespraech"
    hand.come(LYCHEN)
    hand.do(e.CallHungUp(BRANDT, call))
    assert hand.mode(BRANDT) == "pause"
    assert hand.rings() == {}


def test_without_a_checked_headset_nobody_gets_ready() -> None:
    hand = Hand()
    hand.come(TEMPLIN)
    hand.do(e.DeskJoined(BRANDT))
    hand.do(e.AgentReady(BRANDT, headset=False))
    refused = hand.heard(BRANDT, m.Refused)
    assert refused.code == "headset"
    assert "Headset" in refused.text
    assert hand.mode(BRANDT) == "pause"
    hand.do(e.AgentReady(BRANDT, headset=True))
    assert hand.mode(BRANDT) == "klingelt"


def test_expected_wait_is_named_once_talks_are_known() -> None:
    """One agent, talks of 10 minutes: second in line waits about 20."""
    hand = Hand()
    hand.open(BRANDT)
    call = hand.come(TEMPLIN)
    hand.talk(BRANDT, call)
    hand.wait(600 * S)
    hand.do(e.CallHungUp(BRANDT, call))
    second = hand.come(TEMPLIN)
    hand.talk(BRANDT, second)
    hand.come(LYCHEN)
    hand.come(GARTZ)
    assert hand.heard(LYCHEN, m.Queued) == m.Queued(1, 600)
    assert hand.heard(GARTZ, m.Queued) == m.Queued(2, 1200)


def test_places_are_counted_in_their_order() -> None:
    hand = Hand()
    hand.open(BRANDT)
    hand.talk(BRANDT, hand.come(TEMPLIN))
    for number, site in enumerate(SITES[1:4], start=1):
        said = hand.do(e.CallPlaced(site, CallId(f"{site}/0"), VisitId(f"{site}/0")))
        assert said == [(site, m.Queued(number, -1))]


def test_the_expected_wait_follows_the_talks_of_late() -> None:
    """The first talk counts whole, each later one an eighth: 800 s and then 1,600 s make 900 s, with one agent."""
    hand = Hand()
    hand.open(BRANDT)
    for talk_s in (800, 1600):
        call = hand.come(TEMPLIN)
        hand.talk(BRANDT, call)
        hand.wait(talk_s * S)
        hand.do(e.CallHungUp(BRANDT, call))
    hand.talk(BRANDT, hand.come(TEMPLIN))
    hand.come(GARTZ)
    assert hand.heard(GARTZ, m.Queued) == m.Queued(1, 900)


def test_wrap_up_is_part_of_the_expected_wait() -> None:
    hand = Hand(known=directory(wrap_up_us=120 * S))
    hand.open(BRANDT)
    call = hand.come(TEMPLIN)
    hand.talk(BRANDT, call)
    hand.wait(600 * S)
    hand.do(e.CallHungUp(BRANDT, call))
    hand.do(e.AgentReady(BRANDT))
    hand.talk(BRANDT, hand.come(TEMPLIN))
    hand.come(GARTZ)
    assert hand.heard(GARTZ, m.Queued) == m.Queued(1, 720)


def test_overflow_lets_another_office_help_without_losing_the_place() -> None:
    """Care overflows to housing after 40 s; she is still first when somebody of care gets free."""
    hand = Hand(known=directory(overflow_us=10 * S))
    hand.open(BRANDT, PETERSEN)
    busy = hand.come(LYCHEN)
    hand.talk(BRANDT, busy)
    hand.do(e.CallForwarded(BRANDT, busy, CARE))
    hand.talk(PETERSEN, busy)
    call = hand.come(TEMPLIN)
    hand.talk(BRANDT, call)
    hand.do(e.CallForwarded(BRANDT, call, CARE))
    hand.open(VOGT)
    hand.wait(10 * S - 1)
    assert hand.rings() == {}
    hand.wait(1)
    assert hand.rings() == {VOGT: call}
    hand.talk(VOGT, call)
    assert hand.heard(TEMPLIN, m.Answered).office == HOUSING


def test_an_office_that_is_empty_overflows_at_once() -> None:
    hand = Hand()
    hand.open(BRANDT, VOGT)
    call = hand.come(TEMPLIN)
    hand.talk(BRANDT, call)
    hand.do(e.CallForwarded(BRANDT, call, CARE))
    assert hand.rings() == {VOGT: call}


def test_a_desk_that_is_gone_for_long_gives_the_citizen_back() -> None:
    hand = Hand(Rules(desk_grace_us=5 * S))
    hand.open(BRANDT, SEIDEL)
    call = hand.come(TEMPLIN)
    hand.talk(BRANDT, call)
    hand.do(e.DeskLost(BRANDT))
    hand.wait(5 * S - 1)
    assert hand.rings() == {}
    hand.wait(1)
    assert hand.rings() == {SEIDEL: call}
    offer = hand.heard(SEIDEL, m.Offer)
    assert (offer.returned, offer.waited_s) == (True, 0)
    assert hand.heard(SEIDEL, m.CutOff) == m.CutOff("Frau Brandt")


def test_a_stranger_to_the_office_is_never_rung() -> None:
    hand = Hand()
    hand.open(VOGT, PETERSEN, JAHN)
    hand.come(TEMPLIN)
    hand.wait(600 * S)
    assert hand.rings() == {}
    assert hand.heard(TEMPLIN, m.Queued) == m.Queued(1, -1)


def test_a_short_loss_of_the_link_changes_nothing_for_who_is_ready_or_rung() -> None:
    hand = Hand()
    hand.open(BRANDT)
    hand.do(e.DeskLost(BRANDT))
    assert hand.mode(BRANDT) == "abgemeldet"
    hand.do(e.DeskJoined(BRANDT, fresh=False))
    assert hand.mode(BRANDT) == "bereit"
    hand.come(TEMPLIN)
    hand.do(e.DeskLost(BRANDT))
    hand.wait(1 * S)
    hand.do(e.DeskJoined(BRANDT, fresh=False))
    hand.wait(13 * S)
    assert hand.mode(BRANDT) == "klingelt"
    hand.wait(1 * S)
    assert hand.mode(BRANDT) == "abwesend"


def test_a_page_loaded_anew_has_to_say_that_it_is_ready() -> None:
    hand = Hand()
    hand.open(BRANDT)
    hand.do(e.DeskLost(BRANDT))
    hand.do(e.DeskJoined(BRANDT, fresh=True))
    assert hand.mode(BRANDT) == "pause"


@pytest.mark.parametrize(("busy", "reason"), [(False, "rejected"), (True, "busy")])
def test_desk_hears_why_it_stops_ringing(busy: bool, reason: str) -> None:
    hand = Hand()
    hand.open(BRANDT)
    call = hand.come(TEMPLIN)
    hand.do(e.CallRejected(BRANDT, call, busy))
    assert hand.heard(BRANDT, m.Withdrawn) == m.Withdrawn(reason)
    hand.do(e.CallHungUp(BRANDT, call))
    assert hand.heard(BRANDT, m.Refused).code == "late"
