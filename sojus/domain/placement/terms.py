"""How long what is promised holds. What counts as a day of a stay says the vocabulary of its field."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class PlacementTerms:
    """Every wait of a placement. Each is bounded, so that nothing is held without an end."""

    hold: timedelta = timedelta(hours=48)
    """How long a place is held for an office before the provider has confirmed it, and each extension of that."""
    extensions: int = 2
    """How often a reservation may be extended."""
    answer: timedelta = timedelta(hours=24)
    """Within what time a provider is to answer a reservation before it is reminded."""
    arrival_days: int = 3
    """How many days after the day agreed on a confirmed place is still kept for somebody who has not come."""
    backdated_days: int = 3
    """How many days after it happened an office may still reserve for somebody who had to be taken in at once."""
    correction_days: int = 14
    """How many days after a provider entered it an admission or a discharge may still be taken back."""
    request: timedelta = timedelta(days=14)
    """How long a request without a name stands."""
    wait: timedelta = timedelta(days=90)
    """How long somebody stays on a waiting list."""
    over_days: int = 30
    """How many days what is over still stands there, `correction_days` at least: also a stay or closure that a provider
    gave in."""
    ended_days: int = 180
    """The same of the last thing of a case: as long as of whom the case is may be known (`rights.retention`)."""

    @property
    def over(self) -> timedelta:
        """How long what is over stands there."""
        return timedelta(days=max(self.over_days, self.correction_days))

    @property
    def over_last(self) -> timedelta:
        """The same of the last thing of a case."""
        return max(self.over, timedelta(days=self.ended_days))
