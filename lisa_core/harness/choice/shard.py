"""One part of a run of several: every scenario is in exactly one of them, and all parts take about as long."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from lisa_core.domain.model.errors import LisaError
from lisa_core.harness.text.language import say

MOST = 999
"""Maximum number of parts."""


@dataclass(frozen=True, slots=True)
class Shard:
    """Part `number` of `parts`, counted from 1."""

    number: int
    parts: int

    def __str__(self) -> str:
        return f"{self.number}/{self.parts}"


def read_shard(text: str) -> Shard:
    """`3/8` is the third of eight parts. Raises `LisaError` for anything else."""
    found = re.fullmatch(r"\s*(\d{1,3})\s*/\s*(\d{1,3})\s*", text)
    shard = Shard(int(found[1]), int(found[2])) if found else Shard(0, 0)
    if not 1 <= shard.number <= shard.parts:
        what = say("„{text}“ ist kein Teil.", text=text)
        raise LisaError(
            f"{what} {say('Zum Beispiel 3/8 schreiben: der dritte von acht, höchstens {most}.', most=MOST)}"
        )
    return shard


def split(ids: Sequence[str], durations_s: Mapping[str, float], parts: int) -> tuple[tuple[str, ...], ...]:
    """The ids of each part, in the order in which they came.

    The longest comes first, each into the part that is shortest so far; that is never more than 4/3 of the best
    (Graham 1969, Bounds on Multiprocessing Timing Anomalies, theorem 2). One whose duration is not known counts as the
    median of the others; where none is known, all count alike, and the parts differ by one at most.
    """
    known = [durations_s[name] for name in ids if name in durations_s]
    usual_s = median(known) if known else 1.0
    weight_s = {name: max(durations_s.get(name, usual_s), 0.0) for name in ids}
    loads, chosen = [(0.0, 0) for _ in range(parts)], dict[str, int]()
    for name in sorted(ids, key=lambda name: (-weight_s[name], name)):
        part = min(range(parts), key=loads.__getitem__)
        chosen[name] = part
        loads[part] = (loads[part][0] + weight_s[name], loads[part][1] + 1)
    return tuple(tuple(name for name in ids if chosen[name] == part) for part in range(parts))
