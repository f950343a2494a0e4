"""For whom a place is kept: said by the office, checked, handed on, and how much is kept for one case at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from sojus.domain.model.ages import Ages
from sojus.domain.model.days import Span
from sojus.domain.model.ids import CaseId, KindId, OfficeId, PlaceId, RequestId, ReservationId
from sojus.domain.model.units import Unit
from sojus.domain.placement import events as e
from sojus.domain.placement.decisions import News, Why
from sojus.domain.placement.records import NamelessProfile, Need, Part, Stage
from sojus.domain.placement.state import Placements
from sojus.domain.search.wish import Person, TraitWish
from sojus.service.directory import directory
from sojus.service.own.profile_words import profile_words
from sojus.service.own.reader import Reader
from sojus.service.own.rows import mine
from sojus.service.own.words import ENOUGH_KEPT, NOT_NOW
from tests.sojus.providers import (
    ANYBODY,
    AREA,
    BEDS,
    ELM,
    ELM_BEDS,
    HERE,
    OAK,
    QUIET,
    THERE,
    TODAY,
    given,
    house,
    office,
    register,
    vocabulary,
)
from tests.sojus.test_placement import CASE, FOR_GOOD, ahead, play, told

GIRL = NamelessProfile(AREA, KindId("wohnen"), (Person(12, ANYBODY),), (TraitWish(QUIET, True),), "Kommt mit Hund.")
ASKED = RequestId("frage")


def reserve(name: str, place: str, span: Span = FOR_GOOD, profile: NamelessProfile | None = None) -> e.Reserve:
    return e.Reserve(ReservationId(name), CASE, (Part(PlaceId(place)),), span, profile=profile)


def waiting_row(state: Placements, whom: OfficeId) -> str:
    """What the one who waits there reads of it."""
    (row,) = mine(Reader(state, office(whom), directory((), ()), None), 0).waiting
    return row.sentence


def kept(state: Placements, name: str) -> Stage:
    return state.reservations[ReservationId(name)].stage


def test_it_is_checked_as_that_of_a_request_and_goes_along() -> None:
    state = Placements(register())
    twice, other = replace(GIRL, people=GIRL.people * 2), replace(GIRL, kind=KindId("kurs"))
    wrong = {
        "Angegeben ist, für wen: 2; gebraucht wird für 1. Bitte für jede Person eine Angabe.": twice,
        "Die Angaben nennen eine andere Hilfeart als der Platz.": other,
        "Eine Bemerkung hat höchstens 500 Zeichen.": replace(GIRL, remark="x" * 501),
    }
    for text, profile in wrong.items():
        for what in (
            reserve("r", "bett-1", profile=profile),
            e.Join(ReservationId("w"), CASE, BEDS, Need(FOR_GOOD), profile),
        ):
            (no,) = play(state, (office(HERE), what))
            assert (no.why, no.text) == (Why.IMPOSSIBLE, text)
    play(state, (office(HERE), reserve("r", "ulme-1", profile=GIRL)), (office(THERE), reserve("s", "ulme-2")))
    play(state, (office(HERE), e.Rebook(ReservationId("r"), Span(ahead(1)))))
    play(state, (office(HERE), e.Join(ReservationId("w"), CASE, ELM_BEDS, Need(FOR_GOOD), GIRL)))
    play(state, (office(THERE), e.Cancel(ReservationId("s"))))
    assert [state.reservations[ReservationId(one)].profile for one in "rw"] == [GIRL, GIRL]
    assert kept(state, "w") is Stage.HELD


def test_nobody_joins_where_nothing_would_ever_fit() -> None:
    state = Placements(register())
    young, loud = replace(GIRL, people=(Person(5),)), replace(GIRL, traits=(TraitWish(QUIET, False),))
    texts = [
        play(state, (office(HERE), e.Join(ReservationId("w"), CASE, BEDS, Need(FOR_GOOD), one)))[0].text
        for one in (young, loud)
    ]
    assert texts == [
        (
            "In die Gruppe „Gruppe betten“ kommt nur: 6 bis 17 Jahre, jedes Geschlecht. "
            "Wer dort warten soll, passt dazu nicht."
        ),
        "In der Gruppe „Gruppe betten“ ist kein Platz so: nicht ruhig. Dort zu warten hilft nicht.",
    ]


def test_who_does_not_fit_any_more_is_passed_over_and_keeps_the_turn() -> None:
    """A house that takes other ages from today on, and then as before."""
    state = Placements(register())
    play(state, *((office(HERE), reserve(name, name)) for name in ("ulme-1", "ulme-2")))
    for number, age in enumerate((16, 9)):
        whom = replace(GIRL, people=(Person(age, ANYBODY),))
        case = CaseId(f"kind-{number}")
        play(state, (office(THERE), e.Join(ReservationId(f"w{number}"), case, ELM_BEDS, Need(FOR_GOOD), whom)))
    group = state.register.groups[ELM_BEDS]
    play(state, (house(ELM), e.TakeIn(given(replace(group, ages=Ages(6, 12))))))
    play(state, (office(HERE), e.Cancel(ReservationId("ulme-1"))))
    assert (kept(state, "w0"), kept(state, "w1")) == (Stage.WAITING, Stage.HELD)
    play(state, (office(HERE), e.Cancel(ReservationId("ulme-2"))))
    assert kept(state, "w0") is Stage.WAITING
    assert NOT_NOW in waiting_row(state, THERE)
    play(state, (house(ELM), e.TakeIn(given(group))))
    assert kept(state, "w0") is Stage.HELD, "at once, and nobody has to ask"


def test_for_one_case_no_more_is_kept_than_its_field_allows() -> None:
    state = Placements(register())
    later, week = Span(ahead(40)), Span(TODAY, ahead(7))
    play(state, *((office(HERE), reserve(name, name, week)) for name in ("bett-1", "bett-2", "ulme-1")))
    (no,) = play(state, (office(HERE), reserve("r", "bett-3", week)))
    assert no.why is Why.ENOUGH
    week_words = "vom 01.12.2026 bis zum 07.12.2026"
    kept_there = f"„Zimmer 1“ bei Eiche {week_words}; „Zimmer 2“ bei Eiche {week_words}; „Ulme 1“ bei Ulme {week_words}"
    assert no.text.startswith(f"Für diesen Fall ist schon freigehalten: {kept_there}. ")
    assert "höchstens 3 Mal" in no.text
    assert no.text.endswith("Bitte zuerst eine dieser Reservierungen absagen.")
    play(state, (office(HERE), reserve("später", "bett-3", later)), (office(HERE), reserve("kurs", "kurs")))
    assert (kept(state, "später"), kept(state, "kurs")) == (Stage.HELD, Stage.HELD), "other days, another help"
    (no,) = play(state, (office(HERE), e.Rebook(ReservationId("später"), week)))
    assert no.why is Why.ENOUGH
    play(state, (office(THERE), reserve("fremd", "ulme-2", week)), (office(THERE), e.Cancel(ReservationId("fremd"))))
    said = play(state, (office(HERE), e.Join(ReservationId("w"), CASE, ELM_BEDS, Need(week))))
    assert told(said, HERE) == [News.REFUSED], "something is free, and too much is kept"
    play(state, (office(THERE), reserve("fremd2", "ulme-2", week)))
    play(state, (office(HERE), e.Join(ReservationId("w2"), CASE, ELM_BEDS, Need(week))))
    assert ENOUGH_KEPT in waiting_row(state, HERE)
    play(state, (office(THERE), e.Cancel(ReservationId("fremd2"))))
    assert kept(state, "w2") is Stage.WAITING
    play(state, (office(HERE), e.Cancel(ReservationId("w2"))))
    play(state, (office(HERE), e.Ask(ASKED, CASE, GIRL, Need(week), (ELM,))))
    play(state, (house(ELM), e.Propose(ASKED, (Part(PlaceId("ulme-2")),))))
    accept = e.Accept(ASKED, ELM, ReservationId("angenommen"))
    assert [one.why for one in play(state, (office(HERE), accept))] == [Why.ENOUGH]
    play(state, (house(OAK), e.Decline(ReservationId("bett-1"), "voll")), (office(HERE), accept))
    assert kept(state, "angenommen") is Stage.CONFIRMED


def test_what_ends_gives_way_to_what_the_case_waits_for_in_the_order_in_which_it_joined() -> None:
    state = Placements(register(kept_at_once=1))
    play(state, (office(HERE), reserve("bett-1", "bett-1")))
    for place in ("bett-2", "bett-3", "ulme-1", "ulme-2"):
        other = replace(reserve(place, place), case=CaseId(place))
        play(state, (office(THERE), other))
    for name, group in (("erst", ELM_BEDS), ("dann", BEDS)):
        play(state, (office(HERE), e.Join(ReservationId(name), CASE, group, Need(FOR_GOOD))))
    play(state, (office(THERE), e.Cancel(ReservationId("ulme-1"))))
    assert [kept(state, one) for one in ("erst", "dann")] == [Stage.WAITING] * 2
    play(state, (house(OAK), e.Decline(ReservationId("bett-1"), "voll")))
    assert [kept(state, one) for one in ("erst", "dann")] == [Stage.HELD, Stage.WAITING]


@pytest.mark.parametrize(("said", "approved"), [(None, 12), (20, 20), (0, 0)])
def test_who_accepts_may_say_how_many_contacts_are_approved(said: int | None, approved: int) -> None:
    state = Placements(register())
    visit = replace(GIRL, kind=KindId("besuch"), traits=())
    play(state, (office(HERE), e.Ask(ASKED, CASE, visit, Need(FOR_GOOD, 1, 4, 12), (OAK,))))
    play(state, (house(OAK), e.Propose(ASKED, (Part(PlaceId("team"), 4),))))
    accept = e.Accept(ASKED, OAK, ReservationId("r"), said)
    (no,) = play(state, (office(HERE), replace(accept, contingent=-1)))
    assert no.why is Why.IMPOSSIBLE
    play(state, (office(HERE), accept), (house(OAK), e.Admit(ReservationId("r"), TODAY)))
    assert [one.contingent for one in state.stays.values()] == [approved]


def test_the_words_say_how_much_and_outlive_their_vocabulary() -> None:
    words, whom = {AREA: vocabulary()}, replace(GIRL, kind=KindId("besuch"), people=(Person(12), Person()))
    need = Need(Span(TODAY, TODAY + timedelta(days=1)), 2, 4, 12)
    assert profile_words(words, whom, need) == (
        "Besuch (§ 3); 4 Wochenstunden je Person; bewilligt: 12 Kontakte je Person; "
        "12 Jahre und ohne Angabe von Alter und Geschlecht; ruhig"
    )
    kinds = {KindId("besuch"): replace(vocabulary().kinds[KindId("besuch")], unit=Unit.CONTACTS)}
    said = profile_words({AREA: replace(vocabulary(), kinds=kinds)}, whom, Need(FOR_GOOD, amount=4, contingent=1))
    assert said.startswith("Besuch (§ 3); 4 Kontakte in der Woche; bewilligt: 1 Kontakt; ")
    bare = replace(vocabulary(), traits={}, genders={})
    assert profile_words({AREA: bare}, GIRL, Need(FOR_GOOD)) == "Wohnen (§ 1); 12 Jahre, alle; ruhig"
    assert profile_words({}, GIRL, Need(FOR_GOOD)) == "wohnen; 12 Jahre, alle"
