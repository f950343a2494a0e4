"""What is wrong with a search that somebody asks, all of it at once, in German sentences.

`places.Places` takes any search; one with faults finds nothing, or not what was meant.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from sojus.domain.field.speech import row, years
from sojus.domain.field.values import wish_fault
from sojus.domain.field.vocabulary import KindOfHelp, Vocabulary
from sojus.domain.model.days import german
from sojus.domain.search.wish import Search

MOST_PEOPLE = 12
MOST_KM = 1_000
MOST_DAYS = 10 * 366
MOST_WEIGHT = 100


def faults_of(vocabulary: Vocabulary, search: Search, today: date) -> tuple[str, ...]:
    """() where nothing is wrong."""
    kind = vocabulary.kinds.get(search.kind)
    if kind is None:
        known = row([one.name for one in vocabulary.kinds.values()], "oder")
        return (f"Die Hilfeart „{search.kind}“ gibt es nicht. Möglich: {known}.",)
    return (
        *_people_faults(vocabulary, search, kind),
        *_trait_faults(vocabulary, search),
        *_amount_faults(search, kind, today),
    )


def _people_faults(vocabulary: Vocabulary, search: Search, kind: KindOfHelp) -> Iterator[str]:
    if not 1 <= len(search.people) <= MOST_PEOPLE:
        yield f"Gesucht wird für 1 bis {MOST_PEOPLE} Personen."
    for person in search.people:
        if person.age is not None and not kind.ages.youngest <= person.age <= kind.ages.oldest:
            yield f"{kind.name} ({kind.law}) gibt es für {years(*kind.ages)}, nicht mit {person.age}."
        if person.gender is not None and person.gender not in vocabulary.genders:
            yield f"„{person.gender}“ gibt es nicht. Möglich: {row(list(vocabulary.genders.values()), 'oder')}."


def _trait_faults(vocabulary: Vocabulary, search: Search) -> Iterator[str]:
    for wish in (*search.traits, *(one.wish for one in search.preferences)):
        trait = vocabulary.traits.get(wish.trait)
        if trait is None:
            known = row([one.name for one in vocabulary.traits.values()]) if vocabulary.traits else "keines"
            yield f"Das Merkmal „{wish.trait}“ gibt es nicht. Bekannt: {known}."
        elif fault := wish_fault(trait, wish.wanted):
            yield fault
    if any(not 1 <= one.weight <= MOST_WEIGHT for one in search.preferences):
        yield f"Ein Gewicht liegt zwischen 1 und {MOST_WEIGHT}."


def _amount_faults(search: Search, kind: KindOfHelp, today: date) -> Iterator[str]:
    if search.amount < 1 or (search.amount > 1 and kind.unit.one_each):
        yield "Für jede Person wird genau ein Platz gesucht." if search.amount > 1 else "Gesucht wird wenigstens 1."
    if search.start is not None and search.start < today:
        yield f"Der {german(search.start)} ist vorbei."
    if search.start is not None and search.start - today > timedelta(days=MOST_DAYS):
        yield f"Der {german(search.start)} ist zu weit weg: gesucht wird höchstens zehn Jahre voraus."
    if search.days is not None and not 1 <= search.days <= MOST_DAYS:
        yield f"Die Dauer liegt zwischen 1 und {MOST_DAYS} Tagen."
    if search.most_cents is not None and search.most_cents < 0:
        yield "Ein Preis ist nicht negativ."
    if search.near is not None:
        if not search.near.point.on_earth:
            yield "Diesen Ort gibt es nicht: Breite -90 bis 90, Länge -180 bis 180 Grad."
        if search.near.km is not None and not 1 <= search.near.km <= MOST_KM:
            yield f"Der Umkreis liegt zwischen 1 und {MOST_KM} km."
