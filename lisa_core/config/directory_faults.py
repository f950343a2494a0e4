"""What can be wrong in the file of a Landkreis though each value by itself is right: names that lead nowhere, hours."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import time
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from lisa_core.config.public_holidays import laender
from lisa_core.domain.model.json_types import Json, JsonMap
from lisa_core.domain.model.nearest import nearest
from lisa_core.domain.model.time import WEEKDAYS

DAYS = tuple(day[:2].lower() for day in WEEKDAYS)
KINDS = ("sites", "offices", "services", "agents")
LAENDER = laender()
"""Augsburg has a holiday of its own, but is no Bundesland."""
LEVELS = range(1, 10)
_INTERVAL = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")

Fault = tuple[str, str]
"""(key, sentence)"""
Tables = Mapping[str, JsonMap]


def interval(text: str) -> tuple[time, time]:
    """ "08:30-12:00" as two times."""
    found = _INTERVAL.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no interval")
    h1, m1, h2, m2 = map(int, found.groups())
    return time(h1, m1), time(h2, m2)


def faults_of(raw: JsonMap, forms: list[str]) -> list[Fault]:
    """All of them, also in a file whose values are not all of the right kind: those are somebody else's to name."""
    tables = tables_of(raw)
    return [
        *_time_zone(raw.get("landkreis")),
        *(fault for look in _LOOKS for fault in look(tables)),
        *_form_faults(tables["services"], forms),
    ]


def tables_of(raw: JsonMap) -> dict[str, Tables]:
    """What is described in the file, by its kind and key."""
    return {kind: _tables(raw.get(kind)) for kind in KINDS}


def _tables(value: Json) -> Tables:
    return {key: entry for key, entry in value.items() if isinstance(entry, dict)} if isinstance(value, dict) else {}


def _time_zone(landkreis: Json) -> Iterator[Fault]:
    zone = landkreis.get("time_zone") if isinstance(landkreis, dict) else None
    if isinstance(zone, str):
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError):
            yield "landkreis.time_zone", f"{zone!r} ist keine Zeitzone. So schreiben: Europe/Berlin"
    land = landkreis.get("land") if isinstance(landkreis, dict) else None
    if isinstance(land, str) and land not in LAENDER:
        yield "landkreis.land", f"Das Land „{land}“ gibt es nicht.{nearest(land, LAENDER)}"


def _folders(tables: Mapping[str, Tables]) -> Iterator[Fault]:
    """What an office receives lies in a folder of its name, in files that say from which site it came."""
    for kind in ("sites", "offices"):
        for key in tables[kind]:
            if key in ("", ".", "..") or {"/", "\0"} & set(key):
                yield f"{kind}.{key}", "Danach heißen Ordner und Dateien. So geht das nicht; einen Namen ohne / nehmen."


def _office_references(tables: Mapping[str, Tables]) -> Iterator[Fault]:
    offices = list(tables["offices"])
    for kind, name in (("services", "office"), ("agents", "office"), ("offices", "overflow_to")):
        for key, entry in tables[kind].items():
            office = entry.get(name)
            if office and isinstance(office, str) and office not in offices:
                where = f"{kind}.{key}.{name}"
                yield where, f"Die Stelle „{office}“ gibt es nicht.{nearest(office, offices)}"


def _services_without_office(tables: Mapping[str, Tables]) -> Iterator[Fault]:
    for key, service in tables["services"].items():
        if not service.get("office"):
            yield f"services.{key}", "Die Leistung hat keine Stelle (office = ...), an die sie weitergeleitet wird."


def _front_desk(tables: Mapping[str, Tables]) -> Iterator[Fault]:
    fronts = [key for key, office in tables["offices"].items() if office.get("front_desk") is True]
    if len(fronts) != 1:
        here = ", ".join(fronts) or "keine"
        yield "offices", f"Genau eine Stelle ist der Empfang (front_desk = true); hier: {here}."


def _overflow(tables: Mapping[str, Tables]) -> Iterator[Fault]:
    for key, office in tables["offices"].items():
        if office.get("overflow_to") == key:
            yield f"offices.{key}.overflow_to", "Eine Stelle kann nicht in sich selbst überlaufen."
        elif not _same_tenant(office, tables["offices"]):
            advice = "Übergelaufen wird nur innerhalb eines Mandanten (tenant)."
            yield f"offices.{key}.overflow_to", f"„{office['overflow_to']}“ hat einen anderen Mandanten. {advice}"
        elif "overflow_after_s" in office and "overflow_to" not in office:
            yield f"offices.{key}.overflow_after_s", "Wohin übergelaufen wird, fehlt (overflow_to = ...)."


def _same_tenant(office: JsonMap, offices: Tables) -> bool:
    """Whether calls overflow only to an office that may see the citizen's papers."""
    other = next((entry for key, entry in offices.items() if key == office.get("overflow_to")), office)
    return bool(other.get("tenant") == office.get("tenant"))


def _sites(tables: Mapping[str, Tables]) -> Iterator[Fault]:
    if not tables["sites"]:
        yield "sites", "Es gibt keinen Standort. Einen unter [sites.name] beschreiben."
    for key, site in tables["sites"].items():
        land = site.get("land")
        if isinstance(land, str) and land not in LAENDER:
            yield f"sites.{key}.land", f"Das Land „{land}“ gibt es nicht.{nearest(land, LAENDER)}"
        booths = site.get("booths", 1)
        if isinstance(booths, int) and booths != 1:
            hint = "Der Standort hat keine Kabine." if booths < 1 else "Je Standort eine Kabine; weitere als eigene."
            yield f"sites.{key}.booths", f"{hint} Hier steht {booths}."
        yield from _closed_days(key, site, tables)


def _closed_days(key: str, site: JsonMap, tables: Mapping[str, Tables]) -> Iterator[Fault]:
    """Days on which nobody can come though the file says so."""
    hours = {day for day, spans in pairs(site.get("hours")) if spans}
    days = site.get("appointment_days", [])
    for day in days if isinstance(days, list) else []:
        if day in DAYS and day not in hours:
            yield f"sites.{key}.appointment_days", f"Am Tag „{day}“ ist das Haus zu (hours): Termine gibt es da nie."
    front = next((office for office in tables["offices"].values() if office.get("front_desk") is True), {})
    answers = {day for day, spans in pairs(front.get("hours")) if spans}
    if hours and answers and not hours & answers:
        yield (
            f"sites.{key}.hours",
            "An keinem dieser Tage ist der Empfang besetzt (offices: hours): hier ist nie offen.",
        )


def pairs(table: Json) -> list[tuple[str, Json]]:
    """What stands in a table, nothing if it is none."""
    return list(table.items()) if isinstance(table, dict) else []


def _form_faults(services: Tables, forms: list[str]) -> Iterator[Fault]:
    for key, service in services.items():
        named = service.get("forms", [])
        for form in named if isinstance(named, list) else []:
            if form not in forms:
                yield f"services.{key}.forms", f"Das Formular „{form}“ gibt es nicht.{nearest(str(form), forms)}"


def _hours_faults(tables: Mapping[str, Tables]) -> Iterator[Fault]:
    for kind in ("sites", "offices"):
        for key, entry in tables[kind].items():
            for day, spans in pairs(entry.get("hours")):
                named = spans if isinstance(spans, list) else []
                yield from _day_faults(f"{kind}.{key}.hours.{day}", [span for span in named if isinstance(span, str)])


def _day_faults(where: str, spans: list[str]) -> Iterator[Fault]:
    wrong = [text for text in spans if not _INTERVAL.fullmatch(text)]
    for text in wrong:
        yield where, f'„{text}“ ist kein Zeitraum. So schreiben: "08:30-12:00"'
    good = sorted(interval(text) for text in spans if text not in wrong)
    for begin, end in good:
        if end <= begin:
            yield where, f"{begin:%H:%M}-{end:%H:%M} endet, bevor es beginnt."
    for a, b in pairwise(good):
        if b[0] < a[1]:
            yield where, f"{b[0]:%H:%M}-{b[1]:%H:%M} überschneidet sich mit {a[0]:%H:%M}-{a[1]:%H:%M}."


_LOOKS: tuple[Callable[[Mapping[str, Tables]], Iterator[Fault]], ...] = (
    _folders,
    _office_references,
    _services_without_office,
    _front_desk,
    _overflow,
    _sites,
    _hours_faults,
)
