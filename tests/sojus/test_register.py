"""The register: days counted as on a sheet of paper, mistakes named by place and reason, all of a file or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from sojus.domain.model.actors import Actor, Role
from sojus.domain.model.ages import Ages
from sojus.domain.model.days import Span
from sojus.domain.model.ids import (
    ClosureId,
    FacilityId,
    GenderId,
    GroupId,
    KindId,
    OfficeId,
    PlaceId,
    ProviderId,
    RateId,
    StayId,
    TraitId,
)
from sojus.domain.model.units import RateUnit
from sojus.domain.placement.decisions import PlacesChanged
from sojus.domain.placement.events import Act, Elapsed
from sojus.domain.placement.machine import handle
from sojus.domain.placement.state import Placements
from sojus.domain.register.book import Hindrance, Register
from sojus.domain.register.checks import MOST_AHEAD
from sojus.domain.register.entries import (
    Closure,
    Confirmation,
    Entry,
    Facility,
    Given,
    Group,
    Mistake,
    Place,
    Provider,
    Rate,
    Removable,
    Removal,
    Stay,
)
from sojus.domain.register.intake import take_in
from sojus.domain.register.ledger import Taken, Use, entered, most_taken, runs, runs_with
from sojus.domain.register.offering import offer, offers
from sojus.domain.search.fitting import left_for
from sojus.domain.search.offer import Point, Rest
from sojus.domain.search.phrases import price_words
from sojus.domain.search.places import Places
from sojus.domain.search.wish import Search
from sojus.domain.search.words import why, why_not
from sojus.service.offers.hits import free_words
from sojus.service.offers.stock import stock
from tests.sojus.providers import (
    AREA,
    BEDS,
    CLOCK,
    ELM,
    HOURS,
    NOON,
    NORTH,
    OAK,
    QUIET,
    SOUTH,
    TODAY,
    given,
    group,
    house,
    oak,
    register,
    vocabulary,
)

DAYS = 24
BED = PlaceId("bett-1")


def day(ahead: int) -> date:
    return TODAY + timedelta(days=ahead)


def span(start: int, end: int | None = None) -> Span:
    return Span(day(start), None if end is None else day(end))


spans = st.tuples(st.integers(-4, 14), st.sampled_from((1, 2, 3, 5, 8, None))).map(
    lambda one: span(one[0], None if one[1] is None else one[0] + one[1])
)
ledgers = st.lists(st.tuples(spans, st.integers(1, 3)), max_size=6).map(
    lambda rows: entered((), *(Taken(one, n, Use.REPORTED, f"s{i}") for i, (one, n) in enumerate(rows)))
)


@settings(max_examples=60, deadline=None)
@drawn(ledgers, spans, st.sampled_from(("", "s0", "s2")))
def test_days_are_counted_as_on_a_sheet_of_paper(ledger: tuple[Taken, ...], wanted: Span, but: str) -> None:
    def taken(on: date, but: str = "") -> int:
        return sum(one.amount for one in ledger if one.span.holds(on) and one.ref != but)

    sheet = [day(ahead) for ahead in range(-5, DAYS)]
    assert most_taken(ledger, wanted, but) == max(taken(on, but) for on in sheet if wanted.holds(on))
    rests = {on: 8 - taken(on) for on in sheet if on >= TODAY}
    for on, rest in rests.items():
        assert [left for run, left in runs(ledger, 8, TODAY) if run.holds(on)] == [rest]
    for least in (1, 3):
        found = runs_with(ledger, 8, Span(TODAY), least)
        for on, rest in rests.items():
            assert [run.holds(on) for run in found].count(True) == (rest >= least)
        assert all(one.end is not None and one.end < other.start for one, other in pairwise(found))


def test_a_day_of_ending_is_free_for_the_next() -> None:
    ledger = (Taken(span(0, 5), 1, Use.ADMITTED, "a"), Taken(span(7), 1, Use.REPORTED, "b"))
    assert most_taken(ledger, span(5, 7)) == 0
    assert most_taken(ledger, span(4, 5)) == most_taken(ledger, span(6)) == 1


# --- what cannot be ---------------------------------------------------------------------------------------------------

HOUSE = Facility(FacilityId("f"), OAK, "F", Point(53, 13))
WRONG: dict[str, tuple[Entry, str]] = {
    "no name": (Place(PlaceId("x"), BEDS, " "), "keinen Namen"),
    "no group": (Place(PlaceId("x"), GroupId("dort"), "X"), "Die Gruppe „dort“ gibt es nicht"),
    "no facility": (group(GroupId("g"), "dort", "wohnen"), "Die Einrichtung „dort“ gibt es nicht"),
    "no provider": (Facility(FacilityId("f"), ProviderId("wer"), "F", Point(53, 13)), "Den Träger „wer“ gibt es nicht"),
    "nowhere": (Facility(FacilityId("f"), OAK, "F", Point(530, 13)), "kein Ort"),
    "no address": (replace(HOUSE, address="Beispielweg 1\nNeustrelitz"), "Eine Anschrift ist eine Zeile"),
    "a 0 lost": (replace(HOUSE, phone="3023125001"), "„3023125001“ ist keine Telefonnummer mit Vorwahl"),
    "no digits": (replace(HOUSE, phone="+49"), "keine Telefonnummer mit Vorwahl"),
    "dials no one": (replace(HOUSE, phone="+49 (0)30 23125 001"), "steht keine 0"),
    "no phone": (replace(HOUSE, phone="030 23125\u0661"), "keine Telefonnummer mit Vorwahl"),
    "no point": (Facility(FacilityId("f"), OAK, "F", Point(float("nan"), 13)), "kein Ort"),
    "of others": (Facility(FacilityId("ulme-haus"), ELM, "F", Point(53, 13)), "einem anderen Träger"),
    "taken over": (Facility(FacilityId("ulme-haus"), OAK, "F", Point(53, 13)), "einem anderen Träger"),
    "other tenant": (Provider(OAK, "Eiche", SOUTH), "anderen Mandanten"),
    "two in a bed": (Place(BED, BEDS, "Zimmer 1", 2), "genau ein Platz"),
    "no capacity": (Place(PlaceId("team"), HOURS, "Team", 0), "kein Umfang"),
    "another group": (Place(BED, HOURS, "Zimmer 1"), "zu einer anderen Gruppe"),
    "less than taken": (Place(PlaceId("team"), HOURS, "Team", 3), "4 sind vergeben"),
    "unknown kind": (group(GroupId("g"), "eiche-haus", "tauchen"), "Die Hilfeart „tauchen“"),
    "ages": (replace(group(GroupId("g"), "eiche-haus", "wohnen"), ages=Ages(9, 3)), "keine Altersspanne"),
    "too old": (replace(group(GroupId("g"), "eiche-haus", "wohnen"), ages=Ages(3, 60)), "nur von 0 bis 20"),
    "gender": (
        replace(group(GroupId("g"), "eiche-haus", "wohnen"), genders=frozenset({GenderId("wer")})),
        "Das Geschlecht „wer“",
    ),
    "nobody": (replace(group(GroupId("g"), "eiche-haus", "wohnen"), genders=frozenset()), "wer aufgenommen wird"),
    "trait": (Place(PlaceId("x"), BEDS, "X", traits={TraitId("laut"): True}), "Das Merkmal „laut“"),
    "value": (Place(PlaceId("x"), BEDS, "X", traits={QUIET: "sehr"}), "ist ja oder nein"),
    "kind of others": (replace(group(BEDS, "eiche-haus", "kurs"), name="B"), "Hilfeart ändert sich nicht mehr"),
    "negative": (Rate(RateId("n"), BEDS, Span(day(-900), day(-800)), -1, RateUnit.DAY), "nicht negativ"),
    "parts of a cent": (Rate(RateId("n"), BEDS, span(-900, -800), 1.5, RateUnit.DAY), "in ganzen Cent"),  # type: ignore[arg-type]  # what a careless reader hands on
    "by the hour": (Rate(RateId("n"), BEDS, span(-900, -800), 1, RateUnit.HOUR), "wird je Tag bezahlt"),
    "two rates": (Rate(RateId("n"), BEDS, span(0, 9), 1, RateUnit.DAY), "schon ein anderes Entgelt („r1“)"),
    "backwards": (Stay(StayId("n"), BED, span(5, 3)), "liegt nicht nach dem Anfang"),
    "no day": (Stay(StayId("n"), BED, span(5, 5)), "liegt nicht nach dem Anfang"),
    "the year 2206": (Stay(StayId("n"), BED, Span(date(2206, 1, 1))), "kann niemand meinen"),
    "twice at once": (Stay(StayId("n"), PlaceId("bett-2"), span(4, 9)), "vom 01.12.2026 bis zum 05.12.2026 schon als"),
    "too many": (Stay(StayId("n"), PlaceId("team"), span(0), 7), "11 von 10 vergeben"),
    "more than all": (Stay(StayId("n"), PlaceId("kurs"), span(0), 5), "mehr, als der Platz hat"),
    "closed nothing": (Removal(BED, Removable.CLOSURE, ClosureId("n")), "keine Schließung"),
    "a stay, not a closure": (Removal(PlaceId("bett-2"), Removable.CLOSURE, ClosureId("a")), "keine Schließung"),
    "of another group": (Confirmation(BEDS, (PlaceId("team"),)), "gehört nicht zu dieser Gruppe"),
}


def with_stays() -> Register:
    made = register()
    stays = (Stay(StayId("a"), PlaceId("bett-2"), span(0, 5)), Stay(StayId("b"), PlaceId("team"), span(0), 4))
    assert not take_in(made, given(*stays), house(OAK), NOON).mistakes
    return made


@pytest.mark.parametrize("name", WRONG)
def test_a_mistake_says_where_and_why_and_nothing_is_taken_in(name: str) -> None:
    entry, why = WRONG[name]
    made, right = with_stays(), Place(PlaceId("neu"), BEDS, "Zimmer neu")
    before = with_stays()
    came = take_in(made, (Given("Zeile 2", right), Given("Zeile 3", entry)), house(OAK), NOON)
    assert [one.where for one in came.mistakes] == ["Zeile 3"] * len(came.mistakes)
    assert any(why in one.why for one in came.mistakes), came.mistakes
    assert made == before
    assert not came.changed


def test_all_mistakes_are_told_in_the_order_of_the_file_and_what_hangs_on_them_once() -> None:
    batch = given(
        Place(PlaceId("p1"), GroupId("neu"), "P"),
        Place(PlaceId("p1"), GroupId("neu"), "P"),
        group(GroupId("neu"), "weg", "wohnen"),
        Rate(RateId("x"), BEDS, span(3, 3), -5, RateUnit.DAY),
    )
    told = take_in(register(), batch, house(OAK), NOON).mistakes
    assert [one.where for one in told] == ["Zeile 2", "Zeile 3", "Zeile 4", "Zeile 4", "Zeile 4"]
    assert told[0] == Mistake("Zeile 2", "„p1“ steht schon hier: Zeile 1.")
    assert str(told[1]) == "Zeile 3: Die Einrichtung „weg“ gibt es nicht."


@settings(max_examples=15, deadline=None)
@drawn(st.permutations(range(len(oak()))))
def test_the_order_of_a_file_does_not_matter_and_the_same_again_changes_nothing(order: list[int]) -> None:
    made, batch = Register({AREA: vocabulary()}), oak()
    came = take_in(made, tuple(batch[index] for index in order), house(OAK), NOON)
    assert not came.mistakes
    assert set(came.changed) == set(made.books)
    assert take_in(made, batch, house(OAK), NOON).changed == ()
    assert made.groups.keys() == {BEDS, HOURS, GroupId("sitze")}


def test_what_is_over_does_not_keep_a_team_from_becoming_smaller() -> None:
    made = register()
    for stay in (
        Stay(StayId("a"), PlaceId("team"), span(-20, -1), 7),
        Stay(StayId("b"), PlaceId("team"), span(-20), 3),
    ):
        assert not take_in(made, given(stay), house(OAK), NOON).mistakes
    assert take_in(made, given(Place(PlaceId("team"), HOURS, "Team", 5)), house(OAK), NOON).mistakes == ()


def test_nobody_gives_in_what_belongs_to_others() -> None:
    told = take_in(register(), oak(), house(ELM), NOON).mistakes
    assert {one.why for one in told} == {"Das gehört einem anderen Träger."}
    assert len(told) == len(oak())
    made, bed = with_stays(), PlaceId("bett-2")
    foreign: tuple[Entry, ...] = (
        Stay(StayId("n"), bed, span(4, 9)),
        Stay(StayId("m"), bed, Span(date(2206, 1, 1))),
        Closure(ClosureId("n"), bed, span(3, 2)),
        Removal(bed, Removable.STAY, StayId("a")),
    )
    for entry in foreign:
        (no,) = take_in(made, given(entry), house(ELM), NOON).mistakes
        assert no.why == "Das gehört einem anderen Träger.", "nothing is said of its days"
    mine = Facility(FacilityId("eiche-haus"), ELM, "Meins", Point(53, 13))
    told = take_in(made, given(mine, *foreign), house(ELM), NOON).mistakes
    assert {one.why.split("„")[0] for one in told} == {"Das gehört einem anderen Träger.", "Die Einrichtung "}
    (no,) = take_in(made, given(Place(PlaceId("team"), GroupId("ulmenbetten"), "Team")), house(ELM), NOON).mistakes
    assert no.why == "Der Platz „team“ gehört zu einer anderen Gruppe.", "and not how much of it is taken"


def test_a_provider_belongs_to_the_tenant_whose_portal_it_is_in() -> None:
    stranger = Actor(Role.PROVIDER, OfficeId("eiche"), SOUTH)
    told = take_in(register(), oak(), stranger, NOON).mistakes
    assert {one.why for one in told} == {"Das gehört einem anderen Träger."}
    new = Provider(ProviderId("linde"), "Linde", NORTH)
    (no,) = take_in(register(), given(new), Actor(Role.PROVIDER, OfficeId("linde"), SOUTH), NOON).mistakes
    assert no.why == "Der Träger „Linde“ gehört zu einem anderen Mandanten."


def test_a_removal_says_of_which_kind_it_is() -> None:
    made, one = register(), (ClosureId("1"), StayId("1"))
    batch = given(Closure(one[0], BED, span(3, 5)), Stay(one[1], BED, span(0)))
    assert not take_in(made, batch, house(OAK), NOON).mistakes
    assert not take_in(made, given(Removal(BED, Removable.CLOSURE, one[0])), house(OAK), NOON).mistakes
    assert (made.books[BED].closed, len(made.books[BED].taken)) == ((), 1), "who is there is there"
    both = given(Closure(one[0], BED, span(3, 5)), Removal(BED, Removable.STAY, one[1]))
    assert not take_in(made, both, house(OAK), NOON).mistakes
    assert (len(made.books[BED].closed), made.books[BED].taken) == (1, ())


@pytest.mark.parametrize("begun_anew", [False, True])
def test_what_is_given_in_again_for_another_place_is_no_longer_at_the_first(begun_anew: bool) -> None:
    made, other = register(), PlaceId("bett-3")
    first = given(Closure(ClosureId("1"), BED, span(3, 5)), Stay(StayId("1"), BED, span(0, 2)))
    take_in(made, first, house(OAK), NOON)
    if begun_anew:
        made.entered_at.clear()
        made.note_places()
    elm = Stay(StayId("1"), PlaceId("ulme-1"), span(0))
    assert take_in(made, given(elm), house(ELM), NOON).changed == ("ulme-1",), "its ids are its own"
    moved = given(*(replace(one.entry, place=other) for one in first))  # type: ignore[type-var]  # both have a place
    assert set(take_in(made, moved, house(OAK), NOON).changed) == {BED, other}
    assert (made.books[BED].taken, made.books[BED].closed) == ((), ())
    assert (len(made.books[other].taken), len(made.books[other].closed)) == (1, 1)
    assert take_in(made, moved, house(OAK), NOON).changed == ()
    assert made.books[PlaceId("ulme-1")].taken


@pytest.mark.parametrize("turned", [False, True])
def test_what_is_shortened_in_a_file_makes_room_for_what_stands_before_it(turned: bool) -> None:
    made = with_stays()
    batch: list[Entry] = [
        Rate(RateId("neu"), BEDS, Span(date(2027, 1, 1)), 19_000, RateUnit.DAY),
        Rate(RateId("r1"), BEDS, Span(date(2026, 1, 1), date(2027, 1, 1)), 18_250, RateUnit.DAY),
        Stay(StayId("neu"), PlaceId("bett-2"), span(3, 9)),
        Stay(StayId("a"), PlaceId("bett-2"), span(0, 3)),
    ]
    batch = batch[::-1] if turned else batch
    assert take_in(made, given(*batch), house(OAK), NOON).mistakes == ()
    assert [one.id for one in made.rates[BEDS]] == ["r1", "neu"]
    assert [one.ref for one in made.books[PlaceId("bett-2")].taken] == ["/a", "/neu"]


# --- what a search sees -----------------------------------------------------------------------------------------------


def test_an_offer_says_what_is_free_what_it_costs_and_who_confirmed_it() -> None:
    made = with_stays()
    more = (
        Closure(ClosureId("urlaub"), PlaceId("bett-2"), span(8, 10)),
        Rate(RateId("r0"), BEDS, Span(date(2025, 1, 1), date(2026, 1, 1)), 1, RateUnit.DAY),
        Confirmation(BEDS),
    )
    came = take_in(made, given(*more), house(OAK), NOON)
    assert set(came.changed) >= {PlaceId("bett-1"), PlaceId("bett-2"), PlaceId("bett-3")}
    found = {one.place: one for one in offers(made, TODAY)}
    bed, team = found[PlaceId("bett-2")], found[PlaceId("team")]
    assert (bed.free, bed.closed) == ((Span(day(5)),), (Span(day(8), day(10)),))
    assert (bed.price_on(TODAY).cents, bed.rest, bed.traits) == (18_250, (), {QUIET: True})
    assert bed.confirmed is not None
    assert (bed.confirmed.by, bed.confirmed.at, team.confirmed) == ("Eiche", NOON, None)
    assert (team.rest, team.free, team.prices[0].unit) == ((Rest(Span(TODAY), 6),), (Span(TODAY),), RateUnit.HOUR)
    assert (bed.provider, bed.tenant, bed.kind) == (OAK, NORTH, KindId("wohnen"))


@settings(max_examples=40, deadline=None)
@drawn(st.lists(spans, max_size=4), st.lists(spans, max_size=2), st.integers(-3, 12))
def test_what_is_offered_free_is_what_no_day_of_is_taken(taken: list[Span], closed: list[Span], ahead: int) -> None:
    made = register()
    for number, one in enumerate(taken):
        take_in(made, given(Stay(StayId(f"s{number}"), BED, one)), house(OAK), NOON)
    for number, one in enumerate(closed):
        take_in(made, given(Closure(ClosureId(f"z{number}"), BED, one)), house(OAK), NOON)
    seen = offer(made, BED, day(ahead))
    assert seen is not None
    entries = [one.span for one in made.books[BED].taken]
    for on in (day(number) for number in range(ahead, DAYS)):
        free = any(one.holds(on) for one in seen.free)
        assert free == (not any(one.holds(on) for one in entries))
        assert seen.is_closed_on(on) == any(one.holds(on) for one in closed)
    edges = [edge for one in seen.free for edge in (one.start, one.end) if edge is not None]
    assert edges == sorted(set(edges)), "in order, and none touches another"


def test_a_place_says_why_it_cannot_be_had() -> None:
    made = with_stays()
    take_in(made, given(Closure(ClosureId("zu"), BED, span(0, 9))), house(OAK), NOON)
    books = made.books
    assert books[BED].hindrance(span(8)) is Hindrance.CLOSED
    assert books[BED].hindrance(span(-1)) is None, "who came before stays"
    assert books[PlaceId("bett-2")].hindrance(span(4)) is Hindrance.OCCUPIED
    assert books[PlaceId("bett-2")].hindrance(span(5)) is None
    assert books[PlaceId("team")].hindrance(span(0), 7) is Hindrance.TOO_LITTLE


def test_a_rate_that_ran_out_is_told_as_such_and_one_to_come_on_the_day_it_begins() -> None:
    made = register()
    old = Rate(RateId("r1"), BEDS, Span(date(2026, 1, 1), day(0)), 18_250, RateUnit.DAY)
    assert not take_in(made, given(old), house(OAK), NOON).mistakes
    seen = offer(made, BED, TODAY)
    assert seen is not None, "the place is still there"
    assert price_words(seen.price_on(TODAY), TODAY) == (
        "182,50 € je Tag (galt bis 30.11.2026, ein neues Entgelt ist nicht eingetragen)"
    )
    later = Rate(RateId("r9"), BEDS, span(3), 19_000, RateUnit.DAY)
    assert not take_in(made, given(later), house(OAK), NOON).mistakes
    seen = offer(made, BED, TODAY)
    assert seen is not None
    assert [seen.price_on(day(ahead)).cents for ahead in (0, 2, 3)] == [18_250, 18_250, 19_000]
    assert price_words(seen.price_on(day(4)), day(4)) == "190,00 € je Tag (Stand 05.12.2026)"
    state = Placements(made)
    handle(state, Act(CLOCK, NOON, Elapsed()))
    named = [handle(state, Act(CLOCK, NOON + timedelta(days=ahead), Elapsed()))[1] for ahead in (2, 3)]
    assert [[set(one.places) for one in said if isinstance(one, PlacesChanged)] for said in named] == [
        [],
        [set(made.members[BEDS])],
    ], "whoever looks is told on the day"


def test_how_much_is_left_is_told_for_the_days_that_are_wished() -> None:
    made = register()
    for stay in (
        Stay(StayId("a"), PlaceId("team"), span(20, 27), 9),
        Stay(StayId("b"), PlaceId("team"), span(0, 2), 3),
    ):
        assert not take_in(made, given(stay), house(OAK), NOON).mistakes
    seen = offer(made, PlaceId("team"), TODAY)
    assert seen is not None
    places = Places(vocabulary(), [seen])
    found = {}
    for start, days in ((0, 2), (2, 10), (2, 19), (27, None), (0, None)):
        search = Search(KindId("besuch"), amount=2, start=day(start), days=days)
        found[start, days] = left_for(search, seen, TODAY)
        assert bool(places.search(search, TODAY).hits) == (found[start, days] >= 2)
    assert list(found.values()) == [7, 10, 1, 10, 1]


def test_a_closed_week_hinders_nobody_who_comes_before_it() -> None:
    made = register()
    week = Closure(ClosureId("urlaub"), BED, span(7, 14))
    assert not take_in(made, given(week), house(OAK), NOON).mistakes
    places = Places(vocabulary(), [one for one in [offer(made, BED, TODAY)] if one is not None])
    hits = {start: places.search(Search(KindId("wohnen"), start=day(start)), TODAY) for start in (0, 6, 7, 13, 14)}
    assert [bool(found.hits) for found in hits.values()] == [True, True, False, False, True]
    seen = places.offer(BED)
    assert seen is not None
    shut = "keine Aufnahme vom 08.12.2026 bis zum 14.12.2026"
    assert why(vocabulary(), hits[0], 0).free == f"Sofort frei, Ende nicht abzusehen; {shut}"
    assert why(vocabulary(), hits[14], 0).free == "Sofort frei, Ende nicht abzusehen"
    assert free_words(vocabulary(), seen, TODAY) == f"Sofort frei; {shut}"
    assert free_words(vocabulary(), seen, day(7)) == f"K{shut[1:]}"
    assert why_not(vocabulary(), hits[7], seen).endswith("; hier: geschlossen, wieder offen ab 15.12.2026.")


class Walked(dict[GroupId, Group]):
    """Counts how often all of it is gone through."""

    times = 0

    def __iter__(self) -> Iterator[GroupId]:
        self.times += 1
        return super().__iter__()


def test_a_table_in_which_every_house_moves_goes_through_all_groups_once() -> None:
    def walked(count: int) -> int:
        made = register()
        houses = [Facility(FacilityId(f"haus-{number}"), OAK, "Haus", Point(53.5, 13.25)) for number in range(count)]
        groups = [group(GroupId(f"g{number}"), one.id, "wohnen") for number, one in enumerate(houses)]
        places = [Place(PlaceId(f"p-{one.id}"), one.id, "Bett") for one in groups]
        assert not take_in(made, given(*houses, *groups, *places), house(OAK), NOON).mistakes
        made.groups = groups_of = Walked(made.groups)
        moved = take_in(made, given(*(replace(one, point=Point(54, 13)) for one in houses)), house(OAK), NOON)
        assert moved.changed == tuple(one.id for one in places)
        return groups_of.times

    assert walked(20) == walked(2)


def test_nobody_makes_the_search_slow_for_all_others() -> None:
    """So many layers and no more; what is over leaves the search, and the one that is full says what to do."""
    made = register()
    closed = [
        Closure(ClosureId(f"z{number}"), BED, span(2 * number, 2 * number + 1)) for number in range(MOST_AHEAD + 1)
    ]
    (no,) = take_in(made, given(*closed), house(OAK), NOON).mistakes
    assert no.why.startswith("Es sind schon 100 Schließungen des Platzes eingetragen, die nicht vorbei sind;")
    assert not take_in(made, given(*closed[:-1]), house(OAK), NOON).mistakes
    places = Places(made.vocabularies[AREA], offers(made, TODAY))
    (block, _) = places._where[BED]
    assert len(block.closed) == MOST_AHEAD
    later = NOON + timedelta(days=2 * MOST_AHEAD)
    assert not take_in(made, given(closed[-1]), house(OAK), later).mistakes, "the others are over"
    now = offer(made, BED, later.date())
    assert now is not None
    places.put(now)
    assert len(block.closed) == 1, "and so are their layers"
    stays = [
        Stay(StayId(f"s{number}"), BED, span(300 + 2 * number, 301 + 2 * number)) for number in range(MOST_AHEAD + 2)
    ]
    (no,) = take_in(made, given(*stays), house(OAK), later).mistakes
    assert "101 gemeldete Belegungen" in no.why, "one for the bed itself"


def test_on_a_new_day_what_has_many_layers_is_made_anew() -> None:
    made = register()
    take_in(
        made,
        given(*(Closure(ClosureId(f"z{day}"), BED, span(day, day + 1)) for day in range(1, 20, 2))),
        house(OAK),
        NOON,
    )
    known = stock(made, TODAY)
    assert known.crowded(TODAY) == []
    tomorrow = TODAY + timedelta(days=10)
    assert known.crowded(tomorrow) == [BED]
    assert [shift.place for shift in known.renew(made, [BED], tomorrow)] == [], "nobody sees a difference"
    assert known.crowded(tomorrow) == []
