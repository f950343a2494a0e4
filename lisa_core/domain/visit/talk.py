"""The talk itself: a human is on the screen, at the front desk or in an office."""

from __future__ import annotations

from dataclasses import replace

from lisa_core.domain.model.call_words import Ending
from lisa_core.domain.visit import events as e
from lisa_core.domain.visit.departure import Step, part
from lisa_core.domain.visit.states import Away, Connecting, Context, InTransfer, Talking, Visit


def step(state: Talking, event: e.VisitEvent, ctx: Context) -> Step:
    """What happens while citizen and agent talk."""
    visit = state.visit
    match event:
        case e.CallOver() if event.call == visit.call and event.reason == Ending.AGENT:
            return part(visit, ctx)
        case e.CallOver() if event.call == visit.call:
            again = replace(visit, calls=visit.calls + 1)
            calling = Connecting(again, ctx.now_us, ctx.now_us, linked=ctx.linked)
            return calling, (e.CloseLeg(), e.Place(again.call, again.id))
        case e.CallTransferring() if event.call == visit.call:
            return InTransfer(visit, ctx.now_us, event.office_name), (e.CloseLeg(),)
        case e.CallReturning() if event.call == visit.call:
            return InTransfer(visit, ctx.now_us, event.office_name, returning=True), (e.CloseLeg(),)
        case e.CallAnswered() if event.call == visit.call and event.leg == state.leg:
            return state, ()
        case e.CallAnswered() if event.call == visit.call:
            # The same talk on a new leg: the desk's page was loaded anew.
            new, commands = begin(visit, event, ctx)
            return new, (e.CloseLeg(), *commands)
        case e.LinkBack(fresh=True):
            return state, (e.Place(visit.call, visit.id),)
        case e.Left():
            return Away(state, ctx.now_us), (e.Guard(True), e.Tell("citizen.away"))
        case e.DeadlinePassed():
            return replace(state, since_us=ctx.now_us), (e.Tell("talk.long"),)
        case _:
            return _within(state, event, ctx)


def _within(state: Talking, event: e.VisitEvent, ctx: Context) -> Step:
    """What happens in the room and in the case while the talk goes on."""
    visit = state.visit
    match event:
        case e.ApplicationReceived():
            return state, (e.Tell("papers.received" if event.papers_only else "application.received"),)
        case e.NotHandedIn():
            return state, (e.Tell("papers.failed" if event.papers_only else "application.failed"),)
        case e.Classified() if event.call == visit.call:
            return replace(state, visit=replace(visit, classified=event.outcome, draft=False)), ()
        case e.DoorOpened():
            return state, (e.Guard(True), e.Tell("door.open"))
        case e.DoorClosed():
            return state, (e.Guard(False), e.Tell("door.closed"))
        case e.CallButton():
            return state, (e.Tell("citizen.calls"),)
        case e.Motionless():
            return state, (e.Tell("citizen.still"),)
        case e.DeviceGone() | e.DeviceBack():
            return state, device_told(event)
        case e.FeederFound():
            return replace(state, visit=replace(visit, feeder_found=False)), (e.Tell("feeder.loaded"),)
        case _:
            return state, ()


def device_told(event: e.DeviceGone | e.DeviceBack) -> tuple[e.Command, ...]:
    """The notice for the agent that a device is gone or back."""
    return (e.Tell(f"device.{'gone' if isinstance(event, e.DeviceGone) else 'back'}.{event.slot}"),)


def begin(visit: Visit, event: e.CallAnswered, ctx: Context) -> tuple[Talking, tuple[e.Command, ...]]:
    """An agent answers: media on a new leg, guarded while the door is open."""
    found, visit = visit.feeder_found, replace(visit, answered=True, feeder_found=False)
    state = Talking(
        visit,
        ctx.now_us,
        agent=event.agent,
        agent_name=event.agent_name,
        office=event.office,
        office_name=event.office_name,
        front_desk=event.front_desk,
        leg=event.leg,
    )
    told = [e.Tell(f"device.gone.{slot}") for slot in ctx.room.gone]
    if found and ctx.room.feeder:
        told.append(e.Tell("feeder.loaded"))
    if visit.handed_in:
        told.append(e.Tell("papers.underway" if visit.papers_only else "application.underway"))
    opened: tuple[e.Command, ...] = (e.OpenLeg(event.call, event.leg), e.Guard(ctx.room.door_open), *told)
    return state, opened if visit.camera_on else (*opened, e.ShowCitizen(False))
