"""Cases and their changes as one office and everybody else see them: once for each key, within bounds, and told."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, nullcontext
from pathlib import Path
from random import Random

import pytest
from hypothesis import given as examples
from hypothesis import settings
from hypothesis import strategies as st

from lisa_core.domain.model.errors import LisaError
from sojus.domain.model.actors import Role
from sojus.domain.model.ids import CaseId
from sojus.domain.placement.decisions import Party
from sojus.domain.placement.moves import party
from sojus.domain.rights.members import Membership
from sojus.store.persons import cases, changing
from sojus.store.persons.changing import NameWish
from sojus.store.persons.opening import open_persons
from sojus.store.persons.persons import Persons
from sojus.store.persons.values import AuditDeed, AuditLine, NamedPerson, NotShown
from tests.sojus.providers import ELM, NOON, house
from tests.sojus.test_persons import (
    DAY,
    ERIKA,
    HOUSE,
    NAMESAKE,
    OTHERS,
    PURPOSES,
    SEARCHING,
    WE,
    asked,
    entered,
    persons,
    server,
    where,
)

__all__ = ["persons", "server", "where"]
LONG = os.environ.get("LISA_LONG") == "1"
OTHER_HOUSE = Membership("ulme", house(ELM))
DEEDS = (AuditDeed.SEEN, AuditDeed.SEEN, AuditDeed.SEEN, AuditDeed.CORRECTED, AuditDeed.FORGOTTEN)
Done = tuple[AuditDeed, Party, CaseId]


def test_a_change_is_done_once_for_each_key_and_by_a_key_of_another_change_never(
    where: str | Path, persons: Persons
) -> None:
    first, second = (entered(persons, key) for key in "ab")
    wish, max_ = asked(WE, first, "schlüssel"), (NamedPerson("Max Muster"),)
    assert persons.correct(wish, max_, "51-7")
    with closing(open_persons(where)) as other:
        assert not other.correct(replace_at(wish), max_, "51-7")
        for wrong, people in ((wish, ERIKA), (wish._replace(case=second), max_)):
            with pytest.raises(LisaError, match="Unter diesem Schlüssel"):
                other.correct(wrong, people)
        with pytest.raises(LisaError, match="Unter diesem Schlüssel"):
            other.forget(wish)
    assert persons.forget(asked(WE, first, "weg"))
    assert not persons.forget(asked(WE, first, "weg"))
    with pytest.raises(LisaError, match="Unter diesem Schlüssel"):
        persons.correct(wish, max_)
    deeds = [one.what for one in persons.audit(WE, case=first)]
    assert deeds == [AuditDeed.FORGOTTEN, AuditDeed.CORRECTED, AuditDeed.ENTERED]
    assert [one.reference for one in persons.cases(WE, 9)] == [""]


def replace_at(wish: NameWish) -> NameWish:
    """The same, a day later: somebody's answer was lost for long."""
    return wish._replace(at=wish.at + DAY)


def test_an_office_enters_only_so_many_cases_a_day_whatever_it_deletes(
    persons: Persons, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cases, "MOST_A_DAY", 3)
    for key in "abc":
        persons.forget(asked(WE, entered(persons, key)))
    with pytest.raises(LisaError, match="heute schon 3 Fälle angelegt"):
        entered(persons, "d")
    assert (persons.cases(WE, 9), persons.known()) == ([], ())
    entered(persons, "a", OTHERS)
    assert persons.enter(WE, "d", ERIKA, SEARCHING, NOON + DAY).label == "Fall 4"


def test_an_office_changes_only_so_many_names_a_day(persons: Persons, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of each the files are written anew, for which others wait."""
    monkeypatch.setattr(changing, "MOST_A_DAY", 2)
    mine, other = entered(persons), entered(persons, "k", OTHERS)
    assert persons.correct(asked(WE, mine, "1"), ERIKA)
    assert persons.correct(asked(WE, mine, "2"), ERIKA)
    for change in (lambda wish: persons.correct(wish, ERIKA), persons.forget):
        with pytest.raises(LisaError, match="heute schon 2 Namen berichtigt oder gelöscht"):
            change(asked(WE, mine))
    assert not persons.correct(asked(WE, mine, "2"), ERIKA), "who got no answer is answered"
    assert persons.correct(asked(OTHERS, other), ERIKA)
    assert persons.forget(asked(WE, mine, at=NOON + DAY))


@pytest.mark.parametrize("typed", ["Erika Muster", "5" * 41, "51\n7", "51\t7"])
def test_what_can_be_a_name_is_no_file_number(typed: str) -> None:
    with closing(open_persons(None)) as persons:
        with pytest.raises(LisaError, match="Ein Aktenzeichen hat höchstens 40 Zeichen") as refused:
            persons.enter(WE, "k", ERIKA, SEARCHING, NOON, typed)
        assert "Muster" not in str(refused.value)
        case = entered(persons)
        with pytest.raises(LisaError, match="Aktenzeichen"):
            persons.correct(asked(WE, case), ERIKA, typed)
        assert persons.correct(asked(WE, case), ERIKA, "  51.2  7/26 ")
        assert [one.reference for one in persons.cases(WE, 9)] == ["51.2  7/26"]


@settings(max_examples=100 if LONG else 8)
@examples(st.integers(0, 1 << 32))
def test_who_is_told_of_which_change_and_who_sees_which_line_beside_a_naive_list(seed: int) -> None:
    """Everybody enters, looks, corrects and deletes as they like; a plain list says who has to know of it."""
    chance, parties, done = (
        Random(seed),
        (WE, OTHERS, NAMESAKE, HOUSE, OTHER_HOUSE),
        list[tuple[AuditDeed, Party, CaseId]](),
    )
    with closing(open_persons(None)) as persons:
        owners: dict[CaseId, Membership] = {}
        names: dict[CaseId, str] = {}
        for number in range(60):
            who = chance.choice(parties)
            if not names or (chance.random() < 0.2 and who.actor.role is Role.YOUTH_OFFICE):
                who = who if who.actor.role is Role.YOUTH_OFFICE else WE
                case = persons.enter(who, str(number), ERIKA, SEARCHING, NOON, f"51-{number}").case
                owners[case], names[case], deed = who, f"51-{number}", AuditDeed.ENTERED
            else:
                case, deed = chance.choice(list(names)), chance.choice(DEEDS)
                mine = owners[case] == who
                purpose = next(one for one in PURPOSES.values() if who.actor.role in one.roles)
                wish = NameWish(who, str(number), case, purpose, NOON)
                allowed = mine or (who.actor.role is Role.PROVIDER and deed is AuditDeed.SEEN)
                with nullcontext() if allowed else pytest.raises(NotShown):
                    if deed is AuditDeed.SEEN:
                        persons.show(who, case, purpose, NOON, knows=allowed)
                    elif deed is AuditDeed.CORRECTED:
                        persons.correct(wish, ERIKA)
                    else:
                        persons.forget(wish)
                        del names[case]
                deed = deed if allowed else AuditDeed.REFUSED
            done.append((deed, party(who.actor), case))
        for who in parties:
            own = party(who.actor)
            seen = [one for one in reversed(done) if own in (one[1], party(owners[one[2]].actor))]
            assert [(one.what, one.party, one.case) for one in paged(persons, who)] == seen
            told = [(one.number, one.what, one.case) for one in persons.notices(own)]
            assert told == [*naive_notices(done, own)]
            references = [one.reference for one in persons.cases(who, 99)]
            assert references == [names[case] for case in reversed(names) if owners[case] == who]
            assert {one.case for one in persons.called(who, owners)} == {one for one in names if owners[one] == who}
        everybody = {(one.number, one.to) for one in persons.notices(None)}
        assert everybody == {(one.number, one.to) for who in parties for one in persons.notices(party(who.actor))}


def paged(persons: Persons, who: Membership) -> Iterator[AuditLine]:
    """Four lines at a time."""
    before = 0
    while lines := persons.audit(who, 4, before=before):
        yield from lines
        before = lines[-1].number


def naive_notices(
    done: list[tuple[AuditDeed, Party, CaseId]], reader: Party
) -> Iterator[tuple[int, AuditDeed, CaseId]]:
    """Changes behind a look of this provider, behind which it has not looked again."""
    if reader.role is not Role.PROVIDER:
        return
    for at, (deed, _, case) in enumerate(done):
        looks = [number for number, one in enumerate(done) if one == (AuditDeed.SEEN, reader, case)]
        if deed in (AuditDeed.CORRECTED, AuditDeed.FORGOTTEN) and looks and min(looks) < at and max(looks) < at:
            yield at + 1, deed, case
