"""What an adapter and LISA may say to each other, slot by slot, as JSON Schema and as a page with examples.

All of it follows from the protocols of the slots; `python -m tests.tidy.adapter_pages` writes docs/adapter.
"""

from __future__ import annotations

import dataclasses
import inspect
import json
from collections.abc import Iterator, Mapping
from enum import Enum
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from lisa_core.domain.model.readings import DeviceIdentity
from lisa_core.equipment.codecs.adapter import messages as m
from lisa_core.equipment.drivers.adapter.terms import ABILITIES
from lisa_core.equipment.slots.catalogue import CODES, DEVICE_OF_SLOT, PROTOCOLS, SLOTS
from lisa_core.equipment.slots.promises.methods import Method, methods_of
from tests.tidy.sources import ROOT

FOLDER = ROOT / "docs" / "adapter"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
BYTES = "UmVjaHQ="
"""Base64 of what an example holds instead of a picture, a page or sound."""
_PLAIN: Mapping[object, dict[str, object]] = {
    bool: {"type": "boolean"},
    int: {"type": "integer", "minimum": -(2**53), "maximum": 2**53},
    float: {"type": "number"},
    str: {"type": "string"},
    bytes: {"type": "string", "contentEncoding": "base64"},
    NoneType: {"type": "null"},
}
_EXAMPLES: Mapping[object, object] = {bool: True, int: 80, float: 0.5, str: "…", bytes: BYTES, NoneType: None}
Schema = dict[str, Any]
ID: Schema = {"type": "integer", "minimum": 1}


def pages() -> dict[Path, str]:
    """Every file, with what it has to say."""
    schemas = {slot: json.dumps(schema_of(slot), indent=1, ensure_ascii=False) + "\n" for slot in DEVICE_OF_SLOT}
    files = {FOLDER / f"{slot}.json": text for slot, text in schemas.items()}
    return {**files, FOLDER / "README.md": "".join(f"{line}\n" for line in readme())}


def schema_of(slot: str) -> Schema:
    """Every line for this slot: `$defs.from_lisa` what LISA says, `$defs.from_adapter` what the adapter may."""
    methods = list(methods_of(PROTOCOLS[slot]).values())
    return {
        "$schema": DIALECT,
        "title": f"LISA adapter, version {m.VERSION}: {slot}",
        "description": inspect.getdoc(PROTOCOLS[slot]) or "",
        "oneOf": [{"$ref": "#/$defs/from_lisa"}, {"$ref": "#/$defs/from_adapter"}],
        "$defs": {
            "from_lisa": {"oneOf": list(_from_lisa(slot, methods))},
            "from_adapter": {"oneOf": list(_from_adapter(slot, methods))},
        },
    }


def _from_lisa(slot: str, methods: list[Method]) -> Iterator[Schema]:
    version = {"const": m.VERSION}
    yield _line("hello", version=version, slot={"const": slot}, protocol={"const": PROTOCOLS[slot].__name__})
    yield _line("ping", id=ID)
    for one in methods:
        args = _object({name: schema(kind) for name, kind in one.args.items()}, list(one.args))
        about = inspect.getdoc(getattr(PROTOCOLS[slot], one.name)) or ""
        yield {**_line("call", id=ID, method={"const": one.name}, args=args), "description": about}
        if one.takes:
            yield _line("give", id=ID, value=schema(one.takes[1]))
            yield _line("end", id=ID)
    yield _line("stop", id=ID)


def _from_adapter(slot: str, methods: list[Method]) -> Iterator[Schema]:
    can: Schema = {"type": "array", "items": {"enum": list(ABILITIES)}, "maxItems": m.MAX_WORDS}
    version = {"const": m.VERSION}
    yield _line(
        "hello", ("identity", "can"), version=version, slot={"const": slot}, identity=schema(DeviceIdentity), can=can
    )
    yield _line("pong", id=ID, at_us=schema(int))
    for kind in ("event", "answer"):
        if values := [schema(one.gives) for one in methods if one.reports is (kind == "event")]:
            unique = list({json.dumps(value): value for value in values}.values())
            optional = ("value",) if kind == "answer" and {"type": "null"} in unique else ()
            yield _line(kind, optional, id=ID, value=unique[0] if len(unique) == 1 else {"anyOf": unique})
    yield _line("end", id=ID)
    codes = {"enum": sorted(CODES[slot])}
    yield _line("fault", ("retryable",), id=ID, code=codes, text={"type": "string"}, retryable={"type": "boolean"})


def _line(kind: str, optional: tuple[str, ...] = (), **keys: Schema) -> Schema:
    return _object({"type": {"const": kind}, **keys}, ["type", *(key for key in keys if key not in optional)])


def _object(properties: Mapping[str, Schema], required: list[str]) -> Schema:
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def schema(kind: object) -> Schema:
    """The JSON form of values of this type, as `domain.model.values` reads and writes them."""
    if kind in _PLAIN:
        return dict(_PLAIN[kind])
    if get_origin(kind) in (Union, UnionType):
        return {"anyOf": [schema(one) for one in get_args(kind)]}
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {"enum": [one.value for one in kind]}
    if not (isinstance(kind, type) and dataclasses.is_dataclass(kind)):
        raise TypeError(f"{kind!r} has no JSON form yet")
    hints = get_type_hints(kind)
    needed = [one.name for one in dataclasses.fields(kind) if one.default is dataclasses.MISSING]
    return {"description": inspect.getdoc(kind) or "", **_object({n: schema(h) for n, h in hints.items()}, needed)}


def example(kind: object) -> Any:
    """A value of this type as JSON."""
    if get_origin(kind) in (Union, UnionType):
        return example(get_args(kind)[0])
    if isinstance(kind, type) and issubclass(kind, Enum):
        return list(kind)[-1].value
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        return {name: example(hint) for name, hint in get_type_hints(kind).items()}
    return next(value for one, value in _EXAMPLES.items() if one is kind)


def readme() -> Iterator[str]:
    """The page: for each slot its schema, and one line of each kind."""
    yield from (
        "# Lines of an adapter, slot by slot",
        "",
        "Generated from the protocols of the slots (`python -m tests.tidy.adapter_pages`); how a conversation goes",
        "says [adapter.md](../adapter.md). `L` is said by LISA, `A` by the adapter; numbers and texts are examples,",
        "bytes are base64.",
    )
    for slot in DEVICE_OF_SLOT:
        protocol = PROTOCOLS[slot]
        yield from ("", f"## {slot}", "")
        yield f"{SLOTS[slot].noun}, `{protocol.__name__}`: {_first_line(protocol)} Schema: [{slot}.json]({slot}.json)."
        yield from ("", "```text")
        for number, method in enumerate(methods_of(protocol).values(), start=1):
            yield from _shown(number, method)
        yield "```"
        yield from ("", f"Codes of `fault`: {', '.join(f'`{code}`' for code in sorted(CODES[slot]))}.")


def _shown(number: int, method: Method) -> Iterator[str]:
    args = {name: example(kind) for name, kind in method.args.items()}
    yield _written("L", {"type": "call", "id": number, "method": method.name, "args": args})
    if method.takes:
        yield _written("L", {"type": "give", "id": number, "value": example(method.takes[1])})
        yield _written("L", {"type": "end", "id": number})
    yield _written("A", {"type": "event" if method.reports else "answer", "id": number, "value": example(method.gives)})


def _written(who: str, line: Mapping[str, object]) -> str:
    return f"{who} {json.dumps(line, ensure_ascii=False, separators=(',', ':'))}"


def _first_line(kind: type) -> str:
    return (inspect.getdoc(kind) or "").partition("\n")[0]


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
