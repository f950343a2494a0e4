"""Devices that know how long their line takes: what they say may be so much older than when it comes.

A driver that measures it has an attribute `delay_s`; a run adds it to the uncertainty of what the device took part in.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Protocol, runtime_checkable


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
