"""Many inputs of one edge: counted, digested, each fault once with the shortest input found, resumable."""

from __future__ import annotations

import hashlib
import json
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.fuzz.edge import MEMORY_MB, Edge, Watch, input_of, outcome_of

LOOK_EVERY = 256
SHRINK_TRIES, SHRINK_S = 400, 10.0
SHOWN = 400
MOST_FAULTS = 12
"""After so many different ones a campaign stops: they are enough to begin with."""


@dataclass(slots=True)
class Campaign:
    """How far it has come: `number` is that of the next input, `digest` covers every input and what was said to it."""

    seed: int
    number: int = 0
    digest: str = ""
    said: Counter[str] = field(default_factory=Counter)
    faults: dict[str, str] = field(default_factory=dict)

    def run(
        self, edge: Edge, until: int, go_on: Callable[[], bool] = lambda: True, look_every: int = LOOK_EVERY
    ) -> None:
        """Inputs up to number `until`, as long as `go_on` says so when it is asked, every so many."""
        with Watch() as watch:
            while self.number < until and len(self.faults) < MOST_FAULTS:
                self._one(edge)
                if self.number % look_every == 0 or self.number == until:
                    if (grown := watch.grown_mb) > MEMORY_MB:
                        text = f"{edge.name}: memory grew by {grown:.0f} MB, seed {self.seed} up to {self.number}"
                        self.faults["memory"] = text
                        return
                    if not go_on():
                        return

    def _one(self, edge: Edge) -> None:
        data = input_of(edge, self.seed, self.number)
        outcome = outcome_of(edge, data, self.seed, self.number)
        self.said[outcome.said] += 1
        link = f"{self.digest}{outcome.said}{hashlib.sha256(data).hexdigest()}"
        self.digest = hashlib.sha256(link.encode()).hexdigest()
        if outcome.fault and outcome.kind not in self.faults:
            short = shrunk(edge, data, self.seed, self.number, outcome.kind)
            self.faults[outcome.kind] = described(edge, self.seed, self.number, short, outcome.fault)
        self.number += 1

    def keep(self, path: Path) -> None:
        """Write down how far it has come."""
        state = {"seed": self.seed, "number": self.number, "digest": self.digest, "said": self.said}
        path.write_text(json.dumps(state), encoding="utf-8")


def kept(path: Path, seed: int) -> Campaign:
    """The campaign that was written down here, or a new one."""
    if not path.exists():
        return Campaign(seed)
    state = json.loads(path.read_text(encoding="utf-8"))
    return Campaign(state["seed"], state["number"], state["digest"], Counter(state["said"]))


def described(edge: Edge, seed: int, number: int, data: bytes, fault: str) -> str:
    """A fault so that anyone can repeat it."""
    shown = repr(data[:SHOWN]) + (f"... ({len(data)} bytes)" if len(data) > SHOWN else "")
    again = f"python -m tests.fuzz {edge.name} {seed} {number}"
    return f"{edge.name}: {fault}\n  shortest input found: {shown}\n  again: {again}"


def shrunk(edge: Edge, data: bytes, seed: int, number: int, kind: str) -> bytes:
    """A shorter input with a fault of the same kind: pieces are left out, large ones first, as long as it shows."""
    tries, size, end_s = 0, len(data) // 2, time.thread_time() + SHRINK_S
    while size:
        start = 0
        while start < len(data):
            tries += 1
            if tries > SHRINK_TRIES or time.thread_time() > end_s:
                return data
            shorter = data[:start] + data[start + size :]
            if outcome_of(edge, shorter, seed, number).kind == kind:
                data = shorter
            else:
                start += size
        size //= 2
    return data
