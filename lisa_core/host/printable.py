"""What comes from outside, as a terminal may show it: no character of it can move the cursor, ring or hide a word."""

from __future__ import annotations

import unicodedata

_PLAIN = {"\n", "\t"}
_HIDDEN = {"Cc", "Cs", "Zl", "Zp"}
# They turn the direction of what follows (Unicode UAX 9), so that a name reads as another one.
_TURNING = set(map(chr, (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))))


def printable(text: str) -> str:
    """The same text; control characters, surrogates and marks of direction as they are written in code: `\\x1b`."""
    if text.isprintable():
        return text
    return "".join(_shown(one) if _acts(one) else one for one in text)


def _acts(one: str) -> bool:
    return one not in _PLAIN and (unicodedata.category(one) in _HIDDEN or one in _TURNING)


def _shown(one: str) -> str:
    code = ord(one)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
