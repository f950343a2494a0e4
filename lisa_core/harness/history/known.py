"""Faults that are known: one TOML file says which scenarios are not passed, why, who sees to it, and until when.

    [[fehler]]
    szenario = "Die Tür geht auf"     # or: anforderung = "S3.13"
    grund = "Der Türkontakt prellt."
    wer = "Frau Beispiel"
    bis = 2026-12-31
    ticket = "KAB-17"                 # if there is one

Nothing is hidden by it: the verdict stays, and so does the exit code. An entry that is wrong is told and does not
count, one that is expired does not count any more, and one whose scenarios pass wants to be deleted.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from lisa_core.domain.model.json_types import JsonMap
from lisa_core.harness.history.brief import BAD
from lisa_core.harness.history.toml_file import TomlFile, read_toml
from lisa_core.harness.report.record import KnownFault, ScenarioRecord, Verdict
from lisa_core.harness.text.document import read
from lisa_core.harness.text.findings import FeatureError, Finding, meant, shown
from lisa_core.harness.text.former_words import current_tag
from lisa_core.harness.text.language import say
from lisa_core.harness.text.naming import named, unrepeated
from lisa_core.harness.text.tags import requirements_of
from lisa_core.host.paths import files_below

FILE = "bekannte-fehler.toml"
_TABLE = "fehler"
_KEYS = ("szenario", "anforderung", "grund", "wer", "bis", "ticket")
_NEEDED = ("grund", "wer")
_TEXTS = (
    ("scenario", "szenario"),
    ("requirement", "anforderung"),
    ("reason", "grund"),
    ("owner", "wer"),
    ("ticket", "ticket"),
)
_HEAD = re.compile(r"\s*\[\[\s*fehler\s*\]\]")


@dataclass(frozen=True, slots=True)
class KnownEntry:
    """One entry as written; it names a scenario or a requirement, for features in `folder` (None: anywhere)."""

    scenario: str
    requirement: str
    reason: str
    owner: str
    until: date
    ticket: str
    path: Path
    line: int
    folder: Path | None = None

    @property
    def what(self) -> str:
        return self.scenario or self.requirement

    @property
    def place(self) -> str:
        return f"{shown(self.path)}:{self.line}"

    def means(self, one: ScenarioRecord) -> bool:
        """Whether it is about this scenario: by its name, or by the requirement or a part of it that it shows."""
        if self.folder is not None and not one.file.is_relative_to(self.folder):
            return False
        if self.scenario:
            return self.scenario == unrepeated(one.name)
        names = requirements_of(one.tags)
        return any(name == self.requirement or name.startswith(f"{self.requirement}.") for name in names)


def known_files(features: Iterable[Path], root: Path) -> list[Path]:
    """Every `bekannte-fehler.toml` beside one of these features or above it, up to `root`."""
    found: dict[Path, None] = {}
    for start in dict.fromkeys(path.parent for path in features):
        for folder in (start, *start.parents):
            if (folder / FILE).is_file():
                found[folder / FILE] = None
            if folder == root:
                break
    return list(found)


def entries_in(path: Path, *, everywhere: bool = False) -> tuple[tuple[KnownEntry, ...], tuple[Finding, ...]]:
    """What this file says, and what is wrong in it. With `everywhere` it is about all features, not those beside it."""
    return entries_of(path, read_toml(path), everywhere=everywhere)


def entries_of(
    path: Path, file: TomlFile, *, everywhere: bool = False
) -> tuple[tuple[KnownEntry, ...], tuple[Finding, ...]]:
    """The same of a file that is read already."""
    if file.finding:
        return (), (file.finding,)
    tables = file.tables.get(_TABLE, [])
    findings = [*_unknown(path, 0, file.tables, (_TABLE,))]
    if not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
        what = say("Die Einträge sind keine Tabellen.")
        return (), (*findings, Finding(path, 0, what, say("Mit [[{table}]] beginnen.", table=_TABLE)))
    lines = [number for number, one in enumerate(file.text.splitlines(), start=1) if _HEAD.match(one)]
    folder = None if everywhere else path.parent
    found: list[KnownEntry] = []
    for number, table in enumerate(tables):
        line = lines[number] if number < len(lines) else 0
        wrong = list(_wrong(path, line, table))
        findings += wrong
        found += [] if wrong else [_entry(path, line, table, folder)]
    return tuple(found), tuple(findings)


def _entry(path: Path, line: int, table: JsonMap, folder: Path | None) -> KnownEntry:
    until = table["bis"]
    day = until.date() if isinstance(until, datetime) else until
    texts = {name: str(table.get(key, "")) for name, key in _TEXTS}
    return KnownEntry(**texts, until=day, path=path, line=line, folder=folder)


def _wrong(path: Path, line: int, table: JsonMap) -> Iterator[Finding]:
    yield from _unknown(path, line, table, _KEYS)
    named = [key for key in ("szenario", "anforderung") if key in table]
    if len(named) != 1:
        what = say("Der Eintrag sagt nicht, was er meint.")
        yield Finding(path, line, what, say("Genau eines von szenario und anforderung nennen."))
    for key in (*named, *_NEEDED):
        if not isinstance(table.get(key), str) or not table[key].strip():
            what = say("Dem Eintrag fehlt „{key}“.", key=key)
            yield Finding(path, line, what, say("Als Text ergänzen."))
    if not isinstance(table.get("bis"), date):
        what = say("Dem Eintrag fehlt „{key}“.", key="bis")
        yield Finding(path, line, what, say("Als Tag ergänzen, ohne Anführungszeichen: bis = 2026-12-31"))


def _unknown(path: Path, line: int, table: JsonMap, known: tuple[str, ...]) -> Iterator[Finding]:
    for key in table:
        if key not in known:
            what = say("Den Schlüssel „{key}“ gibt es nicht.", key=key)
            yield Finding(path, line, what, meant(key, known, say("Es gibt: {keys}.", keys=", ".join(known))))


def baseless(entries: Iterable[KnownEntry], scenarios: Sequence[ScenarioRecord], root: Path) -> list[str]:
    """What is to be said of entries that mean nothing: no feature beside or below them (or below `root`) has that.

    Files are only looked through for entries that mean none of these `scenarios`.
    """
    told = []
    for entry in entries:
        if any(entry.means(one) for one in scenarios):
            continue
        names = _names_below(entry.folder or root, tags=not entry.scenario)
        if not any(name == entry.what or (entry.requirement and name.startswith(f"{entry.what}.")) for name in names):
            what = say("{place}: „{what}“ gibt es hier in keiner Feature-Datei.", place=entry.place, what=entry.what)
            told.append(f"{what} {meant(entry.what, names, say('Den Eintrag berichtigen oder löschen.'))}")
    return told


def _names_below(folder: Path, *, tags: bool) -> frozenset[str]:
    """The names of all scenarios in here, or of the requirements that they show."""
    found: set[str] = set()
    for path in files_below(folder):
        if path.suffix == ".feature":
            with contextlib.suppress(FeatureError):
                for name, pickle in named(read(path)):
                    words = [current_tag(tag["name"].removeprefix("@")) for tag in pickle["tags"]]
                    found.update(requirements_of(words) if tags else [name])
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Matched:
    """What of the entries is so: the faults in this run, where expired entries stand, sentences about both."""

    faults: tuple[KnownFault, ...]
    expired: tuple[str, ...]
    notes: tuple[str, ...]


def matched(entries: Iterable[KnownEntry], scenarios: Iterable[ScenarioRecord], today: date) -> Matched:
    """Compare what is known with what has come of the scenarios that ran."""
    ran = [one for one in scenarios if one.verdict not in (Verdict.NOT_CHECKED, Verdict.NOT_APPLICABLE)]
    known: dict[str, KnownFault] = {}
    notes: list[str] = []
    expired: list[str] = []
    for entry in entries:
        about = [one for one in ran if entry.means(one)]
        red = [one for one in about if one.verdict in BAD]
        values = {"place": entry.place, "what": entry.what, "owner": entry.owner, "until": f"{entry.until:%d.%m.%Y}"}
        if entry.until < today:
            expired.append(entry.place)
            notes.append(say("{place}: „{what}“ war bekannt bis {until} und zählt wieder ({owner}).", **values))
            continue
        if about and not red:
            notes.append(say("{place}: „{what}“ ist bestanden. Den Eintrag löschen ({owner}).", **values))
        for one in red:
            fault = KnownFault(one.id, entry.reason, entry.owner, entry.until.isoformat(), entry.ticket, entry.place)
            known.setdefault(one.id, fault)
    return Matched(tuple(known.values()), tuple(expired), tuple(notes))
