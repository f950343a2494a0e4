"""One-time codes: letters that somebody reads aloud, and somebody else types."""

from __future__ import annotations

import secrets

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without I and O, which are read as digits; no digits, so that a phone shows one keyboard."""
GROUP = 4


def new_code(letters: int) -> str:
    """4.58 bits a letter."""
    return "".join(secrets.choice(LETTERS) for _ in range(letters))


def shown_code(code: str) -> str:
    """In groups, as it is read aloud: `KXWM-ZPQR`."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def typed_code(said: str) -> str:
    """What was typed, as the code was made: without dashes and blanks, in capitals."""
    return "".join(sign for sign in said.upper() if sign.isalnum())
