"""How long a certification takes of which nothing has run yet: an estimate, from what the feature files' folder knows.

`zeiten.toml` beside feature files has a table for each of them (`[praesenzsensor]`), and in it for each scenario how
long it took at the emulated device on the real clock, and how often it asks somebody for something where its own device
is real: `"Wer eintritt, …" = [5, 2]`. Whoever writes scenarios of his own may lay one beside his.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lisa_core.harness.report.record import ScenarioRecord
from lisa_core.harness.text.naming import unrepeated

FILE = "zeiten.toml"
REQUEST_S = 20
"""So long somebody needs for a request: to read it, go there, do it and answer. Assumed; nobody has measured it."""
MEASURE_S = 180
"""So long for a measure with its photograph (@manuell). Assumed too."""
_BY_TAPE = "manuell"


@dataclass(frozen=True, slots=True)
class Estimate:
    """`alone_s`: what the scenarios need by themselves; `unknown` scenarios are not in it."""

    alone_s: float = 0.0
    requests: int = 0
    measures: int = 0
    unknown: int = 0

    @property
    def total_s(self) -> float:
        return self.alone_s + self.requests * REQUEST_S + self.measures * MEASURE_S


def estimated(planned: Iterable[ScenarioRecord], by_hand: frozenset[str]) -> Estimate:
    """Of these scenarios, one after the other; `by_hand`: the ids of those for which somebody is asked."""
    alone_s, requests, measures, unknown = 0.0, 0, 0, 0
    for one in planned:
        took = _known(one.file.parent / FILE).get((one.file.stem, unrepeated(one.name)))
        if _BY_TAPE in one.tags:
            measures += 1
        elif took is None:
            unknown += 1
        else:
            alone_s += took[0]
            requests += took[1] if one.id in by_hand else 0
    return Estimate(alone_s, requests, measures, unknown)


@cache
def _known(path: Path) -> Mapping[tuple[str, str], tuple[float, int]]:
    """By feature and scenario: seconds, requests. What cannot be read is not known: it is but an estimate."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        rows = ((feature, name, row) for feature, table in tables.items() for name, row in table.items())
        return {(feature, name): (float(row[0]), int(row[1])) for feature, name, row in rows}
    except (OSError, ValueError, TypeError, LookupError, AttributeError):
        return {}
