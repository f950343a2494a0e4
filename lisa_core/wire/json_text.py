"""From text to a JSON value: the one place that makes every text, number, depth and size from outside safe.

Behind it nobody checks again that a text can be written as UTF-8, a number fits into a double, each key stands once, or
a value can be walked through by a function that calls itself. It costs one pass over the text, whatever the text is.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from typing import NoReturn

from lisa_core.domain.model.errors import ProtocolError, Side
from lisa_core.domain.model.json_types import Json, JsonDict

MAX_DEPTH = 32
"""Maximum number of lists and objects within each other; our deepest message has 7."""
MAX_INTEGER = 2**53
"""The largest whole number that a browser holds exactly."""
_INTEGER_DIGITS = 17
# A string that never ends reaches to the end of the text: so each character is looked at once.
_STRING = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\Z)', re.DOTALL)
_NO_BRACKET = re.compile(r"[^\[\]{}]+")
_SURROGATE_OR_NUL = re.compile("[\ud800-\udfff\0]")


class RepeatedKey(ProtocolError):
    """One object says one thing twice; of two readers one would take the first and the other the last."""

    def __init__(self, where: str, key: str) -> None:
        super().__init__(f"{where}: a key stands twice in one object")
        self.key = key


class _Twice(ValueError):
    """Its text is the key."""


def read_json(data: str | bytes, where: str, *, max_bytes: int, max_depth: int = MAX_DEPTH) -> Json:
    """The value in `data`, at most `max_bytes` of UTF-8. Raises `ProtocolError` that begins with `where`, for a key
    that stands twice in one object `RepeatedKey`.

    Texts hold no half of an emoji and no NUL, whole numbers are at most 2**53, all others finite.
    """
    text = _bounded(data, where, max_bytes)
    if _opened(text) > max_depth and not _is_shallow(text, max_depth):
        raise ProtocolError(f"{where}: not JSON, or more than {max_depth} levels deep")
    try:
        value = _DECODER.decode(text)
    except _Twice as twice:
        raise RepeatedKey(where, _SURROGATE_OR_NUL.sub("", str(twice))) from None
    except (ValueError, RecursionError) as error:
        raise ProtocolError(f"{where}: not JSON: {str(error)[:100]}") from None
    # A raw NUL is no JSON, and what came as UTF-8 holds no half of a character: only an escape may bring one.
    if "\\u" in text and not _is_text(value):
        raise ProtocolError(f"{where}: a text holds half of a character, or NUL")
    return value


def each_once(pairs: list[tuple[str, Json]]) -> JsonDict:
    """The object of these pairs, for `json.loads(..., object_pairs_hook=each_once)` of what has no bounds.

    Raises `ValueError` where a key stands twice.
    """
    found = dict(pairs)
    if len(found) < len(pairs):
        ((key, _),) = Counter(key for key, _ in pairs).most_common(1)
        raise _Twice(key)
    return found


def write_json(value: Json, where: str, *, max_bytes: int) -> str:
    """`value` as compact JSON that `read_json` takes. Raises `ProtocolError(LOCAL)` for one that nobody could read."""
    return bounded(json_text(value, where), where, max_bytes)


def json_text(value: Json, where: str) -> str:
    """`value` as compact JSON, however long it is."""
    try:
        return compact(value)
    except (ValueError, RecursionError) as error:
        raise ProtocolError(f"{where}: cannot be written: {type(error).__name__}", Side.LOCAL) from None


def bounded(text: str, where: str, max_bytes: int) -> str:
    """The same text. Raises `ProtocolError(LOCAL)` where it is longer, or holds half of a character."""
    try:
        size = len(text) if text.isascii() else len(text.encode())
    except ValueError as error:
        raise ProtocolError(f"{where}: cannot be written: {type(error).__name__}", Side.LOCAL) from None
    if size > max_bytes:
        raise ProtocolError(f"{where}: larger than {max_bytes} bytes", Side.LOCAL)
    return text


def _bounded(data: str | bytes, where: str, max_bytes: int) -> str:
    if len(data) > max_bytes:
        raise ProtocolError(f"{where}: more than {max_bytes} bytes")
    try:
        if isinstance(data, bytes):
            return data.decode()
        if not data.isascii() and len(data.encode()) > max_bytes:
            raise ProtocolError(f"{where}: more than {max_bytes} bytes")
    except UnicodeError:
        raise ProtocolError(f"{where}: not UTF-8") from None
    return data


def _opened(text: str) -> int:
    """At least as many as there are levels: it also counts brackets side by side, and those in texts."""
    return text.count("[") + text.count("{")


def _is_shallow(text: str, max_depth: int) -> bool:
    """Whether all brackets are gone after the innermost pairs were taken away `max_depth` times."""
    left = _NO_BRACKET.sub("", _STRING.sub("", text))
    for _ in range(max_depth):
        if not left:
            break
        left = left.replace("[]", "").replace("{}", "")
    return not left


def _is_text(value: Json) -> bool:
    if isinstance(value, str):
        return _SURROGATE_OR_NUL.search(value) is None
    if isinstance(value, list):
        return all(map(_is_text, value))
    if isinstance(value, dict):
        return all(_is_text(name) and _is_text(entry) for name, entry in value.items())
    return True


def _integer(text: str) -> int:
    if len(text) > _INTEGER_DIGITS or abs(number := int(text)) > MAX_INTEGER:
        raise ValueError("a whole number is larger than 2**53")
    return number


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("a number is too large")
    return number


def _no_constant(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number")


compact = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode
"""`value` as compact JSON, by an encoder that `json.dumps` would make anew each time. Raises `ValueError`."""
_DECODER = json.JSONDecoder(
    parse_int=_integer, parse_float=_finite, parse_constant=_no_constant, object_pairs_hook=each_once
)
