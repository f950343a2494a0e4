"""How a visit ends: its outcome, exactly one, and the way into wiping, after the receipt if one is out."""

from __future__ import annotations

from dataclasses import replace

from lisa_core.domain.model.call_words import BARRED
from lisa_core.domain.model.outcome import Outcome
from lisa_core.domain.visit import events as e
from lisa_core.domain.visit.states import (
    Away,
    Closed,
    Connecting,
    Context,
    Delivering,
    Disturbed,
    Farewell,
    InTransfer,
    Quiet,
    State,
    Talking,
    Visit,
    Wiping,
)

BeforeFarewell = Closed | Quiet | Connecting | Disturbed | Talking | InTransfer | Away | Delivering
"""The states of a visit that is not over yet."""
Step = tuple[State, tuple[e.Command, ...]]


def outcome_of(visit: Visit) -> Outcome:
    """The outcome of a visit that ends now: by what was handed in, by what the agent said, or by how far it came."""
    if visit.submitted:
        return Outcome.PAPERS if visit.papers_only else Outcome.APPLICATION
    if visit.handed_in:
        return Outcome.UNCONFIRMED
    if visit.classified is not None:
        return visit.classified
    if visit.failed:
        return Outcome.TECHNICAL
    if visit.draft or not visit.answered:
        return Outcome.LEFT
    return Outcome.COPY if visit.copied else Outcome.ADVICE


def wipe(visit: Visit, outcome: Outcome, ctx: Context, *, cancel: str = "") -> Step:
    """Into wiping; with `cancel`, tell the exchange why the call is over."""
    before: tuple[e.Command, ...] = (e.Cancel(visit.call, cancel),) if cancel else ()
    return Wiping(visit, ctx.now_us, outcome), (*before, e.CloseLeg(), e.Wipe(visit.id))


def leave(visit: Visit, ctx: Context, outcome: Outcome | None = None, *, cancel: str = "") -> Step:
    """The citizen is gone: into wiping, with `outcome` if nothing was handed in; after the receipt if one is due."""
    if visit.handed_in:
        before: tuple[e.Command, ...] = (e.Cancel(visit.call, cancel),) if cancel else ()
        return Delivering(visit, ctx.now_us, gone=True), (*before, e.CloseLeg())
    if outcome is None or visit.submitted:
        outcome = outcome_of(visit)
    return wipe(visit, outcome, ctx, cancel=cancel)


def part(visit: Visit, ctx: Context) -> Step:
    """The talk came to its end; if the citizen is already gone there is nobody to say goodbye to."""
    if not (ctx.room.present or "presence" in ctx.room.gone):
        return leave(visit, ctx)
    if visit.handed_in:
        return Delivering(visit, ctx.now_us), (e.CloseLeg(),)
    return Farewell(visit, ctx.now_us), (e.CloseLeg(),)


def bar(state: BeforeFarewell, ctx: Context) -> Step:
    """The exchange lets this booth in no more: the visit is over. Who handed something in reads what became of it, and
    who was given an appointment when it is.

    A call is cancelled although nobody hears that now: a booth that is let in again says all it has said once more.
    """
    visit = state.visit
    if isinstance(state, Closed | Quiet):
        return wipe(visit, Outcome.CLOSED if isinstance(state, Closed) else Outcome.FALSE_ALARM, ctx)
    cancel = "" if isinstance(state, Delivering) else BARRED
    if not (visit.handed_in or visit.submitted or visit.failed or visit.classified):
        return wipe(visit, Outcome.TECHNICAL, ctx, cancel=cancel)
    gone = isinstance(state, Away) or (isinstance(state, Delivering) and state.gone)
    after, commands = _settle(Delivering(visit, ctx.now_us, gone), ctx, expired=visit.handed_in)
    over = (e.Cancel(visit.call, cancel),) if cancel else ()
    return after, (*over, *commands) if gone else (*over, e.CloseLeg(), *commands)


def deliver(state: Delivering, event: e.VisitEvent, ctx: Context) -> Step:
    """The receipt comes, or does not in time: whoever is still there reads which, and the wait is over."""
    match event:
        case e.ApplicationReceived() | e.NotHandedIn():
            return _settle(state, ctx)
        case e.DeadlinePassed():
            return _settle(state, ctx, expired=True)
        case e.Sensed() | e.Seated() | e.CallButton() | e.Motionless() if state.gone:
            # Whoever comes in now may be somebody else, who must see neither number nor copy.
            wiping, commands = _settle(state, ctx, expired=True)
            return (replace(wiping, again=True) if isinstance(wiping, Wiping) else wiping), commands
        case e.Left():
            return replace(state, gone=True), ()
        case _:
            return state, ()


def _settle(state: Delivering, ctx: Context, *, expired: bool = False) -> Step:
    """What never left the booth is not at the office; what did may be, and is answered by post."""
    visit, recalled = state.visit, expired and ctx.unsent
    if recalled:
        visit = replace(visit, handed_in=False, failed=True)
    if state.gone:
        return wipe(visit, outcome_of(visit), ctx)
    return Farewell(visit, ctx.now_us), (e.Recall(),) if recalled else ()
