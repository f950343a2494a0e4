"""What stands below a sentence: places as a provider has them, and what somebody looks for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from lisa_core.domain.model.errors import HarnessError
from lisa_core.harness.text.words import two_columns
from sojus.domain.field.vocabulary import Vocabulary
from sojus.domain.model.ages import Ages
from sojus.domain.model.days import Span
from sojus.domain.model.ids import FacilityId, GroupId, PlaceId, ProviderId, RateId, StayId, TenantId
from sojus.domain.register import entries as e
from sojus.domain.search.offer import Point
from sojus.domain.search.wish import Near, Person, Preference, Search, TraitWish, Wanted
from sojus.harness.vocabularies import gender_named, kind_named, trait_named, traits_named
from sojus.harness.words import day_named, key_of, on, span
from sojus.service.asked import Asked

Table = Sequence[Sequence[str]]
TOWNS = {
    "Prenzlau": Point(53.316, 13.863),
    "Templin": Point(53.119, 13.502),
    "Schwedt": Point(53.058, 14.284),
    "Angermünde": Point(53.015, 14.001),
    "Eberswalde": Point(52.834, 13.820),
    "Bernau": Point(52.680, 13.587),
}
"""Where houses of scenarios stand."""
HERE = "Prenzlau"
COLUMNS = ("Platz", "Haus", "Gruppe", "Hilfe", "Alter", "für", "Satz", "Umfang", "Merkmale", "Ort", "belegt")
WISHES = (
    *("Hilfe", "Alter", "Geschlecht", "ab", "für", "muss", "besser", "höchstens", "nahe", "Umkreis", "Umfang"),
    "nur in",
)
_HELP = "Heimerziehung"


def places_of(table: Table, provider: ProviderId, tenant: TenantId, today: date) -> tuple[e.Given, ...]:
    """A provider's entries: a row for each place, with columns of `COLUMNS`, of which the first is needed.

    Without more said: a bed in a group of its own, in the provider's house in Prenzlau, Heimerziehung, for 6
    to 17 years, 200 euros a day. `belegt`: until which day somebody is there. All of it is confirmed.
    """
    head, *rows = table
    _known(head, COLUMNS, "Spalten")
    name = provider.capitalize()
    given: list[e.Entry] = [e.Provider(provider, name, tenant)]
    for row in rows:
        told = _entries(dict(zip(head, row, strict=True)), provider, name, today)
        given += [one for one in told if one not in given]
    return tuple(e.Given(f"Zeile {number}", entry) for number, entry in enumerate(given, 1))


def _entries(row: Mapping[str, str], provider: ProviderId, name: str, today: date) -> Iterator[e.Entry]:
    place = row["Platz"]
    town = row.get("Ort") or HERE
    house, group = row.get("Haus") or f"Haus {name} {town}", row.get("Gruppe") or f"Gruppe {place}"
    words, kind = kind_named(row.get("Hilfe") or _HELP)
    facility = FacilityId(key_of(f"{provider} {house}"))
    made = GroupId(key_of(f"{facility} {group}"))
    genders = frozenset(gender_named(words, one) for one in _row(row.get("für", ""))) or frozenset(words.genders)
    ages = _ages(row.get("Alter") or f"{max(kind.ages.youngest, 6)} bis {max(kind.ages.oldest, 17)}")
    yield e.Facility(facility, provider, house, _town(town))
    yield e.Group(made, facility, group, words.id, kind.id, _within(ages, kind.ages), genders)
    traits = traits_named(words, row.get("Merkmale", ""))
    yield e.Place(PlaceId(key_of(place)), made, place, int(row.get("Umfang") or 1), traits)
    yield e.Rate(RateId(f"{made}-satz"), made, Span(date(today.year, 1, 1)), cents(row.get("Satz") or "200"), kind.rate)
    if until := row.get("belegt"):
        stay = Span(today - timedelta(days=30), on(day_named(until), today))
        yield e.Stay(StayId(f"{key_of(place)}-belegt"), PlaceId(key_of(place)), stay, int(row.get("Umfang") or 1))
    yield e.Confirmation(made)


def _ages(text: str) -> Ages:
    numbers = [int(one) for one in re.findall(r"\d+", text)]
    return Ages(numbers[0], numbers[-1])


def _within(ages: Ages, kind: Ages) -> Ages:
    return Ages(max(ages.youngest, kind.youngest), min(ages.oldest, kind.oldest))


def _town(name: str) -> Point:
    if name not in TOWNS:
        raise HarnessError(f"Den Ort „{name}“ kennt hier niemand. Es gibt: {', '.join(TOWNS)}.")
    return TOWNS[name]


def cents(text: str) -> int:
    """ "182,50 Euro", "200" -> whole cents."""
    found = re.fullmatch(r"(\d+)(?:,(\d\d))?(?: Euro)?", text)
    if not found:
        raise HarnessError(f"„{text}“ ist kein Betrag. Möglich: 200 oder 182,50 Euro.")
    return int(found[1]) * 100 + int(found[2] or 0)


# --- what somebody looks for ------------------------------------------------------------------------------------------


def wish_of(table: Table, today: date) -> Asked:
    """A search: rows of `WISHES`, each with what is wanted; without more, Heimerziehung at once for anybody."""
    rows = dict(two_columns([list(row) for row in table], "Hilfe", _HELP))
    _known(rows, WISHES, "Wünsche")
    words, kind = kind_named(rows.get("Hilfe", _HELP))
    begin = rows.get("ab", "sofort")
    search = Search(
        kind=kind.id,
        people=tuple(_people(words, rows)),
        traits=tuple(_wished(words, one) for one in _row(rows.get("muss", ""))),
        preferences=tuple(Preference(_wished(words, one)) for one in _row(rows.get("besser", ""))),
        start=None if begin == "sofort" else on(day_named(begin), today),
        days=span(rows["für"]).days if "für" in rows else None,
        amount=int(rows.get("Umfang", "1").split()[0]),
        most_cents=cents(rows["höchstens"]) if "höchstens" in rows else None,
        tenants=frozenset(TenantId(key_of(one)) for one in _row(rows.get("nur in", ""))),
    )
    if "nahe" in rows:
        far = int(rows["Umkreis"].split()[0]) if "Umkreis" in rows else None
        search = replace(search, near=Near(_town(rows["nahe"]), far))
    return Asked(words.id, search)


def _people(words: Vocabulary, rows: Mapping[str, str]) -> Iterator[Person]:
    """Whoever is meant by ages ("9 und 12") and genders, in their order."""
    ages = [int(one) for one in re.findall(r"\d+", rows.get("Alter", ""))]
    genders = [gender_named(words, one) for one in _row(rows.get("Geschlecht", ""))]
    for number in range(max(len(ages), len(genders), 1)):
        age = ages[min(number, len(ages) - 1)] if ages else None
        yield Person(age, genders[min(number, len(genders) - 1)] if genders else None)


def _wished(words: Vocabulary, text: str) -> TraitWish:
    trait, value = trait_named(words, text)
    wanted: Wanted = frozenset((value,)) if isinstance(value, str) else value
    return TraitWish(trait, wanted)


def _row(text: str) -> list[str]:
    return [one.strip() for one in text.split(",") if one.strip()]


def _known(given: Sequence[str] | Mapping[str, str], known: Sequence[str], what: str) -> None:
    if strange := [one for one in given if one not in known]:
        raise HarnessError(f"„{strange[0]}“ gibt es hier nicht. Mögliche {what}: {', '.join(known)}.")
