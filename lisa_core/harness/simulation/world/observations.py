"""What the watchers remember of one booth. It lies beside it: in a nation, looking far away is what costs time."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from lisa_core.domain.model.case import Receipt
from lisa_core.domain.model.ids import OfficeId, VisitId

NOBODY = VisitId("")
NOT_RUNG_US, ANSWERED_US = -2, -1


@dataclass(slots=True)
class Observations:
    """`rang_us`: when the wait for a face began; `NOT_RUNG_US` before the ring, `ANSWERED_US` after the answer."""

    open: VisitId = NOBODY
    ended: VisitId = NOBODY
    digest: str = ""
    """Of the declaration that the citizen has checked."""
    rang_us: int = NOT_RUNG_US
    handed_in: datetime | None = None
    """When what the citizen signed last was first handed in, by the booth's clock."""
    receipt: Receipt | None = None
    """What the citizen was told of the receipt."""
    taken: dict[str, OfficeId] = field(default_factory=dict)
    """Which office was on the line when a paper, or the form, came into the case."""
    agreed: dict[OfficeId, None] = field(default_factory=dict)
    """The offices that the citizen lets see what others took."""
    mute_us: int | None = None
    """Since when the screen does not say what is going on."""
    disturbed_us: int = 0
    """When the last disturbance of the link began."""

    def begin(self, visit: VisitId) -> None:
        """A visit begins: of the one before, only how the wait went is still wanted."""
        self.open, self.digest, self.handed_in, self.receipt = visit, "", None, None
        self.taken, self.agreed = {}, {}
