"""When an application counts as received: the time on the receipt, which nothing changes afterwards (I8)."""

from __future__ import annotations

from datetime import datetime


def received_at(exchange: datetime, handed_in: datetime) -> datetime:
    """The booth is a receiving device of the authority (§ 36a SGB I): what counts is when she handed in there.

    `exchange`: the clock of the exchange when all of it has arrived; a booth's clock ahead of that one is not believed.
    """
    return min(exchange, handed_in)
