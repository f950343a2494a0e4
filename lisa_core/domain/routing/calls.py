"""What can happen to a call: placed, held for a known agent, its demands relaxed, overflowed, returned, cancelled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from operator import attrgetter

from lisa_core.domain.model.call_words import ConsultStage, Ending
from lisa_core.domain.model.ids import AgentId
from lisa_core.domain.routing import events as e
from lisa_core.domain.routing.alarms import clear
from lisa_core.domain.routing.appointments import Appointment
from lisa_core.domain.routing.counters import Counter, in_minutes_s
from lisa_core.domain.routing.decisions import (
    EndConsult,
    TellAnswered,
    TellDiary,
    TellPlace,
    TellReturning,
    TellRinging,
)
from lisa_core.domain.routing.seats import NOTHING_TOLD, Absence, Call, CallContext, Desk, Priority, Wish
from lisa_core.domain.routing.switchboard import CONNECTED, OFFERED, ORDERS, WAITING, Switchboard

_WALK_INS = Priority.WALK_IN * ORDERS


def booth_joined(board: Switchboard, event: e.BoothJoined) -> None:
    if absence := board.lost.pop(event.site, None):
        clear(absence)
    call = board.at_site.get(event.site)
    if call is not None and event.fresh:
        board.end(call, Ending.BOOTH_LOST)
    if starts := board.diary.starts(event.site):
        board.out.append(TellDiary(event.site, starts))


def booth_lost(board: Switchboard, event: e.BoothLost) -> None:
    absence = board.lost.setdefault(event.site, Absence(event.site))
    board.wake(absence, board.rules.booth_grace_us)


def booth_barred(board: Switchboard, event: e.BoothBarred) -> None:
    """Nothing is waited for: whoever talked with it is told why."""
    if call := board.at_site.get(event.site):
        board.end(call, Ending.BOOTH_BARRED)


def absence_due(board: Switchboard, absence: Absence) -> None:
    """The booth did not come back."""
    del board.lost[absence.site]
    if call := board.at_site.get(absence.site):
        board.end(call, Ending.BOOTH_LOST)


def placed(board: Switchboard, event: e.CallPlaced) -> None:
    """A citizen came in. Without an appointment or a token her call goes to the front desk."""
    call_id, site = event.call, event.site
    if call_id in board.calls:
        _retell(board, board.calls[call_id])
        return
    if site in board.at_site:
        board.end(board.at_site[site], Ending.BOOTH_LOST)
    board.count += 1
    call = Call(call_id, site, event.visit, board.front, _WALK_INS + board.count, board.now_us)
    board.calls[call_id] = board.at_site[site] = call
    if event.token or site in board.diary.sites:
        _expected(board, call, event.token)
    elif not board.plain:
        call.wish = wish_for(board, call)
    if not board.enqueue(call):
        return_to_front(board, call)


def _expected(board: Switchboard, call: Call, token: str) -> None:
    """If the citizen has an appointment now or a token of an earlier talk, the call goes to that office and contact."""
    found, expected = _appointment(board, call, token)
    contact: AgentId | None = None
    if expected:
        call.order = board.order(Priority.APPOINTMENT)
    if found is not None:
        call.context = CallContext(service=found.service, appointment=found.start if expected else "")
        counter = board.counters.get(found.office)
        if counter is not None and counter.staffed:
            call.office = found.office
            contact = found.agent if found.agent in board.desks else None
    call.wish = wish_for(board, call, contact)


def _appointment(board: Switchboard, call: Call, token: str) -> tuple[Appointment | None, bool]:
    """The citizen's appointment or former contact, and whether she is expected now."""
    local, rules = board.local(), board.rules
    mine = board.diary.find(token)
    now = board.diary.find_expected(call.site, local, rules.early_us, rules.late_us) if local else None
    if now is not None and (mine is None or mine.token == now.token):
        board.diary.use(now.token)
        board.out.append(TellDiary(call.site, board.diary.starts(call.site)))
        return now, True
    return mine, False


def wish_for(board: Switchboard, call: Call, contact: AgentId | None = None) -> Wish | None:
    """What this call asks for at its office, from now on."""
    rules, now_us, context = board.rules, board.now_us, call.context
    office = board.counters[call.office].office
    service = board.directory.services.get(context.service) if context.service else None
    level = service.level if service is not None and service.office == call.office else 0
    at_home = call.office == board.front and call.parent is None
    if at_home and contact is None and not level and office.overflow_to is None:
        return None
    known_wait_us = rules.known_wait_us if contact is not None and not context.returned else 0
    wish = Wish(contact)
    if service is not None and level:
        wish.skill, wish.level, wish.relax_us = service.skill, level, now_us + rules.relax_us
    if known_wait_us:
        wish.hold_us = now_us + known_wait_us
    if office.overflow_to is not None:
        wish.widen_us = now_us + office.overflow_us
    if not at_home:
        wish.return_us = now_us + rules.transfer_us + known_wait_us
    return wish


def cancelled(board: Switchboard, event: e.CallCancelled) -> None:
    call = board.calls.get(event.call)
    if call is not None and call.parent is None:
        board.end(call, Ending.BOOTH_BARRED if event.barred else Ending.CITIZEN)


def seek(board: Switchboard, call: Call) -> None:
    """Ring for this call or let it wait; where nobody is left to wait for, it goes back."""
    if not board.enqueue(call):
        return_to_front(board, call)


def offer_again(board: Switchboard, call: Call) -> None:
    """Nobody answered: offer the call to the next desk, or return it."""
    call.agent = None
    wish = call.wish
    if wish is not None and wish.return_us is not None and wish.return_us <= board.now_us:
        return_to_front(board, call)
    else:
        seek(board, call)


def return_to_front(board: Switchboard, call: Call, cut_off: AgentId | None = None) -> None:
    """Back to the front desk, before all others: the office did not answer, or the desk of this agent was lost.

    A question simply ends.
    """
    if call.ticket:
        board.leave(call)
    untold = call.told == NOTHING_TOLD  # it neither rang there nor waited
    if call.parent is not None:
        stage = ConsultStage.UNSTAFFED if untold else ConsultStage.UNANSWERED
        board.out.append(EndConsult(call, stage, call.office))
        board.forget(call)
        return
    if call.consult is not None:
        board.end(board.calls[call.consult], Ending.DESK_LOST)
    board.out.append(TellReturning(call, call.office))
    unstaffed = call.office if untold and cut_off is None else None
    call.office, call.order, call.agent = board.front, board.order(Priority.RETURNED), None
    if cut_off is not None:
        call.placed_us = board.now_us
    call.context = replace(call.context, returned=True, cut_off=cut_off, unstaffed=unstaffed)
    call.told = NOTHING_TOLD
    call.wish = wish_for(board, call, call.received_by)
    seek(board, call)


def due(board: Switchboard, call: Call) -> None:
    """A part of this call's wish is due."""
    wish, now_us = call.wish, board.now_us
    if wish is None or call.mode is not WAITING:
        return
    if _past(wish.return_us, now_us):
        return_to_front(board, call)
        return
    if _past(wish.hold_us, now_us):
        wish.hold_us, wish.held = None, False
    if _past(wish.relax_us, now_us):
        wish.level -= 1
        wish.relax_us = now_us + board.rules.relax_us if wish.level else None
    if _past(wish.widen_us, now_us):
        wish.widen_us, wish.widened = None, True
    board.reconsider(call)


def deserted(board: Switchboard, desk: Desk) -> None:
    """This agent takes no calls for now: calls that waited for this one alone, or for an empty office, go on."""
    counter = board.counters[desk.office]
    waiting = board.matching.waiting_for(desk.agent)
    if desk.turn or desk.call is not None:
        waiting = []  # back already
    if not counter.staffed:
        waiting += sorted(counter.queue.values(), key=_order_of)
    for call in waiting:
        if call.mode is not WAITING:
            continue
        wish = call.wish
        if wish is not None and wish.held and wish.preferred == desk.agent:
            wish.held, wish.hold_us = False, None
        if wish is not None and counter.office.overflow_to is not None and not counter.staffed:
            wish.widened = True
        if board.has_nobody_to_wait_for(call):
            return_to_front(board, call)
        elif wish is not None and not wish.held:
            board.reconsider(call)


def places_due(board: Switchboard, counter: Counter) -> None:
    """Tell every waiting caller of this office the new place."""
    out, a_place_us = board.out, counter.a_place_us(board.now_us, board.rules.estimate_us)
    for place, call in enumerate(sorted(counter.queue.values(), key=_order_of), start=1):
        told = (place, in_minutes_s(place * a_place_us))
        if call.told != told:
            call.told = told
            out.append(TellPlace(call, place, told[1]))


def _retell(board: Switchboard, call: Call) -> None:
    """The booth asks again about a known call. In a talk the answer names the same leg: a booth with it keeps it."""
    if call.mode is OFFERED and call.agent is not None:
        board.out.append(TellRinging(call, board.desks[call.agent].office))
    elif call.mode is WAITING:
        board.out.append(TellPlace(call, call.told[0], call.told[1]))
    elif call.mode is CONNECTED and call.agent is not None:
        board.out.append(TellAnswered(board.desks[call.agent], call))


def _past(due_us: int | None, now_us: int) -> bool:
    return due_us is not None and due_us <= now_us


_order_of: Callable[[Call], int] = attrgetter("order")
