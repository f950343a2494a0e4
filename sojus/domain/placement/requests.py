"""Requests without a name: asked of several providers at once, until the office accepts what one of them offers.

What is offered is not kept: a place would stand empty for everybody whom nobody has chosen yet. When it goes to
somebody else meanwhile, both sides are told at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from sojus.domain.model.days import Span
from sojus.domain.model.ids import PlaceId, ProviderId, RequestId
from sojus.domain.placement import events as e
from sojus.domain.placement import words
from sojus.domain.placement.decisions import News, Why
from sojus.domain.placement.moves import (
    as_office,
    check_contingent,
    check_free,
    check_need,
    check_parts,
    day_end,
    help_of,
    hold,
    house,
    is_house,
)
from sojus.domain.placement.records import (
    Part,
    Proposal,
    Request,
    RequestStage,
    Reservation,
    Stage,
    sums,
)
from sojus.domain.placement.reservations import fresh
from sojus.domain.placement.rows import party
from sojus.domain.placement.state import Placements, Refusal
from sojus.domain.placement.whereabouts import what_of
from sojus.domain.placement.whom.at_once import check_at_once
from sojus.domain.placement.whom.profile import check_profile
from sojus.domain.register.sentences import unknown_provider

MOST_ASKED = 500
"""Providers in one request."""


def ask(state: Placements, act: e.Act, event: e.Ask) -> None:
    as_office(act.by)
    if event.request in state.requests:
        raise Refusal(Why.TWICE, words.USED)
    check_need(state, event.need)
    check_profile(state, event.profile, event.need)
    to = tuple(dict.fromkeys(event.to))
    if not 1 <= len(to) <= MOST_ASKED:
        raise Refusal(Why.IMPOSSIBLE, words.asked(len(to)))
    for provider in to:
        if provider not in state.register.providers:
            raise Refusal(Why.UNKNOWN, unknown_provider(provider))
    ends_at = state.now + state.terms.request
    _keep(
        state,
        Request(event.request, event.case, act.by, event.profile, event.need, to, state.now, ends_at),
    )
    for provider in to:
        state.tell(house(state, provider), News.REQUESTED, event.request, words.REQUESTED)


def propose(state: Placements, act: e.Act, event: e.Propose) -> None:
    found, provider = _asked(state, act, event.request)
    parts, need = event.parts, found.need
    if check_parts(state, parts) != provider:
        raise Refusal(Why.NOT_YOURS, words.NOT_YOURS)
    if [part.amount for part in parts] != [need.amount] * need.count:
        raise Refusal(Why.IMPOSSIBLE, words.not_enough(need.count, need.amount))
    if any(not _is_asked_for(state, found, part) for part in parts):
        raise Refusal(Why.IMPOSSIBLE, words.OTHER_HELP)
    check_free(state, parts, _span(state, found))
    others = tuple(one for one in found.proposals if one.provider != provider)
    new = Proposal(provider, parts, state.now)
    passed = tuple(one for one in found.passed if one != provider)
    _keep(state, replace(found, proposals=(*others, new), passed=passed))
    state.tell(party(found.by), News.PROPOSED, found.id, words.PROPOSED)


def pass_over(state: Placements, act: e.Act, event: e.PassOver) -> None:
    found, provider = _asked(state, act, event.request)
    if provider in found.passed:
        raise Refusal(Why.TWICE, words.PASSED_ALREADY)
    others = tuple(one for one in found.proposals if one.provider != provider)
    _keep(state, replace(found, proposals=others, passed=(*found.passed, provider)))
    state.tell(party(found.by), News.PASSED, found.id, words.PASSED)


def accept(state: Placements, act: e.Act, event: e.Accept) -> None:
    """The places are reserved, confirmed by whoever offered them, and all others need not look any longer."""
    found = _own(state, act, event.request)
    fresh(state, event.reservation)
    proposal = next((one for one in found.proposals if one.provider == event.provider), None)
    if proposal is None:
        raise Refusal(Why.NOT_FREE, words.NO_PROPOSAL)
    span = _span(state, found)
    if span.empty:
        raise Refusal(Why.TOO_LATE, words.past(span.last_day))
    check_contingent(event.contingent)
    check_at_once(state, party(act.by), found.case, proposal.parts, span)
    check_free(state, proposal.parts, span, may_wait=True)
    contingent = found.need.contingent if event.contingent is None else event.contingent
    until = day_end(state, span.start + timedelta(days=state.terms.arrival_days))
    made = Reservation(
        *(event.reservation, found.case, found.by, replace(found.need, span=span, contingent=contingent)),
        *(Stage.CONFIRMED, until),
        parts=proposal.parts,
        provider=proposal.provider,
        asked_at=found.asked_at,
        answered_at=proposal.at,
        profile=found.profile,
    )
    _end(state, found, RequestStage.PLACED)
    hold(state, made)
    state.tell(house(state, proposal.provider), News.RESERVED, made.id, words.accepted(what_of(state, made), span))
    for other in _still_asked(found):
        if other != proposal.provider:
            state.tell(house(state, other), News.WITHDRAWN, found.id, words.WITHDRAWN_PLACED)


def withdraw(state: Placements, act: e.Act, event: e.Withdraw) -> None:
    _close(state, _own(state, act, event.request), RequestStage.WITHDRAWN, News.WITHDRAWN, words.WITHDRAWN)


def due(state: Placements, request: Request) -> None:
    """Nobody has decided in time."""
    _close(state, request, RequestStage.EXPIRED, News.EXPIRED, words.REQUEST_EXPIRED)


def review(state: Placements, places: Iterable[PlaceId]) -> None:
    """These places changed: what was offered of them and cannot be had any more is offered no longer."""
    touched = {name: None for place in places for name in state.proposed.get(place, ())}
    for name in touched:
        found = state.requests[name]
        gone = [one for one in found.proposals if not _stands(state, one, _span(state, found))]
        if not gone:
            continue
        _keep(state, replace(found, proposals=tuple(one for one in found.proposals if one not in gone)))
        for one in gone:
            state.tell(house(state, one.provider), News.LAPSED, found.id, words.LAPSED)
            state.tell(party(found.by), News.LAPSED, found.id, words.LAPSED)


def _is_asked_for(state: Placements, request: Request, part: Part) -> bool:
    kind = help_of(state, state.register.books[part.place].place.group)
    return kind == (request.profile.area, request.profile.kind)


def _stands(state: Placements, proposal: Proposal, span: Span) -> bool:
    books = ((state.register.books[place], amount) for place, amount in sums(proposal.parts).items())
    return all(book.hindrance(span, amount) is None for book, amount in books)


def _span(state: Placements, request: Request) -> Span:
    """When it would begin if it were accepted today."""
    return Span(max(request.need.span.start, state.today), request.need.span.end)


def _close(state: Placements, found: Request, stage: RequestStage, news: News, text: str) -> None:
    _end(state, found, stage)
    state.tell(party(found.by), news, found.id, text)
    for provider in _still_asked(found):
        state.tell(house(state, provider), news, found.id, text)


def _end(state: Placements, found: Request, stage: RequestStage) -> None:
    _keep(state, replace(found, stage=stage, proposals=(), ends_at=min(found.ends_at, state.now)))


def _still_asked(found: Request) -> list[ProviderId]:
    return [one for one in found.to if one not in found.passed]


def _own(state: Placements, act: e.Act, name: RequestId) -> Request:
    """The open request of this office. Refuses."""
    found = _open(state, name)
    if party(found.by) != party(act.by):
        raise Refusal(Why.NOT_YOURS, words.NOT_YOURS)
    return _still(found)


def _asked(state: Placements, act: e.Act, name: RequestId) -> tuple[Request, ProviderId]:
    """The open request and the provider who answers it. Refuses whoever was not asked."""
    found, provider = _open(state, name), act.by.provider
    if provider is None or provider not in found.to or not is_house(state, act.by, provider):
        raise Refusal(Why.NOT_YOURS, words.NOT_ASKED)
    return _still(found), provider


def _open(state: Placements, name: RequestId) -> Request:
    if (found := state.requests.get(name)) is None:
        raise Refusal(Why.UNKNOWN, words.unknown(name))
    return found


def _still(found: Request) -> Request:
    if found.stage is not RequestStage.OPEN:
        raise Refusal(Why.TOO_LATE, words.over(found.stage.value))
    return found


def _keep(state: Placements, request: Request) -> None:
    """Enter it, and at which places something is offered for it."""
    old = state.requests.get(request.id)
    for place in _places(old):
        names = state.proposed[place]
        names.pop(request.id, None)
        if not names:
            del state.proposed[place]
    for place in _places(request):
        state.proposed.setdefault(place, state.undo.table())[request.id] = None
    state.keep_request(request)


def _places(request: Request | None) -> dict[PlaceId, None]:
    """In the order in which they were offered: every process keeps them in the same."""
    return {part.place: None for one in request.proposals for part in one.parts} if request else {}
