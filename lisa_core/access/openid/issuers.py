"""Who says who somebody is: an issuer for a tenant. Values only."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from lisa_core.domain.model.ids import TenantId


@dataclass(frozen=True, slots=True)
class Issuer:
    """`name`: what stands on the button; `issuer`: its address, as its tokens say it.

    `claim`: what of a token names the account (`lisa user add --openid`); only `sub` is never given to somebody else
    (OpenID Connect Core 1.0, 5.7), and an `email` has to be one that the issuer has verified. `amr`: words of RFC 8176
    of which one in the token counts as the second factor; without any it is ours. `authority`: whose certificates count
    for it, as a file. `max_age_s`: how long ago she may have logged in there; None: as long as it lets her.
    """

    tenant: TenantId
    name: str
    issuer: str
    client_id: str
    secret: str = field(repr=False)
    claim: str = "sub"
    amr: tuple[str, ...] = ()
    authority: Path | None = None
    max_age_s: int | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """Who it is, as the issuer says: the value of its claim, and whether it has looked at a second factor."""

    tenant: TenantId
    value: str
    two_factors: bool


class OpenIdError(Exception):
    """Nobody came in this way. `reason` is one word for the log; nothing of what was said stands in it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
