"""For each wish how it is said, and what a place says that fails it. One function of each for every `Aspect`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sojus.domain.field.speech import row, said, wished, years
from sojus.domain.field.vocabulary import Vocabulary
from sojus.domain.model.days import german
from sojus.domain.search.fitting import answers, distance_m, left_for, takes_age
from sojus.domain.search.offer import Offer
from sojus.domain.search.phrases import PER, counted, euros, kilometres, price_words
from sojus.domain.search.result import Result
from sojus.domain.search.wish import Aspect, Ground, Together, TraitWish


def lacking(vocabulary: Vocabulary, offer: Offer, wish: TraitWish) -> str:
    """What is wished of a trait, and what this place says."""
    known = vocabulary.traits[wish.trait]
    return f"{wished(known, wish.wanted)} (hier: {said(known, offer.traits.get(wish.trait))})"


def _kind_wish(vocabulary: Vocabulary, result: Result, ground: Ground) -> str:
    kind = vocabulary.kinds[result.search.kind]
    return f"{kind.name} ({kind.law})"


def _kind_reason(vocabulary: Vocabulary, result: Result, offer: Offer, ground: Ground) -> str:
    here = vocabulary.kinds[offer.kind]
    return f"Gesucht: {_kind_wish(vocabulary, result, ground)}; hier: {here.name} ({here.law})."


def _age_wish(vocabulary: Vocabulary, result: Result, ground: Ground) -> str:
    ages = sorted({one.age for one in result.search.people if one.age is not None})
    return f"Alter {row(list(map(str, ages)), 'oder')}"


def _age_reason(vocabulary: Vocabulary, result: Result, offer: Offer, ground: Ground) -> str:
    return f"Gesucht: {_age_wish(vocabulary, result, ground)}; hier: {years(*offer.ages)}."


def _gender_wish(vocabulary: Vocabulary, result: Result, ground: Ground) -> str:
    wanted = {one.gender for one in result.search.people}
    return row([word for key, word in vocabulary.genders.items() if key in wanted], "oder")


def _gender_reason(vocabulary: Vocabulary, result: Result, offer: Offer, ground: Ground) -> str:
    of_age = {one.gender for one in result.search.people if takes_age(offer, one)}
    wanted = row([word for key, word in vocabulary.genders.items() if key in of_age], "oder")
    here = row([word for key, word in vocabulary.genders.items() if key in offer.genders] or ["keine Angabe"])
    return f"Gesucht: {wanted}; hier: {here}."


def _trait_wish(vocabulary: Vocabulary, result: Result, ground: Ground) -> str:
    wanted = [one for one in result.search.traits if one.trait == ground.trait]
    return row([wished(vocabulary.traits[one.trait], one.wanted) for one in wanted])


def _trait_reason(vocabulary: Vocabulary, result: Result, offer: Offer, ground: Ground) -> str:
    wanted = [one for one in result.search.traits if one.trait == ground.trait]
    failed = next(one for one in wanted if not answers(one.wanted, offer.traits.get(one.trait)))
    return f"Gesucht: {lacking(vocabulary, offer, failed)}."


def _amount_wish(vocabulary: Vocabulary, result: Result, ground: Ground) -> str:
    return counted(vocabulary.kinds[result.search.kind].unit, result.search.amount)


def _amount_reason(vocabulary: Vocabulary, result: Result, offer: Offer, ground: Ground) -> str:
    left = left_for(result.search, offer, result.today)
    return f"Gesucht: {_amount_wish(vocabulary, result, ground)}; hier noch: {left}."


def _free_wish(vocabulary: Vocabulary, result: Result, ground: Ground) -> str:
    search, start = result.search, result.start
    begin = f"frei ab {german(start)}" if search.start == start else "frei sofort"
    if search.days is None:
        return f"{begin}, ohne absehbares Ende"
    return f"{begin} für {search.days} {'Tag' if search.days == 1 else 'Tage'}"


def _free_reason(vocabulary: Vocabulary, result: Result, offer: Offer, ground: Ground) -> str:
    begin = result.start
    later = [span for span in offer.free if span.end is None or span.end > begin]
    closed = next((span for span in offer.closed if span.holds(begin)), None)
    if not later:
        here = "nicht frei"
    elif closed is not None:
        here = "geschlossen" + ("" if closed.end is None else f", wieder offen ab {german(closed.end)}")
    else:
        end = later[0].end
        here = f"frei ab {german(later[0].start)}" + ("" if end is None else f", wieder belegt ab {german(end)}")
    return f"Gesucht: {_free_wish(vocabulary, result, ground)}; hier: {here}."


def _price_wish(vocabulary: Vocabulary, result: Result, ground: Ground) -> str:
    unit = PER[vocabulary.kinds[result.search.kind].rate]
    return f"höchstens {euros(result.search.most_cents or 0)} {unit}"


def _price_reason(vocabulary: Vocabulary, result: Result, offer: Offer, ground: Ground) -> str:
    here = price_words(offer.price_on(result.start), result.start)
    return f"Gesucht: {_price_wish(vocabulary, result, ground)}; hier: {here}."


def _distance_wish(vocabulary: Vocabulary, result: Result, ground: Ground) -> str:
    near = result.search.near
    return f"höchstens {near.km if near else 0} km entfernt"


def _distance_reason(vocabulary: Vocabulary, result: Result, offer: Offer, ground: Ground) -> str:
    far = kilometres(distance_m(result.search, offer) or 0)
    return f"Gesucht: {_distance_wish(vocabulary, result, ground)}; hier: {far}."


def _together_wish(vocabulary: Vocabulary, result: Result, ground: Ground) -> str:
    search = result.search
    where = "in einer Gruppe" if search.together is Together.GROUP else "in einer Einrichtung"
    return f"{vocabulary.together}: {len(search.people)} Plätze {where}"


def _together_reason(vocabulary: Vocabulary, result: Result, offer: Offer, ground: Ground) -> str:
    return f"Gesucht: {_together_wish(vocabulary, result, ground)}; hier ist nicht Platz für alle."


def _tenant_wish(vocabulary: Vocabulary, result: Result, ground: Ground) -> str:
    return "in den gewählten Kreisen und Ländern"


def _tenant_reason(vocabulary: Vocabulary, result: Result, offer: Offer, ground: Ground) -> str:
    return "Gesucht wird nur in den gewählten Kreisen und Ländern; dieser Platz liegt in keinem davon."


WISHES: Mapping[Aspect, Callable[[Vocabulary, Result, Ground], str]] = {
    Aspect.KIND: _kind_wish,
    Aspect.TENANT: _tenant_wish,
    Aspect.AGE: _age_wish,
    Aspect.GENDER: _gender_wish,
    Aspect.TRAIT: _trait_wish,
    Aspect.AMOUNT: _amount_wish,
    Aspect.FREE: _free_wish,
    Aspect.PRICE: _price_wish,
    Aspect.DISTANCE: _distance_wish,
    Aspect.TOGETHER: _together_wish,
}
REASONS: Mapping[Aspect, Callable[[Vocabulary, Result, Offer, Ground], str]] = {
    Aspect.KIND: _kind_reason,
    Aspect.TENANT: _tenant_reason,
    Aspect.AGE: _age_reason,
    Aspect.GENDER: _gender_reason,
    Aspect.TRAIT: _trait_reason,
    Aspect.AMOUNT: _amount_reason,
    Aspect.FREE: _free_reason,
    Aspect.PRICE: _price_reason,
    Aspect.DISTANCE: _distance_reason,
    Aspect.TOGETHER: _together_reason,
}
