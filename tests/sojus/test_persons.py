"""Who needs to know of whom a case is, is told, and it is written down; what is forgotten is in no file any more."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, nullcontext, suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from secrets import token_hex
from unittest import mock

import psycopg
import pytest
from hypothesis import given as examples
from hypothesis import settings
from hypothesis import strategies as st

from lisa_core.domain.model.errors import LisaError
from sojus.config.privacy_file import load_privacy
from sojus.domain.model.actors import Actor, Role
from sojus.domain.model.days import Span
from sojus.domain.model.ids import CaseId, PlaceId, ReservationId
from sojus.domain.placement import events as e
from sojus.domain.placement.machine import handle
from sojus.domain.placement.moves import party
from sojus.domain.placement.records import Admission, Part, Request, Reservation
from sojus.domain.placement.state import Placements
from sojus.domain.rights.members import Membership
from sojus.domain.rights.purposes import Purpose, PurposeId, purposes_of
from sojus.domain.rights.retention import Retention, forgotten_on, still_open
from sojus.store.opening import open_placements
from sojus.store.persons import sqlite as sqlite_persons
from sojus.store.persons.changing import NameWish
from sojus.store.persons.database import Statements
from sojus.store.persons.looking import look
from sojus.store.persons.opening import FILE, open_persons
from sojus.store.persons.persons import Persons
from sojus.store.persons.terms import forgotten_days, run_terms
from sojus.store.persons.values import AuditDeed, NamedPerson, NotShown
from sojus.store.turn import Wish
from tests.sojus.lives_of_rights import EVERYBODY, Life, begun, is_taken_in
from tests.sojus.portal_to_kill import RULES
from tests.sojus.providers import ELSEWHERE, HERE, NOON, OAK, SOUTH, TODAY, house, oak, office
from tests.store.server import EMPTY, Server, server

__all__ = ["server"]
LONG = os.environ.get("LISA_LONG") == "1"
LIMIT_S = 60.0
PURPOSES, SHIPPED_TERMS = load_privacy()
SEARCHING, PLANNING, CARING, DELETING = (
    PURPOSES[PurposeId(one)] for one in ("vermittlung", "hilfeplan", "betreuung", "auskunft")
)
ERIKA = (NamedPerson("Erika Muster", date(2011, 5, 17)),)
WE = Membership("sozialarbeit", office(HERE))
COLLEAGUE = Membership("vertretung", office(HERE))
OTHERS = Membership("nebenan", office(ELSEWHERE))
NAMESAKE = Membership("sued", Actor(Role.YOUTH_OFFICE, HERE, SOUTH))
HOUSE = Membership("gruppenleitung", house(OAK))
DAY = timedelta(days=1)
NOTHING = begun()


@pytest.fixture(params=["folder", "postgres"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str | Path]:
    """A place of each kind in which nothing is."""
    if request.param == "folder":
        yield tmp_path / "daten"
    else:
        running: Server = request.getfixturevalue("server")
        with running.database(EMPTY) as name:
            yield running.socket_url(name)


@pytest.fixture
def persons(where: str | Path) -> Iterator[Persons]:
    with closing(open_persons(where)) as opened:
        yield opened


def entered(persons: Persons, key: str = "schlüssel", who: Membership = WE) -> CaseId:
    return persons.enter(who, key, ERIKA, SEARCHING, NOON).case


def looked(
    persons: Persons, state: Placements, who: Membership, case: CaseId, purpose: Purpose, at: datetime
) -> tuple[NamedPerson, ...]:
    return look(persons, lambda: nullcontext(state), who, case, purpose, at)


def asked(who: Membership, case: CaseId, key: str = "", at: datetime = NOON) -> NameWish:
    """A change; `key` "": one that nobody has used."""
    return NameWish(who, key or token_hex(8), case, DELETING, at)


def reserved(case: CaseId, *acts: e.PlacementEvent) -> Placements:
    """A place for this case, and what the house does then."""
    state = begun()
    reserve = e.Reserve(ReservationId("r"), case, (Part(PlaceId("bett-1")),), Span(TODAY))
    for by, what in ((office(HERE), reserve), *((house(OAK), one) for one in acts)):
        handle(state, e.Act(by, NOON, what))
    return state


# --- who may know -----------------------------------------------------------------------------------------------------


def test_a_name_is_given_to_who_needs_it_for_a_purpose_and_written_down_before(persons: Persons) -> None:
    case = entered(persons)
    assert looked(persons, NOTHING, COLLEAGUE, case, PLANNING, NOON) == ERIKA
    for nobody in (OTHERS, NAMESAKE):
        with pytest.raises(NotShown, match="gibt es nicht, oder Sie dürfen nicht wissen"):
            looked(persons, NOTHING, nobody, case, PLANNING, NOON)
    with pytest.raises(NotShown, match="gibt es nicht, oder Sie dürfen nicht wissen"):
        looked(persons, NOTHING, HOUSE, case, CARING, NOON)
    with pytest.raises(LisaError, match="„Die Hilfe leisten“ ist kein Zweck"):
        looked(persons, NOTHING, WE, case, CARING, NOON)
    written = persons.audit(WE)
    assert [(one.what, one.account, one.purpose) for one in written] == [
        (AuditDeed.REFUSED, None, "betreuung"),
        (AuditDeed.REFUSED, None, "hilfeplan"),
        (AuditDeed.REFUSED, None, "hilfeplan"),
        (AuditDeed.SEEN, "vertretung", "hilfeplan"),
        (AuditDeed.ENTERED, "sozialarbeit", "vermittlung"),
    ]
    assert [one.party for one in written[:3]] == [party(one.actor) for one in (HOUSE, NAMESAKE, OTHERS)]
    assert [(one.what, one.account) for one in persons.audit(HOUSE)] == [(AuditDeed.REFUSED, "gruppenleitung")]
    assert "Muster" not in repr(written)
    other = entered(persons, "zweiter")
    assert [(one.what, one.case) for one in persons.audit(WE, case=other)] == [(AuditDeed.ENTERED, other)]
    assert persons.audit(WE, case=case) == written
    persons.check()


def test_a_provider_knows_from_the_confirmation_to_the_discharge(persons: Persons) -> None:
    case, name = entered(persons), ReservationId("r")
    steps: list[tuple[tuple[e.PlacementEvent, ...], bool]] = [
        ((), False),
        ((e.Confirm(name),), True),
        ((e.Confirm(name), e.Decline(name, "voll")), False),
        ((e.Confirm(name), e.Admit(name, TODAY)), True),
    ]
    for acts, known in steps:
        state = reserved(case, *acts)
        if known:
            assert looked(persons, state, HOUSE, case, CARING, NOON) == ERIKA
        else:
            with pytest.raises(NotShown):
                looked(persons, state, HOUSE, case, CARING, NOON)
    (stay,) = state.stays
    handle(state, e.Act(house(OAK), NOON, e.Discharge(stay, TODAY)))
    with pytest.raises(NotShown):
        looked(persons, state, HOUSE, case, CARING, NOON)


@settings(max_examples=200 if LONG else 6)
@examples(st.integers(0, 1 << 32), st.sampled_from((30, 90)))
def test_in_random_lives_nobody_knows_more_than_they_need(seed: int, acts: int) -> None:
    """Also where an office calls its case by the id of another's."""
    keys = iter(range(1 << 20))
    with closing(open_persons(None)) as persons:
        life = Life(seed, lambda by: entered(persons, str(next(keys)), Membership("konto", by)))
        state = life.live(acts)
        for case in life.used:
            owner = persons.owner(case)
            for actor in EVERYBODY:
                theirs = [one for one in state.reservations.values() if one.case == case and party(one.by) == owner]
                right = party(actor) == owner or any(
                    one.provider == actor.provider and is_taken_in(state, one.id)
                    for one in theirs
                    if one.provider and state.register.providers[one.provider].tenant == actor.tenant
                )
                assert knows(persons, state, actor, case) is right, actor


def knows(persons: Persons, state: Placements, actor: Actor, case: CaseId) -> bool:
    """For any purpose whatever."""
    for purpose in PURPOSES.values():
        try:
            return bool(looked(persons, state, Membership("konto", actor), case, purpose, NOON))
        except NotShown:
            return False
        except LisaError:  # not for this purpose
            continue
    return False


# --- entering, correcting, forgetting ---------------------------------------------------------------------------------


def test_a_case_is_entered_once_by_its_office_and_its_id_says_nothing(where: str | Path, persons: Persons) -> None:
    first = persons.enter(WE, "k1", ERIKA, SEARCHING, NOON)
    with closing(open_persons(where)) as other:  # another process, asked again by who got no answer
        assert other.enter(WE, "k1", ERIKA, SEARCHING, NOON + DAY) == first
        second = other.enter(COLLEAGUE, "k2", (NamedPerson("  Max   Muster "), *ERIKA), SEARCHING, NOON)
        with pytest.raises(LisaError, match="Unter diesem Schlüssel"):
            other.enter(WE, "k1", (NamedPerson("Max Muster"),), SEARCHING, NOON)
    third = persons.enter(OTHERS, "k1", ERIKA, SEARCHING, NOON)
    assert [one.label for one in (first, second, third)] == ["Fall 1", "Fall 2", "Fall 1"]
    assert len({first.case, second.case, third.case}) == 3
    assert persons.cases(WE, 9) == [second, first]
    assert persons.cases(OTHERS, 9) == [third]
    assert persons.cases(HOUSE, 9) == ()
    assert persons.owner(third.case) == party(office(ELSEWHERE))
    with pytest.raises(LisaError):
        persons.enter(HOUSE, "k3", ERIKA, CARING, NOON)


def test_a_name_that_was_deleted_does_not_come_back_by_the_key_by_which_it_was_entered(persons: Persons) -> None:
    by_hand, by_term = (persons.enter(WE, key, ERIKA, SEARCHING, NOON) for key in ("k1", "k2"))
    assert persons.forget(asked(WE, by_hand.case))
    assert persons.let_go(dict.fromkeys(persons.known(), TODAY), date.min, NOON) == 1
    for key in ("k1", "k2"):
        with pytest.raises(LisaError, match="inzwischen gelöscht"):
            persons.enter(WE, key, ERIKA, SEARCHING, NOON)
    assert persons.cases(WE, 9) == []
    assert persons.owner(by_term.case) is None
    assert persons.enter(OTHERS, "k1", ERIKA, SEARCHING, NOON).label == "Fall 1", "keys are an office's own"


@pytest.mark.parametrize(
    ("people", "sentence"),
    [
        ((), "1 bis 20 Menschen, nicht 0"),
        (ERIKA * 21, "nicht 21"),
        ((NamedPerson(" "),), "1 bis 200 Zeichen in einer Zeile"),
        ((NamedPerson("Erika\nMuster"),), "in einer Zeile"),
        ((NamedPerson("x" * 201),), "Eingegeben sind 201"),
        ((NamedPerson("Erika Muster", TODAY + DAY),), "Der 02.12.2026 ist kein Geburtstag"),
        ((NamedPerson("Erika Muster", date(1899, 12, 31)),), "Der 31.12.1899 ist kein Geburtstag"),
    ],
)
def test_what_cannot_be_a_person_is_refused_without_saying_the_name(
    people: tuple[NamedPerson, ...], sentence: str
) -> None:
    with closing(open_persons(None)) as persons, pytest.raises(LisaError, match=sentence) as refused:
        persons.enter(WE, "k", people, SEARCHING, NOON)
    assert "Muster" not in str(refused.value)
    assert persons_in(persons) == 0


def persons_in(persons: Persons) -> int:
    """Closed by now, or empty."""
    try:
        return len(persons.known())
    except (sqlite3.ProgrammingError, LisaError):
        return 0


@pytest.mark.parametrize("seed", range(40 if LONG else 1))
def test_what_was_forgotten_or_corrected_is_in_no_file_any_more(
    where: str | Path, persons: Persons, request: pytest.FixtureRequest, seed: int
) -> None:
    """Many cases with names of all lengths come, change and go: pages are split, merged and filled anew."""
    chance, mark = Random(seed), token_hex(8)
    there: dict[CaseId, str] = {}
    gone: set[str] = set()
    in_folder = isinstance(where, Path)
    for number in range(150 if in_folder else 30):
        name = f"{mark}.{number}." + "x" * chance.choice((0, 30, 170))
        people = (NamedPerson(name),) * (chance.choice((1, 1, 20)) if in_folder else 1)  # PostgreSQL packs long texts
        case = chance.choice(list(there)) if there and chance.random() < 0.3 else None
        if case is None:
            there[persons.enter(WE, name, people, SEARCHING, NOON).case] = name
            continue
        gone.add(there.pop(case))
        if chance.random() < 0.5:
            persons.forget(asked(WE, case))
        else:
            persons.correct(asked(WE, case), people)
            there[case] = name
        if not in_folder:  # a server looks by itself which values are frequent, and keeps some of them
            persons._database.run(lambda do: do("analyze sojus_person_case"))
    all_traces_gone(persons)
    data = b"".join(bytes_of(where, request))
    assert all(f'"{name}"'.encode() in data for name in there.values())
    assert not {name for name in gone if f'"{name}"'.encode() in data}
    for case, name in there.items():
        assert looked(persons, NOTHING, WE, case, PLANNING, NOON)[0] == NamedPerson(name)
    persons.check()


def test_what_is_deleted_while_others_take_out_traces_is_taken_out_as_well(
    where: str | Path, persons: Persons, request: pytest.FixtureRequest
) -> None:
    first, second, third = (
        persons.enter(WE, key, (NamedPerson(f"Muster {key}"),), SEARCHING, NOON).case for key in ("k1", "k2", "k3")
    )
    with closing(open_persons(where)) as other:
        scrub = persons._database.scrub

        def meanwhile(within_s: float | None) -> None:
            scrub(within_s)
            other.forget(asked(WE, second))
            other.leave_no_traces()
            other.forget(asked(WE, third))

        persons.forget(asked(WE, first))
        with mock.patch.object(persons._database, "scrub", meanwhile):
            persons.leave_no_traces()
        all_traces_gone(other)
    assert b"Muster k3" not in b"".join(bytes_of(where, request))


def all_traces_gone(persons: Persons) -> None:
    """At once, unless somebody on the same server might still see something; then with the next terms."""
    end_s = time.monotonic() + LIMIT_S
    while persons._database.rows("select traces from sojus_person_state where traces > 0"):
        assert time.monotonic() < end_s
        persons.let_go({}, date.min, NOON)


def bytes_of(where: str | Path, request: pytest.FixtureRequest) -> Iterator[bytes]:
    """Of all files; those of the server's tables, without its write-ahead files."""
    if isinstance(where, Path):
        files = where.iterdir()
    else:
        running: Server = request.getfixturevalue("server")
        with running.admin() as db:
            db.execute("checkpoint")
            name = where.split("@/")[1].split("?")[0]
            (found,) = db.execute("select oid from pg_database where datname = %s", (name,)).fetchall()
        files = (running.folder / "data" / "base" / str(found[0])).iterdir()
    for path in files:
        with suppress(FileNotFoundError):  # the server has let go of it meanwhile
            yield path.read_bytes()


def test_who_is_forgotten_is_known_to_nobody(persons: Persons) -> None:
    first, second = (entered(persons, key) for key in "ab")
    persons.forget(asked(COLLEAGUE, first))
    assert persons.owner(first) is None
    with pytest.raises(NotShown):
        looked(persons, NOTHING, WE, first, DELETING, NOON)
    with pytest.raises(NotShown):
        persons.forget(asked(WE, first))
    for stranger in (OTHERS, NAMESAKE):
        with pytest.raises(NotShown):
            persons.forget(asked(stranger, second))
        with pytest.raises(NotShown):
            persons.correct(asked(stranger, second), (NamedPerson("Max Muster"),))
    assert looked(persons, NOTHING, WE, second, PLANNING, NOON) == ERIKA
    assert [one.what for one in persons.audit(WE)][:5] == [AuditDeed.SEEN, *[AuditDeed.REFUSED] * 4]


# --- terms ------------------------------------------------------------------------------------------------------------


TERMS = Retention(unused=10 * DAY, ended=20 * DAY)


def test_a_name_goes_by_itself_a_term_after_the_last_thing_of_its_case(where: str | Path, persons: Persons) -> None:
    unused, used, kept_open = (entered(persons, key) for key in ("a", "b", "c"))
    with closing(open_placements(where, RULES, NOON)) as kept:
        kept.do([Wish("eiche", house(OAK), e.TakeIn(oak()), NOON)])
        for case, place in ((used, "bett-1"), (kept_open, "bett-2")):
            part, name = (Part(PlaceId(place)),), ReservationId(place)
            span = Span(TODAY, TODAY + 40 * DAY)
            kept.do([Wish(place, office(HERE), e.Reserve(name, case, part, span), NOON)])
            kept.do([Wish(f"{place} da", house(OAK), e.Admit(name, TODAY), NOON)])
        with kept.reading() as state:
            stay = next(one.id for one in state.stays.values() if one.case == used)
        leaves = NOON + 5 * DAY
        kept.do([Wish("geht", house(OAK), e.Discharge(stay, leaves.date()), leaves)])
        assert forgotten_days(persons, kept, TERMS, WE) == {
            unused: TODAY + 10 * DAY,
            used: TODAY + 26 * DAY,
            kept_open: None,
        }
        gone = {9: 0, 10: 1, 24: 0, 25: 0, 26: 1, 300: 0}  # the day of discharge is one of the stay
        for days, count in gone.items():
            assert run_terms(persons, kept, TERMS, NOON + days * DAY) == count, days
            assert run_terms(persons, kept, TERMS, NOON + days * DAY) == 0
        assert [one.case for one in persons.cases(WE, 9)] == [kept_open]
        assert persons.owner(unused) is persons.owner(used) is None
    ran_out = [one for one in persons.audit(WE) if one.what is AuditDeed.RAN_OUT]
    assert [(one.case, one.party, one.account) for one in ran_out] == [(used, None, ""), (unused, None, "")]


@settings(max_examples=200 if LONG else 10)
@examples(st.integers(0, 1 << 32), st.sampled_from((30, 90)))
def test_no_name_goes_while_anything_of_its_case_is_open(seed: int, acts: int) -> None:
    keys = iter(range(1 << 20))
    with closing(open_persons(None)) as persons:
        life = Life(seed, lambda by: entered(persons, str(next(keys)), Membership("konto", by)))
        state = life.live(acts)
        due = forgotten_on(state, persons.known(), TERMS)
        for one, day in due.items():
            assert (day is None) == any(still_open(state, one.owner, one.case))
            rows = [*state.reservations.values(), *state.requests.values(), *state.stays.values()]
            mine = [row for row in rows if row.case == one.case and party(row.by) == one.owner]
            still = [row for row in mine if is_open(row)]
            assert (day is None) == bool(still)
            assert day is None or day >= one.created + TERMS.unused
            ended = [row.span.stop for row in mine if isinstance(row, Admission)]
            assert day is None or all(day >= end + TERMS.ended for end in ended)
        persons.let_go(due, date.min, life.at + 10_000 * DAY)
        assert {one.case for one in persons.known()} == {one.case for one, day in due.items() if day is None}


def is_open(row: Reservation | Request | Admission) -> bool:
    if isinstance(row, Admission):
        return not row.ended
    return row.stage.value in ("wartet", "reserviert", "bestätigt", "offen")


def test_who_looked_is_forgotten_when_the_year_after_is_over_and_the_chain_goes_on(
    where: str | Path, persons: Persons
) -> None:
    with closing(open_placements(where, RULES, NOON)) as kept:
        case = entered(persons)
        for years in (0, 1, 2):
            looked(persons, NOTHING, WE, case, PLANNING, NOON.replace(year=2026 + years))
        for year, left in ((2027, 4), (2028, 2), (2029, 1), (2031, 0)):
            run_terms(persons, kept, Retention(unused=99_999 * DAY), datetime(year, 1, 1, 3, tzinfo=UTC))
            assert len(persons.audit(WE)) == left, year
            persons.check()
        looked(persons, NOTHING, WE, case, PLANNING, NOON.replace(year=2031))
        assert [(one.number, one.what) for one in persons.audit(WE)] == [(5, AuditDeed.SEEN)]
        persons.check()


# --- who acts for whom ------------------------------------------------------------------------------------------------


def test_an_account_acts_for_whom_it_was_taken_in_until_that_is_ended(where: str | Path, persons: Persons) -> None:
    both = (WE, replace(HOUSE, account=WE.account))
    assert persons.memberships(WE.account) == ()
    assert [persons.join(one, NOON + number * DAY, "leitung") for number, one in enumerate(both)] == [True, True]
    assert persons.join(WE, NOON) is False
    persons.join(COLLEAGUE, NOON + 5 * DAY)
    with closing(open_persons(where)) as other:
        assert other.memberships(WE.account) == both
        assert other.all_memberships() == (*both, COLLEAGUE)
        assert other.end(WE, NOON) is True
        assert other.end(WE, NOON) is False
    assert persons.memberships(WE.account) == both[1:]
    written = [(one.what, one.account, one.subject) for one in persons.audit(WE)]
    assert written == [
        (AuditDeed.LEFT, "", "sozialarbeit"),
        (AuditDeed.JOINED, "", "vertretung"),
        (AuditDeed.JOINED, "leitung", "sozialarbeit"),
    ]


# --- what somebody alters, and other versions -------------------------------------------------------------------------


def change(where: str | Path, server: Server, statement: str) -> None:
    """As somebody with an SQL prompt would, around the guards."""
    if isinstance(where, Path):
        with closing(sqlite3.connect(where / FILE)) as db:
            for guard in ("person_audit_no_update", "person_audit_no_delete"):
                db.execute(f"drop trigger if exists {guard}")
            db.execute(statement)
            db.commit()
    else:
        with server.admin(where.split("@/")[1].split("?")[0]) as admin, admin.transaction():
            admin.execute("set local session_replication_role = replica")
            admin.execute(statement.encode())


@pytest.mark.parametrize(
    "statement",
    [
        "update sojus_person_audit set account = 'niemand' where number = 2",
        "delete from sojus_person_audit where number = 3",
    ],
)
def test_an_audit_that_was_altered_says_so(
    where: str | Path, request: pytest.FixtureRequest, persons: Persons, statement: str
) -> None:
    case = entered(persons)
    for _ in range(2):
        looked(persons, NOTHING, WE, case, PLANNING, NOON)
    persons.check()
    server = request.getfixturevalue("server") if isinstance(where, str) else None
    change(where, server, statement)
    with pytest.raises(LisaError, match=r"Protokoll der Einsichten wurde verändert \(Zeile [123]\)"):
        persons.check()


@pytest.mark.parametrize("deed", ["update {} set account = 'x'", "delete from {}"])
def test_the_audit_is_only_ever_added_to(where: str | Path, persons: Persons, deed: str) -> None:
    entered(persons)
    statement = deed.format("sojus_person_audit")
    if isinstance(where, Path):
        with closing(sqlite3.connect(where / FILE)) as db, pytest.raises(sqlite3.IntegrityError, match="append-only"):
            db.execute(statement)
    else:
        with psycopg.connect(where) as other, pytest.raises(psycopg.errors.RaiseException, match="append-only"):
            other.execute(statement.encode())


def test_another_version_is_left_alone(where: str | Path, request: pytest.FixtureRequest, persons: Persons) -> None:
    server = request.getfixturevalue("server") if isinstance(where, str) else None
    change(where, server, "update sojus_person_state set form = 9")
    with pytest.raises(LisaError, match=r"eine andere Version geschrieben \(Fassung 9, hier 3\)"):
        open_persons(where)


def test_a_file_of_others_is_left_alone(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / FILE)) as db:
        db.execute("create table something(else_)")
    with pytest.raises(LisaError, match="In dieser Datei liegt schon anderes"):
        open_persons(tmp_path)


def test_only_its_owner_reads_it(tmp_path: Path) -> None:
    with closing(open_persons(tmp_path / "neu")):
        assert {path.stat().st_mode & 0o777 for path in (tmp_path / "neu").iterdir()} == {0o600}


# --- purposes ---------------------------------------------------------------------------------------------------------


def test_every_role_that_may_know_has_purposes_to_choose_from_and_mistakes_in_a_list_are_told(tmp_path: Path) -> None:
    for role in Role:
        known = purposes_of(PURPOSES, role)
        assert bool(known) is (role in (Role.YOUTH_OFFICE, Role.PROVIDER))
        assert all("SGB" in one.law for one in known)
    assert Retention() == SHIPPED_TERMS
    path = tmp_path / "datenschutz.toml"
    terms = "[retention]\nunused_days = 0\nended_days = 9\naudit_years = 1\n"
    path.write_text(f'schema = 1\n{terms}[purposes.x]\nname = ""\nlaw = "§ 1"\nroles = ["ministerium"]\n')
    with pytest.raises(LisaError) as told:
        load_privacy(path)
    assert [line for line in (3, 4, 5, 7, 8, 9) if f"{path}:{line}:" in str(told.value)] == [3, 7, 9]


# --- what cannot be done at once --------------------------------------------------------------------------------------


def test_traces_that_somebody_holds_open_are_gone_with_the_next_terms(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_persons, "PATIENCE_S", 0.05)
    name = f"Erika {token_hex(8)}"

    def is_there() -> bool:
        return any(name.encode() in path.read_bytes() for path in tmp_path.iterdir())

    with closing(open_persons(tmp_path)) as persons:
        case = persons.enter(WE, "k", (NamedPerson(name),), SEARCHING, NOON).case
        with closing(sqlite3.connect(tmp_path / FILE, isolation_level=None)) as other:
            other.execute("begin")
            assert other.execute("select count(*) from sojus_person_case").fetchone() == (1,)
            persons.forget(asked(WE, case))
            assert persons.owner(case) is None
            assert is_there()
        persons.let_go({}, date.min, NOON)
        assert not is_there()


def test_what_a_reader_on_the_server_might_still_see_is_gone_when_that_has_ended(
    server: Server, request: pytest.FixtureRequest
) -> None:
    """A backup that runs for hours, say."""
    name = f"Erika {token_hex(8)}"
    with server.database(EMPTY) as database, closing(open_persons(where := server.socket_url(database))) as persons:
        case = persons.enter(WE, "k", (NamedPerson(name),), SEARCHING, NOON).case
        with psycopg.connect(where) as reader:
            reader.execute("set transaction isolation level repeatable read")
            assert reader.execute("select count(*) from sojus_person_case").fetchone() == (1,)
            persons.forget(asked(WE, case))
            assert persons._database.rows("select traces from sojus_person_state") == [(1,)]
        all_traces_gone(persons)
        assert name.encode() not in b"".join(bytes_of(where, request))


def test_whoever_asks_does_not_wait_for_whoever_writes(where: str | Path, persons: Persons) -> None:
    """Each request of a page asks for whom it acts, of this process as of another."""
    persons.join(WE, NOON)
    with closing(open_persons(where)) as other:

        def work(do: Statements) -> None:
            do("update sojus_person_state set traces = traces")
            assert other.memberships(WE.account) == persons.memberships(WE.account) == (WE,)

        persons._database.run(work)
