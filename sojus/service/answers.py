"""What came of a question or an act: what was refused, and what was done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sojus.domain.placement.decisions import Why
from sojus.service.found import HitView


class Reason(StrEnum):
    """Why not, in one word for programs."""

    STALE = "stale"
    """It was so, and is no longer: somebody was faster, it has ended, the price is another one."""
    RIGHT = "right"
    """This role, or this office, may not."""
    WRONG = "wrong"
    """What was asked cannot be."""
    AWAY = "away"
    """The database does not answer; nothing was done, or ask again by the same key."""
    BUSY = "busy"


REASON_OF: Mapping[Why, Reason] = {
    Why.NOT_FREE: Reason.STALE,
    Why.TOO_LATE: Reason.STALE,
    Why.NOT_YOURS: Reason.RIGHT,
    Why.UNKNOWN: Reason.WRONG,
    Why.TWICE: Reason.WRONG,
    Why.IMPOSSIBLE: Reason.WRONG,
    Why.ENOUGH: Reason.WRONG,
}


@dataclass(frozen=True, slots=True)
class WrongEntry:
    """One entry that cannot be taken in: where it stood, and why."""

    where: str
    why: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was done. `error`: a German sentence that says what happened and what to do.

    `hits`: of a place that was lost, the next best that are free, at most 3, for the same search. `waits`: what it
    means to join the waiting list of the group, where the office may, else "". `mistakes`: of a batch that was not
    taken in, all of them.
    """

    error: str
    reason: Reason
    hits: tuple[HitView, ...] = ()
    waits: str = ""
    mistakes: tuple[WrongEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class Granted:
    """It is done and durable. `at`: the number of the act in the log. `ref`: the reservation, request or stay it was
    about, "" where there is none. `sentence`: what whoever did it was told. `ends_at`: until when a reservation, a
    waiting or a request stands. `again`: the same key was done before, and this is what was told then."""

    at: int
    ref: str
    sentence: str
    ends_at: datetime | None = None
    again: bool = False
