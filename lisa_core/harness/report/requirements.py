"""The requirements that scenarios show: `anforderungen/*.toml`, ours beside the shipped features, others beside theirs.

One table `[[anforderung]]` each: id, text, text_en, quelle; `offen` says why no scenario shows it yet;
`[anforderung.grenze]` holds messung, hoechstens or mindestens, einheit, unsicherheit, regel. Anything else is refused.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from lisa_core.domain.model.errors import LisaError
from lisa_core.domain.model.json_types import JsonMap
from lisa_core.harness.report.measure import RULE, UNITS, Limit, exact
from lisa_core.harness.text.findings import Finding, meant, shown
from lisa_core.harness.text.language import say, spoken
from lisa_core.host.causes import cause
from lisa_core.host.data import data_dir
from lisa_core.wire.toml_text import parse_toml

FOLDER = "anforderungen"
_KEYS = ("id", "text", "text_en", "quelle", "offen", "grenze")
_NEEDED = ("id", "text", "text_en", "quelle")
_LIMIT_KEYS = ("messung", "hoechstens", "mindestens", "einheit", "unsicherheit", "regel")
_ID = re.compile(r"[\w.-]+")
_LINE = re.compile(r"\bline (\d+)")
_OF_BRIEF = re.compile(r"S\d+\.\d+")


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement as written; `open_reason` says why no scenario shows it yet."""

    id: str
    text: str
    text_en: str
    source: str
    path: Path
    line: int
    open_reason: str = ""
    limit: Limit | None = None

    @property
    def from_brief(self) -> bool:
        """Whether it is one of the brief that the project was asked for with, by its id ("S0.10")."""
        return bool(_OF_BRIEF.fullmatch(self.id))

    @property
    def spoken_text(self) -> str:
        """The text in the language of the run."""
        return self.text_en if spoken() == "en" else self.text


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All requirements that a run knows, by id, and what is wrong in their files."""

    known: Mapping[str, Requirement]
    findings: tuple[Finding, ...] = ()


def shipped_folder() -> Path | None:
    """Where ours lie; None where no features are installed."""
    try:
        return data_dir("features") / FOLDER
    except LisaError:
        return None


def folders_above(features: Iterable[Path], root: Path) -> list[Path]:
    """Every folder `anforderungen` beside one of these files or above it, up to `root`."""
    found: dict[Path, None] = {}
    for start in dict.fromkeys(path.parent for path in features):
        for folder in (start, *start.parents):
            if (folder / FOLDER).is_dir():
                found[folder / FOLDER] = None
            if folder == root:
                break
    return list(found)


def load(folders: Iterable[Path]) -> Catalogue:
    """All requirements of these folders; an id that is given twice is a finding."""
    known: dict[str, Requirement] = {}
    findings: list[Finding] = []
    for folder in dict.fromkeys(folders):
        for path in sorted(folder.glob("*.toml")):
            requirements, wrong = _read(path, path.stat().st_mtime_ns, spoken())
            findings += wrong
            for one in requirements:
                if other := known.get(one.id):
                    what = say("Die Anforderung „{id}“ gibt es schon in {place}.", id=one.id, place=shown(other.path))
                    findings.append(Finding(path, one.line, what, say("Eine andere Kennung geben.")))
                else:
                    known[one.id] = one
    return Catalogue(known, tuple(findings))


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
        text = path.read_text(encoding="utf-8-sig")  # Notepad begins a file with a mark
        data = parse_toml(text)
        tables = data.get("anforderung", [])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        what = say("Die Datei lässt sich nicht lesen ({why}).", why=_why(error))
        return (), (Finding(path, 0, what, say("Als TOML in UTF-8 schreiben.")),)
    if not isinstance(tables, list) or not tables or not all(isinstance(table, dict) for table in tables):
        what = say("Die Datei enthält keine Anforderung.")
        return (), (Finding(path, 0, what, say("Mit [[anforderung]] beginnen.")),)
    reading = _Reading(path, text)
    reading.keys(data, ("anforderung",), 0)
    return tuple(filter(None, map(reading.requirement, tables))), tuple(reading.findings)


class _Reading:
    """One file; what is wrong in it is collected."""

    def __init__(self, path: Path, text: str) -> None:
        self._path, self._lines = path, text.splitlines()
        self.findings: list[Finding] = []

    def requirement(self, table: JsonMap) -> Requirement | None:
        name = str(table.get("id", ""))
        line = self._line(name)
        before = len(self.findings)
        self.keys(table, _KEYS, line)
        for key in _NEEDED:
            if not isinstance(table.get(key), str) or not table[key].strip():
                what = say("Der Anforderung „{id}“ fehlt „{key}“.", id=name, key=key)
                self._note(line, what, say("Als Text ergänzen."))
        if name and not _ID.fullmatch(name):
            what = say("„{id}“ ist keine Kennung.", id=name)
            self._note(line, what, say("Buchstaben, Ziffern, Punkt, Binde- und Unterstrich verwenden."))
        limit = self._limit(name, table["grenze"], line) if "grenze" in table else None
        if len(self.findings) > before:
            return None
        texts = (table["text"], table["text_en"], table["quelle"])
        return Requirement(name, *texts, self._path, line, str(table.get("offen", "")), limit)

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

    def _line(self, name: str) -> int:
        """Where the id stands; tomllib tells no lines."""
        pattern = re.compile(rf"""\s*id\s*=\s*["']{re.escape(name)}["']""")
        return next((number for number, line in enumerate(self._lines, start=1) if pattern.match(line)), 0)

    def _note(self, line: int, what: str, advice: str) -> None:
        self.findings.append(Finding(self._path, line, what, advice))


def unshown(requirements: Iterable[Requirement], named: frozenset[str]) -> Iterator[Finding]:
    """The other direction: a requirement that no scenario names, or one that is marked as open and is not."""
    for one in requirements:
        if one.id not in named and not one.open_reason:
            what = say("Zur Anforderung „{id}“ gibt es kein Szenario.", id=one.id)
            advice = "Eines mit @anf:{id} kennzeichnen oder mit offen = … sagen, warum es noch keines gibt."
            yield Finding(one.path, one.line, what, say(advice, id=one.id))
        elif one.id in named and one.open_reason:
            what = say("Die Anforderung „{id}“ steht als offen da, aber ein Szenario zeigt sie.", id=one.id)
            yield Finding(one.path, one.line, what, say("Die Zeile offen = … löschen."))
