"""How a visit ends: its outcome, exactly one, and the way into wiping."""

from __future__ import annotations

from lisa_core.model.outcome import Outcome
from lisa_core.visit import events as e
from lisa_core.visit.states import Context, State, Visit, Wiping

Step = tuple[State, tuple[e.Command, ...]]


def outcome_of(visit: Visit) -> Outcome:
    """What is said of a visit that ends now: what was handed in, what the agent said, or how far it came."""
    if visit.submitted:
        return Outcome.APPLICATION
    if visit.classified is not None:
        return visit.classified
    if visit.draft or not visit.answered:
        return Outcome.LEFT
    return Outcome.ADVICE


def wipe(visit: Visit, outcome: Outcome, ctx: Context, *, cancel: str = "") -> Step:
    """Into wiping; with `cancel`, the exchange is told why the call is over."""
    before: tuple[e.Command, ...] = (e.Cancel(visit.call, cancel),) if cancel else ()
    return Wiping(visit, ctx.now_us, outcome), (*before, e.CloseLeg(), e.Wipe(visit.id))
