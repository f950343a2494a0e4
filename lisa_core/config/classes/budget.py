"""What a reference leaves uncertain, put together from its contributions as JCGM 100:2008 (4.3, 5.1.2, 6.2) does it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

COVERAGE = Decimal(2)
"""k: about 95 % (JCGM 100:2008, 6.3.3)."""
# distribution -> by which root a half-width is divided to become a standard uncertainty
_DIVISORS: Mapping[str, Decimal] = {
    "rechteck": Decimal(3).sqrt(),
    "dreieck": Decimal(6).sqrt(),
    "normal": Decimal(2),
}
DISTRIBUTIONS = tuple(_DIVISORS)
"""`rechteck`: anywhere between the edges; `dreieck`: rather in the middle; `normal`: the half-width covers 95 %."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """One thing that makes a reference inexact: by at most `half_width`, in the unit of the limit."""

    text: str
    half_width: Decimal
    distribution: str = "rechteck"

    @property
    def standard(self) -> Decimal:
        """Its standard uncertainty u."""
        return self.half_width / _DIVISORS[self.distribution]


def expanded(contributions: Iterable[Contribution]) -> Decimal:
    """U of all of them together, in the unit of the limit: k times the root of the sum of the squares."""
    squares = sum((one.standard**2 for one in contributions), Decimal(0))
    return COVERAGE * squares.sqrt()
