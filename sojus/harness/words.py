"""The words of sentences about SoJuS: who acts, for how long, on which day; as parameter types beside those of LISA."""

from __future__ import annotations

import re
from datetime import date, timedelta

from lisa_core.domain.model.errors import HarnessError
from lisa_core.harness.match.values import add_kinds
from lisa_core.harness.text import words as of_lisa
from lisa_core.harness.text.words import NUMBERS, with_pattern
from sojus.domain.model.actors import Actor, Role
from sojus.domain.model.ids import OfficeId, TenantId

LAND = TenantId("brandenburg")
"""Where authorities of the Land belong to that no Landkreis stands behind."""
_NAME = r"[A-ZÄÖÜ][\wäöüß-]*(?: [A-ZÄÖÜ][\wäöüß-]*)*"
_ARTICLES = "[Bb]ei de[rm]|[Dd]as|[Dd]em|[Vv]om|[Bb]eim|[Dd]er|[Dd]en|[Dd]ie"
_PLAIN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_ROLES = {
    "Jugendamt": Role.YOUTH_OFFICE,
    "Sozialamt": Role.YOUTH_OFFICE,
    "Landesjugendamt": Role.STATE_OFFICE,
    "Sozialministerium": Role.MINISTRY,
    "Landrätin": Role.DECISION_MAKER,
}
_DAYS = {"Stunde": timedelta(hours=1), "Minute": timedelta(minutes=1), "Tag": timedelta(days=1), "Woche": timedelta(7)}
_COUNT = rf"(?:\d+|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})"


def key_of(name: str) -> str:
    """An id that stands for a name of a scenario: "Haus Seeblick" -> "haus-seeblick"."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower().translate(_PLAIN)).strip("-")


@with_pattern(rf"(?:{_ARTICLES}) (?:Jugendamt|Sozialamt) {_NAME}")
def office(text: str) -> Actor:
    """Who looks for places: "das Jugendamt Uckermark"; its Landkreis is its tenant."""
    return actor_named(_bare(text))


@with_pattern(rf"(?:{_ARTICLES}) Träger {_NAME}")
def provider(text: str) -> Actor:
    """Who keeps places: "der Träger Seeweg"."""
    return actor_named(_bare(text))


@with_pattern(
    rf"(?:{_ARTICLES}) (?:(?:Jugendamt|Sozialamt|Träger|Landrätin) {_NAME}|Landesjugendamt|Sozialministerium)"
)
def party(text: str) -> Actor:
    """Anybody: an office, a provider, the Landesjugendamt, the Sozialministerium, "die Landrätin Uckermark"."""
    return actor_named(_bare(text))


@with_pattern(_NAME)
def proper_name(text: str) -> str:
    """What an office is called: "Jugendamt Uckermark"."""
    return text


def _bare(text: str) -> str:
    """Without what stands before a name: "beim Jugendamt Uckermark" -> "Jugendamt Uckermark"."""
    return re.sub(rf"^(?:{_ARTICLES}) ", "", text)


def actor_named(name: str) -> Actor:
    """Who is called so: "Jugendamt Uckermark". A provider's tenant is said where its places are."""
    word, _, rest = name.partition(" ")
    if word == "Träger":
        return Actor(Role.PROVIDER, OfficeId(key_of(rest)), TenantId(""))
    return Actor(_ROLES[word], OfficeId(key_of(name)), TenantId(key_of(rest)) if rest else LAND)


@with_pattern(rf"{_COUNT} (?:Minuten?|Stunden?|Tagen?|Tage|Tag|Wochen?)")
def span(text: str) -> timedelta:
    """A span of time: "48 Stunden", "drei Tage", "eine Woche"."""
    count, unit = text.split()
    number = NUMBERS[count] if count in NUMBERS else int(count)
    return number * next(each for word, each in _DAYS.items() if unit.startswith(word))


def day_named(text: str) -> date | int:
    """A day as it stands in a table: a date, or how many days from today ("heute", "in drei Tagen", "vor einer Woche").

    Raises `HarnessError` for what is no day.
    """
    if text in ("heute", "sofort", "morgen"):
        return int(text == "morgen")
    word, _, rest = text.partition(" ")
    if word in ("in", "vor") and re.fullmatch(span_pattern(), rest):
        return span(rest).days * (1 if word == "in" else -1)
    try:
        numbers = [int(one) for one in text.split(".")]
        return date(numbers[2], numbers[1], numbers[0])
    except (ValueError, IndexError):
        raise HarnessError(f"„{text}“ ist kein Tag. Möglich: heute, morgen, in 3 Tagen, 05.12.2026.") from None


def on(day_or_days: date | int, today: date) -> date:
    """The civil day that is meant."""
    return day_or_days if isinstance(day_or_days, date) else today + timedelta(days=day_or_days)


def span_pattern() -> str:
    """What a span looks like."""
    return str(vars(span)["pattern"])


add_kinds(
    {
        "Amt": (office, "wer Plätze sucht: das Jugendamt, das Sozialamt und der Name seines Landkreises"),
        "Träger": (provider, "wer Plätze hat: der Träger und sein Name"),
        "Stelle": (
            party,
            "ein Amt, ein Träger, das Landesjugendamt, das Sozialministerium, die Landrätin Uckermark",
        ),
        "Eigenname": (proper_name, "wie eine Stelle heißt, ohne Artikel: Jugendamt Uckermark"),
        "Spanne": (span, "eine Spanne von Minuten, Stunden, Tagen oder Wochen: 48 Stunden, zwei Wochen"),
    }
)
step = of_lisa.step
"""`@when(step("{wer:Amt} {platz:Text} reserviert"))`: whoever takes it from here has the kinds of words above."""
