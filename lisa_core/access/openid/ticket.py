"""What goes with a browser to the issuer and back: sealed, in a cookie of its own, for ten minutes.

Nothing of it lies here, so nobody can fill our memory by beginning, and another exchange may take up what this one
began. The code's own once is kept by the issuer.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from dataclasses import asdict, dataclass, field

from lisa_core.domain.model.ids import TenantId

LASTS_S = 600


@dataclass(frozen=True, slots=True)
class Ticket:
    """`state` comes back in the address, `nonce` in the token, `verifier` proves that we began it (RFC 7636)."""

    tenant: TenantId
    state: str
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    until_s: int

    @property
    def challenge(self) -> str:
        """S256 of the verifier."""
        return _text(hashlib.sha256(self.verifier.encode("ascii")).digest())


def new_ticket(tenant: TenantId, now_s: int) -> Ticket:
    """For somebody who begins now."""
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    return Ticket(tenant, state, nonce, verifier, now_s + LASTS_S)


def sealed(ticket: Ticket, secret: bytes) -> str:
    """For the cookie."""
    said = _text(json.dumps(asdict(ticket)).encode())
    return f"{said}.{_seal(said, secret)}"


def opened(text: str, secret: bytes, now_s: int) -> Ticket | None:
    """What we sealed, as long as it lasts; None for anything else."""
    said, _, seal = text.partition(".")
    if not text.isascii() or not hmac.compare_digest(seal, _seal(said, secret)):
        return None
    raw = json.loads(base64.urlsafe_b64decode(said + "=" * (-len(said) % 4)))
    ticket = Ticket(**raw)
    return ticket if now_s <= ticket.until_s else None


def _seal(said: str, secret: bytes) -> str:
    return hmac.new(secret, b"openid\0" + said.encode("ascii"), hashlib.sha256).hexdigest()


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")
