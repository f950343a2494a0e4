"""The exchange: one queue, one consumer. Message -> router -> journal -> messages out, in order."""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog

from lisa_core.exchange.desk_states import REST_AFTER_S, DeskStates
from lisa_core.exchange.diary import diary_for
from lisa_core.exchange.endings import arrival, ending
from lisa_core.exchange.hearing import booking, event_of
from lisa_core.exchange.hello import DOUBLE, Doorstep, admit, refuse
from lisa_core.exchange.intake import NO_ROOM, Intake, no_room
from lisa_core.exchange.names import STARTED
from lisa_core.exchange.peers import Peer, converse, greet
from lisa_core.exchange.record import BOOTH, DESK, ENDED, GENERATION, RECEIVED, Record
from lisa_core.exchange.recovery import recover
from lisa_core.exchange.stock import DAMAGED
from lisa_core.model.directory import Directory, Rules
from lisa_core.model.errors import OF_A_MESSAGE, DeviceFault, MachineError, ProtocolError, place_of
from lisa_core.model.ids import AgentId, CallId, OfficeId, SiteId
from lisa_core.model.time import CLOCKS_DIFFER_S
from lisa_core.protocols import messages as m
from lisa_core.protocols.link import NO_CALL, Envelope
from lisa_core.protocols.message_names import NAMES
from lisa_core.routing import events as e
from lisa_core.routing.seats import Call, CallMode
from lisa_core.store.inbox import Inbox
from lisa_core.store.journal import Journal
from lisa_core.transports.channel import Channel, closing
from lisa_core.transports.clock import Clock
from lisa_core.transports.machine import tell
from lisa_core.transports.space import Space
from lisa_core.visit.states import visit_named

log = structlog.get_logger("lisa.exchange")


@dataclass(frozen=True, slots=True)
class TellRest:
    """The next few desks hear how many colleagues are free."""


@dataclass(frozen=True, slots=True)
class TryAgain:
    """It is time to try to write again."""


@dataclass(frozen=True, slots=True)
class Noted:
    """Something for the event log."""

    name: str
    subject: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a peer belongs: among whom, under which key, how it is greeted, and what its coming and going means."""

    peers: dict[Any, Peer]
    key: str
    name: str
    office: str
    joined: Callable[[bool], e.RoutingEvent]
    lost: e.RoutingEvent


Item = e.RoutingEvent | TellRest | TryAgain | Noted | Space | str | tuple[Peer, Envelope]

BURST = 64
"""At most so many items share one commit."""
AGAIN_S = 1.0
"""So long after a log could not be written it is tried again."""
DISK_LOW = "Auf dem Rechner der Vermittlung wird der Speicherplatz knapp. Bitte rufen Sie den Support."
RELAYED = ("case.", "media.")
"""How the names of messages begin that are relayed."""
OCCUPIED_DESK = "{} ist schon verbunden: an einem anderen Rechner oder in einem anderen Browser."
OCCUPIED_BOOTH = "{} ist schon verbunden: Ein anderes Programm meldet sich unter diesem Namen."
REMEMBERED = 100
"""So many ended visits, and so many applications, are remembered per site."""


class Exchange:
    """Routing, desks, signalling and intake of one Landkreis."""

    def __init__(self, directory: Directory, rules: Rules, journal: Journal, inbox: Inbox, clock: Clock) -> None:
        found = recover(journal, directory, rules)
        self.router, self.inbox = found.router, inbox
        self._directory, self._rules, self._clock = directory, rules, clock
        self._record = Record(journal, clock, found.peers, found.now_us)
        self._found, self._ahead_us = found, 0
        self._noted = {ENDED: found.ended, RECEIVED: found.received}
        self._intake = Intake(directory, inbox, clock)
        self._booths, self._desks = found.booths(), found.desks()
        self._untold: list[tuple[OfficeId, m.CopyOwed]] = []
        self._doorstep = Doorstep()
        self._queue: asyncio.Queue[Item] = asyncio.Queue()
        self._states = DeskStates(directory, found.router)
        self._rest_timer: asyncio.TimerHandle | None = None
        self._civil_at_0: datetime | None = None
        self._timer: tuple[int, asyncio.TimerHandle] | None = None
        self._dry: asyncio.TimerHandle | None = None
        self._was_dry = self._low = False

    # --- connections ------------------------------------------------------------------------------------------------

    async def attend_booth(self, channel: Channel) -> None:
        """Serve one booth's connection until it is lost."""
        with contextlib.suppress(DeviceFault, ProtocolError):
            async with closing(channel):
                hello = await self._doorstep.hello(channel, m.BoothHello)
                site = self._directory.sites.get(hello.site)
                if site is None:
                    await refuse(channel, m.Refused("hello", f"Das Bürgerbüro „{hello.site}“ kennt sie nicht."))
                    return
                joined, lost = partial(e.BoothJoined, site.id), e.BoothLost(site.id)
                await self._serve(channel, hello, Place(self._booths, site.id, site.name, "", joined, lost))

    async def attend_desk(self, channel: Channel) -> None:
        """Serve one desk's connection until it is lost."""
        with contextlib.suppress(DeviceFault, ProtocolError):
            async with closing(channel):
                hello = await self._doorstep.hello(channel, m.DeskHello)
                agent = self._directory.agents.get(hello.agent)
                if agent is None:
                    await refuse(channel, m.Refused("hello", f"Den Platz „{hello.agent}“ kennt sie nicht."))
                    return
                office = self._directory.offices[agent.office].name
                joined, lost = partial(e.DeskJoined, agent.id), e.DeskLost(agent.id)
                await self._serve(channel, hello, Place(self._desks, agent.id, agent.name, office, joined, lost))

    async def _serve(self, channel: Channel, hello: m.BoothHello | m.DeskHello, place: Place) -> None:
        known = place.peers.get(place.key)
        if (admitted := admit(known, hello)) is None:
            self._refuse_second(known, place)
            text = OCCUPIED_DESK if place.office else OCCUPIED_BOOTH
            await refuse(channel, m.Refused("occupied", text.format(place.name)))
            return
        peer, fresh = admitted
        place.peers[place.key] = peer
        outbox = greet(peer, hello.seen, place.name, place.office, self._clock.instant().civil.isoformat())
        if isinstance(hello, m.BoothHello):
            peer.hear_clock(hello.civil)
            self._compare_clocks(peer)
        self._queue.put_nowait(place.joined(fresh))
        try:
            await converse(channel, peer, outbox, partial(self._put, peer))
        finally:
            if peer.outbox is outbox:
                peer.outbox = None
                if place.peers.get(place.key) is peer:
                    self._queue.put_nowait(place.lost)

    def _put(self, peer: Peer, envelope: Envelope) -> None:
        peer.pace.taken()
        self._queue.put_nowait((peer, envelope))

    def _refuse_second(self, known: Peer | None, place: Place) -> None:
        """Whoever is connected there is told, once; and whoever runs the place finds it in the log."""
        if known is not None and not known.warned:
            known.warned = True
            known.say(DOUBLE)
            self._queue.put_nowait(Noted("platz.doppelt" if place.office else "buero.doppelt", place.key))

    def is_taken(self, agent: AgentId) -> bool:
        """Whether somebody is connected at this desk."""
        return (desk := self._desks.get(agent)) is not None and desk.outbox is not None

    def book(self, office: OfficeId, site: SiteId, start: str, agent: AgentId | None = None) -> str:
        """An appointment that was made elsewhere, by telephone or at the office's counter; returns its token.

        `start`: local time, ISO to the minute; `agent`: whom she will talk with.
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
                    self._tell_desks()
                self._commit()
        finally:
            grace.cancel()
            for timer in (self._rest_timer, self._timer and self._timer[1], self._dry):
                if timer:
                    timer.cancel()

    def _handle(self, item: Item) -> None:
        if isinstance(item, tuple):
            self._take_from(*item)
        elif isinstance(item, Noted):
            self._record.note(item.name, item.subject)
        elif isinstance(item, TellRest):
            if not self._dry:
                self._tell_rest()
        elif isinstance(item, TryAgain):
            self._dry = None
        elif isinstance(item, Space):
            self._room(item)
        elif isinstance(item, str):
            tell(item)
            self._record.note(DAMAGED, "", item)
        else:
            self._route(item)

    def _take_from(self, peer: Peer, envelope: Envelope) -> None:
        """What cannot be dealt with ends the connection it came on and counts as heard; nobody else notices."""
        peer.pace.handled()
        try:
            self._take(peer, envelope)
        except OF_A_MESSAGE as error:
            kind = NAMES[type(envelope.body)]
            log.error("message", of=peer.name, kind=kind, error=type(error).__name__, at=place_of(error))
            self._record.note("nachricht.fehler", peer.name, kind)
            self._record.handled(peer, envelope.id)
            peer.holding = 0
            peer.end(m.Refused("fault", f"Eine Nachricht ({kind}) ließ sich nicht verarbeiten."))

    def _take(self, peer: Peer, envelope: Envelope) -> None:
        body = envelope.body
        if NAMES[type(body)].startswith(RELAYED):
            self._relay(peer, envelope)
        elif isinstance(body, m.Ack):
            self._record.acknowledge(peer)
            self._compare_clocks(peer)
        elif isinstance(body, m.SubmissionPart):
            self._receive(peer, envelope)
        elif isinstance(body, m.SubmissionWithdrawn) and isinstance(peer.hello, m.BoothHello):
            self._intake.forget(peer.hello.site, body.submission)
            peer.holding = 0
        elif isinstance(body, m.VisitEnded) and isinstance(peer.hello, m.BoothHello):
            self._visit_ended(peer, peer.hello.site, body)
        elif isinstance(body, m.AskDiary) and isinstance(peer.hello, m.DeskHello):
            self._record.mention(peer, diary_for(peer.hello.agent, self._directory, self.router))
        elif isinstance(body, m.CancelCall) and self._is_foreign(peer, envelope):
            self._record.tell(peer, m.Refused("call", f"{envelope.call} is not of this booth"), envelope.call)
        elif event := event_of(peer, envelope) or self._booking(peer, envelope):
            self._route(event)
        else:
            refusal = m.Refused("direction", f"{NAMES[type(body)]} is not for the exchange")
            self._record.tell(peer, refusal, envelope.call)
        if isinstance(body, m.CancelCall):
            peer.link.withdraw(RELAYED, envelope.call)
        self._record.handled(peer, envelope.id)

    def _receive(self, peer: Peer, envelope: Envelope) -> None:
        """A submission is acknowledged whole: until then the booth keeps all its parts, in case of a crash here."""
        visit = visit_named(envelope.call)
        closed, ahead_s = self._was_dry, peer.ahead_s(self._clock.instant().civil)
        answer = (
            self._no_room(peer, envelope.body)
            if closed
            else self._intake.take(peer.hello, envelope.body, visit, ahead_s)
        )
        if isinstance(answer, m.SubmissionReceived) and isinstance(peer.hello, m.BoothHello):
            self._note_once(RECEIVED, peer.hello.site, answer.number, arrival(visit, answer.number))
        if isinstance(answer, m.SubmissionRefused) and answer.code == NO_ROOM:
            self._record.note("antrag.ohne_platz", envelope.call)
            self._record.remark(peer, answer, envelope.call)
        elif answer is not None:
            self._record.tell(peer, answer, envelope.call)
        if self._intake.doubt and isinstance(answer, m.SubmissionReceived):
            self._record.note(
                "eingang.zeit", answer.number, f"abgegeben {self._intake.doubt}, gilt {answer.received_at}"
            )
        peer.holding = 0 if answer is not None else peer.holding or envelope.id

    def _no_room(self, peer: Peer, part: m.SubmissionPart) -> m.SubmissionRefused | None:
        """While nothing can be written, nothing is taken in; its sender hears so with the last part."""
        if isinstance(peer.hello, m.BoothHello):
            self._intake.forget(peer.hello.site, part.submission)
        return no_room(part) if part.index + 1 == part.count else None

    def _visit_ended(self, peer: Peer, site: SiteId, body: m.VisitEnded) -> None:
        """Once per visit: a booth that was killed says again what it cannot know to have been heard.

        Whether an office has an application is known here; a booth that was killed or cut off before the receipt came
        is told, each time it says otherwise.
        """
        outcome, received = self._intake.settle(site, body)
        if received:
            self._note_once(RECEIVED, site, received.number, arrival(body.visit, received.number))
        owed = received.number if received and not body.copy else ""
        if self._note_once(ENDED, site, body.visit, *ending(body.visit, outcome, owed)) and received and owed:
            self._tell_office(received.office, m.CopyOwed(owed, self._directory.sites[site].name))
        if outcome is not body.outcome:
            self._record.tell(peer, m.VisitCorrected(body.visit, outcome), NO_CALL)

    def _note_once(self, kind: str, site: SiteId, name: str, *entries: tuple[str, str, str]) -> bool:
        """What a booth says again, because it cannot know that it was heard, is noted the first time: True then."""
        known = self._noted[kind].setdefault(site, [])
        if name in known:
            return False
        self._noted[kind][site] = [*known[1 - REMEMBERED :], name]
        self._record.keep(kind + site, json.dumps(self._noted[kind][site]))
        for entry in entries:
            self._record.note(*entry)
        return True

    def _tell_office(self, office: OfficeId, owed: m.CopyOwed) -> None:
        """Whoever is at a desk of this office, or of the front desk when nobody is, or who comes there next.

        It stands in the inbox as well.
        """
        there = {agent: peer for agent, peer in self._desks.items() if peer.outbox is not None}
        for wanted in (office, self._directory.front_desk.id):
            if desks := [peer for agent, peer in there.items() if self._directory.agents[agent].office == wanted]:
                for peer in desks:
                    self._record.tell(peer, owed, NO_CALL)
                return
        self._untold = [*self._untold[1 - REMEMBERED :], (office, owed)]

    def _tell_untold(self) -> None:
        untold, self._untold = self._untold, []
        for office, owed in untold:
            self._tell_office(office, owed)

    def _route(self, event: e.RoutingEvent) -> None:
        self._set_civil()
        self._step(event)
        self._set_timer()

    def _compare_clocks(self, peer: Peer) -> None:
        """A booth whose clock begins to differ, or no longer does, is written down."""
        ahead_s = peer.ahead_s(self._clock.instant().civil)
        differs = abs(ahead_s) > CLOCKS_DIFFER_S
        if differs is not peer.clock_differs and isinstance(peer.hello, m.BoothHello):
            self._record.note("uhr.abweichung" if differs else "uhr.richtig", peer.hello.site, f"{ahead_s:+.1f} s")
        peer.clock_differs = differs

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
        elif isinstance(event, e.DeskJoined):
            self._record.joined(DESK + event.agent, self._desks[event.agent])
            self._tell_untold()
            self._warn(event.agent)
        for command in commands:
            match command:
                case e.ToBooth(site, call, body):
                    if booth := self._booths.get(site):
                        _forget_relayed(booth, call, body)
                        self._record.tell(booth, body, call)
                case e.ToDesk(agent, call, body):
                    if desk := self._desks.get(agent):
                        _forget_relayed(desk, call, body)
                        self._record.tell(desk, body, call)
                case e.DeskChanged(agent):
                    self._states.changed(agent)

    # --- after a stop or a kill -------------------------------------------------------------------------------------

    def _begin(self) -> asyncio.TimerHandle:
        """Go on where the last exchange stood: nobody is connected yet, and deadlines have the time they had left."""
        found = self._found
        if found.now_us:
            self._ahead_us = found.now_us - self._clock.now_us()
        self._record.keep(GENERATION, str(found.generation))
        for key in found.stale:
            self._record.keep(key, None)
        self._record.note(STARTED, "", found.told)
        if found.damaged:
            for name, peer in found.peers.items():
                self._record.keep_peer(name, peer)
        for site in self._booths:
            self._route(e.BoothLost(site))
        self._set_timer()
        self._commit()
        return asyncio.get_running_loop().call_later(self._rules.desk_grace_us / 1_000_000, self._miss_desks)

    def _miss_desks(self) -> None:
        """Who has not come back after a restart is gone; until now she kept her seat as it was."""
        for agent, peer in self._desks.items():
            desk = self.router.desk(agent)
            if peer.outbox is None and desk is not None and desk.linked:
                self._queue.put_nowait(e.DeskLost(agent))

    def _commit(self) -> None:
        """While the disk is full it is tried again every second; until then what has to be durable first waits."""
        if self._dry:
            self._record.hold()
            return
        try:
            self._record.commit()
            if self._record.snapshot_due:
                self._record.snapshot(self.router)
        except MachineError as error:
            self._dry = asyncio.get_running_loop().call_later(AGAIN_S, self._queue.put_nowait, TryAgain())
            if not self._was_dry:
                self._was_dry = True
                tell(f"{error} Gespräche laufen weiter; Abgaben werden abgelehnt, und was zu sagen ist, wartet.")
            return
        if self._was_dry:
            self._was_dry = False
            tell("Das Protokoll der Vermittlung wird wieder geschrieben; nichts davon fehlt.")
            if self._states.unfinished:
                self._queue.put_nowait(TellRest())

    # --- room on the disk -------------------------------------------------------------------------------------------

    def report(self, found: Space | str) -> None:
        """How much room there is on the disk, now that there is little or enough again; or what the inbox lacks."""
        self._queue.put_nowait(found)

    def _room(self, found: Space) -> None:
        """Whoever runs the place is told once, the front desk as long as it is so."""
        if found.low is not self._low:
            self._low = found.low
            tell(found.told)
            self._record.note("speicher.knapp" if found.low else "speicher.frei", "", found.told)
        for agent in self._desks:
            self._warn(agent)

    def _warn(self, agent: AgentId) -> None:
        """The front desk, while there is little room."""
        peer = self._desks[agent]
        at_front = self._directory.agents[agent].office == self._directory.front_desk.id
        if self._low and at_front and peer.outbox is not None:
            self._record.remark(peer, m.Notice("disk.low", DISK_LOW), NO_CALL)

    def _is_foreign(self, peer: Peer, envelope: Envelope) -> bool:
        """Whether a booth speaks of the call of another one."""
        site = self.router.site_of(envelope.call)
        return site is not None and isinstance(peer.hello, m.BoothHello) and site != peer.hello.site

    def _booking(self, peer: Peer, envelope: Envelope) -> e.RoutingEvent | None:
        """An appointment gets its token here: chance comes from outside the router."""
        if not isinstance(envelope.body, m.Book) or not isinstance(peer.hello, m.DeskHello):
            return None
        return booking(peer.hello.agent, envelope, self.router.site_of(envelope.call), secrets.token_hex(4))

    def _relay(self, peer: Peer, envelope: Envelope) -> None:
        """Between the booth and the one desk that has the call, or between two desks that consult; never logged."""
        call = self.router.call(envelope.call)
        if call is None or call.mode is not CallMode.CONNECTED or call.agent is None:
            return
        target: Peer | None
        if call.parent is not None:
            target = self._consulting(peer, envelope, call)
        elif isinstance(peer.hello, m.BoothHello):
            target = self._desks.get(call.agent) if peer.hello.site == call.site else None
        else:
            target = self._booths.get(call.site) if peer.hello.agent == call.agent else None
        if target is not None and not self._record.pass_on(peer, envelope, target):
            self._record.tell(peer, m.Refused("size", "Das ist zu groß, um es weiterzugeben."), envelope.call)

    def _consulting(self, peer: Peer, envelope: Envelope, call: Call) -> Peer | None:
        """The other one of two desks; the citizen's papers are no matter of theirs yet."""
        if not isinstance(envelope.body, m.MediaOffer | m.MediaAnswer) or isinstance(peer.hello, m.BoothHello):
            return None
        both = (call.agent, call.context.forwarded_by)
        other = both[1] if peer.hello.agent == both[0] else both[0]
        return self._desks.get(other) if peer.hello.agent in both and other else None

    # --- desks ------------------------------------------------------------------------------------------------------

    def _tell_desks(self) -> None:
        """The desks that changed themselves now, the others soon."""
        today = self._clock.instant().civil.date()
        for agent, state in self._states.own(self._desks, today):
            self._record.mention(self._desks[agent], state)
        if self._rest_timer is None and not self._states.unfinished and self._states.outdated:
            self._rest_timer = asyncio.get_running_loop().call_later(REST_AFTER_S, self._begin_rest)

    def _begin_rest(self) -> None:
        self._rest_timer = None
        self._states.begin_rest(self._desks)
        self._queue.put_nowait(TellRest())

    def _tell_rest(self) -> None:
        """A few desks; the next ones after whatever has come in meanwhile."""
        for agent, state in self._states.rest(self._desks, self._clock.instant().civil.date()):
            self._record.mention(self._desks[agent], state)
        if self._states.unfinished:
            # Not at once: a queue that is never empty never lets the loop read what comes in.
            asyncio.get_running_loop().call_soon(self._queue.put_nowait, TellRest())

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
            handle = asyncio.get_running_loop().call_later(wait_s, self._wake)
            self._timer = (due_us, handle)

    def _wake(self) -> None:
        self._timer = None
        self._queue.put_nowait(e.Due())

    def _now_us(self) -> int:
        """The router's time; it goes on over restarts."""
        return self._clock.now_us() + self._ahead_us


def _forget_relayed(peer: Peer, call: CallId, body: Any) -> None:
    """What was said in a call that is over does not wait here for whoever has not had it."""
    if isinstance(body, m.CallEnded):
        peer.link.withdraw(RELAYED, call)
