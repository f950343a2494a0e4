"""Logging in, the second step: a code is asked for, an app is set up, a code on paper is spent.

What an app is offered lies here until its first code proves that it has it; the account knows it from then on.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace

from lisa_core.access import audit, texts
from lisa_core.access.accounts import Account
from lisa_core.access.attempts import Bucket, Key
from lisa_core.access.credentials import spoken_code
from lisa_core.access.entrance import Access, EntryRefused, LoggedIn, Visitor
from lisa_core.access.keeping.port import AccessChange
from lisa_core.access.second import (
    RECOVERY_CODES,
    RECOVERY_GROUPS,
    SECRET_BYTES,
    address_of,
    matching_step,
    recovery_hash,
    secret_of,
    without,
)
from lisa_core.access.sessions import Lack
from lisa_core.web.networks import network_of

OFFER_S, MOST_OFFERS = 900, 1_000
MOST_REFUSED = 100
"""Codes refused in strange browsers, whatever the time: then none is looked at there any more. Without an end somebody
with the password would guess one within some years (three of a million fit at any moment)."""


@dataclass(frozen=True, slots=True)
class AppOffer:
    """A secret that nobody has taken yet; `address` is what an app reads from a square."""

    secret: str = field(repr=False)
    address: str = field(repr=False)
    until_s: int


class SecondStep:
    """`issuer` stands in the app beside the account's name."""

    def __init__(self, access: Access, issuer: str) -> None:
        self._access, self._issuer = access, issuer
        self._offers: dict[str, AppOffer] = {}

    def confirm(self, visitor: Visitor, typed: str, address: str = "", browser: str = "") -> LoggedIn:
        """A code of the app, or one on paper. Raises `EntryRefused`."""
        if Lack.SECOND not in visitor.session.lacks:
            raise EntryRefused(texts.NOT_ASKED)
        used = self.spent(visitor, typed, address, browser)
        why = audit.LOGGED_IN if used.totp_step != visitor.account.totp_step else audit.RECOVERY
        return self._access.let_in(used, why, proven=True, instead_of=visitor.session)

    def spent(self, visitor: Visitor, typed: str, address: str = "", browser: str = "") -> Account:
        """The account when this code is spent, to be written with what it was asked for. Raises `EntryRefused`."""
        account, access = visitor.account, self._access
        keys = self._keys(visitor, address, browser)
        access.begin(keys, account.name)
        strange = keys[-1][0] is Bucket.SECOND
        over = strange and account.codes_refused >= MOST_REFUSED
        step = None if over else matching_step(account.totp, typed, access.now_s, account.totp_step)
        left = None if step is not None else without(account.recovery, typed)
        if step is None and left is None:
            access.refused_code(account, address, counted=strange and not over)
            raise EntryRefused(texts.CODES_OVER if over else texts.CODE_WRONG)
        access.succeeded(keys)
        used = replace(account, totp_step=step) if step is not None else replace(account, recovery=left or ())
        return replace(used, codes_refused=0) if strange else used

    def offer(self, visitor: Visitor) -> AppOffer:
        """A new secret for the app of whoever has none yet. Raises `EntryRefused`."""
        self._check_may_set_up(visitor)
        secret, now_s = secret_of(secrets.token_bytes(SECRET_BYTES)), self._access.now_s
        offer = AppOffer(secret, address_of(secret, visitor.account.name, self._issuer), now_s + OFFER_S)
        self._offers.pop(visitor.session.id, None)
        self._offers[visitor.session.id] = offer
        while len(self._offers) > MOST_OFFERS:
            del self._offers[next(iter(self._offers))]
        return offer

    def set_up(self, visitor: Visitor, typed: str, address: str = "") -> tuple[LoggedIn, list[str]]:
        """The app shows its first code: it is the account's from now on. Also the codes on paper, this once."""
        self._check_may_set_up(visitor)
        access, offer = self._access, self._offers.get(visitor.session.id)
        keys = self._keys(visitor, address, "")
        access.begin(keys, visitor.account.name)
        if offer is None or access.now_s > offer.until_s:
            raise EntryRefused(texts.OFFER_OVER)
        step = matching_step(offer.secret, typed, access.now_s, 0)
        if step is None:
            raise EntryRefused(texts.FIRST_CODE_WRONG)
        access.succeeded(keys)
        codes = [spoken_code(RECOVERY_GROUPS) for _ in range(RECOVERY_CODES)]
        hashes = tuple(recovery_hash(code) for code in codes)
        taken = replace(visitor.account, totp=offer.secret, totp_step=step, recovery=hashes)
        entered = access.let_in(taken, audit.SECOND_SET, proven=True, ending=AccessChange(ended_of=(taken.name,)))
        self._offers.pop(visitor.session.id, None)
        return entered, codes

    def _check_may_set_up(self, visitor: Visitor) -> None:
        """Who has an app already gets another one from the administration only: a stolen session takes no account."""
        if Lack.SECOND in visitor.session.lacks or visitor.account.totp:
            raise EntryRefused(texts.SECOND_THERE)
        if Lack.OWN_PASSWORD in visitor.session.lacks:
            raise EntryRefused(texts.PASSWORD_FIRST)
        if self._access.now_s - visitor.session.began_s > OFFER_S:
            raise EntryRefused(texts.LOG_IN_ANEW)

    def _keys(self, visitor: Visitor, address: str, browser: str) -> tuple[Key, ...]:
        if self._access.browsers.is_known(visitor.account, browser):
            return ((Bucket.BROWSER, f"2 {browser}"),)
        return (Bucket.ADDRESS, network_of(address)), (Bucket.SECOND, visitor.account.name)
