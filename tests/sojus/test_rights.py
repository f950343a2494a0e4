"""Nobody sees or does more than the role and the party may, and everybody what they need."""

from __future__ import annotations

import copy
import os
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given as examples
from hypothesis import settings
from hypothesis import strategies as st

from sojus.domain.model.actors import Actor, Role
from sojus.domain.model.days import Span
from sojus.domain.model.ids import (
    CaseId,
    ClosureId,
    KindId,
    OfficeId,
    PlaceId,
    RequestId,
    ReservationId,
    SearchId,
    StayId,
)
from sojus.domain.placement import events as e
from sojus.domain.placement.decisions import News, Tell
from sojus.domain.placement.machine import HANDLERS, handle
from sojus.domain.placement.records import NamelessProfile, Need, Part
from sojus.domain.placement.rows import party
from sojus.domain.placement.state import Placements
from sojus.domain.register.entries import Closure
from sojus.domain.rights.numbers import Cell, CellKey, Count, count_cells, numbers, told, total
from sojus.domain.rights.retention import KnownCase, Retention, forgotten_on
from sojus.domain.rights.table import ACTS, RIGHTS, may_do
from sojus.domain.rights.views import request_seen, reservation_seen, stay_seen
from sojus.domain.search.wish import Person, Search
from tests.sojus.lives_of_rights import (
    BEECH,
    EVERYBODY,
    FOREIGN,
    HOUSES,
    LAND,
    TENANTS,
    Life,
    begun,
    readers,
    texts_in,
)
from tests.sojus.lives_world import CASE, Tables
from tests.sojus.providers import (
    ANYBODY,
    AREA,
    CLOCK,
    ELM,
    HERE,
    HOURS,
    NOON,
    NORTH,
    OAK,
    SOUTH,
    THERE,
    TODAY,
    given,
    house,
    office,
)

LONG = os.environ.get("LISA_LONG") == "1"
KEPT, SURE, THERE_NOW = map(ReservationId, ("gehalten", "wohnt", "da"))
ASKED, NEW, KEPT_SEARCH = RequestId("frage"), ReservationId("neu"), SearchId("alte")
SPAN = Span(TODAY, TODAY + timedelta(days=30))
WANTED = Need(SPAN)
PROFILE = NamelessProfile(AREA, KindId("wohnen"), (Person(12, ANYBODY),))


# --- what nobody may do -----------------------------------------------------------------------------------------------


def scene() -> Placements:
    """In which every act can be done by somebody: a place kept, two stays, a request that is answered."""
    state = begun()
    for name, place, amount in ((KEPT, "bett-1", 1), (SURE, "bett-2", 1), (THERE_NOW, "team", 2)):
        done(state, office(HERE), e.Reserve(name, CASE, (Part(PlaceId(place), amount),), SPAN))
    for name in (SURE, THERE_NOW):
        done(state, house(OAK), e.Confirm(name))
        done(state, house(OAK), e.Admit(name, TODAY))
    done(state, office(HERE), e.Approve(stay_of(state, THERE_NOW), 9))
    done(state, house(OAK), e.ChangeStay(stay_of(state, THERE_NOW), None, 3))  # longer and more: asked of the office
    done(state, house(OAK), e.RecordContacts(stay_of(state, THERE_NOW), TODAY))
    done(state, office(HERE), e.KeepSearch(KEPT_SEARCH, "Bett", AREA, Search(KindId("wohnen"))))
    done(state, office(HERE), e.Ask(ASKED, CASE, PROFILE, WANTED, (OAK, ELM)))
    done(state, house(ELM), e.Propose(ASKED, (Part(PlaceId("ulme-1")),)))
    return state


def done(state: Placements, by: Actor, what: e.PlacementEvent) -> list[News]:
    """What whoever did it is told."""
    _, decisions = handle(state, e.Act(by, NOON, what))
    return [one.news for one in decisions if isinstance(one, Tell) and one.to == party(by)]


def stay_of(state: Placements, name: ReservationId) -> StayId:
    (stay,) = (one.id for one in state.stays.values() if one.reservation == name)
    return stay


def acts_of(state: Placements) -> dict[type, tuple[Actor, e.PlacementEvent]]:
    """One act of each kind that can be done, and by whom."""
    mine, ours, stay = office(HERE), house(OAK), stay_of(state, THERE_NOW)
    closure = Closure(ClosureId("zu"), PlaceId("bett-3"), SPAN)
    found: list[tuple[Actor, e.PlacementEvent]] = [
        (ours, e.TakeIn(given(closure))),
        (mine, e.Reserve(NEW, CASE, (Part(PlaceId("bett-3")),), SPAN)),
        (mine, e.Extend(KEPT)),
        (mine, e.Rebook(KEPT, Span(TODAY, TODAY + timedelta(days=9)))),
        (mine, e.Cancel(KEPT)),
        (mine, e.Join(NEW, CASE, HOURS, Need(SPAN, 1, 10))),
        (mine, e.Ask(RequestId("noch eine"), CASE, PROFILE, WANTED, (OAK,))),
        (mine, e.Accept(ASKED, ELM, NEW)),
        (mine, e.Withdraw(ASKED)),
        (mine, e.KeepSearch(SearchId("neue"), "Ein Bett", AREA, Search(KindId("wohnen")))),
        (mine, e.DropSearch(KEPT_SEARCH)),
        (mine, e.Approve(stay, 20)),
        (mine, e.Agree(stay, yes=True)),
        (ours, e.Confirm(KEPT)),
        (ours, e.Decline(KEPT, "voll")),
        (ours, e.Propose(ASKED, (Part(PlaceId("bett-3")),))),
        (ours, e.PassOver(ASKED)),
        (ours, e.Admit(KEPT, TODAY)),
        (ours, e.ChangeStay(stay, TODAY + timedelta(days=9), 1)),
        (ours, e.MoveStay(stay_of(state, SURE), PlaceId("bett-3"), TODAY)),
        (ours, e.Discharge(stay, TODAY)),
        (ours, e.RecordContacts(stay, TODAY)),
        (ours, e.CorrectContacts(stay, TODAY, 2)),
        (ours, e.TakeBack(stay_of(state, SURE), e.Entered.ADMISSION, TODAY)),
        (CLOCK, e.Elapsed()),
    ]
    return {type(what): (by, what) for by, what in found}


SCENE = scene()
ONES_OWN = (e.Reserve, e.Join, e.Ask, e.KeepSearch)
"""What every office may do, for itself."""


def strangers(by: Actor) -> list[Actor]:
    """Everybody else: other roles by the same name, the same name in other tenants, others of the role."""
    by_its_name = [Actor(role, by.office, tenant) for role in Role for tenant in (NORTH, SOUTH, LAND, FOREIGN)]
    return [one for one in (*by_its_name, *EVERYBODY) if party(one) != party(by)]


def rows_of(state: Placements) -> tuple[object, ...]:
    """All that an act may change."""
    return Tables.of(state), dict(state.requests), dict(state.searches)


def test_every_act_and_every_role_stands_in_the_table() -> None:
    assert ACTS.keys() == HANDLERS.keys() == acts_of(SCENE).keys()
    assert RIGHTS.keys() == set(Role)


@pytest.mark.parametrize("kind", HANDLERS, ids=lambda kind: kind.__name__)
def test_an_act_is_done_by_whose_it_is_and_by_nobody_else(kind: type) -> None:
    by, what = acts_of(SCENE)[kind]
    assert may_do(by, what)
    state = copy.deepcopy(SCENE)
    assert not {News.REFUSED, News.MISTAKES} & set(done(state, by, what))
    if by is not CLOCK:
        assert rows_of(state) != rows_of(SCENE)
    state = copy.deepcopy(SCENE)
    for stranger in strangers(by):
        if stranger.role is not by.role:
            assert not may_do(stranger, what), stranger
        elif kind in ONES_OWN or (kind is e.PassOver and stranger == house(ELM)):
            continue
        if by is CLOCK:  # the machine does what is due, and nothing else, whoever says so
            continue
        assert done(state, stranger, what) in ([News.REFUSED], [News.MISTAKES]), stranger
        assert rows_of(state) == rows_of(SCENE), stranger


# --- what nobody may see ----------------------------------------------------------------------------------------------


OF_PLACES = ("schließung:", "grund:", "gemeldet:")
"""No view of a row has them; of all answers `test_rights_of_answers` asks."""


def seen(state: Placements, actor: Actor) -> str:
    """Every text of every view."""
    views: list[object] = [reservation_seen(state, actor, one) for one in state.reservations.values()]
    views += [request_seen(state, actor, one) for one in state.requests.values()]
    views += [state.searches[name] for name in state.rows_of(party(actor)).searches]
    views += [stay_seen(state, actor, one) for one in state.stays.values()]
    views += [numbers(state, actor, TENANTS)]
    return "\n".join(text for view in views for text in texts_in(view))


@settings(max_examples=400 if LONG else 12)
@examples(st.integers(0, 1 << 32), st.sampled_from((40, 120)))
def test_everybody_sees_what_is_theirs_to_see_and_nothing_else(seed: int, acts: int) -> None:
    state = Life(seed).live(acts)
    allowed = {what: whom for what, whom in readers(state).items() if not what.startswith(OF_PLACES)}
    for actor in EVERYBODY:
        told_to = seen(state, actor)
        of_them = {what for what in allowed if what in told_to}
        assert of_them == {what for what, whom in allowed.items() if party(actor) in whom}, actor


def test_a_provider_hears_neither_who_else_was_asked_nor_what_they_offered() -> None:
    one = SCENE.requests[ASKED]
    for provider, proposals in ((OAK, 0), (ELM, 1)):
        view = request_seen(SCENE, house(provider), one)
        assert view is not None
        assert (view.to, view.case, len(view.proposals)) == ((provider,), None, proposals)
    whole = request_seen(SCENE, office(HERE), one)
    assert whole is not None
    assert (whole.to, whole.case, len(whole.proposals)) == ((OAK, ELM), CASE, 1)


def test_a_case_is_known_to_the_provider_from_its_confirmation_to_the_discharge() -> None:
    state, name = copy.deepcopy(SCENE), KEPT

    def case() -> object:
        view = reservation_seen(state, house(OAK), state.reservations[name])
        assert view is not None
        return view.case

    assert case() is None
    for what, known in ((e.Confirm(name), CASE), (e.Admit(name, TODAY), CASE)):
        done(state, house(OAK), what)
        assert case() == known
    stay = next(one for one in state.stays.values() if one.reservation == name)
    done(state, house(OAK), e.Discharge(stay.id, TODAY))
    assert case() is None
    after = stay_seen(state, house(OAK), state.stays[stay.id])
    assert after is not None
    assert after.case is None


def test_the_term_of_a_name_begins_on_the_day_on_which_the_case_was_given_up() -> None:
    state, late = begun(), Span(TODAY + timedelta(days=300))
    done(state, office(HERE), e.Reserve(KEPT, CASE, (Part(PlaceId("bett-1")),), late))
    done(state, house(OAK), e.Confirm(KEPT))
    done(state, office(HERE), e.Ask(ASKED, CASE, PROFILE, WANTED, (OAK,)))
    for what in (e.Cancel(KEPT), e.Withdraw(ASKED)):
        done(state, office(HERE), what)
    known = KnownCase(party(office(HERE)), CASE, TODAY)
    assert forgotten_on(state, [known], Retention()) == {known: TODAY + Retention().ended}


# --- counts -----------------------------------------------------------------------------------------------------------


def crowd(waiting: int, there: int, asked: int, seed: int = 0) -> Placements:
    """So many of each in one cell, and others elsewhere."""
    state, chance = begun(), Random(seed)
    for number in range(there):
        name = ReservationId(f"da-{number}")
        done(state, office(HERE), e.Reserve(name, CaseId(name), (Part(PlaceId("kurs")),), SPAN))
    for number in range(waiting):
        done(state, office(HERE), e.Join(ReservationId(f"wartet-{number}"), CASE, HOURS, Need(SPAN, 1, 11 - number)))
    for number in range(asked):
        done(state, office(HERE), e.Ask(RequestId(f"fragt-{number}"), CASE, PROFILE, WANTED, (BEECH,)))
    for number in range(chance.randrange(3)):
        done(
            state,
            office(THERE),
            e.Reserve(ReservationId(f"süd-{number}"), CASE, (Part(PlaceId(f"buche-{number + 1}")),), SPAN),
        )
    return state


MINISTRY = Actor(Role.MINISTRY, OfficeId("ministerium"), LAND)


def test_whatever_a_small_count_is_everybody_is_told_the_same() -> None:
    """So no subtraction of whatever was told leads to it: 0, 1 and 2 cannot be told apart."""
    seen = {repr(numbers(crowd(0, there, asked), MINISTRY, TENANTS)) for there in range(3) for asked in range(3)}
    assert len(seen) == 1
    assert repr(numbers(crowd(0, 3, 0), MINISTRY, TENANTS)) not in seen


@examples(st.lists(st.tuples(*(st.integers(0, 6),) * 3), min_size=1, max_size=6), st.integers(0, 1 << 16))
def test_a_total_is_made_of_what_was_told_and_holds_what_is(people: list[tuple[int, int, int]], seed: int) -> None:
    chance = Random(seed)

    def table(rows: list[tuple[int, int, int]]) -> list[Cell]:
        return [Cell(9, 9 - there, there, waiting, asked) for there, waiting, asked in rows]

    other = [tuple(chance.randrange(3) if one < 3 else one for one in row) for row in people]
    said = total(map(told, table(people)))
    assert said == total(map(told, table(other)))
    for index, name in enumerate(("there", "waiting", "asked")):
        counted: Count = getattr(said, name)
        assert counted.least <= sum(row[index] for row in people) <= counted.most
    assert said.free is None or said.free == sum(9 - row[0] for row in people)


def test_counts_are_those_of_the_own_land_and_say_small_ones_in_words() -> None:
    state = crowd(0, 4, 3)
    seats = CellKey(NORTH, AREA, KindId("kurs"))
    beds = CellKey(NORTH, AREA, KindId("wohnen"))
    assert count_cells(state)[seats] == Cell(places=4, free=0, there=4)
    found = numbers(state, MINISTRY, TENANTS)
    assert (str(found[seats].there), found[seats].free, str(found[seats].waiting)) == ("4", 0, "weniger als 3")
    assert (str(found[beds].asked), str(found[beds].there), found[beds].free) == ("3", "weniger als 3", None)
    assert str(total(found.values()).there) == "4 bis 10"
    here = Actor(Role.DECISION_MAKER, OfficeId("kreistag"), SOUTH)
    assert {key.tenant for key in numbers(state, here, TENANTS)} == {SOUTH}
    assert {key.tenant for key in found} == {NORTH, SOUTH}
    for nobody in (replace(MINISTRY, tenant=FOREIGN), office(HERE), *HOUSES.values()):
        assert numbers(state, nobody, TENANTS) == {}
