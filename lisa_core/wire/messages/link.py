"""What opens, keeps and refuses a connection."""

from __future__ import annotations

from dataclasses import dataclass

from lisa_core.domain.model.ids import AgentId, SiteId


@dataclass(frozen=True, slots=True)
class BoothHello:
    """B>X: this booth is here. `session` is new with every start of the program; `key` (hex) checks its seals.

    `secret` (128 bits, hex) proves that it is the same program that comes back; nobody else ever learns it.
    `civil`: what its clock shows now, ISO with its offset from UTC.
    """

    site: SiteId
    session: str
    seen: int = 0
    key: str = ""
    secret: str = ""
    civil: str = ""


@dataclass(frozen=True, slots=True)
class BoothEnrol:
    """B>X, instead of a hello: somebody at the booth has typed a one-time code, and this `key` (hex) is to be its own.

    Answered by a challenge, and after the proof by `BoothEnrolled` or a refusal; the connection is over then.
    """

    code: str
    key: str


@dataclass(frozen=True, slots=True)
class Challenge:
    """X>B: prove that you have the private half of the key that you named. `nonce` (hex) is new each time."""

    nonce: str


@dataclass(frozen=True, slots=True)
class BoothProof:
    """B>X: `signature` (hex, Ed25519) over what was said, nonce and certificate (`access.booths.possession`)."""

    signature: str


@dataclass(frozen=True, slots=True)
class BoothEnrolled:
    """X>B: from now on the key that was proved is that of this site."""

    site: SiteId
    name: str


@dataclass(frozen=True, slots=True)
class DeskHello:
    """D>X: this agent's desk is open. `secret` as of a booth; a page that is loaded anew in its tab keeps it.

    `take`: the agent wants to go on here, although somebody else is connected at this desk.
    """

    agent: AgentId
    session: str
    seen: int = 0
    secret: str = ""
    take: bool = False


@dataclass(frozen=True, slots=True)
class Welcome:
    """X>B, X>D: accepted; `seen` is the last message id the exchange has had from this session.

    `line` is new whenever the exchange numbers its messages to this peer anew (it was restarted, or the peer was).
    `civil`: what its clock shows now, as in the hello.
    """

    session: str
    seen: int
    name: str
    office: str = ""
    line: str = ""
    civil: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """X>*: this cannot be done. The connection stays open unless `code` is one of these.

    "hello": not wanted. "occupied": another program is connected for this place. "taken": somebody else goes on there.
    "session": nobody is logged in there, or no longer.
    "replaced": the same program has come back on another connection. "fault": what came could not be dealt with.
    "silent": no hello came in time, whoever is at fault; the peer may try again. "key": the booth's key is missing,
    not proved, another one, or revoked: what it has begun is over; it may try again, and is let in once that is mended.
    "behind": nothing was acknowledged for too long. After "double" it stays: another program wanted to be this one.
    """

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Ack:
    """Either way: nothing but the acknowledgement in the envelope; also the heartbeat.

    `civil`: what the clock of a booth shows, as in its hello.
    """

    civil: str = ""
