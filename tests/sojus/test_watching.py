"""Who is told without having asked at that moment: saved searches, and places that nobody confirms."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from sojus.domain.model.days import Span
from sojus.domain.model.ids import ClosureId, FieldId, KindId, PlaceId, RateId, SearchId, StayId
from sojus.domain.model.units import RateUnit
from sojus.domain.placement import events as e
from sojus.domain.placement.decisions import News, Tell, Why
from sojus.domain.placement.machine import handle, next_due
from sojus.domain.placement.records import Need
from sojus.domain.placement.rows import party
from sojus.domain.placement.state import Placements
from sojus.domain.register.entries import Closure, Confirmation, Entry, Place, Rate, Removable, Removal, Stay
from sojus.domain.search.wish import Search
from sojus.store.tables import digest, packed, placements, tables, unpacked
from tests.sojus.providers import (
    AREA,
    BEDS,
    CLOCK,
    ELM_BEDS,
    HERE,
    HOURS,
    NOON,
    NORTH,
    OAK,
    SEATS,
    SOUTH,
    THERE,
    TODAY,
    given,
    house,
    office,
    register,
)
from tests.sojus.test_placement import BED, CASE, FALL, FOR_GOOD, ahead, day_of

SAVED = SearchId("gesucht")
BEDS_NOW = e.KeepSearch(SAVED, "Bett ab sofort", AREA, Search(KindId("wohnen"), days=3))
ROOM = PlaceId("bett-1")


def begun(*full: str) -> Placements:
    """All beds but those named are closed for good; those named are taken until the day after tomorrow."""
    state = Placements(register())
    others = [name for name in state.register.books if name.startswith(("bett", "ulme")) and name not in full]
    for name in others:
        take_in(state, Closure(ClosureId(f"zu-{name}"), name, FOR_GOOD))
    for name in full:
        take_in(state, Stay(StayId(f"bis-{name}"), PlaceId(name), Span(TODAY, ahead(2))))
    return state


def take_in(state: Placements, *entries: Entry, at: datetime = NOON) -> list[Tell]:
    owner = house(state.register.owner(getattr(entries[0], "place", None) or ROOM))
    return tells(state, e.Act(owner, at, e.TakeIn(given(*entries))))


def tells(state: Placements, act: e.Act) -> list[Tell]:
    return [one for one in handle(state, act)[1] if isinstance(one, Tell)]


def day(state: Placements, number: int) -> list[Tell]:
    """All that is told from noon of the day before to noon of this one."""
    said = []
    while (due := next_due(state)) is not None and due <= day_of(number):
        said += tells(state, e.Act(CLOCK, due, e.Elapsed()))
    return said + tells(state, e.Act(CLOCK, day_of(number), e.Elapsed()))


def test_whoever_saved_a_search_is_told_once_of_each_place_that_comes_to_fit() -> None:
    state = begun("bett-1", "bett-2")
    (saved,) = tells(state, e.Act(office(HERE), NOON, BEDS_NOW))
    assert (saved.news, saved.to) == (News.SAVED, party(office(HERE)))
    gone = Removal(ROOM, Removable.STAY, StayId("bis-bett-1"))
    (free,) = take_in(state, gone)
    assert (free.to, free.news, free.about) == (party(office(HERE)), News.CAME_FREE, SAVED)
    assert free.text == "Zu Ihrer Suche „Bett ab sofort“ passt jetzt: „Zimmer 1“ (Gruppe betten)."
    assert take_in(state, Rate(RateId("r1"), BEDS, Span(ahead(-90)), 1, RateUnit.DAY)) == [], "it did already"
    twin = placements(unpacked(packed(tables(state))))
    for one in (state, twin):
        (next_day,) = [it for it in day(one, 2) if it.news is News.CAME_FREE]
        assert next_day.text.endswith("passt jetzt: „Zimmer 2“ (Gruppe betten)."), "with the day on which it is free"
    assert digest(twin) == digest(state)
    reserve = e.Reserve(FALL, CASE, BED, Span(ahead(2)))
    assert News.CAME_FREE not in {one.news for one in tells(state, e.Act(office(THERE), day_of(2), reserve))}
    (again,) = [it for it in tells(state, e.Act(office(THERE), day_of(2), e.Cancel(FALL))) if it.about == SAVED]
    assert again.news is News.CAME_FREE
    new = [Place(PlaceId(f"neu-{number}"), BEDS, f"Neu {number}") for number in range(5)]
    (many,) = take_in(state, *new, at=day_of(2))
    first = ", ".join(f"„Neu {number}“ (Gruppe betten)" for number in range(3))
    assert many.text.endswith(f"passen jetzt: {first} und 2 weitere.")
    assert tells(state, e.Act(office(HERE), day_of(2), e.DropSearch(SAVED)))[0].news is News.DROPPED
    assert take_in(state, replace(new[0], id=PlaceId("neu")), at=day_of(2)) == []


def test_what_fitted_before_a_new_day_took_it_and_fits_again_in_the_same_act_is_not_told() -> None:
    state, seats = Placements(register()), PlaceId("kurs")
    take_in(state, Stay(StayId("alle"), seats, Span(TODAY, ahead(1)), 4))
    tells(state, e.Act(office(THERE), NOON, e.Join(FALL, CASE, SEATS, Need(FOR_GOOD, 4))))
    tells(state, e.Act(office(HERE), NOON, replace(BEDS_NOW, wish=Search(KindId("kurs"), start=ahead(1)))))
    said = take_in(state, Place(seats, SEATS, "Kurs", 5), at=day_of(1))
    assert News.RESERVED in {one.news for one in said}, "who waits has it first"
    assert News.CAME_FREE not in {one.news for one in said}, "it fitted yesterday"


def test_a_search_that_nobody_could_ask_is_not_saved_and_nobody_ends_that_of_others() -> None:
    state = begun()
    wrong = {
        Why.UNKNOWN: replace(BEDS_NOW, area=FieldId("tauchen")),
        Why.IMPOSSIBLE: replace(BEDS_NOW, name=" ", wish=replace(BEDS_NOW.wish, days=0)),
    }
    for why, one in wrong.items():
        assert tells(state, e.Act(office(HERE), NOON, one))[0].why is why
    assert tells(state, e.Act(house(OAK), NOON, BEDS_NOW))[0].why is Why.NOT_YOURS
    tells(state, e.Act(office(HERE), NOON, BEDS_NOW))
    assert tells(state, e.Act(office(HERE), NOON, BEDS_NOW))[0].why is Why.TWICE
    namesake = replace(office(HERE), tenant=SOUTH)
    assert tells(state, e.Act(namesake, NOON, e.DropSearch(SAVED)))[0].why is Why.NOT_YOURS
    assert list(state.rows_of(party(office(HERE))).searches) == [SAVED]


def test_a_search_beyond_the_calendar_is_not_saved_and_stops_no_act_of_anybody() -> None:
    state = begun("bett-1")
    for start in (date.max, date.max - timedelta(days=2), ahead(40 * 366)):
        far = replace(BEDS_NOW, wish=replace(BEDS_NOW.wish, start=start))
        said = tells(state, e.Act(office(HERE), NOON, far))
        assert [one.why for one in said] == [Why.IMPOSSIBLE], "else no place could come free any more"
        assert "ist zu weit weg: gesucht wird höchstens zehn Jahre voraus" in said[0].text
    assert take_in(state, Removal(ROOM, Removable.STAY, StayId("bis-bett-1"))) == []
    assert not state.searches


def test_places_that_nobody_confirms_are_told_to_who_keeps_them_and_to_who_looks_for_them() -> None:
    state = begun("bett-1")
    for group in (BEDS, SEATS, HOURS):
        tells(state, e.Act(house(OAK), NOON, e.TakeIn(given(Confirmation(group)))))
    tells(state, e.Act(office(HERE), NOON, BEDS_NOW))
    (never,) = [one for one in day(state, 1) if one.news is News.STALE]
    assert (never.to.office, never.to.tenant, never.about) == ("ulme", NORTH, ELM_BEDS), "never confirmed"
    said = {number: [one for one in day(state, number) if one.news is News.STALE] for number in range(2, 32)}
    told = {number: sorted(one.about for one in found) for number, found in said.items() if found}
    assert told == {
        15: sorted([BEDS, SEATS, HOURS, SAVED]),
        16: [ELM_BEDS],
        30: sorted([BEDS, SEATS, HOURS]),
        31: [ELM_BEDS],
    }, "once a term"
    (mine,) = [one for one in said[15] if one.about == SAVED]
    assert mine.text == (
        "Zu Ihrer Suche „Bett ab sofort“ hat niemand in der Frist bestätigt: „Zimmer 1“ (Gruppe betten). "
        "Bitte vor einer Zusage nachfragen."
    )
    (theirs,) = [one for one in said[15] if one.about == HOURS]
    assert theirs.text == (
        "In „Gruppe stunden“: 1 Platz ist in den letzten 14 Tagen nicht bestätigt worden und steht in Suchen weiter "
        "unten. Bitte bestätigen oder ändern."
    )
    tells(state, e.Act(house(OAK), day_of(31) + timedelta(hours=1), e.TakeIn(given(Confirmation(BEDS)))))
    assert BEDS not in {one.about for number in range(32, 46) for one in day(state, number)}


def test_what_comes_free_with_the_day_and_goes_to_who_waits_is_told_to_nobody_else() -> None:
    state = begun("bett-1")
    tells(state, e.Act(office(HERE), NOON, BEDS_NOW))
    tells(state, e.Act(office(THERE), NOON, e.Join(FALL, CASE, BEDS, Need(FOR_GOOD))))
    said = tells(state, e.Act(office(HERE), day_of(2), e.Cancel(FALL)))
    assert [one.news for one in said if one.news is not News.STALE] == [News.RESERVED, News.ANSWER_WANTED, News.REFUSED]
