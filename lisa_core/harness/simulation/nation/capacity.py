"""Whether the memory is enough for the booths that were asked for: said before the start, with what is needed.

The figures are measured, with room to spare (ADR 53): memory against booths and days, with all faults. A worker that
was forked shares with its parent what it only reads.
"""

from __future__ import annotations

from collections.abc import Sequence

from lisa_core.domain.model.errors import MachineError
from lisa_core.harness.simulation.nation.order import NationOrder
from lisa_core.host.memory import Capacity, cores

BOOTH_BYTES = 16_000
"""A booth, its share of the agents, and what is remembered of its last visits."""
BOOTH_DAY_BYTES = 500
"""What is kept of each day of a booth: waits and receipts."""
WORKER_BYTES = 24_000_000
"""A worker beside its booths: what it writes to of the pages that it began with."""
OWN_BYTES = 24_000_000
"""What the process that was started takes beyond what it has at the start: sums and the report."""
_MB = 1_000_000


def need_bytes(order: NationOrder, workers: int) -> int:
    """What will be taken on top of what this process has already."""
    return OWN_BYTES + workers * (WORKER_BYTES + landkreis_bytes(order))


def landkreis_bytes(order: NationOrder) -> int:
    return order.each.booths * (BOOTH_BYTES + BOOTH_DAY_BYTES * order.each.days)


def choose_workers(order: NationOrder, wished: int | None, found: Sequence[Capacity]) -> int:
    """As many workers as were wished for; if nothing was, one for each core as far as the memory goes.

    Raises:
        MachineError: the memory is not enough; with what is needed and what there is.
    """
    workers = min(wished or cores(), order.portions)
    while wished is None and workers > 1 and _lack(order, workers, found):
        workers -= 1
    if lack := _lack(order, workers, found):
        fit = max((n for n in range(1, workers) if not _lack(order, n, found)), default=0)
        advice = f"Mit --workers {fit} reicht es." if fit else "Mit weniger --booths reicht es."
        raise MachineError(f"{_what(order, workers)} {lack} {advice}")
    return workers


def _what(order: NationOrder, workers: int) -> str:
    many = f", {workers} Landkreise zugleich" if workers > 1 else ""
    return f"Der Arbeitsspeicher reicht nicht für {order.each.booths} Büros und {order.each.days} Tage{many}:"


def _lack(order: NationOrder, workers: int, found: Sequence[Capacity]) -> str:
    for capacity in sorted(found, key=lambda one: one.left):
        need = need_bytes(order, 1 if capacity.each else workers)
        if need > capacity.left:
            return (
                f"Gebraucht werden etwa {-(-need // _MB)} MB, frei sind {capacity.left // _MB} MB; "
                f"so viel lässt {capacity.said_by}."
            )
    return ""
