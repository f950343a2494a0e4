"""The booth: one queue, one consumer. Event -> pure machine -> journal -> commands, in order.

Long work (a scan, a signature, a leg) runs as a task of the visit and comes back as an item of the queue together with
the visit it belongs to; what comes back late is dropped. Wiping cancels all of them first.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import structlog

from lisa_core.booth import names, texts
from lisa_core.booth.actuators import Actuators
from lisa_core.booth.case_file import CaseFile, Followed, Printed
from lisa_core.booth.kit import BoothKit
from lisa_core.booth.leg import LegRunner
from lisa_core.booth.log import AGAIN_S, PatientLog, TryAgain
from lisa_core.booth.past import TOLD_AGAIN, past
from lisa_core.booth.sensors import Watch, inputs, pump
from lisa_core.booth.view import Meaning, Sight, meaning, view
from lisa_core.booth.watching import check_now_and_then, for_calls
from lisa_core.model import case_events as ops
from lisa_core.model.case import Case
from lisa_core.model.errors import OF_A_MESSAGE, AbsentFault, DeviceFault, LisaError, place_of
from lisa_core.model.ids import CallId, VisitId
from lisa_core.model.outcome import Outcome
from lisa_core.model.readings import PresenceReport
from lisa_core.model.screen import Touch
from lisa_core.model.time import CLOCKS_DIFFER_S, ahead_s
from lisa_core.protocols import messages as m
from lisa_core.protocols.link import Envelope
from lisa_core.protocols.message_names import NAMES
from lisa_core.routing.calendar import opening
from lisa_core.store.journal import Entry
from lisa_core.transports.machine import tell
from lisa_core.transports.space import Space
from lisa_core.transports.uplink import LinkDown, LinkUp
from lisa_core.visit import events as e
from lisa_core.visit import machine, sensing
from lisa_core.visit import states as s

log = structlog.get_logger("lisa.booth")

LEG_TRIES = 3
LEG_PAUSE_S = 1.0


@dataclass(frozen=True, slots=True)
class Result:
    """A task of a visit reports what came of it."""

    visit: VisitId
    event: Any


class Booth:
    """One booth's runtime. `state` may be looked at; only the consumer changes it."""

    def __init__(self, kit: BoothKit) -> None:
        self.state: s.State = s.Idle()
        self.room = sensing.Room()
        self.expected: tuple[datetime, ...] = ()
        """When somebody has an appointment here: local times."""
        self.outcomes: list[tuple[VisitId, str]] = []
        self._kit = kit
        self._patient, self._low = PatientLog(kit.journal), False
        self._queue: asyncio.Queue[Any] = asyncio.Queue()
        self._watch = Watch(lambda slot, answers: self._queue.put_nowait(sensing.DeviceReading(slot, answers)))
        self._calling = replace(kit, slots=for_calls(kit.slots, self._watch))
        self._file = CaseFile(kit)
        self._actuators = Actuators(self._watch)
        self._leg: tuple[LegRunner, asyncio.Task[None]] | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._visits = 0
        self._left: VisitId | None = None
        self._begun = asyncio.Event()
        self._deadline: tuple[int, asyncio.TimerHandle] | None = None
        self._shown: Any = None
        self._ended: dict[VisitId, Outcome] = {}
        self._copied: set[VisitId] = set()
        self.linked = False

    @property
    def case(self) -> Case:
        """The case of the present visit."""
        return self._file.case

    @property
    def erased(self) -> bool:
        """Whether no page, stroke or preview of any visit is held."""
        return self._file.work.erased

    def journal(self) -> list[Entry]:
        """The event log so far."""
        return self._kit.journal.read()

    async def run(self) -> None:
        """Work until cancelled; then nothing of a visit is left either."""
        self._resume()
        try:
            async with asyncio.TaskGroup() as group:
                for slot, read in inputs(self._kit.slots).items():
                    group.create_task(pump(slot, read, self._queue, self._watch))
                asking = self._begun, self._is_visited, self._feeder_says
                group.create_task(check_now_and_then(self._kit.slots, self._watch, *asking))
                group.create_task(self._kit.uplink.run())
                group.create_task(self._listen())
                group.create_task(self._actuators.run())
                await self._consume()
        finally:
            if self._deadline:
                self._deadline[1].cancel()
            await self._cancel_tasks()
            self._file.work.erase()

    async def _listen(self) -> None:
        while True:
            self._queue.put_nowait(await self._kit.uplink.inbox.get())

    def _resume(self) -> None:
        """After a crash: a visit that the journal does not conclude is wiped first; unheard endings are told."""
        found = past(self._kit.journal.read(), self._kit.site.id)
        self._left = found.open
        for ended in found.ended:
            self._ended[ended.visit] = ended.outcome
            self._kit.uplink.send(ended)
        if found.open is not None:
            self._copied.update((found.open,) if found.copied else ())
            self._queue.put_nowait(e.Restarted(found.open, found.outcome))

    async def _consume(self) -> None:
        await self._kit.slots.screen.show(self._view())
        while True:
            item = await self._queue.get()
            self._take(item)
            if self._file.owes_copy and s.is_there(self.state):
                self._follow(self._file.copy())  # never into an empty booth
            await self._show()

    def _take(self, item: Any) -> None:
        match item:
            case (
                PresenceReport()
                | sensing.DoorReading()
                | sensing.ButtonReading()
                | sensing.DeviceReading()
                | sensing.FeederReading()
            ):
                self._sensed(item)
            case Touch():
                self._touched(meaning(item.button))
            case Envelope():
                self._message(item)
            case TryAgain():
                self._write_again()
            case Space():
                self._room(item)
            case LinkUp():
                self.linked = True
                self._compare_clocks(item)
                self._visit(e.LinkBack(item.fresh))
                if talk := s.talk_of(self.state):
                    self._file.tell(talk)  # what was on its way when the exchange was killed is written nowhere
            case LinkDown():
                self.linked = False
                self._visit(e.LinkLost())
            case Result():
                self._result(item)
            case _:
                self._visit(item)

    def _sensed(self, reading: sensing.Reading) -> None:
        limits = self._kit.site.deadlines
        self.room, events = sensing.step(self.room, reading, self._kit.clock.now_us(), limits)
        for event in events:
            self._visit(event)
            if isinstance(event, e.DeviceBack):
                self._actuators.anew()

    # --- the visit --------------------------------------------------------------------------------------------------

    def _visit(self, event: e.VisitEvent) -> None:
        before = self.state
        after, commands = machine.step(before, event, self._context())
        if after == before and not commands:
            return
        self._log(event, before, after)
        self.state = after
        for command in (*self._patient.due(), *commands):
            if not self._patient.put_off(command):
                _COMMANDS[type(command)](self, command)
        self._set_deadline()
        self._try_again_soon()

    def _context(self) -> s.Context:
        site, instant = self._kit.site, self._kit.clock.instant()
        holidays = self._kit.directory.holidays.get(site.land, frozenset())
        hours = opening(site, instant.civil, holidays, self.expected)
        next_visit = VisitId(f"{site.id}-{self._kit.session}-{self._visits + 1}")
        reach = self.linked, self._file.work.unsent
        return s.Context(instant.now_us, site, self.room, hours.open_now, hours.next_opening, next_visit, *reach)

    def _log(self, event: e.VisitEvent, before: s.State, after: s.State) -> None:
        """Durable before any command runs."""
        old, new = s.visit_of(before), s.visit_of(after)
        visit = new or old
        found = [(names.NAMES[type(event)], "")]
        if new and (old is None or new.id != old.id):
            self._visits += not isinstance(event, e.Restarted)
            found.append((names.VISIT_BEGUN, ""))
            self._begun.set()
        if isinstance(after, s.Wiping) and not isinstance(before, s.Wiping):
            found.append((names.WIPE_BEGUN, after.outcome.value))
        if isinstance(before, s.Wiping) and not isinstance(after, s.Wiping):
            found.append((names.VISIT_ENDED, before.outcome.value))
        self._note(visit.id if visit else "", found)

    def _note(self, subject: str, found: list[tuple[str, str]]) -> None:
        at = self._kit.clock.instant().civil.isoformat(timespec="milliseconds")
        self._patient.add(Entry(at, name, subject, detail) for name, detail in found)

    def _try_again_soon(self) -> None:
        """While the disk is full: what was done meanwhile is written as soon as it can be, and only then told."""
        if self._patient.waits:
            asyncio.get_running_loop().call_later(AGAIN_S, self._queue.put_nowait, TryAgain())

    def _write_again(self) -> None:
        self._patient.add(())
        for command in self._patient.due():
            _COMMANDS[type(command)](self, command)
        self._try_again_soon()

    def report(self, found: Space) -> None:
        """How much room there is on the disk, now that there is little of it or enough again."""
        self._queue.put_nowait(found)

    def _room(self, found: Space) -> None:
        if found.low is not self._low:
            self._low = found.low
            tell(found.told)
            at = self._kit.clock.instant().civil.isoformat(timespec="milliseconds")
            self._patient.add([Entry(at, names.DISK_LOW if found.low else names.DISK_FREE, "", found.told)])
            self._try_again_soon()
        if found.low:
            self._notice("disk.low")

    def _compare_clocks(self, up: LinkUp) -> None:
        """Say that our clock and the exchange's differ; half of the way to and fro is nobody's mistake."""
        civil = self._kit.clock.instant().civil
        ours = civil.astimezone(UTC) - timedelta(seconds=up.took_s / 2)
        differ_s = ahead_s(up.welcome.civil, ours) or 0.0
        if abs(differ_s) - up.took_s / 2 > CLOCKS_DIFFER_S:
            log.warning("clock", text=texts.clocks(-differ_s))
            at = civil.isoformat(timespec="milliseconds")
            self._kit.journal.append([Entry(at, names.CLOCKS_DIFFER, "", f"{-differ_s:+.1f} s")])

    def _set_deadline(self) -> None:
        due_us = s.due_us(self.state, self._kit.site)
        if self._deadline and self._deadline[0] == due_us:
            return
        if self._deadline:
            self._deadline[1].cancel()
        self._deadline = None
        if due_us is not None:
            wait_s = max(0, due_us - self._kit.clock.now_us()) / 1_000_000
            passed = e.DeadlinePassed(due_us)
            handle = asyncio.get_running_loop().call_later(wait_s, self._queue.put_nowait, passed)
            self._deadline = (due_us, handle)

    # --- commands of the visit --------------------------------------------------------------------------------------

    def _place(self, command: e.Place) -> None:
        self._kit.uplink.send(m.PlaceCall(command.visit), command.call)

    def _cancel(self, command: e.Cancel) -> None:
        self._kit.uplink.send(m.CancelCall(command.reason), command.call)

    def _open_leg(self, command: e.OpenLeg) -> None:
        runner = LegRunner(self._calling, command.call, command.leg)
        self._leg = (runner, self._spawn(self._run_leg(runner)))
        self._loop(True)
        if talk := s.talk_of(self.state):
            self._file.present(talk)

    async def _run_leg(self, runner: LegRunner) -> None:
        for _ in range(LEG_TRIES):
            try:
                await runner.run()
            except DeviceFault as fault:
                log.warning("leg", code=fault.code, text=str(fault))
                # Whoever loads the desk's page anew gets a new leg soon, and this one is cancelled while it waits.
                await asyncio.sleep(LEG_PAUSE_S)
        self._notice("media.failed")

    def _close_leg(self, command: e.CloseLeg) -> None:
        self._kit.uplink.withdraw(("case.", "media."))  # it was meant for this desk, not for the next one
        self._loop(False)
        if self._leg is not None:
            self._leg[1].cancel()
            self._leg = None

    def _loop(self, on: bool) -> None:
        """Where there is an induction loop: hearing aids hear the loudspeaker through it during a talk."""
        if (loop := self._kit.slots.induction_loop) is not None:
            self._actuators.want("induction_loop", partial(loop.set, on))

    def _guard(self, command: e.Guard) -> None:
        if self._leg is not None:
            self._leg[0].guard(command.on)

    def _show_citizen(self, command: e.ShowCitizen) -> None:
        if self._leg is not None:
            self._leg[0].show_citizen(command.on)

    def _tell(self, command: e.Tell) -> None:
        self._notice(command.code)

    def _show_lamp(self, command: e.ShowLamp) -> None:
        self._actuators.want("lamp", partial(self._kit.slots.lamp.show, command.colour))

    def _frost(self, command: e.Frost) -> None:
        self._actuators.want("privacy_glass", partial(self._kit.slots.privacy_glass.set, command.opaque))

    def _wipe(self, command: e.Wipe) -> None:
        task = asyncio.create_task(self._erase(command.visit))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _erase(self, visit: VisitId) -> None:
        """Cancel all tasks, clear what shows something, drop key and files; `Wiped` only when all of it worked."""
        await self._cancel_tasks(but=asyncio.current_task())
        self._file.forget()
        try:
            await self._clear_pad(visit)
            await self._kit.slots.screen.show_face(b"")
            self._file.work.erase()
        except LisaError as error:
            log.error("wipe", visit=visit, text=str(error))
            return
        self._kit.let_go()
        self._queue.put_nowait(e.Wiped(visit))

    async def _clear_pad(self, visit: VisitId) -> None:
        """A pad that was never there since the start holds nothing of who came since; of who came before, it may."""
        try:
            await self._kit.slots.signature_pad.clear()
        except AbsentFault:
            if visit == self._left:
                raise

    def _conclude(self, command: e.Conclude) -> None:
        visit, outcome = command.visit, command.outcome
        self.outcomes.append((visit, outcome.value))
        self._ended[visit] = outcome
        while len(self._ended) > TOLD_AGAIN:
            del self._ended[next(iter(self._ended))]
        self._kit.uplink.send(m.VisitEnded(visit, outcome, visit in self._copied))
        self._copied.clear()

    def _corrected(self, told: m.VisitCorrected) -> None:
        """The exchange knows whether the office has an application whose receipt did not come here; noted once."""
        if self._ended.get(told.visit, told.outcome) is not told.outcome:
            self._ended[told.visit] = told.outcome
            self._note(told.visit, [(names.VISIT_CORRECTED, told.outcome.value)])

    def _recall(self, command: e.Recall) -> None:
        self._follow(self._file.recall())

    # --- the case ---------------------------------------------------------------------------------------------------

    def _follow(self, followed: Followed) -> None:
        for work in followed.works:
            _ = self._spawn(self._report(self._visit_id(), work))
        for event in followed.events:
            self._visit(event)

    async def _report(self, visit: VisitId, work: AsyncIterator[Any]) -> None:
        async for event in work:
            self._queue.put_nowait(Result(visit, event))

    def _result(self, result: Result) -> None:
        if result.visit != self._visit_id() or isinstance(self.state, s.Wiping):
            return
        if isinstance(result.event, m.Notice):
            self._notice(result.event.code)
        elif isinstance(result.event, Printed):
            self._printed(result.event)
        else:
            self._follow(self._file.step(result.event, s.talk_of(self.state)))

    def _printed(self, printed: Printed) -> None:
        self._file.doing = printed.doing
        if printed.copy:
            self._copied.add(self._visit_id())
            self._note(self._visit_id(), [(names.COPY_HANDED_OUT, "")])

    def _touched(self, act: Meaning | None) -> None:
        """A touch is hers: it speaks to the visit, or to the case."""
        match act:
            case None:
                return
            case e.Dismissed() | e.CameraChosen() | e.CallButton():
                self._visit(act)
            case _:
                self._follow(self._file.touched(act, self.state))

    def _notice(self, code: str) -> None:
        if talk := s.talk_of(self.state):
            self._kit.uplink.send(m.Notice(code, texts.notice(code)), talk.visit.call)

    # --- messages ---------------------------------------------------------------------------------------------------

    def _message(self, envelope: Envelope) -> None:
        body, call = envelope.body, envelope.call
        if type(body) in _CALL_EVENTS:
            self._visit(_CALL_EVENTS[type(body)](call, body))
        elif isinstance(body, m.Refused):
            log.warning("exchange", code=body.code, text=body.text)
        elif isinstance(body, m.Appointments):
            self.expected = tuple(map(datetime.fromisoformat, body.starts))
        elif isinstance(body, m.VisitCorrected):
            self._corrected(body)
        elif isinstance(body, m.SubmissionReceived | m.SubmissionRefused):
            if not isinstance(self.state, s.Wiping):
                self._follow(self._file.answered(body, s.talk_of(self.state)))
        elif (talk := s.talk_of(self.state)) is not None and talk.visit.call == call:
            self._from_desk(body, talk)

    def _from_desk(self, body: Any, talk: s.Talking) -> None:
        """From the desk that has the call, or about it. What cannot be dealt with is told to it, and ends no visit."""
        try:
            self._dealt_with(body, talk)
        except OF_A_MESSAGE as error:
            log.error("message", kind=NAMES[type(body)], error=type(error).__name__, at=place_of(error))
            self._notice("message.failed")

    def _dealt_with(self, body: Any, talk: s.Talking) -> None:
        if isinstance(body, m.MediaAnswer):
            if self._leg is not None:
                self._leg[0].answered(body)
        elif isinstance(body, ops.AgentOperation):
            self._follow(self._file.operate(body, talk))
        elif isinstance(body, m.AskPreview):
            self._file.preview(body.digest, talk)
        elif isinstance(body, m.AppointmentGiven):
            self._follow(self._file.give(body, talk))

    # --- small things -----------------------------------------------------------------------------------------------

    async def _show(self) -> None:
        now = self._view()
        if now != self._shown:
            self._shown = now
            await self._kit.slots.screen.show(now)

    def _view(self) -> Any:
        file, room = self._file, self.room
        sight = Sight(
            *(self.state, file.case, self._kit.directory, self._kit.site.trigger, file.hidden(self.state), room.gone),
            appointment=file.appointment,
            linked=self.linked,
            present=room.present,
            feeder=room.feeder,
            door_open=room.door_open,
            doing=file.doing,
            shared=file.shared(self.state),
        )
        return view(sight)

    def _feeder_says(self, loaded: bool) -> None:
        if loaded is not self.room.feeder:
            self._queue.put_nowait(sensing.FeederReading(loaded))

    def _is_visited(self) -> bool:
        return s.visit_of(self.state) is not None

    def _visit_id(self) -> VisitId:
        visit = s.visit_of(self.state)
        return visit.id if visit else VisitId("")

    def _spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _cancel_tasks(self, but: asyncio.Task[Any] | None = None) -> None:
        others = [task for task in self._tasks if task is not but]
        for task in others:
            # One that is letting go already must not be torn out of it: a second cancel would leave a leg half closed.
            if not task.cancelling():
                task.cancel()
        await asyncio.gather(*others, return_exceptions=True)


_COMMANDS: Mapping[type, Callable[[Booth, Any], None]] = {
    e.Place: Booth._place,
    e.Cancel: Booth._cancel,
    e.OpenLeg: Booth._open_leg,
    e.CloseLeg: Booth._close_leg,
    e.Guard: Booth._guard,
    e.ShowCitizen: Booth._show_citizen,
    e.Tell: Booth._tell,
    e.Recall: Booth._recall,
    e.ShowLamp: Booth._show_lamp,
    e.Frost: Booth._frost,
    e.Wipe: Booth._wipe,
    e.Conclude: Booth._conclude,
}

_CALL_EVENTS: Mapping[type, Callable[[CallId, Any], e.VisitEvent]] = {
    m.Queued: lambda call, b: e.CallQueued(call, b.place, b.wait_s),
    m.Ringing: lambda call, b: e.CallRinging(call),
    m.Answered: lambda call, b: e.CallAnswered(
        call, b.leg, b.agent, b.agent_name, b.office, b.office_name, b.front_desk
    ),
    m.Transferring: lambda call, b: e.CallTransferring(call, b.office_name),
    m.Returning: lambda call, b: e.CallReturning(call, b.office_name),
    m.Classify: lambda call, b: e.Classified(call, b.outcome),
    m.CallEnded: lambda call, b: e.CallOver(call, b.reason),
}
