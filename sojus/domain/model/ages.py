"""Ages in whole years, as the law counts them."""

from __future__ import annotations

from typing import NamedTuple

OLDEST = 120
"""Nobody is older."""


class Ages(NamedTuple):
    """From the first to the last year that is meant, both among them."""

    youngest: int
    oldest: int
