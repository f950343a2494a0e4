"""What desks do: open, are lost, are ready, pause, answer, reject, hang up; and what is due for them."""

from __future__ import annotations

from lisa_core.domain.model.call_words import ConsultStage, Ending, ForwardStage, RefusalCode
from lisa_core.domain.model.ids import AgentId, CallId
from lisa_core.domain.routing import events as e
from lisa_core.domain.routing.calls import offer_again, return_to_front
from lisa_core.domain.routing.decisions import (
    Connect,
    EndConsult,
    RingDesk,
    StopRinging,
    TellForwarder,
    TellPlace,
    TellRinging,
)
from lisa_core.domain.routing.seats import Call, Desk, DeskMode
from lisa_core.domain.routing.switchboard import (
    ABSENT,
    BY_AGENT,
    CONNECTED,
    OFF,
    OFFERED,
    PAUSE,
    READY,
    RINGING,
    TALKING,
    WRAP_UP,
    Switchboard,
)

HEADSET = (
    "„Bereit“ geht erst mit geprüftem Headset: Bitte stecken Sie das Headset an und erlauben Sie der Seite das "
    "Mikrofon. Drücken Sie dann noch einmal „Bereit“."
)
LATE = "Dieser Anruf ist nicht mehr bei Ihnen."


def joined(board: Switchboard, event: e.DeskJoined) -> None:
    desk = board.desks[event.agent]
    desk.linked = True
    if event.fresh:
        desk.headset = False
    ready_again, desk.was_ready = desk.was_ready and desk.headset and not event.fresh, False
    if event.fresh:
        _retell_forwarded(board, desk)
    if desk.mode is OFF:
        if ready_again:
            board.free(desk)
        else:
            board.set_mode(desk, PAUSE)
        return
    if desk.mode is TALKING and desk.call:
        desk.alarm, desk.due_us = 0, None
        if event.fresh:
            call = board.calls[desk.call]
            board.connect(desk, call)
            _retell_question(board, call)
    elif desk.mode is RINGING and desk.call and event.fresh:
        call = board.calls[desk.call]
        board.out.append(RingDesk(desk, call, board.now_us - call.placed_us, False))
        board.wake(desk, board.rules.ring_us)
    elif desk.mode is RINGING:
        board.wake(desk, max(1, board.rules.ring_us - (board.now_us - desk.since_us)))
    board.out.append(board.changed[desk.agent])


def _retell_question(board: Switchboard, call: Call) -> None:
    """The asking agent's page was loaded anew: tell it how the question stands, on a new leg if it is answered."""
    question = board.calls[call.consult] if call.consult else None
    if question is None:
        return
    if question.mode is CONNECTED and question.agent:
        question.legs += 1
        asked = board.desks[question.agent]
        board.out.append(Connect(asked, question, board.now_us - asked.since_us))
    elif question.mode is OFFERED and question.agent:
        board.out.append(TellRinging(question, board.desks[question.agent].office))
    else:
        board.out.append(TellPlace(question, 1, -1))


def _retell_forwarded(board: Switchboard, desk: Desk) -> None:
    """The forwarding agent's page was loaded anew: tell it of the call that may still be taken back."""
    for call in board.calls.values():
        if call.context.forwarded_by == desk.agent and call.parent is None and call.mode is not CONNECTED:
            stage = ForwardStage.RINGING if call.mode is OFFERED else ForwardStage.WAITING
            board.out.append(TellForwarder(call, stage))


def lost(board: Switchboard, event: e.DeskLost) -> None:
    desk = board.desks[event.agent]
    desk.linked = False
    if desk.mode is TALKING or desk.mode is RINGING:
        board.wake(desk, board.rules.desk_grace_us)
    else:
        desk.was_ready = desk.mode is READY
        board.set_mode(desk, OFF)


def ready(board: Switchboard, event: e.AgentReady) -> None:
    desk = board.desks[event.agent]
    desk.headset = desk.headset or event.headset
    if not desk.headset:
        board.refuse(desk, CallId(""), RefusalCode.HEADSET, HEADSET)
    elif desk.mode is TALKING or desk.mode is RINGING:
        desk.pause_wanted = False
    elif desk.mode is not READY and desk.linked:
        board.free(desk)


def paused(board: Switchboard, event: e.AgentPaused) -> None:
    desk = board.desks[event.agent]
    if desk.mode is TALKING or desk.mode is RINGING:
        desk.pause_wanted = True
    elif desk.mode is not OFF:
        board.set_mode(desk, PAUSE)


def accepted(board: Switchboard, event: e.CallAccepted) -> None:
    desk, call = board.desks[event.agent], board.calls.get(event.call)
    if call is None or desk.mode is not RINGING or desk.call != event.call:
        board.refuse(desk, event.call, RefusalCode.LATE, LATE)
    else:
        board.connect(desk, call)


def rejected(board: Switchboard, event: e.CallRejected) -> None:
    desk, call = pair(board, event.agent, event.call, RINGING)
    if desk is None or call is None:
        return
    rules = board.rules
    board.say(desk, StopRinging(desk, call.id, Ending.BUSY if event.busy else Ending.REJECTED))
    pause_us = rules.busy_pause_us if event.busy else rules.reject_pause_us
    mode = OFF if not desk.linked else PAUSE if desk.pause_wanted else WRAP_UP
    board.set_mode(desk, mode, pause_us if mode is WRAP_UP else 0)
    offer_again(board, call)
    if mode is WRAP_UP and not pause_us:
        board.free(desk)


def hung_up(board: Switchboard, event: e.CallHungUp) -> None:
    desk, call = board.desks[event.agent], board.calls.get(event.call)
    if call is None or desk.mode is not TALKING or desk.call != event.call:
        board.refuse(desk, event.call, RefusalCode.LATE, LATE)
        return
    if call.parent is not None:
        board.out.append(EndConsult(call, ConsultStage.RETURNED, call.office))
    board.end(call, BY_AGENT)


def due(board: Switchboard, desk: Desk) -> None:
    """Ringing, a grace or a pause is over."""
    if desk.mode is RINGING and desk.call:
        call = board.calls[desk.call]
        board.say(desk, StopRinging(desk, call.id, Ending.UNANSWERED))
        board.set_mode(desk, ABSENT if desk.linked else OFF, board.rules.no_answer_pause_us if desk.linked else 0)
        offer_again(board, call)
    elif desk.mode is TALKING and desk.call and not desk.linked:
        call = board.calls[desk.call]
        board.set_mode(desk, OFF)
        return_to_front(board, call, cut_off=desk.agent)
    elif desk.mode is WRAP_UP or desk.mode is ABSENT:
        board.free(desk)


def pair(board: Switchboard, agent: AgentId, call_id: CallId, mode: DeskMode) -> tuple[Desk | None, Call | None]:
    """Desk and call, if this desk has this call in this way; a late click gets a refusal."""
    desk, call = board.desks[agent], board.calls.get(call_id)
    if call is None or desk.mode is not mode or desk.call != call_id:
        board.refuse(desk, call_id, RefusalCode.LATE, LATE)
        return None, None
    return desk, call
