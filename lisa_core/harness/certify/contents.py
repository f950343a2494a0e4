"""What lies in a bundle, and what it says once it is read: the run, its profile, its requirements, its class.

    messages.ndjson                the stream of the run, as it was written
    profil/1-meins.toml            the profile, and after it each one that it extends
    anforderungen/1-eigene.toml    the requirements that the run knew
    klassen/scanner-2026.1.toml    the classes whose demands the run knew
    bekannt/1-bekannte-fehler.toml which failures were known before, why, until when
    programm.json                  the program that it was, part by part
    gestuetzt.json                 scenarios that have not run again, and the earlier bundles in which they did
    beilagen/...                   what else belongs to the run: traces
    report.html, bericht.pdf       for people: drawn from the stream, and never what counts
    erklaerung.dsse.json           who declares all of the above, by its digests
    gegenzeichnung.dsse.json       who accepts that, if somebody has

They stand in this order, and nothing else stands there.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, tzinfo
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from lisa_core.config.classes import CertificationClass, class_of_text
from lisa_core.domain.model.errors import OF_A_MESSAGE, LisaError
from lisa_core.domain.model.json_types import JsonMap
from lisa_core.equipment.slots.origin import EMULATOR
from lisa_core.harness.acceptance.sound import misfit
from lisa_core.harness.certify.earlier.leaning import Leaning, leaning_in
from lisa_core.harness.certify.earlier.parts import ProgramParts, parts_in
from lisa_core.harness.certify.fidelity import Told
from lisa_core.harness.history.known import KnownEntry, Matched, entries_of, matched
from lisa_core.harness.history.toml_file import toml_in
from lisa_core.harness.report.classes.asked import as_requirement
from lisa_core.harness.report.messages_read import envelopes, record_of
from lisa_core.harness.report.record import PAGE, RunRecord, ScenarioRecord, Verdict
from lisa_core.harness.report.requirement import Requirement, requirements_of_text
from lisa_core.wire.toml_text import parse_toml

STREAM = "messages.ndjson"
PROFILES, REQUIREMENTS, CLASSES = "profil/", "anforderungen/", "klassen/"
KNOWN, EXTRAS = "bekannt/", "beilagen/"
PROGRAM, LEANING = "programm.json", "gestuetzt.json"
PAPER = "bericht.pdf"
DECLARATION, COUNTERSIGNATURE = "erklaerung.dsse.json", "gegenzeichnung.dsse.json"
_ORDER = (
    *(STREAM, PROFILES, REQUIREMENTS, CLASSES, KNOWN, PROGRAM, LEANING, EXTRAS),
    *(PAGE, PAPER, DECLARATION, COUNTERSIGNATURE),
)
_NEEDED = {STREAM: "der Strom des Laufs", PAGE: "der Bericht", PAPER: "das PDF", DECLARATION: "die Unterschrift"}
_Value = TypeVar("_Value")
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,80}")


@dataclass(frozen=True, slots=True)
class Contents:
    """What the entries say: `told` message by message, `asked` the requirements by id (classes by their names),
    `profile` what it comes to, `classes` those that lie there, `known` the failures that were known before; `frame`
    what the files of the profile say beside the slots."""

    told: Told
    run: RunRecord
    asked: Mapping[str, Requirement]
    profile: Mapping[str, JsonMap]
    classes: Mapping[str, CertificationClass]
    frame: Sequence[JsonMap] = ()
    parts: ProgramParts | None = None
    leaning: Leaning = Leaning()
    known: tuple[KnownEntry, ...] = ()

    def expected(self, scenarios: Iterable[ScenarioRecord]) -> Matched:
        """Which of these scenarios fail as was known, on the day of the run at its place; and what is to be said."""
        return matched(self.known, scenarios, self.run.started.astimezone(_zone(self.run.zone)).date())

    def of_known(self, scenarios: Sequence[ScenarioRecord]) -> Iterator[str]:
        """What is to be said of them: entries that are over, passed, or name nothing; and whether more fails."""
        if not self.known:
            return
        found = self.expected(scenarios)
        yield from found.notes
        yield from nameless(self.known, scenarios)
        failed = [one for one in scenarios if one.verdict is Verdict.FAILED]
        new = [one.name for one in failed if one.id not in {each.scenario for each in found.faults}]
        if new:
            yield f"Nicht bestanden und vorher nicht bekannt: {', '.join(new)}."
        elif failed:
            yield f"Was nicht bestanden ist, war alles vorher bekannt ({len(failed)}). Bestanden ist es damit nicht."


def nameless(entries: Iterable[KnownEntry], scenarios: Sequence[ScenarioRecord]) -> Iterator[str]:
    """Entries that mean none of these scenarios."""
    for entry in entries:
        if not any(entry.means(one) for one in scenarios):
            yield f"{entry.place}: „{entry.what}“ kommt hier nicht vor. Den Eintrag berichtigen oder löschen."


def place_in_order(name: str) -> tuple[int, str]:
    """Where an entry stands; -1 for what is none of a bundle."""
    for number, known in enumerate(_ORDER):
        inside = name.removeprefix(known) if known.endswith("/") and name.startswith(known) else ""
        if name == known or _NAME.fullmatch(inside):
            return number, name
    return -1, name


def missing_in(names: Iterable[str]) -> list[str]:
    """What a bundle has to hold and this one does not, in German words."""
    there = {*names}
    missing = [f"{word} ({name})" for name, word in _NEEDED.items() if name not in there]
    folders = ((PROFILES, "das Profil"), (REQUIREMENTS, "die Anforderungen"))
    return missing + [f"{word} ({name})" for name, word in folders if not any(one.startswith(name) for one in there)]


def contents_of(entries: Mapping[str, bytes]) -> Contents:
    """What these entries say. Raises `LisaError` naming the entry that cannot be read."""
    return contents_beside(entries, *_run(entries[STREAM]))


def contents_beside(entries: Mapping[str, bytes], told: Told, run: RunRecord) -> Contents:
    """What they say beside a stream that has been read, or of a run that has not begun. Raises `LisaError`."""
    asked: dict[str, Requirement] = {}
    for name, data in _below(entries, REQUIREMENTS):
        found, wrong = requirements_of_text(Path(name), _text(name, data))
        if wrong:
            raise LisaError(f"{name}: {wrong[0].what}")
        asked |= {one.id: one for one in found}
    classes = [_class(name, data) for name, data in _below(entries, CLASSES)]
    tables = [_table(name, data) for name, data in _below(entries, PROFILES)]
    asked |= {one.name: as_requirement(one) for one in classes}
    frame = [{name: part for name, part in one.items() if name != "slots"} for one in tables]
    parts = _read(PROGRAM, entries, parts_in)
    leaning = _read(LEANING, entries, leaning_in) or Leaning()
    by_id = {one.id: one for one in classes}
    known = tuple(entry for name, data in _below(entries, KNOWN) for entry in _known(name, data))
    return Contents(told, run, asked, _merged(tables), by_id, frame, parts, leaning, known)


def _read(name: str, entries: Mapping[str, bytes], way: Callable[[bytes], _Value]) -> _Value | None:
    """What an entry says that may be missing."""
    try:
        return way(entries[name]) if name in entries else None
    except ValueError as error:
        raise LisaError(f"{name}: {error}.") from None


def bound_by(profile: Mapping[str, JsonMap], slot: str) -> str:
    """The address that a profile binds this slot to."""
    return str(profile["slots"].get(slot, {}).get("binding", "") or EMULATOR)


def _run(data: bytes) -> tuple[Told, RunRecord]:
    try:
        text = data.decode("utf-8")
        if not text.endswith("\n"):
            raise LisaError("die letzte Zeile ist abgeschnitten")
        told = [*envelopes(text)]
        run = record_of(told)
        if name := misfit(run):
            raise LisaError(f"„{name}“ ist etwas anderes, als dort steht")
    except (LisaError, *OF_A_MESSAGE) as error:
        why = str(error) if isinstance(error, LisaError) else "es sind nicht die Nachrichten eines Laufs von LISA"
        raise LisaError(f"{STREAM}: Der Strom lässt sich nicht lesen ({why.rstrip('.')}).") from error
    return told, run


def _class(name: str, data: bytes) -> CertificationClass:
    found, faults = class_of_text(Path(name), _text(name, data))
    if found is None:
        raise LisaError(f"{name}: {faults[0][1]}")
    return found


def _known(name: str, data: bytes) -> tuple[KnownEntry, ...]:
    found, wrong = entries_of(Path(name), toml_in(Path(name), data), everywhere=True)
    if wrong:
        raise LisaError(f"{name}: {wrong[0].what}")
    return found


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return UTC  # the run does not say, or this computer does not know it


def _below(entries: Mapping[str, bytes], folder: str) -> Iterable[tuple[str, bytes]]:
    return ((name, data) for name, data in entries.items() if name.startswith(folder))


def _merged(files: Sequence[JsonMap]) -> Mapping[str, JsonMap]:
    """A profile with all that it extends, slot by slot, as `config.profile` reads it; drivers are asked nothing."""
    merged: dict[str, dict[str, object]] = {"profile": {}, "world": {}, "slots": {}}
    for raw in reversed(files):
        for part in ("profile", "world"):
            merged[part] |= raw.get(part, {})
        slots = merged["slots"]
        for slot, table in raw.get("slots", {}).items():
            before = slots.get(slot, {})
            is_same = isinstance(before, dict) and table.get("driver", before.get("driver")) == before.get("driver")
            slots[slot] = {**before, **table} if is_same and isinstance(before, dict) else dict(table)
    return merged


def _table(name: str, data: bytes) -> JsonMap:
    try:
        found = parse_toml(_text(name, data))
    except tomllib.TOMLDecodeError as error:
        raise LisaError(f"{name}: Das ist kein gültiges TOML ({error}).") from None
    tables = [found.get(part, {}) for part in ("profile", "world", "slots")]
    if not all(isinstance(one, dict) for one in (*tables, *tables[2].values())):
        raise LisaError(f"{name}: Das ist kein Hardware-Profil.")
    return found


def _text(name: str, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise LisaError(f"{name}: Das ist kein Text in UTF-8.") from None
