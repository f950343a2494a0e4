"""The table of rights: what each role may, and the right that each act needs.

Whose place, reservation or case it is, the machine of placements asks for each act (`domain.placement`); this table
says what a role never may, whosoever it is. Whoever opens a door asks here first.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from sojus.domain.model.actors import Actor, Role
from sojus.domain.placement import events as e


class Right(StrEnum):
    """Something that not every role may. The words are those of pages and of `/api/me`."""

    SEARCH = "search"
    """See all that is offered, wherever it is."""
    PLACE = "place"
    """Reserve, wait, ask, accept, approve: for cases of one's own office."""
    KEEP = "keep"
    """Keep places of one's own: enter, change, close and confirm them."""
    TAKE_IN = "take_in"
    """Answer what offices ask, admit, discharge, record."""
    SUPERVISE = "supervise"
    """See the houses of one's own Land and how full they are, without cases."""
    NUMBERS = "numbers"
    """See counts without persons."""
    NAMES = "names"
    """Know of whom a case is, for a purpose, where `knowing` says so."""
    AUDIT = "audit"
    """See who has known of whom one's own cases are, or whom one's own people have looked at."""
    ELAPSE = "elapse"
    """Nobody's: a term is over."""


RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.YOUTH_OFFICE: frozenset({Right.SEARCH, Right.PLACE, Right.NAMES, Right.AUDIT}),
    Role.PROVIDER: frozenset({Right.KEEP, Right.TAKE_IN, Right.NAMES, Right.AUDIT}),
    Role.STATE_OFFICE: frozenset({Right.SUPERVISE, Right.NUMBERS}),
    Role.MINISTRY: frozenset({Right.NUMBERS}),
    Role.DECISION_MAKER: frozenset({Right.NUMBERS}),
    Role.CLOCK: frozenset({Right.ELAPSE}),
}

ACTS: Mapping[type, Right] = {
    e.TakeIn: Right.KEEP,
    e.Reserve: Right.PLACE,
    e.Extend: Right.PLACE,
    e.Rebook: Right.PLACE,
    e.Cancel: Right.PLACE,
    e.Join: Right.PLACE,
    e.Ask: Right.PLACE,
    e.Accept: Right.PLACE,
    e.Withdraw: Right.PLACE,
    e.Approve: Right.PLACE,
    e.Agree: Right.PLACE,
    e.KeepSearch: Right.PLACE,
    e.DropSearch: Right.PLACE,
    e.Confirm: Right.TAKE_IN,
    e.Decline: Right.TAKE_IN,
    e.Propose: Right.TAKE_IN,
    e.PassOver: Right.TAKE_IN,
    e.Admit: Right.TAKE_IN,
    e.ChangeStay: Right.TAKE_IN,
    e.MoveStay: Right.TAKE_IN,
    e.Discharge: Right.TAKE_IN,
    e.RecordContacts: Right.TAKE_IN,
    e.CorrectContacts: Right.TAKE_IN,
    e.TakeBack: Right.TAKE_IN,
    e.Elapsed: Right.ELAPSE,
}


def has_right(actor: Actor, right: Right) -> bool:
    return right in RIGHTS[actor.role]


def may_do(actor: Actor, event: e.PlacementEvent) -> bool:
    """Whether this is an act of the role at all; an act that nobody has entered in the table is nobody's."""
    right = ACTS.get(type(event))
    return right is not None and has_right(actor, right)
