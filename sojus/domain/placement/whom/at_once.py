"""How much is kept for one case at once: who reserved everywhere would keep from all others what is free.

Of one kind of help, on any one day, so many reservations at most as the vocabulary of its field says. Each keeps one
place for each young person for whom it is. Who waits counts only from the moment at which something is kept for them,
and is passed over while it would be too much.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sojus.domain.model.days import Span
from sojus.domain.model.ids import CaseId, GroupId, Help, ReservationId
from sojus.domain.placement import words
from sojus.domain.placement.decisions import Party, Why
from sojus.domain.placement.records import Part, Reservation
from sojus.domain.placement.state import Placements, Refusal
from sojus.domain.register.ledger import Taken, Use, most_taken


def check_at_once(
    state: Placements, owner: Party, case: CaseId, parts: Iterable[Part], span: Span, but: ReservationId | None = None
) -> None:
    """Refuses places that would be too much; says what is kept, and what to do. `but`: not counted."""
    for group in dict.fromkeys(state.register.books[part.place].place.group for part in parts):
        if kept := too_much(state, owner, case, group, span, but):
            raise Refusal(Why.ENOUGH, words.kept_enough(most_at_once(state, group), _names(state, kept)))


def too_much(
    state: Placements, owner: Party, case: CaseId, group: GroupId, span: Span, but: ReservationId | None = None
) -> tuple[Reservation, ...]:
    """What is kept for this case on some of these days, where one more in this group would be too much; else ()."""
    wanted = state.register.groups[group].help
    kept = tuple(one for one in _kept(state, owner, case, wanted) if one.id != but and one.need.span.overlaps(span))
    if len(kept) < most_at_once(state, group):
        return ()
    days = tuple(Taken(one.need.span, 1, Use.RESERVED, one.id) for one in kept)
    return kept if most_taken(days, span) >= most_at_once(state, group) else ()


def most_at_once(state: Placements, group: GroupId) -> int:
    return state.register.vocabularies[state.register.groups[group].area].terms.kept_at_once


def _kept(state: Placements, owner: Party, case: CaseId, wanted: Help) -> Iterator[Reservation]:
    register = state.register
    for name in state.index.current.get((owner, case), ()):
        one = state.reservations[name]
        if one.stage.keeps and any(
            register.groups[register.books[part.place].place.group].help == wanted for part in one.parts
        ):
            yield one


def _names(state: Placements, kept: Iterable[Reservation]) -> Iterator[str]:
    register = state.register
    for one in kept:
        assert one.provider is not None
        places = words.places(dict.fromkeys(register.books[part.place].place.name for part in one.parts))
        yield words.kept_already(places, register.providers[one.provider].name, one.need.span)
