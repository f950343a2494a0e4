"""Blind and consulting transfer: what travels along, what falls back, what can be withdrawn."""

from __future__ import annotations

import pytest

from lisa_core.domain.model.directory import Rules
from lisa_core.domain.model.ids import AgentId, CallId, FormId, LegId, OfficeId
from lisa_core.domain.routing import events as e
from lisa_core.exchange.wording import ToDesk
from lisa_core.wire import messages as m
from tests.routing.office import (
    BRANDT,
    BURDEN,
    CARE,
    FRONT,
    HOUSING,
    JAHN,
    NOWAK,
    PARENTS,
    PETERSEN,
    RENT,
    SEIDEL,
    SITES,
    VOGT,
    YOUTH,
    Hand,
    S,
)

TEMPLIN, LYCHEN = SITES[:2]


def talking(*open_desks: AgentId, rules: Rules | None = None) -> tuple[Hand, CallId]:
    """Frau Brandt talks with somebody in Templin; the other desks are ready."""
    hand = Hand(rules)
    hand.open(BRANDT, *open_desks)
    call = hand.come(TEMPLIN)
    hand.talk(BRANDT, call)
    return hand, call


def test_request_and_forms_travel_along() -> None:
    hand, call = talking(VOGT)
    hand.do(e.CallForwarded(BRANDT, call, HOUSING, RENT))
    offer = hand.heard(VOGT, m.Offer)
    assert (offer.service_name, offer.form_titles, offer.from_agent) == (
        "Mietzuschuss",
        ("Antrag miete",),
        "Frau Brandt",
    )
    assert hand.heard(TEMPLIN, m.Transferring).office == HOUSING
    assert hand.heard(BRANDT, m.CallEnded) == m.CallEnded("forwarded")


def test_forms_named_by_the_front_desk_come_before_those_of_the_service() -> None:
    hand, call = talking(VOGT)
    hand.do(e.CallForwarded(BRANDT, call, HOUSING, RENT, (FormId("last"),)))
    assert hand.heard(VOGT, m.Offer).form_titles == ("Antrag last",)


def test_whoever_talks_does_not_wait() -> None:
    hand, call = talking(VOGT)
    hand.wait(120 * S)
    hand.do(e.CallForwarded(BRANDT, call, HOUSING, RENT))
    assert hand.heard(VOGT, m.Offer).waited_s == 0, "two minutes of talk are no wait"


def test_unanswered_transfer_is_back_at_the_front_desk_before_all_others() -> None:
    hand, call = talking(VOGT, rules=Rules(ring_us=15 * S))
    hand.come(LYCHEN)
    hand.do(e.AgentPaused(BRANDT))
    hand.do(e.CallForwarded(BRANDT, call, HOUSING, RENT))
    hand.wait(15 * S)
    assert hand.heard(TEMPLIN, m.Returning) == m.Returning("Wohngeldstelle")
    hand.do(e.AgentReady(BRANDT))
    assert hand.rings() == {BRANDT: call}
    offer = hand.heard(BRANDT, m.Offer)
    assert offer.returned
    assert hand.heard(BRANDT, m.CutOff) is None
    assert offer.service_name == "Mietzuschuss"


def test_transfer_that_waits_too_long_falls_back_though_somebody_works_there() -> None:
    hand, call = talking(SEIDEL, VOGT, rules=Rules(transfer_us=30 * S))
    other = hand.come(LYCHEN)
    hand.talk(SEIDEL, other)
    hand.do(e.CallForwarded(SEIDEL, other, HOUSING))
    hand.talk(VOGT, other)
    hand.do(e.CallForwarded(BRANDT, call, HOUSING))
    hand.wait(30 * S - 1)
    assert hand.rings() == {}
    hand.wait(1)
    assert hand.rings() == {BRANDT: call}, "to the one who knows her"


def test_transfer_to_an_empty_office_falls_back_at_once() -> None:
    hand, call = talking()
    hand.do(e.CallForwarded(BRANDT, call, HOUSING))
    assert hand.rings() == {BRANDT: call}
    assert hand.heard(BRANDT, m.Unstaffed) == m.Unstaffed(hand.directory.offices[HOUSING].name), "nobody has declined"


def test_only_an_office_that_was_asked_has_not_answered() -> None:
    hand, call = talking(VOGT)
    hand.do(e.CallForwarded(BRANDT, call, HOUSING))
    hand.do(e.AgentPaused(VOGT))
    hand.do(e.CallRejected(VOGT, call))
    assert hand.rings() == {BRANDT: call}
    assert hand.heard(BRANDT, m.Unstaffed) is None
    hand.do(e.CallAccepted(BRANDT, call))
    hand.do(e.CallForwarded(BRANDT, call, HOUSING))
    assert hand.heard(BRANDT, m.Unstaffed) is not None, "now nobody is left there"


def test_nobody_waits_for_the_last_one_who_leaves() -> None:
    hand, call = talking(SEIDEL, VOGT)
    hand.do(e.CallForwarded(BRANDT, call, HOUSING))
    other = hand.come(LYCHEN)
    hand.talk(SEIDEL, other)
    hand.do(e.CallForwarded(SEIDEL, other, HOUSING))
    hand.do(e.CallRejected(VOGT, call))
    hand.do(e.AgentPaused(VOGT))
    assert sorted(hand.rings().values()) == sorted((call, other))
    assert set(hand.rings()) == {BRANDT, SEIDEL}


@pytest.mark.parametrize(
    ("office", "service", "civil", "sentence"),
    [
        (OfficeId("zoll"), None, "2025-09-22T10:00", "Die Stelle zoll gibt es nicht."),
        (HOUSING, RENT, "2025-09-21T10:00", "wieder erreichbar: 22.09.2025, 08:00 Uhr"),
        (HOUSING, RENT, "2025-10-31T10:00", "wieder erreichbar: 03.11.2025, 08:00 Uhr"),
        (YOUTH, PARENTS, "2024-04-16T10:00", "„Elterngeld“ gibt es in den Bürgerbüros erst ab 17.04.2024."),
        (YOUTH, None, "2024-04-16T10:00", "Jugendamt ist gerade nicht erreichbar"),
    ],
)
def test_where_nobody_can_be_reached_the_agent_is_told_why(
    office: OfficeId, service: None, civil: str, sentence: str
) -> None:
    """Sunday, Reformationstag, before the start date; the citizen stays where she is."""
    hand, call = talking(VOGT, JAHN)
    hand.do(e.CivilSet(civil))
    hand.do(e.CallForwarded(BRANDT, call, office, service))
    assert sentence in hand.heard(BRANDT, m.Refused).text
    assert hand.mode(BRANDT) == "im_gespraech"


def test_youth_office_from_its_first_day() -> None:
    hand, call = talking(JAHN)
    hand.do(e.CivilSet("2024-04-17T08:00"))
    hand.do(e.CallForwarded(BRANDT, call, YOUTH, PARENTS))
    assert hand.rings() == {JAHN: call}


def test_forwarded_call_is_fetched_back_before_anybody_answers() -> None:
    hand, call = talking(VOGT)
    hand.do(e.CallForwarded(BRANDT, call, HOUSING))
    hand.do(e.CallTakenBack(BRANDT, call))
    assert hand.heard(VOGT, m.Withdrawn) == m.Withdrawn("taken_back")
    assert hand.mode(VOGT) == "bereit"
    assert hand.mode(BRANDT) == "im_gespraech"
    assert hand.heard(TEMPLIN, m.Answered).agent == BRANDT


def told(hand: Hand, agent: AgentId) -> list[str]:
    """How the forwarded call stood, one after the other."""
    return [body.state for to, body in hand.said if to == agent and isinstance(body, m.ForwardState)]


def test_who_forwards_hears_how_it_stands_there_and_who_took_over() -> None:
    hand, call = talking(VOGT)
    hand.do(e.CallForwarded(BRANDT, call, HOUSING))
    hand.do(e.DeskJoined(BRANDT))
    assert told(hand, BRANDT) == ["klingelt", "klingelt"]
    hand.do(e.CallAccepted(VOGT, call))
    assert hand.heard(BRANDT, m.ForwardState) == m.ForwardState("angenommen", "Wohngeldstelle", "Frau Vogt")
    hand.do(e.DeskJoined(BRANDT))
    assert told(hand, BRANDT) == ["klingelt", "klingelt", "angenommen"]


def test_who_forwards_hears_that_it_came_back_and_no_more_of_it() -> None:
    hand, call = talking(VOGT, rules=Rules(ring_us=15 * S))
    hand.do(e.CallForwarded(BRANDT, call, HOUSING))
    hand.wait(15 * S)
    hand.do(e.CallAccepted(BRANDT, call))
    assert told(hand, BRANDT) == ["klingelt", "zurueck"]


def test_who_forwards_fetches_her_back_or_hears_that_she_has_left() -> None:
    hand, call = talking(VOGT)
    hand.do(e.CallForwarded(BRANDT, call, HOUSING))
    hand.do(e.CallTakenBack(BRANDT, call))
    hand.do(e.CallForwarded(BRANDT, call, HOUSING))
    hand.do(e.CallCancelled(call))
    assert told(hand, BRANDT) == ["klingelt", "klingelt", "gegangen"]
    assert hand.mode(VOGT) == "bereit"


# --- Rückfrage ------------------------------------------------------------------------------------------------------


def asked(*open_desks: AgentId) -> tuple[Hand, CallId, CallId]:
    """Frau Brandt asks the Wohngeldstelle while she goes on talking; the question has an id of its own."""
    hand, call = talking(*open_desks)
    hand.do(e.ConsultAsked(BRANDT, call, HOUSING, RENT))
    question = hand.router.call(call)
    assert question is not None
    return hand, call, question.consult or CallId("")


def test_specialist_is_asked_while_the_citizen_stays() -> None:
    hand, _, question = asked(VOGT)
    offer = hand.heard(VOGT, m.Offer)
    assert offer.consult
    assert (offer.service_name, offer.from_agent) == ("Mietzuschuss", "Frau Brandt")
    assert hand.heard(BRANDT, m.ConsultState).state == "klingelt"
    hand.talk(VOGT, question)
    state = hand.heard(BRANDT, m.ConsultState)
    assert (state.state, state.agent_name, state.question) == ("spricht", "Frau Vogt", question)
    assert hand.heard(VOGT, m.Taken) == m.Taken(state.leg, "Templin", consult=True)
    assert hand.heard(TEMPLIN, m.Answered).agent == BRANDT
    assert hand.heard(TEMPLIN, m.Transferring) is None


def test_handed_over_the_citizen_talks_with_the_specialist() -> None:
    hand, call, question = asked(VOGT)
    hand.do(e.CallHandedOver(BRANDT, call))
    assert hand.heard(BRANDT, m.Refused).code == "consult"
    hand.talk(VOGT, question)
    hand.do(e.CallHandedOver(BRANDT, call))
    assert hand.heard(TEMPLIN, m.Answered).agent == VOGT
    assert hand.mode(BRANDT) == "bereit"
    desk = hand.router.desk(VOGT)
    assert desk is not None
    assert desk.call == call
    assert hand.router.call(question) is None


def test_given_back_by_the_specialist() -> None:
    hand, call, question = asked(VOGT)
    hand.talk(VOGT, question)
    hand.do(e.CallHungUp(VOGT, question))
    assert hand.heard(BRANDT, m.ConsultState).state == "zurueck"
    assert hand.mode(VOGT) == "bereit"
    assert hand.heard(TEMPLIN, m.CallEnded) is None
    assert hand.router.call(call) is not None


@pytest.mark.parametrize("answered", [False, True])
def test_question_is_withdrawn_at_any_time(answered: bool) -> None:
    hand, call, question = asked(VOGT)
    if answered:
        hand.talk(VOGT, question)
    hand.do(e.CallTakenBack(BRANDT, call))
    assert hand.heard(BRANDT, m.ConsultState).state == "zurueckgezogen"
    assert hand.mode(VOGT) == "bereit"
    assert hand.mode(BRANDT) == "im_gespraech"


def test_question_nobody_answers_ends_and_the_citizen_notices_nothing() -> None:
    hand, _, _ = asked(VOGT, NOWAK)
    before = [body for to, body in hand.said if to == TEMPLIN]
    hand.wait(60 * S)
    assert hand.heard(BRANDT, m.ConsultState).state == "unbeantwortet"
    assert [body for to, body in hand.said if to == TEMPLIN] == before


def test_question_to_an_empty_office_is_answered_at_once() -> None:
    hand, _, _ = asked()
    assert hand.heard(BRANDT, m.ConsultState).state == "unbesetzt"


def test_she_leaves_and_both_desks_are_free() -> None:
    hand, call, question = asked(VOGT)
    hand.talk(VOGT, question)
    hand.do(e.CallCancelled(call))
    assert (hand.mode(BRANDT), hand.mode(VOGT)) == ("bereit", "bereit")
    assert hand.router.calls() == []


def test_a_question_ends_with_the_desk_that_asked_it() -> None:
    hand, _, _ = asked(VOGT)
    hand.do(e.DeskLost(BRANDT))
    assert (VOGT, m.Withdrawn("desk_lost")) in hand.wait(10 * S)


def test_only_one_question_at_a_time_and_only_to_an_office_that_exists() -> None:
    hand, call, question = asked(VOGT)
    hand.do(e.ConsultAsked(BRANDT, call, CARE))
    assert hand.heard(BRANDT, m.Refused).code == "consult"
    assert [one.id for one in hand.router.calls()] == [call, question]
    hand.do(e.CallTakenBack(BRANDT, call))
    hand.do(e.ConsultAsked(BRANDT, call, OfficeId("unbekannt")))
    assert hand.heard(BRANDT, m.Refused).code == "office"
    assert [one.id for one in hand.router.calls()] == [call]


def said_to(agent: AgentId, said: list[tuple[str, object]], kind: type) -> list[object]:
    return [body for to, body in said if to == agent and type(body) is kind]


def test_page_loaded_anew_during_a_question_hears_of_it_on_a_new_leg() -> None:
    hand, _, question = asked(VOGT)
    ringing = m.ConsultState("klingelt", "Wohngeldstelle")
    assert said_to(BRANDT, hand.do(e.DeskJoined(BRANDT)), m.ConsultState) == [ringing]
    hand.talk(VOGT, question)
    first = hand.heard(VOGT, m.Taken).leg
    for number, agent in enumerate((BRANDT, VOGT), start=2):
        said = hand.do(e.DeskJoined(agent))
        leg = f"{question}.{number}"
        speaks = m.ConsultState("spricht", "Wohngeldstelle", "Frau Vogt", LegId(leg), question)
        assert said_to(BRANDT, said, m.ConsultState) == [speaks]
        assert said_to(VOGT, said, m.Taken) == [m.Taken(LegId(leg), "Templin", consult=True)]
        assert leg != first


def test_page_loaded_anew_while_a_question_waits_hears_that_it_waits() -> None:
    hand = Hand()
    hand.open(BRANDT, VOGT)
    call = hand.come(TEMPLIN)
    hand.talk(BRANDT, call)
    hand.do(e.CallForwarded(BRANDT, call, HOUSING, RENT))
    hand.talk(VOGT, call)
    other = hand.come(LYCHEN)
    hand.talk(BRANDT, other)
    waits = m.ConsultState("wartet", "Wohngeldstelle")
    assert said_to(BRANDT, hand.do(e.ConsultAsked(BRANDT, other, HOUSING, RENT)), m.ConsultState) == [waits]
    assert said_to(BRANDT, hand.do(e.DeskJoined(BRANDT)), m.ConsultState) == [waits]


def test_who_forwards_while_she_asks_lets_the_question_go() -> None:
    hand, call, _ = asked(VOGT, PETERSEN)
    said = hand.do(e.CallForwarded(BRANDT, call, CARE))
    assert said_to(BRANDT, said, m.ConsultState) == [m.ConsultState("vorbei", "Wohngeldstelle")]
    assert (hand.mode(VOGT), hand.rings()) == ("bereit", {PETERSEN: call})


def test_given_back_to_the_front_desk_she_comes_before_all_others() -> None:
    hand, call = talking(VOGT)
    hand.do(e.CallForwarded(BRANDT, call, HOUSING, RENT))
    hand.talk(VOGT, call)
    hand.talk(BRANDT, hand.come(LYCHEN))
    hand.come(SITES[2])
    hand.do(e.CallForwarded(VOGT, call, FRONT))
    hand.do(e.CallHungUp(BRANDT, CallId(f"{LYCHEN}/0")))
    assert hand.rings() == {BRANDT: call}


def test_a_refusal_names_the_call_that_it_is_about() -> None:
    hand, call = talking()
    (refused,) = hand.router.handle(e.CallForwarded(BRANDT, call, OfficeId("unbekannt")), hand.now_us)
    assert isinstance(refused, ToDesk)
    assert (refused.agent, refused.call) == (BRANDT, call)


def test_who_is_asked_has_nothing_to_hand_on() -> None:
    hand, _, question = asked(VOGT, PETERSEN)
    hand.talk(VOGT, question)
    hand.do(e.CallForwarded(VOGT, question, CARE))
    assert hand.heard(VOGT, m.Refused).code == "consult"
    hand.do(e.CallForwarded(VOGT, question, FRONT, BURDEN))
    assert hand.mode(VOGT) == "im_gespraech"
