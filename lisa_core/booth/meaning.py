"""What reaches a booth, as events of its visit: messages of the exchange, and what a step of the case means to it.

Pure, and the only place for it: the booth's program and the simulated booth both ask here.

    message of the exchange --- event_of ---> event of the visit ---> domain.visit.machine
    step of the case --------- case_events -> event of the visit ---> domain.visit.machine
    touch on the screen ------ may_touch ---> step of the case
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from lisa_core.domain.case.papers_only import is_papers_only
from lisa_core.domain.model import case_events as ops
from lisa_core.domain.model.case import Case
from lisa_core.domain.model.ids import CallId
from lisa_core.domain.model.outcome import Outcome
from lisa_core.domain.visit import events as e
from lisa_core.domain.visit import states as s
from lisa_core.wire import messages as m

CALL_EVENTS: Mapping[type, Callable[..., e.VisitEvent]] = {
    m.Queued: lambda call, b: e.CallQueued(call, b.place, b.wait_s),
    m.Ringing: lambda call, b: e.CallRinging(call),
    m.Answered: lambda call, b: e.CallAnswered(
        call, b.leg, b.agent, b.agent_name, b.office, b.office_name, b.front_desk
    ),
    m.Transferring: lambda call, b: e.CallTransferring(call, b.office_name),
    m.Returning: lambda call, b: e.CallReturning(call, b.office_name),
    m.Classify: lambda call, b: e.Classified(call, b.outcome),
    m.CallEnded: lambda call, b: e.CallOver(call, b.reason),
}
"""Messages that speak to the visit and to nothing else."""

DELIVER = ops.Deliver()
UNSEALED = ops.DeliveryFailed("seal")


def event_of(call: CallId, body: m.Message) -> e.VisitEvent | None:
    """What a message means to the visit; None if it speaks to the case, to the link or to nobody."""
    make = CALL_EVENTS.get(type(body))
    return make(call, body) if make is not None else None


def booked(call: CallId) -> e.Classified:
    """An appointment was made in this call: that is what came of the visit, unless more does."""
    return e.Classified(call, Outcome.APPOINTMENT)


def answered(event: ops.Received | ops.DeliveryFailed, *, papers_only: bool = False) -> e.VisitEvent:
    """The office has answered to what was handed in."""
    return (e.ApplicationReceived if isinstance(event, ops.Received) else e.NotHandedIn)(papers_only)


def case_events(
    before: Case, after: Case, event: ops.CaseEvent, effects: Iterable[ops.CaseEffect]
) -> tuple[e.VisitEvent, ...]:
    """What a step of the case means to the visit."""
    if after is before:
        return ()
    found: tuple[e.VisitEvent, ...] = ()
    papers_only = is_papers_only(after.form)
    if before.form is None and after.form is not None:
        found = (e.DraftOpened(papers_only),)
    if DELIVER in effects:
        found = (*found, e.HandedIn(papers_only))
    elif event == UNSEALED:
        found = (*found, e.NotHandedIn(papers_only))
    elif isinstance(event, ops.Copied):
        found = (*found, e.PaperCopied())
    return found


def may_touch(act: ops.CitizenAct, state: s.State) -> bool:
    """Whether a touch reaches the case: during a talk; and at any time, if it destroys a paper."""
    if isinstance(act, ops.DiscardPaper):
        return not isinstance(state, s.Wiping)
    return isinstance(state, s.Talking)
