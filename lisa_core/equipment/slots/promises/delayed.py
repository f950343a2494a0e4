"""Devices that know how long their line takes: what they say may be so much older than when it comes.

A driver that measures it has an attribute `delay_s`; a run adds it to the uncertainty of what the device took part in.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Mapping
from typing import Protocol, runtime_checkable

REMEMBERED = 64
"""So many rounds of a line count, the newest."""


class RoundTrips:
    """How long the last rounds of question and answer took on a line that may be a long one."""

    def __init__(self, binding: str) -> None:
        """`binding`: the device's address. On a line at this computer the way is a part of the device (ADR 93)."""
        self._is_far = "://" in binding
        self._took: deque[float] = deque(maxlen=REMEMBERED)

    def add(self, took_s: float) -> None:
        """A question was answered after this many seconds."""
        self._took.append(took_s)

    @property
    def worst_s(self) -> float:
        """Seconds of the longest; 0 at this computer, and where nothing was asked."""
        return max(self._took, default=0.0) if self._is_far else 0.0


@runtime_checkable
class Delayed(Protocol):
    """A device on a measured line."""

    @property
    def delay_s(self) -> float:
        """Seconds, the most of the last rounds of question and answer."""
        ...


def delays_of(devices: Mapping[str, object]) -> dict[str, float]:
    """The delays of the open devices, by slot, where they are known."""
    known = {slot: device.delay_s for slot, device in devices.items() if isinstance(device, Delayed)}
    return {slot: delay for slot, delay in known.items() if math.isfinite(delay) and delay > 0}
