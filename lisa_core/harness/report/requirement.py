"""A requirement as a value, and the file that says it, read and judged: every mistake becomes a finding with its line.

One table `[[anforderung]]` each: id, text, text_en, quelle; `offen` says why no scenario shows it yet;
`[anforderung.grenze]` holds messung, hoechstens or mindestens, einheit, unsicherheit, regel; `[[anforderung.teil]]` is
a thing that must be shown by itself, with id, text, text_en, and offen and grenze of its own. Anything else is refused.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from lisa_core.config.classes.limits import RULE, UNITS, Limit, exact
from lisa_core.config.hardware.limits import OwnLimit, tightened
from lisa_core.domain.model.json_types import JsonMap
from lisa_core.harness.text.findings import Finding, Rule, meant
from lisa_core.harness.text.language import say, spoken
from lisa_core.host.causes import cause
from lisa_core.host.paths import read_text
from lisa_core.wire.toml_text import parse_toml

_BROKEN: Rule = "anforderung-datei"
_KEYS = ("id", "text", "text_en", "quelle", "offen", "grenze", "teil")
_NEEDED = ("id", "text", "text_en", "quelle")
_PART_KEYS = ("id", "text", "text_en", "offen", "grenze")
_PART_NEEDED = ("id", "text", "text_en")
_LIMIT_KEYS = ("messung", "hoechstens", "mindestens", "einheit", "unsicherheit", "regel")
_ID = re.compile(r"[\w.-]+")
_PART_ID = re.compile(r"[\w-]+")
_ID_LINE = re.compile(r"""\s*id\s*=\s*["']([^"']*)["']""")
_LINE = re.compile(r"\bline (\d+)")
_OF_BRIEF = re.compile(r"S\d+\.\d+")


@dataclass(frozen=True, slots=True)
class Part:
    """One of several things that a requirement asks for; `id` is whole, as a tag says it: "S0.11.kopieren"."""

    id: str
    text: str
    text_en: str
    line: int
    open_reason: str = ""
    limit: Limit | None = None

    @property
    def spoken_text(self) -> str:
        """The text in the language of the run."""
        return self.text_en if spoken() == "en" else self.text


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement as written; `open_reason` says why no scenario shows it yet.

    With `parts` it is shown only when each of them is: a tag that names it as a whole shows none.
    """

    id: str
    text: str
    text_en: str
    source: str
    path: Path
    line: int
    open_reason: str = ""
    limit: Limit | None = None
    parts: tuple[Part, ...] = ()

    @property
    def from_brief(self) -> bool:
        """Whether it is one of the brief that the project was asked for with, by its id ("S0.10")."""
        return bool(_OF_BRIEF.fullmatch(self.id))

    @property
    def spoken_text(self) -> str:
        """The text in the language of the run."""
        return self.text_en if spoken() == "en" else self.text

    @property
    def names(self) -> tuple[str, ...]:
        """Every name under which a tag may name it: its own, and those of its parts."""
        return (self.id, *(part.id for part in self.parts))

    def limits(self, name: str) -> tuple[tuple[str, Limit], ...]:
        """What a scenario has to keep that names it so, each with the id that sets it; as a whole: all there is."""
        asked: list[Requirement | Part] = [self, *(part for part in self.parts if name in (self.id, part.id))]
        return tuple((one.id, one.limit) for one in asked if one.limit is not None)

    def tightened(self, limits: Mapping[str, OwnLimit], whose: str) -> Requirement:
        """The same with the limits of a profile where those are tighter."""
        parts = tuple(replace(one, limit=one.limit and tightened(one.limit, limits, whose)) for one in self.parts)
        return replace(self, limit=self.limit and tightened(self.limit, limits, whose), parts=parts)

    def differs(self, other: Requirement) -> str:
        """The word for what another requirement of this id asks otherwise; "" where it asks the same."""
        here = [(part.id, part.text, part.limit) for part in self.parts]
        there = [(part.id, part.text, part.limit) for part in other.parts]
        pairs = (
            (say("Text"), self.text, other.text),
            (say("Grenze"), self.limit, other.limit),
            (say("Teile"), here, there),
        )
        return next((word for word, ours, theirs in pairs if ours != theirs), "")


def owner(name: str, known: Mapping[str, Requirement]) -> Requirement | None:
    """The requirement that a tag means by this name, of itself or of one of its parts."""
    found = known.get(name) or known.get(name.rpartition(".")[0])
    return found if found is not None and name in found.names else None


def requirements_in(path: Path) -> tuple[tuple[Requirement, ...], tuple[Finding, ...]]:
    """What this file says, and what is wrong in it; read again when it has changed."""
    return _read(path, path.stat().st_mtime_ns, spoken())


def _why(error: Exception) -> str:
    """Why a file cannot be read, in the language of the run."""
    if spoken() == "en":
        return str(error)
    if isinstance(error, OSError):
        return cause(error)
    line = _LINE.search(str(error))
    return f"kein gültiges TOML in Zeile {line[1]}" if line else "kein gültiges TOML in UTF-8"


@lru_cache(maxsize=64)
def _read(path: Path, _changed: int, _language: str) -> tuple[tuple[Requirement, ...], tuple[Finding, ...]]:
    try:
        text = read_text(path)  # Notepad begins a file with a mark
    except (OSError, UnicodeDecodeError) as error:
        return (), (_unreadable(path, error),)
    return requirements_of_text(path, text)


def requirements_of_text(path: Path, text: str) -> tuple[tuple[Requirement, ...], tuple[Finding, ...]]:
    """What this text says, and what is wrong in it; `path` is where it stands, or stood."""
    try:
        data = parse_toml(text)
        tables = data.get("anforderung", [])
    except tomllib.TOMLDecodeError as error:
        return (), (_unreadable(path, error),)
    if not isinstance(tables, list) or not tables or not all(isinstance(table, dict) for table in tables):
        what = say("Die Datei enthält keine Anforderung.")
        return (), (Finding(path, 0, what, say("Mit [[anforderung]] beginnen."), _BROKEN),)
    reading = _Reading(path, text)
    reading.keys(data, ("anforderung",), 0)
    return tuple(filter(None, map(reading.requirement, tables))), tuple(reading.findings)


def _unreadable(path: Path, error: Exception) -> Finding:
    what = say("Die Datei lässt sich nicht lesen ({why}).", why=_why(error))
    return Finding(path, 0, what, say("Als TOML in UTF-8 schreiben."), _BROKEN)


class _Reading:
    """One file; what is wrong in it is collected."""

    def __init__(self, path: Path, text: str) -> None:
        self._path = path
        found = enumerate(map(_ID_LINE.match, text.splitlines()), start=1)
        self._ids = [(number, match[1]) for number, match in found if match]
        self.findings: list[Finding] = []

    def requirement(self, table: JsonMap) -> Requirement | None:
        name = str(table.get("id", ""))
        line = self._line(name)
        before = len(self.findings)
        self.keys(table, _KEYS, line)
        self._texts(name, table, _NEEDED, line)
        if name and not _ID.fullmatch(name):
            what = say("„{id}“ ist keine Kennung.", id=name)
            self._note(line, what, say("Buchstaben, Ziffern, Punkt, Binde- und Unterstrich verwenden."))
        limit = self._limit(name, table["grenze"], line) if "grenze" in table else None
        parts = self._parts(name, table["teil"], line) if "teil" in table else ()
        if len(self.findings) > before:
            return None
        texts = (table["text"], table["text_en"], table["quelle"])
        return Requirement(name, *texts, self._path, line, str(table.get("offen", "")), limit, parts)

    def _parts(self, name: str, tables: object, line: int) -> tuple[Part, ...]:
        if not isinstance(tables, list) or not tables or not all(isinstance(table, dict) for table in tables):
            self._note(line, say("Die Teile von „{id}“ sind keine Tabellen.", id=name), "[[anforderung.teil]]")
            return ()
        parts: list[Part] = []
        at = line
        for table in tables:
            short = str(table.get("id", ""))
            whole, at = f"{name}.{short}", self._line(short, at) or line
            self.keys(table, _PART_KEYS, at)
            self._texts(whole, table, _PART_NEEDED, at)
            if short and not _PART_ID.fullmatch(short):
                what = say("„{id}“ ist keine Kennung.", id=short)
                self._note(at, what, say("Die Kennung eines Teils hat keinen Punkt: „kopieren“."))
            if whole in [part.id for part in parts]:
                what = say("Den Teil „{id}“ gibt es zweimal.", id=whole)
                self._note(at, what, say("Eine andere Kennung geben."))
            limit = self._limit(whole, table["grenze"], at) if "grenze" in table else None
            texts = (str(table.get("text", "")), str(table.get("text_en", "")))
            parts.append(Part(whole, *texts, at, str(table.get("offen", "")), limit))
        return tuple(parts)

    def _texts(self, name: str, table: JsonMap, needed: tuple[str, ...], line: int) -> None:
        for key in needed:
            if not isinstance(table.get(key), str) or not table[key].strip():
                what = say("Der Anforderung „{id}“ fehlt „{key}“.", id=name, key=key)
                self._note(line, what, say("Als Text ergänzen."))

    def _limit(self, name: str, table: object, line: int) -> Limit | None:
        if not isinstance(table, dict):
            self._note(line, say("Die Grenze von „{id}“ ist keine Tabelle.", id=name), "[anforderung.grenze]")
            return None
        self.keys(table, _LIMIT_KEYS, line)
        bounds = [key for key in ("hoechstens", "mindestens") if key in table]
        raw = [table.get(key, "") for key in (*bounds, "unsicherheit")]
        numbers = [None if isinstance(number, bool | str) else exact(number) for number in raw]
        if len(bounds) != 1 or None in numbers or (numbers[-1] or 0) < 0:
            what = say("Der Grenze von „{id}“ fehlt eine Zahl.", id=name)
            self._note(line, what, say("Genau eines von hoechstens und mindestens nennen, dazu unsicherheit."))
            return None
        unit, rule = str(table.get("einheit", "")), str(table.get("regel", RULE))
        if unit not in UNITS:
            what = say("Die Einheit „{unit}“ gibt es nicht.", unit=unit)
            advice = say("Es gibt: {units}.", units=", ".join(UNITS))
            self._note(line, what, meant(unit, UNITS, advice))
        if rule != RULE:
            what = say("Die Entscheidungsregel „{rule}“ gibt es nicht.", rule=rule)
            self._note(line, what, say("Es gibt: {rule}.", rule=RULE))
        if not table.get("messung"):
            what = say("Der Anforderung „{id}“ fehlt „{key}“.", id=name, key="messung")
            self._note(line, what, say("Als Text ergänzen."))
        value, spread = numbers
        if value is None or spread is None or spread < 0:
            return None
        return Limit(str(table.get("messung", "")), value, unit, bounds[0] == "hoechstens", spread, rule)

    def keys(self, table: JsonMap, known: tuple[str, ...], line: int) -> None:
        """Note every key that is none of the known ones."""
        for key in table:
            if key not in known:
                what = say("Den Schlüssel „{key}“ gibt es nicht.", key=key)
                advice = meant(key, known, say("Es gibt: {keys}.", keys=", ".join(known)))
                self._note(line, what, advice)

    def _line(self, name: str, after: int = 0) -> int:
        """Where the id stands, behind line `after`; tomllib tells no lines."""
        return next((number for number, one in self._ids if number > after and one == name), 0)

    def _note(self, line: int, what: str, advice: str) -> None:
        self.findings.append(Finding(self._path, line, what, advice, _BROKEN))
