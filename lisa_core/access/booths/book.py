"""The book of booths' keys: a value, and what can happen to it. Pure; times come from outside and are compared in UTC.

    site add:  a code, by its hash only     booth enrol:  code -> key of this site     booth revoke:  key -> over

A site has one key at a time, and a key never comes back: one that is over is refused for ever. What is refused raises
`LisaError` with the sentence for whoever asked; the book stays as it was.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from lisa_core.access.booths import texts
from lisa_core.access.codes import typed_code
from lisa_core.domain.model.errors import LisaError
from lisa_core.domain.model.ids import SiteId

CODE_LETTERS = 12
"""55 bits: who tries a thousand a second for a day has one chance in 400 million. So wrong ones lock nobody out."""
KEY_CHARS = 64
_SMALL = {
    *(f"{first}{'00' * 31}" for first in ("00", "01")),
    *(f"{first}{'ff' * 30}7f" for first in ("ec", "ed", "ee")),
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
}
"""Points of small order, with the sign left out: everybody can sign for them, and libraries do not say so."""


class KeyEnd(StrEnum):
    """Why a key is over."""

    REVOKED = "gesperrt"
    REPLACED = "ersetzt"


@dataclass(frozen=True, slots=True)
class BoothKey:
    """A public key (Ed25519, hex) of a site; `since` and `until` ISO in UTC, `until` and `why` "" while it is valid."""

    key: str
    site: SiteId
    since: str
    until: str = ""
    why: KeyEnd | None = None

    @property
    def mark(self) -> str:
        """By this people tell keys apart: the first 64 bits of its SHA-256, `ab12-cd34-ef56-7890`."""
        digest = hashlib.sha256(bytes.fromhex(self.key)).hexdigest()[:16]
        return "-".join(digest[start : start + 4] for start in range(0, 16, 4))


@dataclass(frozen=True, slots=True)
class SiteCode:
    """A one-time code by its hash. `used_by`: the key that was entered with it."""

    digest: str
    site: SiteId
    until: str
    replaces: bool = False
    used_by: str = ""


@dataclass(frozen=True, slots=True)
class KeyBook:
    """`begun`: somebody has entered a site once; from then on no booth is let in without a key."""

    keys: tuple[BoothKey, ...] = ()
    codes: tuple[SiteCode, ...] = ()
    begun: bool = False

    def valid(self, site: SiteId) -> BoothKey | None:
        """The key that speaks for this site now."""
        return next((one for one in self.keys if one.site == site and not one.until), None)

    def named(self, key: str) -> BoothKey | None:
        """What is known of this key, whether or not it is over."""
        return next((one for one in self.keys if one.key == key), None)


def with_code(
    book: KeyBook, site: SiteId, code: str, now: datetime, valid_for: timedelta, *, replaces: bool
) -> KeyBook:
    """A site may enrol with this code. One that was made for it before is void; so is whatever is too old."""
    if (known := book.valid(site)) is not None and not replaces:
        raise LisaError(texts.HAS_KEY.format(site, known.mark))
    left = tuple(one for one in book.codes if one.site != site and one.until > _iso(now))
    entry = SiteCode(code_digest(code), site, _iso(now + valid_for), replaces)
    return replace(book, codes=(*left, entry), begun=True)


def with_key(book: KeyBook, code: str, key: str, now: datetime) -> tuple[KeyBook, SiteId]:
    """Whoever has the code enters this key, whose possession is proved; the site that it speaks for.

    The same key with the same code again changes nothing: the answer was lost on its way.
    """
    found = next((one for one in book.codes if one.digest == code_digest(code) and one.until > _iso(now)), None)
    if found is None:
        raise LisaError(texts.CODE_WRONG)
    known, valid = book.named(key), book.valid(found.site)
    if found.used_by:
        if found.used_by == key and known is not None and known is valid:
            return book, found.site
        raise LisaError(texts.CODE_WRONG)
    if known is not None:
        raise LisaError(texts.KEY_OVER if known.until else texts.KEY_ELSEWHERE)
    if valid is not None and not found.replaces:
        raise LisaError(texts.CODE_WRONG)
    over = book if valid is None else _over(book, valid, now, KeyEnd.REPLACED)
    codes = tuple(replace(one, used_by=key) if one is found else one for one in over.codes)
    return replace(over, keys=(*over.keys, BoothKey(key, found.site, _iso(now))), codes=codes), found.site


def without_key(book: KeyBook, site: SiteId, now: datetime) -> KeyBook:
    """Its key is over, and so is every code for it."""
    valid = book.valid(site)
    if valid is None and not any(one.site == site for one in book.codes):
        raise LisaError(texts.NO_KEY.format(site))
    over = book if valid is None else _over(book, valid, now, KeyEnd.REVOKED)
    return replace(over, codes=tuple(one for one in over.codes if one.site != site))


def open_codes(book: KeyBook, now: datetime) -> tuple[SiteCode, ...]:
    """The codes with which a site may enrol now."""
    return tuple(one for one in book.codes if not one.used_by and one.until > _iso(now))


def over_of(book: KeyBook, connected: Mapping[SiteId, str]) -> list[SiteId]:
    """Which of these sites have to go: the key they came with is over, or another one is theirs now.

    One look through the book for all of them: two hundred are looked at several times a second.
    """
    valid = {one.site: one.key for one in book.keys if not one.until}
    over = {one.key for one in book.keys if one.until}
    return [site for site, key in connected.items() if key in over or valid.get(site, key) != key]


def code_digest(code: str) -> str:
    """What is kept of a code. It has too many bits, and too short a life, to be found from this."""
    return hashlib.sha256(f"lisa-code-1 {typed_code(code)}".encode()).hexdigest()


def is_key(text: str) -> bool:
    """Whether this can be a public key: 32 bytes in small hex digits, each key in one spelling only."""
    if len(text) != KEY_CHARS or not all(sign in "0123456789abcdef" for sign in text):
        return False
    last = int(text[-2:], 16) & 0x7F  # without the sign
    return f"{text[:-2]}{last:02x}" not in _SMALL


def _over(book: KeyBook, key: BoothKey, now: datetime, why: KeyEnd) -> KeyBook:
    ended = replace(key, until=_iso(now), why=why)
    return replace(book, keys=tuple(ended if one is key else one for one in book.keys))


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
