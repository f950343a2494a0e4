"""Forms as data: reading fixtures/forms/*.toml and saying in German what is wrong with a file or with an answer."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path

from lisa_core.documents.letters import undrawable
from lisa_core.model.directory import FieldKind, FieldSpec, FormSpec
from lisa_core.model.errors import ProfileError
from lisa_core.model.ids import FormId
from lisa_core.model.json_types import JsonMap
from lisa_core.model.nearest import nearest
from lisa_core.protocols.toml_text import parse_toml

MAX_LENGTH = 200
"""An answer is at most so many characters long."""

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
            raw = parse_toml(file.read_text(encoding="utf-8"))
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


# --- answers --------------------------------------------------------------------------------------------------------


def why_unusable(value: str) -> str:
    """Why `value` cannot even be kept: too long, or with characters that no paper could show; "" if it can."""
    if len(value) > MAX_LENGTH:
        return f"höchstens {MAX_LENGTH} Zeichen, hier sind es {len(value)}"
    if strange := undrawable(value):
        names = ", ".join(repr(char) for char in strange[:3])
        return f"{names} lässt sich nicht drucken; bitte lateinische Schrift verwenden"
    return ""


def check_value(spec: FieldSpec, value: str) -> str:
    """Say in German what is wrong with an answer; "" if nothing is. Where required, an empty one is wrong."""
    if not value.strip():
        return f"{spec.label}: die Angabe fehlt." if spec.required else ""
    wrong = why_unusable(value) or CHECKS[spec.kind](spec, value.strip())
    return f"{spec.label}: {wrong}." if wrong else ""


def _text(spec: FieldSpec, value: str) -> str:
    return ""


def _date(spec: FieldSpec, value: str) -> str:
    found = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", value, re.ASCII)
    if not found:
        return "bitte ein Datum als TT.MM.JJJJ angeben, zum Beispiel 12.08.1964"
    day, month, year = (int(part) for part in found.groups())
    try:
        date(year, month, day)
    except ValueError:
        return "diesen Tag gibt es nicht im Kalender"
    return "" if 1900 <= year <= 2100 else "das Jahr muss zwischen 1900 und 2100 liegen"


def _money(spec: FieldSpec, value: str) -> str:
    ok = re.fullmatch(r"(\d{1,7}|\d{1,3}(\.\d{3}){1,2})(,\d{2})?( ?€)?", value, re.ASCII)
    return "" if ok else "bitte einen Betrag in Euro mit Komma angeben, zum Beispiel 512,40"


def _number(spec: FieldSpec, value: str) -> str:
    return "" if re.fullmatch(r"\d{1,4}", value, re.ASCII) else "bitte eine ganze Zahl angeben, zum Beispiel 2"


def _choice(spec: FieldSpec, value: str) -> str:
    return "" if value in spec.choices else f"bitte eines davon wählen: {', '.join(spec.choices)}"


def _iban(spec: FieldSpec, value: str) -> str:
    """ISO 13616: country, two check digits, account; the whole modulo 97 is 1 (ISO/IEC 7064, MOD 97-10)."""
    plain = value.replace(" ", "").upper()
    if not re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", plain, re.ASCII):
        return "eine IBAN beginnt mit zwei Buchstaben und zwei Ziffern, zum Beispiel DE89 3704 0044 0532 0130 00"
    if plain.startswith("DE") and not re.fullmatch(r"DE\d{20}", plain, re.ASCII):
        return f"eine deutsche IBAN hat nach DE genau 20 Ziffern, zusammen 22 Zeichen; hier sind es {len(plain)}"
    digits = "".join(str(int(char, 36)) for char in plain[4:] + plain[:4])
    return "" if int(digits) % 97 == 1 else "die Prüfziffer stimmt nicht; bitte Zeichen für Zeichen vergleichen"


CHECKS: Mapping[FieldKind, Callable[[FieldSpec, str], str]] = {
    FieldKind.TEXT: _text,
    FieldKind.DATE: _date,
    FieldKind.MONEY: _money,
    FieldKind.NUMBER: _number,
    FieldKind.CHOICE: _choice,
    FieldKind.IBAN: _iban,
}
