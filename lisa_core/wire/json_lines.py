"""A value as one line of JSON, by the encoder in C that `json` uses itself, made once instead of for every line.

A scenario has fifteen lines and more; a `json.JSONEncoder` makes such an encoder anew for each: 25 µs a line instead of
8 µs, a twentieth of what a short scenario costs. Where Python has none (PyPy), it is json's own way.
"""

from __future__ import annotations

import json
from collections.abc import Callable

_SLOW = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)


def _quick() -> Callable[[object], str]:
    make: Callable[..., Callable[[object, int], tuple[str, ...]]] | None
    make = getattr(json.encoder, "c_make_encoder", None)
    if make is None:
        return _SLOW.encode
    chunks = make(None, _SLOW.default, json.encoder.encode_basestring, None, ":", ",", False, False, True)
    return lambda value: "".join(chunks(value, 0))


encode: Callable[[object], str] = _quick()
"""As `json.dumps` without blanks, and with every letter as it is."""
