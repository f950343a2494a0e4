"""What may be a log-in name and what a password, and how both are compared. Pure, but for chance.

A name is folded (NFKC, small letters): whoever types it in full-width letters or composed otherwise means the same
account, and nobody gets a second one that looks like it: Latin letters only. A password is what was typed, composed
(NFC, as RFC 8265, OpaqueString): two keyboards that write "ü" differently give the same bytes.
"""

from __future__ import annotations

import secrets
import unicodedata

MAX_NAME, MIN_PASSWORD, MAX_PASSWORD = 64, 12, 128
"""Characters. Nothing else is asked of a password than its length, and that it is not one of those that are tried first
(ASVS 5.0, 6.2)."""
MAX_TYPED = 1024
"""Characters of anything typed at the door; more is refused before it is looked at."""
_MARKS = frozenset("._-@")
_ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertzuiopü",
    "qwertyuiop",
    "asdfghjklöä",
    "yxcvbnm",
    "zxcvbnm",
)
_EXPECTED = (
    "passwort",
    "password",
    "kennwort",
    "landkreis",
    "uckermark",
    "buergerbuero",
    "bürgerbüro",
    "prenzlau",
)
_RUN = 4
"""Characters of a row of the keyboard, or of the same character, from which on they count as one."""
MIN_COUNTED = 8
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def login_name(typed: str) -> str:
    """The name as it is kept; "" for what can be nobody's."""
    if len(typed) > MAX_TYPED:
        return ""
    name = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", typed.strip()).casefold())
    good = 0 < len(name) <= MAX_NAME and name[0] not in _MARKS and all(map(_is_of_a_name, name))
    return name if good else ""


def _is_of_a_name(one: str) -> bool:
    letter = one.isalpha() and unicodedata.name(one, "").startswith("LATIN ")
    return letter or one in _MARKS or (one.isascii() and one.isdigit())


def typed_password(typed: str) -> str:
    """What is hashed; "" for what nobody can have set."""
    if len(typed) > MAX_TYPED:
        return ""
    composed = unicodedata.normalize("NFC", typed)
    return composed if len(composed) <= MAX_PASSWORD and not any(map(_is_control, composed)) else ""


def _is_control(one: str) -> bool:
    return unicodedata.category(one) in ("Cc", "Cs", "Cn")


def is_too_short(password: str) -> bool:
    """Whether it has too few characters to be set."""
    return len(typed_password(password)) < MIN_PASSWORD


def is_guessed_soon(password: str, name: str) -> bool:
    """Whether it hardly holds more than words and rows that everybody tries."""
    left = typed_password(password).casefold()
    for word in sorted({*_EXPECTED, name, *name.replace("-", ".").split(".")}, key=len, reverse=True):
        left = left.replace(word, "\0") if len(word) >= _RUN else left
    return _counted(left) < MIN_COUNTED


def _counted(text: str) -> int:
    """Characters, where a run along the keyboard or of the same one counts as one, and each of a kind three times."""
    count, run, kinds = 0, 1, dict[str, int]()
    for before, one in zip("\1" + text, text, strict=False):
        run = run + 1 if _goes_on(before, one) else 1
        kinds[one] = kinds.get(one, 0) + 1
        if run == _RUN:
            count -= _RUN - 2
        elif run < _RUN and kinds[one] <= 3:
            count += 1
    return count


def _goes_on(before: str, one: str) -> bool:
    return before == one or any(before + one in row or one + before in row for row in _ROWS)


def spoken_code(groups: int) -> str:
    """Chance to be read aloud and typed once: almost 20 bits a group, in letters that nobody mistakes for others."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(groups))
