"""What becomes of a packet: lost, or how long it takes. Pure: told by seed, direction and number alone."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

_STEPS = 1 << 64


@dataclass(frozen=True, slots=True)
class Weather:
    """`loss`: the share that never arrives, 0 to 1, always `burst` packets in a row; each that arrives takes `delay_s`,
    by up to `jitter_s` more or less, and may overtake another."""

    seed: int = 0
    loss: float = 0.0
    burst: int = 1
    delay_s: float = 0.0
    jitter_s: float = 0.0


def fate(weather: Weather, direction: int, number: int) -> float | None:
    """Seconds that the packet of this number (from 0, in this direction) takes; None: it is lost."""
    if weather.loss and _chance(weather.seed, direction, number // weather.burst, "loss") < weather.loss:
        return None
    if not weather.jitter_s:
        return weather.delay_s
    swing = 2 * _chance(weather.seed, direction, number, "jitter") - 1
    return max(0.0, weather.delay_s + swing * weather.jitter_s)


def _chance(seed: int, direction: int, number: int, what: str) -> float:
    """Evenly from 0 to below 1."""
    digest = hashlib.blake2b(f"{seed} {direction} {number} {what}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") / _STEPS
