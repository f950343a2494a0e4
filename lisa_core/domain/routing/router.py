"""The router: every event leads at once to the offers it makes possible. It never polls.

Rules: of an office, the agent who has been ready longest is rung first, an agent the citizen knows before all others;
an agent who does not answer is set absent and the call is offered to the next; a forwarded call that nobody answers
goes back to the front desk, before everybody else there; no call is dropped while its citizen is in the booth.

The rules are in `desks`, `calls`, `transfers` and `bookings`, on the moves of `switchboard`; `eligibility` finds which
desk may take which call. One event costs O(log n) of the waiting calls and ready desks, whatever the size of the
Landkreis.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Self

from lisa_core.domain.model.directory import Directory, Rules
from lisa_core.domain.model.ids import AgentId, CallId, OfficeId, SiteId
from lisa_core.domain.model.json_types import JsonDict
from lisa_core.domain.routing import bookings, calls, desks, snapshot, transfers
from lisa_core.domain.routing import events as e
from lisa_core.domain.routing.appointments import Appointment
from lisa_core.domain.routing.counters import Counter
from lisa_core.domain.routing.decisions import Decision
from lisa_core.domain.routing.seats import Absence, Call, Desk
from lisa_core.domain.routing.switchboard import Switchboard


class Router:
    """`decide(event, now_us)` returns decisions; `next_due_us()` says when to come back with `Due`."""

    def __init__(self, directory: Directory, rules: Rules) -> None:
        self._board = Switchboard(directory, rules)

    # --- looking ----------------------------------------------------------------------------------------------------

    def desk(self, agent: AgentId) -> Desk | None:
        """The desk of this agent, None for an unknown one."""
        return self._board.desks.get(agent)

    def call(self, call: CallId) -> Call | None:
        return self._board.calls.get(call)

    def calls(self) -> list[Call]:
        """Every call there is, questions among agents included."""
        return list(self._board.calls.values())

    def site_of(self, call: CallId) -> SiteId | None:
        found = self._board.calls.get(call)
        return found.site if found else None

    def waiting_count(self, office: OfficeId) -> int:
        """How many citizens wait for this office."""
        return len(self._board.counters[office].queue)

    def ready_count(self, office: OfficeId) -> int:
        """How many agents of this office are free."""
        return self._board.counters[office].ready

    def is_staffed(self, office: OfficeId) -> bool:
        """Whether anybody is at work in this office, or in the one that helps it out."""
        counter = self._board.counters[office]
        other = counter.office.overflow_to
        return bool(counter.staffed or (other is not None and self._board.counters[other].staffed))

    def appointment(self, token: str) -> Appointment | None:
        return self._board.diary.find(token)

    def appointments(self) -> list[Appointment]:
        """Those for which nobody has come yet and may still come, in order of time."""
        return self._board.diary.coming(self._board.local(), self._board.rules.late_us)

    def next_due_us(self) -> int | None:
        return self._board.alarms.next_us()

    # --- doing ------------------------------------------------------------------------------------------------------

    def decide(self, event: e.RoutingEvent, now_us: int) -> list[Decision]:
        """Take in one event. Events that no longer fit (a late accept) are answered with a refusal, never an error.

        The decisions are in the order in which they are to be sent, and true until the next event.
        """
        board = self._board
        out = board.out = []
        if now_us > board.now_us:
            board.now_us = now_us
        HANDLERS[type(event)](board, event)
        if board.deserted:
            _settle(board)
        return out

    # --- keeping ----------------------------------------------------------------------------------------------------

    def snapshot(self) -> JsonDict:
        """The whole state as plain JSON."""
        return snapshot.save(self._board)

    @classmethod
    def restore(cls, directory: Directory, rules: Rules, data: JsonDict, now_us: int | None = None) -> Self:
        """A router in the state of `data`. It answers every further event as the one that was saved would have.

        `now_us`: the time of a clock that started anew; what was to come in 5 s still comes in 5 s. Links are as they
        were saved: after a restart of the program feed it `BoothLost` and `DeskLost` for all that are not connected.
        """
        router = cls(directory, rules)
        snapshot.load(router._board, data, now_us)
        return router


def _due(board: Switchboard, event: e.Due) -> None:
    while (holder := board.alarms.pop_due(board.now_us)) is not None:
        DUE[type(holder)](board, holder)


def _settle(board: Switchboard) -> None:
    """Agents became unavailable: no call waits for an empty desk."""
    while board.deserted:
        calls.deserted(board, board.deserted.pop(0))


DUE: Mapping[type, Callable[..., None]] = {
    Desk: desks.due,
    Call: calls.due,
    Counter: calls.places_due,
    Absence: calls.absence_due,
}
"""What can have an alarm, and what happens when it is due."""
HANDLERS: Mapping[type, Callable[..., None]] = {
    e.BoothJoined: calls.booth_joined,
    e.BoothLost: calls.booth_lost,
    e.BoothBarred: calls.booth_barred,
    e.DeskJoined: desks.joined,
    e.DeskLost: desks.lost,
    e.AgentReady: desks.ready,
    e.AgentPaused: desks.paused,
    e.CallPlaced: calls.placed,
    e.CallCancelled: calls.cancelled,
    e.CallAccepted: desks.accepted,
    e.CallRejected: desks.rejected,
    e.CallForwarded: transfers.forwarded,
    e.ConsultAsked: transfers.consult_asked,
    e.CallHandedOver: transfers.handed_over,
    e.CallTakenBack: transfers.taken_back,
    e.CallHungUp: desks.hung_up,
    e.AppointmentMade: bookings.made,
    e.AppointmentCancelled: bookings.cancelled,
    e.SlipShown: bookings.slip_shown,
    e.CivilSet: bookings.civil_set,
    e.Due: _due,
}
