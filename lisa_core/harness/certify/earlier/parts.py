"""A program in parts, each by its SHA-256: what every scenario uses, what only a driver is, each sentence's function.

Declared by whoever packs a bundle (`programm.json`), so that a later one can say what of the program has changed since.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from lisa_core.domain.case.canonical import canonical_json

FORMAT = "lisa.programm/1"


@dataclass(frozen=True, slots=True)
class ProgramParts:
    """`rest`: all that can reach every scenario. `drivers`: by name what nobody but this driver uses.

    `sentences`: by file:line of a function behind a sentence. `libraries` and `system`: what the program runs on.
    """

    rest: str
    drivers: Mapping[str, str]
    sentences: Mapping[str, str]
    libraries: str
    system: str


def parts_as_bytes(parts: ProgramParts) -> bytes:
    """As it lies in a bundle."""
    return canonical_json({"format": FORMAT, **asdict(parts)})


def parts_in(data: bytes) -> ProgramParts:
    """The way back. Raises `ValueError` with a German reason."""
    try:
        body = json.loads(data)
        texts = [body[name] for name in ("rest", "libraries", "system")]
        tables = [body[name] for name in ("drivers", "sentences")]
        pairs = [text for table in tables for pair in table.items() for text in pair]
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        raise ValueError("die Teile des Programms sind unlesbar") from None
    if body.get("format") != FORMAT or not all(isinstance(text, str) for text in (*texts, *pairs)):
        raise ValueError("die Teile des Programms sind von anderer Art oder Fassung")
    return ProgramParts(texts[0], *tables, *texts[1:])
