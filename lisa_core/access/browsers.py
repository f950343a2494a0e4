"""Browsers in which somebody has logged in before: a token that proves it, for one account and one password."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable

from lisa_core.access.accounts import Account


class KnownBrowsers:
    """All programs on one store know each other's: they share its `secret`."""

    def __init__(self, secret: Callable[[], bytes]) -> None:
        self._secret = secret

    def token(self, account: Account) -> str:
        """For a browser in which all was right."""
        nonce = secrets.token_urlsafe(16)
        return f"{nonce}.{self._sealed(account, nonce)}"

    def is_known(self, account: Account, token: str) -> bool:
        """Whether it is one, of this account, since its password was set."""
        nonce, dot, seal = token.partition(".")
        return bool(dot) and token.isascii() and hmac.compare_digest(seal, self._sealed(account, nonce))

    def _sealed(self, account: Account, nonce: str) -> str:
        said = f"{account.name}\0{account.set_at}\0{nonce}".encode()
        return hmac.new(self._secret(), said, hashlib.sha256).hexdigest()
