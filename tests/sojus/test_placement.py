"""What a placement has to do, one crisp test each: what nobody reads out of random lives."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from sojus.domain.model.actors import Actor
from sojus.domain.model.days import Span
from sojus.domain.model.ids import (
    CaseId,
    ClosureId,
    FieldId,
    GroupId,
    KindId,
    OfficeId,
    PlaceId,
    RequestId,
    ReservationId,
    StayId,
)
from sojus.domain.placement import events as e
from sojus.domain.placement.decisions import News, Tell, Why
from sojus.domain.placement.machine import Overdue, handle, next_due
from sojus.domain.placement.records import NamelessProfile, Need, Part, Stage
from sojus.domain.placement.rows import party
from sojus.domain.placement.state import Placements
from sojus.domain.register.entries import Closure, Removable, Removal, Stay
from sojus.domain.register.offering import offer
from sojus.domain.search.wish import Person, TraitWish
from sojus.store.tables import packed, placements, tables, unpacked
from tests.sojus.providers import (
    ANYBODY,
    AREA,
    BEDS,
    CLOCK,
    ELM,
    ELM_BEDS,
    ELSEWHERE,
    HERE,
    HOURS,
    NOON,
    NORTH,
    OAK,
    QUIET,
    SEATS,
    SOUTH,
    THERE,
    TODAY,
    given,
    house,
    office,
    register,
)

FALL, OTHER, ASKED = ReservationId("eins"), ReservationId("zwei"), RequestId("frage")
CASE = CaseId("fall")
BED = (Part(PlaceId("bett-1")),)
FOR_GOOD = Span(TODAY)
HOUR = timedelta(hours=1)


def play(state: Placements, *acts: tuple[Actor, e.PlacementEvent], at: datetime = NOON) -> list[Tell]:
    """What everybody is told, but for reminders."""
    said: list[Tell] = []
    for by, what in acts:
        said += [one for one in handle(state, e.Act(by, at, what))[1] if isinstance(one, Tell)]
    return [one for one in said if one.news is not News.STALE]


def told(said: list[Tell], whom: OfficeId | str) -> list[News]:
    return [one.news for one in said if one.to.office == whom]


def elapse(state: Placements) -> list[Tell]:
    due = next_due(state)
    assert due is not None
    return play(state, (CLOCK, e.Elapsed()), at=due)


def test_of_two_offices_at_once_one_gets_it_and_the_other_is_told_and_may_wait() -> None:
    state = Placements(register())
    play(state, (office(HERE), e.Reserve(FALL, CASE, BED, FOR_GOOD)))
    (no,) = play(state, (office(THERE), e.Reserve(OTHER, CASE, BED, Span(TODAY + timedelta(days=3)))))
    assert (no.to.office, no.news, no.why, no.may_wait) == (THERE, News.REFUSED, Why.NOT_FREE, True)
    assert no.text == "„Zimmer 1“ ist vom 04.12.2026 an schon reserviert, ganz oder an einzelnen Tagen."
    play(state, *((house(OAK), close) for close in closing("bett-2", "bett-3")))
    said = play(state, (office(THERE), e.Join(OTHER, CASE, GroupId("betten"), Need(FOR_GOOD))))
    (joined,) = said
    assert joined.text.startswith("Auf der Warteliste an 1. Stelle. Was in dieser Gruppe passt und frei ist oder wird")
    assert joined.text.endswith("wird sofort verbindlich für diesen Fall reserviert, zunächst für 48 Stunden.")
    said = elapse(state)
    assert told(said, HERE) == [News.UNANSWERED]
    assert said[-1].text.endswith("Freigehalten bleibt es bis 03.12.2026, 12:00 Uhr.")
    said = elapse(state)
    assert told(said, HERE) == [News.EXPIRED]
    (got,) = [one for one in said if one.to.office == THERE]
    from_list = "Von der Warteliste reserviert: „Zimmer 1“ (Gruppe betten, Haus Eiche), vom 03.12.2026 an."
    assert (got.news, got.text) == (News.RESERVED, from_list)
    assert [stage.stage for stage in state.reservations.values()] == [Stage.EXPIRED, Stage.HELD]


def test_an_office_of_another_tenant_is_another_whatever_it_is_called() -> None:
    state, there = Placements(register()), replace(office(HERE), tenant=SOUTH)
    play(state, (office(HERE), e.Reserve(FALL, CASE, BED, FOR_GOOD)))
    asked(state)
    others: tuple[tuple[Actor, e.PlacementEvent], ...] = (
        (there, e.Cancel(FALL)),
        (there, e.Accept(ASKED, ELM, OTHER)),
        (there, e.Withdraw(ASKED)),
        (replace(house(OAK), tenant=SOUTH), e.Confirm(FALL)),
        (replace(house(ELM), tenant=SOUTH), e.PassOver(ASKED)),
        (replace(house(OAK), tenant=SOUTH), e.Admit(FALL, TODAY)),
    )
    for by, what in others:
        (no,) = play(state, (by, what))
        assert (no.why, no.to.tenant) == (Why.NOT_YOURS, SOUTH)
    assert {one.to.tenant for one in play(state, (office(HERE), e.Cancel(FALL)))} == {NORTH}


@pytest.mark.parametrize("name", ["", "/gemeldet", "eins/bett-1"])
def test_no_name_of_a_reservation_strikes_out_what_others_have(name: str) -> None:
    state = Placements(register())
    reported = Stay(StayId("gemeldet"), PlaceId("bett-2"), FOR_GOOD)
    play(state, (house(OAK), e.TakeIn(given(reported))), (office(HERE), e.Reserve(FALL, CASE, BED, FOR_GOOD)))
    play(state, (house(OAK), e.Admit(FALL, TODAY)))
    before = dict(state.register.books)
    for place in before:
        (no,) = play(state, (office(THERE), e.Reserve(ReservationId(name), CASE, (Part(place),), FOR_GOOD)))
        assert no.why is Why.IMPOSSIBLE
    assert state.register.books == before
    same = e.Reserve(ReservationId("gemeldet"), CASE, (Part(PlaceId("bett-2")),), FOR_GOOD)
    assert play(state, (office(THERE), same))[0].why is Why.NOT_FREE


def profile(count: int) -> NamelessProfile:
    return NamelessProfile(AREA, KindId("wohnen"), (Person(12, ANYBODY),) * count)


def asked(state: Placements) -> None:
    """One request to both providers; each offers a bed."""
    play(state, (office(HERE), e.Ask(ASKED, CASE, profile(1), Need(FOR_GOOD), (OAK, ELM))))
    play(state, (house(OAK), e.Propose(ASKED, BED)), (house(ELM), e.Propose(ASKED, (Part(PlaceId("ulme-1")),))))


def test_the_first_acceptance_withdraws_the_others() -> None:
    state = Placements(register())
    asked(state)
    said = play(state, (office(HERE), e.Accept(ASKED, ELM, FALL)))
    assert (told(said, HERE), told(said, OAK)) == ([News.RESERVED], [News.WITHDRAWN])
    assert News.RESERVED in told(said, ELM)
    kept = state.reservations[FALL]
    assert (kept.stage, kept.parts, kept.answered_at) == (Stage.CONFIRMED, (Part(PlaceId("ulme-1")),), NOON)
    assert play(state, (office(HERE), e.Accept(ASKED, OAK, OTHER)))[0].why is Why.TOO_LATE
    assert state.proposed == {}


def test_every_process_keeps_what_was_offered_in_the_same_order() -> None:
    state, other = Placements(register()), RequestId("fünf")
    asked(state)
    parts = tuple(Part(PlaceId(name)) for name in ("bett-3", "bett-1", "bett-2"))
    play(state, (house(OAK), e.PassOver(ASKED)), (house(ELM), e.PassOver(ASKED)))
    play(state, (office(HERE), e.Ask(other, CASE, profile(3), Need(FOR_GOOD, 3), (OAK,))))
    play(state, (house(OAK), e.Propose(other, parts)))
    assert list(state.proposed) == [part.place for part in parts], "it stands in the snapshot and its digest"


def test_what_cannot_be_any_more_or_not_yet_is_said_so() -> None:
    state = Placements(register())
    days = Span(TODAY, TODAY + timedelta(days=1))
    play(state, (office(HERE), e.Ask(ASKED, CASE, profile(1), Need(days), (OAK,))), (house(OAK), e.Propose(ASKED, BED)))
    (no,) = play(state, (office(HERE), e.Accept(ASKED, OAK, FALL)), at=NOON + 24 * HOUR)
    assert no.text == "Der 01.12.2026 ist schon vorbei.", "and not the day after it, which is today"
    play(state, *((house(ELM), close) for close in closing("ulme-1", "ulme-2")), at=NOON + 24 * HOUR)
    waits, extends = e.Join(OTHER, CASE, ELM_BEDS, Need(Span(TODAY + timedelta(days=2)))), e.Extend(OTHER)
    said = play(state, (office(HERE), waits), (office(HERE), extends), at=NOON + 24 * HOUR)
    assert said[-1].text == "Das geht nicht, der Stand ist: wartet."


def test_what_was_offered_and_goes_to_somebody_else_is_taken_back_at_once() -> None:
    state = Placements(register())
    asked(state)
    said = play(state, (office(THERE), e.Reserve(OTHER, CASE, BED, FOR_GOOD)))
    assert (told(said, HERE), told(said, OAK)[1:]) == ([News.LAPSED], [News.LAPSED])
    assert play(state, (office(HERE), e.Accept(ASKED, OAK, FALL)))[0].why is Why.NOT_FREE
    assert told(play(state, (office(HERE), e.Accept(ASKED, ELM, FALL))), HERE) == [News.RESERVED]


@pytest.mark.parametrize("what", [e.Elapsed(), e.Cancel(ReservationId("nichts"))])
def test_with_a_new_day_whoever_waits_gets_what_is_free_from_then_on(what: e.PlacementEvent) -> None:
    state = Placements(register())
    for place in ("ulme-1", "ulme-2"):
        stay = Stay(StayId(f"bis-{place}"), PlaceId(place), Span(TODAY, TODAY + timedelta(days=1)))
        play(state, (house(ELM), e.TakeIn(given(stay))))
    play(state, (office(THERE), e.Join(FALL, CASE, ELM_BEDS, Need(FOR_GOOD))))
    said = play(state, (CLOCK, what), at=NOON + 12 * HOUR)
    assert told(said, THERE) == [News.RESERVED]
    assert state.reservations[FALL].need.span.start == TODAY + timedelta(days=1)


def test_the_waiting_list_keeps_its_order() -> None:
    state, line = Placements(register()), [ReservationId(f"w{number}") for number in range(4)]
    play(state, (office(HERE), e.Reserve(FALL, CASE, (Part(PlaceId("team"), 10),), FOR_GOOD)))
    for name, hours in zip(line, (3, 4, 2, 1), strict=True):
        play(state, (office(THERE), e.Join(name, CaseId(name), HOURS, Need(FOR_GOOD, 1, hours))))
    play(state, (office(THERE), e.Cancel(line[0])), (house(OAK), e.Admit(FALL, TODAY)))
    play(state, (house(OAK), e.ChangeStay(StayId("eins/1"), None, 5)))
    assert [state.reservations[name].stage.value for name in line[1:]] == ["reserviert", "wartet", "reserviert"]
    assert state.lists == {HOURS: (line[2],)}, "who needs more than is left keeps its turn"


def test_whoever_waited_in_vain_hears_whether_the_term_or_the_days_are_over() -> None:
    state, tomorrow = Placements(register()), TODAY + timedelta(days=1)
    play(state, *((house(ELM), close) for close in closing("ulme-1", "ulme-2")))
    days, whenever = (
        e.Join(FALL, CASE, ELM_BEDS, Need(Span(TODAY, tomorrow))),
        e.Join(OTHER, CASE, ELM_BEDS, Need(FOR_GOOD)),
    )
    play(state, (office(HERE), days), (office(THERE), whenever))
    (over,) = play(state, (CLOCK, e.Elapsed()), at=day_of(1))
    assert (over.about, over.news, state.lists) == (FALL, News.EXPIRED, {ELM_BEDS: (OTHER,)})
    assert over.text.startswith("Die gewünschten Tage sind vorbei, Warteliste: Gruppe ulmenbetten, Haus Ulme.")
    while (due := next_due(state)) is not None:
        (over,) = play(state, (CLOCK, e.Elapsed()), at=due)
    assert (over.about, over.text.split(":")[0]) == (OTHER, "Die Zeit auf der Warteliste ist um")


def test_what_has_been_done_already_is_said_by_its_name() -> None:
    state = Placements(register())
    asked(state)
    passes = e.PassOver(ASKED)
    *_, no = play(state, (house(ELM), passes), (house(ELM), passes))
    assert no.text == "Auf diese Anfrage haben Sie schon geantwortet, dass Sie nichts haben."
    (no,) = play(state, (house(OAK), e.MoveStay(admitted(state, None), PlaceId("bett-1"), TODAY)))
    assert (no.why, no.text) == (Why.TWICE, "Die Hilfe ist schon an diesem Platz.")


def test_a_house_hears_what_stands_in_the_way_and_joins_no_waiting_list() -> None:
    state, bed = Placements(register()), Part(PlaceId("bett-2"))
    stay = admitted(state, ahead(2))
    play(state, (office(THERE), e.Reserve(OTHER, CASE, BED, Span(ahead(2), ahead(9)))))
    (no,) = play(state, (house(OAK), e.ChangeStay(stay, ahead(4), 1)))
    assert no.text.endswith("schon reserviert, ganz oder an einzelnen Tagen."), "nobody sleeps in it yet"
    asked(state)
    play(state, (office(THERE), e.Reserve(ReservationId("drei"), CASE, (bed,), FOR_GOOD)))
    refused = play(state, (house(OAK), e.Propose(ASKED, (bed,))), (house(OAK), e.MoveStay(stay, bed.place, TODAY)))
    assert [(one.why, one.may_wait) for one in refused] == [(Why.NOT_FREE, False)] * 2


def closing(*places: str) -> list[e.TakeIn]:
    return [e.TakeIn(given(Closure(ClosureId(f"zu-{one}"), PlaceId(one), FOR_GOOD))) for one in places]


def test_siblings_get_all_places_or_none() -> None:
    state, days = Placements(register()), Span(TODAY, TODAY + timedelta(days=9))
    play(state, (office(HERE), e.Reserve(FALL, CASE, BED, days)))
    both = (Part(PlaceId("bett-2")), Part(PlaceId("bett-1")))
    before = dict(state.register.books)
    assert told(play(state, (office(THERE), e.Reserve(OTHER, CASE, both, days))), THERE) == [News.REFUSED]
    assert state.register.books == before
    three = (Part(PlaceId("kurs")),) * 3
    play(state, (office(THERE), e.Reserve(OTHER, CASE, three, days)))
    assert state.reservations[OTHER].parts == three
    said = play(state, (office(HERE), e.Join(ReservationId("drei"), CaseId("drei"), SEATS, Need(days, 2))))
    assert told(said, HERE) == [News.WAITING]
    said = play(state, (office(HERE), e.Join(ReservationId("vier"), CaseId("vier"), SEATS, Need(days, 1))))
    assert told(said, HERE) == [News.RESERVED], "whoever needs more keeps its turn, and no place stands empty for it"
    assert (
        play(state, (office(HERE), e.Join(ReservationId("fünf"), CaseId("fünf"), SEATS, Need(days, 5))))[0].why
        is Why.ENOUGH
    )
    said = play(state, (house(OAK), e.Decline(OTHER, "voll")))
    assert told(said, HERE) == [News.RESERVED]


def test_whoever_is_declined_or_not_answered_waits_again_where_it_stood() -> None:
    state, both = Placements(register()), closing("bett-2", "bett-3")
    play(state, *((house(OAK), close) for close in both))
    play(state, (office(HERE), e.Reserve(FALL, CASE, BED, FOR_GOOD)))
    first, second = ReservationId("w1"), ReservationId("w2")
    for name, by in ((first, THERE), (second, ELSEWHERE)):
        play(state, (office(by), e.Join(name, CaseId(name), BEDS, Need(FOR_GOOD))))
    (no,) = play(state, (office(THERE), e.Join(ReservationId("w3"), CaseId("w1"), BEDS, Need(Span(ahead(1))))))
    assert (no.why, state.lists) == (Why.TWICE, {BEDS: (first, second)}), "a case has one entry"
    play(state, (office(HERE), e.Cancel(FALL)))
    assert state.reservations[first].stage is Stage.HELD
    assert elapse(state)[0].news is News.UNANSWERED
    said = elapse(state)
    assert told(said, THERE) == [News.EXPIRED, News.RESERVED], "its turn is still its turn"
    assert said[0].text.endswith("(Gruppe betten, Haus Eiche). Sie warten weiter, wieder an 1. Stelle.")
    at = state.now + HOUR
    said = play(state, (house(OAK), e.Decline(first, "Konflikt in der Gruppe")), at=at)
    assert (told(said, THERE), told(said, ELSEWHERE)) == ([News.DECLINED], [News.RESERVED]), "the bed is the next one's"
    assert (state.lists, state.reservations[first].stage) == ({BEDS: (first,)}, Stage.WAITING)
    assert said[0].text.endswith("nicht auf: Konflikt in der Gruppe. Sie warten weiter, wieder an 1. Stelle.")
    play(state, (office(ELSEWHERE), e.Cancel(second)), at=at)
    assert state.reservations[first].stage is Stage.WAITING, "and not that bed again"
    opened = Removal(PlaceId("bett-2"), Removable.CLOSURE, ClosureId("zu-bett-2"))
    said = play(state, (house(OAK), e.TakeIn(given(opened))), at=at)
    assert told(said, THERE) == [News.RESERVED]
    play(state, (house(OAK), e.Decline(first, "")), at=at)
    (last,) = play(state, (office(THERE), e.Cancel(first)), at=at)
    assert last.news is News.CANCELLED
    only, later = ReservationId("w4"), Span(at.date())
    play(state, (office(HERE), e.Reserve(OTHER, CASE, (Part(PlaceId("kurs")),) * 4, later)), at=at)
    play(state, (office(THERE), e.Join(only, CASE, SEATS, Need(later))), (office(HERE), e.Cancel(OTHER)), at=at)
    play(state, (house(OAK), e.Decline(only, "")), at=at)
    assert state.reservations[only].stage is Stage.DECLINED, "there is nothing else to wait for"


def test_who_is_taken_in_waits_no_longer_for_the_same_kind_of_help() -> None:
    state = Placements(register())
    play(state, *((house(ELM), close) for close in closing("ulme-1", "ulme-2")))
    play(state, (office(HERE), e.Reserve(OTHER, CaseId("andere"), (Part(PlaceId("team"), 10),), FOR_GOOD)))
    beds, hours = ReservationId("w1"), ReservationId("w2")
    for name, group in ((beds, ELM_BEDS), (hours, HOURS)):
        play(state, (office(HERE), e.Join(name, CASE, group, Need(FOR_GOOD))))
    strange = ReservationId("w3")
    play(state, (office(THERE), e.Join(strange, CASE, ELM_BEDS, Need(FOR_GOOD))))
    said = play(state, (office(HERE), e.Reserve(FALL, CASE, BED, FOR_GOOD)), (house(OAK), e.Admit(FALL, TODAY)))
    assert [(one.about, one.news) for one in said[-2:]] == [(FALL, News.ADMITTED), (beds, News.CANCELLED)]
    assert state.lists == {HOURS: (hours,), ELM_BEDS: (strange,)}, "another office's case is another"


def test_a_request_says_for_whom_in_words_that_could_be_searched() -> None:
    state, good = Placements(register()), profile(1)
    wrong = {
        "Das Arbeitsfeld „tauchen“ gibt es nicht.": replace(good, area=FieldId("tauchen")),
        "Die Hilfeart „x“ gibt es nicht. Möglich: Wohnen, Kurs oder Besuch.": replace(good, kind=KindId("x")),
        "Wohnen (§ 1) gibt es für 0 bis 20 Jahre, nicht mit -5.": replace(good, people=(Person(-5),)),
        "Angegeben ist, für wen: 2; gebraucht wird für 1. Bitte für jede Person eine Angabe.": replace(
            good, people=good.people * 2
        ),
        "„Ruhe“ ist ja oder nein.": replace(good, traits=(TraitWish(QUIET, (1, 2)),)),
        "Eine Bemerkung hat höchstens 500 Zeichen.": replace(good, remark="x" * 501),
    }
    for text, one in wrong.items():
        (no,) = play(state, (office(HERE), e.Ask(ASKED, CASE, one, Need(FOR_GOOD), (OAK,))))
        assert no.text == text
    play(state, (office(HERE), e.Ask(ASKED, CASE, good, Need(FOR_GOOD), (OAK,))))
    (no,) = play(state, (house(OAK), e.Propose(ASKED, (Part(PlaceId("kurs")),))))
    assert no.text == "Gefragt ist nach einer anderen Hilfeart."


def test_everybody_reads_only_what_is_their_own() -> None:
    state = Placements(register())
    asked(state)
    play(state, (office(HERE), e.Reserve(FALL, CASE, BED, FOR_GOOD)), (house(OAK), e.Admit(FALL, TODAY)))
    play(state, (office(THERE), e.Reserve(OTHER, CASE, (Part(PlaceId("ulme-2")),), FOR_GOOD)))
    for one in (state, placements(unpacked(packed(tables(state))))):
        here, oak, elm = (one.rows_of(party(who)) for who in (office(HERE), house(OAK), house(ELM)))
        assert [list(rows.reservations) for rows in (here, oak, elm)] == [[FALL], [FALL], [OTHER]]
        assert [list(rows.requests) for rows in (here, oak, elm)] == [[ASKED]] * 3
        assert [list(rows.stays) for rows in (here, oak, elm)] == [["eins/1"], ["eins/1"], []]
        assert list(one.rows_of(party(replace(office(HERE), tenant=SOUTH))).reservations) == []


def test_hours_are_given_as_far_as_they_go_and_contacts_as_far_as_they_are_approved() -> None:
    state, team = Placements(register()), PlaceId("team")
    play(state, (office(HERE), e.Reserve(FALL, CASE, (Part(team, 6),), FOR_GOOD)))
    no = play(state, (office(THERE), e.Reserve(OTHER, CASE, (Part(team, 5),), FOR_GOOD)))
    assert no[0].text.endswith("nicht mehr in diesem Umfang frei, ganz oder an einzelnen Tagen.")
    play(state, (office(THERE), e.Reserve(OTHER, CASE, (Part(team, 4),), FOR_GOOD)))
    stay = StayId("eins/1")
    play(state, (house(OAK), e.Confirm(FALL)), (house(OAK), e.Admit(FALL, TODAY)))
    contact = e.RecordContacts(stay, TODAY, 2)
    (no,) = play(state, (house(OAK), contact))
    assert (no.why, no.text[:32]) == (Why.ENOUGH, "Kontakte sind noch nicht bewilli"), "nobody has approved any"
    play(state, (office(HERE), e.Approve(stay, 3)))
    assert [one.text for one in play(state, (house(OAK), contact))] == ["2 Kontakte von 3 bewilligten."]
    assert play(state, (house(OAK), contact))[0].why is Why.ENOUGH
    play(state, (office(HERE), e.Approve(stay, 4)), (house(OAK), contact))
    assert (state.stays[stay].used, state.stays[stay].contingent) == (4, 4)
    late = e.RecordContacts(stay, TODAY + timedelta(days=1))
    assert play(state, (house(OAK), late))[0].why is Why.IMPOSSIBLE
    assert play(state, (office(THERE), e.Approve(stay, 9)))[0].why is Why.NOT_YOURS
    more = e.Join(ReservationId("x"), CASE, HOURS, Need(FOR_GOOD, 1, 11))
    assert play(state, (office(HERE), more))[0].why is Why.ENOUGH


def test_the_time_a_provider_takes_is_measured_and_a_reservation_is_extended_so_often() -> None:
    state = Placements(register())
    play(state, (office(HERE), e.Reserve(FALL, CASE, BED, FOR_GOOD)))
    said = play(state, *[(office(HERE), e.Extend(FALL))] * 3, at=NOON + HOUR)
    assert [one.news for one in said if one.to.office == HERE] == [News.EXTENDED, News.EXTENDED, News.REFUSED]
    assert state.reservations[FALL].ends_at == NOON + 3 * state.terms.hold
    play(state, (house(OAK), e.Confirm(FALL)), at=NOON + 3 * HOUR)
    kept = state.reservations[FALL]
    assert kept.asked_at is not None
    assert kept.answered_at is not None
    assert kept.answered_at - kept.asked_at == 3 * HOUR
    assert kept.ends_at == NOON + 3 * state.terms.hold
    assert next_due(state) == kept.ends_at


@pytest.mark.parametrize("free", [False, True])
def test_the_day_of_discharge_is_what_the_vocabulary_says(free: bool) -> None:
    state, leaves = Placements(register(discharge_day_free=free)), TODAY + timedelta(days=1)
    noon = NOON + timedelta(days=1)
    play(state, (office(HERE), e.Reserve(FALL, CASE, BED, FOR_GOOD)), (house(OAK), e.Admit(FALL, TODAY)))
    play(state, (house(OAK), e.Discharge(StayId("eins/1"), leaves)), at=noon)
    said = play(state, (office(THERE), e.Reserve(OTHER, CASE, BED, Span(leaves))), at=noon)
    assert told(said, THERE) == [News.RESERVED if free else News.REFUSED]
    assert state.stays[StayId("eins/1")].span.end == (leaves if free else leaves + timedelta(days=1))


def admitted(state: Placements, until: date | None) -> StayId:
    play(state, (office(HERE), e.Reserve(FALL, CASE, BED, FOR_GOOD)), (house(OAK), e.Admit(FALL, TODAY, until)))
    return StayId("eins/1")


def ahead(days: int) -> date:
    return TODAY + timedelta(days=days)


def day_of(days: int) -> datetime:
    return NOON + timedelta(days=days)


@pytest.mark.parametrize("moved", [False, True], ids=["alarm", "new day"])
def test_whoever_is_not_discharged_is_there_after_the_planned_end_and_both_sides_are_told(moved: bool) -> None:
    state = Placements(register())
    stay = admitted(state, ahead(3))
    rooms = closing("bett-2", "bett-3")
    play(state, *((house(OAK), close) for close in rooms))
    play(state, (office(THERE), e.Join(OTHER, CASE, GroupId("betten"), Need(Span(ahead(2))))))
    midnight = datetime(2026, 12, 4, tzinfo=UTC)
    assert next_due(state) == midnight
    if moved:  # by new rules the zone is another: the alarm comes an hour after the new day
        state.zone, midnight = ZoneInfo("Europe/Berlin"), midnight - HOUR
    said = play(state, (CLOCK, e.Elapsed()), at=midnight)
    assert (told(said, HERE), told(said, OAK), told(said, THERE)) == ([News.OVERDUE], [News.OVERDUE], [])
    late = "Das geplante Ende in „Zimmer 1“ ist vorbei (03.12.2026), und niemand ist entlassen. Der Platz gilt weiter "
    assert [one.text.removeprefix(late) for one in said[:2]] == [
        "als belegt, bis der Träger die Entlassung einträgt oder verlängert.",
        "als belegt; bitte die Entlassung eintragen oder verlängern.",
    ]
    seen = offer(state.register, PlaceId("bett-1"), ahead(3))
    assert seen is not None
    assert seen.free == ()
    (no,) = play(state, (house(OAK), e.MoveStay(stay, PlaceId("kurs"), ahead(3))), at=midnight)
    assert no.text == "Dort gibt es eine andere Hilfeart; dafür braucht es eine neue Reservierung."
    opened = Removal(PlaceId("bett-2"), Removable.CLOSURE, ClosureId("zu-bett-2"))
    stay_moves = e.MoveStay(stay, PlaceId("bett-2"), ahead(3))
    lists, state.lists = state.lists, {}
    play(state, (house(OAK), e.TakeIn(given(opened))), at=midnight)
    state.lists = lists
    assert play(state, (house(OAK), stay_moves), at=midnight)[0].news is News.CHANGED
    assert state.reservations[OTHER].need.span.start == ahead(3), "who waits has it when it is free"
    assert play(state, (CLOCK, e.Elapsed()), at=day_of(3)) == [], "told once"
    said = play(state, (house(OAK), e.ChangeStay(stay, ahead(5), 1)), (house(OAK), e.ChangeStay(stay, ahead(3), 1)))
    assert [one.news for one in said] == [News.CHANGED, News.REFUSED]
    assert said[1].text == "Der 04.12.2026 ist kein geplantes Ende mehr; wer gegangen ist, wird entlassen."


def test_a_late_discharge_is_entered_though_the_place_was_promised_and_what_comes_free_is_not_given_away() -> None:
    state, morning = Placements(register()), day_of(1) - HOUR
    stay, book = admitted(state, ahead(1)), PlaceId("bett-1")
    play(state, (office(THERE), e.Reserve(OTHER, CASE, BED, Span(ahead(1), ahead(4)))))
    said = elapse(state)
    assert (told(said, HERE), told(said, OAK)) == ([News.OVERDUE], [News.OVERDUE])
    assert News.OVERDUE in told(said, THERE), "they come to a bed in which somebody sleeps"
    assert [one.span for one in state.register.books[book].taken] == [
        Span(TODAY, ahead(1)),
        Span(ahead(1), ahead(4)),
        Span(ahead(4)),
    ]
    twin = placements(unpacked(packed(tables(state))))
    for one in (state, twin):
        said = play(one, (house(OAK), e.Discharge(stay, ahead(1))), at=morning)
        assert (told(said, HERE), told(said, OAK)) == ([News.DISCHARGED, News.CONFLICT], [News.CONFLICT])
        assert one.stays[stay].span == Span(TODAY, ahead(2)), "the record is true"
    other = Placements(register())
    stay = admitted(other, ahead(1))
    play(other, (office(THERE), e.Reserve(OTHER, CASE, BED, Span(ahead(1), ahead(4)))))
    elapse(other)
    play(other, *((house(OAK), close) for close in closing("bett-2", "bett-3")), at=morning)
    third = ReservationId("drei")
    play(other, (office(ELSEWHERE), e.Join(third, CASE, GroupId("betten"), Need(Span(ahead(2))))), at=morning)
    play(other, (office(THERE), e.Cancel(OTHER)), at=morning)
    assert other.reservations[third].stage is Stage.WAITING, "the child in it has what comes free"
    assert [one.span for one in other.register.books[book].taken] == [FOR_GOOD]


def test_a_provider_alone_neither_lasts_longer_nor_takes_more_nor_comes_earlier() -> None:
    state, days, team = Placements(register()), Span(ahead(1), ahead(9)), (Part(PlaceId("team"), 4),)
    play(state, (office(HERE), e.Reserve(FALL, CASE, team, days)))
    at, stay = day_of(1) - HOUR, StayId("eins/1")
    early, long = e.Admit(FALL, TODAY), e.Admit(FALL, ahead(1), ahead(10))
    refused = play(state, (house(OAK), early)) + play(state, (house(OAK), long), at=at)
    assert [one.why for one in refused] == [Why.IMPOSSIBLE] * 2
    assert refused[1].text == (
        "Reserviert ist nur bis zum 09.12.2026, nicht bis zum 10.12.2026. Länger geht es erst, wenn dem zugestimmt ist."
    )
    play(state, (house(OAK), e.Admit(FALL, ahead(1), ahead(5))), (house(OAK), e.ChangeStay(stay, ahead(9), 3)), at=at)
    assert (state.stays[stay].span.end, state.stays[stay].amount) == (ahead(9), 3), "within what is approved it may"
    for until, amount in ((ahead(9), 5), (ahead(11), 3), (None, 3)):
        said = play(state, (house(OAK), e.ChangeStay(stay, until, amount)), at=at)
        assert told(said, HERE) == told(said, OAK) == [News.CONSENT_WANTED]
        assert (state.stays[stay].span.end, state.stays[stay].amount) == (ahead(9), 3)
    assert play(state, (office(THERE), e.Agree(stay, True)), at=at)[0].why is Why.NOT_YOURS
    assert told(play(state, (office(HERE), e.Agree(stay, False)), at=at), OAK) == [News.DISAGREED]
    assert play(state, (office(HERE), e.Agree(stay, True)), at=at)[0].why is Why.TOO_LATE
    play(state, (house(OAK), e.ChangeStay(stay, ahead(11), 6)), at=at)
    assert told(play(state, (office(HERE), e.Agree(stay, True)), at=at), OAK) == [News.CHANGED]
    kept = state.stays[stay]
    assert (kept.span.end, kept.amount, kept.granted, kept.wanted) == (ahead(11), 6, (ahead(11), 6), None)
    assert state.register.books[PlaceId("team")].taken[0].amount == 6


def test_what_is_asked_for_is_not_kept_until_it_is_approved() -> None:
    state, stay = Placements(register()), StayId("eins/1")
    play(state, (office(HERE), e.Reserve(FALL, CASE, BED, Span(TODAY, ahead(2)))), (house(OAK), e.Admit(FALL, TODAY)))
    play(state, (house(OAK), e.ChangeStay(stay, ahead(5), 1)))
    play(state, (office(THERE), e.Reserve(OTHER, CASE, BED, Span(ahead(3), ahead(4)))))
    (no,) = play(state, (office(HERE), e.Agree(stay, True)))
    assert (no.why, state.stays[stay].span.end) == (Why.NOT_FREE, ahead(2))


def test_an_office_gives_its_reservation_other_days_and_the_provider_is_asked_again() -> None:
    state = Placements(register())
    play(state, (office(HERE), e.Reserve(FALL, CASE, BED, Span(ahead(4)))), (house(OAK), e.Confirm(FALL)))
    play(state, *((house(OAK), close) for close in closing("bett-2", "bett-3")))
    play(state, (office(THERE), e.Join(OTHER, CASE, GroupId("betten"), Need(Span(TODAY, ahead(3))))))
    play(state, (office(THERE), e.Cancel(OTHER)))
    third = ReservationId("drei")
    play(state, (office(THERE), e.Join(third, CASE, GroupId("betten"), Need(Span(ahead(5), ahead(9))))))
    assert play(state, (office(THERE), e.Rebook(FALL, Span(TODAY, ahead(5)))))[0].why is Why.NOT_YOURS
    said = play(state, (office(HERE), e.Rebook(FALL, Span(ahead(-2), ahead(5)))))
    assert (told(said, HERE), told(said, THERE)) == ([News.RESERVED], [News.RESERVED]), "what comes free is given on"
    assert News.ANSWER_WANTED in told(said, OAK)
    assert state.reservations[FALL].stage is Stage.HELD
    again = play(state, *[(office(HERE), e.Rebook(FALL, Span(ahead(-3), ahead(one)))) for one in (4, 3)])
    assert again[-1].why is Why.ENOUGH, "not for ever: it counts as an extension"
    assert play(state, (house(OAK), e.Admit(FALL, ahead(-3))))[0].news is News.ADMITTED, "taken in at once, at night"


def test_each_young_person_has_a_stay_also_at_one_place() -> None:
    state, seat = Placements(register()), Part(PlaceId("kurs"))
    twice = e.Reserve(FALL, CASE, (Part(PlaceId("kurs"), 2),), FOR_GOOD)
    assert play(state, (office(HERE), twice))[0].why is Why.IMPOSSIBLE
    play(state, (office(HERE), e.Reserve(FALL, CASE, (seat, seat), FOR_GOOD)), (house(OAK), e.Admit(FALL, TODAY)))
    play(state, (house(OAK), e.Discharge(StayId("eins/1"), TODAY)))
    assert {name: one.ended for name, one in state.stays.items()} == {"eins/1": True, "eins/2": False}
    seen = [one.amount for one in state.register.books[seat.place].taken if one.span.holds(ahead(1))]
    assert seen == [1], "the brother is still there"
    hours = (Part(PlaceId("team"), 3), Part(PlaceId("team"), 2))
    play(state, (office(HERE), e.Reserve(OTHER, CASE, hours, FOR_GOOD, 7)), (house(OAK), e.Admit(OTHER, TODAY)))
    assert [(one.amount, one.contingent) for one in state.stays.values() if one.reservation == OTHER] == [
        (3, 7),
        (2, 7),
    ]


def test_an_end_that_nobody_can_mean_is_none() -> None:
    state = Placements(register())
    play(state, (office(HERE), e.Reserve(FALL, CASE, BED, FOR_GOOD)))
    assert play(state, (house(OAK), e.Admit(FALL, TODAY, date.max)))[0].why is Why.IMPOSSIBLE
    play(state, (house(OAK), e.Admit(FALL, TODAY)))
    assert play(state, (house(OAK), e.ChangeStay(StayId("eins/1"), date.max, 1)))[0].why is Why.IMPOSSIBLE


def test_whoever_comes_back_to_a_place_was_there_before_as_well() -> None:
    state, bed = Placements(register()), PlaceId("bett-1")
    stay = admitted(state, None)
    for number, to in ((2, "bett-2"), (4, "bett-1")):
        while (due := next_due(state)) is not None and due <= day_of(number):
            elapse(state)
        play(state, (house(OAK), e.MoveStay(stay, PlaceId(to), ahead(number))), at=day_of(number))
    assert [one.span for one in state.register.books[bed].taken] == [Span(TODAY, ahead(2)), Span(ahead(4))]
    past = Stay(StayId("dazwischen"), bed, Span(TODAY, ahead(1)))
    (no,) = play(state, (house(OAK), e.TakeIn(given(past))), at=day_of(4))
    assert no.news is News.MISTAKES


def test_an_act_after_what_was_due_is_a_fault_of_the_caller_and_changes_nothing() -> None:
    state = Placements(register())
    play(state, (office(HERE), e.Reserve(FALL, CASE, BED, FOR_GOOD)))
    before = placements(unpacked(packed(tables(state))))
    with pytest.raises(Overdue):
        play(state, (office(HERE), e.Cancel(FALL)), at=NOON + 24 * HOUR)
    assert state == before


def test_terms_are_hours_and_days_are_those_of_the_calendar_here() -> None:
    """In the night of 25 October 2026 two hours are called two: a term of 48 hours has 48 all the same."""
    here = ZoneInfo("Europe/Berlin")
    state = Placements(register(), zone=here)
    evening = datetime(2026, 10, 24, 23, 30, tzinfo=timezone(2 * HOUR))  # as acts are kept: by an offset
    play(state, (office(HERE), e.Reserve(FALL, CASE, BED, Span(date(2026, 10, 24)))), at=evening)
    assert state.reservations[FALL].ends_at == datetime(2026, 10, 26, 21, 30, tzinfo=UTC)
    tomorrow = e.Reserve(OTHER, CASE, (Part(PlaceId("bett-2")),), Span(date(2026, 10, 25)))
    play(state, (office(HERE), tomorrow), (house(OAK), e.Confirm(OTHER)), at=evening)
    assert state.reservations[OTHER].ends_at == datetime(2026, 10, 28, 23, 0, tzinfo=UTC)
    night = (evening + HOUR).astimezone(UTC)
    assert play(state, (house(OAK), e.Admit(OTHER, date(2026, 10, 25))), at=night)[0].news is News.ADMITTED
