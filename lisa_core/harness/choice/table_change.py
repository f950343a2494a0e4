"""What a changed TOML file can reach, where it is known who reads it: compared is what it says, not how."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping

from lisa_core.domain.model.json_types import JsonDict, JsonMap
from lisa_core.harness.choice.change import ChangedFile, Effect
from lisa_core.harness.text.findings import shown
from lisa_core.harness.text.language import say

Tables = tuple[JsonMap | None, JsonMap | None]


def tables_of(change: ChangedFile) -> Tables | None:
    """What it said and what it says, None where there was no file or is none; None where one cannot be read."""
    if change.before is None and change.after is None:
        return None
    try:
        return _read(change.before), _read(change.after)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError):
        return None


def _read(data: bytes | None) -> JsonDict | None:
    return None if data is None else tomllib.loads(data.decode("utf-8-sig"))


def form_effects(change: ChangedFile, tables: Tables, services: Mapping[str, tuple[str, ...]]) -> tuple[Effect, ...]:
    """Scenarios that name the form, or a service that has it. `services`: by the name of a form those services."""
    titles = [str(one["title"]) for one in tables if one is not None and "title" in one]
    words = tuple(dict.fromkeys([*titles, *services.get(change.path.stem, ())]))
    return (Effect(say("Antrag geändert ({place})", place=shown(change.path)), words=words),)


def paper_effects(change: ChangedFile) -> tuple[Effect, ...]:
    """Scenarios that name the paper."""
    return (Effect(say("Unterlage geändert ({place})", place=shown(change.path)), words=(change.path.stem,)),)


def requirement_effects(tables: Tables) -> tuple[Effect, ...] | None:
    """Scenarios that show one of the requirements that have changed, whole or in part."""
    told = [_by_id(one) for one in tables]
    if None in told:
        return None
    then, now = ({} if one is None else one for one in told)
    names = tuple(name for name in {**then, **now} if then.get(name) != now.get(name))
    reason = say("Anforderung geändert ({names})", names=", ".join(names))
    return (Effect(reason, requirements=names),) if names else ()


def _by_id(table: JsonMap | None) -> JsonDict | None:
    """By its id what the file says of each; None where it is no list of requirements alone."""
    if table is None:
        return {}
    listed = table.get("anforderung", [])
    if table.keys() - {"anforderung"} or not isinstance(listed, list):
        return None
    named = {one["id"]: one for one in listed if isinstance(one, dict) and isinstance(one.get("id"), str)}
    return named if len(named) == len(listed) else None
