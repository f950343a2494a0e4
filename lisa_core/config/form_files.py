"""Forms as files: reading fixtures/forms/*.toml, and saying in German what is wrong with one."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from lisa_core.domain.model.directory import FieldKind, FieldSpec, FormSpec
from lisa_core.domain.model.errors import ProfileError
from lisa_core.domain.model.ids import FormId
from lisa_core.domain.model.json_types import JsonMap
from lisa_core.domain.model.nearest import nearest
from lisa_core.host.paths import read_text
from lisa_core.wire.toml_text import parse_toml

_FORM_KEYS: Mapping[str, type] = {
    "title": str,
    "origin": str,
    "declaration": str,
    "attachments": list,
    "field": list,
}
_FIELD_KEYS: Mapping[str, type] = {"id": str, "label": str, "kind": str, "required": bool, "choices": list}
_KINDS = [kind.value for kind in FieldKind]
_NEEDED = {"title", "origin", "declaration", "field", "id", "label"}
_TYPES = {str: "ein Text", list: "eine Liste", bool: "true oder false"}


def load_forms(folder: Path) -> Mapping[FormId, FormSpec]:
    """Every form in `folder`, by the name of its file.

    Raises `ProfileError` that lists all faults at once, each with file, key and, for a slip, the nearest known word.
    """
    files = sorted(folder.glob("*.toml"))
    faults: list[str] = [] if files else [f"{folder}: kein Formular gefunden (*.toml)"]
    forms: dict[FormId, FormSpec] = {}
    for file in files:
        try:
            raw = parse_toml(read_text(file))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            faults.append(f"{file}: nicht lesbar: {error}")
            continue
        if found := [f"{file}: {fault}" for fault in _faults_of_form(raw)]:
            faults += found
        else:
            forms[FormId(file.stem)] = _form(FormId(file.stem), raw)
    if faults:
        raise ProfileError("Formulare fehlerhaft:\n" + "\n".join(f"  {fault}" for fault in faults))
    return forms


def _form(name: FormId, raw: JsonMap) -> FormSpec:
    fields = tuple(
        FieldSpec(
            entry["id"],
            entry["label"],
            FieldKind(entry.get("kind", "text")),
            entry.get("required", True),
            tuple(entry.get("choices", ())),
        )
        for entry in raw["field"]
    )
    return FormSpec(name, raw["title"], raw["declaration"], fields, tuple(raw.get("attachments", ())))


def _faults_of_form(raw: JsonMap) -> Iterator[str]:
    yield from _faults_of_table(raw, _FORM_KEYS, "")
    seen: set[str] = set()
    fields = raw.get("field", [])
    for number, entry in enumerate(fields if isinstance(fields, list) else [], start=1):
        where = f"field[{number}]"
        if not isinstance(entry, dict):
            yield f"{where}: ist keine Tabelle; bitte [[field]] schreiben"
            continue
        yield from _faults_of_table(entry, _FIELD_KEYS, f"{where}.")
        yield from _faults_of_kind(entry, where)
        if (name := str(entry.get("id", ""))) in seen:
            yield f"{where}.id: {name!r} kommt schon vor; jedes Feld braucht einen eigenen Namen"
        seen.add(name)


def _faults_of_table(raw: JsonMap, keys: Mapping[str, type], where: str) -> Iterator[str]:
    for key, value in raw.items():
        if key not in keys:
            yield f"{where}{key}: unbekannt.{nearest(key, keys)}"
        elif type(value) is not keys[key]:
            yield f"{where}{key}: muss {_TYPES[keys[key]]} sein"
        elif isinstance(value, list) and key != "field" and not all(isinstance(item, str) for item in value):
            yield f"{where}{key}: muss eine Liste von Texten sein"
        elif key in _NEEDED and not value:
            yield f"{where}{key}: darf nicht leer sein"
    yield from (f"{where}{key}: fehlt" for key in keys if key in _NEEDED and key not in raw)


def _faults_of_kind(entry: JsonMap, where: str) -> Iterator[str]:
    kind = entry.get("kind", "text")
    if isinstance(kind, str) and kind not in _KINDS:
        yield f"{where}.kind: {kind!r} unbekannt.{nearest(kind, _KINDS)}"
    if (kind == FieldKind.CHOICE) != bool(entry.get("choices")):
        yield f'{where}.choices: gehört zu kind = "choice", und nur dazu; bitte mindestens eine Wahl nennen'
