"""What came of a nation: portions in any order in, sums, figures of each replication and one digest out."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from lisa_core.domain.model.directory import Directory
from lisa_core.domain.model.ids import SiteId
from lisa_core.harness.simulation.nation.order import NationOrder, Portion
from lisa_core.harness.simulation.nation.work import Played
from lisa_core.harness.simulation.play.totals import Totals, Waits
from lisa_core.harness.simulation.rules.tally import Breach

MEAN, MOST, ANSWERED, QUICK, GONE = "mean", "p95", "answered", "quick", "abandoned"
Key = str | tuple[str, str] | tuple[str, int]


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that was broken, as the first Landkreis (by number) found it, and in how many Landkreisen it was."""

    portion: Portion
    breach: Breach
    kreise: int


@dataclass(slots=True)
class Result:
    """`take` what was played. `observed` holds the figures of each replication that is complete, by their name."""

    order: NationOrder
    directory: Directory
    totals: Totals = field(default_factory=Totals)
    cpu_s: float = 0.0
    finished: int = 0
    observed: dict[int, Mapping[Key, float]] = field(default_factory=dict)
    _open: dict[int, Totals] = field(default_factory=dict)
    _digests: dict[int, bytes] = field(default_factory=dict)
    _broken: dict[str, Broken] = field(default_factory=dict)

    def take(self, played: Played) -> None:
        portion = played.portion
        self.finished += 1
        self.cpu_s += played.cpu_s
        self._digests[portion.index] = bytes.fromhex(played.digest)
        for breach in played.breaches:
            before = self._broken.get(breach.rule)
            kreise = before.kreise + 1 if before else 1
            first = before is None or portion.index < before.portion.index
            kept = (portion, breach) if first or before is None else (before.portion, before.breach)
            self._broken[breach.rule] = Broken(*kept, kreise)
        mine = self._open.setdefault(portion.replication, Totals())
        mine.add(played.totals)
        if mine.kreise == self.order.kreise:
            self.observed[portion.replication] = figures_of(mine, self.directory)
            self.totals.add(self._open.pop(portion.replication))

    @property
    def digest(self) -> str:
        """Of one Landkreis its own; of many the SHA-256 over theirs, in order."""
        if self.order.portions == 1:
            return self._digests[0].hex()
        whole = hashlib.sha256()
        for index in range(self.order.portions):
            whole.update(self._digests[index])
        return whole.hexdigest()

    @property
    def broken(self) -> list[Broken]:
        """The broken rules, those of the first Landkreise first."""
        return sorted(self._broken.values(), key=lambda one: (one.portion.index, one.breach.at_us))

    def sites(self) -> list[SiteId]:
        """Where somebody was called for, in the order of the directory."""
        found = {site for site, _ in self.totals.waits}
        return [site for site in self.directory.sites if site in found]

    def replicated(self, key: Key) -> list[float]:
        """This figure of every replication that has it, in order."""
        rows = [self.observed[number] for number in sorted(self.observed)]
        return [row[key] for row in rows if key in row]


def figures_of(totals: Totals, directory: Directory) -> Mapping[Key, float]:
    """What is told of one replication: times in microseconds, shares in permille."""
    waits, called = totals.all_waits(), max(1, totals.called)
    found: dict[Key, float] = {
        "visits": totals.visits,
        "called": totals.called,
        ANSWERED: waits.count * 1000 / called,
        QUICK: waits.quick * 1000 / called,
        GONE: totals.abandoned * 1000 / called,
    }
    if waits.count:
        found |= {MEAN: _mean_us(waits), MOST: waits.p95_us()}
    for hour in totals.hours():
        if (these := totals.at_hour(hour)).count:
            found["hour", hour] = _mean_us(these)
    for site in dict.fromkeys(place for place, _ in totals.waits):
        found["site", site] = _mean_us(totals.at_site(site))
    for office in directory.offices:
        if totals.duty_us[office]:
            found["load", office] = totals.talk_us[office] * 1000 / totals.duty_us[office]
    return found


def _mean_us(waits: Waits) -> float:
    return waits.total_us / waits.count
