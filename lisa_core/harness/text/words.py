"""The words that steps are made of: people, times, offices, papers, as parameter types for `cfparse`.

A type takes every form that German gives a word, so that a step needs to be defined once: "Herr Seidel" and "Herrn
Seidel", "eine Seite" and "drei Seiten", "2,5 s" and "einer Minute".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import cached_property, partial
from typing import TypeVar

from pytest_bdd import parsers

from lisa_core.domain.model.errors import HarnessError
from lisa_core.domain.model.german import person
from lisa_core.domain.model.time import WEEKDAYS
from lisa_core.equipment.slots.catalogue import SLOTS

Convert = TypeVar("Convert", bound=Callable[[str], object])

NUMBERS = {
    **dict.fromkeys(("kein", "keine", "keinen"), 0),
    **dict.fromkeys(("ein", "eine", "einen", "einem", "einer"), 1),
    **dict(zip(("zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn"), range(2, 11), strict=True)),
}
_TIMES = {"einmal": 1, "zweimal": 2, "dreimal": 3, "viermal": 4}
UNITS_S = {
    **dict.fromkeys(("ms", "Millisekunden", "Millisekunde"), 0.001),
    **dict.fromkeys(("s", "Sekunden", "Sekunde"), 1.0),
    **dict.fromkeys(("min", "Minuten", "Minute"), 60.0),
    **dict.fromkeys(("h", "Stunden", "Stunde"), 3600.0),
}
_NUMBER = rf"(?:\d+|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})"
_DECIMAL = rf"(?:\d+(?:,\d+)?|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})"
_NAME = r"[A-ZÄÖÜ][\w-]*(?: (?:& )?[A-ZÄÖÜ][\w-]*)*"


class Duration(float):
    """Seconds that a step names; they are added to the time that every step may take."""


def with_pattern(pattern: str) -> Callable[[Convert], Convert]:
    """Say by a regular expression what a parameter of this type looks like, as the parse library wants it."""

    def mark(convert: Convert) -> Convert:
        vars(convert)["pattern"] = pattern
        return convert

    return mark


@with_pattern(r"[Dd]ie (?:Bürgerin|Person)|[Dd]e[rnm] Bürger|[Dd]er Person|[Ss]ie|[Ee]r|ihn|ihr|ihm")
def citizen(text: str) -> str:
    """The person in the booth."""
    return text


@with_pattern(
    r"(?:Frau|Herrn?) [A-ZÄÖÜ][\w-]+|[Dd]ie (?:Mitarbeiterin|Sachbearbeiterin)"
    r"|[Dd]e[rnm] (?:Mitarbeiterin|Sachbearbeiterin|Mitarbeiter|Sachbearbeiter)"
)
def agent(text: str) -> str:
    """An agent by name ("Herrn" where German declines it) or by role: "Frau Vogt", "Sachbearbeiterin"."""
    article, _, name = text.partition(" ")
    return person(text) if article in ("Frau", "Herr", "Herrn") else name


@with_pattern(rf"(?:vom|von der|von dem|aus dem|aus der) {_NAME}")
def from_office(text: str) -> str:
    """An office with its preposition: "von der Wohngeldstelle"."""
    return _last_words(text)


@with_pattern(rf"(?:an das|an die|an den|ans) {_NAME}")
def to_office(text: str) -> str:
    """An office as a goal: "an die Wohngeldstelle"."""
    return _last_words(text)


@with_pattern(rf"(?:beim|bei der|bei dem) {_NAME}")
def at_office(text: str) -> str:
    """An office where something lies: "der Wohngeldstelle" after "bei"."""
    return _last_words(text)


@with_pattern(r"(?:ihren|seinen|den|ihre|seine|die|ihr|sein|das|Der|Die|Das|der) [A-ZÄÖÜ]\w+")
def paper(text: str) -> str:
    """A paper with its article: "ihren Mietvertrag"."""
    return text.split()[-1]


@with_pattern(r"(?:einen|eine|ein) [A-ZÄÖÜ][a-zäöüß]{2,39}")
def own_paper(text: str) -> str:
    """A paper that is made up for a scenario: "einen Kontoauszug"."""
    return text.split()[-1]


@with_pattern(_NUMBER)
def number(text: str) -> int:
    """A number as a word or in digits."""
    return NUMBERS[text] if text in NUMBERS else int(text)


@with_pattern(r"einmal|zweimal|dreimal|viermal|\d+-mal|\d+ Mal")
def times(text: str) -> int:
    """How often: "einmal", "5-mal", "5 Mal"."""
    return _TIMES.get(text) or int(re.split("[- ]", text)[0])


@with_pattern(rf"{_NUMBER} Seiten?")
def pages(text: str) -> int:
    """A number of pages: "eine Seite", "3 Seiten"."""
    return number(text.split()[0])


@with_pattern(rf"{_DECIMAL} ?(?:{'|'.join(UNITS_S)})\b")
def seconds(text: str) -> Duration:
    """A duration with its unit: "2,5 s", "einer Minute"."""
    found = re.fullmatch(r"(\d+(?:,\d+)?|[a-zäöü]+) ?(\w+)", text)
    assert found is not None, text
    return Duration(decimal(found[1]) * UNITS_S[found[2]])


@with_pattern(_DECIMAL)
def decimal(text: str) -> float:
    """A number with a decimal comma: "2,5"."""
    return float(NUMBERS[text]) if text in NUMBERS else float(text.replace(",", "."))


@with_pattern("|".join(WEEKDAYS))
def weekday(text: str) -> int:
    """A weekday, Monday = 0."""
    return WEEKDAYS.index(text)


@with_pattern(r"\d{1,2}\.\d{1,2}\.\d{4}")
def date(text: str) -> datetime:
    """A day: "31.10.2026". Raises `HarnessError` for one that no calendar has."""
    day, month, year = map(int, text.split("."))
    try:
        return datetime.fromisoformat(f"{year:04}-{month:02}-{day:02}")
    except ValueError:
        what = f"Den Tag {text} gibt es nicht. Tag, Monat und Jahr schreiben, zum Beispiel 31.10.2028."
        raise HarnessError(what) from None


@with_pattern(r"\d{1,2}(?:[.:]\d{2})?")
def clock_time(text: str) -> tuple[int, int]:
    """A time of day: "10" or "8:30". Raises `HarnessError` for one that no clock shows."""
    hours, _, minutes = text.replace(".", ":").partition(":")
    if int(hours) > 23 or int(minutes or 0) > 59:
        raise HarnessError(
            f"Die Uhrzeit {text} Uhr gibt es nicht. 0:00 bis 23:59 Uhr schreiben, zum Beispiel 8:30 Uhr."
        )
    return int(hours), int(minutes or 0)


@with_pattern(r"„[^“]+“")
def quoted(text: str) -> str:
    """Something in German quotation marks."""
    return text[1:-1]


@with_pattern(r"(?:der|die|das) [A-ZÄÖÜ]\w+")
def device(text: str) -> str:
    """A device with its article: "der Präsenzsensor"."""
    return text.split()[-1]


@with_pattern(rf"(?:{'|'.join(f'[Dd]{slot.title[1:]}' for slot in SLOTS.values())}) [a-zäöü][^„“]*")
def failing(text: str) -> str:
    """A device with its article, and what is wrong with it: "der Scanner zieht zwei Blätter zugleich ein"."""
    return text[0].lower() + text[1:]


@with_pattern(r"ihr|ihm|der Bürgerin|dem Bürger|der Person")
def her(text: str) -> str:
    """The citizen in the dative."""
    return text


@with_pattern(r"ihr|sein")
def owner(text: str) -> str:
    """Whose: hers or his."""
    return text


@with_pattern(r"[A-ZÄÖÜ]\w+(?: \(\w+\))?")
def town(text: str) -> str:
    """The name of a town: "Templin"."""
    return text


_VALUE = re.compile(r"\{[^{}]*\}")


class Sentence(parsers.cfparse):
    """`is_matching` decides whether a sentence is this step without converting its words.

    So a day that does not exist is told by the step that was meant, instead of there being no such step. It is made by
    `step` below: its words are met in their case.
    """

    def is_matching(self, name: str) -> bool:
        return self._fits(name) and self.parser.parse(name, evaluate_result=False) is not None

    @cached_property
    def _pieces(self) -> Sequence[str]:
        """The words between the values, in order; the first or the last may be "" (a sentence with {{ has none)."""
        return ("", "") if "{{" in self.name or "}}" in self.name else _VALUE.split(self.name)

    def _fits(self, name: str) -> bool:
        """Whether its words are there, in their order and case: else no expression needs to be made of it."""
        first, *between, last = self._pieces if len(self._pieces) > 1 else (self.name, "")
        if not name.startswith(first):
            return False
        end = len(first)
        for piece in between:
            begin = name.find(piece, end)
            if begin < 0:
                return False
            end = begin + len(piece)
        return name.endswith(last) and end + len(last) <= len(name)


TYPES: dict[str, Callable[[str], object]] = {
    "Bürgerin": citizen,
    "Mitarbeiterin": agent,
    "VonStelle": from_office,
    "BeiStelle": at_office,
    "AnStelle": to_office,
    "Unterlage": paper,
    "Zahl": number,
    "Kommazahl": decimal,
    "Seiten": pages,
    "WieOft": times,
    "Dauer": seconds,
    "Wochentag": weekday,
    "Datum": date,
    "Uhrzeit": clock_time,
    "Text": quoted,
    "Taste": quoted,
    "Bildschirmtext": quoted,
    "Hinweis": quoted,
    "Ort": town,
    "Standort": town,
    "NeuerStandort": town,
    "NeueMitarbeiterin": agent,
    "NeueStelle": quoted,
    "Leistung": quoted,
    "Formular": quoted,
    "Frist": quoted,
    "Ergebnis": quoted,
    "Ton": quoted,
    "Platzzustand": quoted,
    "Rückfragezustand": quoted,
    "Weiterleitungszustand": quoted,
    "Testpapier": paper,
    "EigenesPapier": own_paper,
    "Seitenzahl": number,
    "Wem": her,
    "Geraet": device,
    "Messgröße": quoted,
    "Störung": failing,
    "Besitz": owner,
}

step = partial(Sentence, extra_types=TYPES, case_sensitive=True)
"""`@when(step("{wer:Bürgerin} Platz nimmt"))`."""


def next_weekday(after: datetime, wanted: int, at: tuple[int, int]) -> datetime:
    """The first such day from `after` on, at that time."""
    day = after + timedelta(days=(wanted - after.weekday()) % 7)
    return day.replace(hour=at[0], minute=at[1])


def two_columns(table: list[list[str]], first: str, second: str) -> list[tuple[str, str]]:
    """The rows of a table in pairs. Raises `HarnessError` naming what belongs into the columns."""
    if wrong := [row for row in table if len(row) != 2]:
        columns = "eine Spalte" if len(wrong[0]) == 1 else f"{len(wrong[0])} Spalten"
        raise HarnessError(f"Die Tabelle hat {columns}. Es müssen zwei sein: | {first} | {second} |")
    return [(row[0], row[1]) for row in table]


def _last_words(text: str) -> str:
    """What follows the preposition and article."""
    words = text.split()
    return " ".join(words[2:] if words[0] in ("von", "aus", "an", "bei") else words[1:])
