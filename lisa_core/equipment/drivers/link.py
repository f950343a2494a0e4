"""How long the way to a device and back takes: asked some times, each answer timed by its driver around the wire."""

from __future__ import annotations

import asyncio
import inspect
import math
import statistics
from dataclasses import dataclass

from lisa_core.domain.model.errors import LisaError
from lisa_core.host.causes import told_by

ROUNDS = 20
ROUNDS_S = 3.0
"""So many times it is asked, and no longer than this altogether."""
FEWEST = 5
"""Fewer answers say nothing of a link."""


@dataclass(frozen=True, slots=True)
class Link:
    """What was timed, in milliseconds: half of `rounds` were quicker than the median, 19 of 20 than `p95_ms`."""

    rounds: int
    median_ms: float
    p95_ms: float


async def link_of(device: object) -> Link | str:
    """The link of an open device, or in a sentence why it was not timed. Nothing that goes wrong is raised."""
    ping = getattr(device, "ping", None)
    if not inspect.iscoroutinefunction(ping):
        return "Sein Treiber kennt keine Frage, die sich wiederholen lässt."
    took: list[float] = []
    why = f"In {ROUNDS_S:g} s kamen nicht genug Antworten."
    try:
        async with asyncio.timeout(ROUNDS_S):
            while len(took) < ROUNDS:
                took.append(float(await ping()))
    except TimeoutError:
        pass  # those that came in time count
    except LisaError as error:
        why = str(error)
    except (Exception, SystemExit) as error:  # noqa: BLE001  # a driver of others may raise anything
        why = f"Der Treiber scheitert an der Frage ({told_by(error, '')})."
    if len(took) < FEWEST or not all(math.isfinite(one) and one >= 0 for one in took):
        return why
    ordered = sorted(took)
    p95 = ordered[math.ceil(0.95 * len(ordered)) - 1]
    return Link(len(took), 1000 * statistics.median(ordered), 1000 * p95)
