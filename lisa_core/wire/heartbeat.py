"""Whether the other end of a WebSocket still lives: anything that comes shows it, a silent end is asked."""

from __future__ import annotations

from enum import Enum

BEAT_S, SILENCE_S = 5.0, 12.0
"""Seconds of silence after which the other end is asked, and seconds without an answer after which it is given up. The
second is longer than ten, for which a busy machine may hold a program up."""


class Beat(Enum):
    """What is to be done now."""

    WAIT, ASK, GIVE_UP = "wait", "ask", "give up"


class Heartbeat:
    """The heartbeat of one connection. Call `look` when it says; after being held up, read first what has arrived."""

    def __init__(self, now_s: float) -> None:
        self._heard_s = now_s
        self._due_s = now_s + BEAT_S

    def heard(self, now_s: float) -> None:
        """Something came; or nothing could, for we did not read, and what we wrote was taken."""
        self._heard_s = now_s

    def look(self, now_s: float) -> tuple[Beat, float]:
        """What to do, and in how many seconds to look again."""
        late_s, silent_s = now_s - self._due_s, now_s - self._heard_s
        if late_s > BEAT_S:
            self._heard_s, silent_s = now_s - BEAT_S, BEAT_S
        if silent_s >= BEAT_S + SILENCE_S:
            return Beat.GIVE_UP, 0.0
        asks = silent_s >= BEAT_S
        wait_s = min(BEAT_S, BEAT_S + SILENCE_S - silent_s) if asks else BEAT_S - silent_s
        self._due_s = now_s + wait_s
        return (Beat.ASK if asks else Beat.WAIT), wait_s
