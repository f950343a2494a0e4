"""The exchange's program: one queue, one consumer. Message -> router -> journal -> messages out, in order.

    booths, desks --+                                          +--> record: entries, what links need, messages
    timer of the router --> queue --> _handle --> router.handle+        |
    large applications, disk, clocks --+          DeskStates --+     commit --> flush --> outbox of each peer

One turn: the first item is waited for, then up to BURST more that have come in meanwhile; all of them are handled, and
`_commit` makes them durable together. Nothing that any of them led to leaves the house before (`journal.record`). So
the price of a write to the disk is shared by everybody who speaks at that moment.

Acknowledgements follow the same way: a message counts as heard when what it led to is durable (`record.handled`). A
kill between a message and its commit has the peer send it again; a kill after the commit has the exchange send again
what was kept beside the log. Either way it happens once.

When the disk is full (`_dry`), relayed messages and notices go on at once (`record.hold`), all else waits, and the
write is tried again every second. A message that cannot be dealt with ends the connection that it came on.
"""

from __future__ import annotations

import asyncio
import secrets
from datetime import datetime, timedelta

from lisa_core.access.booths.kept import MemoryBook
from lisa_core.domain.model.call_words import DeskMode, RefusalCode
from lisa_core.domain.model.directory import Directory, Rules
from lisa_core.domain.model.errors import OF_A_MESSAGE, MachineError, place_of
from lisa_core.domain.model.ids import AgentId, CallId, OfficeId, SiteId
from lisa_core.domain.routing import events as e
from lisa_core.domain.routing.decisions import DeskChanged
from lisa_core.domain.routing.seats import Call, CallMode
from lisa_core.exchange import texts
from lisa_core.exchange.admission import Admission, Arrival, DeskVisitor, Noted
from lisa_core.exchange.clocks import ClockWatch
from lisa_core.exchange.desks.desk_states import DeskStates
from lisa_core.exchange.desks.diary import diary_for
from lisa_core.exchange.desks.rounds import ContinueRound, Rounds
from lisa_core.exchange.inbox.applications import Applications
from lisa_core.exchange.inbox.intake import IntakeResult
from lisa_core.exchange.inbox.large import Finished
from lisa_core.exchange.inbox.stock import DAMAGED
from lisa_core.exchange.journal.names import STARTED
from lisa_core.exchange.journal.record import BOOTH, DESK, ENDED, GENERATION, RECEIVED, Record
from lisa_core.exchange.journal.recovery import recover
from lisa_core.exchange.peers.booth_keys import Keyring
from lisa_core.exchange.peers.peers import Peer
from lisa_core.exchange.relay import Relay, forget_relayed, is_relayed
from lisa_core.exchange.routing_input import booking, event_of
from lisa_core.exchange.ways import MISSING, Ways, opens_leg
from lisa_core.exchange.wording import ToBooth, ToDesk
from lisa_core.host.clock import Clock
from lisa_core.host.machine import tell
from lisa_core.host.space import WRITE_AGAIN_S, Space, TryAgain
from lisa_core.store.inbox import Inbox
from lisa_core.store.journal import Journal, TakenOver
from lisa_core.wire import messages as m
from lisa_core.wire.channel import Channel
from lisa_core.wire.envelope import NO_CALL, Envelope
from lisa_core.wire.logger import Logger
from lisa_core.wire.message_names import NAMES

log = Logger("lisa.exchange")


Item = Arrival | ContinueRound | Finished | TryAgain | Space | str

BURST = 64
"""Maximum number of items that share one commit, beside the first."""


class Exchange:
    """Routing, desks, signalling and intake of one Landkreis."""

    def __init__(
        self,
        directory: Directory,
        rules: Rules,
        journal: Journal,
        inbox: Inbox,
        clock: Clock,
        *,
        ring: Keyring | None = None,
        apart: bool = False,
        ways: Ways | None = None,
        unaware_s: float = 0.0,
    ) -> None:
        """`ring`: the keys of booths; None: nobody is entered. `unaware_s`: so long it may take until whoever was
        connected to the exchange before this one notices that it is gone."""
        found = recover(journal, directory, rules)
        self.router, self.inbox = found.router, inbox
        self._directory, self._rules, self._clock, self._ways = directory, rules, clock, ways
        self._record = Record(journal, clock, found.peers, found.now_us)
        self._found, self._ahead_us, self._unaware_s = found, 0, unaware_s
        self._booths, self._desks = found.booths(), found.desks()
        self._relay = Relay(found.router, self._record, self._booths, self._desks)
        self._queue: asyncio.Queue[Item] = asyncio.Queue()
        noted = {ENDED: found.ended, RECEIVED: found.received}
        self._applications = Applications(
            directory, inbox, clock, self._record, self._desks, noted, put=self._queue.put_nowait, apart=apart
        )
        self._clocks = ClockWatch(clock, self._record)
        self._admission = Admission(
            *(directory, clock, self._clocks, self._booths, self._desks, self._queue.put_nowait),
            *(ring or Keyring(MemoryBook()), ways),
        )
        self._states = DeskStates(directory, found.router)
        self._rounds = Rounds(self._states, self._record, self._desks, clock, self._queue.put_nowait)
        self._civil_at_0: datetime | None = None
        self._timer: tuple[int, asyncio.TimerHandle] | None = None
        self._dry: asyncio.TimerHandle | None = None
        self._was_dry = self._low = self._staffed = False

    # --- connections ------------------------------------------------------------------------------------------------

    async def attend_booth(self, channel: Channel) -> None:
        """Serve one booth's connection until it is lost."""
        await self._admission.attend_booth(channel)

    async def attend_desk(self, channel: Channel, visitor: DeskVisitor | None = None) -> None:
        """Serve one desk's connection until it is lost. `visitor` None: nobody has to log in."""
        await self._admission.attend_desk(channel, visitor)

    def look_at_keys(self) -> None:
        """End what booths do whose key is over. Raises `MachineError` when the keys cannot be read."""
        self._admission.look_at_keys({call.site for call in self.router.calls()})

    def note(self, name: str, subject: str = "") -> None:
        """An entry for the administration."""
        self._admission.note(name, subject)

    def is_taken(self, agent: AgentId) -> bool:
        """Whether somebody is connected at this desk."""
        return (desk := self._desks.get(agent)) is not None and desk.outbox is not None

    def is_talking(self, agent: AgentId) -> bool:
        """Whether this agent has a citizen, or a colleague, on the line."""
        return (desk := self.router.desk(agent)) is not None and desk.mode is DeskMode.TALKING

    def book(self, office: OfficeId, site: SiteId, start: str, agent: AgentId | None = None) -> str:
        """An appointment that was made elsewhere, by telephone or at the office's counter; returns its token.

        `start`: local time, ISO to the minute; `agent`: the agent the citizen will talk with.
        """
        token = secrets.token_hex(4)
        self._queue.put_nowait(e.AppointmentMade(token, site, office, start, with_agent=agent))
        return token

    # --- the one consumer -------------------------------------------------------------------------------------------

    async def run(self) -> None:
        """Handle everything in order until cancelled; what came in together is made durable together."""
        grace = self._begin()
        try:
            while True:
                self._handle(await self._queue.get())
                for _ in range(min(self._queue.qsize(), BURST)):
                    self._handle(self._queue.get_nowait())
                if not self._dry:
                    self._rounds.tell_changed()
                    self._tell_staffed()
                self._commit()
        finally:
            grace.cancel()
            self._rounds.cancel()
            self._applications.close()
            for timer in (self._timer[1] if self._timer else None, self._dry):
                if timer is not None:
                    timer.cancel()

    def _handle(self, item: Item) -> None:
        if isinstance(item, tuple | e.BoothJoined | e.BoothLost) and self._applications.waits(item):
            return
        if isinstance(item, tuple):
            self._take_from(*item)
        elif isinstance(item, Finished):
            self._finish(item)
        elif isinstance(item, Noted):
            self._record.log(item.name, item.subject)
        elif isinstance(item, ContinueRound):
            if not self._dry:
                self._rounds.next_batch()
        elif isinstance(item, TryAgain):
            self._dry = None
        elif isinstance(item, Space):
            self._room(item)
        elif isinstance(item, str):
            tell(item)
            self._record.log(DAMAGED, "", item)
        else:
            self._route(item)

    def _take_from(self, peer: Peer, envelope: Envelope) -> None:
        """A message that cannot be handled ends its own connection and counts as heard; nobody else notices."""
        peer.pace.handled()
        if peer.barred:
            return
        try:
            self._take(peer, envelope)
        except OF_A_MESSAGE as error:
            self._fails(peer, envelope, error)

    def _fails(self, peer: Peer, envelope: Envelope, error: Exception) -> None:
        kind = NAMES[type(envelope.body)]
        log.error("message", of=peer.name, kind=kind, error=type(error).__name__, at=place_of(error))
        self._record.log("nachricht.fehler", peer.name, kind)
        self._record.handled(peer, envelope.id)
        peer.holding = 0
        peer.end(m.Refused(RefusalCode.FAULT, texts.MESSAGE_FAILED.format(kind)))

    def _finish(self, done: Finished) -> None:
        """A large application is stored, or refused; now what its booth has said since."""
        if isinstance(done.taken, IntakeResult):
            self._applications.answer(done.peer, done.last, done.taken)
        elif isinstance(done.taken, OF_A_MESSAGE):
            self._fails(done.peer, done.last, done.taken)
        else:
            raise done.taken
        for waiting in self._applications.waited(done.peer):
            self._handle(waiting)

    def _take(self, peer: Peer, envelope: Envelope) -> None:
        body, call = envelope.body, envelope.call
        if is_relayed(body):
            self._relay.pass_on(peer, envelope)
        elif isinstance(body, m.Ack):
            self._record.acknowledge(peer)
            self._clocks.compare(peer)
        elif isinstance(body, m.SubmissionPart):
            self._applications.receive(peer, envelope, body, closed=self._was_dry)
        elif isinstance(body, m.SubmissionWithdrawn) and isinstance(peer.hello, m.BoothHello):
            self._applications.withdrawn(peer, peer.hello.site, body)
        elif isinstance(body, m.VisitEnded) and isinstance(peer.hello, m.BoothHello):
            self._applications.visit_ended(peer, peer.hello.site, body)
        elif isinstance(body, m.CopyNoted) and isinstance(peer.hello, m.DeskHello):
            self._applications.copy_noted(peer.hello.agent, body)
        elif isinstance(body, m.AskDiary) and isinstance(peer.hello, m.DeskHello):
            self._record.send_volatile(peer, diary_for(peer.hello.agent, self._directory, self.router))
        elif isinstance(body, m.CancelCall) and self._is_foreign(peer, envelope):
            self._record.send_durably(peer, m.Refused(RefusalCode.CALL, f"{call} is not of this booth"), call)
        elif isinstance(body, m.RelayMissing):
            self._relay_missing(peer, self.router.call(call), body)
        elif event := event_of(peer, envelope) or self._booking(peer, envelope):
            self._route(event)
        else:
            refusal = m.Refused(RefusalCode.DIRECTION, f"{NAMES[type(body)]} is not for the exchange")
            self._record.send_durably(peer, refusal, call)
        if isinstance(body, m.CancelCall):
            forget_relayed(peer, call)
        self._record.handled(peer, envelope.id)

    def _route(self, event: e.RoutingEvent) -> None:
        self._set_civil()
        self._step(event)
        self._set_timer()

    def _set_civil(self) -> None:
        """Tell the router what the wall clock shows, at first and whenever somebody has set it."""
        civil = self._clock.instant().civil.replace(tzinfo=None)
        at_0 = civil - timedelta(microseconds=self._now_us())
        if self._civil_at_0 is None or abs(at_0 - self._civil_at_0) > timedelta(seconds=1):
            self._civil_at_0 = at_0
            self._step(e.CivilSet(civil.isoformat(timespec="seconds")))

    def _step(self, event: e.RoutingEvent) -> None:
        now_us = self._now_us()
        commands = self.router.handle(event, now_us)
        self._record.event(event, now_us)
        if isinstance(event, e.BoothJoined):
            self._record.joined(BOOTH + event.site, self._booths[event.site])
            self._record.send_volatile(self._booths[event.site], m.Staffed(self._staffed))
        elif isinstance(event, e.DeskJoined):
            self._record.joined(DESK + event.agent, self._desks[event.agent])
            self._states.joined(event.agent)
            self._applications.tell_owed()
            self._warn(event.agent)
        for command in commands:
            match command:
                case ToBooth(site, call, body):
                    self._send(self._booths.get(site), call, body)
                case ToDesk(agent, call, body):
                    self._send(self._desks.get(agent), call, body)
                case DeskChanged(agent):
                    self._states.changed(agent)

    def _tell_staffed(self) -> None:
        """Booths promise on their door only what is so: whether anybody is at work at the front desk."""
        staffed = self.router.is_staffed(self._directory.front_desk.id)
        if staffed is not self._staffed:
            self._staffed = staffed
            for peer in self._booths.values():
                self._record.send_volatile(peer, m.Staffed(staffed))

    def _send(self, peer: Peer | None, call: CallId, body: m.Message) -> None:
        if peer is None:
            return
        if isinstance(body, m.CallEnded):
            forget_relayed(peer, call)
        if self._ways is not None and opens_leg(body):
            self._record.send_volatile(peer, self._ways.fresh())
        self._record.send_durably(peer, body, call)

    def _talks(self, peer: Peer, call: Call) -> bool:
        mine = peer.hello.site == call.site if isinstance(peer.hello, m.BoothHello) else peer.hello.agent == call.agent
        return mine and call.mode is CallMode.CONNECTED

    def _relay_missing(self, peer: Peer, call: Call | None, body: m.RelayMissing) -> None:
        """Into the log, and onto the desk that has this call; of a call that is over nobody needs to know."""
        if call is None or not self._talks(peer, call):
            return
        self._record.log(MISSING, peer.name, body.trouble)
        at_desk = isinstance(peer.hello, m.DeskHello)
        desk = peer if at_desk else self._desks.get(call.agent) if call.agent else None
        if desk is not None and self._ways is not None:
            self._record.send_unlogged(desk, self._ways.missing(body.trouble, at_desk=at_desk), call.id)

    # --- after a stop or a kill -------------------------------------------------------------------------------------

    def _begin(self) -> asyncio.TimerHandle:
        """Go on where the last exchange stood: nobody is connected yet, and deadlines have the time they had left."""
        found = self._found
        if found.now_us:
            self._ahead_us = found.now_us - self._clock.now_us()
        self._record.put(GENERATION, str(found.generation))
        for key in found.stale:
            self._record.put(key, None)
        self._record.log(STARTED, "", found.told)
        self._applications.take_up(found.owed, self.inbox)
        if found.damaged:
            self._applications.keep_noted()
            for name, peer in found.peers.items():
                self._record.put_peer(name, peer)
        if not self._unaware_s:
            for site in self._booths:
                self._route(e.BoothLost(site))
        self._set_timer()
        self._commit()
        return asyncio.get_running_loop().call_later(self._unaware_s or self._rules.desk_grace_us / 1e6, self._miss)

    def _miss(self) -> None:
        """Count as lost who has not come back after a restart; until now their seats and talks stayed as they were."""
        for site, peer in self._booths.items() if self._unaware_s else ():
            if peer.outbox is None:
                self._queue.put_nowait(e.BoothLost(site))
        for agent, peer in self._desks.items():
            desk = self.router.desk(agent)
            if peer.outbox is None and desk is not None and desk.linked:
                self._queue.put_nowait(e.DeskLost(agent))

    def _commit(self) -> None:
        """Make everything durable. While the disk is full, try again every second; what depends on it waits."""
        if self._dry:
            self._record.hold()
            return
        try:
            self._record.commit()
            if self._record.snapshot_due:
                self._record.snapshot(self.router)
        except TakenOver:
            raise  # whoever writes now tells the desks and booths
        except MachineError as error:
            self._dry = asyncio.get_running_loop().call_later(WRITE_AGAIN_S, self._queue.put_nowait, TryAgain())
            if not self._was_dry:
                self._was_dry = True
                tell(texts.LOG_WAITS.format(error))
            return
        if self._was_dry:
            self._was_dry = False
            tell(texts.LOG_BACK)
            self._rounds.go_on()

    # --- room on the disk -------------------------------------------------------------------------------------------

    def report(self, found: Space | str) -> None:
        """How much room there is on the disk, now that there is little or enough again; or what the inbox lacks."""
        self._queue.put_nowait(found)

    def _room(self, found: Space) -> None:
        """Tell the operator once, and the front desk for as long as the disk is nearly full."""
        if found.low is not self._low:
            self._low = found.low
            tell(found.told)
            self._record.log("speicher.knapp" if found.low else "speicher.frei", "", found.told)
        for agent in self._desks:
            self._warn(agent)

    def _warn(self, agent: AgentId) -> None:
        """Warn this desk, if it is a front desk, while there is little room."""
        peer = self._desks[agent]
        at_front = self._directory.agents[agent].office == self._directory.front_desk.id
        if self._low and at_front and peer.outbox is not None:
            self._record.send_unlogged(peer, m.Notice("disk.low", texts.DISK_LOW), NO_CALL)

    def _is_foreign(self, peer: Peer, envelope: Envelope) -> bool:
        """Whether a booth speaks of the call of another one."""
        site = self.router.site_of(envelope.call)
        return site is not None and isinstance(peer.hello, m.BoothHello) and site != peer.hello.site

    def _booking(self, peer: Peer, envelope: Envelope) -> e.RoutingEvent | None:
        """An appointment gets its token here: chance comes from outside the router."""
        if not isinstance(envelope.body, m.Book) or not isinstance(peer.hello, m.DeskHello):
            return None
        here = self.router.site_of(envelope.call)
        return booking(peer.hello.agent, envelope.call, envelope.body, here, secrets.token_hex(4))

    # --- time ------------------------------------------------------------------------------------------------------

    def _set_timer(self) -> None:
        due_us = self.router.next_due_us()
        if self._timer and self._timer[0] == due_us:
            return
        if self._timer:
            self._timer[1].cancel()
        self._timer = None
        if due_us is not None:
            wait_s = max(0, due_us - self._now_us()) / 1_000_000
            self._wait(due_us, wait_s)

    def _wait(self, due_us: int, wait_s: float) -> None:
        self._timer = (due_us, asyncio.get_running_loop().call_later(wait_s, self._wake, due_us))

    def _wake(self, due_us: int) -> None:
        if (late_s := self._clock.late_s(due_us - self._ahead_us)) is not None:
            self._wait(due_us, late_s)
            return
        self._timer = None
        self._queue.put_nowait(e.Due())

    def _now_us(self) -> int:
        """The router's time; it goes on over restarts."""
        return self._clock.now_us() + self._ahead_us
