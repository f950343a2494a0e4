"""The booth's program: one queue, one consumer. Event -> pure machine -> log -> commands, in order.

    sensors, touches --+                                  +--> log (entries.entries_of), durable first
    uplink ------------+--> queue --> _take --> machine --+--> commands: call, leg, lamp, glass, wiping
    timers, tasks -----+                  --> case_file --+--> screen (view.view)

What each message means (`meaning`), what a step is worth in the log (`entries`), what the screen shows (`scenes`,
`view`) and how a killed program takes up its work (`booth.journal.history`) is pure and stands in files of its own: a
simulated booth
uses the same.

Long work (a scan, a signature, a leg) runs as a task of the visit and comes back as an item of the queue together with
the visit it belongs to; what comes back late is dropped. Wiping cancels all of them first.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache, partial

from lisa_core.booth import meaning
from lisa_core.booth.actuators import Actuators
from lisa_core.booth.case.case_file import CaseFile, Followed, Printed, Reports
from lisa_core.booth.case.signature import PadReady
from lisa_core.booth.deadline import Deadline
from lisa_core.booth.device_health import check_now_and_then, for_calls
from lisa_core.booth.eraser import Eraser
from lisa_core.booth.journal import names
from lisa_core.booth.journal.entries import Written, entries_of, matters
from lisa_core.booth.journal.event_log import EventLog
from lisa_core.booth.journal.history import TOLD_AGAIN, past
from lisa_core.booth.kit import BoothKit
from lisa_core.booth.leg import BoothLegs
from lisa_core.booth.screen import texts
from lisa_core.booth.screen.shown import Shown
from lisa_core.booth.screen.site_card import site_card
from lisa_core.booth.screen.touch import Meaning, meaning_of
from lisa_core.booth.screen.view import Sight, view
from lisa_core.booth.sensors import Input, Loss, Watch, inputs, pump
from lisa_core.booth.table_camera import TableCamera
from lisa_core.booth.tasks import Tasks
from lisa_core.domain.model import case_events as ops
from lisa_core.domain.model.case import Case
from lisa_core.domain.model.errors import OF_A_MESSAGE, DeviceFault, place_of
from lisa_core.domain.model.ids import LegId, VisitId
from lisa_core.domain.model.media.media_ways import MediaWays
from lisa_core.domain.model.outcome import Outcome
from lisa_core.domain.model.readings import CardKind, HeadPosition, PresenceReport
from lisa_core.domain.model.screen import Leaflet, Touch
from lisa_core.domain.model.time import local_time_of
from lisa_core.domain.routing.calendar import opening
from lisa_core.domain.visit import events as e
from lisa_core.domain.visit import machine, perception
from lisa_core.domain.visit import states as s
from lisa_core.host.space import Space, TryAgain
from lisa_core.store.journal import Entry
from lisa_core.wire import messages as m
from lisa_core.wire.envelope import Envelope
from lisa_core.wire.logger import Logger
from lisa_core.wire.message_names import NAMES
from lisa_core.wire.uplink import LinkBarred, LinkDown, LinkUp

log = Logger("lisa.booth")

MINUTE_US = 60_000_000


@dataclass(frozen=True, slots=True)
class TaskResult:
    """A task of a visit reports what came of it."""

    visit: VisitId
    event: ops.CaseEvent | m.Notice | Printed | PadReady


Item = (
    e.VisitEvent
    | perception.Reading
    | Input
    | Envelope
    | TryAgain
    | Space
    | LinkUp
    | LinkDown
    | LinkBarred
    | TaskResult
    | HeadPosition
    | DeviceFault
)
"""What the one consumer takes in."""


class Booth:
    """One booth's runtime. `state` may be looked at; only the consumer changes it."""

    def __init__(self, kit: BoothKit) -> None:
        self.state: s.State = s.Idle()
        self.room = perception.Room()
        self.expected: tuple[datetime, ...] = ()
        """When somebody has an appointment here: local times."""
        self.outcomes: list[tuple[VisitId, str]] = []
        self.linked = self.barred = False
        self._kit = kit
        self._queue: asyncio.Queue[Item] = asyncio.Queue()
        put = self._queue.put_nowait
        self._log = EventLog(kit.journal, kit.clock, put)
        self._watch = Watch(lambda slot, answers: put(perception.DeviceReading(slot, answers)))
        self._actuators = Actuators(self._watch)
        self._camera = TableCamera(kit.slots.camera_head, self._watch, put)
        self._file, self._tasks = CaseFile(kit), Tasks()
        calling = replace(kit, slots=for_calls(kit.slots, self._watch, self._says))
        self._legs = BoothLegs(calling, self._tasks, self._of_leg)
        self._eraser = Eraser(kit, self._file, self._tasks, put)
        self._deadline, self._minute = Deadline(put, kit.clock), Deadline(put, kit.clock)
        self._visits = 0
        self._begun = asyncio.Event()
        self._shown = Shown(kit.slots.screen)
        self._seen: Sight | None = None
        self._card = lru_cache(maxsize=1)(partial(site_card, kit.site, kit.directory))
        self._lies: CardKind | None = None
        """What lies on the card reader; None while it has said nothing, or there is none."""
        self._there: bool | None = None
        """Whether anybody sits at the front desk; None: nobody has said."""
        self._asks: tuple[LegId, str] | None = None
        """In which leg the agent asks a colleague meanwhile, and of which office."""
        self._leaflet: tuple[LegId, Leaflet] | None = None
        """In which leg the agent shows her what."""
        self._ended: dict[VisitId, Outcome] = {}
        self._copied: set[VisitId] = set()

    @property
    def case(self) -> Case:
        """The case of the present visit."""
        return self._file.case

    @property
    def erased(self) -> bool:
        """Whether no page, stroke or preview of any visit is held."""
        return self._file.erased

    @property
    def pages_kept(self) -> int:
        """Number of pages that are held of the present visit."""
        return self._file.work.pages_kept

    def voice_level(self) -> float:
        """How loud the agent is in the booth: root mean square of the last 200 ms, 0.0 where nobody talks."""
        return self._legs.voice_level()

    @property
    def log_waits(self) -> bool:
        """Whether the disk is full: something waits to be written to the event log."""
        return self._log.waits

    @property
    def losses(self) -> tuple[Loss, ...]:
        """Devices that stopped answering since the program started, the newest of them."""
        return tuple(self._watch.losses)

    def journal(self) -> list[Entry]:
        """The event log so far."""
        return self._kit.journal.read()

    async def run(self) -> None:
        """Work until cancelled; then nothing of a visit is left either."""
        try:
            self._resume()
            async with asyncio.TaskGroup() as group:
                for slot, read in inputs(self._kit.slots).items():
                    group.create_task(pump(slot, read, self._queue.put_nowait, self._watch))
                asking = self._begun, self._is_visited, self._feeder_says
                group.create_task(check_now_and_then(self._kit.slots, self._watch, *asking))
                group.create_task(self._kit.uplink.run())
                group.create_task(self._listen())
                group.create_task(self._actuators.run())
                group.create_task(self._camera.run())
                await self._consume()
        finally:
            self._deadline.cancel()
            self._minute.cancel()
            await self._tasks.cancel()
            self._file.erase()

    async def _listen(self) -> None:
        while True:
            self._queue.put_nowait(await self._kit.uplink.inbox.get())

    def _resume(self) -> None:
        """After a crash: report endings that may not have arrived, and wipe a visit that the log does not conclude.

        That begins before anything is shown: nobody is asked in while something of the visit before may be left.
        """
        found = past(self._kit.journal.read(), self._kit.site.id)
        self._eraser.left = found.open
        for ended in found.ended:
            self._ended[ended.visit] = ended.outcome
            self._kit.uplink.send(ended)
        if found.open is not None:
            self._copied.update((found.open,) if found.copied else ())
            self._visit(e.Restarted(found.open, found.outcome))

    async def _consume(self) -> None:
        await self._show()
        while True:
            item = await self._queue.get()
            self._take(item)
            if self._file.owes_copy and s.is_there(self.state):
                self._follow(self._file.copy())  # never into an empty booth
            await self._show()

    def _take(self, item: Item) -> None:
        match item:
            case (
                PresenceReport()
                | perception.DoorReading()
                | perception.ButtonReading()
                | perception.DeviceReading()
                | perception.FeederReading()
            ):
                self._sensed(item)
            case Touch():
                if self._shown.counts(item.button, self._kit.clock.now_us()):
                    self._touched(meaning_of(item.button))
            case Envelope():
                self._message(item)
            case TryAgain():
                self._carry_out(self._log.write_again())
            case Space():
                self._room(item)
            case LinkUp():
                self._link_up(item)
            case LinkDown():
                self.linked, self._there = False, None
                self._visit(e.LinkLost())
            case LinkBarred():
                self.barred = True
                self._visit(e.Barred())
            case TaskResult():
                self._result(item)
            case HeadPosition():
                self._tell_camera()
            case CardKind():
                self._lies = item
                self._tell_card()
            case DeviceFault():
                self._says("camera_head", item)
            case _:
                self._visit(item)

    def _sensed(self, reading: perception.Reading) -> None:
        limits = self._kit.site.deadlines
        self.room, events = perception.step(self.room, reading, self._kit.clock.now_us(), limits)
        for event in events:
            self._visit(event)
            if isinstance(event, e.DeviceBack):
                self._actuators.anew()
                if event.slot == "camera_head":
                    self._camera.anew()
            elif isinstance(event, e.DeviceGone) and event.slot == "card_reader":
                self._lies = CardKind.NONE  # nobody knows any more
                self._tell_card()

    def _link_up(self, up: LinkUp) -> None:
        self.linked, self.barred = True, False
        self._log.compare_clocks(up)
        self._visit(e.LinkBack(up.fresh))
        if talk := s.talk_of(self.state):
            self._file.tell(talk)  # what was on its way when the exchange was killed is written nowhere

    # --- the visit --------------------------------------------------------------------------------------------------

    def _visit(self, event: e.VisitEvent) -> None:
        """One step of the machine; durable before any command runs."""
        before = self.state
        after, commands = machine.step(before, event, self._context())
        if not matters(before, after, commands):
            return
        entries = entries_of(event, before, after)
        if any(entry.name == names.VISIT_BEGUN for entry in entries):
            self._visits += not isinstance(event, e.Restarted)
            self.room = perception.new_visit(self.room)
            self._begun.set()
        self._log.note(entries)
        self.state = after
        self._carry_out((*self._log.due(), *commands))
        self._deadline.set(s.due_us(after, self._kit.site), self._kit.clock.now_us())

    def _context(self) -> s.Context:
        site, instant = self._kit.site, self._kit.clock.instant()
        holidays = self._kit.directory.holidays.get(site.land, frozenset())
        hours = opening(site, instant.civil, holidays, self.expected)
        next_visit = VisitId(f"{site.id}-{self._kit.session}-{self._visits + 1}")
        return s.Context(
            instant.now_us,
            site,
            self.room,
            hours.open_now,
            hours.next_opening,
            next_visit,
            linked=self.linked,
            unsent=self._file.unsent,
            barred=self.barred,
        )

    def report(self, found: Space) -> None:
        """How much room there is on the disk, now that there is little of it or enough again."""
        self._queue.put_nowait(found)

    def _room(self, found: Space) -> None:
        self._log.room(found)
        if found.low:
            self._notice("disk.low")

    # --- commands of the visit --------------------------------------------------------------------------------------

    def _carry_out(self, commands: tuple[e.Command, ...]) -> None:
        for command in commands:
            if not self._log.put_off(command):
                _COMMANDS[type(command)](self, command)

    def _place(self, command: e.Place) -> None:
        self._kit.uplink.send(m.PlaceCall(command.visit), command.call)

    def _cancel(self, command: e.Cancel) -> None:
        self._kit.uplink.send(m.CancelCall(command.reason), command.call)

    def _open_leg(self, command: e.OpenLeg) -> None:
        self._legs.open(command.call, command.leg)
        self._loop(True)
        if talk := s.talk_of(self.state):
            self._file.present(talk)
            self._tell_camera()
            self._tell_card()

    def _tell_card(self) -> None:
        """To a desk that is in a talk: what lies on the card reader, if there is one."""
        if (talk := s.talk_of(self.state)) and self._lies is not None:
            self._kit.uplink.send(m.CardOn(self._lies), talk.visit.call)

    def _tell_camera(self) -> None:
        """To a desk that is in a talk: where the camera over the table looks, if it can be turned."""
        if (talk := s.talk_of(self.state)) and (at := self._camera.at):
            self._kit.uplink.send(m.CameraAt(at.pan, at.tilt, at.zoom), talk.visit.call)

    def _close_leg(self, command: e.CloseLeg) -> None:
        self._legs.close()
        self._loop(False)
        self._leaflet = None

    def _loop(self, on: bool) -> None:
        """Where there is an induction loop: hearing aids hear the loudspeaker through it during a talk."""
        if (loop := self._kit.slots.induction_loop) is not None:
            self._actuators.want("induction_loop", partial(loop.set, on))

    def _guard(self, command: e.Guard) -> None:
        self._legs.guard(command.on)

    def _show_citizen(self, command: e.ShowCitizen) -> None:
        self._legs.show_citizen(command.on)

    def _tell(self, command: e.Tell) -> None:
        fault = self._watch.faults.get(command.code.removeprefix("device.gone."))
        self._notice(command.code, texts.own_words(fault) if fault else "")

    def _show_lamp(self, command: e.ShowLamp) -> None:
        self._actuators.want("lamp", partial(self._kit.slots.lamp.show, command.colour))

    def _frost(self, command: e.Frost) -> None:
        self._actuators.want("privacy_glass", partial(self._kit.slots.privacy_glass.set, command.opaque))

    def _wipe(self, command: e.Wipe) -> None:
        self._leaflet = None
        self._camera.home()
        _ = self._tasks.spawn(self._eraser.erase(command.visit))

    def _conclude(self, command: e.Conclude) -> None:
        visit, outcome = command.visit, command.outcome
        self.outcomes.append((visit, outcome.value))
        self._ended[visit] = outcome
        while len(self._ended) > TOLD_AGAIN:
            del self._ended[next(iter(self._ended))]
        self._kit.uplink.send(m.VisitEnded(visit, outcome, visit in self._copied))
        self._copied.discard(visit)

    def _corrected(self, told: m.VisitCorrected) -> None:
        """The exchange knows whether the office has an application whose receipt did not come here; noted once."""
        if self._ended.get(told.visit, told.outcome) is not told.outcome:
            self._ended[told.visit] = told.outcome
            self._log.note([Written(names.VISIT_CORRECTED, told.visit, told.outcome.value)])

    def _recall(self, command: e.Recall) -> None:
        self._follow(self._file.recall())

    # --- the case ---------------------------------------------------------------------------------------------------

    def _follow(self, followed: Followed) -> None:
        for work in followed.works:
            _ = self._tasks.spawn(self._report(self._visit_id(), work))
        for event in followed.events:
            self._visit(event)

    async def _report(self, visit: VisitId, work: Reports) -> None:
        async for event in work:
            self._queue.put_nowait(TaskResult(visit, event))

    def _result(self, result: TaskResult) -> None:
        if result.visit != self._visit_id() or isinstance(self.state, s.Wiping):
            return
        if isinstance(result.event, m.Notice):
            self._notice(result.event.code, result.event.text)
        elif isinstance(result.event, Printed):
            self._printed(result.event)
        elif isinstance(result.event, PadReady):
            self._file.pad_ready = True
        else:
            self._follow(self._file.step(result.event, s.talk_of(self.state)))

    def _printed(self, printed: Printed) -> None:
        self._file.printed(printed)
        if printed.copy:
            self._copied.add(self._visit_id())
            self._log.note([Written(names.COPY_HANDED_OUT, self._visit_id())])
            self._notice("papers.printed" if self._file.work.papers_only else "application.printed")

    def _touched(self, act: Meaning | None) -> None:
        """Pass on a touch of the citizen: it concerns the visit, or the case."""
        match act:
            case None:
                return
            case e.Dismissed() | e.CameraChosen() | e.CallButton():
                self._visit(act)
            case _:
                self._follow(self._file.touched(act, self.state))

    def _notice(self, code: str, said: str = "") -> None:
        """Tell the desk; `said` is what the device's driver says of it."""
        if talk := s.talk_of(self.state):
            self._kit.uplink.send(m.Notice(code, texts.notice(code, said)), talk.visit.call)

    def _of_leg(self, code: str) -> None:
        """What is new of picture and sound: for the desk, and for the screen, which is looked at after each item."""
        self._queue.put_nowait(TaskResult(self._visit_id(), m.Notice(code, "")))

    def _says(self, slot: str, fault: DeviceFault) -> None:
        """A device works, and not well."""
        self._notice(f"device.said.{slot}", texts.own_words(fault))

    # --- messages ---------------------------------------------------------------------------------------------------

    def _message(self, envelope: Envelope) -> None:
        """What came by the link. Who speaks in the call is told of a message that fails; booth and visit go on."""
        try:
            self._dealt_with(envelope)
        except OF_A_MESSAGE as error:
            log.error("message", kind=NAMES[type(envelope.body)], error=type(error).__name__, at=place_of(error))
            self._notice("message.failed")

    def _dealt_with(self, envelope: Envelope) -> None:
        body, call = envelope.body, envelope.call
        if event := meaning.event_of(call, body):
            self._visit(event)
        elif isinstance(body, m.Refused):
            log.warning("exchange", code=body.code, text=body.text)
        elif isinstance(body, m.Appointments):
            self.expected = tuple(start for start in map(local_time_of, body.starts) if start is not None)
        elif isinstance(body, m.Staffed):
            self._there = body.there
        elif isinstance(body, MediaWays):
            self._legs.ways = body
        elif isinstance(body, m.VisitCorrected):
            self._corrected(body)
        elif isinstance(body, m.SubmissionReceived | m.SubmissionRefused):
            if not isinstance(self.state, s.Wiping):
                self._follow(self._file.answered(body, s.talk_of(self.state)))
        elif (talk := s.talk_of(self.state)) is not None and talk.visit.call == call:
            self._from_desk(body, talk)

    def _from_desk(self, body: m.Message, talk: s.Talking) -> None:
        if isinstance(body, m.MediaAnswer):
            self._legs.answered(body)
        elif isinstance(body, ops.CopyPaper) and not s.is_there(self.state):
            self._notice("copy.nobody")  # never into an empty booth
        elif isinstance(body, ops.AgentOperation):
            self._follow(self._file.operate(body, talk))
        elif isinstance(body, m.AskPreview):
            self._file.preview(body.digest, talk)
        elif isinstance(body, m.AimCamera):
            self._camera.aim(body.aim)
        elif isinstance(body, m.ShowLeaflet):
            self._show_leaflet(body.leaflet, talk)
        elif isinstance(body, m.AppointmentGiven):
            self._follow(self._file.give(body, talk))
        elif isinstance(body, m.Consulting):
            self._asks = (talk.leg, body.office_name)
            self._legs.hold(bool(body.office_name))

    def _show_leaflet(self, leaflet: Leaflet | None, talk: s.Talking) -> None:
        if leaflet is not None and not leaflet.fits:
            self._notice("leaflet.unreadable")
            return
        self._leaflet = (talk.leg, leaflet) if leaflet else None
        self._kit.uplink.send(m.LeafletShown(leaflet), talk.visit.call)

    # --- small things -----------------------------------------------------------------------------------------------

    async def _show(self) -> None:
        """Show the citizen what has changed.

        Looked at for each item of the queue: any of them may have changed something, and to compare all that a screen
        is computed from costs less than to know what each item can change. Only a screen that differs goes to the page.
        """
        file, now_us = self._file, self._kit.clock.now_us()
        sight = self._sight(now_us)
        if sight == self._seen:
            return  # four of five items change nothing
        self._seen = sight
        await self._shown.show(view(sight), now_us, lambda digest: file.work.picture(file.case, digest))

    def _sight(self, now_us: int) -> Sight:
        file, room, site = self._file, self.room, self._kit.site
        return Sight(
            self.state,
            file.case,
            self._kit.directory,
            site.trigger,
            hidden=file.hidden(self.state),
            gone=room.gone,
            appointment=file.appointment,
            linked=self.linked,
            barred=self.barred,
            broken=self._legs.broken,
            present=room.present,
            feeder=bool(room.feeder),
            left_card=self._lies not in (None, CardKind.NONE),
            door_open=room.door_open,
            doing=file.doing,
            shared=file.shared(self.state),
            copy=file.copy_at,
            told=file.told,
            asking=file.asking,
            read=file.read,
            pad_ready=file.pad_ready,
            consulting=self._consulting(),
            there=self._there,
            minutes=self._minutes(now_us),
            site=site,
            leaflet=self._shows(),
            card=self._card(self._kit.clock.instant().civil.date()) if isinstance(self.state, s.Idle) else None,
        )

    def _consulting(self) -> str:
        """The office that the agent asks meanwhile; another leg is another talk."""
        talk = s.talk_of(self.state)
        return self._asks[1] if talk and self._asks and self._asks[0] == talk.leg else ""

    def _shows(self) -> Leaflet | None:
        """What the agent shows her; another leg is another talk."""
        talk = s.talk_of(self.state)
        return self._leaflet[1] if talk and self._leaflet and self._leaflet[0] == talk.leg else None

    def _minutes(self, now_us: int) -> int:
        """For how many minutes she has waited; the screen is looked at again when there is one more."""
        since_us = self.state.since_us if isinstance(self.state, s.Connecting | s.InTransfer) else None
        minutes = (now_us - since_us) // MINUTE_US if since_us is not None else 0
        self._minute.set(None if since_us is None else since_us + (minutes + 1) * MINUTE_US, now_us)
        return minutes

    def _feeder_says(self, loaded: bool) -> None:
        if loaded is not self.room.feeder:
            self._queue.put_nowait(perception.FeederReading(loaded))

    def _is_visited(self) -> bool:
        return s.visit_of(self.state) is not None

    def _visit_id(self) -> VisitId:
        visit = s.visit_of(self.state)
        return visit.id if visit else VisitId("")


_COMMANDS: Mapping[type, Callable[..., None]] = {
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
