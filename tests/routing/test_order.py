"""Skills that relax, priorities, known contacts, appointments, and the same wait everywhere."""

from __future__ import annotations

from datetime import datetime

import pytest

from lisa_core.domain.model.directory import Rules
from lisa_core.domain.model.ids import AgentId, CallId
from lisa_core.domain.routing import events as e
from lisa_core.domain.routing.calendar import opening, shared_hours
from lisa_core.wire import messages as m
from tests.routing.office import (
    BRANDT,
    BURDEN,
    CARE,
    FRONT,
    HOUSING,
    NOWAK,
    PETERSEN,
    RENT,
    SEIDEL,
    SITES,
    VOGT,
    WORKDAYS,
    Hand,
    S,
    directory,
)

TEMPLIN, LYCHEN, GARTZ, GRAMZOW, _ = SITES
MONDAY, WEDNESDAY = "2025-09-22", "2025-09-24"


def forwarded(*open_desks: AgentId) -> tuple[Hand, CallId]:
    """A Lastenzuschuss (skill level 3) is forwarded while these desks are ready."""
    hand = Hand(Rules(relax_us=5 * S, transfer_us=60 * S))
    hand.open(BRANDT, *open_desks)
    call = hand.come(TEMPLIN)
    hand.talk(BRANDT, call)
    hand.do(e.CallForwarded(BRANDT, call, HOUSING, BURDEN))
    return hand, call


def test_the_one_with_the_skill_rings_though_another_is_ready_longer() -> None:
    hand, call = forwarded(NOWAK, VOGT)
    assert hand.rings() == {VOGT: call}


def test_what_is_asked_relaxes_a_level_at_a_time() -> None:
    """Level 3 is asked, Herr Nowak has 1: after two steps he is good enough."""
    hand, call = forwarded(NOWAK)
    hand.wait(10 * S - 1)
    assert hand.rings() == {}
    hand.wait(1)
    assert hand.rings() == {NOWAK: call}


def test_who_has_the_skill_takes_her_at_once_when_she_gets_free() -> None:
    hand, call = forwarded(NOWAK)
    hand.open(VOGT)
    assert hand.rings() == {VOGT: call}


def test_returned_before_appointment_before_walk_in() -> None:
    hand = Hand()
    hand.do(e.CivilSet(f"{MONDAY}T10:00"))
    hand.do(e.AppointmentMade("t1", GARTZ, FRONT, f"{MONDAY}T10:10"))
    hand.open(BRANDT)
    returned = hand.come(TEMPLIN)
    hand.talk(BRANDT, returned)
    walk_in, appointment = hand.come(LYCHEN), hand.come(GARTZ)
    hand.do(e.AgentPaused(BRANDT))
    hand.do(e.CallForwarded(BRANDT, returned, HOUSING))
    for expected in (returned, appointment, walk_in):
        hand.do(e.AgentReady(BRANDT))
        assert hand.rings() == {BRANDT: expected}
        hand.talk(BRANDT, expected)
        hand.do(e.AgentPaused(BRANDT))
        hand.do(e.CallHungUp(BRANDT, expected))


def test_known_contact_rings_before_all_others_and_is_waited_for() -> None:
    hand = Hand(Rules(known_wait_us=60 * S))
    hand.do(e.CivilSet(f"{MONDAY}T10:00"))
    hand.do(e.AppointmentMade("t1", TEMPLIN, HOUSING, f"{MONDAY}T10:10", RENT, with_agent=NOWAK))
    hand.open(BRANDT, NOWAK, VOGT)
    other = hand.come(LYCHEN)
    hand.talk(BRANDT, other)
    hand.do(e.CallForwarded(BRANDT, other, HOUSING, RENT))
    hand.talk(NOWAK, other)
    call = hand.come(TEMPLIN)
    assert hand.rings() == {}, "Frau Vogt is free, but Herr Nowak knows her"
    hand.do(e.CallHungUp(NOWAK, other))
    assert hand.rings() == {NOWAK: call}
    assert hand.heard(NOWAK, m.Offer).appointment == f"{MONDAY}T10:10"


def test_known_contact_who_stays_busy_is_not_waited_for_for_ever() -> None:
    hand = Hand(Rules(known_wait_us=60 * S))
    hand.do(e.CivilSet(f"{MONDAY}T10:00"))
    hand.do(e.AppointmentMade("t1", TEMPLIN, HOUSING, f"{MONDAY}T10:10", with_agent=NOWAK))
    hand.open(BRANDT, NOWAK, VOGT)
    other = hand.come(LYCHEN)
    hand.talk(BRANDT, other)
    hand.do(e.CallForwarded(BRANDT, other, HOUSING))
    hand.talk(NOWAK, other)
    call = hand.come(TEMPLIN)
    hand.wait(60 * S)
    assert hand.rings() == {VOGT: call}


def test_token_of_a_former_visit_leads_to_the_contact_of_then() -> None:
    """Days later, at another site; the token says nothing about her."""
    hand = Hand()
    hand.do(e.CivilSet(f"{MONDAY}T10:00"))
    hand.do(e.AppointmentMade("t1", TEMPLIN, HOUSING, f"{MONDAY}T10:10", RENT, with_agent=VOGT))
    hand.do(e.CivilSet("2025-09-26T09:00"))
    hand.open(BRANDT, NOWAK, VOGT)
    call = hand.come(GRAMZOW, "t1")
    assert hand.rings() == {VOGT: call}
    assert hand.heard(VOGT, m.Offer).appointment == ""


def test_after_half_a_year_the_token_is_forgotten() -> None:
    hand = Hand()
    hand.do(e.CivilSet(f"{MONDAY}T10:00"))
    hand.do(e.AppointmentMade("t1", TEMPLIN, HOUSING, f"{MONDAY}T10:10"))
    hand.do(e.CivilSet("2026-03-30T10:00"))
    hand.do(e.AppointmentMade("t2", TEMPLIN, HOUSING, "2026-03-31T10:10"))
    assert hand.router.appointment("t1") is None


def test_unknown_token_is_a_walk_in() -> None:
    hand = Hand()
    hand.open(BRANDT, VOGT)
    call = hand.come(TEMPLIN, "gibt-es-nicht")
    assert hand.rings() == {BRANDT: call}


def test_contact_who_is_not_there_leaves_her_to_the_front_desk() -> None:
    hand = Hand()
    hand.do(e.CivilSet(f"{MONDAY}T10:00"))
    hand.do(e.AppointmentMade("t1", TEMPLIN, HOUSING, f"{MONDAY}T10:10", with_agent=VOGT))
    hand.open(BRANDT)
    call = hand.come(TEMPLIN)
    assert hand.rings() == {BRANDT: call}


# --- appointments -----------------------------------------------------------------------------------------------------


def test_follow_up_is_booked_in_the_talk_and_told_to_desk_and_booth() -> None:
    hand = Hand()
    hand.do(e.CivilSet(f"{MONDAY}T10:00"))
    hand.open(BRANDT)
    call = hand.come(TEMPLIN)
    hand.talk(BRANDT, call)
    start = f"{WEDNESDAY}T09:30"
    hand.do(e.AppointmentMade("t1", TEMPLIN, CARE, start, agent=BRANDT, call=call))
    assert hand.heard(BRANDT, m.Booked) == m.Booked("t1", start, "Templin")
    assert hand.heard(TEMPLIN, m.AppointmentGiven) == m.AppointmentGiven("t1", start, "Pflegestützpunkt")
    assert hand.heard(TEMPLIN, m.Appointments) == m.Appointments((start,))
    hand.do(e.AppointmentCancelled("t1"))
    assert hand.heard(TEMPLIN, m.Appointments) == m.Appointments(())


def test_an_office_cancels_its_own_appointments_and_the_front_desk_any() -> None:
    hand = Hand()
    hand.do(e.CivilSet(f"{MONDAY}T10:00"))
    hand.open(BRANDT, VOGT, PETERSEN)
    start = f"{WEDNESDAY}T09:30"
    hand.do(e.AppointmentMade("t1", TEMPLIN, HOUSING, start))
    for token in ("t1", "t9"):
        hand.do(e.AppointmentCancelled(token, PETERSEN))
        assert hand.heard(PETERSEN, m.Refused).code == "appointment"
    assert [one.token for one in hand.router.appointments()] == ["t1"]
    hand.do(e.AppointmentCancelled("t1", VOGT))
    assert hand.heard(VOGT, m.Unbooked) == m.Unbooked("t1")
    hand.do(e.AppointmentMade("t2", TEMPLIN, HOUSING, start))
    hand.do(e.AppointmentCancelled("t2", BRANDT))
    assert hand.router.appointments() == []


def test_slip_shown_at_another_time_leads_to_the_known_contact() -> None:
    hand = Hand()
    hand.do(e.CivilSet(f"{MONDAY}T08:00"))
    hand.open(BRANDT, VOGT, NOWAK)
    hand.do(e.AppointmentMade("t1", TEMPLIN, HOUSING, f"{MONDAY}T10:10", RENT, with_agent=NOWAK))
    call = hand.come(TEMPLIN)
    hand.talk(BRANDT, call)
    hand.do(e.SlipShown(BRANDT, call, "t9"))
    assert hand.heard(BRANDT, m.Refused).code == "appointment"
    hand.do(e.SlipShown(BRANDT, call, "t1"))
    known = hand.heard(BRANDT, m.SlipKnown)
    assert (known.office, known.service, known.agent_name) == (HOUSING, RENT, "Herr Nowak")
    assert [one.token for one in hand.router.appointments()] == ["t1"], "for this one she may still come"
    hand.do(e.CallForwarded(BRANDT, call, HOUSING))
    assert hand.rings() == {NOWAK: call}
    assert hand.heard(NOWAK, m.Offer).service_name == "Mietzuschuss"


def test_slip_shown_at_its_time_is_used_up_and_names_nobody_of_another_office() -> None:
    hand = Hand()
    hand.do(e.CivilSet(f"{MONDAY}T10:00"))
    hand.open(BRANDT, VOGT, PETERSEN)
    call = hand.come(SITES[1])
    hand.talk(BRANDT, call)
    hand.do(e.AppointmentMade("t1", TEMPLIN, HOUSING, f"{MONDAY}T10:10", RENT, with_agent=VOGT))
    hand.do(e.SlipShown(BRANDT, call, "t1"))
    assert hand.router.appointments() == []
    hand.do(e.CallForwarded(BRANDT, call, CARE))
    assert hand.rings() == {PETERSEN: call}
    assert hand.heard(PETERSEN, m.Offer).appointment == f"{MONDAY}T10:10"


@pytest.mark.parametrize(
    ("start", "why"),
    [
        ("bald", "ist kein Termin"),
        (f"{MONDAY}T09:00", "schon vorbei"),
        ("2025-09-27T10:00", "geschlossen"),
        ("2025-10-31T10:00", "geschlossen"),
        ("2025-09-23T10:20", "schon vergeben"),
    ],
)
def test_an_appointment_that_cannot_be_is_refused_with_a_sentence(start: str, why: str) -> None:
    """No date, past, Saturday, Reformationstag, too near to another one at this site."""
    hand = Hand()
    hand.do(e.CivilSet(f"{MONDAY}T10:00"))
    hand.do(e.AppointmentMade("t0", TEMPLIN, CARE, "2025-09-23T10:00"))
    hand.open(BRANDT)
    hand.do(e.AppointmentMade("t1", TEMPLIN, HOUSING, start, agent=BRANDT))
    assert why in hand.heard(BRANDT, m.Refused).text
    assert hand.router.appointment("t1") is None


def test_wednesday_is_open_by_appointment_only() -> None:
    site = directory().sites[TEMPLIN]
    at_ten, friday = datetime.fromisoformat(f"{WEDNESDAY}T10:00"), datetime.fromisoformat("2025-09-26T08:00")
    assert opening(site, at_ten, frozenset()) == opening(site, at_ten, frozenset(), ())
    assert opening(site, at_ten, frozenset()).next_opening == friday
    assert opening(site, at_ten, frozenset(), [at_ten.replace(minute=15)]).open_now
    later = at_ten.replace(hour=14)
    assert opening(site, at_ten, frozenset(), [later]).next_opening == later


def test_hours_are_those_that_house_and_office_share() -> None:
    house = {0: WORKDAYS[0], 1: WORKDAYS[1]}
    office = {0: ((WORKDAYS[0][0][0], WORKDAYS[0][0][1].replace(hour=12)),), 4: WORKDAYS[4]}
    assert shared_hours(house, office) == {0: office[0]}
    assert shared_hours(house, {}) == house


def test_sites_are_served_in_the_order_of_coming_wherever_they_are() -> None:
    hand = Hand()
    calls = [hand.come(site) for site in (GRAMZOW, TEMPLIN, GARTZ, LYCHEN)]
    hand.open(SEIDEL)
    served = []
    for _ in calls:
        served.append(hand.rings()[SEIDEL])
        hand.talk(SEIDEL, served[-1])
        hand.do(e.CallHungUp(SEIDEL, served[-1]))
    assert served == calls


def test_contact_of_another_office_is_no_contact() -> None:
    hand = Hand()
    hand.do(e.CivilSet(f"{MONDAY}T10:00"))
    hand.do(e.AppointmentMade("t1", TEMPLIN, HOUSING, f"{MONDAY}T10:10", with_agent=PETERSEN))
    hand.open(BRANDT, PETERSEN, VOGT)
    call = hand.come(TEMPLIN)
    assert hand.rings() == {VOGT: call}
