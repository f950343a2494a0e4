"""Stays: what was entered by mistake is taken back by an act that says so, and why somebody left is a word to count."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from sojus.domain.model.days import Span
from sojus.domain.model.ids import CaseId, DischargeId, KindId, PlaceId, ReservationId, StayId
from sojus.domain.placement import events as e
from sojus.domain.placement.decisions import News, Why
from sojus.domain.placement.machine import next_due
from sojus.domain.placement.records import Need, Part, Stage
from sojus.domain.placement.state import Placements
from sojus.store.tables import packed, placements, tables, unpacked
from tests.sojus.providers import AREA, BEDS, ELM, HERE, NOON, OAK, THERE, TODAY, house, office, register
from tests.sojus.test_placement import (
    BED,
    CASE,
    FALL,
    FOR_GOOD,
    HOUR,
    OTHER,
    admitted,
    ahead,
    closing,
    day_of,
    elapse,
    play,
    told,
)

STAY = StayId("eins/1")


def test_a_wrong_discharge_is_taken_back_and_the_place_is_theirs_again() -> None:
    state = Placements(register())
    stay = admitted(state, ahead(5))
    before = replace(state.stays[stay], ends_at=None)
    play(state, (house(OAK), e.Discharge(stay, TODAY)))
    wrong = (e.TakeBack(stay, e.Entered.DISCHARGE, ahead(-1)), e.TakeBack(stay, e.Entered.ADMISSION, TODAY))
    for what, why in zip(wrong, (Why.IMPOSSIBLE, Why.TOO_LATE), strict=True):
        (no,) = play(state, (house(OAK), what))
        assert no.why is why
    right = e.TakeBack(stay, e.Entered.DISCHARGE, TODAY)
    assert play(state, (house(ELM), right))[0].why is Why.NOT_YOURS
    said = play(state, (house(OAK), right))
    assert told(said, HERE) == told(said, OAK) == [News.TAKEN_BACK]
    assert replace(state.stays[stay], ends_at=None) == before
    assert [one.span for one in state.register.books[PlaceId("bett-1")].taken] == [Span(TODAY, ahead(5))]
    (no,) = play(state, (house(OAK), right))
    assert no.text == "Eingetragen ist nichts, nicht der 01.12.2026."


def test_what_has_been_reckoned_with_for_weeks_is_not_taken_back() -> None:
    state = Placements(register())
    stay = admitted(state, None)
    late = day_of(10)
    while (due := next_due(state)) is not None and due <= late:
        elapse(state)
    play(state, (house(OAK), e.Discharge(stay, ahead(1))), at=late)
    wrong = e.TakeBack(stay, e.Entered.DISCHARGE, ahead(1))
    (no,) = play(state, (house(OAK), wrong), at=day_of(25))
    assert (no.why, no.text[:33]) == (Why.TOO_LATE, "Zurücknehmen ging bis zum 25.12.2")
    assert state.stays[stay].ended
    twin = Placements(register())
    stay = admitted(twin, None)
    play(twin, (house(OAK), e.Discharge(stay, ahead(1))), at=late)
    said = play(twin, (house(OAK), wrong), at=day_of(24))
    assert told(said, HERE) == [News.TAKEN_BACK], "by the day on which it was entered, not the day that it names"


def test_whoever_got_the_bed_of_somebody_who_never_left_is_told() -> None:
    state = Placements(register())
    stay = admitted(state, None)
    play(state, (house(OAK), e.Discharge(stay, TODAY)))
    play(state, (office(THERE), e.Reserve(OTHER, CASE, BED, Span(ahead(2), ahead(4)))))
    said = play(state, (house(OAK), e.TakeBack(stay, e.Entered.DISCHARGE, TODAY)))
    assert told(said, HERE) == told(said, OAK) == [News.TAKEN_BACK, News.CONFLICT]
    assert told(said, THERE) == [News.CONFLICT]
    assert {one.text for one in said if one.news is News.CONFLICT} == {
        "„Zimmer 1“ war an einzelnen dieser Tage auch anderen gegeben. Die Entlassung ist trotzdem zurückgenommen.",
        "„Zimmer 1“ gilt wieder als belegt: die eingetragene Entlassung war ein Irrtum. Fragen Sie den Träger.",
    }
    assert [one.span for one in state.register.books[PlaceId("bett-1")].taken] == [
        Span(TODAY, ahead(2)),
        Span(ahead(2), ahead(4)),
        Span(ahead(4)),
    ]
    play(state, (office(THERE), e.Cancel(OTHER)))
    assert [one.span for one in state.register.books[PlaceId("bett-1")].taken] == [FOR_GOOD], "who is there has it"
    late = Placements(register())
    stay = admitted(late, ahead(1))
    elapse(late)
    play(late, (house(OAK), e.Discharge(stay, TODAY)), at=day_of(1) - HOUR)
    play(late, (house(OAK), e.TakeBack(stay, e.Entered.DISCHARGE, TODAY)), at=day_of(1) - HOUR)
    assert (late.stays[stay].overdue, late.stays[stay].span) == (ahead(1), FOR_GOOD), "still overdue"


def test_a_wrong_admission_is_taken_back_and_all_is_as_it_was() -> None:
    state, seat = Placements(register()), Part(PlaceId("kurs"))
    play(state, *((house(ELM), close) for close in closing("ulme-1", "ulme-2")))
    wait = ReservationId("w")
    play(state, (office(HERE), e.Reserve(OTHER, CaseId("andere"), (Part(PlaceId("bett-2")),), FOR_GOOD)))
    play(state, *((house(OAK), close) for close in closing("bett-3")))
    play(state, (office(HERE), e.Reserve(FALL, CASE, BED, Span(TODAY, ahead(9)))))
    play(state, (office(HERE), e.Join(wait, CASE, BEDS, Need(Span(TODAY, ahead(9))))))
    play(state, (house(OAK), e.Confirm(FALL)), (house(OAK), e.Admit(FALL, TODAY, ahead(5))))
    assert state.reservations[wait].stage is Stage.CANCELLED
    said = play(state, (house(OAK), e.TakeBack(STAY, e.Entered.ADMISSION, TODAY)))
    assert told(said, HERE) == [News.WAITING, News.TAKEN_BACK]
    assert (state.reservations[FALL].stage, state.reservations[wait].stage) == (Stage.CONFIRMED, Stage.WAITING)
    assert state.reservations[FALL].ends_at == state.now + timedelta(hours=84), "three days after the day agreed on"
    assert [one.span for one in state.register.books[PlaceId("bett-1")].taken] == [Span(TODAY, ahead(9))]
    twin = placements(unpacked(packed(tables(state))))
    assert twin == state
    again = e.TakeBack(STAY, e.Entered.ADMISSION, TODAY)
    assert play(state, (house(OAK), again))[0].why is Why.TWICE
    assert play(state, (house(OAK), e.Admit(FALL, TODAY)))[0].news is News.ADMITTED
    assert not state.stays[STAY].taken_back
    other = Placements(register())
    play(other, (office(HERE), e.Reserve(FALL, CASE, (seat, seat), FOR_GOOD)), (house(OAK), e.Admit(FALL, TODAY)))
    play(other, (house(OAK), e.Discharge(StayId("eins/2"), TODAY)))
    assert play(other, (house(OAK), again))[0].why is Why.TOO_LATE, "first what was entered after it"


def test_a_count_of_contacts_is_corrected_for_its_day() -> None:
    state, team = Placements(register()), (Part(PlaceId("team"), 4),)
    play(state, (office(HERE), e.Reserve(FALL, CASE, team, FOR_GOOD, 5)), (house(OAK), e.Admit(FALL, TODAY)))
    play(state, (house(OAK), e.RecordContacts(STAY, TODAY, 3)), (house(OAK), e.RecordContacts(STAY, TODAY)))
    said = play(state, (house(OAK), e.CorrectContacts(STAY, TODAY, 1)))
    assert told(said, HERE) == told(said, OAK) == [News.CORRECTED]
    assert said[0].text == "Berichtigt: am 01.12.2026 waren es 1 Kontakte, nicht 4."
    assert state.stays[STAY].contacts == ((TODAY, 1),)
    reasons = [
        play(state, (house(OAK), e.CorrectContacts(STAY, *one)))[0].why
        for one in ((TODAY, 1), (TODAY, 6), (TODAY, -1), (ahead(-1), 2))
    ]
    assert reasons == [Why.TWICE, Why.ENOUGH, Why.IMPOSSIBLE, Why.IMPOSSIBLE]
    play(state, (house(OAK), e.CorrectContacts(STAY, TODAY, 0)))
    assert state.stays[STAY].used == 0


@pytest.mark.parametrize("named", [True, False])
def test_why_somebody_leaves_is_a_word_of_the_kind_of_help(named: bool) -> None:
    state = Placements(register())
    words = state.register.vocabularies[AREA]
    reasons = {
        KindId("wohnen"): {DischargeId("ziel"): "Ziele erreicht", DischargeId("sonst"): "anderes"} if named else {},
        KindId("kurs"): {DischargeId("ende"): "Kurs zu Ende", DischargeId("sonst"): "anderes"},
        KindId("besuch"): {},
    }
    kinds = {key: replace(kind, discharges=reasons[key]) for key, kind in words.kinds.items()}
    state.register.vocabularies = {AREA: replace(words, kinds=kinds)}
    stay = admitted(state, None)
    for strange in ("Er war frech", "ende"):
        (no,) = play(state, (house(OAK), e.Discharge(stay, TODAY, DischargeId(strange))))
        assert no.text == (
            "Zur Entlassung gehört ein Grund: Ziele erreicht oder anderes."
            if named
            else "Ein Grund wird hier nicht genannt."
        )
    assert NOON.date() == TODAY
    good = DischargeId("ziel" if named else "")
    assert play(state, (house(OAK), e.Discharge(stay, TODAY, good)))[0].news is News.DISCHARGED
    assert state.stays[stay].reason == good
