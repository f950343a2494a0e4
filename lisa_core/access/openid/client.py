"""The client of one issuer: its metadata and keys, kept for a while, and a token for each code. All of it bounded."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

import httpx

from lisa_core.access.openid.issuers import Identity, Issuer, OpenIdError
from lisa_core.access.openid.ticket import Ticket
from lisa_core.access.openid.tokens import identity_of
from lisa_core.access.trust import client_context
from lisa_core.domain.model.errors import ProtocolError
from lisa_core.domain.model.json_types import JsonDict
from lisa_core.host.causes import is_mistrusted
from lisa_core.wire.json_text import read_json

ANSWER_S, MAX_BYTES = 5.0, 262_144
KEPT_S, AGAIN_S, AWAY_S = 3600.0, 60.0, 5.0
"""How long metadata and keys are believed; how soon keys are fetched anew for a token that none of them has signed; how
long nobody is asked who has just not answered: whoever comes meanwhile is told at once."""
_LOCAL = ("127.0.0.1", "localhost", "::1")


class OpenIdClient:
    """`now_s`: the house's clock, for tokens. Errors are `OpenIdError`, but for a wrong `authority`: `LisaError`, at
    once."""

    def __init__(self, issuer: Issuer, now_s: Callable[[], int]) -> None:
        self._trusted = client_context(issuer.authority)
        self.issuer, self._now_s = issuer, now_s
        self._metadata: JsonDict = {}
        self._keys: JsonDict = {}
        self._fetched_s = self._keys_s = self._failed_s = -math.inf
        self._why = ""
        self._turn = asyncio.Lock()

    async def address(self, back: str, ticket: Ticket) -> str:
        """Where the browser goes to log in; it comes back to `back`."""
        place = _place(await self._known(), "authorization_endpoint")
        asked = {
            "response_type": "code",
            "client_id": self.issuer.client_id,
            "redirect_uri": back,
            "scope": "openid profile email",
            "state": ticket.state,
            "nonce": ticket.nonce,
            "code_challenge": ticket.challenge,
            "code_challenge_method": "S256",
            **({} if self.issuer.max_age_s is None else {"max_age": str(self.issuer.max_age_s)}),
        }
        return f"{place}{'&' if urlsplit(place).query else '?'}{urlencode(asked)}"

    async def identity(self, code: str, said_issuer: str | None, back: str, ticket: Ticket) -> Identity:
        """Who has come back with this code; `said_issuer` is what the address said of it (RFC 9207)."""
        metadata = await self._known()
        said = metadata.get("authorization_response_iss_parameter_supported") is True
        if (said or said_issuer is not None) and said_issuer != self.issuer.issuer:
            raise OpenIdError("aussteller")
        asked = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": back,
            "code_verifier": ticket.verifier,
        }
        answer = await self._fetch(_place(metadata, "token_endpoint"), asked)
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise OpenIdError("token")
        try:
            return identity_of(token, await self._known_keys(metadata), self.issuer, ticket, self._now_s())
        except LookupError:
            keys = await self._known_keys(metadata, older_than_s=AGAIN_S)
        try:
            return identity_of(token, keys, self.issuer, ticket, self._now_s())
        except LookupError:
            raise OpenIdError("unterschrift") from None

    async def _known(self) -> JsonDict:
        async with self._turn:
            now_s = asyncio.get_running_loop().time()
            if now_s - self._failed_s < AWAY_S:
                raise OpenIdError(self._why)
            if now_s - self._fetched_s >= KEPT_S:
                self._metadata = await self._read_metadata()
                self._fetched_s = asyncio.get_running_loop().time()
            return self._metadata

    async def _read_metadata(self) -> JsonDict:
        try:
            found = await self._fetch(f"{self.issuer.issuer.rstrip('/')}/.well-known/openid-configuration")
            if found.get("issuer") != self.issuer.issuer:
                raise OpenIdError("metadaten")
        except OpenIdError as error:
            self._why, self._failed_s = error.reason, asyncio.get_running_loop().time()
            raise
        return found

    async def _known_keys(self, metadata: JsonDict, older_than_s: float = KEPT_S) -> JsonDict:
        async with self._turn:
            if asyncio.get_running_loop().time() - self._keys_s >= older_than_s:
                self._keys = await self._fetch(_place(metadata, "jwks_uri"))
                self._keys_s = asyncio.get_running_loop().time()
            return self._keys

    async def _fetch(self, place: str, asked: dict[str, str] | None = None) -> JsonDict:
        """GET, or POST with what is asked and who we are (RFC 6749, 2.3.1); a redirect is no answer."""
        check_place(place)
        who = httpx.BasicAuth(_quoted(self.issuer.client_id), _quoted(self.issuer.secret)) if asked else None
        try:
            async with (
                asyncio.timeout(2 * ANSWER_S),
                httpx.AsyncClient(timeout=ANSWER_S, verify=self._trusted, trust_env=False) as client,
                client.stream("POST" if asked else "GET", place, data=asked, auth=who) as answer,
            ):
                data = b""
                async for piece in answer.aiter_bytes():
                    data += piece
                    if len(data) > MAX_BYTES:
                        raise OpenIdError("zu_gross")
                if answer.status_code != httpx.codes.OK:
                    raise OpenIdError("abgelehnt" if asked else "metadaten")
                value = read_json(data.decode("utf-8"), "openid", max_bytes=MAX_BYTES)
        except (httpx.HTTPError, httpx.InvalidURL, OSError, TimeoutError) as error:
            raise OpenIdError("zertifikat" if is_mistrusted(error) else "nicht_erreichbar") from None
        except (ProtocolError, UnicodeDecodeError):
            raise OpenIdError("metadaten") from None
        if not isinstance(value, dict):
            raise OpenIdError("metadaten")
        return value


def check_place(place: str) -> None:
    """Over TLS, or on this very computer. Raises `OpenIdError`."""
    try:
        found = urlsplit(place)
        host = found.hostname or ""
    except ValueError:
        raise OpenIdError("metadaten") from None
    if not host or found.username or found.scheme not in ("https", *(("http",) if host in _LOCAL else ())):
        raise OpenIdError("metadaten")


def _place(metadata: JsonDict, key: str) -> str:
    value = metadata.get(key)
    if not isinstance(value, str):
        raise OpenIdError("metadaten")
    check_place(value)
    return value


def _quoted(text: str) -> str:
    from urllib.parse import quote_plus

    return quote_plus(text)
