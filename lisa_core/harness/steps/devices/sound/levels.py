"""How loud a block of sound is (`AudioBlock.pcm`: signed 16-bit little-endian samples). Pure."""

from __future__ import annotations

import math
import struct

FULL_SCALE = 32_767
LEAST_DB = -96.0
"""The level of nothing at all: below the last bit."""
RATE_HZ, BLOCK_SAMPLES = 48_000, 960
TONE_HZ = 1_000
"""An even number of periods in a block, so that a tone of equal blocks has no crack in it."""


def samples(pcm: bytes) -> tuple[int, ...]:
    """The samples of a block; half of one at its end is left out."""
    return struct.unpack(f"<{len(pcm) // 2}h", pcm[: len(pcm) // 2 * 2])


def level_db(pcm: bytes) -> float:
    """Its root mean square against that of full scale, in dB: 0 is as loud as can be, `LEAST_DB` silence."""
    values = samples(pcm)
    power = sum(value * value for value in values) / len(values) if values else 0.0
    return max(LEAST_DB, 10 * math.log10(power / FULL_SCALE**2)) if power else LEAST_DB


def at_full_scale(pcm: bytes) -> int:
    """How many samples are as large as can be: what was louder is cut off there."""
    return sum(abs(value) >= FULL_SCALE for value in samples(pcm))


def tone() -> bytes:
    """One block of a test tone of 1 kHz, 10 dB below full scale; it goes on without a crack."""
    step = 2 * math.pi * TONE_HZ / RATE_HZ
    values = (round(0.45 * FULL_SCALE * math.sin(step * number)) for number in range(BLOCK_SAMPLES))
    return struct.pack(f"<{BLOCK_SAMPLES}h", *values)
