"""Why a place stands where it stands, and why another is no hit, in German.

Words of a field of work come from its vocabulary alone; `reasons` and `phrases` hold what is the same in all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sojus.domain.field.speech import row, said
from sojus.domain.field.vocabulary import Vocabulary
from sojus.domain.model.days import Span, german
from sojus.domain.model.units import Unit
from sojus.domain.search.fitting import answers, left_for, misfit, span_for
from sojus.domain.search.offer import Confirmed, Offer
from sojus.domain.search.phrases import counted, kilometres, price_words, with_closure
from sojus.domain.search.reasons import REASONS, WISHES, lacking
from sojus.domain.search.result import FRESH, Hit, Result
from sojus.domain.search.wish import Aspect, Ground, Search

FITS_NOW = "Als gesucht wurde, war das kein Treffer; inzwischen passt dieser Platz. Bitte noch einmal suchen."


@dataclass(frozen=True, slots=True)
class Standing:
    """Why a hit stands where it stands, each as words for itself."""

    rank: str
    met: tuple[str, ...]
    """Preferences that it fulfils, as the place says them."""
    unmet: tuple[str, ...]
    """Those that it does not: what is wished, and what the place says."""
    price: str
    distance: str
    """"" where nobody said from where."""
    free: str
    left: str
    """"" where there is one bed."""
    confirmed: str
    is_stale: bool
    front: str
    """"" where another hit beats it in all that counts."""

    def __str__(self) -> str:
        wishes = [f"Erfüllt: {'; '.join(self.met)}" if self.met else ""]
        wishes += [f"Nicht erfüllt: {'; '.join(self.unmet)}" if self.unmet else ""]
        parts = (self.rank, *wishes, self.price, self.distance, self.free, self.left, self.confirmed, self.front)
        return " ".join(f"{part}." for part in parts if part)


def why(vocabulary: Vocabulary, result: Result, number: int) -> Standing:
    """Of the hit with this number, the first being 0."""
    hit, search = result.hits[number], result.search
    offer, unit = hit.offer, vocabulary.kinds[hit.offer.kind].unit
    met = [one for one in search.preferences if answers(one.wish.wanted, offer.traits.get(one.wish.trait))]
    unmet = [one for one in search.preferences if one not in met]
    return Standing(
        rank=f"Rang {number + 1} von {len(result.hits)}",
        met=tuple(said(vocabulary.traits[one.wish.trait], offer.traits.get(one.wish.trait)) for one in met),
        unmet=tuple(lacking(vocabulary, offer, one.wish) for one in unmet),
        price=price_words(offer.price_on(result.start), result.start),
        distance="" if hit.metres is None else f"{kilometres(hit.metres)} entfernt (Luftlinie)",
        free=_free_words(result, offer),
        left="" if unit is Unit.BED else f"Noch {counted(unit, left_for(search, offer, result.today))}",
        confirmed=_confirmed_words(offer.confirmed, hit, result.today),
        is_stale=hit.freshness != FRESH,
        front=_front_words(search) if hit.place in result.front else "",
    )


def why_not(vocabulary: Vocabulary, result: Result, offer: Offer) -> str:
    """One sentence about one place: its rank, or the first wish that it fails and what it says instead.

    `offer`: the place as it is now; it may have come to fit since the search was made.
    """
    for number, hit in enumerate(result.hits):
        if hit.place == offer.place:
            return f"Das ist Rang {number + 1} von {len(result.hits)}."
    ground = misfit(vocabulary, result.search, offer, result.today)
    if ground is None and len(result.search.people) == 1:
        return FITS_NOW
    ground = ground or Ground(Aspect.TOGETHER)
    return f"Kein Treffer. {REASONS[ground.aspect](vocabulary, result, offer, ground)}"


def miss_words(vocabulary: Vocabulary, result: Result, ground: Ground) -> str:
    """How many this wish shut out, as a line of a list: "3 Plätze scheiden aus, gesucht: barrierefrei"."""
    count = result.misses[ground]
    wish = WISHES[ground.aspect](vocabulary, result, ground)
    return f"{'1 Platz scheidet' if count == 1 else f'{count} Plätze scheiden'} aus, gesucht: {wish}"


def _free_words(result: Result, offer: Offer) -> str:
    span = span_for(result.search, offer.free, result.today)
    if span is None:
        return ""
    begin = "Sofort frei" if span.start <= result.today else f"Frei ab {german(span.start)}"
    end = ", Ende nicht abzusehen" if span.end is None else f", wieder belegt ab {german(span.end)}"
    return with_closure(begin + end, Span(result.start, span.end), offer.closed)


def _confirmed_words(confirmed: Confirmed | None, hit: Hit, today: date) -> str:
    if confirmed is None:
        return "Vom Träger noch nie bestätigt: bitte vor einer Zusage nachfragen"
    day = confirmed.at.date()
    told = f"Bestätigt am {german(day)} um {confirmed.at:%H:%M} Uhr von: {confirmed.by}"
    return told if hit.freshness == FRESH else f"Veraltet, vor {(today - day).days} Tagen. {told}"


def _front_words(search: Search) -> str:
    goals = ["Eignung"] * bool(search.preferences) + ["Preis"] + ["Entfernung"] * (search.near is not None)
    if len(goals) == 1:
        return "Kein anderer Treffer ist günstiger"
    return f"Kein anderer Treffer ist in {row(goals)} zugleich besser"
