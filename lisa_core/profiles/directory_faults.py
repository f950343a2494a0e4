"""What can be wrong in the file of a Landkreis though each value by itself is right: names that lead nowhere, hours."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import time
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import holidays

from lisa_core.profiles.toml import nearest

WEEKDAYS = ("mo", "di", "mi", "do", "fr", "sa", "so")
LAENDER = holidays.list_supported_countries()["DE"]
LEVELS = range(1, 10)
_INTERVAL = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")

Fault = tuple[str, str]
"""(key, sentence)"""
Tables = Mapping[str, Mapping[str, Any]]


def interval(text: str) -> tuple[time, time]:
    """ "08:30-12:00" as two times."""
    found = _INTERVAL.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no interval")
    h1, m1, h2, m2 = map(int, found.groups())
    return time(h1, m1), time(h2, m2)


def faults_of(raw: Mapping[str, Any], forms: list[str]) -> list[Fault]:
    """All of them, also in a file whose values are not all of the right kind: those are somebody else's to name."""
    kinds = ("sites", "offices", "services", "agents")
    tables = {kind: _tables(raw.get(kind)) for kind in kinds}
    return [
        *_time_zone(raw.get("landkreis")),
        *(fault for look in _LOOKS for fault in look(tables)),
        *_form_faults(tables["services"], forms),
    ]


def _tables(value: Any) -> Tables:
    return {key: entry for key, entry in value.items() if isinstance(entry, dict)} if isinstance(value, dict) else {}


def _time_zone(landkreis: Any) -> Iterator[Fault]:
    zone = landkreis.get("time_zone") if isinstance(landkreis, dict) else None
    if isinstance(zone, str):
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError):
            yield "landkreis.time_zone", f"{zone!r} ist keine Zeitzone. So schreiben: Europe/Berlin"
    land = landkreis.get("land") if isinstance(landkreis, dict) else None
    if isinstance(land, str) and land not in LAENDER:
        yield "landkreis.land", f"Das Land „{land}“ gibt es nicht.{nearest(land, LAENDER)}"


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


def _nobody_there(tables: Mapping[str, Tables]) -> Iterator[Fault]:
    """An office that has services and where nobody works: whoever is forwarded there always comes back."""
    staffed = {agent.get("office") for agent in tables["agents"].values()}
    for key, service in tables["services"].items():
        office = service.get("office")
        if office in tables["offices"] and office not in staffed:
            yield (
                f"services.{key}.office",
                f"In der Stelle „{office}“ arbeitet niemand. Unter [agents] jemanden nennen.",
            )


def _overflow(tables: Mapping[str, Tables]) -> Iterator[Fault]:
    for key, office in tables["offices"].items():
        if office.get("overflow_to") == key:
            yield f"offices.{key}.overflow_to", "Eine Stelle kann nicht in sich selbst überlaufen."
        elif "overflow_after_s" in office and "overflow_to" not in office:
            yield f"offices.{key}.overflow_after_s", "Wohin übergelaufen wird, fehlt (overflow_to = ...)."


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
    same: dict[str, str] = {}
    for key, site in tables["sites"].items():
        name = site.get("name")
        if isinstance(name, str) and same.setdefault(name, key) != key:
            yield f"sites.{key}.name", f"„{name}“ heißt schon der Standort {same[name]}."


def _closed_days(key: str, site: Mapping[str, Any], tables: Mapping[str, Tables]) -> Iterator[Fault]:
    """Days on which nobody can come though the file says so."""
    hours = {day for day, spans in _pairs(site.get("hours")) if spans}
    days = site.get("appointment_days", [])
    for day in days if isinstance(days, list) else []:
        if day in WEEKDAYS and day not in hours:
            yield f"sites.{key}.appointment_days", f"Am Tag „{day}“ ist das Haus zu (hours): Termine gibt es da nie."
    front = next((office for office in tables["offices"].values() if office.get("front_desk") is True), {})
    answers = {day for day, spans in _pairs(front.get("hours")) if spans}
    if hours and answers and not hours & answers:
        yield (
            f"sites.{key}.hours",
            "An keinem dieser Tage ist der Empfang besetzt (offices: hours): hier ist nie offen.",
        )


def _skills(tables: Mapping[str, Tables]) -> Iterator[Fault]:
    for key, agent in tables["agents"].items():
        for skill, level in _pairs(agent.get("skills")):
            if isinstance(level, int) and level not in LEVELS:
                yield f"agents.{key}.skills", f"„{skill}“ hat die Stufe {level}; Stufen gehen von 1 bis 9."
    for key, service in tables["services"].items():
        wanted, least = service.get("skill"), service.get("level", 1)
        if not wanted or not isinstance(least, int):
            continue
        if least not in LEVELS:
            yield f"services.{key}.level", f"Hier steht die Stufe {least}; Stufen gehen von 1 bis 9."
            continue
        there = _skills_in(tables["agents"], service.get("office"))
        if not any(skill == wanted and level >= least for skill, level in there):
            names = sorted({skill for skill, _ in there})
            where = f"services.{key}.skill"
            yield where, f"„{wanted}“ ab Stufe {least} hat in dieser Stelle niemand.{nearest(str(wanted), names)}"


def _skills_in(agents: Tables, office: Any) -> list[tuple[str, int]]:
    """Who works there has these skills."""
    colleagues = [agent for agent in agents.values() if agent.get("office") == office]
    entries = [pair for agent in colleagues for pair in _pairs(agent.get("skills"))]
    return [(skill, level) for skill, level in entries if isinstance(level, int)]


def _pairs(skills: Any) -> list[tuple[str, Any]]:
    return list(skills.items()) if isinstance(skills, dict) else []


def _form_faults(services: Tables, forms: list[str]) -> Iterator[Fault]:
    for key, service in services.items():
        named = service.get("forms", [])
        for form in named if isinstance(named, list) else []:
            if form not in forms:
                yield f"services.{key}.forms", f"Das Formular „{form}“ gibt es nicht.{nearest(str(form), forms)}"


def _hours_faults(tables: Mapping[str, Tables]) -> Iterator[Fault]:
    for kind in ("sites", "offices"):
        for key, entry in tables[kind].items():
            for day, spans in _pairs(entry.get("hours")):
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
    _office_references,
    _services_without_office,
    _front_desk,
    _nobody_there,
    _overflow,
    _sites,
    _skills,
    _hours_faults,
)
