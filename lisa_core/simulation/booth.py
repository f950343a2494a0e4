"""One booth's program in a simulation: sensing, visit and case machines, and their commands, one event after the other.

The same order as in booth.executor: event -> pure machine -> log -> commands. A crash forgets everything but the log.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from lisa_core.booth import names, texts
from lisa_core.booth.past import CLEAR
from lisa_core.booth.view import Agreed, meaning
from lisa_core.model import case_events as ops
from lisa_core.model.case import Case, Receipt
from lisa_core.model.chance import Dice
from lisa_core.model.directory import Site
from lisa_core.model.ids import CallId, LegId, OfficeId, VisitId
from lisa_core.model.outcome import Outcome
from lisa_core.model.screen import Scene
from lisa_core.protocols import messages as m
from lisa_core.protocols.link import NO_CALL
from lisa_core.routing import events as r
from lisa_core.routing.calendar import Opening
from lisa_core.simulation.alarm import Alarm
from lisa_core.simulation.books import Books
from lisa_core.simulation.casework import SILENCE_US, Casework
from lisa_core.simulation.days import MINUTE_US, Hours
from lisa_core.simulation.delivery import Delivery, Parcel
from lisa_core.simulation.line import Line
from lisa_core.simulation.room import PhysicalRoom
from lisa_core.simulation.scenes import scene_of
from lisa_core.simulation.stage import Stage
from lisa_core.simulation.visitor import Visitor
from lisa_core.slots.people import Persona
from lisa_core.visit import events as e
from lisa_core.visit import machine, sensing
from lisa_core.visit import states as s

WIPE_US = 150_000
SHUT = Opening(False)


class BoothProgram:
    """`state`, `room` (debounced) and `leg` may be looked at; `body` is the physical room."""

    __slots__ = (
        "_alarm",
        "_clear",
        "_ended",
        "_hours",
        "_minute",
        "_next_visit",
        "_open_visit",
        "_opening",
        "_starts",
        "_visits",
        "body",
        "books",
        "down",
        "guarded",
        "leg",
        "line",
        "name",
        "room",
        "scene",
        "session",
        "site",
        "stage",
        "state",
        "visitor",
        "wipe_stalls",
        "work",
    )

    def __init__(self, stage: Stage, site: Site, hours: Hours) -> None:
        self.stage, self.site, self._hours = stage, site, hours
        self.name = str(site.id)
        self.state: s.State = s.Idle()
        self.room = sensing.Room()
        self.scene = Scene.FREE
        self.session, self._visits = 1, 0
        self._next_visit = VisitId(f"{site.id}-1-1")
        self._open_visit = VisitId("")
        self._clear = Outcome.TECHNICAL
        """How the open visit is known to end if the program is killed now, as `booth.past` reads it from the log."""
        self._ended: dict[VisitId, Outcome] = {}
        """Visits whose end the exchange may not have heard yet, or not agreed with."""
        self._alarm = Alarm(stage.agenda, self._deadline)
        self.books = Books()
        self._starts: tuple[datetime, ...] = ()
        self._opening, self._minute = SHUT, -1
        self.down = self.guarded = False
        self.leg: tuple[CallId, LegId] | None = None
        self.wipe_stalls = 0
        dice = Dice(stage.seed, "buero", site.id)
        self.line = Line(stage.agenda, dice.between(2, 40) * 1_000, self._to_centre, self.receive)
        self.body = PhysicalRoom(stage.agenda, site.deadlines, dice, self.read)
        # Two computers, two clocks.
        clocks = stage.centre.civil, Dice(stage.seed, "uhr", site.id).between(-3_000, 3_000) * 1_000
        delivery = Delivery(stage.agenda, self.line, stage.centre.inbox, clocks)
        receipt_us = site.deadlines.receipt_us
        self.work = Casework(stage.agenda, stage.directory, self._report, self.notice, delivery, receipt_us)
        self.visitor = Visitor(stage, self)

    @property
    def due_us(self) -> int | None:
        """When the deadline of the visit's state passes."""
        return self._alarm.due_us

    @property
    def guest(self) -> Persona | None:
        """Whoever has come, if anybody."""
        return self.visitor.persona

    # --- what comes in ----------------------------------------------------------------------------------------------

    def read(self, reading: sensing.Reading) -> None:
        """A sensor says something: one machine step, and one more for everything it makes true."""
        if self.down:
            return
        stage = self.stage
        stage.sensor_steps += 1
        self.room, events = sensing.step(self.room, reading, stage.agenda.now_us, self.site.deadlines)
        for event in events:
            self.visit(event)

    def receive(self, messages: list[tuple[CallId, m.Message]]) -> None:
        """From the exchange."""
        for call, body in messages:
            if make := CALL_EVENTS.get(type(body)):
                self.visit(make(call, body))
            elif isinstance(body, m.SubmissionReceived):
                self._received(body)
            elif isinstance(body, m.VisitCorrected):
                self._settled(body.visit, body.outcome)
            elif isinstance(body, m.Appointments):
                self._starts, self._minute = tuple(map(datetime.fromisoformat, body.starts)), -1
            elif isinstance(body, m.AppointmentGiven) and s.office_of(self.state) is not None:
                self.work.appointment = texts.appointment_text(body.start, body.office_name)
                self.stage.watch.printed(self)
                if "printer" in self.work.broken:
                    self.notice("slip.failed")

    def touch(self, button: str) -> None:
        """She touched the screen."""
        if "screen" in self.work.broken:
            return
        act = meaning(button)
        if isinstance(act, e.Dismissed | e.CameraChosen | e.CallButton):
            self.visit(act)
        elif isinstance(act, Agreed) and isinstance(self.state, s.Talking):
            self.work.agree(self.state.office)
            self.stage.watch.agreed(self, self.state.office)
            self.visitor.asked()
            self.stage.poke(self)
        elif isinstance(act, ops.CitizenAct):
            self.operate(act)

    def shown(self, office: OfficeId) -> Case:
        """The case as a desk of this office is told it."""
        case = self.work.shown(office)
        self.stage.watch.shown(self, office, case)
        return case

    def operate(self, event: ops.CaseEvent) -> None:
        """An agent, she or a device changes the case; only while they talk."""
        visit = s.visit_of(self.state)
        if self.down or visit is None or isinstance(self.state, s.Wiping):
            return
        before = self.work.operate(event, visit.id, s.office_of(self.state))
        case = self.work.case
        self.stage.watch.operated(self, event, before)
        if case.form is not None and before.form is None:
            self.visit(e.DraftOpened())
        if isinstance(event, ops.HandIn) and case is not before:
            self.visit(e.HandedIn())
        self.visitor.asked()
        self.stage.poke(self)

    def _report(self, packed: tuple[VisitId, ops.DeviceResult]) -> None:
        visit = s.visit_of(self.state)
        if visit is not None and visit.id == packed[0]:
            if isinstance(packed[1], ops.PageCaptured) and not isinstance(self.state, s.Wiping):
                self.work.vault[packed[1].page.blob] = None
            self.operate(packed[1])

    def _received(self, body: m.SubmissionReceived) -> None:
        """The office has it: that counts whatever was done to the form meanwhile."""
        if self.work.delivery.answered(VisitId(body.submission)) and not isinstance(self.state, s.Wiping):
            if self.work.handed_in is not None:
                self.operate(ops.Received(Receipt(body.number, body.received_at, body.digest)))
            self.visit(e.ApplicationReceived())

    def _to_centre(self, message: Any) -> None:
        """What arrives at the exchange."""
        kind = type(message)
        if kind is m.VisitEnded:
            outcome = self.work.delivery.settled(message)
            if outcome is message.outcome:
                self._settled(message.visit, outcome)
            else:
                self.line.send_down([(NO_CALL, m.VisitCorrected(message.visit, outcome))])
        elif kind is Parcel:
            self.work.delivery.arrives(message)
        else:
            self.stage.centre.handle(message)

    def _settled(self, visit: VisitId, outcome: Outcome) -> None:
        """Booth and exchange agree on how the visit ended."""
        if visit in self._ended:
            if self._ended.pop(visit) is not outcome:
                self.stage.ledger.note(self.stage.agenda.now_us, visit, names.VISIT_CORRECTED, outcome.value)
            self.stage.watch.settled(self, visit, outcome, visit in self.stage.centre.inbox)

    # --- the visit --------------------------------------------------------------------------------------------------

    def visit(self, event: e.VisitEvent) -> None:
        """One step of the visit machine."""
        if self.down:
            return
        stage, before = self.stage, self.state
        now_us = stage.agenda.now_us
        stage.visit_steps += 1
        hours = self._hours.at(now_us) if not self._starts else self._expecting(now_us)
        site, room = self.site, self.room
        linked = self.line.up
        unsent = not linked and self.work.delivery.unsent
        ctx = s.Context(now_us, site, room, hours.open_now, hours.next_opening, self._next_visit, linked, unsent)
        after, commands = machine.step(before, event, ctx)
        if after is not before or commands:
            self._log(event, before, after)
            self.state = after
            for command in commands:
                _COMMANDS[type(command)](self, command)
            due_us, alarm = s.due_us(after, site), self._alarm
            if due_us != alarm.due_us:
                alarm.set(due_us)
            scene = scene_of(after, site.trigger)
            if scene is not self.scene:
                self.scene = scene
                self.visitor.look(scene_changed=True)
        stage.watch.visited(self, event, before, after, commands)

    def _expecting(self, now_us: int) -> Opening:
        """Whether it is open, looked up once a minute."""
        if now_us // MINUTE_US != self._minute:
            self._minute = now_us // MINUTE_US
            self._opening = self._hours.expecting(now_us, self._starts)
        return self._opening

    def _deadline(self) -> None:
        due_us = s.due_us(self.state, self.site)
        if due_us is not None:
            self.visit(e.DeadlinePassed(due_us))

    def _log(self, event: e.VisitEvent, before: s.State, after: s.State) -> None:
        stage = self.stage
        note, now_us = stage.ledger.note, stage.agenda.now_us
        old, new = s.visit_of(before), s.visit_of(after)
        visit = new or old
        subject = visit.id if visit else self.site.id
        name = names.NAMES[type(event)]
        note(now_us, subject, name)
        if isinstance(before, s.Wiping) and (new is None or new.id != before.visit.id):
            note(now_us, before.visit.id, names.VISIT_ENDED, before.outcome.value)
            self._open_visit, self._clear = VisitId(""), Outcome.TECHNICAL
        if new is not None and (old is None or new.id != old.id):
            if not isinstance(event, e.Restarted):
                self._visits += 1
                self._next_visit = VisitId(f"{self.site.id}-{self.session}-{self._visits + 1}")
                note(now_us, new.id, names.VISIT_BEGUN)
            self._open_visit = new.id
        if isinstance(after, s.Wiping) and not isinstance(before, s.Wiping):
            note(now_us, after.visit.id, names.WIPE_BEGUN, after.outcome.value)
            self._clear = after.outcome
        elif name in CLEAR:
            self._clear = CLEAR[name]

    # --- commands ---------------------------------------------------------------------------------------------------

    def _place(self, command: e.Place) -> None:
        self.line.send_up(r.CallPlaced(self.site.id, command.call, command.visit))

    def _cancel(self, command: e.Cancel) -> None:
        self.line.send_up(r.CallCancelled(command.call))

    def _open_leg(self, command: e.OpenLeg) -> None:
        self.leg = (command.call, command.leg)

    def _close_leg(self, command: e.CloseLeg) -> None:
        self.leg, self.guarded = None, False

    def _guard(self, command: e.Guard) -> None:
        self.guarded = command.on

    def _tell(self, command: e.Tell) -> None:
        self.notice(command.code)

    def notice(self, code: str) -> None:
        """Whoever talks with her is told."""
        if self.leg is not None:
            self.stage.watch.told(self, code)
            self.stage.poke(self)

    def _wipe(self, command: e.Wipe) -> None:
        if self.wipe_stalls:
            self.wipe_stalls -= 1
            return
        wiped = (self.session, command.visit)
        self.stage.agenda.at(self.stage.agenda.now_us + WIPE_US, self._wiped, wiped)

    def _wiped(self, packed: tuple[int, VisitId]) -> None:
        if packed[0] == self.session and not self.down:
            self.work.erase()
            self.visit(e.Wiped(packed[1]))

    def _conclude(self, command: e.Conclude) -> None:
        self._ended[command.visit] = command.outcome
        self.line.send_up(m.VisitEnded(command.visit, command.outcome))

    def _recall(self, command: e.Recall) -> None:
        self.work.delivery.recall()
        self.operate(ops.DeliveryFailed("link"))

    def _quietly(self, command: e.Command) -> None:
        """Lamp, glass and her picture: nothing of this simulation depends on them."""

    # --- the link ---------------------------------------------------------------------------------------------------

    def joined(self, fresh: bool) -> r.RoutingEvent:
        return r.BoothJoined(self.site.id, fresh)

    def lost(self) -> r.RoutingEvent:
        return r.BoothLost(self.site.id)

    def link_lost(self) -> None:
        self.visit(e.LinkLost())

    def link_back(self, fresh: bool) -> None:
        self.visit(e.LinkBack(fresh))

    # --- restarts ---------------------------------------------------------------------------------------------------

    def crash(self) -> None:
        """The program is gone, in the middle of everything: what it knew is lost, pages on its disk are not."""
        self.stage.ledger.note(self.stage.agenda.now_us, self.site.id, "buero.abgestuerzt")
        self.down, self.leg, self.guarded = True, None, False
        self._alarm.set(None)
        self.line.program_restarted()
        self.work.delivery.recall()
        self.scene = Scene.FAULT
        self.visitor.look(scene_changed=True)

    def restart(self) -> None:
        """Started anew: an unfinished visit in the log is wiped first; the sensors are read anew."""
        self.down = False
        self.session += 1
        self._visits = 0
        self._next_visit = VisitId(f"{self.site.id}-{self.session}-1")
        self.state, self.room = s.Idle(), sensing.Room()
        self.scene = Scene.FREE
        for visit, outcome in self._ended.items():
            self.line.send_up(m.VisitEnded(visit, outcome))
        if self._open_visit:
            self.visit(e.Restarted(self._open_visit, self._clear))
        self.visitor.look(scene_changed=True)
        self.body.all_anew()
        self.stage.agenda.at(self.stage.agenda.now_us + SILENCE_US, self._miss)

    def _miss(self, _: object) -> None:
        """What does not answer is found out a while after the start."""
        self.body.miss(slot for slot in self.work.broken if slot != "printer")


_COMMANDS: Mapping[type, Callable[..., None]] = {
    e.Place: BoothProgram._place,
    e.Cancel: BoothProgram._cancel,
    e.OpenLeg: BoothProgram._open_leg,
    e.CloseLeg: BoothProgram._close_leg,
    e.Guard: BoothProgram._guard,
    e.ShowCitizen: BoothProgram._quietly,
    e.Tell: BoothProgram._tell,
    e.ShowLamp: BoothProgram._quietly,
    e.Frost: BoothProgram._quietly,
    e.Wipe: BoothProgram._wipe,
    e.Conclude: BoothProgram._conclude,
    e.Recall: BoothProgram._recall,
}

CALL_EVENTS: Mapping[type, Callable[..., e.VisitEvent]] = {
    m.Queued: lambda call, b: e.CallQueued(call, b.place, b.wait_s),
    m.Ringing: lambda call, b: e.CallRinging(call),
    m.Answered: lambda call, b: e.CallAnswered(
        call, b.leg, b.agent, b.agent_name, b.office, b.office_name, b.front_desk
    ),
    m.Transferring: lambda call, b: e.CallTransferring(call, b.office_name),
    m.Returning: lambda call, b: e.CallReturning(call, b.office_name),
    m.CallEnded: lambda call, b: e.CallOver(call, b.reason),
}
"""What a message of the exchange means to the visit."""
