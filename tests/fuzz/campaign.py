"""Many inputs of one edge: counted, digested, each fault once with the shortest input found, resumable.

What is found is written down at once, with its seed and number: a run that is red and gone can still be read.
"""

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
    found: dict[str, int] = field(default_factory=dict)
    """The number of the input that showed each fault."""

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
                        self._note("memory", text)
                        return
                    if not go_on():
                        return

    def _one(self, edge: Edge) -> None:
        try:
            data = input_of(edge, self.seed, self.number)
        except Exception as error:  # noqa: BLE001 -- a fault of the fuzzer, and it is told as one
            self._note("no input", f"{edge.name}: no input, seed {self.seed} number {self.number}: {error!r}")
            self.number += 1
            return
        outcome = outcome_of(edge, data, self.seed, self.number)
        self.said[outcome.said] += 1
        link = f"{self.digest}{outcome.said}{hashlib.sha256(data).hexdigest()}"
        self.digest = hashlib.sha256(link.encode()).hexdigest()
        if outcome.fault and outcome.kind not in self.faults:
            short = shrunk(edge, data, self.seed, self.number, outcome.kind)
            self._note(outcome.kind, described(edge, self.seed, self.number, short, outcome.fault))
        self.number += 1

    def _note(self, kind: str, text: str) -> None:
        """The first of each kind is kept."""
        self.faults.setdefault(kind, text)
        self.found.setdefault(kind, self.number)

    def look_again(self, edge: Edge) -> None:
        """What was written down as a fault and is none any more is mended: it is let go of."""
        with Watch():
            for kind, number in list(self.found.items()):
                again = Campaign(self.seed, number)
                again._one(edge)
                if not again.faults:
                    del self.found[kind], self.faults[kind]

    def keep(self, path: Path) -> None:
        """Write down how far it has come, and what it found, the last also as a text to be read."""
        state = {name: getattr(self, name) for name in ("seed", "number", "digest", "said", "faults", "found")}
        part = path.with_suffix(".part")
        part.write_text(json.dumps(state), encoding="utf-8")
        part.replace(path)
        if self.faults:
            path.with_suffix(".txt").write_text("\n".join(self.faults.values()) + "\n", encoding="utf-8")


def kept(path: Path, seed: int) -> Campaign:
    """The campaign that was written down here, or a new one."""
    if not path.exists():
        return Campaign(seed)
    state = json.loads(path.read_text(encoding="utf-8"))
    return Campaign(**{**state, "said": Counter(state["said"])})


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
