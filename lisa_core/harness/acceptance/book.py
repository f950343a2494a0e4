"""`abnahme.toml`: what people set about an acceptance, read and checked; every mistake is a finding with its line.

    [abnahme]            who accepts what from whom; all free text, all optional
    [[mangel]]           one defect: what was red, and its class with reason, name and date
    [[nachpruefung]]     which run showed a defect mended; only the program writes these

A defect that no run saw has a `beschreibung` in place of scenario and sentence, and its re-test is a person's word.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from lisa_core.domain.model.errors import LisaError
from lisa_core.domain.model.json_types import JsonMap
from lisa_core.domain.model.time import moment_of
from lisa_core.harness.acceptance.defects import Grade, Key
from lisa_core.harness.text.findings import Finding, meant, shown
from lisa_core.host.causes import cause
from lisa_core.host.machine import refusal
from lisa_core.host.paths import opened
from lisa_core.wire.toml_text import parse_toml

NAME = "abnahme.toml"
MAX_BYTES = 4_000_000
"""More than `parse_toml` takes, so that it is what says so."""
HEAD, DEFECT, RETEST = "abnahme", "mangel", "nachpruefung"
SUBJECT = ("gegenstand", "auftraggeber", "auftragnehmer", "vertrag", "ort", "teilnehmende")
_OF_DEFECT = (
    *("nr", "szenario", "satz", "gesehen", "meldung", "beschreibung"),
    *("klasse", "begruendung", "eingeordnet_von", "eingeordnet_am", "frist", "abhilfe"),
    *("nachgeprueft_von", "nachgeprueft_am"),
)
_OF_RETEST = ("mangel", "lauf", "begonnen")
_DATES = ("eingeordnet_am", "frist", "nachgeprueft_am")
_NEEDED = ("klasse", "begruendung", "eingeordnet_von", "eingeordnet_am")
_KEYS: Mapping[str, tuple[str, ...]] = {HEAD: SUBJECT, DEFECT: _OF_DEFECT, RETEST: _OF_RETEST}
_GRADES = {grade.value: grade for grade in Grade}
_GERMAN_DATE = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_TABLE = re.compile(r"\s*\[\[?\s*([\w-]+)\s*\]\]?")
_KEY = re.compile(r"\s*([\w-]+)\s*=")
_LINE = re.compile(r"\bline (\d+)")


@dataclass(frozen=True, slots=True)
class Entry:
    """One defect as it stands in the book; `lacks` names the keys without which its class does not count."""

    number: int
    line: int
    texts: Mapping[str, str]
    dates: Mapping[str, date]
    grade: Grade | None = None

    @property
    def key(self) -> Key:
        return self.texts.get("szenario", ""), self.texts.get("satz", "")

    @property
    def lacks(self) -> tuple[str, ...]:
        given = {*self.texts, *self.dates, *(["klasse"] if self.grade else [])}
        return tuple(name for name in _NEEDED if name not in given)


@dataclass(frozen=True, slots=True)
class Retest:
    """A run that showed a defect mended: by its digest, and when it began."""

    defect: int
    digest: str
    begun: datetime


@dataclass(frozen=True, slots=True)
class Book:
    """The whole file; `text` is what stands in it, "" where there is none yet."""

    path: Path
    text: str = ""
    subject: Mapping[str, str] = field(default_factory=dict)
    entries: tuple[Entry, ...] = ()
    retests: tuple[Retest, ...] = ()


def read_book(path: Path) -> Book:
    """The book at this path; an empty one where there is no file. Raises `LisaError` with every finding in it."""
    try:
        with opened(path) as file:
            text = file.read(MAX_BYTES).decode("utf-8")
    except FileNotFoundError:
        return Book(path)
    except UnicodeDecodeError:
        raise LisaError(str(Finding(path, 0, "Die Datei ist kein UTF-8.", "Als TOML in UTF-8 speichern."))) from None
    except OSError as error:
        raise refusal(f"{shown(path)}: Die Datei lässt sich nicht lesen ({cause(error)}).", error) from error
    return book_of(path, text)


def book_of(path: Path, text: str) -> Book:
    """What this text says, as if it stood at this path. Raises `LisaError` with every finding in it."""
    try:
        tables = parse_toml(text.removeprefix("\ufeff"))  # Notepad begins a file with a mark
    except tomllib.TOMLDecodeError as error:
        line = _LINE.search(str(error))
        found = Finding(path, int(line[1]) if line else 0, "Das ist kein gültiges TOML.", "Texte in Anführungszeichen.")
        raise LisaError(str(found)) from None
    reading = _Reading(path, text)
    book = reading.book(tables)
    if reading.findings:
        raise LisaError("\n".join(map(str, sorted(reading.findings))))
    return book


class _Reading:
    """One file; what is wrong in it is collected."""

    def __init__(self, path: Path, text: str) -> None:
        self._path, self._text = path, text
        self._lines = dict(_lines_of(text))
        self.findings: list[Finding] = []

    def book(self, tables: JsonMap) -> Book:
        for name in tables:
            if name not in _KEYS:
                self._note((name, 0, ""), f"Die Tabelle „{name}“ gibt es nicht.", _known(name, _KEYS))
        head = tables.get(HEAD, {})
        if not isinstance(head, dict):
            self._note((HEAD, 0, ""), "Das ist keine Tabelle.", f"Mit [{HEAD}] beginnen.")
            head = {}
        subject = self._texts(head, HEAD, 0)
        entries = [self._entry(table, place) for place, table in enumerate(self._list(tables, DEFECT))]
        retests = [self._retest(table, place) for place, table in enumerate(self._list(tables, RETEST))]
        self._twice(entries)
        numbers = {one.number for one in entries}
        for place, one in enumerate(retests):
            if one and one.defect not in numbers:
                self._note(
                    (RETEST, place, "mangel"), f"Den Mangel Nr. {one.defect} gibt es nicht.", "Nummer berichtigen."
                )
        return Book(self._path, self._text, subject, tuple(entries), tuple(filter(None, retests)))

    def _list(self, tables: JsonMap, name: str) -> list[JsonMap]:
        found = tables.get(name, [])
        if isinstance(found, list) and all(isinstance(table, dict) for table in found):
            return found
        self._note((name, 0, ""), "Das sind keine Tabellen.", f"Jede mit [[{name}]] beginnen.")
        return []

    def _entry(self, table: JsonMap, place: int) -> Entry:
        texts = self._texts(table, DEFECT, place, but=(*_DATES, "nr", "klasse"))
        dates = {key: day for key in _DATES if (day := self._date(table, key, place)) is not None}
        if not texts.get("szenario") and not texts.get("beschreibung"):
            self._note((DEFECT, place, ""), "Der Mangel sagt nicht, was er ist.", "Eine beschreibung eintragen.")
        number = self._number(table, "nr", DEFECT, place)
        return Entry(number, self._line((DEFECT, place, "")), texts, dates, self._grade(table, place))

    def _grade(self, table: JsonMap, place: int) -> Grade | None:
        word = table.get("klasse", "")
        if word == "":
            return None
        if isinstance(word, str) and word in _GRADES:
            return _GRADES[word]
        self._note((DEFECT, place, "klasse"), f"Die Klasse „{word}“ gibt es nicht.", _known(str(word), _GRADES))
        return None

    def _retest(self, table: JsonMap, place: int) -> Retest | None:
        texts = self._texts(table, RETEST, place, but=("mangel",))
        number = self._number(table, "mangel", RETEST, place)
        begun = moment_of(texts.get("begonnen", ""))
        if begun is None:
            what = f"„{texts.get('begonnen', '')}“ ist kein Zeitpunkt."
            self._note((RETEST, place, "begonnen"), what, "Diese Tabellen schreibt nur das Programm: löschen.")
            return None
        return Retest(number, texts.get("lauf", ""), begun)

    def _number(self, table: JsonMap, key: str, name: str, place: int) -> int:
        number = table.get(key)
        if isinstance(number, int) and not isinstance(number, bool) and number > 0:
            return number
        self._note((name, place, key), f"„{key}“ ist keine Nummer.", "Eine ganze Zahl ab 1, ohne Anführungszeichen.")
        return 0

    def _texts(self, table: JsonMap, name: str, place: int, but: tuple[str, ...] = ()) -> dict[str, str]:
        """What is given as text; empty is not given. Whatever else stands there is noted."""
        found: dict[str, str] = {}
        for key, value in table.items():
            where = (name, place, key)
            if key not in _KEYS[name]:
                self._note(where, f"Den Schlüssel „{key}“ gibt es nicht.", _known(key, _KEYS[name]))
            elif key in but:
                continue
            elif not isinstance(value, str):
                self._note(where, f"„{key}“ ist kein Text.", "In Anführungszeichen setzen.")
            elif text := " ".join(value.split()):
                found[key] = text
        return found

    def _date(self, table: JsonMap, key: str, place: int) -> date | None:
        value: object = table.get(key, "")
        if value == "":
            return None
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        if isinstance(value, str) and (day := _day(value.strip())):
            return day
        self._note((DEFECT, place, key), f"„{value}“ ist kein Datum.", "Zum Beispiel 2026-12-01 oder „1.12.2026“.")
        return None

    def _twice(self, entries: list[Entry]) -> None:
        numbers: dict[int, int] = {}
        keys: dict[Key, int] = {}
        for place, one in enumerate(entries):
            if one.number and numbers.setdefault(one.number, place) != place:
                self._note((DEFECT, place, "nr"), f"Den Mangel Nr. {one.number} gibt es zweimal.", "Neu nummerieren.")
            if one.key[0] and keys.setdefault(one.key, place) != place:
                what = "Für diesen Satz dieses Szenarios gibt es schon einen Mangel."
                self._note((DEFECT, place, "szenario"), what, f"Dort eintragen: Nr. {entries[keys[one.key]].number}.")

    def _note(self, where: tuple[str, int, str], what: str, advice: str) -> None:
        self.findings.append(Finding(self._path, self._line(where), what, advice))

    def _line(self, where: tuple[str, int, str]) -> int:
        name, place, _ = where
        return self._lines.get(where) or self._lines.get((name, place, ""), 0)


def _lines_of(text: str) -> Iterator[tuple[tuple[str, int, str], int]]:
    """Where each table begins, and each key in it: tomllib tells no lines."""
    name, counts = "", dict[str, int]()
    for number, line in enumerate(text.splitlines(), start=1):
        if table := _TABLE.match(line):
            name = table[1]
            counts[name] = counts.get(name, -1) + 1
            yield (name, counts[name], ""), number
        elif key := _KEY.match(line):
            yield ((name, counts[name], key[1]) if name else (key[1], 0, "")), number


def _known(word: str, known: Mapping[str, object] | tuple[str, ...]) -> str:
    return meant(word, known, f"Es gibt: {', '.join(known)}.")


def _day(text: str) -> date | None:
    try:
        german = _GERMAN_DATE.fullmatch(text)
        return date(int(german[3]), int(german[2]), int(german[1])) if german else date.fromisoformat(text)
    except ValueError:
        return None
