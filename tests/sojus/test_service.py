"""What offices and providers ask and do, through the service alone: on memory, and on files with a clerk."""

from __future__ import annotations

from concurrent.futures import Future
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Event
from unittest import mock

import pytest

from sojus.demo import demo_directory, fill, people, rules
from sojus.domain.model.actors import Actor, Role
from sojus.domain.model.days import Span
from sojus.domain.model.ids import (
    CaseId,
    DischargeId,
    FieldId,
    GenderId,
    GroupId,
    KindId,
    OfficeId,
    PlaceId,
    ProviderId,
    RateId,
    RequestId,
    ReservationId,
    SearchId,
    TenantId,
    TraitId,
)
from sojus.domain.model.units import RateUnit
from sojus.domain.placement import events as e
from sojus.domain.placement.records import NamelessProfile, Need, Part
from sojus.domain.placement.words import wait_means
from sojus.domain.register.entries import Given, Place, Rate
from sojus.domain.search.offer import Point
from sojus.domain.search.wish import Near, Person, Preference, Search, TraitWish
from sojus.service.answers import Granted, Reason, Refused
from sojus.service.asked import Asked
from sojus.service.deeds import Deed, name_from
from sojus.service.figures import FiguresView
from sojus.service.found import FullView, HitView, Move, PlacePage, ResultView, State
from sojus.service.houses import OwnGroupView, OwnPlaceView, PlaceAct, PlaceWish
from sojus.service.mine import Can, MineView
from sojus.service.offers import finding
from sojus.service.offers.saving import keeping
from sojus.service.offers.stock import Stock
from sojus.service.offers.watching import Watches
from sojus.service.opening import in_memory, open_service
from sojus.service.own.house_deeds import confirmation
from sojus.service.saved import SavedView
from sojus.service.service import Service
from sojus.store.memory import MemoryActs
from tests.sojus.providers import NOON

HERE, THERE, CARE, LAND, MINISTRY, COMMITTEE, CRANE, BODDEN, LINDEN, _ = (one.actor for one in people())
GIRL = Asked(FieldId("jugendhilfe"), Search(KindId("heim"), (Person(15),)))
SOON_S = 60.0


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


class World:
    """One process on memory, and its clock."""

    def __init__(self, log: MemoryActs | None = None) -> None:
        self.clock = Clock()
        self.service, self.hand = in_memory(rules(), self.clock, demo_directory(), log)
        fill(self.service)

    def later(self, **much: float) -> None:
        self.clock.now += timedelta(**much)
        self.hand.elapse(self.clock.now)

    def found(self, by: Actor = HERE, asked: Asked = GIRL) -> ResultView:
        result = self.service.search(by, asked)
        assert isinstance(result, ResultView), result
        return result

    def mine(self, by: Actor) -> MineView:
        mine = self.service.mine(by)
        assert isinstance(mine, MineView)
        return mine

    def awaited(self, *who: Actor) -> list[int | Refused]:
        return [self.service.awaited(by) for by in who]

    def place(self, by: Actor, name: PlaceId) -> OwnPlaceView:
        groups = self.service.groups(by)
        assert isinstance(groups, tuple)
        return next(one for group in groups for one in group.places if one.place == name)

    def tap(self, by: Actor, key: str, place: PlaceId, what: PlaceAct, ref: str = "") -> Granted | Refused:
        today = self.clock.now.date()
        deed = self.service.with_place(PlaceWish(key, by, place, what, today, ref=ref))
        return deed if isinstance(deed, Refused) else self.service.do(deed)


@pytest.fixture
def world() -> World:
    return World()


def reserve(key: str, by: Actor, place: PlaceId, seen: int | None = None, asked: Asked | None = GIRL) -> Deed:
    event = e.Reserve(ReservationId(name_from(key)), CaseId(f"fall-{key}"), (Part(place),), Span(NOON.date()))
    return Deed(key, by, event, seen, asked)


def granted(answer: Granted | Refused) -> Granted:
    assert isinstance(answer, Granted), answer
    return answer


def dearer(world: World, hit: HitView) -> None:
    """Its group costs 500 € from this year on."""
    by = Actor(Role.PROVIDER, OfficeId(hit.provider), hit.tenant)
    rates = [
        Rate(RateId(f"{hit.group}-r{number}"), hit.group, span, 50_000, RateUnit.DAY)
        for number, span in ((1, Span(date(2026, 1, 1), date(2027, 1, 1))), (2, Span(date(2027, 1, 1))))
    ]
    granted(world.service.do(Deed("teurer", by, e.TakeIn(tuple(Given("Entgelt", one) for one in rates)))))


def refused(answer: object) -> Refused:
    assert isinstance(answer, Refused), answer
    return answer


# --- whoever is second ------------------------------------------------------------------------------------------------


def test_the_second_hears_who_was_faster_and_sees_the_next_best(world: World) -> None:
    page, other = world.found(HERE), world.found(THERE)
    best, *rest = page.hits
    held = granted(world.service.do(reserve("eins", HERE, best.place, page.at)))
    assert held.ends_at == NOON + timedelta(hours=48)
    no = refused(world.service.do(reserve("zwei", THERE, best.place, other.at)))
    assert no.reason is Reason.STALE
    assert "Ein anderes Jugendamt hat reserviert." in no.error
    assert "Uckermark" not in no.error, "nobody learns which"
    once = world.service.search(THERE, GIRL, alike_once=True)
    assert isinstance(once, ResultView)
    assert (no.hits, no.hits[0].place) == (once.hits[:3], rest[0].place), "places alike are one of them"
    assert "sofort verbindlich für diesen Fall reserviert, zunächst für 48 Stunden" in no.waits
    (gone,) = world.service.changes(THERE, other.id, other.at) or ()
    assert (gone.place, gone.what, gone.hit) == (best.place, Move.GONE, None)
    assert "ein anderes Jugendamt" in gone.sentence
    (own,) = world.service.changes(HERE, page.id, page.at) or ()
    assert "Sie selbst" in own.sentence


def test_whoever_sees_a_place_that_is_not_free_sees_that_she_may_wait(world: World) -> None:
    best, free, shut = world.found().hits[:3]
    granted(world.service.do(reserve("eins", HERE, best.place)))
    house = Actor(Role.PROVIDER, OfficeId(shut.provider), shut.tenant)
    granted(world.tap(house, "zu", shut.place, PlaceAct.CLOSE))
    pages = [world.service.place(THERE, hit.place, GIRL) for hit in (best, free, shut)]
    found = [page for page in pages if isinstance(page, PlacePage)]
    waits = [page.waits for page in found]
    assert waits == [wait_means(timedelta(hours=48)), "", ""], "who waits for what is closed is not helped"
    assert found[0].takes == "12 bis 18 Jahre, jedes Geschlecht"
    groups = world.service.groups(Actor(Role.PROVIDER, OfficeId(best.provider), best.tenant))
    assert not isinstance(groups, Refused)
    (own,) = [one for group in groups for one in group.places if one.place == best.place]
    assert own.sentence == "reserviert", "a reservation ends by itself: its end is foreseen"


def test_a_group_in_which_all_fits_but_nothing_is_free_can_be_found_to_wait_for(world: World) -> None:
    def full() -> tuple[HitView, ...]:
        found = world.service.full(THERE, GIRL)
        assert isinstance(found, FullView)
        assert not found.more
        return found.groups

    hits = world.found().hits
    group = min({hit.group for hit in hits}, key=[hit.group for hit in hits].count)
    *others, last = [hit.place for hit in hits if hit.group == group]
    for place in others:
        granted(world.service.do(reserve(place, HERE, place)))
    assert full() == (), "as long as anything of it is free it is a hit"
    granted(world.service.do(reserve(last, HERE, last)))
    (found,) = full()
    page = world.service.place(THERE, found.place, GIRL)
    assert (found.group, found.free, isinstance(page, PlacePage) and page.waits != "") == (group, "Nicht frei", True)
    with mock.patch.object(finding, "MOST_FULL", 0):
        assert world.service.full(THERE, GIRL) == FullView((), more=True), "what is not shown is told"


def test_of_many_seats_nobody_is_said_to_have_taken_the_last(world: World) -> None:
    seats = replace(GIRL, search=Search(KindId("tagesgruppe")))
    best = world.found(HERE, seats).hits[0]
    parts = tuple(Part(best.place) for _ in range(best.left))
    granted(
        world.service.do(Deed("alle", HERE, e.Reserve(ReservationId("alle"), CaseId("f"), parts, Span(NOON.date()))))
    )
    no = refused(world.service.do(reserve("eins", THERE, best.place, asked=seats)))
    assert "nicht mehr in diesem Umfang frei" in no.error
    assert "anderes Jugendamt" not in no.error, "the first who is there is not who was faster"


def test_who_had_it_before_the_page_was_opened_is_not_said_to_have_come_meanwhile(world: World) -> None:
    best = world.found().hits[0]
    house = Actor(Role.PROVIDER, OfficeId(best.provider), best.tenant)
    granted(world.tap(house, "belegt", best.place, PlaceAct.OCCUPY))
    no = refused(world.service.do(reserve("eins", HERE, best.place, world.found().at)))
    assert "Der Träger hat den Platz belegt." in no.error
    assert "nzwischen" not in no.error


@pytest.mark.parametrize(
    "asked",
    [
        replace(GIRL, area=FieldId("nix")),
        replace(GIRL, search=replace(GIRL.search, start=date.max, days=3)),
        replace(GIRL, search=replace(GIRL.search, preferences=(Preference(TraitWish(TraitId("nix"), wanted=True)),))),
    ],
)
def test_a_search_that_cannot_be_hinders_nobody_who_is_second(world: World, asked: Asked) -> None:
    best = world.found().hits[0].place
    assert refused(world.service.search(THERE, asked)).reason is Reason.WRONG
    granted(world.service.do(reserve("eins", HERE, best)))
    no = refused(world.service.do(reserve("zwei", THERE, best, asked=asked)))
    assert (no.reason, len(no.hits)) == (Reason.STALE, 3), "those that are like it"


def test_the_same_key_again_is_answered_as_it_was(world: World) -> None:
    page = world.found()
    best = page.hits[0].place
    first = granted(world.service.do(reserve("eins", HERE, best, page.at)))
    dearer(world, page.hits[0])
    assert world.service.do(reserve("eins", HERE, best, page.at)) == replace(first, again=True)
    assert len(world.mine(HERE).reservations) == 1
    assert refused(world.service.do(reserve("eins", THERE, best))).reason is Reason.WRONG


def test_nobody_decides_on_another_price_than_the_page_shows(world: World) -> None:
    page = world.found()
    best = page.hits[0]
    dearer(world, best)
    no = refused(world.service.do(reserve("eins", HERE, best.place, page.at)))
    assert no.reason is Reason.STALE
    assert "500,00 €" in no.error
    (hit,) = no.hits
    assert (hit.place, hit.price.cents) == (best.place, 50_000)
    granted(world.service.do(reserve("zwei", HERE, best.place, world.found().at)))


def test_two_processes_on_one_log_see_what_the_other_does() -> None:
    log = MemoryActs()
    here, there = World(log), World(log)
    page = there.found(THERE)
    best = page.hits[0].place
    granted(here.service.do(reserve("eins", HERE, best, here.found().at)))
    assert refused(there.service.do(reserve("zwei", THERE, best, page.at))).reason is Reason.STALE
    there.hand.listen()
    assert [one.place for one in there.service.changes(THERE, page.id, page.at) or ()] == [best]


# --- the way of one young person --------------------------------------------------------------------------------------


def test_from_search_to_discharge_each_sees_what_they_can_do(world: World) -> None:
    service, best = world.service, world.found().hits[0]
    house = Actor(Role.PROVIDER, OfficeId(best.provider), best.tenant)
    ref = ReservationId(granted(service.do(reserve("eins", HERE, best.place))).ref)
    (row,) = world.mine(HERE).reservations
    assert (row.state, row.can, row.case) == ("reserviert", (Can.EXTEND, Can.REBOOK, Can.CANCEL), "fall-eins")
    (asked,) = world.mine(house).reservations
    assert (asked.can, asked.case) == ((Can.CONFIRM, Can.DECLINE, Can.ADMIT), None), "no case before it has confirmed"
    assert "Jugendamt Uckermark möchte" in asked.sentence
    assert (row.awaited, asked.awaited, world.awaited(HERE, house)) == (False, True, [0, 1])
    assert [one.ref for one in service.news(house, 0) if one.what == "answer_wanted"] == [ref]
    assert granted(service.do(Deed("ja", house, e.Confirm(ref)))).sentence.startswith("Bestätigt")
    assert world.mine(house).reservations[0].case == "fall-eins"
    assert world.awaited(HERE, house) == [0, 0], "it has said what it was asked"
    granted(service.do(Deed("da", house, e.Admit(ref, NOON.date()))))
    (stay,) = world.mine(HERE).stays
    assert (stay.state, stay.place, stay.can) == ("besteht", best.place, ())
    assert Can.DISCHARGE in world.mine(house).stays[0].can
    assert world.mine(THERE).stays == ()
    shown = world.place(house, best.place)
    assert (shown.state, shown.stay) == (State.TAKEN, stay.id)


def test_a_stay_that_goes_on_waits_for_whoever_can_say_how(world: World) -> None:
    best, end = world.found().hits[0], date(2026, 12, 4)
    house = Actor(Role.PROVIDER, OfficeId(best.provider), best.tenant)
    kept = e.Reserve(ReservationId("kurz"), CaseId("fall"), (Part(best.place),), Span(NOON.date(), end))
    for key, by, what in (("r", HERE, kept), ("a", house, e.Admit(kept.reservation, NOON.date()))):
        granted(world.service.do(Deed(key, by, what)))
    (stay,) = world.mine(house).stays
    assert world.awaited(HERE, house) == [0, 0]
    granted(world.service.do(Deed("länger", house, e.ChangeStay(stay.id, date(2027, 1, 1), 1))))
    assert world.awaited(HERE, house) == [1, 0], "the office has to agree"
    granted(world.service.do(Deed("nein", HERE, e.Agree(stay.id, yes=False))))
    assert world.awaited(HERE, house) == [0, 0]
    world.later(days=4)
    assert world.awaited(HERE, house) == [0, 1], "and only its house knows whether somebody has left"


def test_what_is_due_happens_and_open_searches_hear_of_it(world: World) -> None:
    page = world.found()
    best = page.hits[0].place
    granted(world.service.do(reserve("eins", HERE, best)))
    taken = world.found()
    world.later(hours=25)
    assert [one.what for one in world.service.news(HERE, taken.at)] == ["unanswered"]
    world.found(HERE)  # an open page asks
    world.later(hours=24)
    again = world.found()
    assert again.hits[0].place == best
    assert world.mine(HERE).reservations[0].state == "verfallen"


def test_a_group_leader_keeps_her_places_by_single_taps(world: World) -> None:
    groups = world.service.groups(CRANE)
    assert isinstance(groups, tuple)
    group = groups[0]
    free = next(one for one in group.places if one.state is State.FREE)
    granted(world.tap(CRANE, "zu", free.place, PlaceAct.CLOSE))
    shut = world.place(CRANE, free.place)
    assert (shut.state, shut.can) == (State.CLOSED, (PlaceAct.OPEN,))
    assert free.place not in [hit.place for hit in world.found().hits]
    for _ in range(2):
        granted(world.tap(CRANE, "auf", free.place, PlaceAct.OPEN, shut.closure or ""))  # the answer was lost
    granted(world.tap(CRANE, "noch einmal zu", free.place, PlaceAct.CLOSE))
    for _ in range(2):
        granted(world.tap(CRANE, "noch einmal auf", free.place, PlaceAct.OPEN))  # a program names no closure
    assert "schon etwas anderes" in refused(world.tap(CRANE, "noch einmal auf", free.place, PlaceAct.CLOSE)).error
    granted(world.tap(CRANE, "belegt", free.place, PlaceAct.OCCUPY))
    there = world.place(CRANE, free.place)
    assert (there.state, there.reported) == (State.TAKEN, name_from("belegt"))
    granted(world.tap(CRANE, "frei", free.place, PlaceAct.FREE, there.reported or ""))
    assert world.place(CRANE, free.place).state is State.FREE
    world.later(days=9)
    assert "Veraltet" in _group(world, group.group).confirmed
    granted(world.service.do(confirmation("stimmt", CRANE, group.group)))
    assert "Veraltet" not in _group(world, group.group).confirmed
    assert "gehört" in refused(world.tap(BODDEN, "fremd", free.place, PlaceAct.CLOSE)).mistakes[0].why
    assert world.place(CRANE, free.place).state is State.FREE


def _group(world: World, name: GroupId) -> OwnGroupView:
    groups = world.service.groups(CRANE)
    assert isinstance(groups, tuple)
    return next(one for one in groups if one.group == name)


# --- who may ----------------------------------------------------------------------------------------------------------


def test_what_a_role_may_not_see_is_refused(world: World) -> None:
    place = world.found().hits[0].place
    for by in (LAND, MINISTRY, COMMITTEE):
        for answer in (
            world.service.search(by, GIRL),
            world.service.why(by, GIRL, place),
            world.service.full(by, GIRL),
            world.service.place(by, place),
            world.service.mine(by),
            world.service.groups(by),
            world.service.do(reserve("eins", by, place)),
        ):
            assert refused(answer).reason is Reason.RIGHT
    stranger = BODDEN if not place.startswith("bodden") else CRANE
    assert refused(world.service.place(stranger, place)).reason is Reason.RIGHT
    namesake = Actor(Role.PROVIDER, OfficeId(place.split("-")[0]), TenantId("anderswo"))
    assert refused(world.service.place(namesake, place)).reason is Reason.RIGHT
    assert isinstance(world.tap(namesake, "zu", place, PlaceAct.CLOSE), Refused)
    assert refused(world.service.search(HERE, replace(GIRL, area=FieldId("bergbau")))).reason is Reason.WRONG
    assert refused(world.service.figures(HERE)).reason is Reason.RIGHT
    assert "nicht mit 44" in refused(world.service.search(HERE, _for(44))).error


def _for(age: int) -> Asked:
    return replace(GIRL, search=replace(GIRL.search, people=(Person(age),)))


def test_a_ministry_sees_counts_and_no_row_of_anybody(world: World) -> None:
    granted(world.service.do(reserve("eins", HERE, world.found().hits[0].place)))
    for by, houses in ((MINISTRY, 0), (COMMITTEE, 0), (LAND, 1)):
        figures = world.service.figures(by)
        assert isinstance(figures, FiguresView)
        cells = [str(cell) for table in figures.tables for row in table.rows for cell in row]
        assert "weniger als 3" in cells
        assert not {"fall-eins", name_from("eins"), "jugendamt"} & set(cells)
        assert "Landkreis Vorpommern-Greifswald" not in cells, "it is of another Land"
        assert sum(table.title == "Einrichtungen" for table in figures.tables) == houses
        assert all("gezählt in" in table.columns for table in figures.tables), "30 of what"
        assert "Kontakten in der Woche" in cells
        assert all(len(row) == len(table.columns) for table in figures.tables for row in table.rows)


# --- files, and several threads ---------------------------------------------------------------------------------------


def test_whoever_has_an_answer_sees_it_in_the_next_search(tmp_path: Path) -> None:
    clock, woken = Clock(), Event()
    with closing(open_service(tmp_path / "daten", rules(), clock, demo_directory())) as service:
        fill(service)
        fill(service)
        service.listen(woken.set)
        page = service.search(HERE, GIRL)
        assert isinstance(page, ResultView)
        places = [hit.place for hit in page.hits]
        asked = [(one, service.begin(one)) for place in places for one in _both(place, page.at)]
        answers = [(deed, _settled(service, deed, begun)) for deed, begun in asked]
        assert sum(isinstance(answer, Granted) for _, answer in answers) == len(places), "each once"
        after = service.search(HERE, GIRL)
        assert isinstance(after, ResultView)
        assert after.hits == ()
        assert woken.wait(SOON_S)
        assert {one.place for one in service.changes(HERE, page.id, page.at) or ()} == set(places)


def test_a_fault_of_ours_costs_open_searches_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fault(*_: object) -> None:
        raise KeyError("a place that we forgot")

    def over() -> None:
        raise RuntimeError("Event loop is closed")

    with closing(open_service(tmp_path / "daten", rules(), Clock(), demo_directory())) as service:
        fill(service)
        service.listen(over)
        page = service.search(HERE, GIRL)
        assert isinstance(page, ResultView)
        monkeypatch.setattr(Watches, "shifted", fault)
        best, second = (hit.place for hit in page.hits[:2])
        granted(service.do(reserve("eins", HERE, best, page.at)))
        monkeypatch.undo()
        assert "neu aufgebaut" in capsys.readouterr().err
        assert service.changes(HERE, page.id, page.at) is None, "search anew"
        after = service.search(HERE, GIRL)
        assert isinstance(after, ResultView)
        assert after.hits[0].place == second
        granted(service.do(reserve("zwei", HERE, second, after.at)))


def test_by_a_fault_of_ours_nobody_misses_what_they_are_told(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def fault(*_: object) -> None:
        raise KeyError("a place that we forgot")

    best = world.found().hits[0]
    with monkeypatch.context() as broken:
        broken.setattr(Stock, "renew", fault)
        granted(world.service.do(reserve("eins", HERE, best.place)))
    house = Actor(Role.PROVIDER, OfficeId(best.provider), best.tenant)
    assert [one.what for one in world.service.news(house, 0)] == ["answer_wanted"]


def _both(place: PlaceId, at: int) -> tuple[Deed, Deed]:
    return reserve(f"h-{place}", HERE, place, at), reserve(f"t-{place}", THERE, place, at)


def _settled(service: Service, deed: Deed, begun: object) -> Granted | Refused:
    assert isinstance(begun, Future)
    return service.settle(deed, begun.result(SOON_S))


# --- together, waiting, without a name --------------------------------------------------------------------------------


def test_for_siblings_a_hit_says_the_place_of_each(world: World) -> None:
    page = world.found(HERE, replace(GIRL, search=replace(GIRL.search, people=(Person(15), Person(9)))))
    first = page.hits[0]
    assert len(set(first.with_)) == 2
    parts = tuple(Part(place) for place in first.with_)
    granted(
        world.service.do(Deed("beide", HERE, e.Reserve(ReservationId("beide"), CaseId("f"), parts, Span(NOON.date()))))
    )


def test_contacts_are_found_as_so_many_a_week(world: World) -> None:
    advice = replace(GIRL, search=Search(KindId("erziehungsberatung"), (Person(15),)))
    assert "Kontakte in der Woche" in " ".join(world.found(asked=advice).hits[0].reasons)


def test_who_waits_gets_what_comes_free_and_is_told(world: World) -> None:
    best = world.found().hits[0]
    places = [hit.place for hit in world.found().hits if hit.group == best.group]
    for place in places:
        granted(world.service.do(reserve(place, HERE, place)))
    need = Need(Span(NOON.date()))
    granted(world.service.do(Deed("warten", THERE, e.Join(ReservationId("w"), CaseId("k"), best.group, need))))
    (row,) = world.mine(THERE).waiting
    assert (row.position, row.can) == (1, (Can.CANCEL,))
    before = world.found(THERE).at
    granted(world.service.do(Deed("ab", HERE, e.Cancel(ReservationId(name_from(places[0]))))))
    assert [one.what for one in world.service.news(THERE, before)] == ["reserved"]
    assert world.mine(THERE).reservations[0].place == places[0]
    granted(world.service.do(Deed("auch", THERE, e.Join(ReservationId("w2"), CaseId("k2"), best.group, need))))
    house, before = Actor(Role.PROVIDER, OfficeId(best.provider), best.tenant), world.found(THERE).at
    more = e.TakeIn((Given("Platz", Place(PlaceId("neu"), best.group, "Zimmer neu")),))
    assert granted(world.service.do(Deed("mehr", house, more))).sentence == "Übernommen.", "not what it is asked by it"
    assert [one.what for one in world.service.news(house, before)] == ["answer_wanted"]


def test_one_profile_goes_to_several_and_the_first_acceptance_ends_it_for_the_others(world: World) -> None:
    service, names = world.service, ("kranich", "seeadler", "bodden")
    profile = NamelessProfile(FieldId("jugendhilfe"), KindId("heim"), (Person(15, GenderId("w")),))
    ask = e.Ask(RequestId("q"), CaseId("k"), profile, Need(Span(NOON.date())), tuple(map(ProviderId, names)))
    granted(service.do(Deed("fragen", HERE, ask)))
    (asked,) = world.mine(CRANE).requests
    assert (asked.case, asked.asked, asked.can) == (None, 1, (Can.PROPOSE, Can.PASS)), "nor who else was asked"
    assert "15 Jahre" in asked.profile
    assert world.awaited(HERE, CRANE, BODDEN) == [0, 1, 1]
    place = asked.free[0].place
    granted(service.do(Deed("angebot", CRANE, e.Propose(RequestId("q"), (Part(place),)))))
    (row,) = world.mine(HERE).requests
    assert [(one.provider, one.answer) for one in row.to] == [
        *(("kranich", "bietet etwas an"), ("seeadler", "noch keine Antwort"), ("bodden", "noch keine Antwort"))
    ]
    houses = [house.facility_name for house in row.to[0].facilities]
    assert houses == ["Haus Prenzlau", "Haus Templin"], "those of its houses that give this help"
    assert asked.to == (), "who else was asked is nobody's business there"
    assert [one.parts[0].place for one in row.proposals] == [place]
    said = row.proposals[0].sentence
    assert asked.free[0].group_name in said, "a house may have two places of one name"
    assert "€ je Tag (Stand 01.12.2026)" in said
    assert row.can == (Can.ACCEPT, Can.WITHDRAW)
    assert world.awaited(HERE, CRANE, BODDEN) == [1, 0, 1], "an office decides on what is offered"
    seen, accept = world.mine(HERE).at, e.Accept(RequestId("q"), ProviderId("kranich"), ReservationId("r"))
    place = asked.free[1].place
    granted(service.do(Deed("besser", CRANE, e.Propose(RequestId("q"), (Part(place),)))))
    assert "etwas anderes angeboten" in refused(service.do(Deed("nehmen", HERE, accept, seen))).error
    seen = world.mine(HERE).at
    too_many = (Part(place), Part(asked.free[0].place))
    refused(service.do(Deed("zu viel", CRANE, e.Propose(RequestId("q"), too_many))))
    taken = granted(service.do(Deed("nehmen", HERE, accept, seen)))
    assert taken.ref == "r", "what was refused is no other offer"
    refused(service.do(Deed("zu spät", CRANE, e.Propose(RequestId("q"), (Part(place),)))))
    assert service.do(Deed("nehmen", HERE, accept, seen)) == replace(taken, again=True)
    (kept,) = world.mine(HERE).reservations
    assert (kept.state, kept.place) == ("bestätigt", place)
    (over,) = world.mine(BODDEN).requests
    assert (over.state, over.can, over.profile) == ("vermittelt", (), "")
    assert world.awaited(HERE, CRANE, BODDEN) == [0, 0, 0]


def test_a_saved_search_says_what_is_new_in_it(world: World) -> None:
    near = replace(GIRL, search=replace(GIRL.search, near=Near(Point(53.316_789, 13.863_123), 40)))
    saving = keeping("merken", HERE, "Mädchen, 15, um Prenzlau", near)
    name = granted(world.service.do(saving)).ref
    (row,) = saved(world, HERE)
    assert (row.id, row.new) == (name, 0)
    assert row.asked.search.near == Near(Point(53.32, 13.86), 40), "what is kept is nobody's front door"
    best = world.found(HERE, row.asked).hits[0].place
    granted(world.service.do(reserve("weg", THERE, best)))
    before = world.found(HERE, row.asked).at
    granted(world.service.do(Deed("ab", THERE, e.Cancel(ReservationId(name_from("weg"))))))
    assert [(one.what, one.ref) for one in world.service.news(HERE, before)] == [("came_free", name)]
    (row,) = saved(world, HERE)
    assert (row.new, row.sentence) == (1, f"{row.hits} Treffer, 1 neu.")
    world.found(HERE, row.asked)
    assert saved(world, HERE)[0].new == 0, "whoever has looked knows"
    world.later(days=9)
    assert "Kein Treffer ist in den letzten 7 Tagen bestätigt" in saved(world, HERE)[0].sentence
    assert saved(world, THERE) == ()
    granted(world.service.do(Deed("weg damit", HERE, e.DropSearch(SearchId(name)))))
    assert saved(world, HERE) == ()


def saved(world: World, by: Actor) -> tuple[SavedView, ...]:
    rows = world.service.saved(by)
    assert isinstance(rows, tuple)
    return rows


def test_what_was_entered_by_mistake_is_taken_back(world: World) -> None:
    best = world.found().hits[0]
    house = Actor(Role.PROVIDER, OfficeId(best.provider), best.tenant)
    ref = ReservationId(granted(world.service.do(reserve("eins", HERE, best.place))).ref)
    granted(world.service.do(Deed("da", house, e.Admit(ref, NOON.date()))))
    (stay,) = world.mine(house).stays
    assert stay.can[-1] is Can.TAKE_BACK
    back = e.TakeBack(stay.id, e.Entered.ADMISSION, NOON.date())
    assert granted(world.service.do(Deed("doch nicht", house, back))).sentence
    assert world.mine(house).stays[0].can == ()
    assert world.mine(HERE).reservations[0].state == "bestätigt"
    granted(world.service.do(Deed("doch", house, e.Admit(ref, NOON.date()))))
    granted(world.service.do(Deed("fort", house, e.Discharge(stay.id, NOON.date(), DischargeId("hilfeplan")))))
    assert Can.TAKE_BACK in world.mine(house).stays[0].can
    world.later(days=15)
    assert Can.TAKE_BACK not in world.mine(house).stays[0].can, "the term for corrections is over"
