"""A session: from logging in until it is over, and when that is. Pure."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum


class Lack(StrEnum):
    """What somebody still has to do before the session is good for anything else."""

    SECOND = "zweiter"
    """The code of her app; until then nothing else is done."""
    OWN_PASSWORD = "kennwort"
    NEW_SECOND = "einrichten"
    """An app."""


class SessionEnd(StrEnum):
    """Why a session is over."""

    IDLE = "untaetig"
    ABSOLUTE = "zu_lang"
    UNKNOWN = "unbekannt"
    """Logged out, here or everywhere, or never there."""
    DISABLED = "gesperrt"


@dataclass(frozen=True, slots=True)
class SessionLimits:
    """In seconds. `talk_s`: how much longer than `absolute_s` a talk may hold a session open.

    `look_s`: how often is looked whether a connection's session is over; so soon `lisa user disable` works.
    """

    idle_s: int = 3600
    absolute_s: int = 12 * 3600
    lacking_s: int = 900
    talk_s: int = 2 * 3600
    look_s: float = 1.0


@dataclass(frozen=True, slots=True)
class LoginSession:
    """`id`: the hash of what is in the cookie. Times are seconds since 1970 (UTC)."""

    id: str
    account: str
    began_s: int
    seen_s: int
    lacks: tuple[Lack, ...] = ()


def id_of(token: str) -> str:
    """What is kept of a cookie: who reads the database can log in with nothing in it."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def end_of(session: LoginSession, limits: SessionLimits, now_s: int, *, talking: bool = False) -> SessionEnd | None:
    """Why it is over now; None as long as it is not. Nobody is cut off in a talk, unless it never ends."""
    most_s = limits.lacking_s if session.lacks else limits.absolute_s
    if now_s - session.began_s >= most_s + (limits.talk_s if talking else 0):
        return SessionEnd.ABSOLUTE
    if now_s - session.seen_s >= limits.idle_s and not talking:
        return SessionEnd.IDLE
    return None
