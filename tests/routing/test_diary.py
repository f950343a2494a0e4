"""Appointments, to the word: what each side is told of one that is made, refused, cancelled or shown."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from lisa_core.domain.model.directory import Directory
from lisa_core.domain.model.ids import AgentId, CallId, OfficeId, SiteId
from lisa_core.domain.routing import events as e
from lisa_core.domain.routing.bookings import UNKNOWN
from lisa_core.domain.routing.decisions import DeskChanged
from lisa_core.exchange.wording import Command, ToBooth, ToDesk
from lisa_core.wire import messages as m
from lisa_core.wire.envelope import NO_CALL
from tests.routing.office import (
    BRANDT,
    CARE,
    HOUSING,
    NOWAK,
    PETERSEN,
    RENT,
    SITES,
    VOGT,
    WORKDAYS,
    Hand,
    S,
    directory,
)

TEMPLIN, LYCHEN = SITES[:2]
MONDAY, TUESDAY, WEDNESDAY = (f"2025-09-{day}" for day in (22, 23, 24))
TEN, START = f"{MONDAY}T10:00", f"{WEDNESDAY}T10:00"


def at_ten(known: Directory | None = None) -> Hand:
    """Monday, ten o'clock; Frau Brandt, Frau Vogt and Herr Nowak are there."""
    hand = Hand(known=known)
    hand.do(e.CivilSet(TEN))
    hand.open(BRANDT, VOGT, NOWAK)
    return hand


def said(hand: Hand, event: e.RoutingEvent) -> list[Any]:
    """Every message with its receiver and call; how desks stand is left out."""
    commands = hand.router.handle(event, hand.now_us)
    return [command for command in commands if not isinstance(command, DeskChanged)]


def diary(site: SiteId, *starts: str) -> Command:
    return ToBooth(site, NO_CALL, m.Appointments(starts))


def refused(agent: AgentId, call: CallId, text: str) -> Command:
    return ToDesk(agent, call, m.Refused("appointment", text))


# --- made -----------------------------------------------------------------------------------------------------------


def test_made_in_a_talk_desk_and_citizen_are_told() -> None:
    hand = at_ten()
    call = hand.come(TEMPLIN)
    hand.talk(BRANDT, call)
    assert said(hand, e.AppointmentMade("t1", TEMPLIN, HOUSING, START, agent=BRANDT, call=call)) == [
        diary(TEMPLIN, START),
        ToDesk(BRANDT, call, m.Booked("t1", START, "Templin")),
        ToBooth(TEMPLIN, call, m.AppointmentGiven("t1", START, "Wohngeldstelle")),
    ]


def test_made_by_telephone_only_desk_and_booth_are_told() -> None:
    hand = at_ten()
    assert said(hand, e.AppointmentMade("t1", LYCHEN, CARE, START, agent=BRANDT)) == [
        diary(LYCHEN, START),
        ToDesk(BRANDT, NO_CALL, m.Booked("t1", START, "Lychen")),
    ]
    assert said(hand, e.AppointmentMade("t2", LYCHEN, CARE, f"{WEDNESDAY}T09:00")) == [
        diary(LYCHEN, f"{WEDNESDAY}T09:00", START)
    ]
    hand.do(e.DeskLost(BRANDT))
    again = e.AppointmentMade("t3", LYCHEN, CARE, f"{WEDNESDAY}T11:00", agent=BRANDT)
    assert [type(command) for command in said(hand, again)] == [ToBooth]


def short_of(office: OfficeId) -> Directory:
    """This office is there on Mondays only."""
    known = directory()
    monday = replace(known.offices[office], hours={0: WORKDAYS[0]})
    return replace(known, offices={**known.offices, office: monday})


@pytest.mark.parametrize(
    ("made", "why"),
    [
        (
            e.AppointmentMade("t2", TEMPLIN, HOUSING, "bald"),
            "„bald“ ist kein Termin; geschrieben wird er so: 2025-09-24T10:30.",
        ),
        (
            e.AppointmentMade("t2", TEMPLIN, HOUSING, f"{START}:00+02:00"),
            "Ein Termin wird in der Zeit des Ortes genannt, ohne Zeitzone.",
        ),
        (e.AppointmentMade("t2", SiteId("berlin"), HOUSING, START), "Den Standort berlin gibt es nicht."),
        (e.AppointmentMade("t2", TEMPLIN, OfficeId("zoll"), START), "Die Stelle zoll gibt es nicht."),
        (
            e.AppointmentMade("t2", TEMPLIN, HOUSING, START, with_agent=AgentId("niemand")),
            "Den Platz niemand gibt es nicht.",
        ),
        (e.AppointmentMade("t2", TEMPLIN, HOUSING, TEN), "22.09.2025, 10:00 Uhr ist schon vorbei."),
        (
            e.AppointmentMade("t2", TEMPLIN, HOUSING, f"{MONDAY}T16:00"),
            "Templin ist geschlossen: 22.09.2025, 16:00 Uhr.",
        ),
        (
            e.AppointmentMade("t2", TEMPLIN, CARE, START),
            "Die Stelle Pflegestützpunkt ist nicht erreichbar: 24.09.2025, 10:00 Uhr.",
        ),
        (
            e.AppointmentMade("t2", LYCHEN, HOUSING, f"{TUESDAY}T10:29"),
            "23.09.2025, 10:29 Uhr ist schon vergeben; zwischen zwei Terminen liegen 30 Minuten.",
        ),
        (
            e.AppointmentMade("t2", TEMPLIN, HOUSING, f"{TUESDAY}T09:31", with_agent=NOWAK),
            "23.09.2025, 09:31 Uhr ist schon vergeben; zwischen zwei Terminen liegen 30 Minuten.",
        ),
    ],
)
def test_one_that_cannot_be_is_refused_with_its_reason(made: e.AppointmentMade, why: str) -> None:
    """The booth in Lychen and Herr Nowak are taken on Tuesday at ten."""
    hand = at_ten(short_of(CARE))
    hand.do(e.AppointmentMade("t1", LYCHEN, HOUSING, f"{TUESDAY}T10:00", with_agent=NOWAK))
    wanted = replace(made, agent=BRANDT)
    assert said(hand, wanted) == [refused(BRANDT, NO_CALL, why)]
    call = hand.come(TEMPLIN)
    hand.talk(BRANDT, call)
    assert said(hand, replace(wanted, call=call)) == [refused(BRANDT, call, why)]
    assert said(hand, made) == []
    assert hand.router.appointment("t2") is None


@pytest.mark.parametrize(
    ("site", "clock", "contact"),
    [
        (LYCHEN, "10:30", None),
        (LYCHEN, "09:30", VOGT),
        (TEMPLIN, "10:00", None),
        (TEMPLIN, "10:00", VOGT),
        (TEMPLIN, "10:30", NOWAK),
    ],
)
def test_two_may_be_half_an_hour_apart_or_at_once_elsewhere(site: SiteId, clock: str, contact: AgentId | None) -> None:
    hand = at_ten()
    hand.do(e.AppointmentMade("t1", LYCHEN, HOUSING, f"{TUESDAY}T10:00", with_agent=NOWAK))
    hand.do(e.AppointmentMade("t2", site, HOUSING, f"{TUESDAY}T{clock}", with_agent=contact))
    assert hand.router.appointment("t2")


# --- cancelled ------------------------------------------------------------------------------------------------------


def test_cancelled_by_its_office_or_by_nobody_at_a_desk() -> None:
    hand = at_ten()
    hand.open(PETERSEN)
    hand.do(e.AppointmentMade("t1", TEMPLIN, HOUSING, START))
    hand.do(e.AppointmentMade("t2", TEMPLIN, HOUSING, f"{WEDNESDAY}T11:00"))
    for token, agent in (("t1", PETERSEN), ("t9", BRANDT)):
        assert said(hand, e.AppointmentCancelled(token, agent)) == [refused(agent, NO_CALL, UNKNOWN)]
    assert said(hand, e.AppointmentCancelled("t9")) == []
    assert said(hand, e.AppointmentCancelled("t1", VOGT)) == [
        diary(TEMPLIN, f"{WEDNESDAY}T11:00"),
        ToDesk(VOGT, NO_CALL, m.Unbooked("t1")),
    ]
    assert said(hand, e.AppointmentCancelled("t2")) == [diary(TEMPLIN)]


# --- shown ----------------------------------------------------------------------------------------------------------


def test_a_slip_names_what_it_is_for() -> None:
    hand = at_ten()
    hand.do(e.AppointmentMade("t1", LYCHEN, HOUSING, START, RENT, with_agent=NOWAK))
    hand.do(e.AppointmentMade("t2", TEMPLIN, CARE, START))
    call = hand.come(TEMPLIN)
    assert [type(command.body) for command in said(hand, e.SlipShown(BRANDT, call, "t1"))] == [m.Refused]
    hand.talk(BRANDT, call)
    known = m.SlipKnown(START, HOUSING, "Wohngeldstelle", RENT, "Herr Nowak")
    assert said(hand, e.SlipShown(BRANDT, call, "t1")) == [ToDesk(BRANDT, call, known)]
    anybody = m.SlipKnown(START, CARE, "Pflegestützpunkt", None, "")
    assert said(hand, e.SlipShown(BRANDT, call, "t2")) == [ToDesk(BRANDT, call, anybody)]
    assert said(hand, e.SlipShown(BRANDT, call, "t9")) == [refused(BRANDT, call, UNKNOWN)]
    context = next(one.context for one in hand.router.calls() if one.id == call)
    assert (context.service, context.appointment, context.contact) == (RENT, "", None)


def test_a_slip_shown_at_its_time_is_told_to_the_booth_where_it_was_to_be() -> None:
    hand = at_ten()
    hand.do(e.AppointmentMade("t1", LYCHEN, HOUSING, f"{MONDAY}T10:15"))
    call = hand.come(TEMPLIN)
    hand.talk(BRANDT, call)
    told, slip = said(hand, e.SlipShown(BRANDT, call, "t1"))
    assert told == diary(LYCHEN)
    assert slip.body.start == f"{MONDAY}T10:15"


# --- what is still to come ------------------------------------------------------------------------------------------


def test_what_is_to_come_is_listed_by_time_until_it_is_over() -> None:
    """The last to be made is the first to come; a quarter of an hour late is still in time."""
    hand = Hand()
    hand.open(BRANDT)
    for number, clock in enumerate(("12:00", "11:00", "10:15"), start=1):
        hand.do(e.AppointmentMade(f"t{number}", SITES[number], HOUSING, f"{MONDAY}T{clock}"))
    assert [one.token for one in hand.router.appointments()] == ["t3", "t2", "t1"]
    hand.do(e.CivilSet(f"{MONDAY}T10:30"))
    assert [one.token for one in hand.router.appointments()] == ["t3", "t2", "t1"]
    hand.do(e.CivilSet(f"{MONDAY}T10:31"))
    assert [one.token for one in hand.router.appointments()] == ["t2", "t1"]


def test_a_booth_that_comes_back_hears_of_its_appointments_and_its_call() -> None:
    hand = at_ten()
    hand.do(e.AppointmentMade("t1", TEMPLIN, HOUSING, START))
    assert said(hand, e.BoothJoined(TEMPLIN)) == [diary(TEMPLIN, START)]
    assert said(hand, e.BoothJoined(LYCHEN)) == []
    call = hand.come(TEMPLIN)
    hand.do(e.BoothLost(TEMPLIN))
    hand.do(e.BoothJoined(TEMPLIN, fresh=False))
    hand.wait(60 * S)
    assert hand.router.call(call) is not None, "it was back in time"
    over = ToBooth(TEMPLIN, call, m.CallEnded("booth_lost"))
    assert over in said(hand, e.BoothJoined(TEMPLIN, fresh=True))
    assert hand.router.call(call) is None
