"""A TOML file of people, read whole: its tables, or the one finding that says why it cannot be read."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from lisa_core.domain.model.json_types import JsonMap
from lisa_core.harness.text.findings import Finding
from lisa_core.harness.text.language import say
from lisa_core.host.causes import cause
from lisa_core.host.paths import read_bytes
from lisa_core.wire.toml_text import parse_toml

_LINE = re.compile(r"\bline (\d+)")


@dataclass(frozen=True, slots=True)
class TomlFile:
    """`text` as written and the `tables` in it; with a `finding` both are empty."""

    text: str = ""
    tables: JsonMap = field(default_factory=dict)
    finding: Finding | None = None


def read_toml(path: Path) -> TomlFile:
    """What this file holds."""
    try:
        return toml_in(path, read_bytes(path))
    except OSError as error:
        return _unreadable(path, 0, cause(error))


def toml_in(path: Path, data: bytes) -> TomlFile:
    """What these bytes of it hold."""
    text, line = "", 0
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")  # Notepad begins a file with a mark
        return TomlFile(text, parse_toml(text))
    except UnicodeDecodeError:
        why = say("kein UTF-8")
    except tomllib.TOMLDecodeError as error:
        found = _LINE.search(str(error))
        line = int(found[1]) if found else len(text.splitlines())  # "at end of document"
        why = say("kein gültiges TOML")
    return _unreadable(path, line, why)


def _unreadable(path: Path, line: int, why: str) -> TomlFile:
    what = say("Die Datei lässt sich nicht lesen ({why}).", why=why)
    return TomlFile(finding=Finding(path, line, what, say("Als TOML in UTF-8 schreiben.")))
