"""How long the line of an adapter takes, by rounds of question and answer; and its clock by ours."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import NamedTuple

from lisa_core.equipment.slots.promises.delayed import REMEMBERED

SECOND = 1_000_000


class Round(NamedTuple):
    """One round: how long it took, and by how much the adapter's clock was ahead of ours in its middle."""

    took_s: float
    ahead_us: int


@dataclass(slots=True)
class Delay:
    """What the last rounds have shown."""

    rounds: deque[Round] = field(default_factory=lambda: deque(maxlen=REMEMBERED))

    def add(self, sent_s: float, back_s: float, at_us: int) -> None:
        """A question went out and its answer came back (the loop's time); `at_us` is what the adapter's clock said."""
        middle_us = round((sent_s + back_s) / 2 * SECOND)
        self.rounds.append(Round(back_s - sent_s, at_us - middle_us))

    @property
    def worst_s(self) -> float:
        """Seconds of the longest round: what the adapter said may be so much older than when it came."""
        return max((one.took_s for one in self.rounds), default=0.0)

    def here_us(self, at_us: int) -> int:
        """A time of the adapter's clock by ours, as the quickest round has it."""
        return at_us - min(self.rounds, default=Round(0.0, 0)).ahead_us
