"""Reading a TOML file against a schema: every fault at once, each with file, key and the nearest known word."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from lisa_core.domain.model.errors import ProfileError
from lisa_core.domain.model.json_types import Json, JsonDict, JsonMap
from lisa_core.domain.model.nearest import nearest
from lisa_core.host import paths
from lisa_core.host.causes import cause
from lisa_core.wire.toml_text import parse_toml


class Table(BaseModel):
    """A TOML table: unknown keys are faults, and so is a number in quotation marks."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


M = TypeVar("M", bound=Table)

_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)")
_ALMOST_A_DATE = re.compile(r"=\s*(\d{1,2}\.\d{1,2}\.\d{2,4}|\d{4}-\d{1,2}-\d{1,2})\s*(#.*)?$")
_KINDS: Mapping[str, str] = {
    "string": 'muss Text in Anführungszeichen sein ("...")',
    "int": "muss eine ganze Zahl sein",
    "bool": "muss true oder false sein",
    "date": "muss ein Datum sein (2026-11-23)",
    "list": "muss eine Liste sein ([...])",
    "dict": "muss eine Tabelle sein",
    "model": "muss eine Tabelle sein",
}


@dataclass(frozen=True, slots=True)
class Misfit:
    """What does not fit a schema: where, as the keys that lead there, and a sentence. `missing`: a key that is not
    there."""

    where: tuple[int | str, ...]
    text: str
    missing: bool = False

    @property
    def key(self) -> str:
        """The keys in one word, as people write it."""
        return ".".join(map(str, self.where))


def read_toml(path: Path) -> JsonDict:
    """The file as plain tables. Raises `ProfileError` for a file that is missing, not UTF-8 or not TOML."""
    return tables_in(path, read_text(path))


def tables_in(path: Path, text: str) -> JsonDict:
    """The tables in the text of this file. Raises `ProfileError` for what is not TOML."""
    try:
        return parse_toml(text)
    except tomllib.TOMLDecodeError as error:
        number, sentence = broken(text, str(error))
        raise ProfileError(f"{path}:{number}: {sentence}") from error


def read_text(path: Path) -> str:
    """What stands in the file. Raises `ProfileError` for one that is missing, no file, or not UTF-8."""
    try:
        return paths.read_text(path)  # some editors put a mark before the text
    except FileNotFoundError:
        raise ProfileError(f"{path}: Diese Datei gibt es nicht. Pfad prüfen.") from None
    except UnicodeDecodeError:
        raise ProfileError(f"{path}: Die Datei ist nicht als UTF-8 gespeichert. Neu speichern als UTF-8.") from None
    except ValueError:
        raise ProfileError(f"{str(path)!r}: So kann keine Datei heißen. Pfad prüfen.") from None
    except IsADirectoryError:
        raise ProfileError(f"{path}: Das ist ein Ordner. Den Pfad einer Datei darin nennen.") from None
    except OSError as error:
        raise ProfileError(f"{path}: Die Datei lässt sich nicht lesen ({cause(error)}). Pfad prüfen.") from error


def check(schema: type[M], data: JsonMap, path: Path) -> M:
    """`data` as an instance of `schema`. Raises one `ProfileError` that lists every fault."""
    read, misfits = validated(schema, data)
    if read is None:
        raise ProfileError("\n".join(f"{path}: {one.text}" for one in misfits))
    return read


def validated(schema: type[M], data: JsonMap) -> tuple[M | None, tuple[Misfit, ...]]:
    """`data` as an instance of `schema`, or None and all that does not fit."""
    try:
        return schema.model_validate(data), ()
    except ValidationError as error:
        return None, tuple(_misfit(fault, schema) for fault in error.errors())


def is_double(why: str) -> bool:
    """Whether the parser stumbled over what was there before."""
    return any(word in why for word in ("overwrite", "twice", "already", "immutable", "Duplicate"))


def broken(text: str, why: str) -> tuple[int, str]:
    """The line over which the parser stumbled, and its complaint as a sentence."""
    found = _PLACE.search(why)
    lines = text.splitlines()
    number = int(found[1]) if found and found[1] else len(lines)
    shown = lines[number - 1].strip() if 0 < number <= len(lines) else ""
    if is_double(why):
        advice = "Das steht weiter oben schon einmal. Eines von beiden entfernen."
    elif _ALMOST_A_DATE.search(shown):
        advice = "Ein Datum so schreiben, ohne Anführungszeichen: 2026-11-23"
    elif shown.startswith("["):
        advice = "Zwischen den Klammern stehen nur a bis z, Ziffern, „-“, „_“ und Punkte."
    else:
        advice = "Klammern, Anführungszeichen und „=“ prüfen."
    return number, f"Das ist kein gültiges TOML: „{shown}“. {advice}"


def _misfit(fault: ErrorDetails, schema: type[BaseModel]) -> Misfit:
    where = tuple(part for part in fault["loc"] if part != "[key]")
    return Misfit(where, _sentence(fault, schema), fault["type"] == "missing")


def _sentence(fault: ErrorDetails, schema: type[BaseModel]) -> str:
    where = ".".join(str(part) for part in fault["loc"] if part != "[key]")
    if fault["type"] == "extra_forbidden":
        known = _keys(schema, fault["loc"][:-1])
        return f"Den Schlüssel „{where}“ gibt es nicht.{nearest(str(fault['loc'][-1]), known)}"
    if fault["type"] == "missing":
        return f"Der Schlüssel „{where}“ fehlt."
    if fault["loc"][-1] == "[key]":
        known = re.findall(r"'(\w+)'", fault.get("ctx", {}).get("expected", ""))
        return f"Den Schlüssel „{where}“ gibt es nicht.{nearest(str(fault['input']), known)}"
    if fault["type"] == "literal_error":
        must = f"muss {fault['ctx']['expected'].replace(' or ', ' oder ')} sein"
    else:
        must = _KINDS.get(fault["type"].partition("_")[0], fault["msg"])
    return f"Der Schlüssel „{where}“ {must}; hier steht {_shown(fault['input'])}."


def _shown(value: Json) -> str:
    """A value as it stands in the file; what is long only by its kind."""
    match value:
        case bool():
            return str(value).lower()
        case date() | time():
            return value.isoformat()
        case dict():
            return "eine Tabelle"
        case list() if len(repr(value)) > 60:
            return "eine Liste"
        case _:
            return repr(value)


def _keys(schema: Any, where: tuple[int | str, ...]) -> list[str]:
    """The keys that the table at `where` may have."""
    for part in where:
        if isinstance(schema, type) and issubclass(schema, BaseModel) and part in schema.model_fields:
            schema = schema.model_fields[part].annotation
        elif getattr(schema, "__args__", None):
            schema = schema.__args__[-1]
    while not (isinstance(schema, type) and issubclass(schema, BaseModel)) and getattr(schema, "__args__", None):
        schema = schema.__args__[-1]
    if isinstance(schema, type) and issubclass(schema, BaseModel):
        return [entry.alias or name for name, entry in schema.model_fields.items()]
    return []
