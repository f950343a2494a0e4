"""What the watchers remember of one booth. It lies beside it: in a nation, looking far away is what costs time."""

from __future__ import annotations

from dataclasses import dataclass

from lisa_core.model.ids import VisitId

NOBODY = VisitId("")
NOT_RUNG_US, ANSWERED_US = -2, -1


@dataclass(slots=True)
class Books:
    """`rang_us`: since when she waits for a face; `NOT_RUNG_US` before the ring, `ANSWERED_US` after the answer."""

    open: VisitId = NOBODY
    ended: VisitId = NOBODY
    digest: str = ""
    """Of the declaration that she has checked."""
    rang_us: int = NOT_RUNG_US
