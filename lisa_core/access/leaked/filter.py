"""Whether a password is in the filter."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path

from lisa_core.access.credentials import typed_password

FILE = Path(__file__).with_name("leaked.bloom")
BITS, PLACES = 8 * 2_621_440, 10


def is_leaked(password: str) -> bool:
    """Whether it is one of them, as it was typed or in small letters."""
    typed = typed_password(password)
    with FILE.open("rb", buffering=0) as file:
        return any(all(_is_set(file, place) for place in places(form)) for form in {typed, typed.casefold()})


def _is_set(file: io.FileIO, place: int) -> bool:
    file.seek(place // 8)
    return bool(file.read(1)[0] >> place % 8 & 1)


def places(password: str) -> Iterator[int]:
    """Which bits stand for it."""
    digest = hashlib.sha256(password.encode("utf-8", "surrogatepass")).digest()
    first, step = int.from_bytes(digest[:8], "big"), int.from_bytes(digest[8:16], "big") | 1
    return ((first + number * step) % BITS for number in range(PLACES))
