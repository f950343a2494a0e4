"""What can be wrong in the file of a Landkreis about who works where, what they know, and how things are called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lisa_core.config.directory_faults import LEVELS, Fault, Tables, pairs, tables_of
from lisa_core.domain.model.json_types import Json, JsonDict, JsonMap
from lisa_core.domain.model.nearest import nearest

_NAMED = {"sites": "der Standort", "offices": "die Stelle", "services": "die Leistung"}
_NEVER_EMPTY = ("id", "name", "tenant")


def staff_faults(raw: JsonMap) -> list[Fault]:
    """All of them; values of the wrong kind are passed over."""
    tables = tables_of(raw)
    looks = (_same_names, _one_office_each, _nobody_there, _levels, _wanted_skills)
    return [*_empty(raw), *(fault for look in looks for fault in look(tables))]


def _empty(raw: JsonMap) -> Iterator[Fault]:
    tables: JsonDict = {"landkreis": raw.get("landkreis")}
    tables |= {f"{kind}.{key}": entry for kind, all_of in tables_of(raw).items() for key, entry in all_of.items()}
    for where, table in tables.items():
        for key in _NEVER_EMPTY:
            value = table.get(key) if isinstance(table, dict) else None
            if isinstance(value, str) and not value.strip():
                yield f"{where}.{key}", "Hier steht nichts zwischen den Anführungszeichen."


def _same_names(tables: Mapping[str, Tables]) -> Iterator[Fault]:
    """Agents and testers know them by their names."""
    for kind, what in _NAMED.items():
        same: dict[str, str] = {}
        for key, entry in tables[kind].items():
            name = entry.get("name")
            if isinstance(name, str) and name.strip() and same.setdefault(name, key) != key:
                yield f"{kind}.{key}.name", f"„{name}“ heißt schon {what} {same[name]}."


def _one_office_each(tables: Mapping[str, Tables]) -> Iterator[Fault]:
    for key, agent in tables["agents"].items():
        if isinstance(agent.get("office"), list):
            advice = "Für jede weitere einen eigenen Eintrag unter [agents] anlegen."
            yield f"agents.{key}.office", f"Ein Arbeitsplatz gehört zu genau einer Stelle. {advice}"


def _nobody_there(tables: Mapping[str, Tables]) -> Iterator[Fault]:
    """An office where nobody works though calls come there: at the front desk, or forwarded for a service."""
    staffed = [agent.get("office") for agent in tables["agents"].values()]
    advice = "Unter [agents] jemanden nennen."
    for key, office in tables["offices"].items():
        if office.get("front_desk") is True and key not in staffed:
            yield f"offices.{key}", f"Am Empfang arbeitet niemand: jeder Anruf wartet für immer. {advice}"
    for key, service in tables["services"].items():
        wanted = service.get("office")
        if wanted in list(tables["offices"]) and wanted not in staffed:
            yield f"services.{key}.office", f"In der Stelle „{wanted}“ arbeitet niemand. {advice}"


def _levels(tables: Mapping[str, Tables]) -> Iterator[Fault]:
    for key, agent in tables["agents"].items():
        for skill, level in pairs(agent.get("skills")):
            if isinstance(level, int) and level not in LEVELS:
                yield f"agents.{key}.skills", f"„{skill}“ hat die Stufe {level}; Stufen gehen von 1 bis 9."


def _wanted_skills(tables: Mapping[str, Tables]) -> Iterator[Fault]:
    for key, service in tables["services"].items():
        wanted, least = service.get("skill"), service.get("level", 1)
        if not wanted or not isinstance(wanted, str) or not isinstance(least, int):
            continue
        if least not in LEVELS:
            yield f"services.{key}.level", f"Hier steht die Stufe {least}; Stufen gehen von 1 bis 9."
            continue
        there = _skills_in(tables["agents"], service.get("office"))
        if there.get(wanted, 0) < least:
            where, advice = f"services.{key}.skill", _instead(wanted, there)
            yield where, f"„{wanted}“ ab Stufe {least} hat in dieser Stelle niemand.{advice}"


def _instead(wanted: str, there: Mapping[str, int]) -> str:
    if wanted in there:
        return f" Die höchste ist Stufe {there[wanted]}."
    return nearest(wanted, list(there)) if there else " Unter [agents] bei jemandem nennen (skills = ...)."


def _skills_in(agents: Tables, office: Json) -> dict[str, int]:
    """What those who work there know, each at the highest level that one of them has."""
    best: dict[str, int] = {}
    for agent in agents.values():
        for skill, level in pairs(agent.get("skills")) if agent.get("office") == office else ():
            if isinstance(level, int):
                best[skill] = max(level, best.get(skill, 0))
    return best
