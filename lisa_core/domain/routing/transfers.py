"""Handing a call on: blind, or after asking the specialist first; withdrawable, and falling back to the front desk."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from lisa_core.domain.model.call_words import ConsultStage, Ending, RefusalCode
from lisa_core.domain.model.ids import AgentId, CallId, FormId, OfficeId, ServiceId
from lisa_core.domain.routing import events as e
from lisa_core.domain.routing.calendar import next_office_opening, office_open
from lisa_core.domain.routing.calls import seek, wish_for
from lisa_core.domain.routing.decisions import EndConsult, EndTalk, StopRinging, TellTransferring
from lisa_core.domain.routing.desks import LATE, pair
from lisa_core.domain.routing.seats import Call, CallContext, Desk, Priority
from lisa_core.domain.routing.switchboard import (
    CONNECTED,
    OFFERED,
    PAUSE,
    READY,
    TALKING,
    WAITING,
    WRAP_UP,
    Switchboard,
)

UNANSWERED = "Übergeben geht erst, wenn die Fachstelle Ihre Rückfrage angenommen hat."


class _Refusal(NamedTuple):
    code: RefusalCode
    text: str


def forwarded(board: Switchboard, event: e.CallForwarded) -> None:
    desk, call = _talking(board, event.agent, event.call)
    if desk is None or call is None:
        return
    if why := _refusal(board, event.office, event.service):
        board.refuse(desk, call.id, why.code, why.text)
        return
    if call.consult is not None:
        _withdraw(board, call, ConsultStage.PAST)
    board.say(desk, EndTalk(desk, call, Ending.FORWARDED))
    call.context = _context(call, desk.agent, event.service, event.forms)
    call.office, call.agent, call.placed_us = event.office, None, board.now_us
    call.order = board.order(Priority.RETURNED if event.office == board.front else Priority.FORWARDED)
    board.out.append(TellTransferring(call, event.office))
    call.wish = wish_for(board, call, _contact(board, call))
    board.wrap_up(desk)
    seek(board, call)


def consult_asked(board: Switchboard, event: e.ConsultAsked) -> None:
    desk, call = _talking(board, event.agent, event.call)
    if desk is None or call is None:
        return
    why = _refusal(board, event.office, event.service)
    if call.consult is not None:
        why = _Refusal(RefusalCode.CONSULT, "Es läuft schon eine Rückfrage. Bitte ziehen Sie diese zuerst zurück.")
    if why:
        board.refuse(desk, call.id, why.code, why.text)
        return
    call.legs += 1
    asked = CallId(f"{call.id}~{call.legs}")
    question = Call(asked, call.site, call.visit, event.office, board.order(Priority.FORWARDED), board.now_us)
    question.parent, question.context = call.id, _context(call, desk.agent, event.service, event.forms)
    question.wish = wish_for(board, question, _contact(board, question))
    board.calls[asked], call.consult = question, asked
    seek(board, question)


def handed_over(board: Switchboard, event: e.CallHandedOver) -> None:
    desk, call = _talking(board, event.agent, event.call)
    if desk is None or call is None:
        return
    question = board.calls[call.consult] if call.consult else None
    if question is None or question.mode is not CONNECTED or question.agent is None:
        board.refuse(desk, call.id, RefusalCode.CONSULT, UNANSWERED)
        return
    specialist = board.desks[question.agent]
    board.forget(question)
    board.out.append(EndConsult(question, ConsultStage.HANDED_OVER, question.office))
    board.say(desk, EndTalk(desk, call, Ending.FORWARDED))
    call.context = question.context
    board.out.append(TellTransferring(call, question.office))
    board.say(specialist, EndTalk(specialist, question, Ending.HANDED_OVER))
    board.connect(specialist, call)
    board.wrap_up(desk)


def taken_back(board: Switchboard, event: e.CallTakenBack) -> None:
    desk, call = board.desks[event.agent], board.calls.get(event.call)
    if call is not None and call.consult is not None and call.agent == desk.agent:
        _withdraw(board, call, ConsultStage.WITHDRAWN)
        return
    on_its_way = call is not None and call.context.forwarded_by == desk.agent and call.mode in (WAITING, OFFERED)
    if call is None or call.parent is not None or not on_its_way:
        board.refuse(desk, event.call, RefusalCode.LATE, LATE)
    elif desk.mode not in (READY, WRAP_UP, PAUSE) or not desk.linked:
        board.refuse(desk, event.call, RefusalCode.BUSY, "Sie haben schon einen anderen Anruf.")
    else:
        _fetch(board, desk, call)


def _fetch(board: Switchboard, desk: Desk, call: Call) -> None:
    """The call on its way comes back to the desk that forwarded it."""
    ringing = board.desks[call.agent] if call.mode is OFFERED and call.agent else None
    if call.ticket:
        board.leave(call)
    call.context = replace(call.context, returned=True)
    board.connect(desk, call)
    if ringing is not None:
        board.say(ringing, StopRinging(ringing, call.id, Ending.TAKEN_BACK))
        board.free(ringing)


def _withdraw(board: Switchboard, call: Call, stage: ConsultStage) -> None:
    """The question is over; the agent who was asked is free again."""
    if call.consult is not None:
        question = board.calls[call.consult]
        board.out.append(EndConsult(question, stage, question.office))
        board.end(question, Ending.TAKEN_BACK)


def _talking(board: Switchboard, agent: AgentId, call_id: CallId) -> tuple[Desk | None, Call | None]:
    """Desk and citizen's call, if they talk; an agent who is only asked has nothing to hand on."""
    desk, call = pair(board, agent, call_id, TALKING)
    if desk is not None and call is not None and call.parent is not None:
        board.refuse(desk, call_id, RefusalCode.CONSULT, "Die Bürgerin ist noch bei der Kollegin, die Sie gefragt hat.")
        return None, None
    return desk, call


def _context(call: Call, agent: AgentId, service: ServiceId | None, forms: tuple[FormId, ...]) -> CallContext:
    known = call.context
    kept = forms or (known.forms if service is None or service == known.service else ())
    return CallContext(service or known.service, kept, agent, False, known.appointment, known.contact)


def _contact(board: Switchboard, call: Call) -> AgentId | None:
    """The agent named by the citizen's slip, if that is one of the office the call is forwarded to."""
    contact = board.desks.get(call.context.contact) if call.context.contact else None
    return contact.agent if contact is not None and contact.office == call.office else None


def _refusal(board: Switchboard, office_id: OfficeId, service_id: ServiceId | None) -> _Refusal | None:
    """Why nothing can be forwarded there, None if it can."""
    office = board.directory.offices.get(office_id)
    if office is None:
        return _Refusal(RefusalCode.OFFICE, f"Die Stelle {office_id} gibt es nicht.")
    service = board.directory.services.get(service_id) if service_id else None
    if service_id and service is None:
        return _Refusal(RefusalCode.SERVICE, f"Die Leistung {service_id} gibt es nicht.")
    local = board.local()
    if local is None:
        return None
    if service is not None and local.date() < service.valid_from:
        text = f"„{service.name}“ gibt es in den Bürgerbüros erst ab {service.valid_from:%d.%m.%Y}."
        return _Refusal(RefusalCode.SERVICE, text)
    holidays = board.directory.holidays.get(board.directory.land, frozenset())
    if office_open(office, local, holidays):
        return None
    opens = next_office_opening(office, local, holidays)
    again = f" Sie ist wieder erreichbar: {opens:%d.%m.%Y, %H:%M} Uhr." if opens else ""
    return _Refusal(RefusalCode.CLOSED, f"Die Stelle {office.name} ist gerade nicht erreichbar.{again}")
