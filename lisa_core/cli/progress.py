"""How far a long command is and how long it will still take: one line on a terminal, now and then a line elsewhere."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field

from lisa_core.host.machine import tell
from lisa_core.host.printable import printable

_TERMINAL_S, _ELSEWHERE_S = 0.2, 30.0
"""Seconds between two lines."""
_EARLY = 0.02
"""Share that has to be done before it is said how long the rest will take."""


@dataclass(slots=True)
class ProgressLine:
    """On stderr: what the command has to say goes to stdout."""

    terminal: bool = field(default_factory=lambda: sys.stderr.isatty())
    _began_s: float = field(default_factory=time.monotonic)
    _last_s: float = field(default_factory=time.monotonic)
    _wide: int = 0

    def show(self, done: float, said: str) -> None:
        """`done`: which share of all, 0 to 1; `said`: the same in words."""
        now_s = time.monotonic()
        if not done and not self.terminal:
            return  # a line that says nothing helps nobody who reads it later
        if now_s - self._last_s < (_TERMINAL_S if self.terminal else _ELSEWHERE_S):
            return
        self._last_s = now_s
        text = f"{said}, {int(done * 100)} %{left(now_s - self._began_s, done)}"
        if self.terminal:
            self._wide = max(self._wide, len(text))
            print(f"\r{printable(text):<{self._wide}}", end="", file=sys.stderr, flush=True)
        else:
            tell(text)

    def clear(self) -> None:
        """What follows begins at the left of an empty line."""
        if self._wide:
            print(f"\r{' ' * self._wide}\r", end="", file=sys.stderr, flush=True)
            self._wide = 0


def left(spent_s: float, done: float) -> str:
    """ ", noch etwa 2 min" """
    return "" if done < _EARLY else f", noch etwa {duration(spent_s * (1 - done) / done)}"


def duration(value_s: float) -> str:
    """12 s; 3 min 20 s; 2 h 5 min"""
    if value_s < 60:
        return f"{value_s:.0f} s"
    minutes, seconds = divmod(round(value_s), 60)
    return f"{minutes} min {seconds} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
