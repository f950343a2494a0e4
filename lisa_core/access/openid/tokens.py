"""What an ID token has to say before anybody comes in by it (OpenID Connect Core 1.0, 3.1.3.7). Pure."""

from __future__ import annotations

import hmac

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from lisa_core.access.openid.issuers import Identity, Issuer, OpenIdError
from lisa_core.access.openid.ticket import Ticket
from lisa_core.domain.model.json_types import JsonDict

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
"""Signatures with a key of the issuer's alone: nobody who knows our secret, and no `none`."""
DRIFT_S, OLD_S = 60, 600
MAX_TOKEN, MAX_VALUE = 32_768, 200


def identity_of(token: str, keys: JsonDict, issuer: Issuer, ticket: Ticket, now_s: int) -> Identity:
    """Who it is. Raises `OpenIdError`, and `LookupError` where the key that signed it is none of `keys`."""
    claims = _claims(token, keys)
    _check_whose(claims, issuer)
    _check_when(claims, now_s)
    _check_age(claims, issuer, now_s)
    if not hmac.compare_digest(_said(claims, "nonce").encode(), ticket.nonce.encode()):
        raise OpenIdError("nonce")
    if issuer.claim == "email" and claims.get("email_verified") is not True:  # anybody may have typed it there
        raise OpenIdError("ungeprueft")
    value = _said(claims, issuer.claim)
    if not _said(claims, "sub") or not value or len(value) > MAX_VALUE or not value.isprintable():
        raise OpenIdError("name")
    amr = claims.get("amr")
    proven = isinstance(amr, list) and any(one in issuer.amr for one in amr if isinstance(one, str))
    return Identity(issuer.tenant, value, proven)


def _claims(token: str, keys: JsonDict) -> JsonDict:
    if len(token) > MAX_TOKEN or token.count(".") != 2:
        raise OpenIdError("token")
    try:
        known = KeySet.import_key_set(keys)  # type: ignore[arg-type]  # it looks at what it is given
    except (JoseError, ValueError, TypeError, KeyError):
        raise OpenIdError("schluessel") from None
    try:
        return dict(jwt.decode(token, known, algorithms=ALGORITHMS).claims)
    except JoseError as error:
        if error.error in ("invalid_key_id", "missing_key"):
            raise LookupError(error.error) from None
        raise OpenIdError("unterschrift") from None
    except (ValueError, TypeError, KeyError):
        raise OpenIdError("token") from None


def _check_whose(claims: JsonDict, issuer: Issuer) -> None:
    audience = claims.get("aud")
    meant = audience if isinstance(audience, list) else [audience]
    party = claims.get("azp", issuer.client_id if len(meant) == 1 else None)
    if claims.get("iss") != issuer.issuer:
        raise OpenIdError("aussteller")
    if issuer.client_id not in meant or party != issuer.client_id:
        raise OpenIdError("empfaenger")


def _check_when(claims: JsonDict, now_s: int) -> None:
    expires, issued, begins = claims.get("exp"), claims.get("iat"), claims.get("nbf", now_s)
    for time in (expires, issued, begins):
        if isinstance(time, bool) or not isinstance(time, int | float):
            raise OpenIdError("token")
    if not isinstance(expires, int | float) or now_s > expires + DRIFT_S:
        raise OpenIdError("abgelaufen")
    if not isinstance(issued, int | float) or not now_s - OLD_S <= issued <= now_s + DRIFT_S:
        raise OpenIdError("uhr")
    if not isinstance(begins, int | float) or begins > now_s + DRIFT_S:
        raise OpenIdError("uhr")


def _check_age(claims: JsonDict, issuer: Issuer, now_s: int) -> None:
    """Where an age was asked for, the issuer has to say when it was (OpenID Connect Core 1.0, 2)."""
    if issuer.max_age_s is None:
        return
    when = claims.get("auth_time")
    if isinstance(when, bool) or not isinstance(when, int | float):
        raise OpenIdError("anmeldezeit")
    if not now_s - issuer.max_age_s - DRIFT_S <= when <= now_s + DRIFT_S:
        raise OpenIdError("zu_lange_her")


def _said(claims: JsonDict, key: str) -> str:
    value = claims.get(key)
    return value if isinstance(value, str) else ""
