"""What is handed in in a simulation: over the booth's line to the office, stored there, and the receipt back.

As the programs do it: parts that have not left the booth can be called back, the office keeps what it has whatever
becomes of the programs, and the exchange says so when a booth tells it that a visit ended otherwise.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from lisa_core.domain.case import receipt
from lisa_core.domain.model.case import Receipt
from lisa_core.domain.model.ids import VisitId
from lisa_core.harness.simulation.world.agenda import Agenda
from lisa_core.harness.simulation.world.line import Line
from lisa_core.wire import messages as m
from lisa_core.wire.envelope import NO_CALL

DELIVERY_US = 1_200_000
"""Sealing, sending and storing it until the receipt is there."""


@dataclass(frozen=True, slots=True, eq=False)
class Parcel:
    """One application on its way."""

    visit: VisitId
    handed_in: datetime


class Delivery:
    """One booth's. `inbox` is what all offices have, by visit: it outlives every program."""

    __slots__ = ("_agenda", "_inbox", "_line", "_parcel", "_sent", "civil", "skew_us")

    def __init__(
        self, agenda: Agenda, line: Line, inbox: dict[VisitId, Receipt], clocks: tuple[Callable[[int], datetime], int]
    ) -> None:
        self._agenda, self._line, self._inbox = agenda, line, inbox
        self.civil, self.skew_us = clocks
        """The booth's clock on the wall, and by how much that of the exchange is ahead of it."""
        self._parcel: Parcel | None = None
        self._sent = False

    # --- at the booth -----------------------------------------------------------------------------------------------

    def hand_in(self, visit: VisitId, handed_in: datetime) -> Parcel:
        """On its way; the same again if its receipt is still out."""
        self._parcel, self._sent = Parcel(visit, handed_in), False
        self._agenda.at(self._agenda.now_us + DELIVERY_US // 2 - self._line.latency_us, self._send, self._parcel)
        return self._parcel

    def _send(self, parcel: Parcel) -> None:
        if parcel is self._parcel:
            self._sent = True
            self._line.send_up(parcel)

    def is_out(self, parcel: Parcel) -> bool:
        """Whether its receipt is still waited for."""
        return parcel is self._parcel

    @property
    def unsent(self) -> bool:
        """Whether what is out has certainly not left the booth."""
        return self._parcel is not None and not self._line.up and (not self._sent or self._line.waits(self._parcel))

    def recall(self) -> None:
        """Nothing of it is sent any more."""
        if self._parcel is not None:
            self._line.withdraw(self._parcel)
        self._parcel = None

    def answered(self, visit: VisitId) -> bool:
        """The receipt is here; False if nobody waits for it any more."""
        waited = self._parcel is not None and self._parcel.visit == visit
        self._parcel = None
        return waited

    # --- at the exchange --------------------------------------------------------------------------------------------

    def arrives(self, message: Parcel) -> bool:
        """All parts of it are there: stored and answered; False if it was there before."""
        now_us = self._agenda.now_us
        if is_new := message.visit not in self._inbox:
            number = f"{message.visit}-E"
            counts = receipt.received_at(self.civil(now_us + self.skew_us), message.handed_in)
            digest = sha256(number.encode()).hexdigest()
            self._inbox[message.visit] = Receipt(number, counts.isoformat(timespec="seconds"), digest)
        self._agenda.at(now_us + DELIVERY_US // 2 - self._line.latency_us, self._answer, message.visit)
        return is_new

    def _answer(self, visit: VisitId) -> None:
        found = self._inbox[visit]
        body = m.SubmissionReceived(visit, found.number, found.received_at, found.digest)
        self._line.send_down([(NO_CALL, body)])
