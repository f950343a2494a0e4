"""What is one's own, of the state: the rows that the rights show, the newest first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeVar

from sojus.domain.placement.moves import party
from sojus.domain.placement.records import Admission, Request, RequestStage, Reservation, Stage
from sojus.domain.rights import views as seen
from sojus.service.mine import MineView
from sojus.service.own import words
from sojus.service.own.asked_houses import asked_houses
from sojus.service.own.reader import Reader, own_groups

ENDED = 100
"""Of what has ended, so many are shown."""
K = TypeVar("K")
R = TypeVar("R")
V = TypeVar("V")


def mine(reader: Reader, at: int) -> MineView:
    """Everything of this office or provider."""
    state, by = reader.state, reader.by
    own = state.rows_of(party(by))
    kept = _newest(own.reservations, state.reservations, _is_open, partial(seen.reservation_seen, state, by))
    requests = _newest(own.requests, state.requests, _is_asked, partial(seen.request_seen, state, by))
    stays = _newest(own.stays, state.stays, _is_there, partial(seen.stay_seen, state, by))
    groups, houses = own_groups(reader), asked_houses(reader, requests)
    return MineView(
        at,
        tuple(words.reservation(reader, one) for one in kept if one.stage is not Stage.WAITING),
        tuple(words.waiting(reader, one) for one in kept if one.stage is Stage.WAITING),
        tuple(words.request(reader, one, groups, houses.get(one.id, ())) for one in requests),
        tuple(words.stay(reader, one) for one in stays),
    )


def _newest(
    names: dict[K, None], rows: Mapping[K, R], is_open: Callable[[R], bool], view: Callable[[R], V | None]
) -> list[V]:
    """All that is open, and the last of what has ended. The rest of that is only passed over: an office can have
    thousands of them at a house, and while they are gone through nobody acts."""
    found, ended = list[V](), 0
    for row in map(rows.__getitem__, reversed(names)):
        still = is_open(row)
        if (still or ended < ENDED) and (one := view(row)) is not None:
            found.append(one)
            ended += not still
    return found


def _is_open(row: Reservation) -> bool:
    return row.stage.open


def _is_asked(row: Request) -> bool:
    return row.stage is RequestStage.OPEN


def _is_there(row: Admission) -> bool:
    return not row.ended
