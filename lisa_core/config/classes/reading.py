"""Reading class files: every mistake at once, each with file and line, the nearest known word and what to do."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from lisa_core.config.classes.budget import Contribution, expanded
from lisa_core.config.classes.form import DemandTable, File, HeadTable, LimitTable, ReferenceTable
from lisa_core.config.classes.limits import TIME, UNITS, Limit, exact, size
from lisa_core.config.classes.places import Path as Way
from lisa_core.config.classes.places import line_of, places
from lisa_core.config.classes.references import REFERENCES
from lisa_core.config.classes.values import (
    FOLDER,
    Basis,
    CertificationClass,
    Demand,
    Obligation,
    Reference,
    Showing,
)
from lisa_core.config.toml import read_text, tables_in, validated
from lisa_core.domain.model.errors import ProfileError
from lisa_core.domain.model.json_types import JsonMap
from lisa_core.domain.model.nearest import nearest
from lisa_core.equipment.slots.catalogue import SLOTS
from lisa_core.host.data import data_dir
from lisa_core.wire.toml_text import parse_toml

SUFFIX = ".toml"
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_VERSION = re.compile(r"\d{4}\.\d{1,3}")
_ID = re.compile(r"[\w-]+")
_LOOSE = Decimal("1.0001")
"""A budget is rounded when it is written down."""
Fault = tuple[Way, str]


def known_classes() -> tuple[str, ...]:
    """The classes that we bring along, each with its version ("praesenzsensor-2026.1"), sorted."""
    return tuple(sorted(path.name.removesuffix(SUFFIX) for path in _folder().glob(f"*{SUFFIX}")))


def class_path(name: str) -> Path:
    """The file of a class, by its name among ours or by its path. Raises `ProfileError` for a name that is none."""
    if name.endswith(SUFFIX) or "/" in name:
        return Path(name)
    known = known_classes()
    if name not in known:
        newest = [one for one in known if one.rpartition("-")[0] == name]
        meant = f" Die Fassung dazuschreiben: „{newest[-1]}“." if newest else nearest(name, known)
        raise ProfileError(f"Die Klasse „{name}“ gibt es nicht.{meant}")
    return _folder() / f"{name}{SUFFIX}"


def load_class(name: str) -> CertificationClass:
    """A class by its name with version among ours, or by the path of a file.

    Raises `ProfileError` that lists every mistake, each with file and line.
    """
    path = class_path(name)
    found, faults = class_in(path)
    if found is None:
        lines = (f"{path}:{line}: {text}" if line else f"{path}: {text}" for line, text in faults)
        raise ProfileError("\n".join(lines))
    return found


def class_in(path: Path) -> tuple[CertificationClass | None, tuple[tuple[int, str], ...]]:
    """The class in this file, or None and its mistakes: line (0: the file as a whole) and sentence.

    Raises `ProfileError` where it is no TOML at all.
    """
    text = read_text(path)
    beside = {one.name.removesuffix(SUFFIX): one for one in path.parent.glob(f"*{SUFFIX}")}
    return _class_of(path, text, _tables(path, text), beside)


@lru_cache(maxsize=64)
def _tables(path: Path, text: str) -> JsonMap:
    """Of a class file. It is parsed once, though whole booths ask for what lies beside them. Raises `ProfileError`."""
    return tables_in(path, text)


def class_of_text(path: Path, text: str) -> tuple[CertificationClass | None, tuple[tuple[int, str], ...]]:
    """The same of a text that lies elsewhere now; `path` says as what it was read. What lay beside it is not asked.

    Raises `ProfileError` where it is no TOML at all.
    """
    try:
        data = parse_toml(text)
    except tomllib.TOMLDecodeError as error:
        raise ProfileError(f"{path}: Das ist kein gültiges TOML ({error}).") from None
    return _class_of(path, text, data)


def _class_of(
    path: Path, text: str, data: JsonMap, beside: Mapping[str, Path] | None = None
) -> tuple[CertificationClass | None, tuple[tuple[int, str], ...]]:
    lines = places(text)
    read, form = validated(File, data)
    faults = [(one.where, one.text) for one in form] if read is None else list(_faults(read, path))
    if read is not None and beside is not None:
        faults += _faults_of_parts(read.klasse, beside)
    if read is None or faults:
        return None, tuple(sorted((line_of(lines, way), text) for way, text in faults))
    return _class(read, path, lines), ()


def _folder() -> Path:
    return data_dir("features") / FOLDER


def _class(read: File, path: Path, lines: Mapping[Way, int]) -> CertificationClass:
    head = read.klasse
    demands = (
        _demand(one, head.name, path, line_of(lines, ("anforderung", number)))
        for number, one in enumerate(read.anforderung)
    )
    return CertificationClass(
        head.name,
        head.version,
        head.titel,
        head.titel_en,
        head.steckplatz,
        head.gueltig_ab,
        head.gueltig_bis,
        head.quelle,
        tuple(head.faehigkeiten),
        tuple(demands),
        path,
        head.ungeprueft,
        tuple(head.klassen),
    )


def _demand(one: DemandTable, name: str, path: Path, line: int) -> Demand:
    return Demand(
        f"{name}.{one.id}",
        one.text,
        one.text_en,
        one.quelle,
        path,
        line,
        Obligation(one.verbindlich),
        one.faehigkeit,
        Showing(one.nachweis),
        _limit(one.grenze) if one.grenze else None,
        _reference(one.bezug) if one.bezug else None,
        one.offen,
        one.ungeprueft,
        Basis(one.beruht_auf),
    )


def _limit(table: LimitTable) -> Limit | None:
    upper = table.hoechstens is not None
    value, spread = exact(table.bound), exact(table.unsicherheit)
    if value is None or spread is None:
        return None
    return Limit(table.messung, value, table.einheit, upper, spread, table.regel)


def _reference(table: ReferenceTable) -> Reference:
    parts = (Contribution(one.text, Decimal(str(one.halbbreite)), one.verteilung) for one in table.anteil)
    return Reference(table.womit, table.text, tuple(parts))


# --- what is wrong though each value by itself is right ---------------------------------------------------------------


def _faults(read: File, path: Path) -> Iterator[Fault]:
    yield from _faults_of_head(read, path)
    seen: dict[str, int] = {}
    for number, one in enumerate(read.anforderung):
        way: Way = ("anforderung", number)
        if not _ID.fullmatch(one.id):
            yield (*way, "id"), f"„{one.id}“ ist keine Kennung: Buchstaben, Ziffern, Binde- und Unterstrich verwenden."
        if one.id in seen:
            yield (*way, "id"), f"Die Anforderung „{one.id}“ gibt es zweimal. Eine andere Kennung geben."
        seen[one.id] = number
        yield from _faults_of_demand(one, way)


def _faults_of_head(read: File, path: Path) -> Iterator[Fault]:
    head = read.klasse
    if not _NAME.fullmatch(head.name):
        yield ("klasse", "name"), f"„{head.name}“ ist kein Name: kleine Buchstaben, Ziffern und „-“ dazwischen."
    if not _VERSION.fullmatch(head.version):
        yield ("klasse", "version"), f'„{head.version}“ ist keine Fassung. So schreiben: "2026.1"'
    if path.name != (meant := f"{head.name}-{head.version}{SUFFIX}"):
        yield ("klasse", "name"), f"Die Datei heißt „{path.name}“; zu Name und Fassung gehört „{meant}“."
    if head.gueltig_bis < head.gueltig_ab:
        yield ("klasse", "gueltig_bis"), "Die Klasse endet, bevor sie beginnt. Die Tage prüfen."
    if head.steckplatz and head.steckplatz not in SLOTS:
        text = f"Den Steckplatz „{head.steckplatz}“ gibt es nicht.{nearest(head.steckplatz, SLOTS)}"
        yield ("klasse", "steckplatz"), text
    if head.faehigkeiten and not head.steckplatz:
        text = "Fähigkeiten hat ein Gerät: Sie gehören in eine Klasse mit steckplatz."
        yield ("klasse", "faehigkeiten"), text
    if not read.anforderung:
        yield ("klasse",), "Die Klasse verlangt nichts. Mit [[anforderung]] sagen, was."
    if head.klassen and head.steckplatz:
        yield ("klasse", "klassen"), "Klassen enthält nur ein ganzes Bürgerbüro: steckplatz oder klassen weglassen."


def _faults_of_parts(head: HeadTable, beside: Mapping[str, Path]) -> Iterator[Fault]:
    """The classes that a whole booth names lie beside it, and each is for a slot of its own."""
    where: Way = ("klasse", "klassen")
    seen: dict[str, str] = {}
    for name in head.klassen:
        if name not in beside:
            yield where, f"Die Klasse „{name}“ liegt nicht daneben.{nearest(name, beside)}"
            continue
        slot = str(_tables(beside[name], read_text(beside[name])).get("klasse", {}).get("steckplatz", ""))
        if not slot:
            yield where, f"Die Klasse „{name}“ hat keinen Steckplatz: Ein Bürgerbüro enthält Klassen von Geräten."
        elif slot in seen:
            yield where, f"„{seen[slot]}“ und „{name}“ sind für denselben Steckplatz ({slot}). Eine streichen."
        seen[slot] = name


def _faults_of_demand(one: DemandTable, way: Way) -> Iterator[Fault]:
    conditional = one.verbindlich == Obligation.CONDITIONAL.value
    if conditional != bool(one.faehigkeit):
        text = 'Zu verbindlich = "bedingt" gehört faehigkeit, und nur dazu: wovon es abhängt.'
        yield (*way, "verbindlich"), text
    if one.nachweis != Showing.SCENARIO.value and one.grenze is None:
        yield (*way, "nachweis"), "Was nicht durch ein Szenario gezeigt wird, braucht eine Grenze: [anforderung.grenze]"
    if one.grenze is not None:
        yield from _faults_of_limit(one, one.grenze, (*way, "grenze"))
        if one.bezug is None:
            text = "Der Grenze fehlt, wogegen gemessen wird: [anforderung.bezug] ergänzen."
            yield (*way, "grenze"), text
    if one.bezug is not None:
        yield from _faults_of_reference(one, one.bezug, (*way, "bezug"))


def _faults_of_limit(one: DemandTable, table: LimitTable, way: Way) -> Iterator[Fault]:
    if (table.hoechstens is None) == (table.mindestens is None):
        yield way, "Genau eines von hoechstens und mindestens nennen."
        return
    if table.einheit not in UNITS:
        yield (*way, "einheit"), f"Die Einheit „{table.einheit}“ gibt es nicht.{nearest(table.einheit, UNITS)}"
        return
    limit = _limit(table)
    if limit is None or limit.value < 0 or limit.uncertainty < 0:
        yield way, "Grenze und unsicherheit sind Zahlen ab null."
    elif not limit.decidable:
        text = (
            f"Eine unsicherheit von {table.unsicherheit} über der Grenze von {table.bound}: Bestehen kann das nichts."
        )
        yield (*way, "unsicherheit"), text


def _faults_of_reference(one: DemandTable, table: ReferenceTable, way: Way) -> Iterator[Fault]:
    if table.womit not in REFERENCES:
        yield (*way, "womit"), f"Den Bezug „{table.womit}“ gibt es nicht.{nearest(table.womit, REFERENCES)}"
        return
    if wrong := [number for number, part in enumerate(table.anteil) if not _is_width(part.halbbreite)]:
        yield from (
            ((*way, "anteil", number, "halbbreite"), "Eine halbbreite ist eine Zahl ab null.") for number in wrong
        )
        return
    laboratory = one.nachweis == Showing.LABORATORY.value
    if laboratory != (table.womit == "pruefbericht"):
        text = 'Zu nachweis = "labor" gehört womit = "pruefbericht", und nur dazu.'
        yield (*way, "womit"), text
    if one.grenze is None or one.grenze.einheit not in UNITS or (limit := _limit(one.grenze)) is None:
        return
    kind = REFERENCES[table.womit]
    if UNITS[limit.unit][0] == TIME and limit.value * size(limit.unit) < kind.shortest_s:
        text = f"{kind.title[0].upper()}{kind.title[1:]} taugt nicht für Zeiten unter {kind.shortest_s} s."
        yield (*way, "womit"), f"{text} Einen anderen Bezug nennen."
    if (least := expanded(_reference(table).contributions)) > limit.uncertainty * _LOOSE:
        text = (
            f"Die Anteile ergeben U = {least:.3g} {limit.unit}; bei der Grenze steht {limit.uncertainty} {limit.unit}."
        )
        yield (*way, "womit"), f"{text} Die unsicherheit ist mindestens so groß wie ihre Anteile zusammen."


def _is_width(value: float) -> bool:
    number = exact(value)
    return number is not None and number >= 0
