"""New vocabularies: what groups and places have said stays there and is counted alike; all else may change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from sojus.domain.field.vocabulary import KindOfHelp, TraitKind, Vocabulary
from sojus.domain.model.ages import Ages
from sojus.domain.model.ids import KindId, PlaceId
from sojus.domain.model.units import RateUnit, Unit
from sojus.store.words_in_use import lost_words
from tests.sojus.providers import AREA, QUIET, register, vocabulary


def course(change: Callable[[KindOfHelp], KindOfHelp]) -> Callable[[Vocabulary], Vocabulary]:
    key = KindId("kurs")
    return lambda words: replace(words, kinds={**words.kinds, key: change(words.kinds[key])})


def a_number(words: Vocabulary) -> Vocabulary:
    return replace(words, traits={QUIET: replace(words.traits[QUIET], kind=TraitKind.NUMBER, range=(0, 9))})


CHANGES: dict[str, tuple[Callable[[Vocabulary], Vocabulary], set[str]]] = {
    "no kinds": (lambda words: replace(words, kinds={}), {f"probe/{one}" for one in ("wohnen", "kurs", "besuch")}),
    "no trait": (lambda words: replace(words, traits={}), {"probe/ruhig"}),
    "another trait": (a_number, {"probe/ruhig"}),
    "no gender": (lambda words: replace(words, genders={}), {"probe/alle"}),
    "another unit": (course(lambda kind: replace(kind, unit=Unit.CONTACTS)), {"probe/kurs.unit"}),
    "another rate": (course(lambda kind: replace(kind, rate=RateUnit.HOUR)), {"probe/kurs.rate"}),
    "other ages": (course(lambda kind: replace(kind, ages=Ages(18, 20), name="Lehrgang")), set()),
}


@pytest.mark.parametrize("name", CHANGES)
@pytest.mark.parametrize("of_place", [False, True])
def test_what_is_in_use_cannot_go(name: str, of_place: bool) -> None:
    known, (change, lost) = register(), CHANGES[name]
    if of_place:  # it says so of itself, and no group does
        known.groups = {key: replace(group, traits={}) for key, group in known.groups.items()}
        book = known.books[PlaceId("kurs")]
        known.enter(replace(book, place=replace(book.place, traits={QUIET: False})))
    assert lost_words(known, {AREA: change(vocabulary())}) == lost


def test_a_field_in_use_cannot_go() -> None:
    assert lost_words(register(), {}) == {f"probe/{one}" for one in ("wohnen", "kurs", "besuch")}
