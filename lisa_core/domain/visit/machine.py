"""How a visit goes on: one function per state, each a table of what may happen there. Anything else changes nothing.

What holds in every state: software never locks the door, every way ends in `Wiping`, the call button reaches a human.
docs/besuch.md draws all transitions; the usual way is

    Idle -> Entered -> Connecting -> Talking -> Delivering -> Farewell -> Wiping -> Idle
                        |      ^      |   ^       (only while a receipt is waited for)
                        v      |      v   |
                      Disturbed      InTransfer             Away(before) stands around any of these four

One step. First what holds in every state: a deadline of an earlier state is dropped, the citizen's choice about her
camera is kept, what became of her application and what lay in the scanner is noted in `Visit` (`_MARKS`). Then the
function of the state decides.

Out of service is what a booth is that the exchange does not let in (`Barred`): a visit ends, with a farewell only for
whoever handed something in, and after wiping nobody is called any more, by nothing, until the exchange lets it in.

Deadlines. No timer is ever started or stopped: `states.due_us` computes from the state when it is over at the latest,
the executor keeps one timer for that moment and sends `DeadlinePassed` with it; a moment that is not the present
state's is late and means nothing. So "wait once more" is written as the same state with a new `since_us`.

Away wraps the state it interrupts. Whoever goes out for a moment comes back to her talk or to her place in the queue,
and not to the beginning: `before` is that state, as a whole. The call goes on meanwhile, so the messages of the
exchange change `before` (a desk answers: it becomes `Talking`; the office gives it back: `InTransfer`), and coming back
leads to where the call is now. On return the deadline of `before` starts anew (of `Connecting` that by `heard_us`).
Only the states of `IN_TOUCH` are wrapped, never `Away` itself; when the grace is over the visit ends.

Connecting has two moments. `since_us` is when this call began; `heard_us` is when the exchange was last heard of: it
said something of this call, or the link was lost or came back. The usual deadline counts from `heard_us`: with the
link up, `link_us` of silence only mean that we ask again (`Place` names the call: twice is as good as once); with the
link down, `link_patience_us` of silence mean `Disturbed`.

After hours another deadline takes the place of these two. Whoever presses the button of a closed booth is called for
all the same (`after_hours`), but for `after_hours_us` from `since_us` only, whatever is heard meanwhile: then the call
is cancelled and the booth is `Closed` again. Once a call was answered or broke off, the next one is a usual one.

A call is named `visit/number`. One that is over is not taken up under its old name (`_call_anew` counts `Visit.calls`):
so whatever still arrives about it is known to be late. The one exception is a call that the exchange gave up because
the booth was away for too long while nobody had answered: it is asked for again by the same name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from lisa_core.domain.model.call_words import Ending
from lisa_core.domain.model.directory import Trigger
from lisa_core.domain.model.outcome import Outcome
from lisa_core.domain.model.readings import LampColour
from lisa_core.domain.visit import events as e
from lisa_core.domain.visit import talk
from lisa_core.domain.visit.departure import Step, bar, deliver, leave, outcome_of, part, wipe
from lisa_core.domain.visit.states import (
    Away,
    Closed,
    Connecting,
    Context,
    Delivering,
    Disturbed,
    Entered,
    Farewell,
    Idle,
    InTransfer,
    OutOfService,
    Quiet,
    State,
    Talking,
    Visit,
    Wiping,
    due_us,
    visit_of,
)

IN_TOUCH = (Connecting, Disturbed, Talking, InTransfer)
"""The states that a citizen who went out may come back to: those that `Away` wraps."""


def step(state: State, event: e.VisitEvent, ctx: Context) -> Step:
    """The next state and what is to be done. Never raises: an event that means nothing here leaves all as it is."""
    if isinstance(event, e.DeadlinePassed) and event.due_us != due_us(state, ctx.site):
        return state, ()
    if isinstance(event, e.CameraChosen):
        return _choose_camera(state, event.on)
    if isinstance(event, e.Barred):
        return _bar(state, ctx)
    if type(event) in _MARKS:
        state = _marked(state, event)
    return _STATES[type(state)](state, event, ctx)


def _bar(state: State, ctx: Context) -> Step:
    """Only what is over already goes on to its end: a farewell, a wiping."""
    match state:
        case Idle() | Entered():
            return OutOfService(), (e.ShowLamp(LampColour.RED),)
        case OutOfService() | Farewell() | Wiping():
            return state, ()
        case _:
            return bar(state, ctx)


def _marked(state: State, event: e.VisitEvent) -> State:
    """Note what became of her application, and what was found, wherever she is: in a talk, between two, out."""
    visit = visit_of(state)
    if visit is None or isinstance(state, Idle | Entered | OutOfService | Wiping):
        return state
    if isinstance(state, Away):
        inner = _marked(state.before, event)
        return replace(state, before=inner) if isinstance(inner, IN_TOUCH) else state
    marks = dict(_MARKS[type(event)])
    if isinstance(event, e.HandedIn | e.ApplicationReceived):
        marks["papers_only"] = event.papers_only
    changed = replace(visit, **marks)
    return replace(state, visit=changed) if changed != visit else state


def _choose_camera(state: State, on: bool) -> Step:
    """The citizen may switch her camera at any time, also before an agent sees her.

    The choice holds until she changes it.
    """
    match state:
        case Idle() | Entered() | OutOfService() | Wiping():
            return state, ()
        case Away():
            inner, commands = _choose_camera(state.before, on)
            return (replace(state, before=inner), commands) if isinstance(inner, IN_TOUCH) else (state, ())
        case Talking():
            told = (e.ShowCitizen(on), e.Tell("camera.on" if on else "camera.off"))
            return replace(state, visit=replace(state.visit, camera_on=on)), told
        case _:
            return replace(state, visit=replace(state.visit, camera_on=on)), ()


def _idle(state: Idle, event: e.VisitEvent, ctx: Context) -> Step:
    match event:
        case e.Left():
            return Idle(), ()
        case e.CallButton():
            return _begin(ctx, Visit(ctx.next_visit), asked=True)
        case e.Motionless() | e.DeadlinePassed() if ctx.room.present and "presence" not in ctx.room.gone:
            # Somebody stayed after a visit and neither leaves nor moves: a human should look.
            return _begin(ctx, Visit(ctx.next_visit))
        case e.DeadlinePassed():
            return Idle(), ()
        case e.DoorOpened() if "presence" in ctx.room.gone:
            return Entered(ctx.now_us), ()
        case e.Sensed() | e.Seated() | e.DoorOpened() | e.DoorClosed() if state.armed and ctx.room.present:
            return _begin(ctx, Visit(ctx.next_visit)) if _triggered(ctx) else (Entered(ctx.now_us), ())
        case e.Restarted():
            return wipe(Visit(event.visit), event.outcome, ctx, cancel="restart")
        case _:
            return state, ()


def _entered(state: Entered, event: e.VisitEvent, ctx: Context) -> Step:
    match event:
        case e.Left():
            return Idle(), ()
        case e.CallButton():
            return _begin(ctx, Visit(ctx.next_visit), asked=True)
        case e.DeadlinePassed():
            return _begin(ctx, Visit(ctx.next_visit))
        case e.Sensed() | e.Seated() | e.DoorOpened() | e.DoorClosed() if _triggered(ctx):
            return _begin(ctx, Visit(ctx.next_visit))
        case _:
            return state, ()


def _out_of_service(state: OutOfService, event: e.VisitEvent, ctx: Context) -> Step:
    match event:
        case e.LinkBack():
            return Idle(armed=not ctx.room.present, since_us=ctx.now_us), (e.ShowLamp(LampColour.GREEN),)
        case _:
            return state, ()


def _closed(state: Closed, event: e.VisitEvent, ctx: Context) -> Step:
    match event:
        case e.CallButton() | e.Motionless():
            return _begin(ctx, state.visit, asked=True)
        case e.DeadlinePassed() if ctx.room.present and ctx.open_now:
            return _begin(ctx, state.visit)
        case e.DeadlinePassed() if ctx.room.present:
            return replace(state, since_us=ctx.now_us, next_opening=ctx.next_opening), ()
        case e.Left() | e.DeadlinePassed():
            return wipe(state.visit, Outcome.CLOSED, ctx)
        case _:
            return state, ()


def _quiet(state: Quiet, event: e.VisitEvent, ctx: Context) -> Step:
    match event:
        case e.CallButton() | e.Motionless():
            return _begin(ctx, state.visit, asked=True)
        case e.DeadlinePassed() if ctx.room.present:
            return replace(state, since_us=ctx.now_us), ()
        case e.Left() | e.DeadlinePassed():
            return wipe(state.visit, Outcome.FALSE_ALARM, ctx)
        case _:
            return state, ()


def _connecting(state: Connecting, event: e.VisitEvent, ctx: Context) -> Step:
    visit = state.visit
    match event:
        case e.CallQueued() if event.call == visit.call:
            return replace(state, place=event.place, wait_s=event.wait_s, linked=True, heard_us=ctx.now_us), ()
        case e.CallRinging() if event.call == visit.call:
            return replace(state, place=None, linked=True, heard_us=ctx.now_us), ()
        case e.CallAnswered() if event.call == visit.call:
            return talk.begin(visit, event, ctx)
        case e.CallOver(reason=Ending.BOOTH_LOST) if event.call == visit.call:
            # We were away for too long; whoever rings for us since then is asked for by the same name.
            return replace(state, heard_us=ctx.now_us), (e.Place(visit.call, visit.id),)
        case e.CallOver() if event.call == visit.call:
            return _call_anew(visit, ctx)
        case e.Dismissed() if not visit.answered:
            return Quiet(visit, ctx.now_us), (e.Cancel(visit.call, "dismissed"), e.Frost(False))
        case e.LinkLost():
            return replace(state, linked=False, heard_us=ctx.now_us), ()
        case e.LinkBack():
            return replace(state, linked=True, heard_us=ctx.now_us), (e.Place(visit.call, visit.id),)
        case e.DeadlinePassed() if state.after_hours:
            return Closed(visit, ctx.now_us, ctx.next_opening), (e.Cancel(visit.call, "closed"),)
        case e.DeadlinePassed() if not state.linked:
            return Disturbed(visit, ctx.now_us), (e.ShowLamp(LampColour.RED),)
        case e.DeadlinePassed():
            # Nothing heard for a while: asking again is harmless, the exchange knows the call by its name.
            return replace(state, heard_us=ctx.now_us), (e.Place(visit.call, visit.id),)
        case e.Left():
            return Away(state, ctx.now_us), ()
        case _:
            return state, ()


def _disturbed(state: Disturbed, event: e.VisitEvent, ctx: Context) -> Step:
    match event:
        case e.LinkBack():
            return _reconnect(state.visit, ctx)
        case e.DeadlinePassed() | e.CallButton() | e.Motionless() if ctx.linked:
            return _reconnect(state.visit, ctx)
        case e.Left():
            return Away(state, ctx.now_us), ()
        case e.DeadlinePassed() | e.CallButton():
            return replace(state, since_us=ctx.now_us), ()
        case _:
            return state, ()


def _reconnect(visit: Visit, ctx: Context) -> Step:
    """The exchange can be reached again: a call is placed for the citizen."""
    back = Connecting(visit, ctx.now_us, ctx.now_us)
    return back, (e.Place(visit.call, visit.id), e.ShowLamp(LampColour.YELLOW))


def _transferring(state: InTransfer, event: e.VisitEvent, ctx: Context) -> Step:
    visit = state.visit
    match event:
        case e.CallAnswered() if event.call == visit.call:
            return talk.begin(visit, event, ctx)
        case e.CallReturning() if event.call == visit.call:
            return InTransfer(visit, ctx.now_us, event.office_name, returning=True), ()
        case e.CallRinging() if event.call == visit.call:
            return replace(state, ringing=True), ()
        case e.CallQueued() if event.call == visit.call:
            return replace(state, ringing=False), ()
        case e.CallOver() if event.call == visit.call and event.reason == Ending.AGENT:
            return part(visit, ctx)
        case e.CallOver() if event.call == visit.call:
            return _call_anew(visit, ctx)
        case e.LinkBack():
            return state, (e.Place(visit.call, visit.id),)
        case e.CallButton() | e.DeadlinePassed():
            # Waiting for the office is the citizen's choice: the button brings the front desk back at once.
            new, commands = _call_anew(visit, ctx)
            return new, (e.Cancel(visit.call, "recalled"), *commands)
        case e.Left():
            return Away(state, ctx.now_us), ()
        case _:
            return state, ()


def _away(state: Away, event: e.VisitEvent, ctx: Context) -> Step:
    visit, before = state.visit, state.before
    match event:
        case e.Sensed() | e.Seated():
            return _return(before, ctx)
        case e.CallButton():
            # Whoever presses it is inside, whatever the radar says.
            new, commands = _return(before, ctx)
            more = _STATES[type(new)](new, event, ctx)
            return more[0], (*commands, *more[1])
        case e.Classified() | e.ApplicationReceived() | e.NotHandedIn() | e.FeederFound() if isinstance(
            before, Talking
        ):
            inner, commands = talk.step(before, event, ctx)
            return (replace(state, before=inner), commands) if isinstance(inner, Talking) else (state, ())
        case e.DeviceGone() | e.DeviceBack() if isinstance(before, Talking):
            return state, talk.device_told(event)
        case e.LinkBack(fresh=True) if isinstance(before, Talking | InTransfer):
            return state, (e.Place(visit.call, visit.id),)
        case e.DeadlinePassed():
            return leave(visit, ctx, Outcome.TECHNICAL if isinstance(before, Disturbed) else None, cancel="citizen")
        case e.CallOver() if event.call == visit.call:
            return leave(visit, ctx)
        case e.CallAnswered() if isinstance(before, Talking) and before.leg == event.leg:
            return state, ()
        case e.CallAnswered() if event.call == visit.call:
            new, commands = talk.begin(visit, event, ctx)
            return replace(state, before=new), (*commands, e.Guard(True), e.Tell("citizen.away"))
        case e.CallReturning() | e.CallTransferring() if event.call == visit.call:
            moved = InTransfer(visit, ctx.now_us, event.office_name, isinstance(event, e.CallReturning))
            return replace(state, before=moved), (e.CloseLeg(),)
        case e.LinkLost() | e.LinkBack() | e.CallQueued() | e.CallRinging() if isinstance(before, Connecting):
            # The citizen keeps her place in the queue while she is out for a moment.
            inner, commands = _connecting(before, event, ctx)
            return (replace(state, before=inner), commands) if isinstance(inner, Connecting) else (state, ())
        case _:
            return state, ()


def _return(before: Connecting | Disturbed | Talking | InTransfer, ctx: Context) -> Step:
    if isinstance(before, Talking):
        return replace(before, since_us=ctx.now_us), (e.Guard(ctx.room.door_open), e.Tell("citizen.back"))
    if isinstance(before, Connecting):
        return replace(before, heard_us=ctx.now_us, linked=ctx.linked), ()
    if isinstance(before, Disturbed) and ctx.linked:
        return _reconnect(before.visit, ctx)
    return replace(before, since_us=ctx.now_us), ()


def _delivering(state: Delivering, event: e.VisitEvent, ctx: Context) -> Step:
    if isinstance(event, e.CallButton | e.Motionless) and not state.gone:
        return _call_anew(state.visit, ctx)
    return deliver(state, event, ctx)


def _farewell(state: Farewell, event: e.VisitEvent, ctx: Context) -> Step:
    match event:
        case e.CallButton() | e.Motionless() if not ctx.barred:
            return _call_anew(state.visit, ctx)
        case e.Left() | e.DeadlinePassed():
            return wipe(state.visit, outcome_of(state.visit), ctx)
        case _:
            return state, ()


def _wiping(state: Wiping, event: e.VisitEvent, ctx: Context) -> Step:
    match event:
        case e.Wiped() if event.visit == state.visit.id:
            done: tuple[e.Command, ...] = (
                e.Conclude(state.visit.id, state.outcome),
                e.ShowLamp(LampColour.RED if ctx.barred else LampColour.GREEN),
                e.Frost(False),
            )
            if ctx.barred:
                return OutOfService(), done
            if state.again and (ctx.room.present or "presence" in ctx.room.gone):
                new, commands = _begin(ctx, Visit(ctx.next_visit), asked=True)
                return new, (*done, *commands)
            return Idle(armed=not ctx.room.present, since_us=ctx.now_us), done
        case e.CallButton():
            return replace(state, again=True), ()
        case e.DeadlinePassed():
            return replace(state, since_us=ctx.now_us), (e.ShowLamp(LampColour.RED), e.Wipe(state.visit.id))
        case _:
            return state, ()


def _triggered(ctx: Context) -> bool:
    room, site = ctx.room, ctx.site
    if "presence" in room.gone:
        return not room.door_open and room.door_opened_us is not None
    if site.trigger is Trigger.SEATED:
        return room.seated and (not room.door_open or "door" in room.gone)
    opened_us = room.door_opened_us
    recently = opened_us is not None and ctx.now_us - opened_us <= site.deadlines.entry_memory_us
    return room.door_open or recently or "door" in room.gone


def _begin(ctx: Context, visit: Visit, *, asked: bool = False) -> Step:
    """A visit begins: place a call, or show when the booth opens. `asked`, by the button: a call is placed anyway."""
    if not ctx.open_now and not asked:
        return Closed(visit, ctx.now_us, ctx.next_opening), (e.ShowLamp(LampColour.YELLOW),)
    state = Connecting(visit, ctx.now_us, ctx.now_us, after_hours=not ctx.open_now, linked=ctx.linked)
    return state, (e.Place(visit.call, visit.id), e.ShowLamp(LampColour.YELLOW), e.Frost(True))


def _call_anew(visit: Visit, ctx: Context) -> Step:
    """The front desk is called again, as a new call of the same visit."""
    visit = replace(visit, calls=visit.calls + 1)
    calling = Connecting(visit, ctx.now_us, ctx.now_us, linked=ctx.linked)
    return calling, (e.CloseLeg(), e.Place(visit.call, visit.id))


_STATES: Mapping[type, Callable[..., Step]] = {
    Idle: _idle,
    Entered: _entered,
    OutOfService: _out_of_service,
    Closed: _closed,
    Quiet: _quiet,
    Connecting: _connecting,
    Disturbed: _disturbed,
    Talking: talk.step,
    InTransfer: _transferring,
    Away: _away,
    Delivering: _delivering,
    Farewell: _farewell,
    Wiping: _wiping,
}

_MARKS: Mapping[type, Mapping[str, Any]] = {
    e.DraftOpened: {"draft": True},
    e.HandedIn: {"handed_in": True, "failed": False},
    e.ApplicationReceived: {"handed_in": False, "failed": False, "submitted": True, "draft": False},
    e.NotHandedIn: {"handed_in": False, "failed": True},
    e.PaperCopied: {"copied": True},
    e.FeederFound: {"feeder_found": True},
}
