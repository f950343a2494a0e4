"""How picture and sound of a call find their way: over which servers, what a Landkreis says of them, what may lack.

Two ends that reach each other need none of it. Between them stands a firewall as a rule: then a relay (TURN, RFC 8656)
passes on what is encrypted from end to end, and STUN (RFC 8489) tells an end under which address it is seen outside.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

STUN_SCHEME = "stun:"
VALID_US = 8 * 3_600_000_000
"""As long as a working day: a talk that is interrupted may begin anew with what it was given."""


@dataclass(frozen=True, slots=True)
class IceServer:
    """One server under all its addresses, as WebRTC writes them; with a name and a word that count for a time."""

    urls: tuple[str, ...]
    username: str = field(default="", repr=False)
    credential: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class MediaWays:
    """X>B, X>D, after the welcome and before each leg: over which servers it may go. It is never logged and never kept
    on a disk.

    `relay_only`: nothing may go past the relay, whoever could be reached without it.
    """

    servers: tuple[IceServer, ...] = ()
    relay_only: bool = False

    @property
    def relays(self) -> tuple[IceServer, ...]:
        """The servers that pass on, without those that tell addresses."""
        return tuple(one for one in self.servers if not one.urls[0].startswith(STUN_SCHEME))


DIRECT = MediaWays()
"""No server at all: both ends are in one network."""


@dataclass(frozen=True, slots=True)
class MediaPlan:
    """What a Landkreis says about it. `secret_file` holds what exchange and relay share; nobody else reads it.

    `valid_us`: how long what a call is given can be used to reserve a way at the relay.
    """

    stun: tuple[str, ...] = ()
    turn: tuple[str, ...] = ()
    secret_file: str = ""
    relay_only: bool = False
    valid_us: int = VALID_US


class RelayTrouble(StrEnum):
    """Why no relay gave an end a way: the words are those of the log."""

    REFUSED = "abgewiesen"
    """It takes name and word for wrong: another secret."""
    EXPIRED = "abgelaufen"
    """It takes them for wrong, and by this end's clock they are too old."""
    FULL = "ausgelastet"
    """So many ways at once it gives, and no more."""
    AWAY = "unerreichbar"
    """It does not answer."""
