"""The second factor: codes of RFC 6238 that an app on a phone shows, and codes on paper for the day it is lost. Pure.

Six digits, 30 s, SHA-1: what every app knows. A code is good once, and one period before and after its own, since
clocks differ. Ours rather than a library's: fifteen lines that the RFC's own examples check, and the library that there
is (pyotp) leaves the once to whoever calls it.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import unicodedata
from collections.abc import Iterable
from urllib.parse import quote

PERIOD_S, DIGITS, DRIFT = 30, 6, 1
SECRET_BYTES, RECOVERY_CODES, RECOVERY_GROUPS = 20, 8, 6
FEW_CODES = 2
"""With so many codes on paper, or fewer, whoever spends one is told how many are left."""


def code_at(secret: bytes, step: int, digits: int = DIGITS) -> str:
    """RFC 4226, section 5.3, with the number of a period (RFC 6238, section 4)."""
    digest = hmac.new(secret, step.to_bytes(8, "big"), hashlib.sha1).digest()
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFF_FFFF
    return str(number % 10**digits).zfill(digits)


def code_now(secret: str, now_s: int) -> str:
    """What an app with this secret shows at this time."""
    return code_at(bytes_of(secret), now_s // PERIOD_S)


def matching_step(secret: str, typed: str, now_s: int, after: int) -> int | None:
    """The period, later than `after`, whose code this is; None if there is none near enough."""
    code, now = digits_of(typed), now_s // PERIOD_S
    found = [
        step
        for step in range(now - DRIFT, now + DRIFT + 1)
        if hmac.compare_digest(code_at(bytes_of(secret), max(0, step)), code)
    ]
    return next((step for step in found if step > after), None)


def digits_of(typed: str) -> str:
    """As typed, without what people put between; "" for what is no code."""
    code = "".join(unicodedata.normalize("NFKC", typed[:40]).split())
    return code if code.isascii() and code.isdigit() and len(code) == DIGITS else ""


def bytes_of(secret: str) -> bytes:
    """Base32, as apps take it. Raises `ValueError`."""
    try:
        return base64.b32decode(secret)
    except binascii.Error as error:
        raise ValueError("no base32") from error


def secret_of(chance: bytes) -> str:
    """20 random bytes (RFC 4226, section 4: as long as the hash), as apps take them."""
    return base64.b32encode(chance).decode("ascii")


def address_of(secret: str, name: str, issuer: str) -> str:
    """What stands in the square that an app reads."""
    return f"otpauth://totp/{quote(issuer)}:{quote(name)}?secret={secret}&issuer={quote(issuer)}"


def recovery_hash(typed: str) -> str:
    """What is kept of a code on paper, however typed: over 112 random bits need no slow hash (ASVS 5.0, 6.5.2)."""
    plain = "".join(one for one in unicodedata.normalize("NFKC", typed[:80]).casefold() if one.isalnum())
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()


def without(hashes: Iterable[str], typed: str) -> tuple[str, ...] | None:
    """The codes on paper that are left when this one is spent; None if it is none of them."""
    known, spent = tuple(hashes), recovery_hash(typed)
    left = tuple(one for one in known if not hmac.compare_digest(one, spent))
    return left if len(left) < len(known) else None
