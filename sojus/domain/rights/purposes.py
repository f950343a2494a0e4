"""For what somebody may want to know of whom a case is: a list to choose from, each with its section of the law."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NewType

from sojus.domain.model.actors import Role

PurposeId = NewType("PurposeId", str)


@dataclass(frozen=True, slots=True)
class Purpose:
    """`name`: as it stands in the list, and in the log of who saw what. `law`: the section it rests on.

    `roles`: who may have it.
    """

    id: PurposeId
    name: str
    law: str
    roles: frozenset[Role]


Purposes = Mapping[PurposeId, Purpose]


def purposes_of(purposes: Purposes, role: Role) -> tuple[Purpose, ...]:
    """Those that this role may choose from, in their order."""
    return tuple(one for one in purposes.values() if role in one.roles)
