"""How long the way to a device and back takes: asked some times, each answer timed by its driver around the wire."""

from __future__ import annotations

import asyncio
import inspect
import math
import re
import statistics
from collections.abc import Mapping
from dataclasses import dataclass

from lisa_core.domain.model.errors import LisaError
from lisa_core.host.causes import told_by

ROUNDS = 20
ROUNDS_S = 3.0
"""So many times it is asked, and no longer than this altogether."""
FEWEST = 5
"""Fewer answers say nothing of a link."""
_UNTIMED = "nicht gemessen. "
_TEXT = re.compile(r"Median (?P<median>\d+,\d\d) ms, 95 % in (?P<p95>\d+,\d\d) ms \((?P<rounds>\d+)-mal gefragt\)")


@dataclass(frozen=True, slots=True)
class Link:
    """What was timed, in milliseconds: half of `rounds` were quicker than the median, 19 of 20 than `p95_ms`."""

    rounds: int
    median_ms: float
    p95_ms: float

    @property
    def delay_s(self) -> float:
        """Seconds by which something said over it may be late: there and back, as nobody knows how that is divided."""
        return self.p95_ms / 1000


Links = Mapping[str, Link | str]
"""By slot how long the way takes, or in a sentence why nobody knows."""


def link_text(link: Link | str) -> str:
    """In German, times in whole hundredths of a millisecond, rounded up: what is told is what counts."""
    if isinstance(link, str):
        return f"{_UNTIMED}{link}"
    median, p95 = (f"{math.ceil(one * 100 - 1e-6) / 100:.2f}" for one in (link.median_ms, link.p95_ms))
    median, p95 = median.replace(".", ","), p95.replace(".", ",")
    return f"Median {median} ms, 95 % in {p95} ms ({link.rounds}-mal gefragt)"


def link_in(text: str) -> Link | None:
    """What of such a text counts; None where nothing was measured."""
    if (found := _TEXT.search(text)) is None:
        return None
    median, p95 = (float(found[name].replace(",", ".")) for name in ("median", "p95"))
    return Link(int(found["rounds"]), median, p95)


def link_from(text: str) -> Link | str:
    """The way back from `link_text`."""
    return link_in(text) or text.removeprefix(_UNTIMED)


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
