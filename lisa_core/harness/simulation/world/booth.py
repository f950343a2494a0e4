"""One booth's program in a simulation: sensing, visit and case machines, and their commands, one event after the other.

The shell of `booth.executor` without loop, tasks and devices, in the same order: event -> pure machine -> log ->
commands -> screen. What is pure comes from there: `booth.meaning`, `booth.journal.entries`, `booth.screen.scenes`,
`booth.journal.history`. A
command is done at once, or enters the agenda with the time its device would take; what comes back names the visit it
belongs to and is dropped when that is over. A crash forgets everything but the log, which is read as it is written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from lisa_core.booth import meaning
from lisa_core.booth.case.told import copy_told
from lisa_core.booth.journal import names
from lisa_core.booth.journal.entries import Written, entries_of, matters
from lisa_core.booth.journal.history import REMEMBERED, TOLD_AGAIN, Past
from lisa_core.booth.screen import texts
from lisa_core.booth.screen.scenes import scene_of
from lisa_core.booth.screen.touch import Agreed, AskedBack, ReadToTheEnd, meaning_of
from lisa_core.domain.model import case_events as ops
from lisa_core.domain.model.case import Case, Receipt
from lisa_core.domain.model.directory import Site
from lisa_core.domain.model.ids import CallId, LegId, OfficeId, VisitId
from lisa_core.domain.model.outcome import Outcome
from lisa_core.domain.model.screen import ScreenScene
from lisa_core.domain.routing import events as r
from lisa_core.domain.routing.calendar import Opening
from lisa_core.domain.visit import events as e
from lisa_core.domain.visit import machine, perception
from lisa_core.domain.visit import states as s
from lisa_core.exchange.routing_input import from_booth
from lisa_core.harness.simulation.plan.chance import Dice
from lisa_core.harness.simulation.plan.days import MINUTE_US, Hours
from lisa_core.harness.simulation.plan.policies import Persona
from lisa_core.harness.simulation.world.alarm import Alarm
from lisa_core.harness.simulation.world.casework import SILENCE_US, Casework, Printed
from lisa_core.harness.simulation.world.delivery import Delivery, Parcel
from lisa_core.harness.simulation.world.line import Line
from lisa_core.harness.simulation.world.observations import Observations
from lisa_core.harness.simulation.world.room import PhysicalRoom
from lisa_core.harness.simulation.world.stage import Stage
from lisa_core.harness.simulation.world.visitor import Visitor
from lisa_core.wire import messages as m
from lisa_core.wire.envelope import NO_CALL

WIPE_US = 150_000
SHUT = Opening(False)


class SimulatedBooth:
    """`state`, `room` (debounced) and `leg` may be looked at; `body` is the physical room."""

    __slots__ = (
        "_alarm",
        "_asks",
        "_copied",
        "_ended",
        "_entries",
        "_hours",
        "_log",
        "_minute",
        "_next_visit",
        "_opening",
        "_starts",
        "_visits",
        "body",
        "down",
        "guarded",
        "leg",
        "line",
        "linked",
        "name",
        "observed",
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
        self.room = perception.Room()
        self.scene = ScreenScene.FREE
        self.session, self._visits = 1, 0
        self._next_visit = VisitId(f"{site.id}-1-1")
        self._log, self._entries = Past(site.id), 0
        """Its event log, as it will be read after a crash: nothing else outlives the program."""
        self._ended: dict[VisitId, Outcome] = {}
        self._copied: dict[VisitId, None] = {}
        self._alarm = Alarm(stage.agenda, self._deadline)
        self.observed = Observations()
        self._starts: tuple[datetime, ...] = ()
        self._opening, self._minute = SHUT, -1
        self.down = self.guarded = self.linked = False
        self.leg: tuple[CallId, LegId] | None = None
        self._asks: tuple[LegId, str] | None = None
        self.wipe_stalls = 0
        dice = Dice(stage.seed, "buero", site.id)
        self.line = Line(stage.agenda, dice.between(2, 40) * 1_000, self._to_exchange, self.receive)
        self.body = PhysicalRoom(stage.agenda, site.deadlines, dice, self.read)
        # Two computers, two clocks.
        clocks = stage.exchange.civil, Dice(stage.seed, "uhr", site.id).between(-3_000, 3_000) * 1_000
        delivery = Delivery(stage.agenda, self.line, stage.exchange.inbox, clocks)
        receipt_us = site.deadlines.receipt_us
        self.work = Casework(stage.agenda, stage.directory, self._report, delivery, receipt_us)
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

    def read(self, reading: perception.Reading) -> None:
        """A sensor says something: one machine step, and one more for everything it makes true."""
        if self.down:
            return
        stage = self.stage
        stage.sensor_steps += 1
        self.room, events = perception.step(self.room, reading, stage.agenda.now_us, self.site.deadlines)
        for event in events:
            self.visit(event)
        if events:
            self._show()

    def receive(self, messages: list[tuple[CallId, m.Message]]) -> None:
        """From the exchange."""
        for call, body in messages:
            if (event := meaning.event_of(call, body)) is not None:
                self.visit(event)
            elif isinstance(body, m.SubmissionReceived):
                self._received(body)
            elif isinstance(body, m.VisitCorrected):
                self._corrected(body)
            elif isinstance(body, m.Appointments):
                self._starts, self._minute = tuple(map(datetime.fromisoformat, body.starts)), -1
            elif isinstance(body, m.AppointmentGiven):
                talk = s.talk_of(self.state)
                if talk is not None and talk.visit.call == call:
                    self._given(body, talk)
            elif isinstance(body, m.Consulting):
                talk = s.talk_of(self.state)
                if talk is not None and talk.visit.call == call:
                    self._asks = (talk.leg, body.office_name)

    def _given(self, given: m.AppointmentGiven, talk: s.Talking) -> None:
        """The citizen gets an appointment: on screen and slip, and as the outcome unless more comes of the visit."""
        self.work.print_slip(talk.visit.id, texts.appointment_text(given.start, given.office_name))
        self.visit(meaning.booked(talk.visit.call))
        self.stage.watch.printed(self)

    @property
    def consulting(self) -> str:
        """The office that the agent asks meanwhile; another leg is another talk."""
        talk = s.talk_of(self.state)
        return self._asks[1] if talk and self._asks and self._asks[0] == talk.leg else ""

    def touch(self, button: str) -> None:
        """The citizen touched the screen."""
        if "screen" in self.work.broken:
            return
        act = meaning_of(button)
        if act is None:
            return
        if isinstance(act, e.Dismissed | e.CameraChosen | e.CallButton):
            self.visit(act)
        elif isinstance(act, Agreed):
            if isinstance(self.state, s.Talking):
                self.work.agree(self.state.office, act.on)
                if act.on:
                    self.stage.watch.agreed(self, self.state.office)
                self.visitor.asked()
                self.stage.poke(self)
        elif isinstance(act, AskedBack | ReadToTheEnd):
            """Simulated citizens destroy nothing, and have always read what they confirm."""
        elif meaning.may_touch(act, self.state):
            self.operate(act)

    def shown(self, office: OfficeId) -> Case:
        """The case as a desk of this office is told it."""
        case = self.work.shown(office)
        self.stage.watch.shown(self, office, case)
        return case

    def operate(self, event: ops.CaseEvent) -> None:
        """An agent, the citizen or a device changes the case; only while they talk."""
        visit = s.visit_of(self.state)
        if self.down or visit is None or isinstance(self.state, s.Wiping):
            return
        before, effects = self.work.operate(event, visit.id, s.office_of(self.state))
        self.stage.watch.operated(self, event, before)
        for followed in meaning.case_events(before, self.work.case, event, effects):
            self.visit(followed)
        self.visitor.asked()
        self.stage.poke(self)

    def _hand_out(self) -> None:
        """The copy is printed as soon as the citizen is there to take it."""
        if self.work.owes_copy and s.is_there(self.state):
            self.work.print_copy()
            self.stage.watch.printed(self)

    def _report(self, packed: tuple[VisitId, ops.DeviceResult | Printed]) -> None:
        """A device, or the office, has something for this visit; dropped if it is over."""
        visit, found = s.visit_of(self.state), packed[1]
        if visit is None or visit.id != packed[0] or self.down or isinstance(self.state, s.Wiping):
            return
        if isinstance(found, Printed):
            self._printed(visit.id, found)
            return
        if isinstance(found, ops.PageCaptured):
            self.work.vault[found.page.blob] = None
        self.operate(found)

    def _printed(self, visit: VisitId, printed: Printed) -> None:
        if printed.failed:
            self.notice(printed.failed)
        self.work.doing = printed.doing
        self.work.copy = copy_told(printed.doing, printed.copy) or self.work.copy
        if printed.copy:
            self._copied[visit] = None
            self._note(Written(names.COPY_HANDED_OUT, visit))

    def _received(self, body: m.SubmissionReceived) -> None:
        """The office has it: that counts whatever was done to the form meanwhile."""
        if self.work.delivery.answered(VisitId(body.submission)) and not isinstance(self.state, s.Wiping):
            if self.work.handed_in is not None:
                self.operate(ops.Received(Receipt(body.number, body.received_at, body.digest)))
            self.visit(e.ApplicationReceived())
            self._hand_out()

    def _to_exchange(self, message: Any) -> None:
        """What arrives at the exchange."""
        kind = type(message)
        if kind is m.VisitEnded:
            outcome = self.stage.exchange.visit_ended(self.site.id, message)
            if outcome is message.outcome:
                self._settled(message.visit, outcome)
            else:
                self.line.send_down([(NO_CALL, m.VisitCorrected(message.visit, outcome))])
        elif kind is Parcel:
            if self.work.delivery.arrives(message):
                self.stage.exchange.came_in(message.visit)
        else:
            self.stage.exchange.handle(message)

    def _corrected(self, told: m.VisitCorrected) -> None:
        """The exchange knows whether the office has an application whose receipt did not come here; noted once."""
        if self._ended.get(told.visit, told.outcome) is not told.outcome:
            self._ended[told.visit] = told.outcome
            self._note(Written(names.VISIT_CORRECTED, told.visit, told.outcome.value))
            self._settled(told.visit, told.outcome)

    def _settled(self, visit: VisitId, outcome: Outcome) -> None:
        """Booth and exchange agree on how the visit ended."""
        self.stage.watch.settled(self, visit, outcome, visit in self.stage.exchange.inbox)

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
        unsent = self.work.delivery.unsent
        ctx = s.Context(now_us, site, room, hours.open_now, hours.next_opening, self._next_visit, self.linked, unsent)
        after, commands = machine.step(before, event, ctx)
        if matters(before, after, commands):
            self._write(event, before, after)
            self.state = after
            for command in commands:
                _COMMANDS[type(command)](self, command)
            due_us, alarm = s.due_us(after, site), self._alarm
            if due_us != alarm.due_us:
                alarm.set(due_us)
            if self.work.owes_copy:
                self._hand_out()
            self._show()
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

    def _show(self) -> None:
        scene = scene_of(self.state, self.site.trigger, self.room.present)
        if scene is not self.scene:
            self.scene = scene
            self.visitor.look(scene_changed=True)

    def _note(self, entry: Written) -> None:
        """Into the log: all booths write into one, so what is about no visit stands under the site."""
        stage, self._entries = self.stage, self._entries + 1
        name, subject, detail = entry
        if name in REMEMBERED:
            self._log.read(self._entries, name, subject, detail)
        stage.ledger.note(stage.agenda.now_us, subject or self.name, name, detail)

    def _write(self, event: e.VisitEvent, before: s.State, after: s.State) -> None:
        for entry in entries_of(event, before, after):
            self._note(entry)
            if entry.name == names.VISIT_BEGUN and not isinstance(event, e.Restarted):
                self._visits += 1
                self._next_visit = VisitId(f"{self.site.id}-{self.session}-{self._visits + 1}")

    # --- commands ---------------------------------------------------------------------------------------------------

    def _place(self, command: e.Place) -> None:
        self.line.send_up(from_booth(self.site.id, command.call, m.PlaceCall(command.visit)))

    def _cancel(self, command: e.Cancel) -> None:
        self.line.send_up(from_booth(self.site.id, command.call, m.CancelCall(command.reason)))

    def _open_leg(self, command: e.OpenLeg) -> None:
        self.leg = (command.call, command.leg)

    def _close_leg(self, command: e.CloseLeg) -> None:
        self.leg, self.guarded = None, False

    def _guard(self, command: e.Guard) -> None:
        self.guarded = command.on

    def _tell(self, command: e.Tell) -> None:
        self.notice(command.code)

    def notice(self, code: str) -> None:
        """Tell the agent who talks with the citizen."""
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
        visit, outcome = command.visit, command.outcome
        self._ended[visit] = outcome
        if len(self._ended) > TOLD_AGAIN:
            del self._ended[next(iter(self._ended))]
        self.line.send_up(m.VisitEnded(visit, outcome, visit in self._copied))
        self._copied.pop(visit, None)

    def _recall(self, command: e.Recall) -> None:
        self.work.delivery.recall()
        self.operate(ops.DeliveryFailed("link"))

    def _quietly(self, command: e.Command) -> None:
        """Lamp, glass and the citizen's own picture: nothing of this simulation depends on them."""

    # --- the link ---------------------------------------------------------------------------------------------------

    def joined(self, fresh: bool) -> r.RoutingEvent:
        return r.BoothJoined(self.site.id, fresh)

    def lost(self) -> r.RoutingEvent:
        return r.BoothLost(self.site.id)

    def link_lost(self) -> None:
        self.linked = False
        self.visit(e.LinkLost())

    def link_back(self, fresh: bool) -> None:
        self.linked = True
        self.visit(e.LinkBack(fresh))

    # --- restarts ---------------------------------------------------------------------------------------------------

    def crash(self) -> None:
        """The program is gone, in the middle of everything: what it knew is lost, pages on its disk are not."""
        self.stage.ledger.note(self.stage.agenda.now_us, self.site.id, "buero.abgestuerzt")
        self.down, self.leg, self.guarded = True, None, False
        self._alarm.set(None)
        self.line.program_restarted()
        self.work.delivery.recall()
        self.scene = ScreenScene.FAULT
        self.visitor.look(scene_changed=True)

    def restart(self) -> None:
        """Started anew: an unfinished visit in the log is wiped first; the sensors are read anew."""
        self.down = False
        self.session += 1
        self._visits = 0
        self._next_visit = VisitId(f"{self.site.id}-{self.session}-1")
        self.state, self.room = s.Idle(), perception.Room()
        self.scene, self.linked = ScreenScene.FREE, False
        found = self._log
        self._ended = {ended.visit: ended.outcome for ended in found.ended}
        self._copied = {found.open: None} if found.open is not None and found.copied else {}
        for ended in found.ended:
            self.line.send_up(ended)
        if found.open is not None:
            self.visit(e.Restarted(found.open, found.outcome))
        self.visitor.look(scene_changed=True)
        self.body.all_anew()
        self.stage.agenda.at(self.stage.agenda.now_us + SILENCE_US, self._miss)

    def _miss(self, _: object) -> None:
        """What does not answer is found out a while after the start."""
        self.body.miss(slot for slot in self.work.broken if slot != "printer")


_COMMANDS: Mapping[type, Callable[..., None]] = {
    e.Place: SimulatedBooth._place,
    e.Cancel: SimulatedBooth._cancel,
    e.OpenLeg: SimulatedBooth._open_leg,
    e.CloseLeg: SimulatedBooth._close_leg,
    e.Guard: SimulatedBooth._guard,
    e.ShowCitizen: SimulatedBooth._quietly,
    e.Tell: SimulatedBooth._tell,
    e.ShowLamp: SimulatedBooth._quietly,
    e.Frost: SimulatedBooth._quietly,
    e.Wipe: SimulatedBooth._wipe,
    e.Conclude: SimulatedBooth._conclude,
    e.Recall: SimulatedBooth._recall,
}
