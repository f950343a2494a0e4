"""Means with confidence intervals over independent replications: Student's t.

The distribution is that of Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.3 and 26.7.4: for whole
degrees of freedom a finite sum, so no library and no table is needed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import atan, cos, pi, sin, sqrt, tan
from statistics import fmean, stdev

CONFIDENCE = 0.95
_HALVINGS = 60


@dataclass(frozen=True, slots=True)
class Interval:
    """`half` on both sides of the mean; 0.0 where one replication says nothing of its spread."""

    mean: float
    half: float


def interval(values: Sequence[float], confidence: float = CONFIDENCE) -> Interval:
    """Of independent values of one kind; at least one."""
    if len(values) < 2:
        return Interval(fmean(values), 0.0)
    return Interval(fmean(values), quantile(len(values) - 1, confidence) * stdev(values) / sqrt(len(values)))


@cache
def quantile(freedom: int, confidence: float) -> float:
    """The t within which |T| lies with this probability, for so many degrees of freedom."""
    low, high = 0.0, pi / 2
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if _within(middle, freedom) < confidence else (low, middle)
    return tan((low + high) / 2) * sqrt(freedom)


def within(t: float, freedom: int) -> float:
    """The probability that |T| <= t."""
    return _within(atan(t / sqrt(freedom)), freedom)


def _within(theta: float, freedom: int) -> float:
    odd = freedom % 2
    factor = cos(theta) if odd else 1.0
    total = 0.0
    for step in range(freedom // 2):
        total += factor
        factor *= cos(theta) ** 2 * (2 * step + 1 + odd) / (2 * step + 2 + odd)
    return 2 / pi * (theta + sin(theta) * total) if odd else sin(theta) * total
