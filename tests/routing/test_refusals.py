"""What comes too late, or cannot be, is refused with a sentence and changes nothing; who asks again is told again."""

from __future__ import annotations

from typing import Any

import pytest

from lisa_core.domain.model.directory import Rules
from lisa_core.domain.model.ids import CallId, OfficeId, ServiceId
from lisa_core.domain.routing import events as e
from lisa_core.domain.routing.desks import LATE
from lisa_core.wire import messages as m
from tests.routing.office import BRANDT, CARE, FRONT, HOUSING, NOWAK, PETERSEN, SEIDEL, SITES, VOGT, Hand, S

TEMPLIN, LYCHEN = SITES[:2]
BUSY = "Sie haben schon einen anderen Anruf."
TO_HAND_OVER = "Übergeben geht erst, wenn die Fachstelle Ihre Rückfrage angenommen hat."
ALREADY = "Es läuft schon eine Rückfrage. Bitte ziehen Sie diese zuerst zurück."
NOT_HERS = "Die Bürgerin ist noch bei der Kollegin, die Sie gefragt hat."


def house() -> tuple[Hand, CallId]:
    """Frau Brandt talks with somebody in Templin; Frau Vogt is ready."""
    hand = Hand()
    hand.open(BRANDT, VOGT)
    call = hand.come(TEMPLIN)
    hand.talk(BRANDT, call)
    return hand, call


def refusal(hand: Hand, event: Any) -> tuple[str, str]:
    """What the desk is told; nothing else may happen."""
    before = hand.router.snapshot()
    said = hand.do(event)
    assert {**hand.router.snapshot(), "count": 0} == {**before, "count": 0}
    ((to, body),) = said
    assert (to, type(body)) == (event.agent, m.Refused)
    return body.code, body.text


@pytest.mark.parametrize("name", ["gibt-es-nicht", ""])
@pytest.mark.parametrize(
    "act",
    [
        e.CallAccepted,
        e.CallRejected,
        e.CallHungUp,
        e.CallHandedOver,
        e.CallTakenBack,
        lambda agent, call: e.CallForwarded(agent, call, HOUSING),
        lambda agent, call: e.ConsultAsked(agent, call, HOUSING),
    ],
)
def test_a_call_that_is_not_there_is_late(act: Any, name: str) -> None:
    hand, _ = house()
    assert refusal(hand, act(BRANDT, CallId(name))) == ("late", LATE)


def test_somebody_elses_call_is_late_too() -> None:
    hand, call = house()
    for act in (e.CallAccepted, e.CallRejected, e.CallHungUp, e.CallHandedOver, e.CallTakenBack):
        assert refusal(hand, act(VOGT, call)) == ("late", LATE)


def test_a_call_on_its_way_is_not_fetched_into_another_talk() -> None:
    hand, call = house()
    hand.do(e.CallForwarded(BRANDT, call, HOUSING))
    other = hand.come(LYCHEN)
    assert hand.rings() == {VOGT: call, BRANDT: other}
    assert refusal(hand, e.CallTakenBack(BRANDT, call)) == ("busy", BUSY)
    hand.talk(BRANDT, other)
    assert refusal(hand, e.CallTakenBack(BRANDT, call)) == ("busy", BUSY)


def test_handing_over_waits_for_the_colleague_and_a_second_question_for_the_first() -> None:
    hand, call = house()
    assert refusal(hand, e.CallHandedOver(BRANDT, call)) == ("consult", TO_HAND_OVER)
    hand.do(e.ConsultAsked(BRANDT, call, HOUSING))
    assert refusal(hand, e.CallHandedOver(BRANDT, call)) == ("consult", TO_HAND_OVER)
    assert refusal(hand, e.ConsultAsked(BRANDT, call, CARE)) == ("consult", ALREADY)
    question = hand.rings()[VOGT]
    hand.talk(VOGT, question)
    assert refusal(hand, e.CallForwarded(VOGT, question, CARE)) == ("consult", NOT_HERS)
    assert refusal(hand, e.ConsultAsked(VOGT, question, CARE)) == ("consult", NOT_HERS)
    said = hand.do(e.CallHandedOver(BRANDT, call))
    told = [(to, body) for to, body in said if not isinstance(body, m.Answered | m.Taken)]
    assert told[:4] == [
        (BRANDT, m.ConsultState("uebergeben", "Wohngeldstelle")),
        (BRANDT, m.CallEnded("forwarded")),
        (TEMPLIN, m.Transferring(HOUSING, "Wohngeldstelle")),
        (VOGT, m.CallEnded("handed_over")),
    ]
    assert hand.mode(VOGT) == "im_gespraech"


@pytest.mark.parametrize(
    ("office", "service", "found"),
    [
        (OfficeId("bauamt"), None, ("office", "Die Stelle bauamt gibt es nicht.")),
        (HOUSING, ServiceId("hund"), ("service", "Die Leistung hund gibt es nicht.")),
    ],
)
def test_nobody_is_sent_where_nothing_is(office: OfficeId, service: ServiceId | None, found: tuple[str, str]) -> None:
    hand, call = house()
    assert refusal(hand, e.CallForwarded(BRANDT, call, office, service)) == found
    assert refusal(hand, e.ConsultAsked(BRANDT, call, office, service)) == found


def test_a_booth_that_asks_again_is_told_again() -> None:
    hand = Hand()
    call = hand.come(TEMPLIN)
    again = e.CallPlaced(TEMPLIN, call, hand.router.calls()[0].visit)
    assert hand.do(again) == [(TEMPLIN, m.Queued(1, -1))]
    hand.open(BRANDT)
    assert hand.do(again) == [(TEMPLIN, m.Ringing(FRONT, "LISA-Team"))]
    hand.talk(BRANDT, call)
    ((to, body),) = hand.do(again)
    assert (to, body) == (TEMPLIN, hand.heard(TEMPLIN, m.Answered))
    assert hand.mode(BRANDT) == "im_gespraech"


def test_a_new_call_of_a_booth_ends_the_one_it_has_forgotten() -> None:
    hand, _ = house()
    hand.wait(S)
    new = hand.come(TEMPLIN)
    assert hand.heard(BRANDT, m.CallEnded) == m.CallEnded("booth_lost")
    assert [call.id for call in hand.router.calls()] == [new]
    assert hand.rings() == {BRANDT: new}


@pytest.mark.parametrize("linked", [True, False])
def test_a_booth_that_is_barred_ends_what_it_had_begun_and_each_desk_hears_why(linked: bool) -> None:
    """Also one whose link is lost meanwhile; the colleague who is asked hears it as well."""
    hand, call = house()
    hand.open(VOGT)
    hand.do(e.ConsultAsked(BRANDT, call, HOUSING, None))
    if not linked:
        hand.do(e.BoothLost(TEMPLIN))
    hand.do(e.BoothBarred(TEMPLIN))
    assert hand.heard(BRANDT, m.CallEnded) == m.CallEnded("booth_barred")
    assert hand.heard(VOGT, m.Withdrawn) == m.Withdrawn("booth_barred")
    assert hand.router.calls() == []
    assert hand.do(e.BoothBarred(TEMPLIN)) == []


def test_who_goes_away_leaves_nobody_waiting_for_her() -> None:
    """An office that empties sends those who wait back to the front desk, in their order."""
    hand = Hand(Rules(ring_us=600 * S, transfer_us=600 * S))
    hand.open(BRANDT, SEIDEL, PETERSEN)
    first, second = hand.come(TEMPLIN), hand.come(LYCHEN)
    hand.talk(BRANDT, first)
    hand.talk(SEIDEL, second)
    third = hand.come(SITES[2])
    hand.open(VOGT)
    hand.do(e.CallForwarded(BRANDT, first, HOUSING))
    hand.talk(BRANDT, third)
    hand.talk(VOGT, first)
    hand.do(e.CallForwarded(SEIDEL, second, HOUSING))
    hand.do(e.CallForwarded(BRANDT, third, HOUSING))
    assert hand.router.waiting_count(HOUSING) == 2
    hand.do(e.CallHungUp(VOGT, first))
    assert hand.rings() == {VOGT: second}
    hand.do(e.CallAccepted(VOGT, second))
    hand.do(e.AgentPaused(VOGT))
    hand.do(e.CallHungUp(VOGT, second))
    assert hand.mode(VOGT) == "pause"
    assert hand.router.waiting_count(HOUSING) == 0
    assert hand.heard(SITES[2], m.Returning) == m.Returning("Wohngeldstelle")
    assert list(hand.rings().values()) == [third]


def test_who_was_only_asked_for_and_paused_does_not_keep_the_others_from_it() -> None:
    hand = Hand()
    hand.open(BRANDT, VOGT, NOWAK)
    call = hand.come(TEMPLIN)
    hand.talk(BRANDT, call)
    hand.do(e.CallForwarded(BRANDT, call, HOUSING))
    ringing = next(iter(hand.rings()))
    hand.do(e.CallRejected(ringing, call, busy=True))
    assert hand.heard(ringing, m.Withdrawn) == m.Withdrawn("busy")
    (other,) = hand.rings()
    assert other in {VOGT, NOWAK} - {ringing}
