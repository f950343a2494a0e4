"""TOML from people, for all who read it: bounded in size and depth, and all that is wrong is one kind of error."""

from __future__ import annotations

import tomllib

from lisa_core.domain.model.json_types import Json, JsonDict

MAX_CHARS = 1_000_000
MAX_BITS = 63
"""Of a number without its sign, as TOML has it."""
MAX_DEPTH = 32
"""Tables and lists in one another; ours need four."""


def parse_toml(text: str) -> JsonDict:
    """The tables in `text`. Raises `tomllib.TOMLDecodeError`, also for what the parser itself fails at."""
    if len(text) > MAX_CHARS:
        raise tomllib.TOMLDecodeError(f"{len(text)} characters, at most {MAX_CHARS} are taken")
    try:
        tables = tomllib.loads(text)
    except RecursionError:
        raise tomllib.TOMLDecodeError(_TOO_DEEP) from None
    except tomllib.TOMLDecodeError:
        raise
    except ValueError as error:  # a number of thousands of digits
        raise tomllib.TOMLDecodeError(str(error)) from None
    _bounded(tables, MAX_DEPTH)
    return tables


_TOO_DEEP = f"nested deeper than {MAX_DEPTH}"


def _bounded(value: Json, left: int) -> None:
    if isinstance(value, int) and value.bit_length() > MAX_BITS:  # 0xfff…: read, and then no text can be made of it
        raise tomllib.TOMLDecodeError(f"a number of more than {MAX_BITS} bits")
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for one in inner:
        if not left:
            raise tomllib.TOMLDecodeError(_TOO_DEEP)
        _bounded(one, left - 1)
