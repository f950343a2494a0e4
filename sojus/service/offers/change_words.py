"""What a change of an open search is in words: what came, who took what went, what of a place is different now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sojus.domain.field.speech import row
from sojus.domain.field.vocabulary import Vocabulary
from sojus.domain.model.actors import Actor, Role
from sojus.domain.model.ids import TraitId
from sojus.domain.placement import events as e
from sojus.domain.placement.moves import party
from sojus.domain.search.offer import Offer
from sojus.domain.search.phrases import price_words
from sojus.domain.search.result import Result
from sojus.domain.search.words import why_not
from sojus.service.found import Move
from sojus.service.offers.watching import Event

TAKES = (e.Reserve, e.Join, e.Accept)


def change_sentence(vocabulary: Vocabulary, result: Result, event: Event, name: str, by: Actor, other: str) -> str:
    """`name`: of the place, with its house; `by`: who reads it; `other`: what another office is called for them."""
    if event.what is Move.COME:
        return f"Neu dabei: {name}."
    if event.what is Move.CHANGED:
        told = list(differences(vocabulary, event.shift.before, event.shift.after, result.start))
        said = row(told or ["die Reihenfolge"])
        return f"Geändert bei {name}: {said}."
    done = event.done
    if done is not None and isinstance(done.act.what, TAKES):
        return f"{name}: {taken_words(done.act.by, by, other)}."
    after = event.shift.after
    if after is None:
        return f"{name} wird nicht mehr angeboten."
    return f"{name} passt nicht mehr. {why_not(vocabulary, result, after)}"


def taken_words(who: Actor, by: Actor, other: str) -> str:
    """Who has it now, without a name, and not since when: "ein anderes Jugendamt hat reserviert"."""
    if who.role is Role.PROVIDER:
        return "der Träger hat den Platz belegt"
    if party(who) == party(by):
        return "Sie selbst oder Ihre Stelle haben reserviert"
    return f"{other} hat reserviert"


def differences(vocabulary: Vocabulary, before: Offer | None, after: Offer | None, on: date) -> Iterator[str]:
    """What of an offer is another now, each as words of a row. `on`: the day for which prices are told."""
    if before is None or after is None:
        return
    if (before.price_on(on).cents, before.price_on(on).unit) != ((price := after.price_on(on)).cents, price.unit):
        yield f"Preis jetzt {price_words(price, on)}"
    if before.free != after.free:
        yield "die freien Tage"
    elif before.rest != after.rest:
        yield "der freie Umfang"
    if before.closed != after.closed:
        yield "wann die Gruppe geschlossen ist"
    if before.ages != after.ages or before.genders != after.genders:
        yield "wen die Gruppe aufnimmt"
    traits = {*before.traits, *after.traits}
    changed = [one.name for key, one in vocabulary.traits.items() if key in traits and _differs(before, after, key)]
    yield from (f"„{name}“" for name in changed)
    if before.confirmed != after.confirmed:
        yield "neu bestätigt"


def _differs(before: Offer, after: Offer, key: TraitId) -> bool:
    return before.traits.get(key) != after.traits.get(key)
