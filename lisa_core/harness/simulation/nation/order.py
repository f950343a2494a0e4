"""A nation as somebody orders it, cut into portions: one Landkreis of one replication each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path

from lisa_core.domain.model.errors import LisaError
from lisa_core.harness.simulation.plan.population import check_booths
from lisa_core.harness.simulation.play.order import Prepared, SimulationOrder

MOST = 100_000
"""Landkreise times replications."""
_SEED_BYTES = 6


@dataclass(frozen=True, slots=True)
class NationOrder:
    """`each` is the order of every Landkreis; `warmup` are the days at the begin that count for no wait.

    `log`: where each Landkreis writes its log, with its number in the file's name; "" for nowhere.
    """

    each: SimulationOrder
    kreise: int = 1
    replications: int = 1
    warmup: int = 0
    log: str = ""

    @property
    def portions(self) -> int:
        return self.kreise * self.replications

    def portion(self, index: int) -> Portion:
        """Replication by replication, and in each by the number of the Landkreis."""
        replication, kreis = divmod(index, self.kreise)
        return Portion(index, replication + 1, kreis + 1, seed_of(self.each.seed, replication + 1, kreis + 1))


@dataclass(frozen=True, slots=True)
class Portion:
    """One Landkreis; numbers begin with 1. `seed` alone repeats it: it is an ordinary simulation."""

    index: int
    replication: int
    kreis: int
    seed: int


def seed_of(seed: int, replication: int, kreis: int) -> int:
    """The first Landkreis of the first replication has the seed of the whole: alone it is what it always was."""
    if (replication, kreis) == (1, 1):
        return seed
    key = f"{seed}/landkreis/{replication}/{kreis}"
    return int.from_bytes(blake2b(key.encode(), digest_size=_SEED_BYTES).digest(), "big")


def check(order: NationOrder) -> None:
    """Raises `LisaError` for numbers that make no sense; what the directory says of it comes when it is read."""
    check_booths(order.each.booths)
    for name, value in (("--kreise", order.kreise), ("--replications", order.replications)):
        if value < 1:
            raise LisaError(f"{name} {value} gibt es nicht: bitte mindestens 1 angeben.")
    if order.portions > MOST:
        raise LisaError(f"{order.portions} Landkreise lassen sich nicht simulieren: bitte höchstens {MOST} angeben.")
    if not 0 <= order.warmup < max(1, order.each.days):
        raise LisaError(
            f"--warmup {order.warmup} lässt von {order.each.days} Tagen keinen übrig: bitte 0 bis "
            f"{order.each.days - 1} angeben."
        )


def prepared_for(first: Prepared, portion: Portion) -> Prepared:
    """What was prepared once, for this Landkreis: only its seed is another."""
    return Prepared(replace(first.world, seed=portion.seed), replace(first.source, seed=portion.seed))


def log_path(order: NationOrder, portion: Portion) -> Path | None:
    """`log.txt` for one Landkreis alone; `log-017.txt` for one of many, `log-2-017.txt` of the second replication."""
    if not order.log:
        return None
    path, numbers = Path(order.log), ""
    if order.replications > 1:
        numbers += f"-{portion.replication:0{len(str(order.replications))}}"
    if order.kreise > 1:
        numbers += f"-{portion.kreis:0{len(str(order.kreise))}}"
    return path.with_name(f"{path.stem}{numbers}{path.suffix}")
