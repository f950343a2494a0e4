"""An act that a fault of ours ends in its midst: nothing of it may be left, the order of rows included."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from functools import partial
from typing import Any
from unittest import mock

from sojus.domain.placement import events as e
from sojus.domain.placement import machine
from sojus.domain.placement.machine import handle, next_due
from sojus.domain.placement.state import Placements
from sojus.store.tables import digest


def whole(state: Placements) -> tuple[object, ...]:
    """All of it, also what is worked out of the rest, in its order."""
    own = [
        (whose, list(r.reservations), list(r.requests), list(r.stays), list(r.searches))
        for whose, r in state.index.own.items()
    ]
    index = state.index
    cases = [[(case, list(names)) for case, names in of.items()] for of in (index.cases, index.current)]
    watched = [(what, list(names)) for what, names in state.watched.items()]
    entered = list(state.register.entered_at.items())
    return digest(state), own, cases, watched, entered, sorted(state.alarms), sorted(state.ends), dict(state.freed)


def fail_in_the_midst_of(state: Placements, act: e.Act, steps: int) -> None:
    """Before or after anything that is noted, so many of both being done, or after all of it."""
    next_due(state)  # forgets alarms that nobody waits for any more, in whatever act
    undo, before, done = state.undo, whole(state), machine._done
    left = iter(range(steps))

    def step() -> None:
        if next(left, None) is None:
            raise ZeroDivisionError

    def fails(real: Callable[..., Any], *given: Any) -> Any:
        step()
        found = real(*given)
        step()
        return found

    def then_fails(*given: Any) -> None:
        done(*given)
        raise ZeroDivisionError

    with contextlib.ExitStack() as stack:
        for name in ("note_row", "note_table", "push", "pop", "refill"):
            stack.enter_context(mock.patch.object(undo, name, partial(fails, getattr(undo, name))))
        stack.enter_context(mock.patch.object(machine, "_done", then_fails))
        with contextlib.suppress(ZeroDivisionError):
            handle(state, act)
    assert whole(state) == before
