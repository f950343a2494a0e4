"""What is one's own, of the state: the rows that the rights show, the newest first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import TypeVar

from sojus.domain.placement.moves import party
from sojus.domain.placement.records import RequestStage, Stage
from sojus.domain.rights import views as seen
from sojus.service.mine import MineView
from sojus.service.own import words
from sojus.service.own.reader import Reader, own_groups

ENDED = 100
"""Of what has ended, so many are shown."""
V = TypeVar("V")


def mine(reader: Reader, at: int) -> MineView:
    """Everything of this office or provider."""
    state, by = reader.state, reader.by
    own = state.rows_of(party(by))
    kept = _seen(seen.reservation_seen(state, by, state.reservations[name]) for name in own.reservations)
    requests = _seen(seen.request_seen(state, by, state.requests[name]) for name in own.requests)
    stays = _seen(seen.stay_seen(state, by, state.stays[name]) for name in own.stays)
    waits = [one for one in kept if one.stage is Stage.WAITING]
    others = [one for one in kept if one.stage is not Stage.WAITING]
    groups = own_groups(reader)
    return MineView(
        at,
        tuple(words.reservation(reader, one) for one in _newest(others, lambda one: one.stage.open)),
        tuple(words.waiting(reader, one) for one in reversed(waits)),
        tuple(
            words.request(reader, one, groups) for one in _newest(requests, lambda one: one.stage is RequestStage.OPEN)
        ),
        tuple(words.stay(reader, one) for one in _newest(stays, lambda one: not one.ended)),
    )


def _seen(rows: Iterable[V | None]) -> list[V]:
    return [one for one in rows if one is not None]


def _newest(rows: Sequence[V], is_open: Callable[[V], bool]) -> list[V]:
    """All that is open, and the last of what has ended."""
    ended = islice((number for number, one in reversed(list(enumerate(rows))) if not is_open(one)), ENDED)
    shown = set(ended)
    return [one for number, one in reversed(list(enumerate(rows))) if is_open(one) or number in shown]
