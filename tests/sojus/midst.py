"""An act that a fault of ours ends in its midst: nothing of it may be left, the order of rows included."""

from __future__ import annotations

import contextlib
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
        (whose, *map(list, (r.reservations, r.requests, r.stays, r.searches))) for whose, r in state.index.own.items()
    ]
    cases = [(case, list(names)) for case, names in state.index.cases.items()]
    watched = [(what, list(names)) for what, names in state.watched.items()]
    entered = list(state.register.entered_at.items())
    return digest(state), own, cases, watched, entered, sorted(state.alarms), sorted(state.ends), dict(state.freed)


def fail_in_the_midst_of(state: Placements, act: e.Act, written: int) -> None:
    """After so many rows were written, or after all of them."""
    next_due(state)  # forgets alarms that nobody waits for any more, in whatever act
    undo, before, done = state.undo, whole(state), machine._done
    note, left = undo.note_row, iter(range(written))

    def fails(table: dict[Any, Any], key: object) -> None:
        if next(left, None) is None:
            raise ZeroDivisionError
        note(table, key)

    def then_fails(*given: Any) -> None:
        done(*given)
        raise ZeroDivisionError

    midst, end = mock.patch.object(undo, "note_row", fails), mock.patch.object(machine, "_done", then_fails)
    with midst, end, contextlib.suppress(ZeroDivisionError):
        handle(state, act)
    assert whole(state) == before
