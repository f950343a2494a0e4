"""When an application counts as received: the time on the receipt, which nothing changes afterwards (I8)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from lisa_core.domain.model.time import CLOCKS_DIFFER_S

BELIEVED = timedelta(hours=1)
"""Maximum time from handing in to arrival at the exchange that is believed: a lost link may come back meanwhile."""


def received_at(exchange: datetime, handed_in: datetime | None, ahead_s: float = 0.0) -> datetime:
    """The booth is a receiving device of the authority (§ 36a SGB I): what counts is when the citizen handed in there.

    `exchange`: its clock when all of it has arrived; `handed_in`: the booth's, which is `ahead_s` ahead of it as far as
    is known. What is later than the exchange's time, or earlier than it can be, is not believed: then its own counts.
    """
    if handed_in is None:
        return exchange
    known_s = ahead_s if abs(ahead_s) > CLOCKS_DIFFER_S else 0
    meant = handed_in.astimezone(UTC) - timedelta(seconds=known_s)
    since = exchange.astimezone(UTC) - meant
    return meant.astimezone(exchange.tzinfo) if timedelta(0) <= since <= BELIEVED else exchange
