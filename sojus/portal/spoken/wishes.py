"""A search as a page says it, as the value that the service takes; whether it can be so, the service says."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from lisa_core.domain.model.json_types import Json
from sojus.domain.model.ids import FieldId, GenderId, KindId, TenantId, TraitId
from sojus.domain.search.offer import Point
from sojus.domain.search.wish import Near, Person, Preference, Search, Together, TraitWish, Wanted
from sojus.portal.spoken.said import MAX_ID, Said
from sojus.service.asked import Asked

T = TypeVar("T")
MOST_PEOPLE, MOST_TRAITS, MOST_YEARS, MOST_DAYS, MOST_AMOUNT, MOST_CENTS = 20, 50, 130, 36_600, 10_000, 100_000_000
WANTED = "true, false, eine Liste von Werten oder [von, bis]"


def asked_in(said: Said) -> Asked:
    """All of it, and nothing else. Raises `Unreadable`."""
    area = FieldId(said.id("area"))
    found = Search(
        KindId(said.id("kind")),
        people_in(said),
        traits_in(said),
        frozenset(map(TenantId, said.ids("tenants"))),
        said.maybe_whole("amount", 1, MOST_AMOUNT) or 1,
        said.maybe_day("start"),
        said.maybe_whole("days", 1, MOST_DAYS),
        said.maybe_whole("most_cents", 0, MOST_CENTS),
        _near(said.maybe_object("near")),
        Together(said.choice("together", [one.value for one in Together], Together.GROUP.value)),
        tuple(map(_preference, said.objects("preferences", MOST_TRAITS))),
    )
    said.end()
    return Asked(area, found)


def search_in(said: Said) -> Asked | None:
    """What stands under "search", where something does."""
    inner = said.maybe_object("search")
    return None if inner is None else asked_in(inner)


def people_in(said: Said) -> tuple[Person, ...]:
    """Nobody named: one, of whom nothing is said."""
    return tuple(map(_person, said.objects("people", MOST_PEOPLE))) or (Person(),)


def traits_in(said: Said) -> tuple[TraitWish, ...]:
    return tuple(_ended(one, _trait(one)) for one in said.objects("traits", MOST_TRAITS))


def _person(said: Said) -> Person:
    gender = said.text("gender", MAX_ID)
    person = Person(said.maybe_whole("age", 0, MOST_YEARS), GenderId(gender) if gender else None)
    said.end()
    return person


def _trait(said: Said) -> TraitWish:
    return TraitWish(TraitId(said.id("trait")), _wanted(said, said.take("wanted")))


def _wanted(said: Said, value: Json) -> Wanted:
    if isinstance(value, bool):
        return value
    if isinstance(value, list) and 0 < len(value) <= MOST_TRAITS:
        if all(isinstance(one, str) and 0 < len(one) <= MAX_ID for one in value):
            return frozenset(map(str, value))
        if len(value) == 2 and all(type(one) is int for one in value):
            return int(str(value[0])), int(str(value[1]))
    raise said.wrong("wanted", WANTED)


def _preference(said: Said) -> Preference:
    return _ended(said, Preference(_trait(said), said.maybe_whole("weight", 1, 1_000) or 1))


def _near(said: Said | None) -> Near | None:
    if said is None:
        return None
    return _ended(said, Near(Point(*said.pair("point")), said.maybe_whole("km", 1, 100_000)))


def _ended(said: Said, value: T) -> T:
    said.end()
    return value


def wish_of(asked: Asked) -> Json:
    """The same search as `asked_in` reads it."""
    search = asked.search
    return {
        "area": asked.area,
        "kind": search.kind,
        "people": [{"age": one.age, "gender": one.gender} for one in search.people],
        "traits": [{"trait": one.trait, "wanted": _plain(one.wanted)} for one in search.traits],
        "tenants": sorted(search.tenants),
        "amount": search.amount,
        "start": _day(search.start),
        "days": search.days,
        "most_cents": search.most_cents,
        "near": {"point": list(search.near.point), "km": search.near.km} if search.near else None,
        "together": search.together.value,
        "preferences": [
            {"trait": one.wish.trait, "wanted": _plain(one.wish.wanted), "weight": one.weight}
            for one in search.preferences
        ],
    }


def _plain(wanted: Wanted) -> Json:
    return wanted if isinstance(wanted, bool) else sorted(wanted) if isinstance(wanted, frozenset) else list(wanted)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
