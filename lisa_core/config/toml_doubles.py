"""Keys that stand twice in one line: a parser stops at the first of them and does not say which."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field

from lisa_core.wire.toml_text import parse_toml

_PIECE = re.compile(r""""(?:[^"\\]|\\.)*"|'[^']*'|#.*|[{}\[\],=]|[^\s{}\[\],="'#]+""")


@dataclass(slots=True)
class _Bracket:
    """One that is open. In an inline table: the keys so far, the key that is being read and where its pair begins."""

    sign: str
    keys: set[str] = field(default_factory=set)
    key: str = ""
    begin: int = 0


def complete(line: str) -> bool:
    """Whether this line holds all of a key and its value."""
    try:
        parse_toml(line)
    except tomllib.TOMLDecodeError:
        return False
    return True


def without_doubles(line: str) -> tuple[str, list[str]]:
    """The line without the pairs whose key stood before in the same inline table, and those keys."""
    keys: list[str] = []
    while "{" in line and not complete(line) and (double := _first_double(line)):
        begin, end, key = double
        line = line[:begin] + line[end:]
        keys.append(key)
    return line, keys


def _first_double(line: str) -> tuple[int, int, str] | None:
    """Where it stands, with the comma before it, and its key."""
    path, before = [_Bracket("")], ""
    for piece in _PIECE.finditer(line):
        text, here = piece[0], path[-1]
        if text == "=" and not here.key:
            here.key = before.strip("\"'")
        elif text in ("}", ",") and here.sign == "{":
            if here.key in here.keys:
                return here.begin, piece.start(), here.key
            here.keys.add(here.key)
            here.key, here.begin = "", piece.start()
        if text in ("{", "["):
            path.append(_Bracket(text))
        elif text in ("}", "]") and len(path) > 1:
            path.pop()
        before = text
    return None
