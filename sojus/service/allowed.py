"""Until `sojus.domain.rights` stands: what each role may, in its words."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from sojus.domain.model.actors import Actor, Role
from sojus.domain.placement.events import PlacementEvent


class Right(StrEnum):
    SEARCH = "search"
    PLACE = "place"
    KEEP = "keep"
    TAKE_IN = "take_in"
    NUMBERS = "numbers"


RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.YOUTH_OFFICE: frozenset({Right.SEARCH, Right.PLACE}),
    Role.PROVIDER: frozenset({Right.KEEP, Right.TAKE_IN}),
    Role.STATE_OFFICE: frozenset({Right.NUMBERS}),
    Role.MINISTRY: frozenset({Right.NUMBERS}),
    Role.DECISION_MAKER: frozenset({Right.NUMBERS}),
    Role.CLOCK: frozenset(),
}


def has_right(actor: Actor, right: Right) -> bool:
    return right in RIGHTS[actor.role]


def may_do(actor: Actor, event: PlacementEvent) -> bool:
    return bool(RIGHTS[actor.role] & {Right.PLACE, Right.KEEP})
