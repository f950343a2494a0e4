"""The demonstration can be given in, once, on an empty place; what is in it can be found, and is plainly invented."""

from __future__ import annotations

from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from lisa_core.domain.model.errors import LisaError
from sojus.config.privacy_file import load_privacy
from sojus.demo import demo_directory, enter, fill, people, rules
from sojus.demo.houses import entries
from sojus.demo.plan import plan
from sojus.domain.model.actors import Actor, Role
from sojus.domain.model.ids import OfficeId
from sojus.domain.placement.events import TakeIn
from sojus.domain.placement.moves import party
from sojus.domain.rights.members import Membership
from sojus.domain.rights.purposes import PurposeId
from sojus.domain.search.wish import Search
from sojus.service.answers import Granted, Reason
from sojus.service.asked import Asked
from sojus.service.deeds import Deed
from sojus.service.found import PlacePage, ResultView
from sojus.service.mine import Can, MineView
from sojus.service.offers.leaflet import leaflet
from sojus.service.opening import in_memory, open_service
from sojus.store.persons.looking import look
from sojus.store.persons.opening import open_persons
from tests.sojus.providers import NOON, OAK, house, oak
from tests.sojus.test_service import COMMITTEE, GIRL, HERE, LAND, MINISTRY, Clock, World, granted, refused, reserve

INVENTED = ("Muster", "Beispiel", "Probe")


def test_every_field_of_work_and_kind_of_unit_is_found_in_it() -> None:
    service, _ = in_memory(rules(), Clock(), demo_directory())
    fill(service, with_acts=True)
    with service.kept.reading() as state:
        assert 120 <= len(state.register.books) <= 180
        assert all(any(word in one.name for word in INVENTED) for one in state.register.providers.values())
        kinds = {(one.area, one.kind) for one in state.register.groups.values()}
        units = {state.register.kind(one).unit for one in state.register.groups.values()}
    assert len(units) == 4
    office = people()[0].actor
    for area, kind in kinds:
        found = service.search(office, Asked(area, Search(kind)))
        assert isinstance(found, ResultView)
        assert found.hits, f"{area}/{kind}: somebody who tries it finds nothing"
        assert {hit.tenant for hit in found.hits} <= {"uckermark", "vorpommern-greifswald"}


def test_there_is_something_to_answer_for_each_who_can(tmp_path: Path) -> None:
    clock = Clock()
    for _ in range(2):
        with closing(open_service(tmp_path / "daten", rules(), clock, demo_directory())) as service:
            fill(service, with_acts=True)
            mine = {one.id: service.mine(one.actor) for one in people()}
        clock.now += timedelta(days=1)
    office, house_ = mine["amt-uckermark"], mine["gruppe-kranich"]
    assert isinstance(office, MineView)
    assert isinstance(house_, MineView)
    assert (len(office.reservations), len(office.stays), len(office.requests)) == (2, 1, 1)
    assert Can.CONFIRM in house_.reservations[0].can
    assert Can.PROPOSE in house_.requests[0].can
    assert all(any(word in one.name for word in INVENTED) for one in people())
    assert {one.actor.role for one in people()} == set(Role) - {Role.CLOCK}


def test_an_office_that_gets_no_answer_has_somebody_to_call() -> None:
    """At the place and while its reservation waits; nobody else reads the number, nor does a family on its screen."""
    world = World()
    hit = world.found().hits[0]
    page = world.service.place(HERE, hit.place, GIRL)
    assert isinstance(page, PlacePage)
    assert page.phone.startswith("030 23125 "), "of those that nobody has"
    assert page.address.startswith("Musterstraße ")
    granted(world.service.do(reserve("eins", HERE, hit.place)))
    (kept,) = world.mine(HERE).reservations
    assert [one.phone for one in kept.parts] == [page.phone]
    for other in (LAND, MINISTRY, COMMITTEE):
        assert refused(world.service.place(other, hit.place)).reason is Reason.RIGHT
    assert not any(said in line for line in leaflet(page).lines for said in (page.phone, page.address))


def test_places_of_others_stay_alone() -> None:
    service, _ = in_memory(rules(), Clock())
    assert isinstance(service.do(Deed("eiche", house(OAK), TakeIn(oak()[:2]))), Granted)
    with pytest.raises(LisaError, match="schon andere Träger"):
        fill(service)


@pytest.mark.parametrize("day", [date(2026, 1, 1), date(2026, 12, 31), date(2028, 2, 29)])
def test_it_can_be_given_in_on_any_day(day: date) -> None:
    service, _ = in_memory(rules(), lambda: NOON.replace(year=day.year, month=day.month, day=day.day))
    fill(service)
    with service.kept.reading() as state:
        words = state.register.vocabularies
    for name in plan().providers:
        assert list(entries(name, words, day)) == list(entries(name, words, day)), "every process gives in the same"


def test_who_has_come_has_a_name_that_its_house_may_see(tmp_path: Path) -> None:
    """No button of the demonstration leads to a name that nobody has entered."""
    service, _ = in_memory(rules(), Clock(), demo_directory())
    purposes, _ = load_privacy()
    with closing(open_persons(tmp_path)) as persons:
        cases = enter(persons, purposes, NOON)
        fill(service, with_acts=True, cases=cases)
        with service.kept.reading() as state:
            used = {one.case for one in (*state.reservations.values(), *state.requests.values())}
            (stay,) = state.stays.values()
        assert used == set(cases.values()) == persons.named(used)
        there = Membership("g.muster", Actor(Role.PROVIDER, OfficeId(stay.provider), stay.by.tenant))
        purpose = purposes[PurposeId("betreuung")]
        assert [one.name for one in look(persons, service.kept.reading, there, stay.case, purpose, NOON)] == [
            "Lea Probe"
        ]
        assert {persons.owner(case) for case in used} <= {party(one.actor) for one in people()}
